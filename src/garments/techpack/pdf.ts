/** The page kit of every document: fonts, bilingual text, tables, drawn boxes. Points (1/72 inch), y downwards. */
import PDFDocument from 'pdfkit'
import type { Localized } from '../../core/values.ts'
import { typesetter } from './glyphs.ts'
import type { Typesetter, Weight } from './glyphs.ts'

export const MM = 72 / 25.4
export const INK = '#1b1d22'
export const SOFT = '#6b707b'
export const RULE = '#c9ccd3'
export const FAINT = '#f3f4f6'
export const ACCENT = '#a63d2f'

export interface Sheet {
  doc: PDFKit.PDFDocument
  type: Typesetter
  /** Print one line or block; returns its height. Characters the font lacks are written out, never boxed. */
  text: (words: string, x: number, y: number, options?: TextStyle) => number
  /** Height a text would take. */
  height: (words: string, options?: TextStyle) => number
  width: (words: string, options?: TextStyle) => number
  /**
   * Draw lines once and show them on as many pages as they are needed (a form, PDF 1.7, 8.10). Lines only: words need
   * the page's fonts.
   * @param box in the units drawn: x, y, width, height
   * @returns shows it, in the coordinates of the moment
   */
  form: (box: readonly [number, number, number, number], draw: () => void) => () => void
  /** Close and return the bytes. */
  end: () => Promise<Buffer>
}
export interface TextStyle {
  size?: number
  weight?: Weight
  colour?: string
  width?: number
  align?: 'left' | 'center' | 'right'
  lineGap?: number
}

/** The document's own entries, for which the library has no words. */
const catalogOf = (doc: PDFKit.PDFDocument): Record<string, unknown> =>
  (doc as unknown as { _root: { data: Record<string, unknown> } })._root.data

/**
 * A new document without pages.
 * @param at instant of issue, printed as creation date: the same input must give the same bytes
 * @param trueScale it is cut out along its lines: the print dialog starts at "actual size" (PDF 1.7, table 150)
 */
export function newSheet(title: string, at: string, { trueScale = false } = {}): Sheet {
  const issued = new Date(at)
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    info: { Title: title, Creator: 'Firstcut', Producer: 'Firstcut', CreationDate: issued, ModDate: issued },
  })
  if (trueScale) catalogOf(doc)['ViewerPreferences'] = doc.ref({ PrintScaling: 'None', PickTrayByPDFSize: true })
  const type = typesetter()
  doc.registerFont('regular', type.fonts.regular)
  doc.registerFont('bold', type.fonts.bold)
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  // The font's own line is 1.45 em high, made for books; 1.29 em reads well in tables.
  const set = (words: string, style: TextStyle = {}): { shown: string; options: PDFKit.Mixins.TextOptions } => {
    const shown = type.printable(words)
    // The bold subset is smaller: a heading with a rarer character is set in the regular weight as a whole.
    const weight = style.weight === 'bold' && !type.missing(shown, 'bold').length ? 'bold' : 'regular'
    doc.font(weight).fontSize(style.size ?? 8)
    const options: PDFKit.Mixins.TextOptions = {
      lineGap: style.lineGap ?? -0.16 * (style.size ?? 8),
      align: style.align ?? 'left',
    }
    if (style.width === undefined) options.lineBreak = false
    else options.width = style.width
    return { shown, options }
  }
  let forms = 0
  const height = (words: string, style?: TextStyle): number => {
    const { shown, options } = set(words, style)
    return doc.heightOfString(shown, options)
  }
  const width = (words: string, style?: TextStyle): number => {
    const { shown } = set(words, style)
    return doc.widthOfString(shown)
  }
  return {
    doc,
    type,
    height,
    width,
    text: (words, x, y, style = {}) => {
      const { shown, options } = set(words, style)
      const tall = doc.heightOfString(shown, options)
      let left = x
      if (style.width === undefined && style.align && style.align !== 'left') {
        left = x - doc.widthOfString(shown) / (style.align === 'center' ? 2 : 1)
        options.align = 'left'
      }
      doc.fillColor(style.colour ?? INK).text(shown, left, y, options)
      return tall
    },
    form: ([x, y, w, h], draw) => {
      const written: string[] = []
      const { addContent } = doc
      doc.addContent = (operators: string) => {
        written.push(operators)
        return doc
      }
      try {
        draw()
      } finally {
        doc.addContent = addContent
      }
      const form = doc.ref({ Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [x, y, x + w, y + h] })
      form.end(written.join('\n'))
      const name = `Form${++forms}`
      return () => {
        doc.page.xobjects[name] = form
        doc.addContent(`/${name} Do`)
      }
    },
    end: async () => {
      doc.end()
      return await done
    },
  }
}

