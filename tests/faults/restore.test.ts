/** Backups taken while buyers order, and put back: on an own server process, as an operator does it. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import { campaigns, preorders } from '../../src/db/schema.ts'
import { restore } from '../../src/restore.ts'
import { command } from '../support/built.ts'
import { openCampaign } from '../support/campaigns.ts'
import { order, start } from '../support/process.ts'
import { freshEnvironment } from '../support/server.ts'

const me = system('test')
const at = { baseUrl: 'http://127.0.0.1' }
const onlySqlite = test.skipIf(dialect !== 'sqlite')

let place: Awaited<ReturnType<typeof freshEnvironment>>
beforeEach(async () => {
  place = await freshEnvironment()
})
afterEach(() => place.drop())

const config = (more: Record<string, string> = {}) => readConfig({ ...place.environment, ...more })

async function campaignOpened(): Promise<string> {
  await using app = await openApp(config(), at)
  const { id } = await openCampaign(app.line.context, { thresholdUnits: 1_000_000, perBuyerCap: 1_000_000 })
  await app.line.context.engines.files.put(Buffer.from('a picture'))
  return id
}

/** The command line as people start it. */
function firstcut(...words: string[]) {
  const [program, ...before] = command('cli')
  const { status, stdout, stderr } = spawnSync(program, [...before, ...words], {
    env: { LANG: 'en_GB.UTF-8', ...place.environment },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

async function made(more: Record<string, string> = {}): Promise<string> {
  await using app = await openApp(config(more), at)
  return (await app.line.backups.make(me)).file
}
async function placed(campaignId: string, ...keys: string[]): Promise<void> {
  await using app = await openApp(config(), at)
  for (const key of keys)
    await app.line.demand.place(
      { kind: 'anonymous' },
      campaignId,
      { email: `${key}@example.com`, name: key, lang: 'zh', lines: [{ size: 'L', colourway: 'olive', quantity: 1 }] },
      { key, describe: ({ code }) => code },
    )
}
async function keysStored(): Promise<string[]> {
  await using app = await openApp(config(), at)
  return (await app.db.read.select({ name: preorders.name }).from(preorders)).map(({ name }) => name).sort()
}

test('restore drill under load: every order acknowledged before the backup began is there, and the books are right', async () => {
  const campaignId = await campaignOpened()
  const product = await start(place.environment)
  const acknowledged = new Map<string, number>()
  let buying = true
  let sequence = 0
  const buyers = Array.from({ length: 12 }, async () => {
    while (buying) {
      const key = `buyer-${sequence++}`
      const answer = await order(product.url, { campaignId, key }).catch(() => undefined)
      if (answer?.status === 201) acknowledged.set(key, Date.now())
    }
  })
  const until = async (count: number) => {
    while (acknowledged.size < count) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await until(150)
  const before = new Set(acknowledged.keys())
  const taken = firstcut('--json', 'backup', join(place.folder, 'drill.tar'))
  expect(taken.stderr).toMatch(/backup: 100 %/)
  expect(taken.stderr).toMatch(/SECRET/)
  expect(taken.status).toBe(0)
  await until(before.size + 150)
  await product.stop('SIGKILL')
  buying = false
  await Promise.all(buyers)

  const put = firstcut('restore', join(place.folder, 'drill.tar'))
  expect(put.stderr).toMatch(/verifying[\s\S]*unpacking[\s\S]*exchanging[\s\S]*counters/)
  expect(put.status, put.stderr).toBe(0)
  expect(put.stdout).toMatch(/counters that differ +0\n/)
  expect(put.stdout).toMatch(/kept as +\S+before/)
  const there = new Set(await keysStored())
  expect([...before].filter((key) => !there.has(key))).toEqual([])

  // It works again, for the same buyer under the same key too.
  const again = await start(place.environment)
  const [first = ''] = before
  expect(await order(again.url, { campaignId, key: first })).toMatchObject({ status: 201 })
  expect(await order(again.url, { campaignId, key: 'after' })).toMatchObject({ status: 201 })
  await again.stop('SIGTERM')
  expect(firstcut('demand', 'audit')).toMatchObject({ status: 0, stdout: '(nothing)\n' })
}, 180_000)

test('what was there before stays beside, and files and letters come back', async () => {
  const campaignId = await campaignOpened()
  await placed(campaignId, 'early')
  const letter = join(place.folder, 'mail', '00000000-0000-7000-8000-000000000001.eml')
  mkdirSync(join(place.folder, 'mail'), { recursive: true })
  writeFileSync(letter, 'To: a@example.com\r\n\r\nhello')
  const file = await made()
  await placed(campaignId, 'late')
  rmSync(join(place.folder, 'files'), { recursive: true })
  rmSync(letter)

  const report = await restore(config(), file)
  expect(report).toMatchObject({ differences: [], manifest: { members: { files: 1, mail: 1 } } })
  expect(report.manifest.rows['preorders']).toBe(1)
  expect(await keysStored()).toEqual(['early'])
  expect(readFileSync(letter, 'utf8')).toContain('hello')
  expect(readdirSync(join(place.folder, 'files'), { recursive: true }).length).toBeGreaterThan(1)
  await using app = await openApp(config(), at)
  expect((await app.line.security.list(me, { limit: 1 }))[0]).toMatchObject({ act: 'backup.restored' })
  if (dialect === 'sqlite') {
    const { default: SQLite } = await import('better-sqlite3')
    const old = new SQLite(report.kept ?? '', { readonly: true })
    expect(old.prepare('select name from preorders order by name').pluck().all()).toEqual(['early', 'late'])
    old.close()
  } else {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: place.environment['DATABASE_URL'] })
    await client.connect()
    const { rows } = await client.query(`select name from ${report.kept}.preorders order by name`)
    expect(rows.map(({ name }) => name)).toEqual(['early', 'late'])
    await client.end()
  }
})

test('who asked to be erased after the backup was made is erased in it too', async () => {
  const campaignId = await campaignOpened()
  await placed(campaignId, 'mei', 'lan')
  {
    await using app = await openApp(config(), at)
    await app.db.write((tx) => tx.update(preorders).set({ state: 'cancelled', letterDue: false }).returning())
  }
  const file = await made()
  {
    await using app = await openApp(config(), at)
    await app.line.people.erase(me, { email: 'mei@example.com' })
  }
  expect(await restore(config(), file)).toMatchObject({ erasedAgain: 1, differences: [] })
  expect(await keysStored()).toEqual(['lan', '—'])
})

test('nothing is restored under a server that runs', async () => {
  await campaignOpened()
  const file = await made()
  const product = await start(place.environment)
  await expect(restore(config(), file)).rejects.toMatchObject({
    code: 'restore.in-use',
    text: { en: expect.stringContaining('Stop every'), zh: expect.stringContaining('停止') },
  })
  await product.stop('SIGTERM')
  await expect(restore(config(), file)).resolves.toMatchObject({ differences: [] })
})

onlySqlite('over a database that crashed: nothing of its log is left for the new one to read', async () => {
  const campaignId = await campaignOpened()
  await placed(campaignId, 'early')
  const file = await made()
  const product = await start(place.environment)
  for (let n = 0; n < 50; n++) await order(product.url, { campaignId, key: `late-${n}` })
  await product.stop('SIGKILL')
  const database = join(place.folder, 'firstcut.db')
  expect(existsSync(`${database}-wal`)).toBe(true)
  // Damaged as well, so that its log cannot be folded in.
  const disk = openSync(database, 'r+')
  writeSync(disk, Buffer.alloc(statSync(database).size, 0x55))
  closeSync(disk)
  await expect(openApp(config(), at)).rejects.toMatchObject({ code: expect.stringMatching(/cannot-open|damaged/) })

  const { kept } = await restore(config(), file)
  expect(existsSync(kept ?? '')).toBe(true)
  expect(await keysStored()).toEqual(['early'])
  expect(existsSync(`${database}.restoring`)).toBe(false)
})

onlySqlite('broken off in the middle of the exchange, nothing starts until it is restored again', async () => {
  await campaignOpened()
  const file = await made()
  const database = join(place.folder, 'firstcut.db')
  copyFileSync(database, `${database}.restoring`)
  await expect(openApp(config(), at)).rejects.toMatchObject({ code: 'database.half-restored' })
  await restore(config(), file)
  expect(await keysStored()).toEqual([])
})

test('a backup that is cut short, changed or of another kind is refused, and nothing is touched', async () => {
  const campaignId = await campaignOpened()
  await placed(campaignId, 'early')
  const file = await made()
  await placed(campaignId, 'late')
  const { size } = statSync(file)
  const broken = join(place.folder, 'broken.tar')
  const change = async (how: (bytes: Buffer) => Buffer) => {
    writeFileSync(broken, how(readFileSync(file)))
    return expect(restore(config(), broken)).rejects
  }
  await (await change((bytes) => bytes.subarray(0, size / 2))).toMatchObject({ code: 'backup.broken' })
  await (
    await change((bytes) => (bytes.writeUInt8(bytes[5000]! ^ 1, 5000), bytes))
  ).toMatchObject({
    code: 'backup.broken',
    text: { en: expect.stringMatching(/database\.\w+ is damaged/) },
  })
  const told = (from: string, to: string) => (bytes: Buffer) => {
    const end = ' '.repeat(Math.max(0, to.length - from.length))
    const text = bytes.toString('latin1').replace(from, to).replace(`${end}\n\0\0`, '\n\0\0')
    return Buffer.from(text, 'latin1')
  }
  const [kind, other] = dialect === 'sqlite' ? ['"sqlite"', '"postgres"'] : ['"postgres"', '"sqlite"  ']
  await (
    await change(told(`"dialect": ${kind}`, `"dialect": ${other}`))
  ).toMatchObject({
    code: 'restore.other-database',
  })
  await (await change(told('"0000_', '"9000_'))).toMatchObject({ code: 'restore.newer' })
  await expect(restore(config(), join(place.folder, 'none.tar'))).rejects.toMatchObject({ status: 404 })
  truncateSync(broken, 100)
  await (await change((bytes) => bytes.subarray(0, 100))).toMatchObject({ code: 'backup.broken' })
  expect(await keysStored()).toEqual(['early', 'late'])
})

test('the master secret: named in each backup, in it only under a passphrase, and missed in words', async () => {
  const secret = '7'.repeat(64)
  const without = { SECRET: '', SECRET_FILE: join(place.folder, 'own') }
  writeFileSync(without.SECRET_FILE, `${secret}\n`)
  await campaignOpened()
  const bare = await made(without)
  const sealed = await made({ ...without, BACKUP_PASSPHRASE: 'correct horse battery' })
  for (const file of [bare, sealed]) expect(readFileSync(file).includes(secret)).toBe(false)

  // On another machine, which made a secret of its own.
  const elsewhere = { SECRET: '', SECRET_FILE: join(place.folder, 'other') }
  writeFileSync(elsewhere.SECRET_FILE, `${'8'.repeat(64)}\n`)
  await expect(restore(config(elsewhere), bare)).rejects.toMatchObject({
    code: 'restore.other-secret',
    text: { en: expect.stringContaining('SECRET') },
  })
  await expect(restore(config(elsewhere), sealed)).rejects.toMatchObject({
    text: { en: expect.stringContaining('BACKUP_PASSPHRASE') },
  })
  await expect(
    restore(config({ ...elsewhere, BACKUP_PASSPHRASE: 'another horse battery' }), sealed),
  ).rejects.toMatchObject({ code: 'restore.passphrase' })
  await restore(config({ ...elsewhere, BACKUP_PASSPHRASE: 'correct horse battery' }), sealed)
  // The one it had made stays behind it: erasures may be noted under it.
  expect(readFileSync(elsewhere.SECRET_FILE, 'utf8').split('\n')[0]).toBe(secret)
  expect(readdirSync(place.folder).filter((name) => name.startsWith('other.before'))).toHaveLength(1)
})

test('by schedule: one a day by whichever worker is first, the oldest go, those that people made stay', async () => {
  await campaignOpened()
  const clock = new HandClock(new Date(Date.now() + HOUR))
  const scheduled = { BACKUP_EVERY_HOURS: '24', BACKUP_KEEP: '2' }
  await using one = await openApp(config(scheduled), { ...at, clock })
  await using two = await openApp(config(scheduled), { ...at, clock })
  const both = async () => {
    const [a, b] = await Promise.all([one.line.backups.makeDue(), two.line.backups.makeDue()])
    return a + b
  }
  expect(await both()).toBe(0) // nothing to lose yet
  const own = await one.line.backups.make(me)
  const counts: number[] = []
  for (let day = 0; day < 4; day++) {
    clock.advance(DAY)
    counts.push(await both())
    counts.push(await both())
  }
  expect(counts).toEqual([1, 0, 1, 0, 1, 0, 1, 0])
  const { backups, lastError } = await one.line.backups.list(me)
  expect(lastError).toBeNull()
  expect(backups.map(({ manifest }) => manifest?.by)).toEqual(['schedule', 'schedule', 'system:test'])
  expect(backups[2]?.file).toBe(own.file)
  expect(readdirSync(join(place.folder, 'backups')).filter((name) => name.startsWith('.'))).toEqual([])
})

test.skipIf(dialect !== 'postgres')('without pg_dump it is said what to install', async () => {
  await campaignOpened()
  await using app = await openApp(config({ PATH: '/nonexistent' }), at)
  await expect(app.line.backups.make(me)).rejects.toMatchObject({
    code: 'postgres.tool-missing',
    text: { en: expect.stringContaining('postgresql-client'), zh: expect.stringContaining('pg_dump') },
  })
  expect(await app.db.read.$count(campaigns)).toBe(1)
})
