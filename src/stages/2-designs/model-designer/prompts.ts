/** Prompts as files: `prompts/<task>/<name>.vN.md`, front matter, then the messages under `## system` and `## user`. */
import { readFileSync } from 'node:fs'
import { sha256 } from '../../../core/canonical.ts'
import type { ChatMessage } from '../../../engines/ports.ts'

export interface Prompt {
  name: string
  version: number
  /** Of the file's text: which prompt exactly was used. */
  hash: string
  parts: readonly { role: ChatMessage['role']; text: string }[]
}

// From src/ and from the built tree alike, the prompts lie three folders up.
const FOLDER = new URL('../../../../prompts/', import.meta.url)

/** @throws Error for a file that is not a prompt: they are reviewed like code */
export function parsePrompt(text: string, file: string): Prompt {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)
  if (!match) throw new Error(`prompt ${file}: no front matter`)
  const [, front = '', body = ''] = match
  const field = (key: string) => new RegExp(`^${key}:\\s*(.+)$`, 'm').exec(front)?.[1]?.trim()
  const [name, version] = [field('name'), Number(field('version'))]
  if (!name || !Number.isInteger(version)) throw new Error(`prompt ${file}: name and version are missing`)
  const parts = body
    .split(/^## (?=system$|user$|assistant$)/m)
    .slice(1)
    .map((section) => {
      const at = section.indexOf('\n')
      return { role: section.slice(0, at).trim() as ChatMessage['role'], text: section.slice(at + 1).trim() }
    })
  if (parts.length === 0) throw new Error(`prompt ${file}: no messages`)
  return { name, version, hash: sha256(text), parts }
}

export const readPrompt = (name: string, version: number): Prompt => {
  const file = `${name}.v${version}.md`
  return parsePrompt(readFileSync(new URL(file, FOLDER), 'utf8'), file)
}

/**
 * Fill a prompt in. Values are put in as they are, once: a value that holds `{{…}}` stays text.
 * @throws Error naming a variable nobody gave
 */
export const fillIn = (prompt: Prompt, values: Readonly<Record<string, string>>): ChatMessage[] =>
  prompt.parts.map(({ role, text }) => ({
    role,
    content: text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const value = values[key]
      if (value === undefined) throw new Error(`prompt ${prompt.name}: no value for {{${key}}}`)
      return value
    }),
  }))

/** Characters without width, direction marks and tags: a fence's words with one of them inside still read as its words. */
const INVISIBLE =
  // oxlint-disable-next-line no-misleading-character-class
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\u{e0000}-\u{e01ef}]/gu

/**
 * Text from outside inside a fence: without what could close the fence or open another.
 */
export const fenced = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/(TREND DATA|WISH)\s+(BEGIN|END)/gi, '·')
    .replaceAll(/`{3,}|<\|.*?\|>/g, '·')
    .replaceAll(/\{\{|\}\}/g, '·')
