/** Tank top: the body of FreeSewing's Teagan without its sleeves, bound at neck and armholes. */
import {
  both,
  by,
  fitted,
  hem,
  is,
  LABELS,
  own,
  pair,
  percent,
  rectangle,
  SEAMS,
  widthOnFold,
  worded,
} from '../../../src/garments/blocks/common.ts'
import { design, type Drafted } from '../../../src/garments/blocks/engine.ts'
import type { BlockPlan, Context, CutRow } from '../../../src/garments/blocks/types.ts'
import { pom } from '../../../src/garments/measures.ts'
import type { Gender, Measures } from '../../../src/garments/types.ts'
import { choices } from './choices.ts'

const FRONT = 'teagan.front'
const BACK = 'teagan.back'
const BINDING = 30

const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')
const ofEdge = (ctx: Context) => (is('edge', 'rib')(ctx) ? ('rib' as const) : ('shell' as const))
const neck = (d: Drafted): number => 2 * (d.seam(FRONT, 'neck', 'cfNeck') + d.seam(BACK, 'neck', 'cbNeck'))
const armhole = (d: Drafted): number => d.seam(FRONT, 'shoulder', 'armhole') + d.seam(BACK, 'shoulder', 'armhole')

const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    edges: [hem('cfHem', 'hem', hemDepth)],
  },
  {
    id: 'back',
    part: BACK,
    role: 'shell',
    count: 1,
    fold: ['cbNeck', 'cbHem'],
    edges: [hem('cbHem', 'hem', hemDepth)],
  },
  {
    id: 'neckBinding',
    name: both('领口包边', 'Neck binding'),
    part: FRONT,
    role: ofEdge,
    count: 1,
    shape: (d) => rectangle(neck(d) * 0.9, BINDING),
  },
  {
    id: 'armholeBinding',
    name: both('袖窿包边', 'Armhole binding'),
    part: FRONT,
    role: ofEdge,
    count: 2,
    shape: (d) => rectangle(armhole(d) * 0.92, BINDING),
  },
]

function measure(d: Drafted): Measures {
  const f = (name: string) => d.point(FRONT, name)
  return {
    bodyLength: f('cfHem').y - f('neck').y,
    halfChest: 2 * f('armhole').x,
    halfWaist: widthOnFold(d, FRONT, f('cbWaist').y),
    halfHem: 2 * f('hem').x,
    shoulder: 2 * f('shoulder').x,
    armhole: d.distance(FRONT, 'shoulder', 'armhole'),
    neckWidth: 2 * f('neck').x,
    frontNeckDrop: f('cfNeck').y - f('neck').y,
    backNeckDrop: d.point(BACK, 'cbNeck').y - f('neck').y,
  }
}

export const block = (gender: Gender): BlockPlan => ({
  design: 'teagan',
  name: by(gender, both('男背心', "men's tank top"), both('女吊带背心', "women's tank top")),
  parameters: [
    fitted(
      'bodyLength',
      LABELS.bodyLength,
      by(gender, [600, 800, 690], [500, 760, 610]),
      'lengthBonus',
      0.15,
      (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
    ),
    percent('chestEase', LABELS.chestEase, [2, 30, 8]),
    percent('hipsEase', LABELS.hipsEase, [2, 40, 12]),
    own('hemDepth', LABELS.hemDepth, [15, 40, 25]),
  ],
  construction: choices,
  roles: (c) => ['shell', ...(c['edge'] === 'rib' ? (['rib'] as const) : [])],
  points: (
    ['bodyLength', 'halfChest', 'halfWaist', 'halfHem', 'shoulder', 'armhole', 'neckWidth', 'frontNeckDrop'] as const
  ).map((code) => pom(code)),
  stitches: [
    worded(SEAMS.knitAssembly, '肩缝、侧缝', 'Shoulder and side seams'),
    worded(SEAMS.ribCover, '领口、袖窿包边', 'Binding neck and armholes'),
    worded(SEAMS.knitHem, '下摆折边', 'Bottom hem'),
  ],
  recipe: {
    design: design('teagan'),
    options: (ctx) => ({ necklineDepth: ctx.choice('collar') === 'deep' ? 0.4 : 0.25, necklineWidth: 0.4 }),
    measureFrom: [FRONT, BACK],
    cutList,
    leftOut: { 'teagan.sleeve': 'a tank top has none' },
    measure,
    seams: (d) => [
      pair('front.side', 'back.side', d.seam(FRONT, 'armhole', 'hem'), d.seam(BACK, 'armhole', 'hem'), 2),
      pair(
        'front.shoulder',
        'back.shoulder',
        d.distance(FRONT, 'neck', 'shoulder'),
        d.distance(BACK, 'neck', 'shoulder'),
        2,
      ),
    ],
  },
})
