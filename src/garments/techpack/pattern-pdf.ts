/** Patterns as PDF in true scale on a printer's paper: A4 or Letter tiles to glue. */
import type { SizeDraft, Point } from '../types.ts'
import { inside } from '../geometry.ts'
import { boxOf } from './geometry.ts'
import type { PatternStyle } from './patternsheets.ts'
import { drawShapes } from './pdf-pen.ts'
import { pieceLines, pieceWords, testSquare } from './piece-drawing.ts'
import { layoutOf, marksOf } from './piece-layout.ts'
import type { Layout } from './piece-layout.ts'
import { ACCENT, INK, MM, RULE, SOFT, newSheet } from './pdf.ts'
import type { Sheet } from './pdf.ts'

/** Papers that lie in printers, portrait, mm: all the world's, and North America's. */
const PAPERS = {
  a4: { name: 'A4', size: 'A4', width: 210, height: 297 },
  letter: { name: 'Letter', size: 'LETTER', width: 215.9, height: 279.4 },
} as const
export type Paper = keyof typeof PAPERS
export const PAPER_NAMES = ['a4', 'letter'] as const satisfies readonly Paper[]

/** Printers leave some 5 mm bare, so nothing is drawn within 10 mm of the edge. */
export const MARGIN = 10
export const OVERLAP = 10
interface Grid {
  paper: (typeof PAPERS)[Paper]
  tile: { width: number; height: number }
  step: { x: number; y: number }
}
function gridOf(paper: Paper): Grid {
  const { width, height } = PAPERS[paper]
  const tile = { width: width - 2 * MARGIN, height: height - 2 * MARGIN }
  return { paper: PAPERS[paper], tile, step: { x: tile.width - OVERLAP, y: tile.height - OVERLAP } }
}
/** Lines are half a millimetre wide, and notches and arrows may stand a little over the edge of their piece. */
const SPILL = 20

interface Tile {
  column: number
  row: number
  x: number
  y: number
}
/** The tiles that paper is needed for: those a piece touches with more than the overlap, which the next tile shows too. */
function tilesOf(layout: Layout, { tile: page, step }: Grid): { tiles: Tile[]; columns: number; rows: number } {
  const columns = Math.max(1, Math.ceil((layout.width - OVERLAP) / step.x))
  const rows = Math.max(1, Math.ceil((layout.height - OVERLAP) / step.y))
  const needed = new Set<string>()
  for (const { piece, dx, dy } of layout.laid) {
    const cut = piece.cut.map((p) => ({ x: p.x + dx, y: p.y + dy }))
    const box = boxOf(cut)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [x, y] = [column * step.x, row * step.y]
        if (box.x > x + step.x || box.x + box.width < x || box.y > y + step.y || box.y + box.height < y) continue
        const within = (p: Point): boolean => p.x >= x && p.x <= x + step.x && p.y >= y && p.y <= y + step.y
        const touched =
          inside(cut, { x: x + page.width / 2, y: y + page.height / 2 }) ||
          cut.some((p, i) => {
            const q = cut[(i + 1) % cut.length] ?? p
            const steps = Math.max(1, Math.ceil(Math.hypot(q.x - p.x, q.y - p.y) / 4))
            return Array.from({ length: steps + 1 }, (_, s) => s / steps).some((t) =>
              within({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t }),
            )
          })
        if (touched) needed.add(`${row},${column}`)
      }
  }
  const tiles: Tile[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (needed.has(`${row},${column}`)) tiles.push({ column, row, x: column * step.x, y: row * step.y })
  return { tiles, columns, rows }
}

/** A1, B1 … as on a map: the letter is the column, the number the row. */
const tileName = (tile: Tile): string =>
  (tile.column >= 26 ? String.fromCharCode(64 + Math.floor(tile.column / 26)) : '') +
  String.fromCharCode(65 + (tile.column % 26)) +
  String(tile.row + 1)

/** A diamond at the crossing of the glue lines: halves and quarters of it meet when tiles lie right. */
function diamond(doc: PDFKit.PDFDocument, x: number, y: number): void {
  doc
    .polygon([x - 3, y], [x, y - 3], [x + 3, y], [x, y + 3])
    .lineWidth(0.2)
    .stroke(ACCENT)
}

