/**
 * The how-to-measure drawing of section 5: a plain outline in the proportions of the base size with every point of
 * measure as a lettered dimension line. It is drawn from the measures alone, so it cannot disagree with the table.
 */
import { definitionOf } from '../categories/index.ts'
import type { Drawing, PathData, Shape } from '../linework/drawing.ts'
import type { Category, MeasureCode, Measures, Point } from '../types.ts'

export interface Lettered {
  letter: string
  code: MeasureCode
}
interface Dimension {
  from: Point
  to: Point
  /** Where along the line its letter stands, 0–1. */
  at?: number
  /** Where the letter stands instead, led to by a thin line. */
  label?: Point
}
interface Plan {
  outlines: readonly PathData[]
  /** Seams and bands, thin. */
  seams: readonly PathData[]
  dimensions: Partial<Record<MeasureCode, Dimension>>
}

const r = (value: number): number => Math.round(value * 10) / 10
const p = (x: number, y: number): Point => ({ x, y })
const line = (...points: readonly Point[]): PathData => points.map((q, i) => [i ? 'L' : 'M', r(q.x), r(q.y)] as const)
const mix = (a: Point, b: Point, t: number): Point => p(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)

/**
 * How far a sleeve hangs below the horizontal: so far that its width across the underarm is the bicep measured,
 * within what looks like a garment on a table.
 */
function sleeveTurn(tip: Point, under: Point, bicep: number): number {
  const hole = Math.hypot(under.x - tip.x, under.y - tip.y)
  const turn = Math.atan2(under.y - tip.y, under.x - tip.x) - Math.asin(Math.min(0.92, bicep / hole))
  return Math.max(0.3, Math.min(1.05, turn))
}

function sleeve(
  m: Measures,
  tip: Point,
  under: Point,
  length: number,
): { outline: PathData; seams: PathData[]; dimensions: Plan['dimensions'] } {
  const bicep = m.halfBicep ?? 200
  const turn = sleeveTurn(tip, under, bicep)
  const [ux, uy] = [Math.cos(turn), Math.sin(turn)]
  const along = (from: Point, mm: number): Point => p(from.x + ux * mm, from.y + uy * mm)
  const inward = (from: Point, mm: number): Point => p(from.x - uy * mm, from.y + ux * mm)
  const cuffWidth = m.halfCuff ?? bicep * 0.7
  const end = along(tip, length)
  const endIn = inward(end, cuffWidth)
  const seams: PathData[] = []
  if (m.cuffHeight) seams.push(line(along(end, -m.cuffHeight), inward(along(end, -m.cuffHeight), cuffWidth)))
  // Across the sleeve at right angles to it, from the underarm to the outer edge.
  const t = (under.x - tip.x) * ux + (under.y - tip.y) * uy
  const outer = along(tip, t)
  const off = 28
  const elbow = along(tip, Math.max(t, length * 0.55))
  return {
    outline: line(tip, end, endIn, under),
    seams,
    dimensions: {
      sleeveLength: { from: inward(tip, -off), to: inward(end, -off) },
      halfBicep: { from: outer, to: inward(outer, bicep), at: 0.4 },
      halfElbow: { from: elbow, to: inward(elbow, m.halfElbow ?? (bicep + cuffWidth) / 2), at: 0.4 },
      halfCuff: { from: along(end, 24), to: along(endIn, 24) },
      cuffHeight: { from: inward(along(end, -(m.cuffHeight ?? 0)), -off), to: inward(end, -off), at: 1.6 },
    },
  }
}

