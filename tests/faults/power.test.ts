/** What is said to be sent or stored is on the disk: in which order the calls are made, and what a power cut leaves. */
import { spawnSync, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { moduleAt, program } from '../support/built.ts'
import { onDisk } from '../support/folders.ts'

const canTrace =
  dialect === 'sqlite' && spawnSync('strace', ['-o', '/dev/null', '-e', 'trace=none', 'true']).status === 0

let folder: string
beforeEach(() => {
  folder = onDisk('firstcut-power-')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const LETTERS = `
import { openMailFolder } from '${moduleAt('engines/mail/folder/index')}'
import { openFolderFiles } from '${moduleAt('engines/files')}'
import { appendFileSync, writeSync } from 'node:fs'
const [, , folder, told, count] = process.argv
const mailer = openMailFolder(folder + '/mail', 'Firstcut <test@firstcut.invalid>')
const files = openFolderFiles(folder + '/files')
`

/** Calls of the system in order, each with the path that its file descriptor stands for. */
function trace(source: string, ...words: string[]): { call: string; path: string; text: string }[] {
  const log = join(folder, 'trace')
  writeFileSync(join(folder, 'program.mjs'), LETTERS + source)
  const { status, stderr } = spawnSync(
    'strace',
    ['-f', '-y', '-o', log, '-e', 'trace=/^(openat|mkdir|write|pwrite64|writev|pwritev|fsync|fdatasync|rename.*)$', ...program(join(folder, 'program.mjs')), ...words], // prettier-ignore
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  const open = new Map<string, string>()
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
      // A call that others interrupted stands on two lines: it is over at the second.
      const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest)
      if (rest.endsWith('<unfinished ...>')) open.set(thread, rest)
      if (rest.endsWith('<unfinished ...>')) return []
      const text = resumed ? (open.get(thread) ?? '') : rest
      const [, call = ''] = /^(\w+)\(/.exec(text) ?? []
      const path = /^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? /"([^"]*)"[^"]*$/.exec(text)?.[1] ?? ''
      return call ? [{ call, path, text }] : []
    })
}

test.skipIf(!canTrace)('a letter is flushed, renamed and its folder flushed before it is called sent', () => {
  const calls = trace(
    `await mailer.send({ id: 'letter', to: 'a@example.com', lang: 'zh', subject: '您好', body: '您好' })
     writeSync(1, 'SENT')`,
    folder,
  )
  const place = (found: (each: (typeof calls)[number]) => boolean) => calls.findIndex(found)
  const renamed = place(({ call, path }) => call.startsWith('rename') && path.endsWith('letter.eml'))
  const aside = /"([^"]*)"/.exec(calls[renamed]?.text ?? '')?.[1] ?? 'nothing'
  const steps = [
    place(({ call, path }) => call === 'fsync' && path === aside),
    renamed,
    place(({ call, path }) => call === 'fsync' && path === join(folder, 'mail')),
    place(({ call, text }) => call === 'write' && text.includes('SENT')),
  ]
  expect(steps.every((step) => step >= 0)).toBe(true)
  expect([...steps].sort((a, b) => a - b)).toEqual(steps)
  // The folder was made for it, and is kept by its parent.
  expect(place(({ call, path }) => call === 'fsync' && path === folder)).toBeLessThan(steps[3] ?? 0)
})

test.skipIf(!canTrace)('a picture is stored with the folder that was made for it', () => {
  const calls = trace(`const hash = await files.put(Buffer.from('a picture')); writeSync(1, 'STORED')`, folder)
  const stored = calls.findIndex(({ text }) => text.includes('STORED'))
  const flushed = new Set(
    calls.slice(0, stored).flatMap(({ call, path }) => (call === 'fsync' ? [path.slice(folder.length)] : [])),
  )
  expect([...flushed]).toEqual(
    expect.arrayContaining([expect.stringMatching(/^\/files\/..$/), '/files', '']) as unknown as string[],
  )
})

