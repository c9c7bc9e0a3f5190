/** What sweatshirts and hoodies are cut from: body and sleeves, rib bands, hood and its lining, pockets. */
import { distance, inside, pointAlong } from '../../geometry.ts'
import type { DrawnLine, Point } from '../../types.ts'
import { eyelet, foldLine, hem, is, isNot, line, ribBand } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { wholePart } from '../../blocks/lining.ts'
import { along, lifted } from '../../blocks/truing.ts'
import type { Context, CutRow, Shape } from '../../blocks/types.ts'

export type Kind = 'sven' | 'hugo' | 'huey'

/** A rib is cut shorter than the edge it gathers in: the share of the edge. */
export const SHARE = { neck: 0.88, cuff: 0.82, hem: 0.9 }

interface Names {
  front: string
  back: string
  sleeve: string
  /** Where the body ends above its rib. */
  cfHem: string
  cbHem: string
  hem: string
  hood: string | null
}

export const namesOf = (kind: Kind): Names => ({
  front: `${kind}.front`,
  back: `${kind}.back`,
  sleeve: `${kind}.sleeve`,
  cfHem: kind === 'hugo' ? 'cfRibbing' : 'cfHem',
  cbHem: kind === 'hugo' ? 'cbRibbing' : 'cbHem',
  hem: kind === 'hugo' ? 'ribbing' : 'hem',
  hood: { sven: null, hugo: 'library.hoodSide', huey: 'huey.hood' }[kind],
})

export const ribbed = is('rib', 'rib')
const hemmed = isNot('rib', 'rib')
export const withPocket = isNot('pocket', 'none')

/** Finished height of the hem and cuff ribs: the design stores it as half its doubled band. */
export const ribHeight = (d: Drafted, kind: Kind, ctx: Context): number =>
  ribbed(ctx) ? d.distance(`${kind}.waistband`, 'topLeft', 'topRight') / 2 : 0

export const hemEdge = (d: Drafted, n: Names): number => 2 * (d.point(n.front, n.hem).x + d.point(n.back, n.hem).x)
export const wristEdge = (d: Drafted, n: Names): number => d.distance(n.sleeve, 'wristLeft', 'wristRight')

export function neckEdge(d: Drafted, kind: Kind, n: Names): number {
  if (kind !== 'hugo')
    return 2 * (d.seam(n.front, 'cfNeck', 's3CollarSplit') + d.seam(n.back, 'cbNeck', 's3CollarSplit'))
  const sleeve = d.seam(n.sleeve, 'raglanTipFront', 'raglanTipBack', 'raglanTop')
  return 2 * (d.seam(n.front, 'cfNeck', 'raglanTipFront') + d.seam(n.back, 'cbNeck', 'raglanTipBack') + sleeve)
}

/** Neck edge of the hood, both sides and the centre strip. */
export const hoodEdge = (d: Drafted, kind: Kind): number =>
  kind === 'hugo'
    ? 2 * d.seam('library.hoodSide', 'neckEdge', 'cfNotch', 'shoulderNotch') +
      d.distance('library.hoodCenter', 'topLeft', 'bottomLeft')
    : 2 * d.seam('huey.hood', 'cfBottom', 'cbBottom')

/** The sleeve; a raglan's two edges are brought to the lengths of the body's. */
export function sleeveShape(d: Drafted, kind: Kind, ctx: Context): Shape {
  const n = namesOf(kind)
  if (kind !== 'hugo' || ctx.recipe < 2) return { ring: d.ring(n.sleeve), points: {} }
  const shape = wholePart(d, n.sleeve)
  const x = (name: string): number => d.point(n.sleeve, name).x
  const frontIsLeft = x('raglanTipFront') < x('raglanTipBack')
  const [left, right] = frontIsLeft
    ? [x('raglanTipFront'), x('raglanTipBack')]
    : [x('raglanTipBack'), x('raglanTipFront')]
  const base = Math.min(d.point(n.sleeve, 'bicepsLeft').y, d.point(n.sleeve, 'bicepsRight').y)
  const wanted = [d.seam(n.front, 'raglanTipFront', 'armhole'), d.seam(n.back, 'raglanTipBack', 'armhole')] as const
  const edges = [
    ['raglanTipFront', 'frontNotch', 'bicepsLeft'],
    ['raglanTipBack', 'backNotch', 'bicepsRight'],
  ] as const
  let [f, b] = [1, 1]
  const made = (): Shape => lifted(shape, { base, left, right, factors: frontIsLeft ? [f, b] : [b, f] })
  for (let round = 0; round < 12; round++) {
    const now = made()
    f *= wanted[0] / along(now, ...edges[0])
    b *= wanted[1] / along(now, ...edges[1])
  }
  return made()
}

