/** What a shirt is cut from: fronts and their plackets, back and yoke, sleeves and cuffs, collar, pockets. */
import { pointAlong, reachBetween, topAt } from '../../geometry.ts'
import type { DrawnLine, Gender, Point } from '../../types.ts'
import { hem, holeAcross, holeDown, is, isNot, line, marks, patchPocket, through } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { wholePart } from '../../blocks/lining.ts'
import { along, hung, trued, turnedOver, turnOf } from '../../blocks/truing.ts'
import type { Context, CutRow, Shape } from '../../blocks/types.ts'

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
const flapHeight = (d: Drafted): number => pocketWidth(d) * 0.5
/** How far a flap is sewn on above its pocket, and its buttonhole's middle above its point, mm. */
const FLAP_ABOVE = 10
const FLAP_HOLE = 20

/** Buttonholes of a button-down collar: in each tip, on the way into the leaf. */
function collarTips(d: Drafted): DrawnLine[] {
  const [tip, top, low] = [d.point(COLLAR, 'rightTopEdge'), d.point(COLLAR, 'topMid'), d.point(COLLAR, 'bottomMid')]
  const into = { x: tip.x * 0.7, y: (top.y + low.y) / 2 }
  const [from, to] = [14, 26].map((mm) => pointAlong([tip, into], mm)) as [Point, Point]
  const left = ({ x, y }: Point): Point => ({ x: -x, y })
  return [line('buttonhole', from, to), line('buttonhole', left(from), left(to))]
}
export const cuffLength = (d: Drafted): number => d.distance(CUFF, 'topLeft', 'topRight')
/** What the pleats at the wrist take up of a long sleeve, mm. */
export const cuffTakeUp = (d: Drafted): number => 0.05 * (d.body['shoulderToWrist'] ?? 0)
/** The pleats as they are laid: all that the sleeve is wider than its cuff, but what is eased in, mm. */
export const cuffPleats = (d: Drafted): number =>
  Math.max(0, d.distance(SLEEVE, 'wristLeft', 'wristRight') - cuffLength(d) - CUFF_EASE)
const CUFF_EASE = 4

/** The collar, as long on its stand as the stand is; the design leaves it some 9 mm short. */
function collarShape(d: Drafted, ctx: Context): Shape {
  if (ctx.recipe < 2) return { ring: d.ring(COLLAR), points: {} }
  const seat = along(wholePart(d, STAND), 'rightTopCf', 'topMid', 'leftTopCf')
  return trued(
    wholePart(d, COLLAR),
    (shape) => along(shape, 'rightBottomEdge', 'bottomMid', 'leftBottomEdge'),
    seat + 1,
  )
}
/** Larger than the under collar by the turn of the cloth. */
function upperCollar(d: Drafted, ctx: Context): Shape {
  const shape = collarShape(d, ctx)
  if (ctx.recipe < 2) return shape
  const at = (name: string): number => shape.points[name]?.y ?? 0
  return turnedOver(shape, { seat: at('bottomMid'), outer: at('topMid'), mm: turnOf(ctx.cloth.thickMm) })
}

/** What the box pleat takes up of the back, so that it is as wide as the yoke, mm. */
export const boxPleat = (d: Drafted): number =>
  2 * (d.point(BACK, 'armholeYokeSplit').x - d.point(BACK, 'cbTop').x - d.point(YOKE, 'armholeYokeSplitPreBoxpleat').x)

/** The back, its side seam as long as the front's. */
function backShape(d: Drafted, ctx: Context): Shape {
  const [back, front] = [wholePart(d, BACK), wholePart(d, HOLES)]
  const side = ['armhole', 'waist', ctx.choice('hem') === 'curved' ? 'bballEnd' : 'hem']
  const centre = ['cbTop', 'cbHem']
  return hung(back, d.point(BACK, 'armhole').y, {
    left: { seam: centre, target: along(back, ...centre) },
    right: { seam: side, target: along(front, ...side) },
  })
}

/** Half the width of a box pleat, and how far down its folds are marked, mm. */
const PLEAT = { half: 16, marked: 120 }
/** Folds of a box pleat on one half of the back: its edge, and the fold it is laid back at underneath. */
function pleatFolds(d: Drafted, ctx: Context): DrawnLine[] {
  if (ctx.recipe < 2 || ctx.choice('back') !== 'box-pleat') return []
  const top = d.point(BACK, 'cbTop')
  return [PLEAT.half, PLEAT.half + boxPleat(d) / 4].map((by) => {
    const from = topAt(d.ring(BACK), top.x + by)
    return line('fold', from, { x: from.x, y: from.y + PLEAT.marked })
  })
}

