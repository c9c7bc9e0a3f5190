/**
 * Where on a flat each construction feature is drawn: the spot a numbered leader of the tech pack points at. Read from
 * the layout itself (parts, seams, trims), so that a leader cannot point at something the drawing does not show.
 */
import { definitionOf } from '../categories/index.ts'
import type { Point } from '../types.ts'
import type { Full, PackshotInput } from '../drawing/input.ts'
import type { Path } from '../drawing/geometry.ts'
import { along, bounds, distance, lengthOf, lerp, mix, pt } from '../drawing/geometry.ts'
import type { ButtonholeTrim, Layout, Part, Trim } from '../drawing/layout.ts'

/** `slot:` and a construction slot of the block, `seam:` and a key of the blocks' seams, `part:` and what is always there. */
export type Feature = `slot:${string}` | `seam:${string}` | `part:${string}`

/** A place on a flat in its own units (mm), and the same feature on the garment's other half where it has one there. */
export interface Spot {
  at: Point
  twin?: Point
}

interface Ground {
  input: PackshotInput
  layout: Layout
  m: Full
  back: boolean
}
type Find = (g: Ground) => Spot | undefined

const once = (at: Point | undefined): Spot | undefined => (at ? { at } : undefined)
/** A feature of both halves; the drawing is symmetrical but for the hang of its sleeves. */
const twice = (at: Point | undefined, other?: Point): Spot | undefined =>
  at ? { at, twin: other ?? pt(-at.x, at.y) } : undefined

const part = ({ layout }: Ground, id: RegExp): Part | undefined => layout.parts.findLast((p) => id.test(p.id))
const mark = ({ layout }: Ground, name: string): Point | undefined => layout.marks[name]
const trims = ({ layout }: Ground, kind: Trim['kind'], over: RegExp): Point[] =>
  layout.trims.flatMap((t) => (t.kind === kind && over.test(t.over) && 'at' in t ? [t.at] : []))