/** What a table cell holds: words, words in both languages (Chinese above, English below), or a colour with its code. */
export type Cell = string | Localized | { swatch: string; words?: string } | { strong: string } | undefined
export interface Column {
  head: Localized
  /** Share of the table's width. */
  share: number
  align?: 'left' | 'center' | 'right'
}
export interface TableStyle {
  size?: number
  /** Least height of a row. */
  rowHeight?: number
  /** Called when the next row does not fit; makes a new page and returns where to go on. */
  next?: () => { y: number; bottom: number }
}

const isBoth = (cell: Cell): cell is Localized => typeof cell === 'object' && 'zh' in cell
const PAD = 4

function cellHeight(sheet: Sheet, cell: Cell, width: number, size: number): number {
  const inner = { width: width - 2 * PAD }
  if (cell === undefined) return 0
  if (typeof cell === 'string') return sheet.height(cell, { ...inner, size })
  if ('strong' in cell) return sheet.height(cell.strong, { ...inner, size, weight: 'bold' })
  if (isBoth(cell)) {
    if (cell.zh === cell.en) return sheet.height(cell.zh, { ...inner, size })
    return sheet.height(cell.zh, { ...inner, size }) + sheet.height(cell.en, { ...inner, size: size * 0.86 }) + 0.5
  }
  return Math.max(12, cell.words ? sheet.height(cell.words, { width: width - 2 * PAD - 18, size: size * 0.9 }) : 0)
}

function drawCell(
  sheet: Sheet,
  cell: Cell,
  x: number,
  y: number,
  width: number,
  size: number,
  align: Column['align'],
): void {
  const inner = { width: width - 2 * PAD, align: align ?? 'left' }
  if (cell === undefined) return
  if (typeof cell === 'string') sheet.text(cell, x + PAD, y, { ...inner, size })
  else if ('strong' in cell) sheet.text(cell.strong, x + PAD, y, { ...inner, size, weight: 'bold' })
  else if (isBoth(cell)) {
    const used = sheet.text(cell.zh, x + PAD, y, { ...inner, size })
    if (cell.zh !== cell.en) sheet.text(cell.en, x + PAD, y + used + 0.5, { ...inner, size: size * 0.86, colour: SOFT })
  } else {
    sheet.doc.rect(x + PAD, y + 0.5, 13, 11).fillAndStroke(cell.swatch, RULE)
    if (cell.words)
      sheet.text(cell.words, x + PAD + 18, y + 1, { width: width - 2 * PAD - 18, size: size * 0.9, colour: SOFT })
  }
}

/**
 * A table with a bilingual head that is repeated on every page it runs over. Rows are never split.
 * @returns y below the last row
 */
export function table(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  box: { x: number; y: number; width: number; bottom: number },
  style: TableStyle = {},
): number {
  const { doc } = sheet
  const size = style.size ?? 8
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const widths = columns.map((column) => (column.share / shares) * box.width)
  const lefts = widths.map((_, i) => box.x + widths.slice(0, i).reduce((sum, w) => sum + w, 0))
  let y = box.y
  let bottom = box.bottom
  const head = (): void => {
    const tall = Math.max(...columns.map((c, i) => cellHeight(sheet, c.head, widths[i] ?? 0, size * 0.94))) + 2 * PAD
    doc.rect(box.x, y, box.width, tall).fill('#e6e8ec')
    for (const [i, column] of columns.entries())
      drawCell(sheet, column.head, lefts[i] ?? 0, y + PAD, widths[i] ?? 0, size * 0.94, column.align)
    y += tall
  }
  head()
  for (const [n, row] of rows.entries()) {
    const tall = Math.max(
      style.rowHeight ?? 0,
      Math.max(...row.map((cell, i) => cellHeight(sheet, cell, widths[i] ?? 0, size))) + 2 * PAD - 1,
    )
    if (y + tall > bottom && style.next) {
      ;({ y, bottom } = style.next())
      head()
    }
    if (n % 2) doc.rect(box.x, y, box.width, tall).fill('#f8f9fa')
    for (const [i, cell] of row.entries())
      drawCell(sheet, cell, lefts[i] ?? 0, y + PAD - 0.5, widths[i] ?? 0, size, columns[i]?.align)
    y += tall
    doc
      .moveTo(box.x, y)
      .lineTo(box.x + box.width, y)
      .lineWidth(0.4)
      .stroke(RULE)
  }
  return y
}

/** A table's total height without drawing it, so that it can be kept together. */
export function tableHeight(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  size = 8,
): number {
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const widths = columns.map((column) => (column.share / shares) * width)
  const of = (cells: readonly Cell[], s: number): number =>
    Math.max(...cells.map((cell, i) => cellHeight(sheet, cell, widths[i] ?? 0, s)))
  return (
    of(
      columns.map((c) => c.head),
      size * 0.94,
    ) +
    2 * PAD +
    rows.reduce((sum, row) => sum + of(row, size) + 2 * PAD - 1, 0)
  )
}
