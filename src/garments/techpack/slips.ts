/** Packing slips: a page for each parcel's shipment, with bars that a warehouse scans. */
import type { Localized } from '../../core/values.ts'
import { drawBars } from './bars.ts'
import { INK, newSheet, SOFT, table, type Cell, type Sheet } from './pdf.ts'
import { both } from './techpack-page.ts'

const A5 = { width: 419.53, height: 595.28, left: 30, right: 389.53, bottom: 560 }

export interface Slip {
  /** The shipment's own: what the bars say. */
  number: string
  /** Name, telephone and address, a line each. */
  to: readonly string[]
  lines: readonly { colour: Localized; size: string; quantity: number }[]
}
export interface SlipsInput {
  /** Of the house. */
  from: readonly string[]
  style: Localized
  order: string
  /** Printed as creation date: the same input gives the same bytes. */
  issuedAt: string
  slips: readonly Slip[]
}

function head(sheet: Sheet, { from, style, order }: SlipsInput, { number, to }: Slip): number {
  sheet.doc.addPage({ size: [A5.width, A5.height], margin: 0 })
  sheet.text('装箱单  Packing slip', A5.left, 26, { size: 14, weight: 'bold' })
  sheet.text(order, A5.right, 30, { size: 8, align: 'right', colour: SOFT })
  drawBars(sheet, number, { x: A5.left, y: 50, width: A5.right - A5.left, height: 56 })
  sheet.doc.moveTo(A5.left, 116).lineTo(A5.right, 116).lineWidth(0.8).stroke(INK)
  const width = (A5.right - A5.left) / 2 - 8
  sheet.text('收件 To', A5.left, 124, { size: 7.5, colour: SOFT })
  sheet.text('寄件 From', A5.left + width + 16, 124, { size: 7.5, colour: SOFT })
  const tall = sheet.text(to.join('\n'), A5.left, 136, { size: 10, width, lineGap: 1 })
  const other = sheet.text(from.join('\n'), A5.left + width + 16, 136, { size: 8, width, lineGap: 1 })
  const y = 136 + Math.max(tall, other) + 10
  return y + sheet.text(`${style.zh}  ${style.en}`, A5.left, y, { size: 9, width: A5.right - A5.left }) + 6
}

export async function packingSlipsPdf(input: SlipsInput): Promise<Buffer> {
  const sheet = newSheet(`${input.order} packing slips`, input.issuedAt)
  for (const slip of input.slips) {
    const units = slip.lines.reduce((sum, { quantity }) => sum + quantity, 0)
    const rows = slip.lines.map(({ colour, size, quantity }): Cell[] => [
      colour,
      size,
      { strong: String(quantity) },
      '☐',
    ])
    table(
      sheet,
      [
        { head: both('颜色', 'Colour'), share: 3 },
        { head: both('尺码', 'Size'), share: 1.4 },
        { head: both('件数', 'Pieces'), share: 1.2, align: 'right' },
        { head: both('已装', 'Packed'), share: 1, align: 'center' },
      ],
      [...rows, [{ strong: '合计 Total' }, '', { strong: String(units) }, '']],
      { x: A5.left, y: head(sheet, input, slip), width: A5.right - A5.left, bottom: A5.bottom },
      { size: 9, next: () => ({ y: head(sheet, input, slip), bottom: A5.bottom }) },
    )
  }
  return sheet.end()
}
