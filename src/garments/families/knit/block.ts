/** Sweatshirt (Sven), raglan pullover hoodie (Hugo) and zip hoodie (Huey): knitted bodies with rib bands. */
import { boxOf, crossingsAt } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import type { Gender, Measures } from '../../types.ts'
import {
  both,
  by,
  fitted,
  is,
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
import { girthOf } from '../../sewing/openings.ts'
import type { Body } from '../../sizes.ts'
import { sewingOf } from './seams.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import {
  cutListOf,
  hemEdge,
  hoodEdge,
  type Kind,
  namesOf,
  neckEdge,
  ribbed,
  ribHeight,
  SHARE,
  sleeveShape,
  withPocket,
  wristEdge,
} from './cut-list.ts'
import type {
  BlockPlan,
  ConstructionSlot,
  Context,
  MeasurePoint,
  Parameter,
  SeamPair,
  SeamSpec,
} from '../../blocks/types.ts'

function measureOf(kind: Kind) {
  const n = namesOf(kind)
  return (d: Drafted, ctx: Context): Measures => {
    const f = (name: string) => d.point(n.front, name)
    const { points } = sleeveShape(d, kind, ctx)
    const s = (name: string) => points[name] ?? d.point(n.sleeve, name)
    const rib = ribHeight(d, kind, ctx)
    const bottom = f(n.cfHem).y
    const waist = Math.min(f('cfWaist').y, bottom - 1)
    const hood = n.hood ? boxOf(d.ring(n.hood)) : { x0: 0, x1: 0, y0: 0, y1: 0 }
    const reach = (part: string) => crossingsAt(d.ring(part), waist).at(-1) ?? 0
    return {
      bodyLength: bottom + rib - f('neck').y,
      halfChest: f('armhole').x + d.point(n.back, 'armhole').x,
      halfWaist: reach(n.front) + reach(n.back),
      halfHem: (hemEdge(d, n) / 2) * (ribbed(ctx) ? SHARE.hem : 1),
      shoulder: 2 * f('shoulder').x,
      sleeveLength: s('wristLeft').y + rib - s('sleeveTip').y,
      halfBicep: (s('bicepsRight').x - s('bicepsLeft').x) / 2,
      halfCuff: (wristEdge(d, n) / 2) * (ribbed(ctx) ? SHARE.cuff : 1),
      armhole: d.distance(n.front, 'shoulder', 'armhole'),
      neckWidth: 2 * f('neck').x,
      frontNeckDrop: f('cfNeck').y - f('neck').y,
      backNeckDrop: d.point(n.back, 'cbNeck').y - f('neck').y,
      ribHeight: rib,
      cuffHeight: rib,
      hoodHeight: hood.y1 - hood.y0,
      hoodDepth: hood.x1 - hood.x0,
      halfNeckStretched: neckOpen(d, kind, ctx) / 2,
      collarHeight: kind === 'sven' ? ctx.parameter('collarHeight') : 0,
    }
  }
}

function seamsOf(kind: Kind) {
  const n = namesOf(kind)
  return (d: Drafted, ctx: Context): SeamPair[] => {
    const neck = neckEdge(d, kind, n)
    const rib = (edge: number, share: number) => edge * (1 - share) + 1
    const pairs = [
      pair('front.side', 'back.side', d.seam(n.front, 'armhole', n.hem), d.seam(n.back, 'armhole', n.hem), 3),
      pair(
        'sleeve.underarmFront',
        'sleeve.underarmBack',
        d.distance(n.sleeve, 'bicepsRight', 'wristRight'),
        d.distance(n.sleeve, 'bicepsLeft', 'wristLeft'),
        2,
      ),
    ]
    if (kind === 'hugo')
      pairs.push(
        pair(
          'front.raglan',
          'sleeve.raglanFront',
          d.seam(n.front, 'raglanTipFront', 'armhole'),
          d.seam(n.sleeve, 'raglanTipFront', 'bicepsLeft', 'frontNotch'),
          16,
        ),
        pair(
          'back.raglan',
          'sleeve.raglanBack',
          d.seam(n.back, 'raglanTipBack', 'armhole'),
          d.seam(n.sleeve, 'raglanTipBack', 'bicepsRight', 'backNotch'),
          16,
        ),
      )
    else
      pairs.push(
        pair(
          'front.shoulder',
          'back.shoulder',
          d.distance(n.front, 's3CollarSplit', 's3ArmholeSplit'),
          d.distance(n.back, 's3CollarSplit', 's3ArmholeSplit'),
          2,
        ),
        pair(
          'sleeve.cap',
          'body.armhole',
          d.seam(n.sleeve, 'bicepsLeft', 'bicepsRight', 'sleeveTip'),
          d.seam(n.front, 's3ArmholeSplit', 'armhole') + d.seam(n.back, 's3ArmholeSplit', 'armhole'),
          12,
        ),
      )
    if (kind === 'sven') pairs.push(pair('neckRib', 'body.neck', neck * SHARE.neck, neck, rib(neck, SHARE.neck)))
    else pairs.push(pair('hood.neck', 'body.neck', hoodEdge(d, kind), neck, 20))
    if (ribbed(ctx))
      pairs.push(pair('hemRib', 'body.hem', hemEdge(d, n) * SHARE.hem, hemEdge(d, n), rib(hemEdge(d, n), SHARE.hem)))
    return pairs
  }
}

