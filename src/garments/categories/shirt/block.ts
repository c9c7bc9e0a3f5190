/** Button shirt: FreeSewing's Simon, for men buttoned left over right, for women right over left. */
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { Gender, Measures } from '../../types.ts'
import {
  both,
  by,
  fitted,
  isNot,
  LABELS,
  only,
  own,
  pair,
  percent,
  SEAMS,
  since2,
  worded,
} from '../../blocks/common.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import {
  BACK,
  BUTTONS,
  COLLAR,
  CUFF,
  cuffLength,
  cuffTakeUp,
  cutListOf,
  french,
  HOLES,
  long,
  separate,
  short,
  SLEEVE,
  STAND,
  YOKE,
} from './cut-list.ts'
import { sewingOf } from './seams.ts'
import type { BlockPlan, Context, SeamPair } from '../../blocks/types.ts'

/** What a shirt’s sleeve is eased in by, share of its armhole: some 17 mm. */
const CAP_EASE = 0.034

function measure(d: Drafted, ctx: Context): Measures {
  const f = (name: string) => d.point(HOLES, name)
  const b = (name: string) => d.point(BACK, name)
  const s = (name: string) => d.point(SLEEVE, name)
  const isLong = long(ctx)
  const dart = ctx.choice('back') === 'darts' ? d.distance(BACK, 'dartCenterIn', 'dartCenterOut') : 0
  const stand = d.distance(STAND, 'topMid', 'bottomMid')
  const fall = d.distance(COLLAR, 'topMid', 'bottomMid')
  return {
    bodyLength: f('cfHem').y - f('neck').y,
    halfChest: f('armhole').x + b('armhole').x,
    halfWaist: f('waist').x + b('waist').x - dart,
    halfHem: f('hem').x + b('hem').x,
    shoulder: 2 * d.point(YOKE, 's3ArmholeSplit').x,
    acrossBack: 2 * b('armholePitch').x,
    sleeveLength: (isLong ? s('bottom').y : s('wristLeft').y) - s('sleeveTip').y,
    halfBicep: (s('bicepsRight').x - s('bicepsLeft').x) / 2,
    halfCuff: isLong
      ? ((d.body['wrist'] ?? 0) * (1 + ctx.parameter('cuffEase') / 100)) / 2
      : (s('wristRight').x - s('wristLeft').x) / 2,
    armhole: d.distance(BACK, 's3ArmholeSplit', 'armhole'),
    neckWidth: 2 * f('neck').x,
    frontNeckDrop: f('cfNeck').y - f('neck').y,
    backNeckDrop: d.point(YOKE, 'cbNeck').y - f('neck').y,
    collarHeight: ctx.choice('collar') === 'band' ? stand : fall,
    cuffHeight: isLong ? d.distance(CUFF, 'topLeft', 'bottomLeft') / (french(ctx) ? 2 : 1) : 0,
  }
}

function seams(d: Drafted, ctx: Context): SeamPair[] {
  const armhole =
    d.seam(HOLES, 's3ArmholeSplit', 'armhole') +
    d.seam(BACK, 'armholeYokeSplit', 'armhole') +
    d.seam(YOKE, 'armholeYokeSplit', 's3ArmholeSplit')
  const neck = 2 * (d.seam(BUTTONS, 'cfNeck', 's3CollarSplit') + d.seam(YOKE, 'cbNeck', 's3CollarSplit'))
  const pleat = ctx.choice('back') === 'box-pleat' ? -2 * Math.min(0, d.point(BACK, 'cbTop').x) : 0
  const yokeHalf = d.point(YOKE, 'armholeYokeSplit').x
  const pairs = [
    pair(
      'front.side',
      'back.side',
      d.seam(HOLES, 'armhole', 'hem', 'waist'),
      d.seam(BACK, 'armhole', 'hem', 'waist'),
      4,
    ),
    pair(
      'front.shoulder',
      'yoke.shoulder',
      d.distance(HOLES, 's3CollarSplit', 's3ArmholeSplit'),
      d.distance(YOKE, 's3CollarSplit', 's3ArmholeSplit'),
      3,
    ),
    pair(
      'back.top',
      'yoke.bottom',
      2 * (d.point(BACK, 'armholeYokeSplit').x - d.point(BACK, 'cbTop').x) - pleat,
      2 * yokeHalf,
      4,
    ),
    pair('sleeve.cap', 'body.armhole', d.seam(SLEEVE, 'bicepsLeft', 'bicepsRight', 'sleeveTip'), armhole, 12),
    pair(
      'sleeve.underarmFront',
      'sleeve.underarmBack',
      d.distance(SLEEVE, 'bicepsRight', 'wristRight'),
      d.distance(SLEEVE, 'bicepsLeft', 'wristLeft'),
      2,
    ),
    pair('collarStand', 'body.neck', d.seam(STAND, 'leftBottomCf', 'rightBottomCf', 'bottomMid'), neck, 8),
  ]
  if (long(ctx)) {
    pairs.push(
      pair(
        'sleeve.wrist',
        'cuff',
        d.point(SLEEVE, 'wristRight').x - d.point(SLEEVE, 'wristLeft').x - cuffTakeUp(d),
        cuffLength(d),
        12,
      ),
    )
  }
  return pairs
}

