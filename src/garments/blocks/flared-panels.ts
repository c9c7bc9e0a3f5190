/** Equal panels of a flared skirt, for the full skirt and the dress: their shape, and which of them carry which notches. */
import { at } from '../geometry.ts'
import { SKIRT_MOUTH } from '../openings.ts'
import type { Point } from '../types.ts'
import { hem } from './common.ts'
import type { Drafted } from './engine.ts'
import { LINING } from './lining.ts'
import { mouthNotches, zipNotch } from './seam-pocket.ts'
import { hemDepth } from './skirts.ts'
import type { Context, CutRow, Shape } from './types.ts'

/** One of `count` equal panels of a ring from radius `inner` to `outer` over `degrees` in all, grain down its middle. */
export function panelOf(inner: number, outer: number, degrees: number, count: number): Shape {
  const half = (degrees / count / 2) * (Math.PI / 180)
  const arc = (radius: number, from: number, to: number): Point[] => {
    const steps = Math.max(4, Math.ceil((radius * Math.abs(to - from)) / 25))
    return Array.from({ length: steps + 1 }, (_, i) => {
      const angle = from + ((to - from) * i) / steps
      return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) }
    })
  }
  const top = arc(inner, -half, half)
  const bottom = arc(outer, half, -half)
  return {
    ring: [...top, ...bottom],
    points: {
      topLeft: at(top, 0),
      topRight: at(top, -1),
      hemRight: at(bottom, 0),
      hemLeft: at(bottom, -1),
      hemMiddle: { x: 0, y: outer },
      topMiddle: { x: 0, y: inner },
    },
  }
}

const PANEL_HEM = hem('hemLeft', 'hemRight', hemDepth, 'hemMiddle')

interface Panels {
  /** Any part of the draft. */
  part: string
  shape: (d: Drafted, ctx: Context) => Shape
  count: (ctx: Context) => number
  /** How far below the waist the zip ends, mm. */
  zip: (d: Drafted, ctx: Context) => number
  /** Pockets in both side seams; the zip is at the centre back then. */
  pockets: (ctx: Context) => boolean
  when: (ctx: Context) => boolean
  why: string
}

/**
 * The panels of the shell. The two beside the zip are marked where it ends, those beside a side seam with the pocket's
 * mouth; of four panels, the two at the back have both. As drawn, the marked seam is the right one.
 */
export function panelRows({ part, shape, count, zip, pockets, when, why }: Panels): CutRow[] {
  const four = (ctx: Context): boolean => pockets(ctx) && count(ctx) === 4
  const beside = (ctx: Context): number => {
    if (!pockets(ctx)) return 0
    return four(ctx) ? 2 : 4
  }
  const seam = (d: Drafted, ctx: Context, side: 'Left' | 'Right'): Point[] => {
    const { points } = shape(d, ctx)
    return [points[`top${side}`], points[`hem${side}`]].filter((p) => p !== undefined)
  }
  const shared = { part, role: 'shell', shape, edges: [PANEL_HEM], notches: ['topMiddle'] } as const
  return [
    {
      ...shared,
      id: 'skirtPanelZip',
      count: 2,
      mirrored: true,
      placed: (d, ctx) => [
        zipNotch(seam(d, ctx, 'Right'), zip(d, ctx)),
        ...(four(ctx) ? mouthNotches(seam(d, ctx, 'Left'), SKIRT_MOUTH) : []),
      ],
      when,
      why,
    },
    {
      ...shared,
      id: 'skirtPanelSide',
      count: beside,
      mirrored: true,
      placed: (d, ctx) => mouthNotches(seam(d, ctx, 'Right'), SKIRT_MOUTH),
      when: (ctx) => when(ctx) && pockets(ctx),
      why,
    },
    {
      ...shared,
      id: 'skirtPanel',
      count: (ctx) => count(ctx) - 2 - beside(ctx),
      when: (ctx) => when(ctx) && count(ctx) > 2 + beside(ctx),
      why,
    },
  ]
}

/** The lining of equal panels: shorter than the shell from recipe 2 on, with a hem of its own. @param shape a panel that ends so far above the shell's edge, mm */
export const panelLining = (
  part: string,
  shape: (d: Drafted, ctx: Context, above: number) => Shape,
  count: (ctx: Context) => number,
  when: (ctx: Context) => boolean,
): CutRow => ({
  id: 'skirtPanelLining',
  part,
  role: 'lining',
  count,
  shape: (d, ctx) => shape(d, ctx, ctx.recipe < 2 ? 0 : LINING.shorter),
  edges: (ctx) => (ctx.recipe < 2 ? [] : [hem('hemLeft', 'hemRight', LINING.hem, 'hemMiddle')]),
  when,
})
