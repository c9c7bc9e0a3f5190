/**
 * The first sheet with anything on it of an .xlsx workbook (ECMA-376), as the cells a CSV would have: dates as
 * `2026-11-16`, shares with their percent sign, numbers with a point.
 */
import { unzipSync } from 'fflate'
import { decode as decodeEntities } from 'html-entities'
import { tooLarge } from './complaints.ts'
import { DAY, SECOND } from '../../core/values.ts'
import { refused } from './messages.ts'

/** Unpacked, all parts that are read together: what a 5 MB table may grow to, not a bomb. */
const MOST_UNPACKED = 60 * 1024 * 1024

const text = (bytes: Uint8Array | undefined): string => (bytes ? new TextDecoder().decode(bytes) : '')
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1]
const plain = (xml: string): string =>
  decodeEntities(xml.replace(/<[^>]*>/g, ''), { level: 'xml' }).replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

/** The parts of a zip archive that `wanted` takes. @throws Problem `feeds.too-large`, `feeds.office-file` */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  let size = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted(name)) return false
        size += originalSize
        if (size > MOST_UNPACKED) throw tooLarge(MOST_UNPACKED)
        return true
      },
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'Problem') throw error
    throw refused('feeds.office-file#zip')
  }
}

type Written = 'date' | 'percent' | 'number'

/** How each style of the workbook writes a number: built-in formats by number, others by their letters. */
function stylesOf(xml: string): Written[] {
  const custom = new Map<string, string>()
  for (const [tag] of xml.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g))
    custom.set(attribute(tag, 'numFmtId') ?? '', decodeEntities(attribute(tag, 'formatCode') ?? ''))
  const cells = /<(?:\w+:)?cellXfs[\s>][\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  return [...cells.matchAll(/<(?:\w+:)?xf[\s/>][^>]*>/g)].map(([tag]): Written => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0)
    const code = (custom.get(String(id)) ?? '').replace(/"[^"]*"|\\.|\[(?!h)[^\]]*\]/gi, '')
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
      return 'date'
    if (id === 9 || id === 10 || code.includes('%')) return 'percent'
    return /[ymd年月日]/i.test(code) ? 'date' : 'number'
  })
}

function written(value: string, how: Written, from1904: boolean): string {
  const number = Number(value)
  if (!Number.isFinite(number) || value === '') return value
  if (how === 'percent') return `${Math.round(number * 1e8) / 1e6}%`
  if (how !== 'date' || number < 1 || number > 2_958_465) return value.includes('E') ? String(number) : value
  const at = new Date(
    Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) +
      Math.round((number * DAY) / SECOND) * SECOND,
  )
  const iso = at.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

const MOST_COLUMNS = 2000

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

interface Around {
  /** What stands inside the cell's element. */
  content: string
  shared: (index: number) => string
  style: () => Written
  from1904: boolean
}
/** How the value of a cell is read, by the type it says it has (ECMA-376, 18.18.11 ST_CellType). */
const CELLS = new Map<string, (value: string, around: Around) => string>([
  ['s', (value, { shared }) => shared(Number(value))],
  ['inlineStr', (_, { content }) => runs(content)],
  ['b', (value) => (value === '1' ? 'TRUE' : 'FALSE')],
  ['n', (value, { style, from1904 }) => written(value, style(), from1904)],
  ['d', (value) => value.replace(/T00:00:00.*$/, '')],
  ['e', () => ''],
])

function rowsOf(xml: string, shared: readonly string[], styles: readonly Written[], from1904: boolean): string[][] {
  const rows: string[][] = []
  for (const [, inside = ''] of xml.matchAll(/<(?:\w+:)?row(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?row>/g)) {
    const row: string[] = []
    for (const [, tag = '', content = ''] of inside.matchAll(
      /<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
    )) {
      const reference = attribute(tag, 'r')
      const at = reference ? columnOf(reference) : row.length
      if (at < 0 || at >= MOST_COLUMNS) continue
      const type = attribute(tag, 't') ?? 'n'
      const value = /<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1] ?? ''
      while (row.length < at) row.push('')
      const read = CELLS.get(type) ?? plain
      row[at] = read(value, {
        content,
        shared: (index) => shared[index] ?? '',
        style: () => styles[Number(attribute(tag, 's') ?? 0)] ?? 'number',
        from1904,
      })
    }
    rows.push(row)
  }
  return rows
}

/** The text of a string in several runs; the readings beside Japanese and Chinese characters are none of it. */
const runs = (xml: string): string =>
  [
    ...xml
      .replace(/<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g, '')
      .matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g),
  ]
    .map(([, inside = '']) => plain(inside))
    .join('')

/** @throws Problem `feeds.office-file` where it is an archive of something else */
export function readXlsx(bytes: Uint8Array): { rows: string[][]; sheet: string; others: number } {
  const parts = unzip(bytes, (name) =>
    /^xl\/(?:workbook\.xml|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml|_rels\/workbook\.xml\.rels)$/i.test(
      name,
    ),
  )
  const workbook = text(parts['xl/workbook.xml'])
  const relations = new Map(
    [...text(parts['xl/_rels/workbook.xml.rels']).matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id') ?? '',
      (attribute(tag, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, 'xl/'),
    ]),
  )
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => ({
    name: decodeEntities(attribute(tag, 'name') ?? ''),
    part: relations.get(attribute(tag, 'id') ?? '') ?? '',
  }))
  if (!sheets.length) throw refused('feeds.office-file#zip')
  const shared = [
    ...text(parts['xl/sharedStrings.xml']).matchAll(/<(?:\w+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g),
  ].map(([, inside = '']) => runs(inside))
  const styles = stylesOf(text(parts['xl/styles.xml']))
  const from1904 = /date1904\s*=\s*"(?:1|true)"/.test(workbook)
  for (const { name, part } of sheets) {
    const rows = rowsOf(text(parts[part]), shared, styles, from1904)
    if (rows.some((row) => row.some(Boolean))) return { rows, sheet: name, others: sheets.length - 1 }
  }
  return { rows: [], sheet: '', others: 0 }
}
