/** Tailored jacket: FreeSewing's Jaeger, with flap and jetted pockets beside its patch pockets. */
import { lengthOf } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { Gender, Measures } from '../../types.ts'
import { both, by, fitted, LABELS, only, own, pair, percent, SEAMS, since2 } from '../../blocks/common.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import { BACK, COLLAR, cutList, FRONT, lined, SIDE, SLEEVE, TOP, UNDER } from './cut-list.ts'
import { capLength, frontSeam, sleeveMeasures } from '../../blocks/two-piece-sleeve.ts'
import { sewing } from './seams.ts'
import type { BlockPlan, SeamPair } from '../../blocks/types.ts'

/** What a tailored sleeve is eased in by, share of its armhole: some 32 mm. */
const CAP_EASE = 0.06

function measure(d: Drafted): Measures {
  const f = (name: string) => d.point(FRONT, name)
  const s = (name: string) => d.point(SIDE, name)
  const b = (name: string) => d.point(BACK, name)
  return {
    bodyLength: b('hem').y - b('neck').y,
    halfChest: f('split').x + s('bsArmholeHollow').x - s('fsArmhole').x + b('bsArmholeHollow').x,
    halfWaist:
      f('waist').x -
      d.distance(FRONT, 'dartLeft', 'dartRight') +
      s('bsWaist').x -
      s('sideWaist').x +
      b('waist').x -
      b('cbWaist').x,
    halfHem: f('hem').x + s('bsHem').x - s('sideHem').x + b('hem').x - b('cbHem').x,
    shoulder: 2 * b('shoulder').x,
    ...sleeveMeasures(d, SLEEVE),
    halfCuff: (d.distance(TOP, 'tsWristLeft', 'tsWristRight') + d.distance(UNDER, 'usWristLeft', 'usWristRight')) / 2,
    armhole: d.distance(BACK, 'shoulder', 'armhole'),
    neckWidth: 2 * b('neck').x,
    frontNeckDrop: f('cfNeck').y - f('neck').y,
    backNeckDrop: b('cbNeck').y - b('neck').y,
    collarHeight: d.distance(COLLAR, 'collarstandCbTop', 'collarCbTopRoll'),
    waistLength: b('cbWaist').y - b('neck').y,
  }
}

function seams(d: Drafted): SeamPair[] {
  const armhole =
    d.seam(FRONT, 'shoulder', 'split') +
    d.seam(SIDE, 'fsArmhole', 'bsArmholeHollow', 'sideArmhole') +
    d.seam(BACK, 'shoulder', 'bsArmholeHollow')
  const upTo = (part: string, from: string) => lengthOf(d.seamLine(part, from, 'elbowRight'))
  return [
    pair(
      'front.panel',
      'side.panel',
      d.seam(FRONT, 'split', 'hem', 'waist'),
      d.seam(SIDE, 'fsArmhole', 'sideHem', 'sideWaist'),
      10,
    ),
    pair(
      'side.back',
      'back.side',
      d.seam(SIDE, 'bsArmholeHollow', 'bsHem', 'bsWaist'),
      d.seam(BACK, 'bsArmholeHollow', 'hem', 'waist'),
      10,
    ),
    pair(
      'front.shoulder',
      'back.shoulder',
      d.distance(FRONT, 'neck', 'shoulder'),
      d.distance(BACK, 'neck', 'shoulder'),
      8,
    ),
    pair('sleeve.cap', 'body.armhole', capLength(d, SLEEVE), armhole, 45),
    pair('topSleeve.elbow', 'underSleeve.elbow', upTo(TOP, 'backPitchPoint'), upTo(UNDER, 'usTip'), 10),
    frontSeam(d, SLEEVE),
  ]
}

/** Tailored jacket for men or women. */
export const jacket = (gender: Gender): BlockPlan => ({
  design: 'jaeger',
  name: by(gender, both('男西装外套', "men's tailored jacket"), both('女西装外套', "women's tailored jacket")),
  parameters: [
    fitted(
      'bodyLength',
      LABELS.bodyLength,
      by(gender, [640, 800, 730], [560, 760, 640]),
      'lengthBonus',
      0.2,
      (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
    ),
    fitted(
      'sleeveLength',
      LABELS.sleeveLength,
      by(gender, [570, 680, 610], [520, 630, 560]),
      'sleeveLengthBonus',
      0.02,
      (b) => b['shoulderToWrist'] ?? 0,
    ),
    percent('chestEase', LABELS.chestEase, by(gender, [6, 26, 11], [5, 26, 10])),
    percent('waistEase', LABELS.waistEase, by(gender, [8, 34, 17], [8, 34, 15])),
    percent('hipsEase', LABELS.hipsEase, by(gender, [10, 34, 18], [8, 30, 14])),
    percent('bicepsEase', LABELS.bicepsEase, [12, 36, 20]),
    percent('cuffEase', LABELS.cuffEase, [30, 80, 48]),
    percent('shoulderEase', LABELS.shoulderEase, [-1, 6, 2]),
    percent('lapelReduction', both('驳头收窄', 'Lapel narrowing'), [0, 10, 5]),
    percent('collarHeight', LABELS.collarHeight, [7, 10, 9, 0.5]),
    percent('lapelStart', both('驳点抬高', 'Lapel break raised'), [0, 30, 10]),
    own('hemDepth', LABELS.hemDepth, [30, 50, 40]),
  ],
  construction: choices,
  roles: (c) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    'interlining',
    ...(c['lining'] === 'none' && c['pocket'] === 'patch' && c['chestPocket'] === 'none'
      ? []
      : (['pocketing'] as const)),
  ],
  points: [
    pom('bodyLength', { how: both('由肩颈点量至后底边', 'From high point shoulder to the back hem') }),
    pom('halfChest'),
    pom('halfWaist'),
    pom('halfHem'),
    pom('shoulder'),
    pom('sleeveLength'),
    pom('halfBicep'),
    pom('halfCuff'),
    pom('armhole'),
    pom('neckWidth'),
    pom('frontNeckDrop', {
      how: both(
        '肩颈点连线垂直量至前中领窝（驳头展平）',
        'From the line of the shoulder points to the centre front neck, lapel laid open',
      ),
    }),
    pom('backNeckDrop'),
    pom('collarHeight'),
    pom('waistLength'),
  ],
  stitches: [SEAMS.tailored, SEAMS.topstitch, only(SEAMS.lining, lined), SEAMS.blindHem, SEAMS.eyelet, SEAMS.buttonSew],
  recipe: {
    design: design('jaeger'),
    options: (ctx) => ({
      ...(since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
      buttons: { 'one-button': '1', 'three-button': '3' }[ctx.choice('closure')] ?? '2',
      backVent: ctx.choice('back') === 'centre-vent' ? 1 : 0,
      // The edge some 19 mm beyond the buttons, which are 21 mm wide.
      frontOverlap: 0.02,
    }),
    measureFrom: [FRONT, SIDE, BACK, TOP, UNDER, COLLAR],
    cutList,
    leftOut: { 'jaeger.innerPocketWelt': 'drawn finished, without allowance for folding: ours is 30 mm high' },
    measure,
    seams,
    sewing,
    openings: ({ d }) => [
      {
        id: 'sleeve',
        passes: 'hand',
        mm: d.distance(TOP, 'tsWristLeft', 'tsWristRight') + d.distance(UNDER, 'usWristLeft', 'usWristRight'),
      },
    ],
  },
})
