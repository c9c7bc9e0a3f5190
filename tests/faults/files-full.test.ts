import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/core/canonical.ts'
import { dialect } from '../../src/core/dialect.ts'
import { HOUR, newId } from '../../src/core/values.ts'
import { queueLetters, sendDueLetters } from '../../src/db/mailbox.ts'
import { mails } from '../../src/db/schema.ts'
import { openLetter } from '../../src/db/sealed.ts'
import { openVault } from '../../src/engines/vault.ts'
import { openFolderFiles } from '../../src/engines/files.ts'
import { openMailFolder } from '../../src/engines/mail/folder/index.ts'
import { freshDatabase } from '../support/database.ts'
import { readMailFolder } from '../support/letters.ts'
import { canLimit, limitFiles } from '../support/process.ts'

const whereLimits = test.skipIf(!canLimit)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstcut-full-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Meanwhile no file of this process may grow beyond 64 KiB: a write fails halfway, as on a disk that is full. */
async function onFullDisk<T>(work: () => Promise<T>): Promise<T> {
  limitFiles(process.pid, 65_536)
  try {
    return await work()
  } finally {
    limitFiles(process.pid, 'unlimited')
  }
}
const allFiles = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

whereLimits('a picture that finds no room is refused in words, and nothing half of it is left or served', async () => {
  const files = openFolderFiles(folder)
  const picture = Buffer.alloc(300_000, 'x')
  for (const put of [files.put, files.intermediate.put]) {
    const refused = { code: 'files.unavailable', status: 503, text: { zh: expect.stringContaining('磁盘') } }
    await expect(onFullDisk(() => put(picture))).rejects.toMatchObject(refused)
    expect(allFiles()).toEqual([])
    expect(await files.has(sha256(picture))).toBe(false)
  }
  await expect(files.get(sha256(picture))).rejects.toMatchObject({ status: 404 })
  const hash = await files.put(picture)
  expect((await files.get(hash)).equals(picture)).toBe(true)
})

test('a letter in hand is whole before the house closes; what a killed process left half-written is gone an hour later', async () => {
  const mailDir = join(folder, 'mail')
  const files = openFolderFiles(join(folder, 'files'))
  const mailer = openMailFolder(mailDir, 'Firstcut <test@firstcut.invalid>')
  const letters = Array.from({ length: 5 }, () => newId())
  for (const id of letters)
    void mailer.send({ id, to: 'buyer@example.com', lang: 'en', subject: 'Your order', body: 'word '.repeat(50_000) })
  await mailer.close() // whoever leaves waits for nothing else
  expect(readdirSync(mailDir).sort()).toEqual(letters.map((id) => `${id}.eml`).sort())

  const hash = await files.put(Buffer.from('a picture'))
  const left = [join(mailDir, `.${newId()}`), join(folder, 'files', hash.slice(0, 2), `.${newId()}`)]
  for (const file of left) writeFileSync(file, 'half of')
  const written = statSync(left[0] ?? '').mtime.getTime()
  const tidy = async (at: Date) => [await files.tidy(at), await mailer.tidy?.(at)]
  expect(await tidy(new Date(written - HOUR))).toEqual([0, 0]) // somebody may still be at it
  expect(await tidy(new Date(written + HOUR))).toEqual([1, 1])
  expect(allFiles().filter((name) => name.startsWith('.'))).toEqual([])
  expect(await files.get(hash)).toEqual(Buffer.from('a picture'))
  expect(readdirSync(mailDir)).toHaveLength(letters.length)
})

test.skipIf(!canLimit || dialect !== 'sqlite')('a backup that finds no room is not there at all', async () => {
  const { db } = await freshDatabase(folder)
  const target = join(folder, 'backup.db')
  await expect(onFullDisk(() => db.backup(target))).rejects.toMatchObject({
    code: 'database.backup-failed',
    status: 503,
    text: { en: expect.stringMatching(/free space/) },
  })
  expect(allFiles().filter((name) => name.startsWith('backup'))).toEqual([])
  await db.backup(target)
  expect(allFiles().filter((name) => name.startsWith('backup'))).toEqual(['backup.db'])
  await db.close()
})

whereLimits('a letter that finds no room goes out later, once and whole; the others are not held up', async () => {
  const { db, drop } = await freshDatabase(folder)
  const mailDir = join(folder, 'mail')
  const mailer = openMailFolder(mailDir, 'Firstcut <test@firstcut.invalid>')
  const now = new Date()
  const vault = openVault(Buffer.alloc(32, 7))
  const long = '一 '.repeat(100_000)
  await db.write((tx) =>
    queueLetters(
      tx,
      [1, 2, 3].map((n) => ({
        dedupeKey: `letter-${n}`,
        to: `buyer-${n}@example.com`,
        lang: 'zh' as const,
        subject: `第 ${n} 封`,
        body: n === 2 ? long : '您好',
      })),
      now,
      vault,
    ),
  )
  const written: string[] = []
  const at = (hours: number, send = mailer.send) =>
    sendDueLetters(db, { now: () => new Date(now.getTime() + hours * HOUR) }, async (sealed) => {
      const letter = openLetter(vault, sealed)
      await send(letter)
      written.push(letter.to)
    })
  const onlyTheFolder: typeof mailer.send = async (letter) => {
    // The letters beside it are recorded meanwhile, and the embedded database is not what is full here.
    if (letter.to.startsWith('buyer-2'))
      while ((await db.read.$count(mails, eq(mails.state, 'sent'))) < 2)
        await new Promise((then) => setTimeout(then, 5))
    return letter.body === long ? onFullDisk(() => mailer.send(letter)) : mailer.send(letter)
  }
  expect(await at(0, onlyTheFolder)).toBe(2)
  expect(readdirSync(mailDir).filter((name) => name.startsWith('.'))).toEqual([])
  expect(await readMailFolder(mailDir)).toHaveLength(2)
  expect(await db.read.select({ to: mails.to, state: mails.state }).from(mails).orderBy(mails.to)).toEqual([
    { to: 'buyer-1@example.com', state: 'sent' },
    { to: 'buyer-2@example.com', state: 'due' },
    { to: 'buyer-3@example.com', state: 'sent' },
  ])
  expect(await at(1)).toBe(1)
  expect(await at(2)).toBe(0)
  expect(written.sort()).toEqual([1, 2, 3].map((n) => `buyer-${n}@example.com`))
  const letters = await readMailFolder(mailDir)
  expect(letters.map(({ text }) => text.trim().length).sort((a, b) => a - b)).toEqual([2, 2, long.trim().length])
  await db.close()
  await drop()
})
