/** What a shirt is cut from: fronts and their plackets, back and yoke, sleeves and cuffs, collar, pockets. */
import type { DrawnLine, Gender } from '../types.ts'
import { hem, is, isNot, line, marks, patchPocket, through } from './common.ts'
import type { Drafted } from './engine.ts'
import type { Context, CutRow } from './types.ts'

/** The half of the front that carries the buttonholes, as the design drafts it for men: x grows to the side seam. */
export const HOLES = 'simon.frontLeft'
export const BUTTONS = 'simon.frontRight'
const PLACKET = 'simon.buttonholePlacket'
export const BACK = 'simon.back'
export const YOKE = 'simon.yoke'
export const SLEEVE = 'simon.sleeve'
export const CUFF = 'simon.cuff'
export const COLLAR = 'simon.collar'
export const STAND = 'simon.collarStand'

export const long = is('sleeve', 'long')
export const short = is('sleeve', 'short')
export const separate = is('closure', 'placket')
const withPocket = isNot('pocket', 'none')
const flapped = is('pocket', 'two-flap')
export const french = is('cuff', 'french')

const pocketWidth = (d: Drafted): number => 0.125 * (d.body['chest'] ?? 0)
export const cuffLength = (d: Drafted): number => d.distance(CUFF, 'topLeft', 'topRight')

/** A chest pocket on the side the buttonholes are on; on both sides when there are two. */
function pocketMark(d: Drafted, part: string, sign: 1 | -1, ctx: Context): DrawnLine[] {
  if (!withPocket(ctx) || (part === BUTTONS && !flapped(ctx))) return []
  const width = pocketWidth(d)
  const chest = d.point(part, 'armhole')
  const x = Math.abs(chest.x) * 0.55 - width / 2
  const place = patchPocket(width, width * 1.15).ring.map((p) => ({
    x: sign * (p.x + x),
    y: p.y + chest.y - width * 0.35,
  }))
  return [line('pocket', ...place, ...place.slice(0, 1))]
}