/** Where the outline of an upper garment turns; what was not measured stands in a usual proportion to what was. */
function topFrame(m: Measures) {
  const chest = m.halfChest ?? 540
  const length = m.bodyLength ?? 700
  const shoulder = m.shoulder ?? chest * 0.84
  const neck = m.neckWidth ?? shoulder * 0.4
  const neckDrop = m.frontNeckDrop ?? neck * 0.5
  const slope = (shoulder - neck) * 0.5 * 0.36
  const tip = p(shoulder / 2, slope)
  const hole = m.armhole ?? chest * 0.42
  const dx = chest / 2 - tip.x
  const under = p(chest / 2, tip.y + Math.sqrt(Math.max(hole * hole - dx * dx, hole * hole * 0.4)))
  const hem = m.halfHem ?? chest
  const waistY = m.waistLength ?? Math.min(length * 0.62, under.y + chest * 0.42)
  const waist = m.halfWaist ?? (chest + hem) / 2
  // The height at which the drawn outline is as wide as the hip.
  const hip = m.halfHip ?? (waist + hem) / 2
  const hipY = waistY + (length - waistY) * Math.max(0.12, Math.min(0.9, (hip - waist) / (hem - waist || 1)))
  return { chest, length, shoulder, neck, neckDrop, tip, under, hem, waistY, waist, hip, hipY }
}
type TopFrame = ReturnType<typeof topFrame>

function top(m: Measures): Plan {
  const f = topFrame(m)
  const plan: Plan = { outlines: topOutlines(f), seams: topSeams(m, f), dimensions: topDimensions(m, f) }
  const above = aboveNeck(m, f)
  const arm = m.sleeveLength ? sleeve(m, f.tip, f.under, m.sleeveLength) : undefined
  return {
    outlines: [
      ...plan.outlines,
      ...(above ? [above.outline] : []),
      ...(arm ? [arm.outline, flipped(arm.outline)] : []),
    ],
    seams: [...plan.seams, ...(arm ? [...arm.seams, ...arm.seams.map(flipped)] : [])],
    dimensions: { ...plan.dimensions, ...above?.dimensions, ...arm?.dimensions },
  }
}

const opposite = (q: Point): Point => p(-q.x, q.y)

const neckline = (neck: number, drop: number): PathData => [
  ['M', r(-neck / 2), 0],
  ['Q', 0, r(drop * 2), r(neck / 2), 0],
]

function topOutlines({ neck, neckDrop, tip, under, waist, waistY, hem, length }: TopFrame): PathData[] {
  const shoulder = p(neck / 2, 0)
  const side = [under, p(waist / 2, waistY), p(hem / 2, length)]
  return [
    line(shoulder, tip),
    line(opposite(shoulder), opposite(tip)),
    line(...side, ...side.toReversed().map(opposite)),
    neckline(neck, neckDrop),
  ]
}

function topSeams(m: Measures, { neck, tip, under, hem, length }: TopFrame): PathData[] {
  const armhole = (s: 1 | -1): PathData => [
    ['M', r(s * tip.x), r(tip.y)],
    ['Q', r(s * (tip.x - 22)), r((tip.y + under.y) / 2 + 20), r(s * under.x), r(under.y)],
  ]
  const rib = m.ribHeight ? [line(p(-hem / 2, length - m.ribHeight), p(hem / 2, length - m.ribHeight))] : []
  return [armhole(1), armhole(-1), neckline(neck, m.backNeckDrop ?? 20), ...rib]
}

function topDimensions(m: Measures, f: TopFrame): Plan['dimensions'] {
  const { chest, length, shoulder, neck, neckDrop, tip, under, hem, waistY, waist, hip, hipY } = f
  const deep = neckDrop > under.y * 0.6
  return {
    bodyLength: { from: p(-neck / 2, 0), to: p(-neck / 2, length), at: 0.72 },
    waistLength: { from: p(neck / 2, 0), to: p(neck / 2, waistY), at: 0.6 },
    halfChest: { from: p(-chest / 2, under.y + 12), to: p(chest / 2, under.y + 12), at: 0.5 },
    halfWaist: { from: p(-waist / 2, waistY), to: p(waist / 2, waistY), at: 0.62 },
    halfHem: { from: p(-hem / 2, length + 40), to: p(hem / 2, length + 40) },
    shoulder: { from: p(-shoulder / 2, -70), to: p(shoulder / 2, -70), at: 0.3 },
    neckWidth: { from: p(-neck / 2, -28), to: p(neck / 2, -28), at: 0.5 },
    frontNeckDrop: {
      from: p(0, 0),
      to: p(0, neckDrop),
      ...(deep ? { at: 0.22 } : { label: p(0, neckDrop + chest * 0.1) }),
    },
    backNeckDrop: {
      from: p(neck * 0.22, 0),
      to: p(neck * 0.22, m.backNeckDrop ?? 20),
      label: p(neck * 0.62, Math.min(neckDrop, 100) * 0.5 + chest * 0.1),
    },
    halfNeckStretched: { from: p(-neck * 0.72, -112), to: p(neck * 0.72, -112) },
    acrossFront: {
      from: p(-shoulder / 2 + 18, (tip.y + under.y) / 2),
      to: p(shoulder / 2 - 18, (tip.y + under.y) / 2),
      at: 0.3,
    },
    acrossBack: {
      from: p(-shoulder / 2 + 18, (tip.y + under.y) / 2 - 46),
      to: p(shoulder / 2 - 18, (tip.y + under.y) / 2 - 46),
      at: 0.68,
    },
    halfHip: { from: p(-hip / 2, hipY), to: p(hip / 2, hipY), at: 0.62 },
    armhole: { from: opposite(tip), to: opposite(under), at: 0.5 },
    ribHeight: { from: p(hem / 2 + 30, length - (m.ribHeight ?? 0)), to: p(hem / 2 + 30, length), at: 0.5 },
  }
}