function coverPage(
  sheet: Sheet,
  { paper, step }: Grid,
  layout: Layout,
  plan: ReturnType<typeof tilesOf>,
  size: SizeDraft,
  style: PatternStyle,
): void {
  const { doc } = sheet
  doc.addPage({ size: paper.size, margin: 0 })
  doc.save().scale(MM)
  sheet.text(`${style.number} · ${size.size}`, 15, 14, { size: 8, weight: 'bold' })
  sheet.text(`${style.name.zh}  ${style.name.en}`, 15, 25, { size: 4.6, width: 180 })
  sheet.text(`${paper.name} 拼接纸样 · Pattern in ${paper.name} tiles (${paper.width} × ${paper.height} mm)`, 15, 38, {
    size: 4,
    colour: SOFT,
  })
  drawShapes(sheet, [testSquare(15, 48)])
  const steps = [
    ['1', '按 100% 打印，不要“适合页面”。', 'Print at 100 %, never "fit to page".'],
    ['2', '量左侧方框：必须正好 100 mm。', 'Measure the square: exactly 100 mm.'],
    ['3', '按下图 A1、B1… 的顺序排列。', 'Lay the tiles out as on the map.'],
    ['4', '沿灰框裁去左边和上边。', 'Trim left and upper edges at the grey frame.'],
    ['5', '压到虚线，菱形重合，粘贴 10 mm。', 'Lay on the dashed line, diamonds meeting; glue.'],
    ['6', '沿粗实线剪裁，含缝份。', 'Cut on the heavy line; allowances are included.'],
  ] as const
  for (const [i, [mark, zh, en]] of steps.entries()) {
    const y = 48 + i * 16.6
    sheet.text(mark, 122, y, { size: 6, weight: 'bold', colour: ACCENT })
    sheet.text(zh, 130, y, { size: 3.7, width: 70 })
    sheet.text(en, 130, y + 5.4, { size: 3.3, width: 70, colour: SOFT })
  }
  const room = { x: 15, y: 164, width: 180, height: paper.height - 164 - 15 }
  const scale = Math.min(room.width / (plan.columns * step.x + OVERLAP), room.height / (plan.rows * step.y + OVERLAP))
  sheet.text(`${plan.tiles.length} 页 pages · ${size.pieces.length} 种裁片 pieces`, 15, 154, { size: 4 })
  doc.save().translate(room.x, room.y).scale(scale)
  for (const { piece, dx, dy } of layout.laid) {
    doc
      .polygon(...piece.cut.map((p): [number, number] => [p.x + dx, p.y + dy]))
      .lineWidth(0.25 / scale)
      .fillAndStroke('#e6e8ec', INK)
  }
  for (const tile of plan.tiles) {
    doc
      .rect(tile.x, tile.y, step.x, step.y)
      .lineWidth(0.15 / scale)
      .stroke(SOFT)
    const em = Math.min(5 / scale, step.x * 0.34)
    sheet.text(tileName(tile), tile.x + step.x / 2, tile.y + step.y / 2 - em * 0.72, {
      size: em,
      align: 'center',
      colour: ACCENT,
    })
  }
  doc.restore()
  doc.restore()
}

/**
 * One size on pages of a printer's paper: a first page with a 100 mm test square, directions and a map, then the tiles (10 mm overlap,
 * alignment diamonds, names). Tiles that would be blank are left out.
 * @param at instant of issue, ISO 8601
 */
export async function tiledPatternPdf(
  size: SizeDraft,
  style: PatternStyle,
  at: string,
  on: Paper = 'a4',
): Promise<Buffer> {
  const grid = gridOf(on)
  const { paper, tile: page, step } = grid
  const sheet = newSheet(`${style.number} ${size.size} ${paper.name}`, at, { trueScale: true })
  const { doc } = sheet
  const boxes = size.pieces.map((piece) => boxOf(piece.cut))
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0)
  // Tiles may be glued to any width: a sheet in a page's proportions keeps the map readable.
  const layout = layoutOf(size.pieces, Math.max(...boxes.map((box) => box.width + 40), Math.sqrt(area * 1.3 * 1.5)))
  const plan = tilesOf(layout, grid)
  coverPage(sheet, grid, layout, plan, size, style)
  // A piece lies on many tiles: its lines are drawn once.
  const drawn = layout.laid.map(({ piece, dx, dy }) => {
    const box = boxOf(piece.cut)
    const marks = marksOf(piece, size.size, style.number)
    const lines = sheet.form([box.x - SPILL, box.y - SPILL, box.width + 2 * SPILL, box.height + 2 * SPILL], () =>
      drawShapes(sheet, pieceLines(piece, marks)),
    )
    return { dx, dy, box, marks, lines }
  })
  const names = new Set(plan.tiles.map((tile) => `${tile.column},${tile.row}`))
  for (const [i, tile] of plan.tiles.entries()) {
    doc.addPage({ size: paper.size, margin: 0 })
    doc.save().scale(MM).translate(MARGIN, MARGIN)
    doc.save()
    doc.rect(0, 0, page.width, page.height).clip()
    doc.translate(-tile.x, -tile.y)
    const onTile = (x: number, y: number, width: number, height: number): boolean =>
      x <= tile.x + page.width && x + width >= tile.x && y <= tile.y + page.height && y + height >= tile.y
    for (const { dx, dy, box, marks, lines } of drawn) {
      if (!onTile(box.x + dx, box.y + dy, box.width, box.height)) continue
      doc.save().translate(dx, dy)
      lines()
      const { at, reach } = marks.label
      if (onTile(at.x + dx - reach, at.y + dy - reach, 2 * reach, 2 * reach)) drawShapes(sheet, [pieceWords(marks)])
      doc.restore()
    }
    doc.restore()
    doc.rect(0, 0, page.width, page.height).lineWidth(0.1).stroke(RULE)
    doc.dash(2, { space: 2 })
    if (names.has(`${tile.column + 1},${tile.row}`))
      doc.moveTo(step.x, 0).lineTo(step.x, page.height).lineWidth(0.2).stroke(ACCENT)
    if (names.has(`${tile.column},${tile.row + 1}`))
      doc.moveTo(0, step.y).lineTo(page.width, step.y).lineWidth(0.2).stroke(ACCENT)
    doc.undash()
    for (const x of [OVERLAP / 2, page.width - OVERLAP / 2])
      for (const y of [OVERLAP / 2, page.height - OVERLAP / 2]) diamond(doc, x, y)
    sheet.text(tileName(tile), 14, 8, { size: 9, weight: 'bold', colour: ACCENT })
    sheet.text(`${style.number} · ${size.size} · ${i + 1}/${plan.tiles.length}`, 14, 19, { size: 3.2, colour: SOFT })
    doc.restore()
  }
  return await sheet.end()
}
