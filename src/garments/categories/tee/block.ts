/** T-shirt: FreeSewing's Teagan, with the neck rib, cuffs and pocket it leaves to the sewer. */
import { reachBetween } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import type { DrawnLine, Gender, Measures } from '../../types.ts'
import {
  both,
  by,
  fitted,
  foldLine,
  hem,
  is,
  isNot,
  LABELS,
  line,
  only,
  own,
  pair,
  patchPocket,
  percent,
  rectangle,
  ribBand,
  SEAMS,
  since2,
  widthOnFold,
  worded,
} from '../../blocks/common.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import { sewing } from './seams.ts'
import type { BlockPlan, Context, CutRow, Recipe, SeamPair, SeamSpec } from '../../blocks/types.ts'

const FRONT = 'teagan.front'
const BACK = 'teagan.back'
const SLEEVE = 'teagan.sleeve'

/** Ribs are cut shorter than the edge they are sewn to, so that they lie close: the share of the edge's length. */
const RIB_SHARE = { neck: 0.85, cuff: 0.92, hem: 0.88 }

/** What the sleeve is eased in by, share of its armhole: some 5 mm. */
const CAP_EASE = 0.01

const neckline = (d: Drafted): number => 2 * (d.seam(FRONT, 'neck', 'cfNeck') + d.seam(BACK, 'neck', 'cbNeck'))
const cuffEdge = (d: Drafted): number => d.distance(SLEEVE, 'hemLeft', 'hemRight')
const withCuff = is('cuff', 'rib')
const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')
const pocketWidth = (d: Drafted): number => 0.12 * (d.body['chest'] ?? 0)

/** The neck rib sits on the neckline; the pocket on the wearer's left, its top at the chest line. */
const pocketMark = (d: Drafted, ctx: Context): DrawnLine[] => {
  if (ctx.choice('pocket') === 'none') return []
  const width = pocketWidth(d)
  const chest = d.point(FRONT, 'armhole')
  const y = chest.y - width * 0.25
  const room = ctx.recipe < 2 ? Infinity : reachBetween(d.ring(FRONT), y, y + width * 1.15) - width - 12
  const x = Math.min(chest.x * 0.55 - width / 2, room)
  const place = patchPocket(width, width * 1.15).ring.map((p) => ({ x: p.x + x, y: p.y + y }))
  return [line('pocket', ...place, ...place.slice(0, 1))]
}

const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    edges: [hem('cfHem', 'hem', hemDepth)],
    notches: ['armholeNotchFront', 'waist'],
    // Recipe 1 marked it on both sides, though one is cut.
    lines: (d, ctx) => (ctx.recipe < 2 ? pocketMark(d, ctx) : []),
    oneSided: pocketMark,
  },
  {
    id: 'back',
    part: BACK,
    role: 'shell',
    count: 1,
    fold: ['cbNeck', 'cbHem'],
    edges: [hem('cbHem', 'hem', hemDepth)],
    notches: ['armholeNotchBack:double', 'waist'],
    why: 'The design folds the back at the front neck point, 60 mm below its own neckline: our fold starts at cbNeck.',
  },
  {
    id: 'sleeve',
    part: SLEEVE,
    role: 'shell',
    count: 2,
    mirrored: true,
    edges: [hem('hemLeft', 'hemRight', (ctx) => (withCuff(ctx) ? ctx.sa : hemDepth(ctx)))],
    notches: ['frontNotch', 'backNotch:double', 'sleeveTip'],
  },
  {
    id: 'neckRib',
    part: FRONT,
    role: 'rib',
    count: 1,
    shape: (d, ctx) => ribBand(neckline(d), RIB_SHARE.neck, ctx.parameter('collarHeight')),
    lines: (d, ctx) => foldLine(neckline(d) * RIB_SHARE.neck, ctx.parameter('collarHeight')),
    why: 'The design has no neckband; every T-shirt that is sold has one.',
  },
  {
    id: 'neckTape',
    part: BACK,
    role: 'shell',
    count: 1,
    shape: (d) => rectangle(2 * d.seam(BACK, 'neck', 'cbNeck') + 20, 12),
    why: 'Covers the back neck seam; cut from the shell.',
  },
  {
    id: 'cuffRib',
    part: SLEEVE,
    role: 'rib',
    count: 2,
    shape: (d) => ribBand(cuffEdge(d), RIB_SHARE.cuff, CUFF_RIB),
    lines: (d) => foldLine(cuffEdge(d) * RIB_SHARE.cuff, CUFF_RIB),
    when: withCuff,
    why: 'Only with the rib cuff.',
  },
  {
    id: 'chestPocket',
    part: FRONT,
    role: 'shell',
    count: 1,
    shape: (d) => patchPocket(pocketWidth(d), pocketWidth(d) * 1.15),
    edges: [hem('tl', 'tr', 25)],
    when: is('pocket', 'chest'),
    why: 'Only with the chest pocket; the design has none.',
  },
]