/** How wide the neck becomes over a head, mm: as far as its edge and its band give. */
function neckOpen(d: Drafted, kind: Kind, ctx: Context): number {
  const { shell, rib } = ctx.cloth.stretch
  const edge = neckEdge(d, kind, namesOf(kind))
  return kind === 'sven' ? Math.min(edge * (1 + shell), edge * SHARE.neck * (1 + rib)) : edge * (1 + shell)
}

/** The draft's neck edge falls short of neck and ease by up to two per cent. */
const NECK_SPARE = 1.03
/**
 * A pullover is drafted for a neck that lets the head through, whatever ease was asked for: for a stretch of 30 % the
 * necks of most bodies are too narrow.
 */
function wideEnough(kind: Kind, body: Body, ctx: Context): Body {
  if (kind === 'huey' || ctx.recipe < 2) return body
  const { shell, rib } = ctx.cloth.stretch
  const gives = kind === 'sven' ? Math.min(1 + shell, SHARE.neck * (1 + rib)) : 1 + shell
  const least = (girthOf('head', body) * NECK_SPARE) / gives / (1 + ctx.parameter('collarEase') / 100)
  return { ...body, neck: Math.max(body['neck'] ?? 0, least) }
}

const parametersOf = (kind: Kind, gender: Gender): Parameter[] => [
  fitted(
    'bodyLength',
    LABELS.bodyLength,
    by(gender, [600, 820, 690], [500, 780, 620]),
    'lengthBonus',
    0.12,
    (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
  ),
  fitted(
    'sleeveLength',
    LABELS.sleeveLength,
    by(gender, [560, 680, 625], [500, 640, 575]),
    'sleeveLengthBonus',
    0.02,
    (b) => b['shoulderToWrist'] ?? 0,
  ),
  {
    ...fitted(
      'ribHeight',
      LABELS.ribHeight,
      [35, 90, 60],
      'ribbingHeight',
      0.1,
      (b) => (b['hpsToWaistBack'] ?? 0) + (b['waistToHips'] ?? 0),
    ),
    when: ribbed,
  },
  percent('chestEase', LABELS.chestEase, by(gender, [8, 40, 20], [6, 40, 16])),
  percent('hipsEase', LABELS.hipsEase, by(gender, [6, 40, 18], [4, 40, 12])),
  percent('bicepsEase', LABELS.bicepsEase, [10, kind === 'hugo' ? 36 : 45, 20]),
  percent('cuffEase', LABELS.cuffEase, [20, 70, 40]),
  percent('shoulderEase', LABELS.shoulderEase, [-2, 14, 2]),
  percent('collarEase', both('领围放松量', 'Neck ease'), kind === 'sven' ? [8, 35, 20] : [2, 16, 8]),
  percent('armholeDepth', LABELS.armholeDepth, [0, kind === 'hugo' ? 12 : 20, 4]),
  ...(kind === 'sven' ? [own('collarHeight', both('领口罗纹高', 'Neck rib height'), [15, 45, 25])] : []),
  ...(kind === 'hugo' ? [percent('pocketWidth', both('口袋宽', 'Pocket width'), [40, 62, 52])] : []),
]

const pointsOf = (kind: Kind): MeasurePoint[] => [
  pom('bodyLength'),
  pom('halfChest'),
  pom('halfWaist'),
  pom('halfHem', { how: both('平铺，罗纹自然状态横量', 'Flat, rib relaxed') }),
  pom(
    'shoulder',
    kind === 'hugo'
      ? { how: both('插肩款：于肩端对应点横量', 'Raglan: between the points above the shoulder bones') }
      : {},
  ),
  pom(
    'sleeveLength',
    kind === 'hugo'
      ? { how: both('插肩款：由肩端对应点量至袖口', 'Raglan: from the point above the shoulder bone to the edge') }
      : {},
  ),
  pom('halfBicep'),
  pom('halfCuff'),
  pom('armhole'),
  pom('neckWidth'),
  pom('frontNeckDrop'),
  ...(kind === 'huey' ? [] : [pom('halfNeckStretched', { when: since2 })]),
  pom('ribHeight', { when: ribbed }),
  ...(kind === 'sven'
    ? [pom('backNeckDrop'), pom('collarHeight', { name: both('领口罗纹高', 'Neck rib height'), tolerance: 2 })]
    : [pom('hoodHeight'), pom('hoodDepth')]),
]

const TITLES: Record<Kind, { men: [string, string]; women: [string, string] }> = {
  sven: { men: ['男卫衣', "men's sweatshirt"], women: ['女卫衣', "women's sweatshirt"] },
  hugo: { men: ['男连帽卫衣', "men's hoodie"], women: ['女连帽卫衣', "women's hoodie"] },
  huey: {
    men: ['男拉链连帽卫衣', "men's zip hoodie"],
    women: ['女拉链连帽卫衣', "women's zip hoodie"],
  },
}

/** Topstitch of a hoodie: its hood's edge, its pockets, and the front edge where a zip parts it. */
function hoodEdges(zipped: boolean): SeamSpec[] {
  const [zh, en] = zipped ? ['门襟、帽口', 'front and hood edges'] : ['帽口', 'hood edge']
  return [
    only(worded(SEAMS.topstitch, `${zh}、袋口明线`, `Topstitch on ${en} and pockets`), withPocket),
    only(worded(SEAMS.topstitch, `${zh}明线`, `Topstitch on ${en}`), is('pocket', 'none')),
  ]
}
/** What a knitted sleeve is eased in by, share of its armhole: some 5 mm. */
const CAP_EASE = 0.01
const hemmed = isNot('rib', 'rib')
const bands = both('袖口、下摆绱罗纹', 'Joining ribs at cuffs and hem')
const STITCHES: Record<Kind, SeamSpec[]> = {
  sven: [
    SEAMS.knitAssembly,
    SEAMS.knitTape,
    only(SEAMS.ribJoin, ribbed),
    only(worded(SEAMS.ribJoin, '领口绱罗纹', 'Joining the neck rib'), hemmed),
    SEAMS.ribCover,
    worded(SEAMS.topstitch, '袖窿明线', 'Topstitch along the armholes'),
    only(SEAMS.knitHem, hemmed),
  ],
  hugo: [
    worded(SEAMS.knitAssembly, '插肩缝、侧缝、袖底缝、绱帽', 'Raglan, side, sleeve and hood seams'),
    SEAMS.knitTape,
    worded(SEAMS.ribJoin, bands.zh, bands.en),
    SEAMS.ribCover,
    ...hoodEdges(false),
  ],
  huey: [
    worded(SEAMS.knitAssembly, '肩缝、侧缝、袖底缝、绱袖、绱帽', 'Shoulder, side, sleeve, armhole and hood seams'),
    SEAMS.knitTape,
    only(worded(SEAMS.ribJoin, bands.zh, bands.en), ribbed),
    only(SEAMS.ribCover, ribbed),
    ...hoodEdges(true),
    worded(SEAMS.zip, '绱门襟拉链', 'Setting the front zip'),
    only(SEAMS.knitHem, hemmed),
  ],
}

/** A knitted garment after one of the designs, with the choices of its category. */
export function knit(kind: Kind, gender: Gender, construction: readonly ConstructionSlot[]): BlockPlan {
  const n = namesOf(kind)
  const title = TITLES[kind]
  return {
    design: kind,
    name: both(...title[gender]),
    parameters: parametersOf(kind, gender),
    construction,
    roles: (c) => [
      'shell',
      ...(c['hood'] === 'contrast' ? (['contrast'] as const) : []),
      ...(c['rib'] === 'rib' || kind === 'sven' ? (['rib'] as const) : []),
    ],
    points: pointsOf(kind),
    stitches: STITCHES[kind],
    recipe: {
      design: design(kind),
      options: (ctx) => ({
        ...(kind === 'hugo' ? {} : { ribbing: ribbed(ctx) }),
        ...(kind !== 'hugo' && since2(ctx) ? { sleevecapEase: CAP_EASE } : {}),
        ...(kind === 'huey' ? { pocket: withPocket(ctx) } : {}),
      }),
      measureFrom: [n.front, n.back, n.sleeve, `${kind}.waistband`, ...(n.hood ? [n.hood] : [])],
      cutList: cutListOf(kind),
      leftOut: {
        [`${kind}.waistband`]: 'our rib band, cut with its stretch across',
        [`${kind}.cuff`]: 'our rib band, cut with its stretch across',
        ...(kind === 'hugo' ? { 'hugo.neckBinding': 'our neck tape' } : {}),
      },
      measure: measureOf(kind),
      seams: seamsOf(kind),
      sewing: sewingOf(kind),
      openings: ({ d, ctx }) => {
        const { shell, rib } = ctx.cloth.stretch
        const wrist = wristEdge(d, n)
        return [
          ...(kind === 'huey' ? [] : [{ id: 'neck', passes: 'head', mm: neckOpen(d, kind, ctx) } as const]),
          {
            id: 'sleeve',
            passes: 'hand',
            mm: ribbed(ctx) ? Math.min(wrist * (1 + shell), wrist * SHARE.cuff * (1 + rib)) : wrist * (1 + shell),
          },
        ]
      },
      body: (body, ctx) => wideEnough(kind, body, ctx),
    },
  }
}
