/** Where pieces lie on a sheet of paper, and what is written and drawn on each: shared by SVG and PDF. Millimetres. */
import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Piece, Point } from '../types.ts'
import { boxOf, copiesOf, grainLine, heartOf, nearestOn } from './geometry.ts'
import type { Box } from './geometry.ts'
import { ROLE_WORDS } from './words.ts'

export interface Laid {
  piece: Piece
  /** Added to every point of the piece. */
  dx: number
  dy: number
}
export interface Layout {
  width: number
  height: number
  laid: readonly Laid[]
}

/**
 * Lay boxes out in rows, tallest first, with a gap around each. Paper, not cloth: nothing is nested or turned.
 * @param reserve a place kept free at the top left (test square, legend)
 * @throws Problem 422 naming a piece that is wider than the sheet
 */
export function layOut(
  items: readonly { piece: Piece; box: Box }[],
  widthMm: number,
  reserve: { width: number; height: number } = { width: 0, height: 0 },
  gap = 15,
): Layout {
  const order = items.toSorted((a, b) => b.box.height - a.box.height || (a.piece.id < b.piece.id ? -1 : 1))
  const laid: Laid[] = []
  let [x, y, row, right] = [reserve.width ? reserve.width + 2 * gap : gap, gap, reserve.height, 0]
  for (const { piece, box } of order) {
    if (box.width + 2 * gap > widthMm)
      throw problem(
        'pattern.too-wide',
        422,
        {
          en: `The piece "${piece.name.en}" is ${Math.ceil(box.width)} mm wide and does not fit paper of ${widthMm} mm. Choose a wider roll.`,
          zh: `裁片“${piece.name.zh}”宽 ${Math.ceil(box.width)} mm，超出纸宽 ${widthMm} mm，请选用更宽的卷纸。`,
        },
        { field: 'rollMm' },
      )
    if (x + box.width + gap > widthMm) [x, y, row] = [gap, y + row + gap, 0]
    laid.push({ piece, dx: x - box.x, dy: y - box.y })
    x += box.width + gap
    right = Math.max(right, x)
    row = Math.max(row, box.height)
  }
  return { width: Math.max(right, reserve.width + 2 * gap), height: y + row + gap, laid }
}

/**
 * At a notch: which way the knife goes from the cutter's edge (a unit vector towards the sew line), and how much
 * allowance lies there, mm. Where both lines are one, towards the middle of the piece.
 */
export function inwardAt(piece: Piece, notch: Point): { edge: Point; way: Point; allowance: number } {
  const edge = nearestOn(piece.cut, notch)
  const [dx, dy] = [notch.x - edge.x, notch.y - edge.y]
  const away = Math.hypot(dx, dy)
  if (away > 1) return { edge, way: { x: dx / away, y: dy / away }, allowance: away }
  const heart = heartOf(piece.cut, 6).at
  return { edge, way: unit({ x: heart.x - edge.x, y: heart.y - edge.y }), allowance: away }
}

/** A tick across the seam allowance at a notch, 6 mm deep at least; a double notch is two of them 6 mm apart. */
export function notchTicks(piece: Piece): readonly (readonly [Point, Point])[] {
  return piece.notches.flatMap((notch) => {
    const { edge, way, allowance } = inwardAt(piece, notch)
    const deep = Math.max(6, allowance * 0.6)
    const shifts = notch.kind === 'double' ? [-3, 3] : [0]
    return shifts.map((shift): readonly [Point, Point] => {
      const from = { x: edge.x - way.y * shift, y: edge.y + way.x * shift }
      return [from, { x: from.x + way.x * deep, y: from.y + way.y * deep }]
    })
  })
}
const unit = (v: Point): Point => {
  const length = Math.hypot(v.x, v.y) || 1
  return { x: v.x / length, y: v.y / length }
}

export interface PieceMarks {
  grain: readonly [Point, Point]
  ticks: readonly (readonly [Point, Point])[]
  /** Beside the grain line, to its right; turned by 90° on a piece that is taller than its words are long. */
  label: {
    at: Point
    size: number
    lines: readonly string[]
    turned: boolean
    /** Words lie within this of `at`, mm. */ reach: number
  }
}

/** What is printed on a piece: name, style and size, how many of which material. Type from 3 to 9 mm by its room. */
export function marksOf(piece: Piece, size: string, styleNumber: string): PieceMarks {
  const { at, radius } = heartOf(piece.seam.length ? piece.seam : piece.cut)
  const { mirrored, asDrawn } = copiesOf(piece)
  const cut: Localized = mirrored
    ? {
        zh: `裁${piece.count}片（${asDrawn}正${mirrored}反）`,
        en: `cut ${piece.count} (${asDrawn} + ${mirrored} mirrored)`,
      }
    : { zh: `裁${piece.count}片`, en: `cut ${piece.count}` }
  const role = ROLE_WORDS[piece.role]
  const lines = [
    `${piece.name.zh} ${piece.name.en}`,
    `${styleNumber} · ${size}`,
    `${role.zh} ${role.en} · ${cut.zh}`,
    cut.en,
  ]
  const em = Math.max(3.5, Math.min(9, radius / 3.2))
  const length = Math.max(...lines.map((line) => [...line].reduce((sum, c) => sum + (c > '\u2e80' ? 1 : 0.55), 0))) * em
  const box = boxOf(piece.cut)
  const turned = length > box.x + box.width - at.x && box.height > box.width
  return {
    grain: grainLine(piece),
    ticks: notchTicks(piece),
    label: { at, size: em, lines, turned, reach: length + 4 * em },
  }
}

export const layoutOf = (
  pieces: readonly Piece[],
  widthMm: number,
  reserve?: { width: number; height: number },
): Layout =>
  layOut(
    pieces.map((piece) => ({ piece, box: boxOf(piece.cut) })),
    widthMm,
    reserve,
  )
