/**
 * The coat's turned collar, from recipe 2 on. The design cuts it off its stand by a shortcut that leaves the collar's seat
 * longer than the stand by a twentieth; here collar and stand are trued to each other and to the neckline.
 */
import type { Gender } from '../../types.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { wholePart } from '../../blocks/lining.ts'
import { along, turnedWithin, turnOf, widened } from '../../blocks/truing.ts'
import type { Context, Shape } from '../../blocks/types.ts'
import { COLLAR, neckLength, STAND } from './parts.ts'

/** Half the collar on its fold, and the whole stand, of one length where they meet. */
export function collarAndStand(d: Drafted, gender: Gender): { collar: Shape; stand: Shape } {
  const [collar, stand] = [wholePart(d, COLLAR), wholePart(d, STAND)]
  const neck = neckLength(d, gender)
  let [c, s] = [1, 1]
  for (let round = 0; round < 12; round++) {
    const gorge = 2 * along(widened(collar, c), 'rot4bottomRight', 'standTip')
    s *= (neck - gorge) / along(widened(stand, s), 'standTip', 'bottomLeft', 'standTipLeft')
    c *=
      along(widened(stand, s), 'standTip', 'standTop', 'standTipLeft') /
      (2 * along(widened(collar, c), 'standTip', 'standTop'))
  }
  return { collar: widened(collar, c), stand: widened(stand, s) }
}

export const underCollar =
  (gender: Gender) =>
  (d: Drafted, ctx: Context): Shape =>
    ctx.recipe < 2 ? { ring: d.ring(COLLAR), points: {} } : collarAndStand(d, gender).collar

/** Larger than the under collar by the turn of the cloth along its outer edge. */
export const upperCollar =
  (gender: Gender) =>
  (d: Drafted, ctx: Context): Shape => {
    const shape = underCollar(gender)(d, ctx)
    if (ctx.recipe < 2) return shape
    const at = (name: string): number => shape.points[name]?.y ?? 0
    return turnedWithin(
      shape,
      { seat: at('standTip'), outer: at('topLeft'), mm: turnOf(ctx.cloth.thickMm) },
      // Half of it: both halves together may be eased on to the stand by 6 mm.
      { seam: ['standTip', 'standTop'], by: 2.6 },
    )
  }

export const collarStand =
  (gender: Gender) =>
  (d: Drafted, ctx: Context): Shape =>
    ctx.recipe < 2 ? { ring: d.ring(STAND), points: {} } : collarAndStand(d, gender).stand
