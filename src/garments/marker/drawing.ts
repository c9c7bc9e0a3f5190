import type { Lang, Localized } from '../../core/values.ts'
import type { Command, Drawing, Shape, TextShape } from '../linework/drawing.ts'
import { svgText } from '../linework/svg-pen.ts'
import type { Marker, MaterialRole, Placement, Point } from '../types.ts'
import { polygonArea } from './shape.ts'

const MARGIN = 90
const HEAD = 110
const INK = '#1d2733'
const FONTS = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
/** Lightness steps so that neighbouring sizes can be told apart in print as well. */
const FILLS = ['#d8e4f2', '#f4e3cf', '#dcecd9', '#eadcf0', '#f6efc8', '#d5ebec', '#f3d9dc', '#e4e4e4']

const ROLE_NAMES: Readonly<Record<MaterialRole, Localized>> = {
  shell: { zh: '面料', en: 'Shell' },
  lining: { zh: '里料', en: 'Lining' },
  interlining: { zh: '衬料', en: 'Interlining' },
  contrast: { zh: '配色料', en: 'Contrast' },
  rib: { zh: '罗纹', en: 'Rib' },
  pocketing: { zh: '袋布', en: 'Pocketing' },
}

/** Where words fit best on each piece, relative to its first point: found once, and the same in every marker of a style. */
export type Spots = Map<string, Spot>

/**
 * The marker as a drawing: the cloth lying on its side (length to the right, as on the table), pieces with name, size
 * and grain arrow, width and length dimensions, utilisation. Words in `lang`; 1 unit = 1 mm.
 * @param names piece id → name, for the words on the pieces (from the draft); without one the id is written
 * @param spots kept between the markers of one style, whose pieces are the same
 */
export function markerDrawing(
  marker: Marker,
  lang: Lang,
  names: Readonly<Record<string, Localized>> = {},
  spots: Spots = new Map(),
): Drawing {
  const length = Math.max(1, marker.lengthMm)
  const width = marker.widthMm
  const sizes = Object.keys(marker.mix)
  // Words keep their size on the printed page, whatever the marker's length.
  const unit = Math.max(1, Math.min(2.2, (length + width) / 3200))
  // A short marker is narrower than its own heading.
  const heads = headings(marker, lang)
  const boxWidth = Math.max(length, em(heads.title) * 42 * unit, em(heads.facts) * 28 * unit) + 2 * MARGIN * unit
  const boxHeight = width + (2 * MARGIN + HEAD) * unit
  const [x, y] = [n(-MARGIN * unit), n(-(MARGIN + HEAD) * unit)]
  return {
    box: [x, y, n(boxWidth), n(boxHeight)],
    ink: { fill: INK },
    parts: [
      [{ shape: 'rect', x, y, width: n(boxWidth), height: n(boxHeight), fill: '#fff' }],
      heading(marker, heads, lang, unit),
      [
        {
          shape: 'rect',
          width: n(length),
          height: n(width),
          fill: '#f7f5f0',
          stroke: INK,
          strokeWidth: n(2.5 * unit),
        },
      ],
      ...marker.placements.map((placement) => [
        drawPlacement(
          placement,
          FILLS[sizes.indexOf(placement.size) % FILLS.length]!,
          names,
          lang,
          sizes.length > 1,
          spots,
        ),
      ]),
      dimensionAlong(length, width + 42 * unit, `${(length / 1000).toFixed(3)} m`, unit),
      dimensionAcross(width, -38 * unit, `${n(width)} mm`, unit),
    ],
    svg: { fontFamily: FONTS, lineEnd: '\n', comma: ',' },
  }
}

/** {@link markerDrawing} as SVG text. */
export const markerSvg = (...of: Parameters<typeof markerDrawing>): string => svgText(markerDrawing(...of))

/** Width of words in ems, roughly: Chinese is square, Latin about half. */
const em = (words: string): number => [...words].reduce((sum, ch) => sum + (ch.charCodeAt(0) > 0x2e80 ? 1 : 0.56), 0)

function headings(marker: Marker, lang: Lang): { title: string; facts: string } {
  const mix = Object.entries(marker.mix)
    .map(([size, count]) => `${size} × ${count}`)
    .join(lang === 'zh' ? '，' : ', ')
  const percent = `${(marker.utilisation * 100).toFixed(1)} %`
  const facts =
    lang === 'zh'
      ? `门幅 ${n(marker.widthMm)} mm　段长 ${(marker.lengthMm / 1000).toFixed(3)} m　利用率 ${percent}　裁片 ${marker.placements.length}`
      : `width ${n(marker.widthMm)} mm · length ${(marker.lengthMm / 1000).toFixed(3)} m · utilisation ${percent} · ${marker.placements.length} pieces`
  const title = lang === 'zh' ? `${ROLE_NAMES[marker.role].zh}排料图` : `${ROLE_NAMES[marker.role].en} marker`
  return { title: `${title} · ${mix}`, facts }
}

