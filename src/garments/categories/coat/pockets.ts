/** The coat's pockets: where they are marked on the front, and the pieces they are sewn from. */
import { chain, crossingsAt, lengthOf, pointAlong } from '../../geometry.ts'
import type { DrawnLine, Gender, Point } from '../../types.ts'
import { hem, is, line, rectangle } from '../../blocks/common.ts'
import { lined, partsOf } from './parts.ts'
import type { Drafted } from '../../blocks/engine.ts'
import type { Context, CutRow, PlacedNotch } from '../../blocks/types.ts'

const patched = is('pocket', 'patch-flap', 'patch')
const flapped = is('pocket', 'patch-flap', 'flap')
const inset = is('pocket', 'flap', 'welt')
const chestPocket = is('chestPocket', 'welt')

const pocketWidth = (d: Drafted): number => d.stored('pocketWidth')

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
/** How far a side pocket that reaches beyond its front is moved in, mm: at its flap and all the way down. */
function inwards(d: Drafted, front: string): number {
  const corners = ['pocketFlapTopLeft', 'pocketFlapBottomRight', 'pocketTopLeft', 'pocketBottomRight']
  const ys = corners.map((name) => d.point(front, name).y)
  const right = Math.max(d.point(front, 'pocketFlapBottomRight').x, d.point(front, 'pocketBottomRight').x)
  const [top, low] = [Math.min(...ys), Math.max(...ys)]
  const room = Array.from(
    { length: 9 },
    (_, i) => crossingsAt(d.ring(front), top + ((low - top) * i) / 8).at(-1) ?? Infinity,
  )
  return Math.max(0, right + CLEAR - Math.min(...room))
}

/** Side, chest and inner pockets as they lie on one front. */
export function pocketMark(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const shift = d.has(front, 'psHem') || ctx.recipe < 2 ? 0 : inwards(d, front)
  const at = (name: string): Point => {
    const p = d.point(front, name)
    return name.startsWith('pocket') ? { x: p.x - shift, y: p.y } : p
  }
  // Over a princess seam the mark ends there; the side panel carries the rest.
  const end = d.has(front, 'psHem') ? at('psHem').x : Infinity
  const box = (a: Point, b: Point) => {
    const x = Math.min(b.x, end)
    const open = [{ x, y: a.y }, a, { x: a.x, y: b.y }, { x, y: b.y }]
    return line('pocket', ...open, ...(x < end ? open.slice(0, 1) : []))
  }
  const patch = box(at('pocketTopLeft'), at('pocketBottomRight'))
  const flap = box(at('pocketFlapTopLeft'), at('pocketFlapBottomRight'))
  const mouth = line('pocket', at('pocketTopLeft'), {
    x: Math.min(end, at('pocketTopRight').x),
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
  return [
    {
      id: 'pocket',
      part: 'carlton.pocket',
      role: 'shell',
      count: 2,
      mirrored: true,
      edges: [hem('topLeft', 'topRight', 35)],
      when: patched,
    },
    {
      id: 'pocketLining',
      part: 'carlton.pocketLining',
      role: 'lining',
      count: 2,
      mirrored: true,
      when: (ctx) => patched(ctx) && lined(ctx),
      why: 'The design lists it as shell as well as lining, and the pocket as lining too: a patch pocket has one lining.',
    },
    {
      id: 'flap',
      part: 'carlton.pocketFlap',
      role: 'shell',
      count: 4,
      mirrored: true,
      when: flapped,
    },
    {
      id: 'flapInterlining',
      part: 'carlton.pocketFlap',
      role: 'interlining',
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
      shape: (d, ctx) => rectangle(pocketWidth(d), ctx.choice('pocket') === 'welt' ? 90 : 50),
      when: inset,
      why: 'Inset pockets need welts; the design has patch pockets only.',
    },
    {
      id: 'weltInterlining',
      part: front,
      role: 'interlining',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d), ctx.choice('pocket') === 'welt' ? 45 : 50),
      when: inset,
    },
    {
      id: 'pocketBag',
      part: front,
      role: 'pocketing',
      count: 4,
      mirrored: true,
      shape: (d) => rectangle(pocketWidth(d) + 30, 240),
      when: inset,
    },
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
}
