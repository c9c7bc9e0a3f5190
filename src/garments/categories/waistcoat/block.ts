/** Waistcoat: FreeSewing's Wahid. */
import { bridgeDart } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { DrawnLine, Gender, Measures } from '../../types.ts'
import {
  both,
  by,
  fitted,
  holeAcross,
  is,
  LABELS,
  marks,
  own,
  pair,
  percent,
  rectangle,
  SEAMS,
  through,
  worded,
} from '../../blocks/common.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import { sewing } from './seams.ts'
import type { BlockPlan, Context, CutRow, SeamPair, Shape } from '../../blocks/types.ts'

const FRONT = 'wahid.front'
const BACK = 'wahid.back'

/** An outline whose open waist dart is bridged along the hem: the dart is drawn and sewn, not cut away. */
const bridged =
  (part: string) =>
  (d: Drafted): Shape => ({
    ring: bridgeDart(d.ring(part), d.point(part, 'dartStart'), d.point(part, 'dartEnd'), d.point(part, 'dartTop')),
    points: {},
  })
const dart = (d: Drafted, part: string): DrawnLine =>
  through(
    d,
    part,
    'dart',
    'dartStart',
    'dartHipLeft',
    'dartWaistLeft',
    'dartTop',
    'dartWaistRight',
    'dartHipRight',
    'dartEnd',
  )
const withPocket = is('pocket', 'welt')
const backRole = (ctx: Context) => (ctx.choice('back') === 'self' ? 'shell' : 'lining')
const pocketMark = (d: Drafted, ctx: Context): DrawnLine[] =>
  withPocket(ctx)
    ? [
        through(
          d,
          FRONT,
          'pocket',
          'pocketTopLeft',
          'pocketTopMidLeft',
          'pocketBottomMidLeft',
          'pocketBottomLeft',
          'pocketTopLeft',
        ),
        through(
          d,
          FRONT,
          'pocket',
          'pocketTopRight',
          'pocketTopMidRight',
          'pocketBottomMidRight',
          'pocketBottomRight',
          'pocketTopRight',
        ),
      ]
    : []

const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: bridged(FRONT),
    notches: ['armholePitch', 'waist', 'closureTop'],
    lines: (d, ctx) => [
      dart(d, FRONT),
      ...marks(d, FRONT, 'button', 'button'),
      ...marks(d, FRONT, 'button', 'button').flatMap(({ points }) => points.map((p) => holeAcross(p, 20))),
      ...pocketMark(d, ctx),
    ],
    why: 'The design cuts the dart out of the outline; it is sewn.',
  },
  {
    id: 'frontInterlining',
    part: FRONT,
    role: 'interlining',
    count: 2,
    mirrored: true,
    shape: bridged(FRONT),
    lines: (d) => [dart(d, FRONT)],
  },
  {
    id: 'back',
    part: BACK,
    role: backRole,
    count: 2,
    mirrored: true,
    shape: bridged(BACK),
    notches: ['armholePitch:double', 'waist'],
    lines: (d) => [dart(d, BACK)],
    why: 'The design’s back is of shell; the usual one is of lining cloth, ours by choice.',
  },
  {
    id: 'backLining',
    part: BACK,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: bridged(BACK),
    lines: (d) => [dart(d, BACK)],
  },
  { id: 'frontFacing', part: 'wahid.frontFacing', role: 'shell', count: 2, mirrored: true },
  { id: 'frontLining', part: 'wahid.frontLining', role: 'lining', count: 2, mirrored: true },
  { id: 'welt', part: 'wahid.pocketWelt', role: 'shell', count: 2, mirrored: true, when: withPocket },
  {
    id: 'weltInterlining',
    part: 'wahid.pocketInterfacing',
    role: 'interlining',
    count: 2,
    mirrored: true,
    when: withPocket,
  },
  {
    id: 'pocketBag',
    part: 'wahid.pocketBag',
    role: 'pocketing',
    count: 2,
    mirrored: true,
    when: withPocket,
    why: 'Pocketing instead of lining.',
  },
  { id: 'pocketFacing', part: 'wahid.pocketFacing', role: 'shell', count: 2, mirrored: true, when: withPocket },
  {
    id: 'strap',
    part: BACK,
    role: backRole,
    count: 4,
    mirrored: true,
    grainDeg: 0,
    shape: (d) => rectangle(d.point(BACK, 'waist').x * 0.9, 28),
    when: is('belt', 'strap'),
    why: 'The adjuster the design leaves out: two straps of two layers.',
  },
]

