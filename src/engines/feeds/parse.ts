import type { FeedContents, FeedReadOptions } from '../ports.ts'
import { empty, notFeed, otherFormat } from './complaints.ts'
import { readCsv } from './csv.ts'
import { decode } from './decode.ts'
import { readJson } from './json.ts'
import { readXml } from './xml.ts'

const FAMILY = {
  rss: 'xml',
  atom: 'xml',
  'json-feed': 'json',
  'hot-search': 'json',
  'google-trends': 'csv',
  pinterest: 'csv',
} as const

/** By its first character: every XML begins with `<`, the JSON we read with `{` or `[`, and a CSV with neither. */
function familyOf(text: string): 'xml' | 'json' | 'csv' {
  const first = text.trimStart()[0]
  return first === '<' ? 'xml' : first === '{' || first === '[' ? 'json' : 'csv'
}

const GUESSED = {
  en: 'No encoding was named and the text is not UTF-8; it was read as GB18030. Check that the titles look right.',
  zh: '未声明编码且不是 UTF-8，已按 GB18030 读取。请检查标题是否正常显示。',
}

/**
 * Bytes → what is in them. Runs in the reading thread: hostile input can make it slow, never wrong.
 * @throws Problem `feeds.*`
 */
export function parseFeedBytes(
  bytes: Uint8Array,
  options: Pick<FeedReadOptions, 'contentType' | 'fileName' | 'declaredFormat'>,
): FeedContents {
  if (!bytes.length) throw empty()
  const { text, guessed } = decode(bytes, options.contentType)
  if (!text.trim()) throw empty()
  const family = familyOf(text)
  const declared = options.declaredFormat
  if (declared !== 'auto' && FAMILY[declared] !== family) {
    if (family === 'csv') throw notFeed(text.trim().slice(0, 30))
    throw otherFormat(declared, family === 'xml' ? 'XML' : 'JSON')
  }
  const asTable = declared === 'google-trends' || declared === 'pinterest' ? declared : 'auto'
  const contents =
    family === 'xml' ? readXml(text) : family === 'json' ? readJson(text, options.fileName) : readCsv(text, asTable)
  // RSS and Atom are told apart by what they are, whatever was announced; the JSON formats are not alike at all.
  if (family === 'json' && declared !== 'auto' && contents.format !== declared)
    throw otherFormat(declared, contents.format)
  return guessed ? { ...contents, notes: [...contents.notes, GUESSED] } : contents
}
