/** How a shirt is put together: yoke and fronts, sleeves, collar on its stand between the yokes, cuffs. */
import type { Gender } from '../../types.ts'
import type { Plan, Sewable, Sewing } from '../../sewing/types.ts'
import { fused, patchPockets } from '../../sewing/parts.ts'
import { hemmed, laid, sew } from '../../sewing/write.ts'
import { boxPleat, cuffPleats, long, separate } from './cut-list.ts'

/** The front that carries the buttonholes and the other, as {@link ./cut-list.ts cutListOf} names them. */
const frontsOf = (gender: Gender) =>
  gender === 'men' ? { holes: 'frontLeft', buttons: 'frontRight' } : { holes: 'frontRight', buttons: 'frontLeft' }

/** The button side is folded back along its edge, the buttonhole side twice or into its own placket. */
function fronts({ ctx }: Sewable, holes: string, buttons: string): Plan[] {
  const made = separate(ctx)
    ? [
        sew(
          'placket',
          'shirtLock',
          `${holes}: neckEdge > hemEdge`,
          'buttonholePlacket: topInnerEdge > bottomInnerEdge',
          {
            caught: 'buttonholePlacket: placketTopEdge > placketBottomEdge',
          },
        ),
        hemmed('hem', 'shirtHem', 'buttonholePlacket: placketBottomEdge > bottomInnerEdge'),
      ]
    : [hemmed('placketEdge', 'shirtLock', `${holes}: placketTopEdge > placketBottomEdge`)]
  return [...made, hemmed('placketEdge', 'shirtLock', `${buttons}: placketTopEdge > placketBottomEdge`)]
}

/** The stand holds the neck between its two layers, the folded fronts lie double in it. */
function collar({ ctx, has }: Sewable, holes: string, buttons: string): Plan[] {
  const own = separate(ctx)
  const neck = [
    ...(own ? ['buttonholePlacket: placketTopOuterEdgeFold > placketTopInnerEdgeOver'] : []),
    own ? `${holes}: neckEdge > neck` : `${holes}: placketTopFold1 > neck`,
    'yoke#0: neck > cbNeck > neck~',
    `${buttons}: neck > placketTopOut`,
  ]
  const double = [
    'yoke#1: neck > cbNeck > neck~',
    'collarStand#1: rightBottomEdge > bottomMid > leftBottomEdge',
    `${buttons}: placketTopOut > placketTopEdge`,
    ...(own
      ? [
          'buttonholePlacket: placketTopEdge > placketTopOuterEdgeFold',
          'buttonholePlacket: placketTopInnerEdgeOver > topInnerEdge',
        ]
      : [`${holes}: placketTopEdge > placketTopFold1`]),
  ]
  const ends = ['right', 'left'].map((half) =>
    sew(
      'standEdge',
      'shirtLock',
      `collarStand#0: ${half}BottomEdge > ${half}TopCf`,
      `collarStand#1: ${half}BottomEdge > ${half}TopCf`,
    ),
  )
  const top = 'rightTopCf > topMid > leftTopCf'
  const round = 'rightBottomEdge > rightTopEdge > topMid > leftTopEdge > leftBottomEdge'
  const low = 'rightBottomEdge > bottomMid > leftBottomEdge'
  const turned = has('collar')
    ? [
        sew('collarEdge', 'shirtLock', `collar: ${round}`, `underCollar: ${round}`, { kind: 'turn' }),
        sew('collarStand', 'shirtLock', `collar: ${low}`, `collarStand#0: ${top}`, {
          kind: 'collar',
          caught: [`collarStand#1: ${top}`, `underCollar: ${low}`],
        }),
      ]
    : [sew('collarEdge', 'shirtLock', `collarStand#0: ${top}`, `collarStand#1: ${top}`)]
  return [...turned, sew('neck', 'shirtLock', `collarStand#0: ${low}`, neck, { kind: 'neck', caught: double }), ...ends]
}

/** The free edges of a cuff, by how its corners are drafted. */
const CUFF_EDGE: Readonly<Record<string, string>> = {
  angled: 'bottomRight > rightAngleBottom > rightAngleTop > leftAngleTop > leftAngleBottom > bottomLeft',
  rounded: 'bottomRight > rightAngleBottom > rightAngleTop > topLeftRoundStart > leftAngleBottom > bottomLeft',
  straight: 'bottomRight > topRight > topLeft > bottomLeft',
  french: 'bottomRight > topRight > topLeft > bottomLeft',
}

