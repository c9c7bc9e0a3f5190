/** Long coat: FreeSewing's Carlton (men) and Carlita (women): box-pleated back, pleated skirt hung from a half belt. */
import type { BlockPlan } from '../../blocks/types.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { Gender } from '../../types.ts'
import { cutListOf } from './cut-list.ts'
import { measureOf, seamsOf } from './measures.ts'
import { COLLAR, lined, partsOf, singleBreasted, TAIL, TOP, turnedCollar, UNDER } from './parts.ts'
import { sewingOf } from './seams.ts'
import { both, by, fitted, LABELS, only, own, percent, SEAMS, since2 } from '../../blocks/common.ts'
import { design } from '../../blocks/engine.ts'

/** What a coat’s sleeve is eased in by, share of its armhole: some 32 mm. */
const CAP_EASE = 0.055

/** How far the edge runs beyond the buttons, by the waist: some 24 mm, clear of a button of 29 mm. */
const EDGE = 0.03

const parametersOf = (gender: Gender): BlockPlan['parameters'] => [
  fitted(
    'bodyLength',
    LABELS.bodyLength,
    by(gender, [800, 1330, 1120, 10], [760, 1250, 1050, 10]),
    'length',
    0.66,
    (b) => b['waistToFloor'] ?? 0,
  ),
  fitted(
    'sleeveLength',
    LABELS.sleeveLength,
    by(gender, [580, 700, 635], [530, 650, 580]),
    'sleeveLengthBonus',
    0.07,
    (b) => b['shoulderToWrist'] ?? 0,
  ),
  {
    ...fitted(
      'collarHeight',
      LABELS.collarHeight,
      by(gender, [50, 110, 68], [48, 105, 64]),
      'collarHeight',
      0.096,
      (b) => 0.75 * (b['chest'] ?? 0),
    ),
    when: turnedCollar,
  },
  percent('chestEase', LABELS.chestEase, [8, 30, 14]),
  percent('waistEase', LABELS.waistEase, by(gender, [12, 45, 24], [12, 45, 20])),
  percent('seatEase', LABELS.seatEase, [10, 40, 22]),
  percent('bicepsEase', LABELS.bicepsEase, [12, 40, 22]),
  percent('cuffEase', LABELS.cuffEase, [40, 100, 65]),
  percent('shoulderEase', LABELS.shoulderEase, [-2, 8, 3]),
  percent('lapelReduction', both('驳头收窄', 'Lapel narrowing'), [0, 10, 5]),
  percent('beltWidth', both('后腰带宽', 'Half belt width'), [10, 20, 12]),
  percent('pocketWidth', both('口袋宽', 'Pocket width'), [70, 115, 90]),
  own('buttonRows', both('扣子行数', 'Rows of buttons'), [2, 5, 3], 'pc'),
  own('hemDepth', LABELS.hemDepth, [30, 60, 40]),
]

const POINTS: BlockPlan['points'] = [
  pom('bodyLength'),
  pom('halfChest'),
  pom('halfWaist'),
  pom('halfHem', {
    how: both('扣好门襟，后褶合拢，沿底边横量', 'Closed, back pleats pressed shut, along the hem edge'),
  }),
  pom('shoulder'),
  pom('sleeveLength'),
  pom('halfBicep'),
  pom('halfCuff'),
  pom('armhole'),
  pom('neckWidth'),
  pom('frontNeckDrop'),
  pom('backNeckDrop'),
  pom('collarHeight'),
  pom('waistLength'),
]

/** Long coat for men (Carlton) or women (Carlita). */
export const coat = (gender: Gender): BlockPlan => {
  const { front, back, side } = partsOf(gender)
  return {
    design: by(gender, 'carlton', 'carlita'),
    name: by(gender, both('男长大衣', "men's long coat"), both('女长大衣', "women's long coat")),
    parameters: parametersOf(gender),
    construction: choices,
    roles: (c) => [
      'shell',
      ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
      'interlining',
      ...(c['collar'] === 'fur' ? (['contrast'] as const) : []),
      ...(c['lining'] === 'none' && c['chestPocket'] !== 'welt' && !['flap', 'welt'].includes(c['pocket'] ?? '')
        ? []
        : (['pocketing'] as const)),
    ],
    points: POINTS,
    stitches: [
      SEAMS.tailored,
      SEAMS.topstitch,
      only(SEAMS.lining, lined),
      SEAMS.blindHem,
      SEAMS.eyelet,
      SEAMS.buttonSew,
    ],
    recipe: {
      design: design(by(gender, 'carlton', 'carlita')),
      options: (ctx) => ({
        ...(since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
        ...(singleBreasted(ctx)
          ? // One row on the centre line: the two rows of the design are brought together.
            { buttonSpacingHorizontal: 0.01, frontOverlap: EDGE }
          : { buttonSpacingHorizontal: 0.435, frontOverlap: EDGE }),
      }),
      measureFrom: [front, back, ...(side ? [side] : []), TAIL, TOP, UNDER, COLLAR],
      cutList: cutListOf(gender),
      leftOut: {
        [by(gender, 'carlton.frontFacing', 'carlita.frontFacing')]:
          'cut from the front instead, to be as long as the front',
        [by(gender, 'carlton.frontLining', 'carlita.frontLining')]: 'cut from the front instead, up to our facing line',
      },
      measure: measureOf(gender),
      seams: seamsOf(gender),
      sewing: sewingOf(gender),
      openings: ({ d }) => [
        { id: 'sleeve', passes: 'hand', mm: d.stored('topCuffWidth') + d.stored('underCuffWidth') },
      ],
    },
  }
}
