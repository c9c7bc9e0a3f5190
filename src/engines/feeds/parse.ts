import type { FeedContents, FeedReadOptions, Sheet } from '../ports.ts'
import { notFeed } from './complaints.ts'
import { refused } from './messages.ts'
import { readExport } from './exports.ts'
import { readJson } from './json.ts'
import { openBytes, readSheet, rowsOfMarkup, rowsOfText } from './sheet.ts'
import { unpack } from './unpack.ts'
import { readXml } from './xml.ts'

const FAMILY = {
  rss: 'xml',
  atom: 'xml',
  'json-feed': 'json',
  'hot-search': 'json',
  'google-trends': 'csv',
  pinterest: 'csv',
  sales: 'csv',
} as const

const FEED_ROOT = /<(?:\?xml|rss|rdf:RDF|feed)[\s>]/i
/** Warnings that a program printed above its feed, or a byte too many: no more than a screenful. */
const MOST_LITTER = 4000

/** Where the document begins: some servers put a line or two above it. */
function withoutLitter(text: string): string {
  const start = text.trimStart()
  if (/^<(?:!DOCTYPE\s+html|html)[\s>]/i.test(start) || /^[[{]/.test(start)) return text
  const at = start.slice(0, MOST_LITTER).search(FEED_ROOT)
  return at > 0 && !/^<(?:!--|!DOCTYPE|\?)/i.test(start) ? start.slice(at) : text
}

/** By its first character: every XML begins with `<`, the JSON we read with `{` or `[`, and a CSV with neither. */
function familyOf(text: string): 'xml' | 'json' | 'csv' {
  const start = text.trimStart()
  if (start[0] === '<') return 'xml'
  if (/^\)\]\}'|^(?:\/\*\*\/)?\s*[\w$.]{1,60}\s*\(\s*[[{]|^(?:var|let|const)\s+[\w$]+\s*=\s*[[{]/.test(start))
    return 'json'
  return start[0] === '{' || start[0] === '[' ? 'json' : 'csv'
}

type Read = Pick<
  FeedReadOptions,
  'contentType' | 'contentEncoding' | 'fileName' | 'address' | 'declaredFormat' | 'columns' | 'dates' | 'maxBytes'
>

/**
 * Bytes → what is in them. Runs in the reading thread: hostile input can make it slow, never wrong.
 * @throws Problem `feeds.*`
 */
export function parseFeedBytes(packed: Uint8Array, options: Read): FeedContents {
  if (!packed.length) throw refused('feeds.empty')
  const { bytes, notes } = unpack(packed, options.contentEncoding, options.maxBytes)
  const opened = openBytes(bytes, options.contentType, options.fileName)
  const declared = options.declaredFormat
  const asTable = declared === 'google-trends' || declared === 'pinterest' || declared === 'sales' ? declared : 'auto'
  const table = (sheet: Sheet): FeedContents => {
    if (declared !== 'auto' && FAMILY[declared] !== 'csv' && declared !== 'hot-search')
      throw refused('feeds.other-format', { declared, found: 'CSV' })
    return readExport(sheet, { declared: asTable, columns: options.columns ?? {}, dates: options.dates })
  }
  const told = (contents: FeedContents): FeedContents => ({
    ...contents,
    notes: [...notes, ...opened.notes, ...contents.notes],
  })
  if (opened.kind === 'rows') return told(table({ rows: opened.rows, separator: 'cells', notes: [] }))
  const text = withoutLitter(opened.text)
  if (!text.trim()) throw refused('feeds.empty')
  const family = familyOf(text)
  if (family === 'xml') {
    const rows = rowsOfMarkup(text, opened.fileName)
    if (rows) return told(table({ rows, separator: 'cells', notes: [] }))
  }
  if (declared !== 'auto' && FAMILY[declared] !== family && !(declared === 'hot-search' && family === 'csv')) {
    if (family === 'csv') throw notFeed(text.trim().slice(0, 30))
    throw refused('feeds.other-format', { declared, found: family === 'xml' ? 'XML' : 'JSON' })
  }
  const read = () => {
    if (family === 'xml') return readXml(text, options.address)
    if (family === 'json') return readJson(text, { fileName: opened.fileName, address: options.address })
    return table({ ...rowsOfText(text), notes: [] })
  }
  const contents = read()
  // RSS and Atom are told apart by what they are, whatever was announced; the JSON formats are not alike at all.
  if (family === 'json' && declared !== 'auto' && contents.format !== declared)
    throw refused('feeds.other-format', { declared, found: contents.format })
  return told(contents)
}

/** Bytes → the rows of a list. @throws Problem `feeds.*` */
export function parseTableBytes(
  packed: Uint8Array,
  options: Pick<Read, 'contentType' | 'fileName' | 'maxBytes'>,
): Sheet {
  if (!packed.length) throw refused('feeds.empty')
  const { bytes, notes } = unpack(packed, undefined, options.maxBytes)
  const sheet = readSheet(bytes, options.contentType, options.fileName)
  return { ...sheet, notes: [...notes, ...sheet.notes] }
}
