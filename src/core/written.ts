/**
 * Numbers as people and their programs write them in tables. `1.234` is one thing in Hamburg and another in Boston:
 * what a cell can only mean is read so; what it could mean twice is settled by the other cells of the table, then by
 * its separator (a table separated by semicolons has commas in its numbers), and else refused.
 */

export type Separator = ',' | '\t' | ';' | '|' | 'cells'
export type NumberStyle = 'comma' | 'dot' | 'mixed'

/** Digits with what stands around them taken off, and what the suffix multiplies by. */
interface Bare {
  digits: string
  factor: number
}

const SUFFIX: Readonly<Record<string, number>> = {
  千: 1e3,
  k: 1e3,
  万: 1e4,
  萬: 1e4,
  w: 1e4,
  m: 1e6,
  亿: 1e8,
  億: 1e8,
}

/** Most cells of most tables. */
const PLAIN = /^\d+$/

function bare(cell: string): Bare | undefined {
  if (PLAIN.test(cell)) return { digits: cell, factor: 1 }
  const text = cell
    .normalize('NFKC')
    .replace(/^'/, '')
    .trim()
    .replace(/^(?:[¥￥$€£]|cny|rmb|usd|eur|gbp)\s*/i, '')
    .replace(/\s*(?:[¥￥$€£]|cny|rmb|usd|eur|gbp|元|件|条|套|双|次|人|个|pcs|units?|天|days?)$/i, '')
    // Spaces (also the narrow ones) and the Swiss apostrophe group thousands.
    .replace(/(\d)[\s'’`](?=\d{3}(?!\d))/g, '$1')
    .replace(/−/g, '-')
  const match = /^([+-]?[\d.,]+(?:e[+-]?\d{1,3})?)\s*(%|\+|千|万|萬|亿|億|[kwm](?![a-z]))?\+?$/i.exec(text)
  if (!match || !/\d/.test(match[1] ?? '')) return undefined
  return { digits: match[1] ?? '', factor: SUFFIX[(match[2] ?? '').toLowerCase()] ?? 1 }
}

const COMMA = /^[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?$/
const DOT = /^[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}|\d+)(?:\.\d+)?$/
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d{1,3}$/i

/** What the digits mean read in each way; undefined where they cannot be read so. */
function readings(digits: string): { comma: string | undefined; dot: string | undefined } {
  if (PLAIN.test(digits)) return { comma: digits, dot: digits }
  if (SCIENTIFIC.test(digits)) {
    const plain = String(Number(digits.replace(',', '.')))
    return { comma: plain, dot: plain }
  }
  return {
    comma: COMMA.test(digits) ? digits.replaceAll('.', '').replace(',', '.') : undefined,
    dot: DOT.test(digits) ? digits.replaceAll(',', '') : undefined,
  }
}

/** Whether a cell can be read two ways that differ: `1.234`, `2,000`. */
export function isAmbiguous(cell: string): boolean {
  const found = bare(cell)
  if (!found) return false
  const { comma, dot } = readings(found.digits)
  return comma !== undefined && dot !== undefined && Number(comma) !== Number(dot)
}

/** How a table writes its numbers. `sure` where a cell shows it that can be read in one way only. */
export function numberStyle(cells: Iterable<string>, separator: Separator): { style: NumberStyle; sure: boolean } {
  let comma = false
  let dot = false
  for (const cell of cells) {
    const found = bare(cell)
    if (!found || !/[.,]/.test(found.digits) || /e/i.test(found.digits)) continue
    const read = readings(found.digits)
    if (read.comma !== undefined && read.dot === undefined) comma = true
    if (read.dot !== undefined && read.comma === undefined) dot = true
  }
  if (comma && dot) return { style: 'mixed', sure: true }
  if (comma || dot) return { style: comma ? 'comma' : 'dot', sure: true }
  return { style: separator === ';' ? 'comma' : 'dot', sure: false }
}

/** Which of two readings is meant; undefined where it could be either. */
function settle({ comma, dot }: ReturnType<typeof readings>, style: NumberStyle): string | undefined {
  if (comma === undefined || dot === undefined) return comma ?? dot
  if (Number(comma) === Number(dot)) return dot
  if (style === 'mixed') return undefined
  return style === 'comma' ? comma : dot
}

/**
 * The number as plain decimal digits (`1.234,50` → `1234.50`), so that money need not pass through a binary fraction;
 * undefined where the cell is no number, or could be two.
 */
export function plainNumber(cell: string, style: NumberStyle): string | undefined {
  const found = bare(cell)
  if (!found) return undefined
  const settled = settle(readings(found.digits), style)
  if (settled === undefined) return undefined
  return found.factor === 1 ? settled : String(Math.round(Number(settled) * found.factor * 1e6) / 1e6)
}

/** @see plainNumber */
export function writtenNumber(cell: string, style: NumberStyle): number | undefined {
  const plain = plainNumber(cell, style)
  const value = plain === undefined ? Number.NaN : Number(plain)
  return Number.isFinite(value) ? value : undefined
}