test.skipIf(!canTrace)('a hundred letters at once share the flushes of their folder', () => {
  const calls = trace(
    `await Promise.all(Array.from({ length: 100 }, (_, n) =>
       mailer.send({ id: 'letter-' + n, to: 'a@example.com', lang: 'zh', subject: '您好', body: '您好' })))`,
    folder,
  )
  const flushes = calls.filter(({ call, path }) => call === 'fsync' && path === join(folder, 'mail'))
  expect(flushes.length).toBeGreaterThan(0)
  expect(flushes.length).toBeLessThan(50)
  expect(readdirSync(join(folder, 'mail'))).toHaveLength(100)
})

test.skipIf(!canTrace)('the secret of an installation is flushed with the folder that holds it', () => {
  const data = join(folder, 'data')
  const calls = trace(
    `const { readConfig } = await import('${moduleAt('config')}')
     const { prepareSecret } = await import('${moduleAt('secret')}')
     prepareSecret(readConfig({ DATA_DIR: folder + '/data' }))`,
    folder,
  )
  const flushed = calls.flatMap(({ call, path }) => (call === 'fsync' ? [path] : []))
  expect(flushed).toEqual([join(data, 'secret'), data, folder])
})

// ── a power cut: ext4 in a file, shut down under the writer, everything that was not flushed gone ────────────────

const SHUTDOWN = `
import fcntl, os, struct, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(fd, 0x8004587D, struct.pack('I', 2))
`
/** Root, loop devices and ext4 are asked for; `TEST_POWER=0` leaves it out. */
const canCut = (() => {
  if (dialect !== 'sqlite' || process.getuid?.() !== 0 || process.env['TEST_POWER'] === '0') return false
  const place = onDisk('firstcut-loop-')
  try {
    const image = join(place, 'image')
    mkdirSync(join(place, 'disk'))
    execFileSync('truncate', ['-s', '16M', image])
    execFileSync('mkfs.ext4', ['-q', '-F', image], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'loop', image, join(place, 'disk')], { stdio: 'ignore' })
    execFileSync('umount', [join(place, 'disk')], { stdio: 'ignore' })
    return spawnSync('python3', ['--version']).status === 0
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})()

test.skipIf(!canCut)('every letter that was called sent is whole after the power is cut', async () => {
  const [image, disk] = [join(folder, 'image'), join(folder, 'disk')]
  mkdirSync(disk)
  execFileSync('truncate', ['-s', '128M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  execFileSync('mount', ['-o', 'loop', image, disk])
  try {
    writeFileSync(
      join(folder, 'program.mjs'),
      `${LETTERS}
       for (let n = 0; ; n += 10)
         await Promise.all(Array.from({ length: 10 }, async (_, k) => {
           const id = '00000000-0000-0000-0000-' + String(n + k).padStart(12, '0')
           await mailer.send({ id, to: 'a@example.com', lang: 'zh', subject: '您好', body: '您好 '.repeat(200) })
           appendFileSync(told, id + '\\n')
         }))`,
    )
    const told = join(folder, 'told')
    const cut = `"$@" 2>/dev/null & sleep 4; python3 -c "$SHUTDOWN" ${disk}; sleep 0.2; kill -9 $!; wait $! 2>/dev/null; true`
    execFileSync('sh', ['-c', cut, 'sh', ...program(join(folder, 'program.mjs')), disk, told], {
      env: { ...process.env, SHUTDOWN },
    })
    execFileSync('umount', [disk])
    execFileSync('mount', ['-o', 'loop', image, disk])
    const { readMailFolder } = await import('../support/letters.ts')
    const sent = readFileSync(told, 'utf8').trim().split('\n')
    const found = await readMailFolder(join(disk, 'mail'))
    const whole = new Set(found.filter(({ text }) => text.trim().length === 599).map(({ id }) => id))
    expect(sent.length).toBeGreaterThan(20)
    expect(sent.filter((id) => !whole.has(id))).toEqual([])
  } finally {
    spawnSync('umount', [disk])
  }
})
