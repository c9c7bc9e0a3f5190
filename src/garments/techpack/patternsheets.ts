/** Patterns as SVG drawings in true scale: one user unit is one millimetre. */
import type { Draft, Piece, Point, SizeDraft } from '../types.ts'
import { boxOf, grainLine, heartOf } from './geometry.ts'
import { layOut, layoutOf, marksOf } from './piece-layout.ts'
import type { PieceMarks } from './piece-layout.ts'

export interface PatternStyle {
  number: string
  name: { zh: string; en: string }
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
const n = (value: number): string => String(Math.round(value * 100) / 100 + 0)
const path = (points: readonly Point[], closed = true): string =>
  `M${points.map((p) => `${n(p.x)} ${n(p.y)}`).join('L')}${closed ? 'Z' : ''}`
const segment = ([a, b]: readonly [Point, Point]): string => `M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}`
/** Fonts every Chinese and Western desktop has one of; a drawing is a working file, not a picture for buyers. */
const FONT = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',sans-serif"

/** The two barbs at the ends of a grain line. */
export function arrowHeads([a, b]: readonly [Point, Point], size: number): string {
  const turn = Math.atan2(b.y - a.y, b.x - a.x)
  const head = (tip: Point, way: number): string => {
    const [left, right] = [way + Math.PI - 0.4, way + Math.PI + 0.4].map((angle) => ({
      x: tip.x + Math.cos(angle) * size,
      y: tip.y + Math.sin(angle) * size,
    }))
    return `M${n(left!.x)} ${n(left!.y)}L${n(tip.x)} ${n(tip.y)}L${n(right!.x)} ${n(right!.y)}`
  }
  return head(b, turn) + head(a, turn + Math.PI)
}

const words = (label: PieceMarks['label']): string =>
  `<g class="label" fill="#000" transform="translate(${n(label.at.x)} ${n(label.at.y)})${label.turned ? ' rotate(90)' : ''}">${label.lines
    .map(
      (line, i) =>
        `<text x="${n(label.size * 0.8)}" y="${n((i - label.lines.length / 2 + 0.8) * label.size * 1.35)}" font-size="${n(i === 0 ? label.size : label.size * 0.85)}">${escape(line)}</text>`,
    )
    .join('')}</g>`

function drawPiece(piece: Piece, marks: PieceMarks): string {
  return [
    `<path class="cut" d="${path(piece.cut)}" fill="#fff" stroke="#000" stroke-width="0.7"/>`,
    piece.seam.length
      ? `<path class="sew" d="${path(piece.seam)}" fill="none" stroke="#555" stroke-width="0.4" stroke-dasharray="4 2"/>`
      : '',
    ...piece.lines.map((line) =>
      line.points.length === 1 || line.kind === 'button'
        ? line.points
            .map(
              (p) =>
                `<circle class="drill" cx="${n(p.x)}" cy="${n(p.y)}" r="2" fill="none" stroke="#000" stroke-width="0.4"/>`,
            )
            .join('')
        : `<path class="internal ${line.kind}" d="${path(line.points, false)}" fill="none" stroke="#1f5fa8" stroke-width="0.4"${line.kind === 'stitch' ? ' stroke-dasharray="2 1.5"' : ''}/>`,
    ),
    `<path class="grain" d="${segment(marks.grain)}${arrowHeads(marks.grain, 8)}" fill="none" stroke="#a63d2f" stroke-width="0.5"/>`,
    marks.ticks.length
      ? `<path class="notch" d="${marks.ticks.map(segment).join('')}" fill="none" stroke="#000" stroke-width="0.7"/>`
      : '',
    words(marks.label),
  ].join('')
}

const sheet = (width: number, height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}mm" height="${n(height)}mm" viewBox="0 0 ${n(width)} ${n(height)}" font-family="${FONT}"><title>${escape(title)}</title><rect width="${n(width)}" height="${n(height)}" fill="#fff"/>${body}</svg>\n`

/** A square of exactly 100 mm, so that a print can be checked with a ruler. */
export const testSquareSvg = (x: number, y: number): string =>
  `<g class="test-square"><rect x="${n(x)}" y="${n(y)}" width="100" height="100" fill="none" stroke="#000" stroke-width="0.4"/><text x="${n(x + 50)}" y="${n(y + 48)}" font-size="7" text-anchor="middle">100 × 100 mm</text><text x="${n(x + 50)}" y="${n(y + 60)}" font-size="6" text-anchor="middle">打印后请核对 check after printing</text></g>`

/**
 * One size, every piece once, with cut line, sew line, grain, notches and words; 1 unit = 1 mm.
 * @param widthMm width of the sheet the pieces are laid out on
 */
export function patternSvg(size: SizeDraft, style: PatternStyle, widthMm = 1500): string {
  const layout = layoutOf(size.pieces, widthMm, { width: 130, height: 150 })
  const body = layout.laid.map(
    ({ piece, dx, dy }) =>
      `<g class="piece" data-piece="${escape(piece.id)}" data-count="${piece.count}" transform="translate(${n(dx)} ${n(dy)})">${drawPiece(piece, marksOf(piece, size.size, style.number))}</g>`,
  )
  const head = `<text x="15" y="135" font-size="8">${escape(`${style.number} · ${size.size}`)}</text><text x="15" y="147" font-size="6">${escape(`${style.name.zh} · ${size.pieces.length} 种裁片 pieces`)}</text>`
  return sheet(
    layout.width,
    layout.height,
    `${style.number} ${style.name.en} ${size.size}`,
    testSquareSvg(15, 15) + head + body.join(''),
  )
}

/** Line colours of a nest, small to large. */
const SIZE_COLOURS = ['#1f5fa8', '#2b8a5a', '#000000', '#b8791f', '#a63d2f', '#7a3b8f', '#007c8a', '#666666']

/** All sizes on top of each other, cut lines only, the base size heavier: what a pattern maker checks grading with. */
export function nestedSvg(draft: Draft, style: PatternStyle, base: string, widthMm = 1500): string {
  const first = draft.sizes.find((size) => size.size === base) ?? draft.sizes[0]
  if (!first) throw new RangeError('a draft without sizes')
  const nests = first.pieces.map((piece) => ({
    piece,
    sizes: draft.sizes.flatMap((size, i) => {
      const same = size.pieces.find((other) => other.id === piece.id)
      return same ? [{ size: size.size, cut: same.cut, colour: SIZE_COLOURS[i % SIZE_COLOURS.length] ?? '#000' }] : []
    }),
  }))
  const layout = layOut(
    nests.map((nest) => ({ piece: nest.piece, box: boxOf(nest.sizes.flatMap((s) => s.cut)) })),
    widthMm,
    { width: 130, height: 130 + draft.sizes.length * 10 },
  )
  const body = layout.laid.map(({ piece, dx, dy }) => {
    const nest = nests.find((entry) => entry.piece === piece)
    const { at, radius } = heartOf(piece.cut)
    const lines = (nest?.sizes ?? []).map(
      (s) =>
        `<path d="${path(s.cut)}" fill="none" stroke="${s.colour}" stroke-width="${s.size === base ? 0.9 : 0.45}"/>`,
    )
    const size = n(Math.max(3.5, Math.min(9, radius / 3.2)))
    const grain = grainLine(piece)
    return `<g class="nest" data-piece="${escape(piece.id)}" transform="translate(${n(dx)} ${n(dy)})">${lines.join('')}<path d="${segment(grain)}${arrowHeads(grain, 8)}" fill="none" stroke="#888" stroke-width="0.4"/><text x="${n(at.x + Number(size))}" y="${n(at.y)}" font-size="${size}">${escape(`${piece.name.zh} ${piece.name.en}`)}</text></g>`
  })
  const legend = draft.sizes.map(
    (size, i) =>
      `<path d="M15 ${130 + i * 10}h25" stroke="${SIZE_COLOURS[i % SIZE_COLOURS.length]}" stroke-width="${size.size === base ? 1.4 : 0.8}"/><text x="45" y="${132 + i * 10}" font-size="7">${escape(size.size)}${size.size === base ? ' （基码 base）' : ''}</text>`,
  )
  return sheet(
    layout.width,
    layout.height,
    `${style.number} nested`,
    testSquareSvg(15, 15) + legend.join('') + body.join(''),
  )
}
