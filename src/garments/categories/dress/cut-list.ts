/** What a dress is cut from: bodice and sleeves, flared or pencil skirt, facings, lining. */
import { SKIRT_MOUTH } from '../../openings.ts'
import { hem, is, isNot, line, rectangle, since2 } from '../../blocks/common.ts'
import {
  armholeLength,
  BACK,
  backDarts,
  backShape,
  bodiceGirth,
  bodiceQuarter,
  flared,
  flarePanel,
  FRONT,
  frontDarts,
  frontShape,
  lined,
  neckLength,
  panels,
  pencil,
  SLEEVE,
  TAPE_ENDS,
  sleeved,
  sleeveless,
  sleeveShape,
  zipBelowWaist,
} from './parts.ts'
import { panelLining, panelRows } from '../../blocks/flared-panels.ts'
import { pencilRows } from '../pencil-skirt/block.ts'
import { bagRow, SKIRT_BAG } from '../../blocks/seam-pocket.ts'
import type { Drafted } from '../../blocks/engine.ts'
import type { Context, CutRow } from '../../blocks/types.ts'
import { between } from '../../geometry.ts'
import type { DrawnLine } from '../../types.ts'

/** Width of a tie belt, mm. */
const BELT = 35

const shared =
  'The design cuts its darts out of the outline and has one neckline; here the darts are sewn and the neckline is the style’s.'

/** Where a loop is sewn on, from above the waist down to its seam: between the dart and the side. */
function loopPlace(d: Drafted, ctx: Context): DrawnLine[] {
  if (ctx.choice('belt') !== 'tie') return []
  const [dart, side] = [d.point(FRONT, 'waistDartRight'), d.point(FRONT, 'sideHemInitial')]
  const low = between(dart, side, 0.4)
  return [line('guide', { x: low.x, y: low.y - (BELT + 40) / 2 }, low)]
}

export const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    shape: frontShape,
    notches: ['armholePitch', 'bustDartTop', 'bustDartBottom'],
    lines: (d, ctx) => [...frontDarts(d, ctx), ...(since2(ctx) ? loopPlace(d, ctx) : [])],
    why: shared,
  },
  {
    id: 'back',
    part: BACK,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: backShape,
    notches: ['armholePitch:double', 'bustCenter'],
    lines: backDarts,
    why: 'The design folds the back on its shaped centre seam; ours has a zip there and is cut twice.',
  },
  {
    id: 'sleeve',
    part: SLEEVE,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: sleeveShape,
    edges: [hem('hemLeft', 'hemRight', 25)],
    notches: ['frontNotch', 'backNotch:double', 'sleeveTip'],
    when: sleeved,
  },
  ...pencilRows(pencil, bodiceQuarter, { zip: zipBelowWaist, pockets: is('pocket', 'seam') }),
  ...panelRows({
    part: FRONT,
    shape: (d, ctx) => flarePanel(d, ctx),
    count: panels,
    zip: zipBelowWaist,
    pockets: is('pocket', 'seam'),
    when: flared,
    why: 'Panels of a circle on the bodice’s own waist.',
  }),
  panelLining(FRONT, flarePanel, panels, (ctx) => flared(ctx) && lined(ctx)),
  {
    id: 'frontLining',
    part: FRONT,
    role: 'lining',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    shape: frontShape,
    lines: frontDarts,
    when: lined,
  },
  {
    id: 'backLining',
    part: BACK,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: backShape,
    lines: backDarts,
    when: lined,
  },
  {
    id: 'neckTape',
    part: FRONT,
    role: 'shell',
    count: 1,
    grainDeg: 45,
    shape: (d, ctx) => rectangle(neckLength(d, ctx) + TAPE_ENDS, 20),
    when: isNot('lining', 'full'),
    why: 'Binds the neckline of an unlined dress, on the bias.',
  },
  {
    id: 'armholeFacing',
    part: FRONT,
    role: 'shell',
    count: 2,
    mirrored: true,
    grainDeg: 45,
    shape: (d) => rectangle(armholeLength(d), 25),
    when: (ctx) => sleeveless(ctx) && !lined(ctx),
    why: 'Binds the armholes of a sleeveless, unlined dress.',
  },
  {
    id: 'belt',
    part: FRONT,
    role: 'shell',
    count: 1,
    grainDeg: 0,
    shape: (d, ctx) => rectangle(bodiceGirth(d, ctx) + 600, 2 * BELT),
    when: is('belt', 'tie'),
  },
  {
    id: 'beltLoop',
    part: FRONT,
    role: 'shell',
    count: 2,
    grainDeg: 0,
    shape: () => rectangle(BELT + 40, 24),
    when: is('belt', 'tie'),
    recipes: [2, 3],
    why: 'Holds the belt at the waist seam, on either side of the front.',
  },
  bagRow(FRONT, SKIRT_BAG, SKIRT_MOUTH, is('pocket', 'seam')),
]
