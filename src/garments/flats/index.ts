/**
 * Technical flats: front and back as line drawings from the same layout as the picture, so that drawing and picture cannot
 * disagree.
 */
import type { Point } from '../types.ts'
import { completeMeasures } from '../packshot/input.ts'
import type { Full, PackshotInput } from '../drawing/input.ts'
import type { Path } from '../drawing/geometry.ts'
import { bounds, distance, mix } from '../drawing/geometry.ts'
import { inside, nearestOnRing } from '../geometry.ts'
import type { Ink, Layout, Part, Trim } from '../drawing/layout.ts'
import type { Drawing, Ink as Pen, PathData, Shape } from '../linework/drawing.ts'
import { svgText } from '../linework/svg-pen.ts'
import { layoutOf } from '../packshot/layouts.ts'
import { featureSpots } from './features.ts'
import type { Feature, Spot } from './features.ts'

export type { Feature, Spot } from './features.ts'

const n = (v: number): number => Math.round(v * 10) / 10
const open = (path: Path): PathData => path.map((p, i) => [i ? 'L' : 'M', n(p.x), n(p.y)] as const)
const closed = (path: Path): PathData => [...open(path), ['Z']]

const layoutFor = (input: PackshotInput, view: 'front' | 'back'): { layout: Layout; m: Full } => {
  const m = completeMeasures(input.category, input.measures)
  return { layout: layoutOf({ ...input, view }, m), m }
}

/** A flat and the places of its features, from one layout. */
export function flatWithSpots(
  input: PackshotInput,
  view: 'front' | 'back',
): { drawing: Drawing; spots: Readonly<Record<Feature, Spot>> } {
  const { layout, m } = layoutFor(input, view)
  return { drawing: drawn(layout), spots: Object.fromEntries(featureSpots({ ...input, view }, layout, m)) }
}

function trimShapes(t: Trim): Shape[] {
  switch (t.kind) {
    case 'button':
      return [disc(t.at, t.radius, { fill: '#fff' }), disc(t.at, t.radius * 0.3, { strokeWidth: '.7' })]
    case 'eyelet':
      return [disc(t.at, t.radius, { fill: '#fff' })]
    case 'buckle':
      return [
        { ...plate(t), rx: 4, strokeWidth: 4.5 },
        { ...plate(t), rx: 4, stroke: '#fff', strokeWidth: 2.2 },
      ]
    case 'label':
      return [{ ...plate(t), fill: '#fff', strokeWidth: '.8' }]
    case 'zip':
      return [
        stroke(open(t.path), { strokeWidth: n(Math.max(3, t.width * 0.8)) }),
        stroke(open(t.path), { stroke: '#fff', strokeWidth: n(Math.max(2, t.width * 0.55)), dash: [2, 2] }),
      ]
    case 'cord':
      return [
        stroke(open(t.path), { strokeWidth: n(t.width) }),
        stroke(open(t.path), { stroke: '#fff', strokeWidth: n(t.width - 1.8) }),
      ]
    case 'buttonhole': {
      const a = (t.angle * Math.PI) / 180
      const [x, y] = [(Math.cos(a) * t.length) / 2, (Math.sin(a) * t.length) / 2]
      const ends = [
        { x: t.at.x - x, y: t.at.y - y },
        { x: t.at.x + x, y: t.at.y + y },
      ]
      return [stroke(open(ends), { strokeWidth: '.9' })]
    }
    case 'bartack':
      return [stroke(open(t.path), { strokeWidth: 2 })]
  }
}
const stroke = (d: PathData, pen: Pen): Shape => ({ shape: 'path', d, ...pen })
const disc = (at: Point, radius: number, pen: Pen): Shape => ({
  shape: 'circle',
  cx: n(at.x),
  cy: n(at.y),
  r: n(radius),
  ...pen,
})
const plate = ({ at, width, height }: { at: Point; width: number; height: number }) =>
  ({
    shape: 'rect',
    x: n(at.x - width / 2),
    y: n(at.y - height / 2),
    width: n(width),
    height: n(height),
  }) as const