const middle = (p: Part | undefined): Point | undefined => {
  if (!p) return undefined
  const b = bounds([p.outline])
  return pt((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2)
}
/** The middles of a part on the viewer's right and of its counterpart; of either where only one is drawn. */
const pair = (g: Ground, right: RegExp, left: RegExp): Spot | undefined => {
  const [r, l] = [middle(part(g, right)), middle(part(g, left))]
  return r && l ? { at: r, twin: l } : once(r ?? l)
}

/** Where an outline meets a vertical (axis x) or a level line (axis y), in rising order of the other coordinate. */
function crossings(outline: Path, axis: 'x' | 'y', at: number): number[] {
  const other = axis === 'x' ? 'y' : 'x'
  return outline
    .flatMap((a, i) => {
      const b = outline[(i + 1) % outline.length]!
      const [low, high] = a[axis] < b[axis] ? [a, b] : [b, a]
      if (low[axis] > at || high[axis] <= at) return []
      return [low[other] + ((high[other] - low[other]) * (at - low[axis])) / (high[axis] - low[axis])]
    })
    .toSorted((a, b) => a - b)
}
const lower = (p: Part | undefined, x: number): Point | undefined => {
  const y = p && crossings(p.outline, 'x', x).at(-1)
  return y === undefined ? undefined : pt(x, y)
}
const upper = (p: Part | undefined, x: number): Point | undefined => {
  const y = p && crossings(p.outline, 'x', x)[0]
  return y === undefined ? undefined : pt(x, y)
}
const outer = (p: Part | undefined, y: number): Point | undefined => {
  const x = p && crossings(p.outline, 'y', y).at(-1)
  return x === undefined ? undefined : pt(x, y)
}

const share = (path: Path | undefined, t: number): Point | undefined =>
  path?.length ? along(path, lengthOf(path) * t).p : undefined
/** The place on the part's drawn seams and stitch lines next to where the feature should be. */
function drawnNear(p: Part | undefined, target: Point | undefined, within: number): Point | undefined {
  if (!p || !target) return undefined
  const points = [...(p.seams ?? []).map((s) => s.path), ...(p.stitches ?? [])].flatMap((path) =>
    Array.from({ length: 41 }, (_, i) => share(path, i / 40)!),
  )
  const best = points.reduce<Point | undefined>(
    (near, q) => (!near || distance(q, target) < distance(near, target) ? q : near),
    undefined,
  )
  return best && distance(best, target) <= within ? best : undefined
}
const byHeight = (points: readonly Point[]): Point[] => points.toSorted((a, b) => a.y - b.y)

const BODY = /^body$/
const drawingOf = ({ input }: Ground) => definitionOf(input.category).drawing
const isLower = (g: Ground): boolean => drawingOf(g).build === 'trousers'
const isSkirt = (g: Ground): boolean => drawingOf(g).build === 'skirt'
const lap = ({ input }: Ground): 1 | -1 => (input.gender === 'men' ? 1 : -1)
const hemAt = (g: Ground): Point | undefined => mark(g, 'hem') ?? mark(g, 'skirtHem')
/** On the hem of the body, at a share of its half width. A waistcoat's fronts are parts of their own. */
const onHem = (g: Ground, t: number): Point | undefined => {
  const hem = hemAt(g)
  return hem && (lower(part(g, BODY), hem.x * t) ?? lower(part(g, /^front-under$/), hem.x * t))
}
/** On the side seam of the body, at a share of the way from the underarm (or the waist seam) to the hem. */
const onSide = (g: Ground, t: number): Point | undefined => {
  const from = mark(g, 'underarm') ?? mark(g, 'waistSeam')
  const hem = hemAt(g)
  return from && hem && outer(part(g, BODY), from.y + (hem.y - from.y) * t)
}
/** On the shoulder's edge, at a share of the way from the neck to the sleeve. */
const onShoulder = (g: Ground, t: number): Point | undefined => {
  const [neck, tip] = [mark(g, 'neckPoint'), mark(g, 'shoulderPoint')]
  return neck && tip && upper(part(g, BODY), mix(neck, tip, t).x)
}
const onArmhole = (g: Ground): Point | undefined => {
  const [tip, under] = [mark(g, 'shoulderPoint'), mark(g, 'underarm')]
  return tip && under && drawnNear(part(g, BODY), pt(tip.x - 12, tip.y + (under.y - tip.y) * 0.55), 60)
}
/** A seam between the panels of a flared skirt, the next to the middle of its half. */
function panelSeam(g: Ground): Spot | undefined {
  const hem = hemAt(g)
  if (!hem || !drawingOf(g).panelled?.(g.input.construction)) return undefined
  const y = lerp(mark(g, 'waist')?.y ?? 0, hem.y, 0.6)
  const at = drawnNear(part(g, BODY), pt(hem.x * 0.4, y), hem.x)
  return at && Math.abs(at.x) > 5 ? twice(at) : once(at)
}
const sleeveEnd = (g: Ground): Point | undefined => {
  const [a, b] = [mark(g, 'cuffInner'), mark(g, 'cuffOuter')]
  return a && b && mix(a, b, 0.5)
}
/** The mouth of trousers' side pocket: the seam that ends at the leg's outer edge. */
const pocketMouth = (g: Ground): Path | undefined =>
  part(g, /^leg-right$/)?.seams?.find(({ path }) => {
    const [first, last] = [path[0], path.at(-1)]
    const edge = last && outer(part(g, /^leg-right$/), last.y)
    return first && last && edge && first.y < 110 && last.y > first.y + 60 && Math.abs(edge.x - last.x) < 8
  })?.path

const onBand = (g: Ground, id: RegExp, x: number): Point | undefined => {
  const band = part(g, id)
  const [top, low] = [upper(band, x), lower(band, x)]
  return top && low && mix(top, low, 0.5)
}
const neckBandEdge = (g: Ground, t: number): Point | undefined => lower(part(g, /^neck-band$/), (g.m.neckWidth / 2) * t)

const SLOTS: Readonly<Record<string, Find>> = {
  collar: (g) => {
    if (g.back) return undefined
    const leaves = pair(g, /^collar-right$/, /^collar-left$/)
    if (leaves) return leaves
    return part(g, /^neck-band$/)
      ? twice(onBand(g, /^neck-band$/, g.m.neckWidth / 5))
      : twice(upper(part(g, BODY), g.m.neckWidth / 5))
  },
  // on its inside, which tells whether and with what it is lined
  hood: (g) => {
    const inside = part(g, /^hood-inside$/)
    const b = inside && bounds([inside.outline])
    return b && twice(pt(b.x1 * 0.45, lerp(b.y0, b.y1, 0.4)))
  },
  shoulder: (g) => pair(g, /^epaulette-right$/, /^epaulette-left$/) ?? twice(onShoulder(g, 0.6)),
  closure: (g) => {
    const kind = g.input.construction['closure']
    const body = part(g, BODY)
    if (kind === 'side-zip') return once(outer(body, (mark(g, 'waistSeam')?.y ?? 0) + 90))
    if (kind === 'back-zip') {
      const top = upper(body, 0)
      const long = isSkirt(g) ? g.m.waistband + 110 : g.m.waistLength * 0.5
      return g.back && top ? once(drawnNear(body, pt(0, long), 40)) : undefined
    }
    if (g.back) return undefined
    if (isLower(g))
      return part(g, /^band-tab$/)
        ? once(
            drawnNear(part(g, lap(g) === 1 ? /^leg-right$/ : /^leg-left$/), pt(lap(g) * 36, g.m.frontRise * 0.45), 14),
          )
        : undefined
    const zip = g.layout.trims.find((t) => t.kind === 'zip')
    if (zip && 'path' in zip) return once(share(zip.path, 0.4))
    const buttons = byHeight(trims(g, 'button', /^(front-top|placket|body)$/))
    return once(buttons[Math.floor((buttons.length - 1) / 2)] ?? share(part(g, /^front-top$/)?.stitches?.[0], 0.5))
  },
  pocket: (g) => {
    if (g.back) return undefined
    if (isLower(g)) return twice(share(pocketMouth(g), 0.5))
    const sewn =
      pair(g, /^pocket-(right|1)$/, /^pocket-(left|-1)$/) ??
      pair(g, /^pocket-right-flap$/, /^pocket-left-flap$/) ??
      pair(g, /^pouch-1$/, /^pouch--1$/) ??
      once(middle(part(g, /^(pocket|pouch)$/)))
    if (sewn || g.input.construction['pocket'] !== 'seam') return sewn
    const hip = mark(g, 'hip')?.y ?? g.m.waistLength + 110
    return twice(outer(part(g, BODY), hip))
  },
  chestPocket: (g) => pair(g, /^(chest-1|breast-welt)$/, /^chest--1$/),
  backPocket: (g) => (g.back ? pair(g, /^back-pocket-1$/, /^back-pocket--1$/) : undefined),
  sleeve: (g) => {
    // at the elbow; a short sleeve's inner part lies under the body
    const long = mark(g, 'elbowInner')
    const [a, b] = long ? [long, mark(g, 'elbowOuter')] : [mark(g, 'bicepInner'), mark(g, 'bicepOuter')]
    return part(g, /^sleeve-right$/) && twice(a && b && mix(a, b, long ? 0.5 : 0.72))
  },
  cuff: (g) => {
    const [right, left] = [trims(g, 'button', /^sleeve-right$/)[0], trims(g, 'button', /^sleeve-left$/)[0]]
    if (right && left) return { at: right, twin: left }
    return pair(g, /^cuff-right$/, /^cuff-left$/) ?? twice(sleeveEnd(g))
  },
  belt: (g) => {
    if (isLower(g)) return pair(g, /^loop-0\.84$/, /^loop--0\.84$/)
    const strap = part(g, /^cinch-/)
    if (strap) return once(trims(g, 'buckle', /^cinch/)[0] ?? middle(strap))
    const half = g.input.construction['belt'] === 'half'
    if (half !== g.back) return undefined
    return half
      ? once(middle(part(g, /^belt$/)))
      : once(middle(part(g, /^belt-knot$/)) ?? trims(g, 'buckle', /^belt/)[0] ?? middle(part(g, /^belt$/)))
  },
  back: (g) => {
    if (!g.back) return undefined
    const vent = part(g, /^vent$/)
    if (vent) return once(share(vent.outline, 0.02))
    const body = part(g, BODY)
    const kind = g.input.construction['back']
    if (kind === 'darts') return twice(drawnNear(body, pt(g.m.halfChest * 0.2, g.m.waistLength), 120))
    if (kind === 'centre-vent' || kind === 'no-vent') return once(drawnNear(body, pt(0, g.m.bodyLength * 0.8), 40))
    return kind === 'lining' || kind === 'self'
      ? twice(pt(g.m.halfChest * 0.3, g.m.bodyLength * 0.5))
      : once(pt(0, g.m.bodyLength * 0.45))
  },
  vent: (g) => (g.back ? once(share(part(g, /^vent$/)?.outline, 0.02)) : undefined),
  hem: (g) => {
    if (isLower(g)) {
      const [a, b] = [mark(g, 'legInner'), mark(g, 'legOuter')]
      return pair(g, /^turnup-1$/, /^turnup--1$/) ?? twice(a && b && lower(part(g, /^leg-right$/), mix(a, b, 0.45).x))
    }
    return twice(onHem(g, 0.5))
  },
  rib: (g) => {
    const hem = hemAt(g)
    return hem && (twice(onBand(g, /^hem-rib$/, hem.x * 0.5)) ?? twice(onHem(g, 0.5)))
  },
  shape: (g) => twice(outer(part(g, BODY), mark(g, 'waist')?.y ?? g.m.bodyLength * 0.6)),
  skirt: (g) => twice(onSide(g, 0.72)),
  waist: (g) => twice(onBand(g, /^waistband$/, g.m.halfWaist * 0.32)),
  front: (g) =>
    g.back
      ? undefined
      : twice(pt(g.m.halfWaist * 0.27, g.input.construction['front'] === 'pleat' ? g.m.frontRise * 0.9 : 110)),
}

const SEAM_SPOTS: Readonly<Record<string, Find>> = {
  tailored: (g) => (g.back ? once(drawnNear(part(g, BODY), pt(0, g.m.bodyLength * 0.28), 40)) : undefined),
  topstitch: (g) => {
    if (g.back) return undefined
    for (const [id, line, t] of [
      [/^front-top$/, 0, 0.78],
      [/^lapel-top$/, 0, 0.5],
      [/^collar-right$/, 0, 0.5],
      [/^pouch(-1)?$/, 0, 0.5],
      [BODY, 1, 0.8],
    ] as const) {
      const at = share(part(g, id)?.stitches?.[line], t)
      if (at) return once(at)
    }
    return undefined
  },
  buttonhole: (g) => {
    if (g.back) return undefined
    const over = /^(front-top|placket|body|band-tab)$/
    const hole = g.layout.trims
      .filter((t) => t.kind === 'buttonhole' && over.test(t.over))
      .reduce<ButtonholeTrim | undefined>(
        (low, t) => (t.kind === 'buttonhole' && t.at.y > (low?.at.y ?? 0) ? t : low),
        undefined,
      )
    // its end beside the button, which covers the rest
    return once(
      hole
        ? pt(hole.at.x + (Math.sign(hole.at.x) * hole.length) / 2, hole.at.y)
        : byHeight(trims(g, 'button', over)).at(-1),
    )
  },
  blindHem: (g) => {
    if (!isLower(g)) return twice(onHem(g, 0.55))
    const [a, b] = [mark(g, 'legInner'), mark(g, 'legOuter')]
    return twice(a && b && lower(part(g, /^leg-right$/), mix(a, b, 0.55).x))
  },
  knitAssembly: (g) => twice(onArmhole(g)),
  // further out where the hood covers the neck
  knitTape: (g) => (g.back ? twice(onShoulder(g, part(g, /^hood/) ? 0.75 : 0.35)) : undefined),
  knitHem: (g) => twice(onHem(g, 0.55)),
  ribJoin: (g) => {
    const ribbed = part(g, /^cuff-right$/) && mark(g, 'cuffTop')
    return twice(ribbed ?? neckBandEdge(g, 0.3))
  },
  ribCover: (g) => {
    const hem = hemAt(g)
    return twice((hem && upper(part(g, /^hem-rib$/), hem.x * 0.7)) ?? neckBandEdge(g, 0.7))
  },
  shirtFell: (g) => twice(onSide(g, 0.5)),
  shirtLock: (g) => {
    const [tip, under] = [mark(g, 'shoulderPoint'), mark(g, 'underarm')]
    return g.back && tip && under
      ? twice(drawnNear(part(g, BODY), pt(tip.x * 0.45, tip.y + (under.y - tip.y) * 0.36), 40))
      : undefined
  },
  shirtHem: (g) => twice(onHem(g, 0.4)),
  trouserSide: (g) =>
    panelSeam(g) ??
    twice(isLower(g) ? outer(part(g, /^leg-right$/), g.m.frontRise + g.m.inseam * 0.25) : onSide(g, 0.45)),
  trouserInseam: (g) => {
    const crotch = mark(g, 'crotch')
    return g.back && crotch
      ? twice(drawnNear(part(g, /^leg-right$/), pt(0, crotch.y * 0.8), 20) ?? pt(crotch.x, crotch.y))
      : undefined
  },
  waistband: (g) => twice(lower(part(g, /^waistband$/), g.m.halfWaist * 0.2)),
  bartack: (g) => twice(g.back ? undefined : share(pocketMouth(g), 0.97)),
}
const PARTS: Readonly<Record<string, Find>> = {
  // at the fold of a coat's skirt, where it is seen to open
  pleat: (g) => {
    const [right, left] = [part(g, /^pleat-1$/), part(g, /^pleat--1$/)]
    const y = g.m.waistLength + (g.m.bodyLength - g.m.waistLength) * 0.45
    const [r, l] = [outer(right, y), left && crossings(left.outline, 'y', y)[0]]
    return r && l !== undefined ? { at: r, twin: pt(l, y) } : undefined
  },
}
const SEAMS: Readonly<Record<string, Find>> = { ...SEAM_SPOTS, eyelet: SEAM_SPOTS['buttonhole']! }

/**
 * Every feature that this view of the layout shows, with its place in mm. A feature without a visible spot (a lining,
 * a fastening hidden under its facing) is not in it.
 */
export function featureSpots(input: PackshotInput, layout: Layout, m: Full): ReadonlyMap<Feature, Spot> {
  const ground: Ground = { input, layout, m, back: input.view === 'back' }
  const found = new Map<Feature, Spot>()
  for (const [kind, finds] of [
    ['slot', SLOTS],
    ['seam', SEAMS],
    ['part', PARTS],
  ] as const)
    for (const [key, find] of Object.entries(finds)) {
      const spot = find(ground)
      if (spot) found.set(`${kind}:${key}`, Math.abs(spot.at.x) < 1 ? { at: spot.at } : spot)
    }
  return found
}
