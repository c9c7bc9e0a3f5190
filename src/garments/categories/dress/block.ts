/** Dress: Bella's darted bodice and sleeve sewn at the waist to our straight skirt or to flared panels. */
import { lengthOf } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { Measures } from '../../types.ts'
import { both, fitted, is, LABELS, only, own, pair, percent, SEAMS, since2, worded } from '../../blocks/common.ts'
import { cutList } from './cut-list.ts'
import {
  armholeLength,
  BACK,
  backShape,
  between,
  bodiceGirth,
  bodiceWaist,
  flare,
  flared,
  FRONT,
  frontShape,
  pencil,
  shortSleeved,
  shoulderStart,
  skirtLength,
  SLEEVE,
  sleeved,
  sleeveShape,
  lined,
  panels,
  sleeveless,
  waistLength,
  zipBelowWaist,
} from './parts.ts'
import { combine, type Drafted } from '../../blocks/engine.ts'
import { SKIRT_PARTS } from '../../blocks/skirt-parts.ts'
import { PENCIL, pencilSides, pencilWaist, pencilWidth } from '../pencil-skirt/block.ts'
import { sewing } from './seams.ts'
import type { BlockPlan, Context, Recipe, SeamPair, SeamSpec } from '../../blocks/types.ts'

/** What a dress’s sleeve is eased in by, share of its armhole: some 18 mm. */
const CAP_EASE = 0.042

const cuffGirth = (d: Drafted, ctx: Context): number => {
  const { hemLeft, hemRight } = sleeveShape(d, ctx).points
  return (hemRight?.x ?? 0) - (hemLeft?.x ?? 0)
}

/** The zip opens the waist; a sleeve’s end is sewn up. */
const openings: Recipe['openings'] = ({ d, ctx }) => [
  { id: 'waist', passes: 'hips', mm: bodiceGirth(d, ctx) + 2 * zipBelowWaist(d, ctx) },
  ...(sleeved(ctx) ? [{ id: 'sleeve', passes: 'hand', mm: cuffGirth(d, ctx) } as const] : []),
]

function measure(d: Drafted, ctx: Context): Measures {
  const front = frontShape(d, ctx)
  const back = backShape(d, ctx)
  const sleeve = sleeveShape(d, ctx)
  const f = (name: string) => front.points[name] ?? d.point(FRONT, name)
  const b = (name: string) => back.points[name] ?? d.point(BACK, name)
  const s = (name: string) => sleeve.points[name] ?? d.point(SLEEVE, name)
  const { degrees, inner, outer } = flare(d, ctx)
  const around = (radius: number) => (radius * degrees * (Math.PI / 180)) / 2
  const wide = flared(ctx)
  const seat = d.body['waistToSeat'] ?? 0
  const both = (y: number) => pencilWidth(d, PENCIL.front, y) + pencilWidth(d, PENCIL.back, y)
  const toWaist = waistLength(d, ctx)
  return {
    bodyLength: toWaist + skirtLength(d),
    halfChest:
      f('bustSide').x + b('bustSide').x - b('bustCenter').x - d.distance(BACK, 'bustDartLeft', 'bustDartRight'),
    halfWaist: bodiceGirth(d, ctx) / 2,
    halfHip: wide ? around(inner + seat) : both(d.point(PENCIL.front, 'rSeat').y),
    halfHem: wide ? around(outer) : both(d.point(PENCIL.front, 'lHem').y - 0.5),
    shoulder: 2 * d.point(BACK, 'shoulder').x,
    sleeveLength: s('hemLeft').y - s('sleeveTip').y,
    halfBicep: (s('bicepsRight').x - s('bicepsLeft').x) / 2,
    halfCuff: (s('hemRight').x - s('hemLeft').x) / 2,
    armhole: d.distance(BACK, 'shoulder', 'armhole'),
    neckWidth: 2 * b('neckStart').x,
    frontNeckDrop: f('cfNeck').y - f('neckStart').y,
    backNeckDrop: b('cbNeck').y - b('neckStart').y,
    waistLength: toWaist,
  }
}

function seams(d: Drafted, ctx: Context): SeamPair[] {
  const { front, back } = bodiceWaist(d, ctx)
  const side = between(d, FRONT, 'armhole', 'bustDartTop') + between(d, FRONT, 'bustDartBottom', 'sideHemInitial')
  const seam = (part: string) => lengthOf([shoulderStart(d, part, ctx), d.point(part, 'shoulder')])
  const pairs = [
    pair('front.side', 'back.side', side, between(d, BACK, 'armhole', 'bustSide', 'waistSide'), 10),
    pair('front.shoulder', 'back.shoulder', seam(FRONT), seam(BACK), 12),
  ]
  if (sleeved(ctx))
    pairs.push(
      pair(
        'sleeve.cap',
        'body.armhole',
        d.seam(SLEEVE, 'bicepsLeft', 'bicepsRight', 'sleeveTip'),
        armholeLength(d),
        15,
      ),
    )
  if (flared(ctx)) {
    const { inner, degrees } = flare(d, ctx)
    pairs.push(pair('skirtPanel.waist', 'bodice.waist', inner * degrees * (Math.PI / 180), bodiceGirth(d, ctx), 1))
  } else
    pairs.push(
      pencilSides(d),
      // The skirt is eased into the bodice: at most a centimetre on the whole waist.
      pair(
        'skirt.waist',
        'bodice.waist',
        2 * (pencilWaist(d, PENCIL.front, front) + pencilWaist(d, PENCIL.back, back)),
        2 * (front + back),
        12,
      ),
    )
  return pairs
}

