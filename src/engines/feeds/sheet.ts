/**
 * Bytes → rows of cells, for every table that is uploaded: CSV in any encoding and with any separator, "Unicode text",
 * workbooks, and the web pages that shop back ends name .xls.
 */
import Papa from 'papaparse'
import { decode as decodeEntities } from 'html-entities'
import type { Separator } from '../../core/written.ts'
import type { Localized } from '../../core/values.ts'
import type { Sheet } from '../ports.ts'
import { refused } from './messages.ts'
import { decode } from './decode.ts'
import { readXlsx, unzip } from './xlsx.ts'

const starts = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte)

/** What is no text at all, recognised by its first bytes whatever its name says. */
const BINARY: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'PNG'],
  [[0xff, 0xd8, 0xff], 'JPEG'],
  [[0x47, 0x49, 0x46, 0x38], 'GIF'],
  [[0x52, 0x49, 0x46, 0x46], 'RIFF'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'RTF'],
  [[0x50, 0x41, 0x52, 0x31], 'Parquet'],
  [[0x52, 0x61, 0x72, 0x21], 'RAR'],
  [[0x37, 0x7a, 0xbc, 0xaf], '7z'],
  [[0x42, 0x5a, 0x68], 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58], 'xz'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'SQLite'],
]

const isZip = (bytes: Uint8Array): boolean =>
  starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)

/** The one file that an archive holds, which is how some exports are delivered; undefined for a workbook. */
function aloneInZip(bytes: Uint8Array): { name: string; bytes: Uint8Array } | undefined {
  const names: string[] = []
  unzip(bytes, (name) => {
    if (!name.endsWith('/') && !/^__MACOSX\/|(?:^|\/)\.[^/]+$/.test(name)) names.push(name)
    return false
  })
  if (names.includes('xl/workbook.xml')) return undefined
  const [only, ...more] = names
  if (!only || more.length || !/\.(?:csv|tsv|txt|json|xml|xlsx|rss|atom)$/i.test(only))
    throw refused(
      only?.includes('content.xml') || names.includes('content.xml')
        ? 'feeds.office-file#ods'
        : 'feeds.office-file#zip',
    )
  return { name: only, bytes: unzip(bytes, (name) => name === only)[only] ?? new Uint8Array() }
}

export type Opened =
  | { kind: 'text'; text: string; fileName: string | undefined; notes: Localized[] }
  | { kind: 'rows'; rows: string[][]; notes: Localized[] }

/** Bytes to text, or to rows where they are a workbook. @throws Problem naming what it is and the remedy */
export function openBytes(bytes: Uint8Array, contentType: string | undefined, fileName: string | undefined): Opened {
  if (!bytes.length) throw refused('feeds.empty')
  // OLE2: the .xls of 1997, WPS's .et, or a workbook with a password.
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw refused('feeds.office-file#xls')
  if (isZip(bytes)) {
    const alone = aloneInZip(bytes)
    if (alone) return openBytes(alone.bytes, undefined, alone.name)
    const { rows, sheet, others } = readXlsx(bytes)
    const note = {
      en: `Of the workbook, only the sheet "${sheet}" was read; it has ${others} more.`,
      zh: `只读取了工作簿中的“${sheet}”工作表，另有 ${others} 个未读取。`,
    }
    return { kind: 'rows', rows, notes: others ? [note] : [] }
  }
  const binary = BINARY.find(([mark]) => starts(bytes, ...mark))
  if (binary) throw refused('feeds.not-a-table', { kind: binary[1] })
  const { text, notes } = decode(bytes, contentType)
  return { kind: 'text', text, fileName, notes }
}

const DELIMITERS = [',', '\t', ';', '|'] as const
type Delimiter = (typeof DELIMITERS)[number]

const split = (text: string, delimiter: Delimiter, preview = 0): string[][] =>
  Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false, preview }).data

/** Holds the sixty rows of any table, or enough of them; the parser looks through all it is given for line ends. */
const HEAD = 256 * 1024

