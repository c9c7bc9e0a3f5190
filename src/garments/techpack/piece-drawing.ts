/**
 * A piece of a pattern as it is drawn on every paper, as a display list in millimetres: SVG sheets, tiles and rolls show
 * the same lines.
 */
import type { GroupShape, PathData, PathShape, Shape } from '../linework/drawing.ts'
import type { Piece, Point } from '../types.ts'
import type { PieceMarks } from './piece-layout.ts'

/** Colours of what is drawn: grain, and lines inside a piece. */
const GRAIN = '#a63d2f'
const INTERNAL = '#1f5fa8'

/** A hundredth of a millimetre is finer than any plotter. */
export const rounded = (value: number): number => Math.round(value * 100) / 100 + 0

export const outline = (points: readonly Point[], closed = true): PathData => [
  ...points.map(({ x, y }, i) => [i ? 'L' : 'M', rounded(x), rounded(y)] as const),
  ...(closed ? ([['Z']] as const) : []),
]
const segment = (ends: readonly [Point, Point]): PathData => outline(ends, false)

/** The two barbs at the ends of a grain line. */
function arrowHeads([a, b]: readonly [Point, Point], size: number): PathData {
  const turn = Math.atan2(b.y - a.y, b.x - a.x)
  const head = (tip: Point, way: number): PathData => {
    const barb = (angle: number): Point => ({ x: tip.x + Math.cos(angle) * size, y: tip.y + Math.sin(angle) * size })
    return outline([barb(way + Math.PI - 0.4), tip, barb(way + Math.PI + 0.4)], false)
  }
  return [...head(b, turn), ...head(a, turn + Math.PI)]
}

export const grainShape = (grain: PieceMarks['grain'], stroke = GRAIN): PathShape => ({
  shape: 'path',
  class: 'grain',
  d: [...segment(grain), ...arrowHeads(grain, 8)],
  fill: 'none',
  stroke,
  strokeWidth: 0.5,
})

function internal(line: Piece['lines'][number]): Shape[] {
  if (line.points.length === 1 || line.kind === 'button')
    return line.points.map(({ x, y }) => ({
      shape: 'circle',
      class: 'drill',
      cx: rounded(x),
      cy: rounded(y),
      r: 2,
      fill: 'none',
      stroke: '#000',
      strokeWidth: 0.4,
    }))
  return [
    {
      shape: 'path',
      class: `internal ${line.kind}`,
      d: outline(line.points, false),
      fill: 'none',
      stroke: INTERNAL,
      strokeWidth: 0.4,
      ...(line.kind === 'stitch' ? { dash: [2, 1.5] } : {}),
    },
  ]
}

/** Cut line, sew line, what lies inside, grain and notches; without its words. */
export function pieceLines(piece: Piece, marks: Pick<PieceMarks, 'grain' | 'ticks'>): Shape[] {
  const cut: PathShape = {
    shape: 'path',
    class: 'cut',
    d: outline(piece.cut),
    fill: '#fff',
    stroke: '#000',
    strokeWidth: 0.6,
    join: 'round',
  }
  const sew: PathShape = {
    shape: 'path',
    class: 'sew',
    d: outline(piece.seam),
    fill: 'none',
    stroke: '#555',
    strokeWidth: 0.3,
    dash: [4, 2],
  }
  const notches: PathShape = {
    shape: 'path',
    class: 'notch',
    d: marks.ticks.flatMap(segment),
    fill: 'none',
    stroke: '#000',
    strokeWidth: 0.6,
  }
  return [
    cut,
    ...(piece.seam.length ? [sew] : []),
    ...piece.lines.flatMap(internal),
    grainShape(marks.grain),
    ...(marks.ticks.length ? [notches] : []),
  ]
}

/** What is written on a piece, beside its grain line. */
export const pieceWords = ({ label: { at, size, lines, turned } }: Pick<PieceMarks, 'label'>): GroupShape => ({
  shape: 'g',
  class: 'label',
  fill: '#000',
  moves: [{ translate: [rounded(at.x), rounded(at.y)] }, ...(turned ? [{ rotate: 90 }] : [])],
  children: lines.map((words, i) => ({
    shape: 'text',
    x: rounded(size * 0.8),
    y: rounded((i - lines.length / 2 + 0.8) * size * 1.35),
    size: rounded(i === 0 ? size : size * 0.85),
    ...(i === 0 ? { weight: 700 as const } : {}),
    words,
  })),
})

/** A square of exactly 100 mm, so that a print can be checked with a ruler. */
export const testSquare = (x: number, y: number): GroupShape => ({
  shape: 'g',
  class: 'test-square',
  children: [
    { shape: 'rect', x, y, width: 100, height: 100, fill: 'none', stroke: '#000', strokeWidth: 0.3 },
    { shape: 'text', x: x + 50, y: y + 46, size: 7, weight: 700, anchor: 'middle', words: '100 × 100 mm (3.94 in)' },
    {
      shape: 'text',
      x: x + 50,
      y: y + 58,
      fill: '#555',
      size: 5,
      anchor: 'middle',
      words: '打印后用尺核对 check with a ruler',
    },
  ],
})