/** A chest pocket keeps this far from the edge of its front, mm. */
const POCKET_CLEAR = 12
/** A chest pocket on the side the buttonholes are on; on both sides when there are two. */
function pocketMark(d: Drafted, part: string, sign: 1 | -1, ctx: Context): DrawnLine[] {
  if (!withPocket(ctx) || (part === BUTTONS && !flapped(ctx))) return []
  const width = pocketWidth(d)
  const chest = d.point(part, 'armhole')
  const top = chest.y - width * 0.35
  // Clear of the armhole and the side of a narrow front.
  const ring = d.ring(part).map((p) => ({ x: sign * p.x, y: p.y }))
  const room = ctx.recipe < 2 ? Infinity : reachBetween(ring, top, top + width * 1.15) - width - POCKET_CLEAR
  const x = Math.min(Math.abs(chest.x) * 0.55 - width / 2, room)
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
    marks(d, part, 'button', 'button').flatMap(({ points }) => points.map((p) => holeDown(p, 16)))
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
      shape: (d, ctx) => (ctx.recipe < 2 ? { ring: d.ring(BACK), points: {} } : backShape(d, ctx)),
      edges: [hem('cbHem', 'hem', (ctx) => (ctx.choice('hem') === 'straight' ? 20 : ctx.sa))],
      notches: ['armholePitch:double', 'waist', 'hips'],
      lines: (d, ctx) =>
        ctx.choice('back') === 'darts'
          ? [through(d, BACK, 'dart', 'dartTop', 'dartCenterIn', 'dartBottom', 'dartCenterOut', 'dartTop')]
          : pleatFolds(d, ctx),
      placed: (d, ctx) => pleatFolds(d, ctx).map(({ points: [top] }) => ({ ...top!, kind: 'single' })),
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
      // Links go through holes in all four ends of a double cuff.
      lines: (d, ctx) =>
        french(ctx)
          ? marks(d, CUFF, 'buttonhole', 'button', 16)
          : [...marks(d, CUFF, 'button', 'button'), ...marks(d, CUFF, 'buttonhole', 'buttonhole', 14)],
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
    {
      id: 'collar',
      part: COLLAR,
      role: 'shell',
      count: 1,
      shape: upperCollar,
      lines: (d, ctx) => (ctx.choice('collar') === 'button-down' ? collarTips(d) : []),
      when: isNot('collar', 'band'),
      why: 'Upper collar.',
    },
    {
      id: 'underCollar',
      part: COLLAR,
      role: 'shell',
      count: 1,
      shape: collarShape,
      when: isNot('collar', 'band'),
      why: 'The design lists two collars; the under collar is named apart because it is fused on the bias in better shirts.',
    },
    {
      id: 'collarInterlining',
      part: COLLAR,
      role: 'interlining',
      count: 1,
      shape: collarShape,
      when: isNot('collar', 'band'),
      why: 'Only the upper collar is fused; the design fuses both.',
    },
    {
      id: 'collarStand',
      part: STAND,
      role: 'shell',
      count: 2,
      // Its outside faces up: the end at the left is the wearer's left.
      lines: (d) => {
        const [left, right] = [d.point(STAND, 'leftCf'), d.point(STAND, 'rightCf')]
        return flip ? [line('button', left), holeAcross(right, 14, -1)] : [line('button', right), holeAcross(left, 14)]
      },
    },
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
      lines: (d) => [line('button', { x: pocketWidth(d) / 2, y: flapHeight(d) - FLAP_ABOVE - FLAP_HOLE })],
      when: flapped,
      why: 'The design has no pocket.',
    },
    {
      id: 'flap',
      part: BACK,
      role: 'shell',
      count: 4,
      shape: (d) => patchPocket(pocketWidth(d) + 4, flapHeight(d)),
      lines: (d) => [holeDown({ x: pocketWidth(d) / 2 + 2, y: flapHeight(d) - FLAP_HOLE }, 14)],
      when: flapped,
    },
  ]
}