/** The separator that gives most rows the same number of cells, and more than one. */
function delimiterOf(whole: string): Delimiter {
  const text = whole.slice(0, HEAD)
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const rows = split(text, delimiter, 60).filter((row) => row.some((cell) => cell.trim()))
    const sizes = new Map<number, number>()
    for (const row of rows) sizes.set(row.length, (sizes.get(row.length) ?? 0) + 1)
    // Rows of the commonest size; two cells too many are a sentence above the table.
    const score = Math.max(0, ...[...sizes].map(([cells, n]) => (cells > 1 ? n + Math.min(cells, 20) / 100 : 0)))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Excel's own hint in the first line: `sep=;`, also quoted. */
const SEP = /^\s*"?sep=(.|\\t)"?[^\S\n]*(?:\r\n|\n|\r)/i

/** Text → rows. Tabs in a single cell are what some programs make of a table. */
export function rowsOfText(raw: string): { rows: string[][]; separator: Separator } {
  const hint = SEP.exec(raw)
  const text = hint ? raw.slice(hint[0].length) : raw
  const hinted = hint?.[1] === '\\t' ? '\t' : hint?.[1]
  const delimiter = DELIMITERS.find((one) => one === hinted) ?? delimiterOf(text)
  const rows = split(text, delimiter).map((row) =>
    row.length > 1 && row.slice(1).some((cell) => cell.trim()) ? row : row.flatMap((cell) => cell.split(/\t+/)),
  )
  return { rows, separator: delimiter }
}

const inner = (html: string): string =>
  decodeEntities(html.replace(/<br\s*\/?>/gi, ' ').replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()

/**
 * A web page or XML with a table in it that a shop's back end named .xls, or a spreadsheet saved as XML of 2003;
 * undefined where it is neither.
 */
export function rowsOfMarkup(text: string, fileName: string | undefined): string[][] | undefined {
  const head = text.slice(0, 4000)
  if (/urn:schemas-microsoft-com:office:spreadsheet/i.test(head) && /<(?:\w+:)?Workbook/i.test(head)) {
    const sheet = /<(?:\w+:)?Table[\s>][\s\S]*?<\/(?:\w+:)?Table>/i.exec(text)?.[0] ?? ''
    return [...sheet.matchAll(/<(?:\w+:)?Row(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?Row>/gi)].map(([, row = '']) => {
      const cells: string[] = []
      for (const [, tag = '', content = ''] of row.matchAll(
        /<(?:\w+:)?Cell(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?Cell>)/gi,
      )) {
        const index = Number(/Index\s*=\s*"(\d+)"/i.exec(tag)?.[1] ?? cells.length + 1) - 1
        while (cells.length < index && cells.length < 2000) cells.push('')
        cells.push(inner(content).replace(/T00:00:00(?:\.000)?$/, ''))
      }
      return cells
    })
  }
  const isTable =
    /^\s*(?:<meta[^>]*>\s*)*<table[\s>]/i.test(head) ||
    /urn:schemas-microsoft-com:office:excel|vnd\.ms-excel|ProgId\s+content="?Excel/i.test(head) ||
    /\.(?:xls|xlsx|et|csv)$/i.test(fileName ?? '')
  if (!isTable || !/<tr[\s>]/i.test(text)) return undefined
  return [...text.matchAll(/<tr(?:\s[^>]*)?>([\s\S]*?)(?=<tr[\s>]|<\/tr>|<\/table>)/gi)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh](\s[^>]*)?>([\s\S]*?)(?=<t[dh][\s>]|<\/t[dh]>|$)/gi)].flatMap(([, tag = '', cell = '']) => {
      const span = Math.min(50, Number(/colspan\s*=\s*["']?(\d+)/i.exec(tag)?.[1] ?? 1))
      return [inner(cell), ...Array.from({ length: span - 1 }, () => '')]
    }),
  )
}

/** A list or table of any of these kinds. @throws Problem `feeds.*` with the remedy */
export function readSheet(bytes: Uint8Array, contentType: string | undefined, fileName: string | undefined): Sheet {
  const opened = openBytes(bytes, contentType, fileName)
  if (opened.kind === 'rows') return { rows: opened.rows, separator: 'cells', notes: opened.notes }
  if (!opened.text.trim()) throw refused('feeds.empty')
  if (opened.text.trimStart().startsWith('<')) {
    const rows = rowsOfMarkup(opened.text, opened.fileName)
    if (!rows) throw refused('feeds.not-a-table', { kind: 'HTML / XML' })
    return { rows, separator: 'cells', notes: opened.notes }
  }
  const { rows, separator } = rowsOfText(opened.text)
  return { rows, separator, notes: opened.notes }
}