/** Finished height of a rib cuff on a T-shirt, mm. */
const CUFF_RIB = 25

/** How wide the neck becomes over a head, mm: as far as its edge and its band give. */
function neckOpen(d: Drafted, ctx: Context): number {
  const { shell, rib } = ctx.cloth.stretch
  return neckline(d) * Math.min(1 + shell, RIB_SHARE.neck * (1 + rib))
}

const openings: Recipe['openings'] = ({ d, ctx }) => [
  { id: 'neck', passes: 'head', mm: neckOpen(d, ctx) },
  { id: 'sleeve', passes: 'hand', mm: cuffEdge(d) * (1 + ctx.cloth.stretch.shell) },
]

function measure(d: Drafted, ctx: Context): Measures {
  const f = (name: string) => d.point(FRONT, name)
  const s = (name: string) => d.point(SLEEVE, name)
  const rib = withCuff(ctx) ? CUFF_RIB : 0
  return {
    halfNeckStretched: neckOpen(d, ctx) / 2,
    bodyLength: f('cfHem').y - f('neck').y,
    halfChest: 2 * f('armhole').x,
    halfWaist: widthOnFold(d, FRONT, f('cbWaist').y),
    halfHem: 2 * f('hem').x,
    shoulder: 2 * f('shoulder').x,
    sleeveLength: s('hemLeft').y - s('sleeveTip').y + rib,
    halfBicep: (s('bicepsRight').x - s('bicepsLeft').x) / 2,
    halfCuff: (cuffEdge(d) * (rib ? RIB_SHARE.cuff : 1)) / 2,
    armhole: d.distance(FRONT, 'shoulder', 'armhole'),
    neckWidth: 2 * f('neck').x,
    frontNeckDrop: f('cfNeck').y - f('neck').y,
    backNeckDrop: d.point(BACK, 'cbNeck').y - f('neck').y,
    collarHeight: ctx.parameter('collarHeight'),
    cuffHeight: CUFF_RIB,
  }
}

function seams(d: Drafted): SeamPair[] {
  const armhole = d.seam(FRONT, 'shoulder', 'armhole') + d.seam(BACK, 'shoulder', 'armhole')
  const edge = neckline(d)
  return [
    pair('front.side', 'back.side', d.seam(FRONT, 'armhole', 'hem'), d.seam(BACK, 'armhole', 'hem'), 2),
    pair(
      'front.shoulder',
      'back.shoulder',
      d.distance(FRONT, 'neck', 'shoulder'),
      d.distance(BACK, 'neck', 'shoulder'),
      2,
    ),
    pair('sleeve.cap', 'body.armhole', d.seam(SLEEVE, 'bicepsLeft', 'bicepsRight', 'sleeveTip'), armhole, 8),
    pair(
      'sleeve.underarmFront',
      'sleeve.underarmBack',
      d.distance(SLEEVE, 'bicepsRight', 'hemRight'),
      d.distance(SLEEVE, 'bicepsLeft', 'hemLeft'),
      2,
    ),
    pair('neckRib', 'body.neck', edge * RIB_SHARE.neck, edge, edge * (1 - RIB_SHARE.neck) + 1),
  ]
}

