/**
 * Technical flats: front and back as line drawings from the same layout as the picture, so that drawing and picture cannot
 * disagree. Optionally with numbered callouts for the tech pack and lettered arrows that show how each measure is taken.
 */
import type { MeasureCode, Point } from '../types.ts'
import type { PackshotInput } from '../packshot/input.ts'
import { completeMeasures } from '../packshot/input.ts'
import type { Full } from '../packshot/input.ts'
import type { Path } from '../packshot/geometry.ts'
import { bounds, distance, mix, pt } from '../packshot/geometry.ts'
import type { Layout, Part, Trim } from '../packshot/layout.ts'
import { layoutOf } from '../packshot/shapes/index.ts'
import { featureSpots } from './features.ts'
import type { Feature, Spot } from './features.ts'

export type { Feature, Spot } from './features.ts'

export interface FlatOptions {
  /** Draw these measures as arrows with letters A, B, C … in the order given. */
  measures?: readonly MeasureCode[]
  /** Draw numbered circles at these parts or trims ({@link flatAnchors} lists them), in the order given. */
  callouts?: readonly string[]
  /** Width of the drawing in SVG user units; 1 unit = 1 mm of garment unless given. */
  widthPx?: number
}

const n = (v: number): string => (Math.round(v * 10) / 10).toString()
const d = (path: Path, closed: boolean): string =>
  path.map((p, i) => `${i ? 'L' : 'M'}${n(p.x)} ${n(p.y)}`).join('') + (closed ? 'Z' : '')

const layoutFor = (input: PackshotInput, view: 'front' | 'back'): { layout: Layout; m: Full } => {
  const m = completeMeasures(input.category, input.measures)
  return { layout: layoutOf({ ...input, view }, m), m }
}

/**
 * Names and places (mm) that a callout may point at: every part once, trims by kind, and the construction features this
 * view shows (`slot:collar`, `seam:topstitch` …), with their counterpart on the other half where there is one.
 */
export function flatAnchors(input: PackshotInput, view: 'front' | 'back'): ({ key: string } & Spot)[] {
  const { layout, m } = layoutFor(input, view)
  const features = featureSpots({ ...input, view }, layout, m)
  return [...anchors(layout), ...[...features].map(([key, spot]) => ({ key, ...spot }))]
}

/** A flat and the places of its features, from one layout. `svg` is the plain drawing of {@link flatDrawing}. */
export function flatWithSpots(
  input: PackshotInput,
  view: 'front' | 'back',
): { svg: string; spots: Readonly<Record<Feature, Spot>> } {
  const { layout, m } = layoutFor(input, view)
  return { svg: drawn(layout, m, {}), spots: Object.fromEntries(featureSpots({ ...input, view }, layout, m)) }
}