/** A collar or a hood, and where the measures beside it go. */
function aboveNeck(
  m: Measures,
  { neck, shoulder }: TopFrame,
): { outline: PathData; dimensions: Plan['dimensions'] } | undefined {
  if (m.hoodHeight) {
    const [high, deep] = [m.hoodHeight, m.hoodDepth ?? m.hoodHeight * 0.7]
    return {
      outline: [
        ['M', r(-neck / 2), 0],
        ['C', r(-deep * 0.62), r(-high * 0.5), r(-deep / 2), r(-high), 0, r(-high)],
        ['C', r(deep / 2), r(-high), r(deep * 0.62), r(-high * 0.5), r(neck / 2), 0],
      ],
      dimensions: {
        hoodHeight: { from: p(deep * 0.5 + 40, -high), to: p(deep * 0.5 + 40, 0), at: 0.5 },
        hoodDepth: { from: p(-deep / 2, -high - 34), to: p(deep / 2, -high - 34) },
        shoulder: { from: p(-shoulder / 2, -44), to: p(shoulder / 2, -44), at: 0.1 },
      },
    }
  }
  if (!m.collarHeight) return undefined
  const rise = m.collarHeight
  return {
    outline: [
      ['M', r(-neck / 2), 0],
      ['L', r(-neck * 0.42), r(-rise)],
      ['Q', 0, r(-rise + 14), r(neck * 0.42), r(-rise)],
      ['L', r(neck / 2), 0],
    ],
    dimensions: {
      collarHeight: { from: p(neck / 2 + 26, -rise), to: p(neck / 2 + 26, 0), at: 0.5 },
      neckWidth: { from: p(-neck / 2, -rise - 34), to: p(neck / 2, -rise - 34) },
      shoulder: { from: p(-shoulder / 2, -rise - 92), to: p(shoulder / 2, -rise - 92), at: 0.25 },
    },
  }
}

/** Mirrored at the centre line. */
const flipped = (d: PathData): PathData =>
  d.map((command) => (command[0] === 'M' || command[0] === 'L' ? [command[0], r(-command[1]), command[2]] : command))