const stitches: SeamSpec[] = [
  SEAMS.knitAssembly,
  SEAMS.knitTape,
  only(worded(SEAMS.ribJoin, '领口绱罗纹', 'Joining the neck rib'), isNot('cuff', 'rib')),
  only(worded(SEAMS.ribJoin, '领口、袖口绱罗纹', 'Joining ribs at neck and cuffs'), withCuff),
  SEAMS.ribCover,
  only(SEAMS.knitHem, isNot('cuff', 'rib')),
  only(worded(SEAMS.knitHem, '下摆折边', 'Bottom hem'), withCuff),
]

/** T-shirt for men or women. */
export const tee = (gender: Gender): BlockPlan => ({
  design: 'teagan',
  name: by(gender, both('男T恤', "men's T-shirt"), both('女T恤', "women's T-shirt")),
  parameters: [
    fitted(
      'bodyLength',
      LABELS.bodyLength,
      by(gender, [600, 860, 710], [480, 820, 630]),
      'lengthBonus',
      0.15,
      (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
    ),
    fitted(
      'sleeveLength',
      LABELS.sleeveLength,
      by(gender, [170, 640, 215], [140, 600, 180]),
      'sleeveLength',
      0.3,
      (b) => (b['biceps'] ?? 0) * 0.56,
    ),
    percent('cuffEase', LABELS.cuffEase, by(gender, [-45, 12, 4], [-45, 12, 2]), 'sleeveEase'),
    {
      ...fitted(
        'frontNeckDrop',
        both('前领深', 'Front neck drop'),
        by(gender, [70, 200, 95], [70, 220, 105]),
        'necklineDepth',
        0.22,
        (b) => b['hpsToWaistBack'] ?? 0,
      ),
      least: 85,
    },
    {
      ...fitted(
        'neckWidth',
        both('领宽', 'Neck width'),
        by(gender, [165, 240, 185], [165, 250, 190]),
        'necklineWidth',
        0.2,
        (b) => (b['shoulderToShoulder'] ?? 0) - (b['neck'] ?? 0) / 2.4,
      ),
      least: 175,
    },
    percent('chestEase', LABELS.chestEase, by(gender, [4, 40, 12], [2, 40, 8])),
    percent('hipsEase', LABELS.hipsEase, by(gender, [4, 45, 16], [2, 45, 8])),
    percent('waistEase', LABELS.waistEase, by(gender, [8, 45, 25], [8, 45, 18])),
    percent('shoulderEase', LABELS.shoulderEase, [-4, 14, 0]),
    own('collarHeight', both('领口罗纹高', 'Neck rib height'), [10, 40, 20]),
    own('hemDepth', LABELS.hemDepth, [15, 40, 25]),
  ],
  construction: choices(gender),
  roles: () => ['shell', 'rib'],
  points: [
    pom('bodyLength'),
    pom('halfChest'),
    pom('halfWaist'),
    pom('halfHem'),
    pom('shoulder'),
    pom('sleeveLength'),
    pom('halfBicep'),
    pom('halfCuff'),
    pom('armhole'),
    pom('neckWidth'),
    pom('frontNeckDrop'),
    pom('backNeckDrop'),
    pom('halfNeckStretched', { when: since2 }),
    pom('collarHeight', { name: both('领口罗纹高', 'Neck rib height'), tolerance: 2 }),
    pom('cuffHeight', { when: withCuff }),
  ],
  stitches,
  recipe: {
    design: design('teagan'),
    options: (ctx) => ({
      ...(since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
      fitWaist: ctx.choice('shape') === 'fitted',
      // A straight line from shoulder to centre front is a V; a scoop is the fullest curve.
      necklineBend: { crew: 0.3, v: 0, scoop: 0.5 }[ctx.choice('collar')] ?? 0.3,
    }),
    measureFrom: [FRONT, BACK, SLEEVE],
    cutList,
    leftOut: {},
    measure,
    seams,
    sewing,
    openings,
  },
})
