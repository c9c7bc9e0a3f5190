/**
 * Technical flats: front and back as line drawings from the same layout as the picture, so that drawing and picture cannot
 * disagree.
 */
import type { Point } from '../types.ts'
import { completeMeasures } from '../packshot/input.ts'
import type { Full, PackshotInput } from '../drawing/input.ts'
import type { Path } from '../drawing/geometry.ts'
import { bounds, distance, mix } from '../drawing/geometry.ts'
import type { Ink, Layout, Part, Trim } from '../drawing/layout.ts'
import { layoutOf } from '../packshot/layouts.ts'
import { featureSpots } from './features.ts'
import type { Feature, Spot } from './features.ts'

export type { Feature, Spot } from './features.ts'

const n = (v: number): string => (Math.round(v * 10) / 10).toString()
const d = (path: Path, closed: boolean): string =>
  path.map((p, i) => `${i ? 'L' : 'M'}${n(p.x)} ${n(p.y)}`).join('') + (closed ? 'Z' : '')

const layoutFor = (input: PackshotInput, view: 'front' | 'back'): { layout: Layout; m: Full } => {
  const m = completeMeasures(input.category, input.measures)
  return { layout: layoutOf({ ...input, view }, m), m }
}

/** A flat and the places of its features, from one layout. `svg` is the plain drawing of {@link flatDrawing}. */
export function flatWithSpots(
  input: PackshotInput,
  view: 'front' | 'back',
): { svg: string; spots: Readonly<Record<Feature, Spot>> } {
  const { layout, m } = layoutFor(input, view)
  return { svg: drawn(layout), spots: Object.fromEntries(featureSpots({ ...input, view }, layout, m)) }
}

function trimShape(t: Trim): string {
  switch (t.kind) {
    case 'button':
      return `<circle cx="${n(t.at.x)}" cy="${n(t.at.y)}" r="${n(t.radius)}" fill="#fff"/><circle cx="${n(t.at.x)}" cy="${n(t.at.y)}" r="${n(t.radius * 0.3)}" stroke-width=".7"/>`
    case 'eyelet':
      return `<circle cx="${n(t.at.x)}" cy="${n(t.at.y)}" r="${n(t.radius)}" fill="#fff"/>`
    case 'buckle':
      return `<rect x="${n(t.at.x - t.width / 2)}" y="${n(t.at.y - t.height / 2)}" width="${n(t.width)}" height="${n(t.height)}" rx="4" stroke-width="4.5"/><rect x="${n(t.at.x - t.width / 2)}" y="${n(t.at.y - t.height / 2)}" width="${n(t.width)}" height="${n(t.height)}" rx="4" stroke="#fff" stroke-width="2.2"/>`
    case 'label':
      return `<rect x="${n(t.at.x - t.width / 2)}" y="${n(t.at.y - t.height / 2)}" width="${n(t.width)}" height="${n(t.height)}" fill="#fff" stroke-width=".8"/>`
    case 'zip':
      return `<path d="${d(t.path, false)}" stroke-width="${n(Math.max(3, t.width * 0.8))}"/><path d="${d(t.path, false)}" stroke="#fff" stroke-width="${n(Math.max(2, t.width * 0.55))}" stroke-dasharray="2 2"/>`
    case 'cord':
      return `<path d="${d(t.path, false)}" stroke-width="${n(t.width)}"/><path d="${d(t.path, false)}" stroke="#fff" stroke-width="${n(t.width - 1.8)}"/>`
    case 'buttonhole': {
      const a = (t.angle * Math.PI) / 180
      const [x, y] = [(Math.cos(a) * t.length) / 2, (Math.sin(a) * t.length) / 2]
      return `<path d="M${n(t.at.x - x)} ${n(t.at.y - y)}L${n(t.at.x + x)} ${n(t.at.y + y)}" stroke-width=".9"/>`
    }
    case 'bartack':
      return `<path d="${d(t.path, false)}" stroke-width="2"/>`
  }
}

/** A point of the cloth, its edge included: seams that run along an edge are as often a hair outside it. */
function onCloth(outline: Path, p: Point): boolean {
  let within = false
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length]!
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y)) within = !within
    const l = distance(a, b)
    const t = l ? Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (l * l))) : 0
    if (distance(p, mix(a, b, t)) < EDGE) return true
  }
  return within
}
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

function partShape(p: Part): string {
  const rim = p.fur
    ? ' stroke-dasharray="5 2.5" stroke-width="2.4"'
    : p.surface.kind === 'on'
      ? ' stroke-width="1.3"'
      : ''
  const lines = (paths: readonly Path[], pen: string): string =>
    paths.map((path) => `<path d="${d(upToEdge(path, p.outline), false)}" ${pen}/>`).join('')
  return (
    `<g data-part="${p.id}"><path d="${d(p.outline, true)}" fill="${toneOf(p)}"${rim}/>` +
    lines(
      (p.seams ?? []).map((seam) => seam.path),
      'stroke-width="1"',
    ) +
    lines(p.creases ?? [], 'stroke-width=".9" stroke-dasharray="22 5 5 5"') +
    lines(p.stitches ?? [], 'stroke-width=".8" stroke-dasharray="4 2.6"') +
    '</g>'
  )
}

/** A technical flat as SVG. Lines only, no colour of the style: it is for the sewing floor and prints in black. */
export const flatDrawing = (input: PackshotInput, view: 'front' | 'back'): string =>
  drawn(layoutFor(input, view).layout)

/** 1 unit = 1 mm of garment. */
function drawn(layout: Layout): string {
  const b = bounds(layout.parts.map((p) => p.outline))
  const pad = 48
  const w = b.x1 - b.x0 + 2 * pad
  const h = b.y1 - b.y0 + 2 * pad
  const last = new Map(layout.parts.map((p, i) => [p.id, i]))
  const body = layout.parts
    .map((p, i) => {
      const here = layout.trims.filter((t) => last.get(t.over) === i)
      return partShape(p) + here.map(trimShape).join('')
    })
    .join('')
  // trims whose part this view does not have
  const loose = layout.trims
    .filter((t) => !last.has(t.over))
    .map(trimShape)
    .join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(w)}" height="${n(h)}" viewBox="${n(b.x0 - pad)} ${n(b.y0 - pad)} ${n(w)} ${n(h)}">` +
    `<g fill="none" stroke="#111" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round">${body}${loose}</g></svg>`
  )
}