const parametersOf = (gender: Gender): BlockPlan['parameters'] => [
  fitted(
    'bodyLength',
    LABELS.bodyLength,
    by(gender, [650, 900, 755], [540, 980, 670]),
    'lengthBonus',
    0.25,
    (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
  ),
  {
    ...fitted(
      'sleeveLength',
      LABELS.sleeveLength,
      by(gender, [560, 680, 615], [500, 640, 565]),
      'sleeveLengthBonus',
      0.035,
      (b) => b['shoulderToWrist'] ?? 0,
    ),
    when: long,
  },
  {
    ...fitted(
      'sleeveLength',
      both('短袖长', 'Short sleeve length'),
      by(gender, [200, 340, 250], [160, 320, 210]),
      'sleeveLengthShort',
      0.4,
      (b) => b['shoulderToWrist'] ?? 0,
    ),
    key: 'shortSleeveLength',
    // The cap alone is as long in a wide sleeve with a high armhole.
    least: by(gender, 225, 205),
    when: short,
  },
  {
    ...fitted(
      'collarHeight',
      both('领面宽', 'Collar fall height'),
      by(gender, [32, 75, 44, 1], [30, 75, 42, 1]),
      'collarWidth',
      1.2,
      (b) => 0.08 * (b['neck'] ?? 0),
    ),
    when: isNot('collar', 'band'),
  },
  percent('chestEase', LABELS.chestEase, by(gender, [6, 40, 16], [4, 40, 11])),
  percent('waistEase', LABELS.waistEase, by(gender, [8, 50, 24], [8, 50, 20])),
  percent('hipsEase', LABELS.hipsEase, by(gender, [8, 45, 18], [6, 45, 12])),
  percent('bicepsEase', LABELS.bicepsEase, [8, 40, 18]),
  percent('cuffEase', LABELS.cuffEase, [15, 40, 24]),
  percent('shoulderEase', LABELS.shoulderEase, [0, 15, 2]),
  percent('cuffLength', both('袖克夫高', 'Cuff height'), [6, 15, 10.5, 0.5]),
  percent('collarStandWidth', both('领座高', 'Stand height'), [5, 13, 8, 0.5]),
  own('buttons', both('门襟扣数', 'Front buttons'), [5, 9, 7], 'pc'),
]

const POINTS: BlockPlan['points'] = [
  pom('bodyLength'),
  pom('halfChest'),
  pom('halfWaist'),
  pom('halfHem'),
  pom('shoulder'),
  pom('sleeveLength'),
  pom('halfBicep'),
  pom('halfCuff', { how: both('平铺，袖克夫扣好后横量', 'Flat, across the buttoned cuff') }),
  pom('armhole'),
  pom('neckWidth'),
  pom('frontNeckDrop'),
  pom('backNeckDrop'),
  pom('collarHeight', { tolerance: 2 }),
  pom('cuffHeight', { when: long, tolerance: 2 }),
]

/** Shirt for men or women. */
export const shirt = (gender: Gender): BlockPlan => ({
  design: 'simon',
  name: by(gender, both('男衬衫', "men's shirt"), both('女衬衫', "women's shirt")),
  parameters: parametersOf(gender),
  construction: choices(gender),
  roles: () => ['shell', 'interlining'],
  points: POINTS,
  stitches: [
    only(SEAMS.shirtLock, long),
    only(worded(SEAMS.shirtLock, '过肩、门襟、领', 'Yoke, placket and collar'), short),
    SEAMS.shirtFell,
    worded(SEAMS.topstitch, '门襟、领、袋明线', 'Topstitch on front edge, collar and pockets'),
    only(SEAMS.shirtHem, long),
    only(worded(SEAMS.shirtHem, '下摆、袖口卷边', 'Rolled bottom and sleeve hems'), short),
    SEAMS.buttonhole,
    SEAMS.buttonSew,
  ],
  recipe: {
    design: design('simon'),
    options: (ctx) => ({
      buttonholePlacketStyle: separate(ctx) ? 'classic' : 'seamless',
      separateButtonholePlacket: separate(ctx),
      ...(since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
      sleeveStyle: ctx.choice('sleeve'),
      cuffStyle:
        {
          angled: 'angledBarrelCuff',
          rounded: 'roundedBarrelCuff',
          straight: 'straightBarrelCuff',
          french: 'straightFrenchCuff',
        }[ctx.choice('cuff')] ?? 'angledBarrelCuff',
      boxPleat: ctx.choice('back') === 'box-pleat',
      backDarts: ctx.choice('back') === 'darts' ? 'always' : 'never',
      hemStyle: ctx.choice('hem') === 'curved' ? 'baseball' : 'straight',
      buttons: ctx.parameter('buttons'),
      ...(ctx.choice('collar') === 'spread' ? { collarAngle: 112, collarFlare: 5 } : {}),
    }),
    measureFrom: [HOLES, BACK, YOKE, SLEEVE, CUFF, COLLAR, STAND],
    cutList: cutListOf(gender),
    leftOut: { 'simon.buttonPlacket': 'the button side is grown on to the front in every variant' },
    measure,
    seams,
    sewing: sewingOf(gender),
  },
})