function sleeveEnd({ ctx, d }: Sewable): Plan[] {
  if (!long(ctx))
    return [hemmed('sleeveHem', 'shirtHem', 'sleeve: foldShortLeft > cuffMid > foldShortRight', { twice: true })]
  const edge = CUFF_EDGE[ctx.choice('cuff')] ?? ''
  return [
    laid('sleevePlacket', 'shirtLock', ['sleevePlacketOverlap', 'sleevePlacketUnderlap'], 'sleeve'),
    sew('cuffEdge', 'shirtLock', `cuff#0: ${edge}`, `cuff#1: ${edge}`, { twice: true, kind: 'turn' }),
    sew('cuff', 'shirtLock', 'sleeve: wristLeft > cuffMid > wristRight', 'cuff#0: bottomRight > bottomLeft', {
      twice: true,
      kind: 'cuff',
      caught: 'cuff#1: bottomRight > bottomLeft',
      takeUp: { a: cuffPleats(d) },
    }),
  ]
}

function pockets({ has }: Sewable, holes: string, buttons: string): Plan[] {
  if (!has('chestPocket')) return []
  const two = has('flap')
  const round = 'tl > bl > tip > br > tr'
  return [
    ...patchPockets('chestPocket', holes, two),
    ...(two
      ? [
          sew('flap', 'shirtLock', `flap#0: ${round}`, `flap#1: ${round}`, { twice: true }),
          laid('flapSet', 'topstitch', ['flap#0: tl > tr', 'flap#1: tl > tr'], buttons, { twice: true }),
        ]
      : []),
  ]
}

/** The seams of a shirt, for men buttoned left over right, for women right over left. */
export const sewingOf =
  (gender: Gender): Sewing =>
  (of) => {
    const { ctx, d } = of
    const { holes, buttons } = frontsOf(gender)
    const curved = ctx.choice('hem') === 'curved'
    const sideEnd = curved ? 'bballEnd' : 'hem'
    const bottom = (piece: string): string => `${piece}: ${curved ? 'bballEnd > bballStart' : 'hem'}`
    const edgeOf = separate(ctx) ? 'hemEdge' : 'placketBottomEdge'
    const pleat = ctx.choice('back') === 'box-pleat' ? boxPleat(d) : 0
    const split = 'armholeYokeSplitPreBoxpleat'
    const yokeBack = `${split} > cbYoke > ${split}~`
    const set = (copy: number, front: string, half: '' | '~'): Plan =>
      sew(
        'armhole',
        'shirtFell',
        `sleeve#${copy}: bicepsLeft > sleeveTip > bicepsRight`,
        [
          `back: armhole${half} > armholeYokeSplit${half}`,
          `yoke#0: ${split}${half} > shoulder${half}`,
          `${front}: shoulder > armhole`,
        ],
        { kind: 'capWoven', caught: `yoke#1: ${split}${half} > shoulder${half}` },
      )
    const cuffEnd = (side: string): string => (long(ctx) ? `wrist${side}` : `wrist${side} > foldShort${side}`)
    return [
      fused('cuffInterlining', 'collarInterlining', 'collarStandInterlining'),
      ...fronts(of, holes, buttons),
      ...pockets(of, holes, buttons),
      sew('yokeBack', 'shirtLock', 'back: armholeYokeSplit > cbTop > armholeYokeSplit~', `yoke#0: ${yokeBack}`, {
        caught: `yoke#1: ${yokeBack}`,
        takeUp: { a: pleat },
      }),
      sew('yokeFront', 'shirtLock', `${holes}: neck > shoulder`, 'yoke#0: neck > shoulder', {
        caught: 'yoke#1: neck > shoulder',
      }),
      sew('yokeFront', 'shirtLock', `${buttons}: neck > shoulder`, 'yoke#0: neck~ > shoulder~', {
        caught: 'yoke#1: neck~ > shoulder~',
      }),
      ...collar(of, holes, buttons),
      set(0, holes, ''),
      set(1, buttons, '~'),
      sew('side', 'shirtFell', `${holes}: armhole > waist > ${sideEnd}`, `back: armhole > waist > ${sideEnd}`),
      sew('side', 'shirtFell', `${buttons}: armhole > waist > ${sideEnd}`, `back: armhole~ > waist~ > ${sideEnd}~`),
      sew(
        'underarm',
        'shirtFell',
        `sleeve: bicepsLeft > ${cuffEnd('Left')}`,
        `sleeve: bicepsRight > ${cuffEnd('Right')}`,
        {
          twice: true,
        },
      ),
      ...sleeveEnd(of),
      hemmed('hem', 'shirtHem', [
        `${bottom(holes)} > ${edgeOf}`,
        `${bottom(buttons)} > placketBottomEdge`,
        `back: ${sideEnd} > cbHem > ${sideEnd}~`,
      ]),
    ]
  }