function heading(
  marker: Marker,
  { title, facts }: { title: string; facts: string },
  lang: Lang,
  unit: number,
): Shape[] {
  const missing = marker.misfits
    .map((m) =>
      lang === 'zh'
        ? `${m.piece}（${m.size}）放不下，需要门幅 ${m.needMm} mm`
        : `${m.piece} (${m.size}) does not fit: needs ${m.needMm} mm`,
    )
    .join('; ')
  return [
    { shape: 'text', x: 0, y: n(-128 * unit), size: n(42 * unit), weight: 700, words: title },
    { shape: 'text', x: 0, y: n(-82 * unit), size: n(28 * unit), words: facts },
    ...(missing
      ? [
          {
            shape: 'text',
            x: n(marker.lengthMm),
            y: n(-82 * unit),
            anchor: 'end',
            size: n(26 * unit),
            fill: '#b3261e',
            words: missing,
          } as const,
        ]
      : []),
  ]
}

/** On its side: a point (x across, y along the cloth) is drawn at (y, x). */
const turned = (p: Point): Point => ({ x: p.y, y: p.x })

function drawPlacement(
  placement: Placement,
  fill: string,
  names: Readonly<Record<string, Localized>>,
  lang: Lang,
  withSize: boolean,
  spots: Spots,
): Shape {
  const outline = placement.outline.map(turned)
  const name = names[placement.piece]?.[lang] ?? placement.piece
  const label = withSize ? `${name} ${placement.size}` : name
  const spot = spotIn(placement, outline, spots)
  const ems = em(label)
  const along = spot.halfLength * 2 >= spot.halfWidth * 1.2 || spot.halfLength >= spot.halfWidth
  const run = 2 * (along ? spot.halfLength : spot.halfWidth)
  const rise = 2 * (along ? spot.halfWidth : spot.halfLength)
  const size = Math.max(6, Math.min(30, (run * 0.86) / ems, rise * 0.42))
  const [x, y] = [n(spot.x), n(spot.y)]
  const words: TextShape = {
    shape: 'text',
    x,
    y: n(spot.y + size * 0.1),
    size: n(size),
    anchor: 'middle',
    ...(along ? {} : { moves: [{ rotate: -90, about: [x, y] }] }),
    words: label,
  }
  const reach = Math.min(spot.halfLength * 0.8, 160)
  // Under lying words, or below the end of upright ones, as far as the piece has room.
  const below = along ? size * 0.75 : (ems * size) / 2 + 9
  const arrow =
    reach > 12 && below < spot.halfWidth ? [grainArrow(spot.x, spot.y + below, reach, placement.rotation)] : []
  const cut = outline.map((p, i): Command => [i ? 'L' : 'M', n(p.x), n(p.y)])
  const edge: Shape = {
    shape: 'path',
    d: [...cut, ['Z']],
    fill,
    stroke: INK,
    strokeWidth: 1.6,
    join: 'round',
  }
  return { shape: 'g', children: [edge, ...arrow, words] }
}

/** One head shows which way up the piece lies: with a nap all heads point the same way. */
function grainArrow(x: number, y: number, reach: number, rotation: 0 | 180): Shape {
  const head = rotation === 0 ? 1 : -1
  const tip = x + head * reach
  const barb = Math.min(10, reach / 3)
  return {
    shape: 'path',
    d: [
      ['M', n(x - head * reach), n(y)],
      ['H', n(tip)],
      ['M', n(tip - head * barb), n(y - barb * 0.55)],
      ['L', n(tip), n(y)],
      ['L', n(tip - head * barb), n(y + barb * 0.55)],
    ],
    fill: 'none',
    stroke: '#5b6b7d',
    strokeWidth: 1.6,
  }
}

interface Spot {
  x: number
  y: number
  halfLength: number
  halfWidth: number
}