function measure(d: Drafted): Measures {
  const f = (name: string) => d.point(FRONT, name)
  const b = (name: string) => d.point(BACK, name)
  const closed = (part: string, left: string, right: string) => d.distance(part, left, right)
  return {
    bodyLength: b('hem').y - b('neck').y,
    halfChest: f('armhole').x + b('armhole').x,
    halfWaist:
      f('waist').x -
      closed(FRONT, 'dartWaistLeft', 'dartWaistRight') +
      b('waist').x -
      closed(BACK, 'dartWaistLeft', 'dartWaistRight'),
    halfHem: f('hem').x - closed(FRONT, 'dartStart', 'dartEnd') + b('hem').x - closed(BACK, 'dartStart', 'dartEnd'),
    shoulder: 2 * b('shoulder').x,
    acrossFront: 2 * f('armholePitch').x,
    acrossBack: 2 * b('armholePitch').x,
    armhole: d.distance(BACK, 'shoulder', 'armhole'),
    neckWidth: 2 * b('neck').x,
    frontNeckDrop: f('closureTop').y - f('neck').y,
    backNeckDrop: b('cbNeck').y - b('neck').y,
    waistLength: b('cbWaist').y - b('neck').y,
  }
}

const seams = (d: Drafted): SeamPair[] => [
  pair(
    'front.side',
    'back.side',
    d.seam(FRONT, 'armhole', 'hem', 'waist'),
    d.seam(BACK, 'armhole', 'hem', 'waist'),
    12,
  ),
  pair(
    'front.shoulder',
    'back.shoulder',
    d.distance(FRONT, 'neck', 'shoulder'),
    d.distance(BACK, 'neck', 'shoulder'),
    6,
  ),
  pair(
    'front.facing',
    'front.edge',
    d.seam('wahid.frontFacing', 'neck', 'closureBottom', 'closureTop'),
    d.seam(FRONT, 'neck', 'closureBottom', 'closureTop'),
    2,
  ),
]

/** Waistcoat for men or women. */
export const waistcoat = (gender: Gender): BlockPlan => ({
  design: 'wahid',
  name: by(gender, both('男马甲', "men's waistcoat"), both('女马甲', "women's waistcoat")),
  parameters: [
    fitted(
      'bodyLength',
      LABELS.bodyLength,
      by(gender, [560, 660, 590], [510, 620, 545]),
      'lengthBonus',
      0.02,
      (b) => (b['hpsToWaistBack'] ?? 0) + 0.72 * (b['waistToHips'] ?? 0),
    ),
    percent('chestEase', LABELS.chestEase, [2, 12, 6]),
    percent('waistEase', LABELS.waistEase, [3, 18, 10]),
    percent('hipsEase', LABELS.hipsEase, [3, 18, 9]),
    percent('necklineDrop', both('V领深', 'Neckline depth'), [36, 80, 52]),
    percent('shoulderInset', both('肩端内收', 'Shoulder inset'), [2, 20, 10]),
    percent('frontInset', both('前袖窿内收', 'Front armhole inset'), [10, 20, 14]),
    own('buttons', both('扣子数', 'Buttons'), [4, 8, 5], 'pc'),
  ],
  construction: choices,
  roles: (c) => ['shell', 'lining', 'interlining', ...(c['pocket'] === 'none' ? [] : (['pocketing'] as const))],
  points: [
    pom('bodyLength', { how: both('由肩颈点量至后底边', 'From high point shoulder to the back hem') }),
    pom('halfChest'),
    pom('halfWaist'),
    pom('halfHem'),
    pom('shoulder'),
    pom('acrossFront'),
    pom('acrossBack'),
    pom('armhole'),
    pom('neckWidth'),
    pom('frontNeckDrop', {
      how: both('由肩颈点垂直量至第一粒扣处止口', 'From high point shoulder down to where the edge begins'),
    }),
    pom('backNeckDrop'),
    pom('waistLength'),
  ],
  stitches: [
    worded(SEAMS.tailored, '大身合缝（分缝）', 'Body seams, pressed open'),
    SEAMS.lining,
    worded(SEAMS.topstitch, '止口、袋面明线', 'Topstitch on edges and pockets'),
    SEAMS.eyelet,
    SEAMS.buttonSew,
  ],
  recipe: {
    design: design('wahid'),
    options: (ctx) => ({
      hemStyle: { rounded: 'rounded', square: 'square' }[ctx.choice('hem')] ?? 'classic',
      buttons: ctx.parameter('buttons'),
      // The edge some 14 mm beyond the buttons, which are 15 mm wide.
      frontOverlap: 0.015,
    }),
    // A waistcoat ends above the hip bone: the design's hip line, below which it cannot end, is raised.
    body: (body) => ({ ...body, waistToHips: 0.72 * (body['waistToHips'] ?? 0) }),
    measureFrom: [FRONT, BACK],
    cutList,
    leftOut: {},
    measure,
    seams,
    sewing,
  },
})