/** A lined dress is turned with its lining at neck and armholes, one without is bound there. */
const ASSEMBLY = {
  'lined sleeved': [
    '肩缝、腰缝、绱袖、领口与里布兜缝',
    'Shoulder, waist and sleeve seams, neck turned with the lining',
  ],
  'lined sleeveless': [
    '肩缝、腰缝、领口与袖窿同里布兜缝',
    'Shoulder and waist seams, neck and armholes turned with the lining',
  ],
  'plain sleeved': ['肩缝、腰缝、绱袖、领口滚条', 'Shoulder, waist and sleeve seams, neck binding'],
  'plain sleeveless': ['肩缝、腰缝、领口与袖窿滚条', 'Shoulder and waist seams, neck and armhole bindings'],
} as const
const stitches: SeamSpec[] = [
  only(SEAMS.trouserSide, pencil),
  only(worded(SEAMS.trouserSide, '侧缝、裙片拼缝', 'Side and panel seams'), (ctx) => flared(ctx) && panels(ctx) === 8),
  only(
    worded(SEAMS.trouserSide, '上身侧缝、裙片拼缝', 'Bodice side and panel seams'),
    (ctx) => flared(ctx) && panels(ctx) === 6,
  ),
  ...[true, false].flatMap((full) =>
    [true, false].map((arms) => {
      const [zh, en] = ASSEMBLY[`${full ? 'lined' : 'plain'} ${arms ? 'sleeved' : 'sleeveless'}`]
      return only(worded(SEAMS.shirtLock, zh, en), (ctx) => lined(ctx) === full && sleeved(ctx) === arms)
    }),
  ),
  SEAMS.overlock,
  worded(SEAMS.zip, '绱隐形拉链', 'Setting the concealed zip'),
  only(worded(SEAMS.blindHem, '裙摆、袖口撬边', 'Blind-stitched skirt and sleeve hems'), sleeved),
  only(worded(SEAMS.blindHem, '裙摆撬边', 'Blind-stitched skirt hem'), sleeveless),
  only(SEAMS.lining, lined),
]

export const dress = (): BlockPlan => ({
  design: 'firstcut-dress',
  name: both('女连衣裙', "women's dress"),
  parameters: [
    fitted('bodyLength', LABELS.bodyLength, [800, 1250, 1000, 10], 'lengthBonus', 0.05, (b) => b['waistToKnee'] ?? 0),
    {
      ...fitted(
        'sleeveLength',
        LABELS.sleeveLength,
        [480, 620, 560],
        'sleeveLengthBonus',
        0,
        (b) => b['shoulderToWrist'] ?? 0,
      ),
      when: is('sleeve', 'long'),
    },
    {
      ...own('shortSleeve', both('短袖长（占臂长）', 'Short sleeve, share of the arm'), [30, 75, 42], '%'),
      when: shortSleeved,
    },
    percent('chestEase', LABELS.chestEase, [7, 20, 12]),
    percent('waistEase', LABELS.waistEase, [3, 18, 6]),
    percent('seatEase', LABELS.seatEase, [3, 12, 6]),
    percent('bicepsEase', LABELS.bicepsEase, [10, 40, 18]),
    { ...percent('cuffEase', LABELS.cuffEase, [20, 80, 40]), least: 30 },
    percent('circleRatio', both('裙摆量（整圆比例）', 'Skirt fullness, share of a circle'), [30, 75, 45, 5]),
    percent('hemBonus', both('下摆收放', 'Hem narrowing'), [-15, 0, -4]),
    own('neckWiden', both('领口加宽', 'Neckline widened'), [5, 60, 25]),
    own('neckDrop', both('前领加深', 'Front neckline lowered'), [0, 110, 30]),
    own('hemDepth', LABELS.hemDepth, [10, 40, 20]),
  ],
  construction: choices,
  roles: (c) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    ...(c['pocket'] === 'seam' ? (['pocketing'] as const) : []),
  ],
  points: [
    pom('bodyLength', {
      how: both('由肩颈点经腰缝垂直量至后底边', 'From high point shoulder down the back to the hem'),
    }),
    pom('halfChest'),
    pom('halfWaist', { how: both('平铺，沿腰缝横量', 'Flat, along the waist seam') }),
    pom('halfHip'),
    pom('halfHem'),
    pom('shoulder'),
    pom('sleeveLength', { when: sleeved }),
    pom('halfBicep', { when: sleeved }),
    pom('halfCuff', { when: sleeved }),
    pom('armhole'),
    pom('neckWidth'),
    pom('frontNeckDrop'),
    pom('backNeckDrop'),
    pom('waistLength'),
  ],
  stitches,
  recipe: {
    design: combine('firstcut-dress', [['@freesewing/bella', 'back', 'frontSideDart', 'sleeve']], SKIRT_PARTS),
    options: (ctx) => ({
      ...(since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
      ventLength: pencil(ctx) && ctx.choice('vent') === 'vent' ? 0.28 : 0,
      bellaSleeve: true,
    }),
    measureFrom: [FRONT, BACK, SLEEVE, PENCIL.front, PENCIL.back],
    cutList,
    leftOut: {},
    measure,
    seams,
    sewing,
    openings,
  },
})
