/** The coat's pockets: where they are marked on the front, and the pieces they are sewn from. */
import { chain, crossingsAt, lengthOf, reachBetween, pointAlong } from '../../geometry.ts'
import type { DrawnLine, Gender, Point } from '../../types.ts'
import { hem, is, line, rectangle } from '../../blocks/common.ts'
import { lined, partsOf } from './parts.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { moved, wholePart } from '../../blocks/lining.ts'
import type { Context, CutRow, PlacedNotch, Shape } from '../../blocks/types.ts'

const patched = is('pocket', 'patch-flap', 'patch')
const flapped = is('pocket', 'patch-flap', 'flap')
const inset = is('pocket', 'flap', 'welt')
const chestPocket = is('chestPocket', 'welt')

const pocketWidth = (d: Drafted, front: string, ctx: Context): number =>
  d.stored('pocketWidth') * placed(d, front, ctx).share

/**
 * Top and bottom of the chest pocket that opens in a princess seam, on either panel of it: as far up from the hem on the
 * one as on the other.
 */
export function princessMouth(d: Drafted, front: string, panel: string, ctx: Context): PlacedNotch[] {
  if (!d.has(front, 'psHem') || !chestPocket(ctx)) return []
  const up = (part: string): Point[] => d.seamLine(part, 'psHem', 'bustPoint')
  const height = (name: string): number => lengthOf(chain(d.ring(front), d.point(front, 'psHem'), d.point(front, name)))
  return ['chestPocketTopLeft', 'chestPocketBottomLeft'].map((name) => ({
    ...pointAlong(up(panel), height(name)),
    kind: 'single',
  }))
}

/** Clear of the side seam, mm. */
const CLEAR = 12
/** A side pocket begins no nearer to the centre front than this, mm. */
const FROM_CENTRE = 30
/**
 * How a side pocket is brought on to its front: the share of its width that there is room for between buttons and side
 * seam, and how far it is moved in, mm. Over a princess seam it runs on, on the side panel.
 */
function placed(d: Drafted, front: string, ctx: Context): { share: number; shift: number } {
  if (ctx.recipe < 2 || d.has(front, 'psHem')) return { share: 1, shift: 0 }
  const corners = ['pocketFlapTopLeft', 'pocketFlapBottomRight', 'pocketTopLeft', 'pocketBottomRight']
  const [ys, xs] = [corners.map((name) => d.point(front, name).y), corners.map((name) => d.point(front, name).x)]
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const low = Math.min(Math.max(...ys), d.point(front, 'hemEdge').y - ABOVE_HEM)
  const room = reachBetween(d.ring(front), Math.min(...ys), low) - CLEAR
  const share = Math.min(1, (room - FROM_CENTRE) / (right - left))
  return { share, shift: Math.max(0, left + (right - left) * share - room) }
}

/** Above the hem, mm. */
const ABOVE_HEM = 45
/** How much of its height a patch pocket keeps: in a short coat it would hang below the hem. */
function heightFactor(d: Drafted, front: string): number {
  const [top, low] = [d.point(front, 'pocketTopLeft').y, d.point(front, 'pocketBottomRight').y]
  return Math.min(1, (d.point(front, 'hemEdge').y - ABOVE_HEM - top) / (low - top))
}
/** A piece of a side pocket in the size it has on the front. @param sunk its height too */
const pocketShape =
  (front: string, part: string, sunk: boolean) =>
  (d: Drafted, ctx: Context): Shape => {
    const factor = ctx.recipe < 2 || !sunk ? 1 : heightFactor(d, front)
    const { share } = placed(d, front, ctx)
    if (factor === 1 && share === 1) return { ring: d.ring(part), points: {} }
    const from = d.point(part, 'topLeft')
    return moved(wholePart(d, part), ({ x, y }) => ({
      x: from.x + (x - from.x) * share,
      y: y > from.y ? from.y + (y - from.y) * factor : y,
    }))
  }