/** A piece that lies several times in a marker is looked through once: its other places are shifted copies. */
function spotIn({ piece, size, rotation, mirrored }: Placement, outline: readonly Point[], spots: Spots): Spot {
  const [first] = outline
  if (!first) return roomiest(outline)
  const key = `${piece} ${size} ${rotation} ${mirrored}`
  const known = spots.get(key)
  if (known) return { ...known, x: known.x + first.x, y: known.y + first.y }
  const spot = roomiest(outline)
  spots.set(key, { ...spot, x: spot.x - first.x, y: spot.y - first.y })
  return spot
}

/**
 * Where words fit best in an outline: over a grid of points inside, the one with the most room to its sides.
 * halfLength along the cloth (x as drawn), halfWidth across it.
 */
function roomiest(outline: readonly Point[]): Spot {
  let x0 = Infinity
  let x1 = -Infinity
  let y0 = Infinity
  let y1 = -Infinity
  for (const p of outline) {
    x0 = Math.min(x0, p.x)
    x1 = Math.max(x1, p.x)
    y0 = Math.min(y0, p.y)
    y1 = Math.max(y1, p.y)
  }
  let best = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, halfLength: 0, halfWidth: 0 }
  let bestScore = -1
  const GRID = 11
  for (let i = 1; i < GRID; i++)
    for (let j = 1; j < GRID; j++) {
      const x = x0 + ((x1 - x0) * i) / GRID
      const y = y0 + ((y1 - y0) * j) / GRID
      const across = room(outline, x, y, 'y')
      if (across <= 0) continue
      const along = room(outline, x, y, 'x')
      // Words are longer than high, and look best in the middle.
      const off = Math.abs(x - (x0 + x1) / 2) / (x1 - x0 + 1) + Math.abs(y - (y0 + y1) / 2) / (y1 - y0 + 1)
      const score = Math.min(along, across * 3, 120) + Math.min(across, along * 3, 120) - 25 * off
      if (score > bestScore) {
        bestScore = score
        best = { x, y, halfLength: along, halfWidth: across }
      }
    }
  return best
}

/** Distance from a point to the outline, both ways along one axis; 0 when the point lies outside. */
function room(outline: readonly Point[], x: number, y: number, axis: 'x' | 'y'): number {
  let before = Infinity
  let after = Infinity
  let inside = false
  const lying = axis === 'x'
  const p = lying ? y : x
  const q = lying ? x : y
  for (let i = 0; i < outline.length; i++) {
    const a = outline[i]!
    const b = outline[i + 1 === outline.length ? 0 : i + 1]!
    const pa = lying ? a.y : a.x
    const pb = lying ? b.y : b.x
    if (pa <= p === pb <= p) continue
    const qa = lying ? a.x : a.y
    const at = qa + ((p - pa) / (pb - pa)) * ((lying ? b.x : b.y) - qa)
    if (at > q) {
      after = Math.min(after, at - q)
      inside = !inside
    } else before = Math.min(before, q - at)
  }
  return inside ? Math.min(before, after) : 0
}

/** The length, below the cloth. */
function dimensionAlong(to: number, at: number, words: string, unit: number): Shape[] {
  const tick = 9 * unit
  return [
    ruled(
      [
        ['M', 0, n(at)],
        ['H', n(to)],
        ['M', 0, n(at - tick)],
        ['v', n(2 * tick)],
        ['M', n(to), n(at - tick)],
        ['v', n(2 * tick)],
      ],
      unit,
    ),
    { shape: 'text', x: n(to / 2), y: n(at + 30 * unit), anchor: 'middle', size: n(26 * unit), words },
  ]
}

/** The width, beside it, read from the right. */
function dimensionAcross(to: number, at: number, words: string, unit: number): Shape[] {
  const tick = 9 * unit
  return [
    ruled(
      [
        ['M', n(at), 0],
        ['V', n(to)],
        ['M', n(at - tick), 0],
        ['h', n(2 * tick)],
        ['M', n(at - tick), n(to)],
        ['h', n(2 * tick)],
      ],
      unit,
    ),
    {
      shape: 'text',
      moves: [{ translate: [n(at - 10 * unit), n(to / 2)] }, { rotate: -90 }],
      anchor: 'middle',
      size: n(26 * unit),
      words,
    },
  ]
}
const ruled = (d: readonly Command[], unit: number): Shape => ({
  shape: 'path',
  d,
  fill: 'none',
  stroke: INK,
  strokeWidth: n(1.5 * unit),
})

const n = (value: number): number => Math.round(value * 10) / 10

/** Area of the laid pieces, mm²: what utilisation is counted from. */
export const laidArea = (marker: Marker): number =>
  marker.placements.reduce((sum, placement) => sum + polygonArea(placement.outline), 0)