function pocketMark(d: Drafted, kind: Kind, n: Names, ctx: Context): DrawnLine[] {
  if (kind === 'sven' || !withPocket(ctx)) return []
  const names =
    kind === 'hugo'
      ? ['pocketCf', 'pocketTop', 'pocketTip', 'pocketHem']
      : ['pocketCfTop', 'pocketTopRight', 'pocketTip', 'pocketHem']
  const points = names.map((name): Point => d.point(n.front, name))
  return [line('pocket', ...points)]
}

/** From the lower end of a hood's edge to the eyelet of its cord, and from the edge in, mm. */
const CORD_EXIT = { up: 32, inside: 13 }
function cordExit(d: Drafted, part: string, low: string, high: string, ctx: Context): DrawnLine[] {
  if (ctx.recipe < 2) return []
  const edge = d.seamLine(part, low, high)
  const [from, to] = [pointAlong(edge, CORD_EXIT.up - 1), pointAlong(edge, CORD_EXIT.up + 1)]
  const step = distance(from, to)
  const normal = { x: (to.y - from.y) / step, y: (from.x - to.x) / step }
  const at = (side: 1 | -1): Point => ({
    x: (from.x + to.x) / 2 + side * normal.x * CORD_EXIT.inside,
    y: (from.y + to.y) / 2 + side * normal.y * CORD_EXIT.inside,
  })
  return [eyelet(inside(d.ring(part), at(1)) ? at(1) : at(-1))]
}

