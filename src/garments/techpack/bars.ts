/** Bars that a scanner reads: a trade number as EAN or UPC, anything else as Code 128. */
import JsBarcode from 'jsbarcode'
import type { Sheet } from './pdf.ts'

interface Bars {
  /** Modules from left to right, 1 for a bar. */
  modules: string
  /** What is printed below them. */
  words: string
}
const TRADE: Readonly<Record<number, string>> = { 8: 'EAN8', 12: 'UPC', 13: 'EAN13' }

function encoded(words: string, format: string): string | undefined {
  const made: { encodings?: { data: string }[] } = {}
  let fits = true
  JsBarcode(made, words, { format, flat: true, valid: (valid: boolean) => (fits = valid) })
  return fits ? made.encodings?.map(({ data }) => data).join('') : undefined
}

/**
 * @param words a GTIN of 8, 12 or 13 digits with its right check digit becomes its own kind of bars; everything else, without
 *   what Code 128 cannot say, Code 128
 */
export function barsOf(words: string): Bars {
  const trade = /^\d+$/.test(words) ? TRADE[words.length] : undefined
  const modules = trade && encoded(words, trade)
  if (modules) return { modules, words }
  const ascii = words.replace(/[^\x20-\x7e]/g, '-')
  return { modules: encoded(ascii, 'CODE128') ?? '', words: ascii }
}

/** Modules left free on both sides, so that a scanner finds the ends. */
const QUIET = 10

/** Draw bars in a box with their words below; points. */
export function drawBars(
  sheet: Sheet,
  words: string,
  box: { x: number; y: number; width: number; height: number },
): void {
  const bars = barsOf(words)
  const module = box.width / (bars.modules.length + 2 * QUIET)
  const tall = box.height - 10
  let run = 0
  for (const [i, bar] of [...bars.modules, '0'].entries()) {
    if (bar === '1') run++
    else if (run) {
      sheet.doc.rect(box.x + (QUIET + i - run) * module, box.y, run * module, tall)
      run = 0
    }
  }
  sheet.doc.fill('#000000')
  sheet.text(bars.words, box.x + box.width / 2, box.y + tall + 2, { size: 7, align: 'center' })
}