export function cutListOf(gender: Gender): CutRow[] {
  // Women's shirts close right over left: the halves are turned over, and so is their name.
  const flip = gender === 'women'
  const sides = flip
    ? ({ holes: 'frontRight', buttons: 'frontLeft' } as const)
    : ({ holes: 'frontLeft', buttons: 'frontRight' } as const)
  const hemTo = (edge: string) => [hem('hem', edge, (ctx) => (ctx.choice('hem') === 'straight' ? 20 : ctx.sa))]
  // Upright, as on every shirt front: in the fly or, where that is cut by itself, in the placket.
  const holes = (d: Drafted, part: string) =>
    marks(d, part, 'button', 'button').map(({ points: [p] }) =>
      p ? line('buttonhole', { x: p.x, y: p.y - 8 }, { x: p.x, y: p.y + 8 }) : line('guide'),
    )
  return [
    {
      id: sides.holes,
      part: HOLES,
      role: 'shell',
      count: 1,
      flip,
      edges: (ctx) => hemTo(separate(ctx) ? 'hemEdge' : 'placketBottomEdge'),
      notches: ['armholePitch', 'waist', 'hips', 'cfNeck'],
      lines: (d, ctx) => [
        ...(separate(ctx)
          ? []
          : [
              ...holes(d, HOLES),
              through(d, HOLES, 'fold', 'placketTopFold1', 'placketBottomFold1'),
              through(d, HOLES, 'fold', 'placketTopFold2', 'placketBottomFold2'),
            ]),
        ...pocketMark(d, HOLES, 1, ctx),
      ],
    },
    {
      id: sides.buttons,
      part: BUTTONS,
      role: 'shell',
      count: 1,
      flip,
      edges: hemTo('placketBottomEdge'),
      notches: ['armholePitch', 'waist', 'hips', 'cfNeck'],
      lines: (d, ctx) => [
        ...marks(d, BUTTONS, 'button', 'button'),
        through(d, BUTTONS, 'fold', 'placketTopOut', 'placketBottomOut'),
        ...pocketMark(d, BUTTONS, -1, ctx),
      ],
    },
    {
      id: 'buttonholePlacket',
      part: PLACKET,
      role: 'shell',
      count: 1,
      flip,
      lines: (d) => [
        ...holes(d, PLACKET),
        through(d, PLACKET, 'fold', 'placketTopOuterEdgeFold', 'placketBottomOuterEdgeFold'),
        through(d, PLACKET, 'fold', 'placketTopInnerEdgeFold', 'placketBottomInnerEdgeFold'),
      ],
      when: separate,
      why: 'The design lists both plackets always; grown-on ones have no outline and are not cut. The button side stays grown on.',
    },
    {
      id: 'back',
      part: BACK,
      role: 'shell',
      count: 1,
      fold: ['cbTop', 'cbHem'],
      edges: [hem('cbHem', 'hem', (ctx) => (ctx.choice('hem') === 'straight' ? 20 : ctx.sa))],
      notches: ['armholePitch:double', 'waist', 'hips'],
      lines: (d, ctx) =>
        ctx.choice('back') === 'darts'
          ? [through(d, BACK, 'dart', 'dartTop', 'dartCenterIn', 'dartBottom', 'dartCenterOut', 'dartTop')]
          : [],
    },
    {
      id: 'yoke',
      part: YOKE,
      role: 'shell',
      count: 2,
      why: 'Outer and inner yoke; drafted whole, so the inherited fold is stale.',
    },
    {
      id: 'sleeve',
      part: SLEEVE,
      role: 'shell',
      count: 2,
      mirrored: true,
      notches: ['frontNotch', 'backNotch:double', 'sleeveTip'],
      lines: (d, ctx) =>
        long(ctx)
          ? [
              line('stitch', d.point(SLEEVE, 'cuffLeftCusp'), {
                x: d.point(SLEEVE, 'cuffLeftCusp').x,
                y: d.point(SLEEVE, 'cuffLeftCusp').y - 0.25 * (d.body['shoulderToWrist'] ?? 0),
              }),
              through(d, SLEEVE, 'fold', 'cuffPleat1Fold', 'cuffPleat1FoldTop'),
            ]
          : [through(d, SLEEVE, 'fold', 'wristLeft', 'wristRight')],
    },
    {
      id: 'cuff',
      part: CUFF,
      role: 'shell',
      count: 4,
      mirrored: true,
      when: long,
      lines: (d, ctx) => (french(ctx) ? [] : marks(d, CUFF, 'button', 'button')),
    },
    { id: 'cuffInterlining', part: CUFF, role: 'interlining', count: 2, mirrored: true, when: long },
    {
      id: 'sleevePlacketOverlap',
      part: 'simon.sleevePlacketOverlap',
      role: 'shell',
      count: 2,
      mirrored: true,
      grainDeg: 0,
      when: long,
    },
    {
      id: 'sleevePlacketUnderlap',
      part: 'simon.sleevePlacketUnderlap',
      role: 'shell',
      count: 2,
      mirrored: true,
      grainDeg: 0,
      when: long,
    },
    { id: 'collar', part: COLLAR, role: 'shell', count: 1, when: isNot('collar', 'band'), why: 'Upper collar.' },
    {
      id: 'underCollar',
      part: COLLAR,
      role: 'shell',
      count: 1,
      when: isNot('collar', 'band'),
      why: 'The design lists two collars; the under collar is named apart because it is fused on the bias in better shirts.',
    },
    {
      id: 'collarInterlining',
      part: COLLAR,
      role: 'interlining',
      count: 1,
      when: isNot('collar', 'band'),
      why: 'Only the upper collar is fused; the design fuses both.',
    },
    { id: 'collarStand', part: STAND, role: 'shell', count: 2 },
    {
      id: 'collarStandInterlining',
      part: STAND,
      role: 'interlining',
      count: 1,
      why: 'Only the outer stand is fused; the design fuses both.',
    },
    {
      id: 'chestPocket',
      part: BACK,
      role: 'shell',
      count: 1,
      shape: (d) => patchPocket(pocketWidth(d), pocketWidth(d) * 1.15),
      edges: [hem('tl', 'tr', 30)],
      when: is('pocket', 'chest'),
      why: 'The design has no pocket.',
    },
    {
      id: 'chestPocket',
      part: BACK,
      role: 'shell',
      count: 2,
      shape: (d) => patchPocket(pocketWidth(d), pocketWidth(d) * 1.15),
      edges: [hem('tl', 'tr', 30)],
      when: flapped,
      why: 'The design has no pocket.',
    },
    {
      id: 'flap',
      part: BACK,
      role: 'shell',
      count: 4,
      shape: (d) => patchPocket(pocketWidth(d) + 4, pocketWidth(d) * 0.5),
      when: flapped,
    },
  ]
}