/** A point of the cloth, its edge included: seams that run along an edge are as often a hair outside it. */
const onCloth = (outline: Path, p: Point): boolean => inside(outline, p) || nearestOnRing(p, outline).distance < EDGE
const EDGE = 1.5

/** A seam up to the edge of its part: the picture's cloth covers what runs over it, a line drawing must not show it. */
function upToEdge(path: Path, outline: Path): Path {
  const cut = (line: Path): Path => {
    const end = line.findLastIndex((p) => onCloth(outline, p))
    const [last, next] = [line[end], line[end + 1]]
    if (!last || !next) return line
    let [low, high] = [0, 1]
    while ((high - low) * distance(last, next) > 0.3)
      if (onCloth(outline, mix(last, next, (low + high) / 2))) low = (low + high) / 2
      else high = (low + high) / 2
    return [...line.slice(0, end + 1), mix(last, next, low)]
  }
  return cut(cut(path).toReversed()).toReversed()
}

/** Tones tell cloths apart on a drawing without colour: the shell is white. */
const TONES: Readonly<Partial<Record<Ink, string>>> = {
  dark: '#444',
  lining: '#ececec',
  contrast: '#d6d6d6',
  rib: '#f5f5f5',
}
const INSIDE: Readonly<Partial<Record<Ink, string>>> = { lining: '#dcdcdc', contrast: '#bdbdbd' }
const toneOf = (p: Part): string => (p.belongs === 'inside' ? (INSIDE[p.ink] ?? '#e9e9e9') : (TONES[p.ink] ?? '#fff'))

/** Fur has no edge; what is sewn onto the garment has a finer one. */
function rimOf({ fur, surface }: Part): Pen {
  if (fur) return { dash: [5, 2.5], strokeWidth: 2.4 }
  return surface.kind === 'on' ? { strokeWidth: 1.3 } : {}
}

function partShape(p: Part): Shape {
  const lines = (paths: readonly Path[], pen: Pen): Shape[] =>
    paths.map((path) => stroke(open(upToEdge(path, p.outline)), pen))
  return {
    shape: 'g',
    part: p.id,
    children: [
      stroke(closed(p.outline), { fill: toneOf(p), ...rimOf(p) }),
      ...lines(
        (p.seams ?? []).map((seam) => seam.path),
        { strokeWidth: 1 },
      ),
      ...lines(p.creases ?? [], { strokeWidth: '.9', dash: [22, 5, 5, 5] }),
      ...lines(p.stitches ?? [], { strokeWidth: '.8', dash: [4, 2.6] }),
    ],
  }
}

/** A technical flat as SVG. Lines only, no colour of the style: it is for the sewing floor and prints in black. */
export const flatDrawing = (input: PackshotInput, view: 'front' | 'back'): string =>
  svgText(drawn(layoutFor(input, view).layout))

/** 1 unit = 1 mm of garment. */
function drawn(layout: Layout): Drawing {
  const b = bounds(layout.parts.map((p) => p.outline))
  const pad = 48
  const w = b.x1 - b.x0 + 2 * pad
  const h = b.y1 - b.y0 + 2 * pad
  const last = new Map(layout.parts.map((p, i) => [p.id, i]))
  const body = layout.parts.flatMap((p, i) => [
    partShape(p),
    ...layout.trims.filter((t) => last.get(t.over) === i).flatMap(trimShapes),
  ])
  // trims whose part this view does not have
  const loose = layout.trims.filter((t) => !last.has(t.over)).flatMap(trimShapes)
  const pen = { fill: 'none', stroke: '#111', strokeWidth: 1.8, join: 'round', cap: 'round' } as const
  return {
    box: [n(b.x0 - pad), n(b.y0 - pad), n(w), n(h)],
    parts: [[{ shape: 'g', ...pen, children: [...body, ...loose] }]],
    svg: { sized: true },
  }
}
