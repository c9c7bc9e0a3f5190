/** Texts out of whatever file or folder a command was given: a line each, or a record each where it is JSON. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readGiven } from './given-file.ts'
import { refused } from './messages.ts'

const READ = /\.(txt|md|csv|tsv|json|jsonl|ndjson)(\.gz)?$/i

/** What a record says, whatever its fields are called. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value).map(wordsOf).filter(Boolean).join('\n')
}

/** A record each: of a list, of lines of JSON, or of an object's lists. */
function recordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => (Array.isArray(each) ? recordsOf(each) : [wordsOf(each)]))
  if (typeof value === 'object' && value !== null && Object.values(value).some(Array.isArray))
    return Object.values(value).flatMap((each) => (Array.isArray(each) ? recordsOf(each) : [wordsOf(each)]))
  return [wordsOf(value)]
}

const isPresent = (text: string): boolean => text.trim() !== ''
const linesOf = (text: string): string[] => text.split(/\r?\n/).filter(isPresent)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws Problem for JSON that is neither whole nor a record a line */
function textsOf(file: string, bytes: Buffer): string[] {
  const text = (/\.gz$/i.test(file) ? gunzipSync(bytes) : bytes).toString('utf8')
  if (!/\.(json|jsonl|ndjson)(\.gz)?$/i.test(file)) return linesOf(text)
  const whole = parsed(text)
  if (whole !== undefined) return recordsOf(whole).filter(isPresent)
  return linesOf(text).flatMap((line, n) => {
    const record = parsed(line)
    if (record === undefined) throw refused('cli.no-json#line', { file, line: n + 1 })
    return recordsOf(record).filter(isPresent)
  })
}

/** Every file of a folder that holds text, and of the folders in it; or the one file, whatever it is called. */
async function filesIn(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined)
  if (!found?.isDirectory()) return [place]
  const names = await readdir(place, { recursive: true })
  return names
    .filter((name) => READ.test(name))
    .sort()
    .map((name) => join(place, name))
}

/** @throws Problem where nothing is there, or nothing of it can be read */
export async function* textsGiven(place: string): AsyncGenerator<string> {
  for (const file of await filesIn(place)) yield* textsOf(file, await readGiven(file))
}
