/** Backups as single files: a tar that any tool opens, with the hash of every member and a manifest at its end. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract, pack, type Pack } from 'tar-stream'
import { problem, type Problem } from '../core/errors.ts'
import { makeFolder, removeAsides, syncFolder } from './durable.ts'
import type { ArchiveMember, Archives, Manifest, Progress } from './ports.ts'

const SUMS = 'SHA256SUMS'
const MANIFEST = 'manifest.json'
/** The manifest is filled up to this, so that it is found from the end without reading the rest. */
const MANIFEST_BYTES = 32_768
const BLOCK = 512
/** Two empty blocks end a tar. */
const END = 2 * BLOCK
/** What a backup may hold: nothing that is unpacked may stand anywhere else. */
const MEMBER = /^(database\.(sqlite|pgdump)|secret\.sealed|files\/[0-9a-f]{2}\/[0-9a-f]{64}|mail\/[0-9a-f-]{36}\.eml)$/

const broken = (file: string, en: string, zh: string): Problem =>
  problem('backup.broken', 422, {
    en: `${basename(file)} cannot be used: ${en} Nothing was changed. Take another backup.`,
    zh: `${basename(file)} 无法使用：${zh} 未做任何更改，请改用其他备份。`,
  })

const cannotWrite = (target: string, error: unknown): Problem => {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  const failure = problem('database.backup-failed', 503, {
    en: `The backup ${target} could not be written (${code}) and nothing of it is left. Check the free space there, or write it elsewhere.`,
    zh: `备份 ${target} 写入失败（${code}），未留下任何文件。请检查该处的剩余空间，或改存到其他位置。`,
  })
  failure.cause = error
  return failure
}

/** One member into the tar, hashed on its way; undefined where its file has gone since it was listed. */
async function add(tar: Pack, { name, file, bytes }: ArchiveMember, told: (bytes: number) => void) {
  const hash = createHash('sha256')
  if (bytes) {
    tar.entry({ name, mode: 0o600 }, Buffer.from(bytes))
    return hash.update(bytes).digest('hex')
  }
  const source = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!source) return undefined
  try {
    const { size, mtime } = await source.stat()
    const entry = tar.entry({ name, size, mtime, mode: 0o600 })
    await pipeline(
      source.createReadStream({ autoClose: false, highWaterMark: 1 << 20 }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          told(chunk.length)
          yield chunk
        }
      },
      entry,
    )
  } finally {
    await source.close()
  }
  return hash.digest('hex')
}

async function write(
  target: string,
  members: readonly ArchiveMember[],
  facts: Omit<Manifest, 'members' | 'sums'>,
  { progress, signal }: { progress?: Progress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Manifest> {
  const folder = dirname(target)
  const aside = join(folder, `.partial-${randomUUID()}`)
  try {
    await makeFolder(folder, 0o700)
    const sizes = await Promise.all(members.map(({ file }) => stat(file).then(({ size }) => size, () => 0))) // prettier-ignore
    const total = sizes.reduce((sum, size) => sum + size, 0)
    let done = 0
    const tar = pack()
    const written = pipeline(tar, createWriteStream(aside, { flags: 'wx', mode: 0o600 }), signal ? { signal } : {})
    written.catch((error: Error) => tar.destroy(error)) // a member that is being read ends with it
    const sums: string[] = []
    const counts = { database: 0, files: 0, mail: 0, secret: 0 }
    for (const member of members) {
      signal?.throwIfAborted()
      const hash = await add(tar, member, (bytes) => progress?.((done += bytes), total))
      if (!hash) continue
      sums.push(`${hash}  ${member.name}\n`)
      counts[/^\w+/.exec(member.name)?.[0] as keyof typeof counts]++
    }
    const list = Buffer.from(sums.join(''))
    tar.entry({ name: SUMS, mode: 0o600 }, list)
    const manifest: Manifest = { ...facts, members: counts, sums: createHash('sha256').update(list).digest('hex') }
    const text = JSON.stringify(manifest, null, 2)
    if (Buffer.byteLength(text) >= MANIFEST_BYTES) throw new Error('the manifest of a backup has grown too long')
    tar.entry({ name: MANIFEST, mode: 0o600 }, text + ' '.repeat(MANIFEST_BYTES - Buffer.byteLength(text) - 1) + '\n')
    tar.finalize()
    await written
    const file = await open(aside, 'r+')
    await file.sync().finally(() => file.close())
    await rename(aside, target)
    await syncFolder(folder)
    return manifest
  } catch (error) {
    await rm(aside, { force: true })
    throw signal?.aborted ? error : cannotWrite(target, error)
  }
}

/** @throws Problem when it is no backup of ours, or not a whole one */
async function manifestOf(file: string): Promise<Manifest> {
  const archive = await open(file, 'r').catch(() => {
    throw problem('backup.missing', 404, {
      en: `There is no backup ${file}. "firstcut backups" lists those there are.`,
      zh: `没有备份 ${file}。运行 “firstcut backups” 查看现有备份。`,
    })
  })
  try {
    const { size } = await archive.stat()
    const block = Buffer.alloc(BLOCK + MANIFEST_BYTES)
    await archive.read(block, 0, block.length, size - END - block.length)
    if (!block.subarray(0, MANIFEST.length + 1).equals(Buffer.from(`${MANIFEST}\0`)))
      throw broken(file, 'it is no whole backup of Firstcut; its end is missing.', '它不是完整的 Firstcut 备份，结尾缺失。') // prettier-ignore
    const manifest = JSON.parse(block.subarray(BLOCK).toString()) as Manifest
    if (manifest.format !== 1)
      throw broken(file, 'it was written by a newer version of Firstcut.', '它由更新版本的 Firstcut 写成。')
    return manifest
  } catch (error) {
    if (error instanceof SyntaxError) throw broken(file, 'its manifest cannot be read.', '其清单无法读取。')
    throw error
  } finally {
    await archive.close()
  }
}

/** Go through every member, with its hash afterwards. */
async function each(
  file: string,
  progress: Progress | undefined,
  use: (name: string, bytes: AsyncIterable<Buffer>) => Promise<void>,
): Promise<Map<string, string>> {
  const { size } = await stat(file)
  const hashes = new Map<string, string>()
  const source = createReadStream(file, { highWaterMark: 1 << 20 })
  const tar = extract()
  const feeding = pipeline(source, tar)
  feeding.catch(() => {}) // told by the iteration
  let done = 0
  for await (const entry of tar) {
    const { name } = entry.header
    if (!MEMBER.test(name) && name !== SUMS && name !== MANIFEST)
      throw broken(file, `it holds "${name}", which is no part of a backup.`, `其中的“${name}”不属于备份内容。`)
    if (hashes.has(name)) throw broken(file, `it holds "${name}" twice.`, `其中的“${name}”出现了两次。`)
    const hash = createHash('sha256')
    async function* hashed(): AsyncIterable<Buffer> {
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        hash.update(chunk)
        progress?.((done += chunk.length), size)
        yield chunk
      }
    }
    await use(name, hashed())
    hashes.set(name, hash.digest('hex'))
  }
  await feeding
  return hashes
}

async function drain(bytes: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of bytes);
}

