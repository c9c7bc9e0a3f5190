/** Patterns as SVG drawings in true scale: one user unit is one millimetre. */
import type { GroupShape, Shape } from '../linework/drawing.ts'
import { svgText } from '../linework/svg-pen.ts'
import type { Draft, SizeDraft } from '../types.ts'
import { boxOf, grainLine, heartOf } from './geometry.ts'
import { grainShape, outline, pieceLines, pieceWords, rounded, testSquare } from './piece-drawing.ts'
import { layOut, layoutOf, marksOf } from './piece-layout.ts'

export interface PatternStyle {
  number: string
  name: { zh: string; en: string }
}

/** Fonts every Chinese and Western desktop has one of; a drawing is a working file, not a picture for buyers. */
const FONT = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',sans-serif"

const sheet = (size: { width: number; height: number }, title: string, shapes: readonly Shape[]): string => {
  const [width, height] = [rounded(size.width), rounded(size.height)]
  return `${svgText({
    box: [0, 0, width, height],
    parts: [[{ shape: 'rect', width, height, fill: '#fff' }, ...shapes]],
    svg: { sized: 'mm', fontFamily: FONT, title },
  })}\n`
}
const text = (x: number, y: number, size: number, words: string): Shape => ({ shape: 'text', x, y, size, words })

/**
 * One size, every piece once, with cut line, sew line, grain, notches and words; 1 unit = 1 mm.
 * @param widthMm width of the sheet the pieces are laid out on
 */
export function patternSvg(size: SizeDraft, style: PatternStyle, widthMm = 1500): string {
  const layout = layoutOf(size.pieces, widthMm, { width: 130, height: 150 })
  const pieces = layout.laid.map(({ piece, dx, dy }): GroupShape => {
    const marks = marksOf(piece, size.size, style.number)
    return {
      shape: 'g',
      class: 'piece',
      piece: piece.id,
      count: piece.count,
      moves: [{ translate: [rounded(dx), rounded(dy)] }],
      children: [...pieceLines(piece, marks), pieceWords(marks)],
    }
  })
  return sheet(layout, `${style.number} ${style.name.en} ${size.size}`, [
    testSquare(15, 15),
    text(15, 135, 8, `${style.number} · ${size.size}`),
    text(15, 147, 6, `${style.name.zh} · ${size.pieces.length} 种裁片 pieces`),
    ...pieces,
  ])
}

/** Line colours of a nest, small to large. */
const SIZE_COLOURS = ['#1f5fa8', '#2b8a5a', '#000000', '#b8791f', '#a63d2f', '#7a3b8f', '#007c8a', '#666666']
const colourOf = (index: number): string => SIZE_COLOURS[index % SIZE_COLOURS.length] ?? '#000'

/** All sizes on top of each other, cut lines only, the base size heavier: what a pattern maker checks grading with. */
export function nestedSvg(draft: Draft, style: PatternStyle, base: string, widthMm = 1500): string {
  const first = draft.sizes.find((size) => size.size === base) ?? draft.sizes[0]
  if (!first) throw new RangeError('a draft without sizes')
  const nests = first.pieces.map((piece) => ({
    piece,
    sizes: draft.sizes.flatMap((size, i) => {
      const same = size.pieces.find((other) => other.id === piece.id)
      return same ? [{ size: size.size, cut: same.cut, colour: colourOf(i) }] : []
    }),
  }))
  const layout = layOut(
    nests.map((nest) => ({ piece: nest.piece, box: boxOf(nest.sizes.flatMap((s) => s.cut)) })),
    widthMm,
    { width: 130, height: 130 + draft.sizes.length * 10 },
  )
  const pieces = layout.laid.map(({ piece, dx, dy }): GroupShape => {
    const nest = nests.find((entry) => entry.piece === piece)
    const { at, radius } = heartOf(piece.cut)
    const em = rounded(Math.max(3.5, Math.min(9, radius / 3.2)))
    return {
      shape: 'g',
      class: 'nest',
      piece: piece.id,
      moves: [{ translate: [rounded(dx), rounded(dy)] }],
      children: [
        ...(nest?.sizes ?? []).map(({ size, cut, colour }): Shape => ({
          shape: 'path',
          d: outline(cut),
          fill: 'none',
          stroke: colour,
          strokeWidth: size === base ? 0.9 : 0.45,
        })),
        grainShape(grainLine(piece), '#888'),
        text(rounded(at.x + em), rounded(at.y), em, `${piece.name.zh} ${piece.name.en}`),
      ],
    }
  })
  const legend = draft.sizes.flatMap(({ size }, i): Shape[] => [
    {
      shape: 'path',
      d: [['M', 15, 130 + i * 10], ['h', 25]], // prettier-ignore
      stroke: colourOf(i),
      strokeWidth: size === base ? 1.4 : 0.8,
    },
    text(45, 132 + i * 10, 7, `${size}${size === base ? ' （基码 base）' : ''}`),
  ])
  return sheet(layout, `${style.number} nested`, [testSquare(15, 15), ...legend, ...pieces])
}