function trousers(m: Measures): Plan {
  const waist = m.halfWaist ?? 400
  const hip = m.halfHip ?? waist * 1.25
  const band = m.waistband ?? 40
  const rise = m.frontRise ?? 270
  const inseam = m.inseam ?? 760
  const crotch = p(0, rise)
  const open = m.halfLegOpening ?? 200
  // A leg lies wider than half of the hip, because its seams are folded to the front; drawn no wider than the seat.
  const thigh = Math.min(m.halfThigh ?? hip * 0.56, hip * 0.54)
  const knee = Math.min(m.halfKnee ?? (thigh + open) / 2, thigh * 0.96)
  const lean = 46
  const hemY = rise + inseam * 0.995
  const kneeY = rise + inseam * 0.45
  const outer = [
    p(waist / 2, 0),
    p(hip / 2, rise * 0.7),
    p(thigh + lean * 0.1, rise + 20),
    p(lean * 0.5 + knee, kneeY),
    p(lean + open, hemY),
  ]
  const inner = [p(lean, hemY), p(lean * 0.5, kneeY), crotch]
  const half = line(...outer, ...inner)
  const cuff = p(lean + open, hemY + 36)
  return {
    outlines: [half, flipped(half), line(p(-waist / 2, 0), p(waist / 2, 0))],
    seams: [line(p(-waist / 2 - 3, band), p(waist / 2 + 3, band)), line(p(0, band), crotch)],
    dimensions: {
      halfWaist: { from: p(-waist / 2, -40), to: p(waist / 2, -40) },
      waistband: { from: p(waist / 2 + 34, 0), to: p(waist / 2 + 34, band), at: 0.5 },
      halfHip: { from: p(-hip / 2, rise * 0.7), to: p(hip / 2, rise * 0.7), at: 0.3 },
      frontRise: { from: p(14, 0), to: p(14, rise), at: 0.34 },
      backRise: { from: p(-14, 0), to: p(-14, rise), at: 0.56 },
      halfThigh: { from: p(4, rise + 26), to: p(thigh + 4, rise + 26), at: 0.6 },
      halfKnee: { from: p(lean * 0.5, kneeY), to: p(lean * 0.5 + knee, kneeY), at: 0.5 },
      halfLegOpening: { from: p(lean, hemY + 36), to: cuff },
      inseam: { from: p(-14, rise + 20), to: p(-lean - 2, hemY), at: 0.5 },
      outseam: { from: p(-(hip / 2) - 46, 0), to: p(-(hip / 2) - 46, hemY), at: 0.5 },
    },
  }
}

function skirt(m: Measures, panelled: boolean): Plan {
  const waist = m.halfWaist ?? 350
  const hip = m.halfHip
  const hem = m.halfHem ?? waist * 1.6
  const length = m.bodyLength ?? (m.outseam ? m.outseam - (m.waistband ?? 0) : 600)
  const band = m.waistband ?? 0
  const hipY = band + 190
  const middle = m.halfThigh ?? (waist + hem) / 2
  const midY = band + length / 2 + (hip ? 25 : 0)
  // A straight skirt's front is measured across the hip, a flared one's panel along its hem.
  const front = m.acrossFront ?? 0
  const frontY = panelled ? band + length * 0.93 : hipY + 40
  const right = [
    p(waist / 2, 0),
    p(waist / 2, band),
    ...(hip ? [p(hip / 2, hipY)] : []),
    ...(m.halfThigh ? [p(middle / 2, midY)] : []),
    p(hem / 2, band + length),
  ]
  return {
    outlines: [[...line(...right, ...right.toReversed().map((q) => p(-q.x, q.y))), ['Z']]],
    seams: band ? [line(p(-waist / 2, band), p(waist / 2, band))] : [],
    dimensions: {
      halfWaist: { from: p(-waist / 2, -36), to: p(waist / 2, -36) },
      waistband: { from: p(waist / 2 + 34, 0), to: p(waist / 2 + 34, band) },
      halfHip: { from: p(-(hip ?? 0) / 2, hipY), to: p((hip ?? 0) / 2, hipY), at: 0.62 },
      halfHem: { from: p(-hem / 2, band + length + 40), to: p(hem / 2, band + length + 40) },
      bodyLength: { from: p(0, band), to: p(0, band + length), at: 0.72 },
      outseam: { from: p(-hem / 2 - 46, 0), to: p(-hem / 2 - 46, band + length), at: 0.5 },
      halfThigh: { from: p(-middle / 2, midY), to: p(middle / 2, midY), at: 0.7 },
      acrossFront: { from: p(-front / 2, frontY), to: p(front / 2, frontY), at: 0.3 },
      acrossBack: { from: p(-(m.acrossBack ?? 0) / 2, hipY + 80), to: p((m.acrossBack ?? 0) / 2, hipY + 80), at: 0.3 },
    },
  }
}