async function read(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Hold every member against its hash, reading all of it and writing nothing. @throws Problem naming the member */
async function verify(file: string, progress?: Progress): Promise<Manifest> {
  const manifest = await manifestOf(file)
  let list = ''
  const hashes = await each(file, progress, async (name, bytes) => {
    if (name === SUMS) list = (await read(bytes)).toString()
    else await drain(bytes)
  }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'backup.broken') throw error
    throw broken(file, `it cannot be read to its end (${String(error)}).`, `无法完整读取（${String(error)}）。`)
  })
  if (hashes.get(SUMS) !== manifest.sums) throw broken(file, 'its list of hashes is damaged.', '其校验清单已损坏。')
  const listed = new Map(list.split('\n').flatMap((line) => (line ? [[line.slice(66), line.slice(0, 64)] as const] : []))) // prettier-ignore
  for (const [name, hash] of listed)
    if (hashes.get(name) !== hash)
      throw broken(file, `${name} is ${hashes.has(name) ? 'damaged' : 'missing'}.`, `${name} ${hashes.has(name) ? '已损坏' : '缺失'}。`) // prettier-ignore
  for (const name of hashes.keys())
    if (MEMBER.test(name) && !listed.has(name))
      throw broken(file, `${name} is not in its list.`, `${name} 不在其清单中。`)
  return manifest
}

/** Hand out every member of a backup that was verified; `place` says where it goes, undefined for nowhere. */
async function unpack(file: string, place: (name: string) => string | undefined, progress?: Progress): Promise<void> {
  const folders = new Set<string>()
  await each(file, progress, async (name, bytes) => {
    const target = name === SUMS || name === MANIFEST ? undefined : place(name)
    if (target === undefined) return drain(bytes)
    await makeFolder(dirname(target), 0o700)
    const aside = join(dirname(target), `.${basename(target)}.arriving`)
    await pipeline(bytes, createWriteStream(aside, { mode: 0o600 }))
    const written = await open(aside, 'r+')
    await written.sync().finally(() => written.close())
    await rename(aside, target)
    folders.add(dirname(target))
  })
  for (const folder of folders) await syncFolder(folder)
}

/** Every whole backup in a folder, newest first, and the names of those that are not whole. */
async function list(folder: string) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.tar'))
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const { size } = await stat(file).catch(() => ({ size: 0 }))
      return { file, bytes: size, manifest: await manifestOf(file).catch(() => undefined) }
    }),
  )
  return found.sort((a, b) => ((a.manifest?.takenAt ?? '') < (b.manifest?.takenAt ?? '') ? 1 : -1))
}

/** What is to be packed: every stored file, and every letter of the embedded mail folder. */
async function contents(filesDir: string, mailDir: string | undefined): Promise<ArchiveMember[]> {
  const members: ArchiveMember[] = []
  for (const parent of (await readdir(filesDir).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort())
    for (const name of (await readdir(join(filesDir, parent))).filter((each) => /^[0-9a-f]{64}$/.test(each)).sort())
      members.push({ name: `files/${parent}/${name}`, file: join(filesDir, parent, name) })
  for (const name of (mailDir ? await readdir(mailDir).catch(() => []) : [])
    .filter((each) => /^[0-9a-f-]{36}\.eml$/.test(each))
    .sort())
    // prettier-ignore
    members.push({ name: `mail/${name}`, file: join(mailDir ?? '', name) })
  return members
}

export const openArchives = (): Archives => ({
  write,
  manifest: manifestOf,
  verify,
  unpack,
  list,
  contents,
  tidy: (folder, before) => removeAsides(folder, before, /^\.partial-/),
  prepare: (folder) =>
    makeFolder(folder, 0o700).catch((error: unknown) => {
      throw cannotWrite(folder, error)
    }),
  remove: (file) => rm(file, { force: true }),
})