function anchors(layout: Layout): { key: string; at: Point }[] {
  const seen = new Map<string, Point>()
  const put = (key: string, at: Point): void => {
    if (!seen.has(key)) seen.set(key, at)
  }
  for (const p of layout.parts) {
    const b = bounds([p.outline])
    put(p.id, pt((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2))
  }
  for (const t of layout.trims) put(t.kind, 'at' in t ? t.at : t.path[Math.floor(t.path.length / 2)]!)
  return [...seen].map(([key, at]) => ({ key, at }))
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

function partShape(p: Part): string {
  const fill = p.belongs === 'inside' ? '#e9e9e9' : p.ink === 'dark' ? '#444' : '#fff'
  const rim = p.fur
    ? ' stroke-dasharray="5 2.5" stroke-width="2.4"'
    : p.surface.kind === 'on'
      ? ' stroke-width="1.3"'
      : ''
  const seams = (p.seams ?? [])
    .map((s) => `<path d="${d(upToEdge(s.path, p.outline), false)}" stroke-width="1"/>`)
    .join('')
  const stitches = (p.stitches ?? [])
    .map((s) => `<path d="${d(upToEdge(s, p.outline), false)}" stroke-width=".8" stroke-dasharray="4 2.6"/>`)
    .join('')
  return `<g data-part="${p.id}"><path d="${d(p.outline, true)}" fill="${fill}"${rim}/>${seams}${stitches}</g>`
}

/** From where to where a measure is taken on the drawing; undefined where this view does not show it. */
export function measureLine(layout: Layout, m: Full, code: MeasureCode): readonly [Point, Point] | undefined {
  const k = layout.marks
  const across = (p: Point | undefined, down = 0): readonly [Point, Point] | undefined =>
    p ? [pt(-p.x, p.y + down), pt(p.x, p.y + down)] : undefined
  const both = (a: Point | undefined, b: Point | undefined): readonly [Point, Point] | undefined =>
    a && b ? [a, b] : undefined
  switch (code) {
    case 'bodyLength':
      return k['hemCentre']
        ? [pt(k['hemCentre'].x, 0), k['hemCentre']]
        : k['waistSeam']
          ? [k['waistSeam'], pt(0, k['waistSeam'].y + m.bodyLength)]
          : undefined
    case 'halfChest':
      return across(k['underarm'], 25)
    case 'halfWaist':
      return across(k['waist'] ?? k['waistLine'])
    case 'halfHem':
      return across(k['hem'] ?? k['skirtHem'], -4)
    case 'halfHip':
      return across(k['hip'])
    case 'shoulder':
      return across(k['shoulderPoint'])
    case 'acrossFront':
    case 'acrossBack':
      return k['underarm'] && k['shoulderPoint']
        ? across(pt(m[code] / 2, (k['underarm'].y + k['shoulderPoint'].y) / 2))
        : undefined
    case 'sleeveLength':
      return both(k['shoulderPoint'], k['cuffOuter'])
    case 'halfCuff':
      return both(k['cuffInner'], k['cuffOuter'])
    case 'halfBicep':
      return both(k['bicepInner'], k['bicepOuter'])
    case 'halfElbow':
      return both(k['elbowInner'], k['elbowOuter'])
    case 'armhole':
      return both(k['shoulderPoint'], k['underarm'])
    case 'neckWidth':
      return across(k['neckPoint'])
    case 'frontNeckDrop':
    case 'backNeckDrop':
      return k['neckDrop'] ? [pt(0, 0), k['neckDrop']] : undefined
    case 'waistLength':
      return k['waist'] && k['neckPoint'] ? [k['neckPoint'], pt(k['neckPoint'].x, k['waist'].y)] : undefined
    case 'ribHeight':
      return k['hem']
        ? [pt(k['hem'].x * 0.8, m.bodyLength - m.ribHeight), pt(k['hem'].x * 0.8, m.bodyLength)]
        : undefined
    case 'cuffHeight':
      return k['cuffTop'] && k['cuffOuter'] ? [k['cuffTop'], k['cuffOuter']] : undefined
    case 'collarHeight':
      return k['hemCentre'] ? [pt(0, 0), pt(0, -m.collarHeight)] : undefined
    case 'hoodHeight':
    case 'hoodDepth': {
      const hood = layout.parts.find((p) => p.belongs === 'hood')
      if (!hood) return undefined
      const b = bounds([hood.outline])
      return code === 'hoodHeight'
        ? [pt(b.x1 - 8, 0), pt(b.x1 - 8, b.y0)]
        : [pt(b.x0, b.y0 * 0.4), pt(b.x1, b.y0 * 0.4)]
    }
    case 'frontRise':
    case 'backRise':
      return k['crotch'] ? [pt(0, 13), k['crotch']] : undefined
    case 'inseam':
      return both(k['crotch'], k['legInner'])
    case 'outseam':
      return both(k['waistLine'], k['legOuter'])
    case 'halfThigh':
      return k['crotch'] && k['hip'] ? [pt(0, k['crotch'].y + 25), pt(k['hip'].x + 4, k['crotch'].y + 25)] : undefined
    case 'halfKnee':
      return k['knee'] ? [pt(k['knee'].x - m.halfKnee, k['knee'].y), k['knee']] : undefined
    case 'halfLegOpening':
      return both(k['legInner'], k['legOuter'])
    case 'waistband':
      return k['waistLine'] ? [pt(k['waistLine'].x * 0.5, 8), pt(k['waistLine'].x * 0.5, 8 + m.waistband)] : undefined
  }
}

/** Letters of the how-to-measure drawing: A … Z, AA … */
export const measureLetter = (i: number): string =>
  (i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26))

function arrow(line: readonly [Point, Point], letter: string): string {
  const [a, b] = line
  const mid = pt(a.x + (b.x - a.x) * 0.42, a.y + (b.y - a.y) * 0.42)
  return (
    `<g data-measure="${letter}"><path d="M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}" stroke="#c0231f" stroke-width="2" marker-start="url(#end)" marker-end="url(#end)"/>` +
    `<circle cx="${n(mid.x)}" cy="${n(mid.y)}" r="15" fill="#c0231f" stroke="none"/>` +
    `<text x="${n(mid.x)}" y="${n(mid.y + 7)}" font-family="Helvetica, Arial, sans-serif" font-size="20" font-weight="700" fill="#fff" stroke="none" text-anchor="middle">${letter}</text></g>`
  )
}

/** A technical flat as SVG. Lines only, no colour of the style: it is for the sewing floor and prints in black. */
export function flatDrawing(input: PackshotInput, view: 'front' | 'back', options: FlatOptions = {}): string {
  const { layout, m } = layoutFor(input, view)
  return drawn(layout, m, options)
}

function drawn(layout: Layout, m: Full, options: FlatOptions): string {
  const b = bounds(layout.parts.map((p) => p.outline))
  const pad = 48
  const w = b.x1 - b.x0 + 2 * pad
  const h = b.y1 - b.y0 + 2 * pad
  const size = options.widthPx
    ? ` width="${n(options.widthPx)}" height="${n((options.widthPx * h) / w)}"`
    : ` width="${n(w)}" height="${n(h)}"`
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
  const arrows = (options.measures ?? [])
    .map((code, i) => {
      const line = measureLine(layout, m, code)
      return line ? arrow(line, measureLetter(i)) : ''
    })
    .join('')
  const places = new Map(anchors(layout).map((a) => [a.key, a.at]))
  const callouts = (options.callouts ?? [])
    .map((key, i) => {
      const at = places.get(key)
      if (!at) return ''
      const out = pt(
        at.x >= 0 ? b.x1 + 26 : b.x0 - 26,
        b.y0 + ((i + 0.5) / (options.callouts?.length ?? 1)) * (b.y1 - b.y0),
      )
      return `<g data-callout="${key}"><path d="M${n(at.x)} ${n(at.y)}L${n(out.x)} ${n(out.y)}" stroke-width="1"/><circle cx="${n(at.x)}" cy="${n(at.y)}" r="4" fill="#111"/><circle cx="${n(out.x)}" cy="${n(out.y)}" r="16" fill="#fff"/><text x="${n(out.x)}" y="${n(out.y + 7)}" font-family="Helvetica, Arial, sans-serif" font-size="19" fill="#111" stroke="none" text-anchor="middle">${i + 1}</text></g>`
    })
    .join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg"${size} viewBox="${n(b.x0 - pad)} ${n(b.y0 - pad)} ${n(w)} ${n(h)}">` +
    `<defs><marker id="end" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 1.5L9 5L0 8.5Z" fill="#c0231f"/></marker></defs>` +
    `<g fill="none" stroke="#111" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round">${body}${loose}${callouts}${arrows}</g></svg>`
  )
}