/** What of a garment is drawn: by how it is built. */
function planOf(category: Category, measures: Measures): Plan {
  const { build, panelled } = definitionOf(category).drawing
  if (build === 'trousers') return trousers(measures)
  return build === 'skirt' ? skirt(measures, panelled !== undefined) : top(measures)
}

type Placed = Lettered & Dimension
const ACCENT = '#a63d2f'
const letterAt = (d: Dimension): Point => d.label ?? mix(d.from, d.to, d.at ?? 0.5)

function arrow(from: Point, to: Point, em: number): PathData {
  const way = Math.atan2(to.y - from.y, to.x - from.x)
  const barb = (turn: number): Point =>
    p(to.x + Math.cos(way + turn) * em * 0.5, to.y + Math.sin(way + turn) * em * 0.5)
  return line(barb(Math.PI - 0.4), to, barb(Math.PI + 0.4))
}

function dimensionLine(d: Placed, em: number): Shape {
  // A letter beside a short line is led to it.
  const lead = d.label || (d.at ?? 0.5) > 1 ? line(d.to, letterAt(d)) : []
  return {
    shape: 'path',
    d: [...line(d.from, d.to), ...lead, ...arrow(d.from, d.to, em), ...arrow(d.to, d.from, em)],
  }
}

function bubble(d: Placed, em: number): Shape[] {
  const at = letterAt(d)
  return [
    {
      shape: 'circle',
      cx: r(at.x),
      cy: r(at.y),
      r: r(em * 0.78),
      fill: '#ffffff',
      stroke: ACCENT,
      strokeWidth: r(em * 0.07),
    },
    {
      shape: 'text',
      x: r(at.x),
      y: r(at.y + em * 0.36),
      size: r(em),
      weight: 700,
      anchor: 'middle',
      fill: ACCENT,
      words: d.letter,
    },
  ]
}

/** The points a path is drawn from, those beside its curves included. */
const pointsOf = (d: PathData): Point[] =>
  d.flatMap(([, ...numbers]) =>
    Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => p(numbers[2 * i]!, numbers[2 * i + 1]!)),
  )

/**
 * The drawing, in millimetres of the garment.
 * @param points the lettered rows of the measurement table
 * @param measures of the size drawn
 * @returns the drawing and the codes it could not place: none for the categories there are
 */
export function measureDiagram(
  category: Category,
  points: readonly Lettered[],
  measures: Measures,
): { drawing: Drawing; unplaced: MeasureCode[] } {
  const plan = planOf(category, measures)
  const placed = points.flatMap((point): Placed[] => {
    const dimension = plan.dimensions[point.code]
    return dimension ? [{ ...point, ...dimension }] : []
  })
  const corners = [...plan.outlines.flatMap(pointsOf), ...placed.flatMap((d) => [d.from, d.to])]
  const [x0, x1] = [Math.min(...corners.map((q) => q.x)), Math.max(...corners.map((q) => q.x))]
  const [y0, y1] = [Math.min(...corners.map((q) => q.y)), Math.max(...corners.map((q) => q.y))]
  const em = Math.max(x1 - x0, y1 - y0) * 0.03
  const pad = em * 1.6
  const plain = (d: PathData): Shape => ({ shape: 'path', d })
  const strokeWidth = r(em * 0.08)
  const drawing: Drawing = {
    box: [r(x0 - pad), r(y0 - pad), r(x1 - x0 + 2 * pad), r(y1 - y0 + 2 * pad)],
    parts: [
      [
        {
          shape: 'g',
          fill: 'none',
          stroke: '#1b1d22',
          strokeWidth: r(em * 0.13),
          join: 'round',
          children: plan.outlines.map(plain),
        },
      ],
      [{ shape: 'g', fill: 'none', stroke: '#8a8f99', strokeWidth, children: plan.seams.map(plain) }],
      [{ shape: 'g', fill: 'none', stroke: ACCENT, strokeWidth, children: placed.map((d) => dimensionLine(d, em)) }],
      placed.flatMap((d) => bubble(d, em)),
    ],
  }
  return { drawing, unplaced: points.filter((point) => !plan.dimensions[point.code]).map((point) => point.code) }
}