export function cutListOf(kind: Kind): CutRow[] {
  const n = namesOf(kind)
  const raglan = kind === 'hugo'
  const hemAllowance = (ctx: Context): number => (hemmed(ctx) ? 30 : ctx.sa)
  const rows: CutRow[] = [
    {
      id: 'front',
      part: n.front,
      role: 'shell',
      ...(kind === 'huey' ? { count: 2, mirrored: true } : { count: 1, fold: ['cfNeck', n.cfHem] as const }),
      edges: [hem(n.cfHem, n.hem, hemAllowance)],
      notches: [raglan ? 'sleeveNotch' : 'armholePitch'],
      lines: (d, ctx) => pocketMark(d, kind, n, ctx),
    },
    {
      id: 'back',
      part: n.back,
      role: 'shell',
      count: 1,
      fold: ['cbNeck', n.cbHem],
      edges: [hem(n.cbHem, n.hem, hemAllowance)],
      notches: [raglan ? 'sleeveNotch:double' : 'armholePitch:double'],
    },
    {
      id: 'sleeve',
      part: n.sleeve,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => sleeveShape(d, kind, ctx),
      edges: [hem('wristLeft', 'wristRight', hemAllowance)],
      notches: ['frontNotch', 'backNotch:double', raglan ? 'raglanTop' : 'sleeveTip'],
    },
    {
      id: 'hemRib',
      part: n.front,
      role: 'rib',
      count: 1,
      shape: (d, ctx) => ribBand(hemEdge(d, n), SHARE.hem, ribHeight(d, kind, ctx)),
      lines: (d, ctx) => foldLine(hemEdge(d, n) * SHARE.hem, ribHeight(d, kind, ctx)),
      when: ribbed,
      recipes: [1],
      why:
        kind === 'sven'
          ? 'The design lists two bands, each as long as the whole hem; a sweatshirt has one.'
          : 'Cut with the stretch across, so its length lies on the weft.',
    },
    {
      id: 'hemRib',
      part: n.front,
      role: 'rib',
      count: 2,
      mirrored: kind === 'huey',
      shape: (d, ctx) => ribBand(hemEdge(d, n) / 2, SHARE.hem, ribHeight(d, kind, ctx)),
      lines: (d, ctx) => foldLine((hemEdge(d, n) / 2) * SHARE.hem, ribHeight(d, kind, ctx)),
      when: ribbed,
      recipes: [2, 3],
      why: 'In two, joined at the sides or the centre back: a large size’s whole hem is wider than rib is knitted.',
    },
    {
      id: 'cuffRib',
      part: n.sleeve,
      role: 'rib',
      count: 2,
      shape: (d, ctx) => ribBand(wristEdge(d, n), SHARE.cuff, ribHeight(d, kind, ctx)),
      lines: (d, ctx) => foldLine(wristEdge(d, n) * SHARE.cuff, ribHeight(d, kind, ctx)),
      when: ribbed,
    },
    {
      id: 'neckTape',
      part: n.back,
      role: 'shell',
      count: 1,
      shape: (d) => ribBand(neckEdge(d, kind, n), raglan ? 1 : 0.5, 6),
      why: 'Binds the neck seam inside.',
    },
  ]
  if (kind === 'sven')
    rows.push({
      id: 'neckRib',
      part: n.front,
      role: 'rib',
      count: 1,
      shape: (d, ctx) => ribBand(neckEdge(d, kind, n), SHARE.neck, ctx.parameter('collarHeight')),
      lines: (d, ctx) => foldLine(neckEdge(d, kind, n) * SHARE.neck, ctx.parameter('collarHeight')),
      why: 'The design has no neckband.',
    })
  const lining = (ctx: Context) => (ctx.choice('hood') === 'contrast' ? 'contrast' : 'shell')
  const doubled = isNot('hood', 'single')
  if (kind === 'hugo')
    rows.push(
      {
        id: 'hoodSide',
        part: 'library.hoodSide',
        role: 'shell',
        count: 2,
        mirrored: true,
        notches: ['shoulderNotch', 'cfNotch'],
        lines: (d, ctx) => cordExit(d, 'library.hoodSide', 'frontEdge', 'hoodRim', ctx),
        edges: (ctx) => (doubled(ctx) ? [] : [hem('hoodRim', 'frontEdge', 25)]),
      },
      { id: 'hoodCentre', part: 'library.hoodCenter', role: 'shell', count: 1, grainDeg: 0 },
      {
        id: 'hoodSideLining',
        part: 'library.hoodSide',
        role: lining,
        count: 2,
        mirrored: true,
        when: doubled,
        why: 'The design’s second pair: its own row, so that it can be of another cloth or left out.',
      },
      {
        id: 'hoodCentreLining',
        part: 'library.hoodCenter',
        role: lining,
        count: 1,
        grainDeg: 0,
        when: doubled,
        why: 'The design’s second strip.',
      },
      {
        id: 'kangaroo',
        part: 'hugo.pocket',
        role: 'shell',
        count: 1,
        fold: ['pocketCf', 'cfRibbing'],
        edges: [hem('pocketCf', 'pocketTop', 15)],
        when: withPocket,
        why: 'The design lists two halves; the pocket is one piece on the fold.',
      },
      { id: 'kangarooFacing', part: 'hugo.pocketFacing', role: 'shell', count: 2, mirrored: true, when: withPocket },
    )
  if (kind === 'huey')
    rows.push(
      {
        id: 'hoodSide',
        part: 'huey.hood',
        role: 'shell',
        count: 2,
        mirrored: true,
        notches: ['backPitch'],
        lines: (d, ctx) => cordExit(d, 'huey.hood', 'cfTop', 'frontTop', ctx),
        edges: (ctx) => (doubled(ctx) ? [] : [hem('frontTop', 'cfTop', 25)]),
      },
      {
        id: 'hoodSideLining',
        part: 'huey.hood',
        role: lining,
        count: 2,
        mirrored: true,
        when: doubled,
        why: 'The design’s second pair: its own row, so that it can be of another cloth or left out.',
      },
      {
        id: 'kangaroo',
        part: 'huey.pocket',
        role: 'shell',
        count: 2,
        mirrored: true,
        edges: [hem('pocketCfTop', 'pocketTopRight', 15)],
        when: withPocket,
      },
    )
  return rows
}
