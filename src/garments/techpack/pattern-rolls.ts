/** Patterns as PDF in true scale on wide paper: a plotter's roll, and A0 sheets as print shops have them. */
import type { Piece, SizeDraft } from '../types.ts'
import { boxOf } from './geometry.ts'
import { MARGIN, OVERLAP } from './pattern-pdf.ts'
import type { PatternStyle } from './patternsheets.ts'
import { ACCENT, MM, newSheet, SOFT, type Sheet } from './pdf.ts'
import { drawShapes } from './pdf-pen.ts'
import { pieceLines, pieceWords, testSquare } from './piece-drawing.ts'
import { layoutOf, marksOf, type Layout } from './piece-layout.ts'

/** PDF 1.7 allows pages up to 14,400 points: 5.08 m. */
const LONGEST_MM = 5000
/** Kept free for the test square and the style's name. */
const RESERVE = { width: 130, height: 150 }
const A0 = { width: 841, height: 1189 }
/** Room that a layout keeps on both sides of a piece, mm. */
const AROUND = 30
/** Rolls of garment plotters, mm: 36 inches, and the usual one. */
const ROLLS_MM = [914, 1500] as const

/** The rolls that every piece fits on: the wide one always, for it says which piece is too wide. */
export const rollsFor = (sizes: readonly SizeDraft[]): readonly number[] => {
  const widest = Math.max(...sizes.flatMap(({ pieces }) => pieces.map(({ cut }) => boxOf(cut).width)))
  return ROLLS_MM.filter((roll, i) => i === ROLLS_MM.length - 1 || widest + AROUND <= roll)
}

/**
 * Pieces, longest first, each in the first group whose layout stays no higher than a sheet (first fit decreasing); one
 * that is higher is a group of its own.
 */
function batches(pieces: readonly Piece[], widthMm: number, longestMm: number): Piece[][] {
  const groups: Piece[][] = []
  for (const piece of pieces.toSorted((a, b) => boxOf(b.cut).height - boxOf(a.cut).height)) {
    const room = groups.find((group) => layoutOf([...group, piece], widthMm, RESERVE).height <= longestMm)
    if (room) room.push(piece)
    else groups.push([piece])
  }
  return groups
}

function drawLayout(sheet: Sheet, layout: Layout, size: SizeDraft, style: PatternStyle): void {
  drawShapes(sheet, [testSquare(15, 15)])
  sheet.text(`${style.number} · ${size.size}`, 15, 122, { size: 9, weight: 'bold' })
  sheet.text(style.name.zh, 15, 136, { size: 6, width: 130 })
  for (const { piece, dx, dy } of layout.laid) {
    sheet.doc.save().translate(dx, dy)
    const marks = marksOf(piece, size.size, style.number)
    drawShapes(sheet, [...pieceLines(piece, marks), pieceWords(marks)])
    sheet.doc.restore()
  }
}

/**
 * Every size on a roll of paper, a sheet per size, every piece once, true scale; several sheets where one would be
 * longer than a PDF page may be. @param rollMm width of the plotter's roll: 900 and 1500 are usual
 * @throws Problem 422 where a piece is wider than the roll
 */
export async function plotterPatternPdf(
  sizes: readonly SizeDraft[],
  style: PatternStyle,
  at: string,
  rollMm = 1500,
): Promise<Buffer> {
  const sheet = newSheet(`${style.number} ${rollMm} mm`, at, { trueScale: true })
  const { doc } = sheet
  for (const size of sizes)
    for (const pieces of batches(size.pieces, rollMm, LONGEST_MM)) {
      const layout = layoutOf(pieces, rollMm, RESERVE)
      doc.addPage({ size: [rollMm * MM, layout.height * MM], margin: 0 })
      doc.save().scale(MM)
      drawLayout(sheet, layout, size, style)
      doc.restore()
    }
  return await sheet.end()
}

/**
 * Every size on A0 sheets, upright, every piece once, true scale. Pieces share sheets as they fit; one that is larger
 * than a sheet goes over several, which overlap by 10 mm and say how they lie.
 * @param at instant of issue, ISO 8601
 */
export async function a0PatternPdf(sizes: readonly SizeDraft[], style: PatternStyle, at: string): Promise<Buffer> {
  const sheet = newSheet(`${style.number} A0`, at, { trueScale: true })
  const room = { width: A0.width - 2 * MARGIN, height: A0.height - 2 * MARGIN }
  const widthFor = (piece: Piece): number => Math.max(room.width, boxOf(piece.cut).width + AROUND)
  for (const size of sizes) {
    // A piece wider than the sheet would make its neighbours be cut too: it is laid out alone.
    const fitting = size.pieces.filter((piece) => widthFor(piece) === room.width)
    const groups = [
      ...batches(fitting, room.width, room.height),
      ...size.pieces.filter((piece) => !fitting.includes(piece)).map((piece) => [piece]),
    ]
    for (const pieces of groups)
      drawOverSheets(sheet, layoutOf(pieces, Math.max(...pieces.map(widthFor)), RESERVE), room, size, style)
  }
  return await sheet.end()
}

function drawOverSheets(
  sheet: Sheet,
  layout: Layout,
  room: { width: number; height: number },
  size: SizeDraft,
  style: PatternStyle,
): void {
  const { doc } = sheet
  const step = { x: room.width - OVERLAP, y: room.height - OVERLAP }
  const columns = Math.max(1, Math.ceil((layout.width - OVERLAP) / step.x))
  const rows = Math.max(1, Math.ceil((layout.height - OVERLAP) / step.y))
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x, y] = [column * step.x, row * step.y]
      // The overlap stands on the sheet before, too.
      const needed = layout.laid.some(({ piece, dx, dy }) => {
        const box = boxOf(piece.cut)
        const [right, below] = [box.x + dx + box.width, box.y + dy + box.height]
        return right > x + (column && OVERLAP) && below > y + (row && OVERLAP) && box.x + dx < x + room.width
      })
      if (!needed) continue
      doc.addPage({ size: [A0.width * MM, A0.height * MM], margin: 0 })
      doc.save().scale(MM).translate(MARGIN, MARGIN)
      doc.save().rect(0, 0, room.width, room.height).clip()
      doc.translate(-x, -y)
      drawLayout(sheet, layout, size, style)
      doc.restore()
      if (columns * rows > 1) {
        doc.rect(0, 0, room.width, room.height).lineWidth(0.2).stroke(ACCENT)
        sheet.text(
          `第 ${row + 1} 行 ${column + 1} 列 row ${row + 1} column ${column + 1} · 重叠 overlap ${OVERLAP} mm`,
          room.width - 130,
          4,
          { size: 5, width: 126, colour: SOFT },
        )
      }
      doc.restore()
    }
}