/** Side, chest and inner pockets as they lie on one front. */
export function pocketMark(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const { share, shift } = placed(d, front, ctx)
  const left = Math.min(d.point(front, 'pocketTopLeft').x, d.point(front, 'pocketFlapTopLeft').x)
  const [top, factor] = [d.point(front, 'pocketTopLeft').y, ctx.recipe < 2 ? 1 : heightFactor(d, front)]
  const at = (name: string): Point => {
    const p = d.point(front, name)
    if (!name.startsWith('pocket')) return p
    const low = name.startsWith('pocketBottom') ? (p.y - top) * (1 - factor) : 0
    return { x: left + (p.x - left) * share - shift, y: p.y - low }
  }
  // Over a princess seam the mark ends there; the side panel carries the rest.
  const end = d.has(front, 'psHem') ? at('psHem').x : Infinity
  const edge = (y: number): number => (ctx.recipe < 2 ? Infinity : (crossingsAt(d.ring(front), y).at(-1) ?? Infinity))
  const box = (a: Point, b: Point) => {
    const [x, low] = [Math.min(b.x, end, edge(a.y)), Math.min(b.x, end, edge(b.y))]
    const open = [{ x, y: a.y }, a, { x: a.x, y: b.y }, { x: low, y: b.y }]
    return line('pocket', ...open, ...(x < end && x === b.x ? open.slice(0, 1) : []))
  }
  const patch = box(at('pocketTopLeft'), at('pocketBottomRight'))
  const flap = box(at('pocketFlapTopLeft'), at('pocketFlapBottomRight'))
  const mouth = line('pocket', at('pocketTopLeft'), {
    x: Math.min(end, at('pocketTopRight').x, edge(at('pocketTopRight').y)),
    y: at('pocketTopRight').y,
  })
  const marks: Record<string, DrawnLine[]> = {
    'patch-flap': [patch, flap],
    patch: [patch],
    flap: [mouth, flap],
    welt: [mouth],
    none: [],
  }
  // In the princess seam the pocket is an opening; without one it is a welt of its own.
  const chest = d.has(front, 'psHem')
    ? line('pocket', at('chestPocketTopLeft'), at('chestPocketBottomLeft'))
    : line(
        'pocket',
        at('chestPocketTopLeft'),
        at('chestPocketBottomLeft'),
        at('chestPocketBottomRight'),
        at('chestPocketTopRight'),
        at('chestPocketTopLeft'),
      )
  return [...(marks[ctx.choice('pocket')] ?? []), ...(ctx.choice('chestPocket') === 'welt' ? [chest] : [])]
}

/** Outer pockets, chest welts and the inner pocket of a lined coat. */
export function pocketRows(gender: Gender): CutRow[] {
  const { front } = partsOf(gender)
  return [...outerPockets(front), ...CHEST_AND_INNER]
}

function outerPockets(front: string): CutRow[] {
  return [
    {
      id: 'pocket',
      part: 'carlton.pocket',
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: pocketShape(front, 'carlton.pocket', true),
      edges: [hem('topLeft', 'topRight', 35)],
      when: patched,
    },
    {
      id: 'pocketLining',
      part: 'carlton.pocketLining',
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: pocketShape(front, 'carlton.pocketLining', true),
      when: (ctx) => patched(ctx) && lined(ctx),
      why: 'The design lists it as shell as well as lining, and the pocket as lining too: a patch pocket has one lining.',
    },
    {
      id: 'flap',
      part: 'carlton.pocketFlap',
      role: 'shell',
      shape: pocketShape(front, 'carlton.pocketFlap', false),
      count: 4,
      mirrored: true,
      when: flapped,
    },
    {
      id: 'flapInterlining',
      part: 'carlton.pocketFlap',
      role: 'interlining',
      shape: pocketShape(front, 'carlton.pocketFlap', false),
      count: 2,
      mirrored: true,
      when: flapped,
    },
    {
      id: 'welt',
      part: front,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d, front, ctx), ctx.choice('pocket') === 'welt' ? 90 : 50),
      when: inset,
      why: 'Inset pockets need welts; the design has patch pockets only.',
    },
    {
      id: 'weltInterlining',
      part: front,
      role: 'interlining',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d, front, ctx), ctx.choice('pocket') === 'welt' ? 45 : 50),
      when: inset,
    },
    {
      id: 'pocketBag',
      part: front,
      role: 'pocketing',
      count: 4,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d, front, ctx) + 30, 240),
      when: inset,
    },
  ]
}

const CHEST_AND_INNER: readonly CutRow[] = [
  { id: 'chestWelt', part: 'carlton.chestPocketWelt', role: 'shell', count: 2, mirrored: true, when: chestPocket },
  {
    id: 'chestPocketBag',
    part: 'carlton.chestPocketBag',
    role: 'pocketing',
    count: 2,
    mirrored: true,
    when: chestPocket,
    why: 'The design cuts the bag from shell cloth; a bag of coating is too thick to sew in.',
  },
  { id: 'innerWelt', part: 'carlton.innerPocketWelt', role: 'shell', count: 2, mirrored: true, when: lined },
  {
    id: 'innerPocketBag',
    part: 'carlton.innerPocketBag',
    role: 'pocketing',
    count: 2,
    mirrored: true,
    when: lined,
    why: 'Pocketing instead of lining, which tears under keys.',
  },
  {
    id: 'innerTab',
    part: 'carlton.innerPocketTab',
    role: 'lining',
    count: 1,
    when: lined,
    why: 'The tab is turned from lining, not shell.',
  },
]
