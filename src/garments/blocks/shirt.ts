/** Button shirt: FreeSewing's Simon, for men buttoned left over right, for women right over left. */
import { pom } from '../measures.ts'
import type { DrawnLine, Gender, Measures } from '../types.ts'
import {
  both,
  by,
  fitted,
  hem,
  is,
  isNot,
  LABELS,
  line,
  marks,
  own,
  pair,
  patchPocket,
  percent,
  SEAMS,
  slot,
  through,
} from './common.ts'
import { design, type Drafted } from './engine.ts'
import type { Block, Context, CutRow, SeamPair } from './types.ts'

/** The half of the front that carries the buttonholes, as the design drafts it for men: x grows to the side seam. */
const HOLES = 'simon.frontLeft'
const BUTTONS = 'simon.frontRight'
const BACK = 'simon.back'
const YOKE = 'simon.yoke'
const SLEEVE = 'simon.sleeve'
const CUFF = 'simon.cuff'
const COLLAR = 'simon.collar'
const STAND = 'simon.collarStand'

const long = is('sleeve', 'long')
const short = is('sleeve', 'short')
const separate = is('closure', 'placket')
const withPocket = isNot('pocket', 'none')
const flapped = is('pocket', 'two-flap')
const french = is('cuff', 'french')

const pocketWidth = (d: Drafted): number => 0.125 * (d.body['chest'] ?? 0)
const cuffLength = (d: Drafted): number => d.distance(CUFF, 'topLeft', 'topRight')

/** A chest pocket on the side the buttonholes are on; on both sides when there are two. */
function pocketMark(d: Drafted, part: string, sign: 1 | -1, ctx: Context): DrawnLine[] {
  if (!withPocket(ctx) || (part === BUTTONS && !flapped(ctx))) return []
  const width = pocketWidth(d)
  const chest = d.point(part, 'armhole')
  const x = Math.abs(chest.x) * 0.55 - width / 2
  const place = patchPocket(width, width * 1.15).ring.map((p) => ({
    x: sign * (p.x + x),
    y: p.y + chest.y - width * 0.35,
  }))
  return [line('pocket', ...place, ...place.slice(0, 1))]
}

function cutListOf(gender: Gender): CutRow[] {
  // Women's shirts close right over left: the halves are turned over, and so is their name.
  const flip = gender === 'women'
  const sides = flip
    ? ({ holes: 'frontRight', buttons: 'frontLeft' } as const)
    : ({ holes: 'frontLeft', buttons: 'frontRight' } as const)
  const hemTo = (edge: string) => [hem('hem', edge, (ctx) => (ctx.choice('hem') === 'straight' ? 20 : ctx.sa))]
  const holes = (d: Drafted) =>
    marks(d, HOLES, 'buttonhole', 'button', 0).map(({ points: [p] }) =>
      p ? line('buttonhole', { x: p.x, y: p.y - 8 }, { x: p.x, y: p.y + 8 }) : line('guide'),
    )
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
              ...holes(d),
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
      part: 'simon.buttonholePlacket',
      role: 'shell',
      count: 1,
      flip,
      lines: (d) => holes(d),
      when: separate,
      why: 'The design lists both plackets always; grown-on ones have no outline and are not cut. The button side stays grown on.',
    },
    {
      id: 'back',
      part: BACK,
      role: 'shell',
      count: 1,
      fold: ['cbTop', 'cbHem'],
      edges: [hem('cbHem', 'hem', (ctx) => (ctx.choice('hem') === 'straight' ? 20 : ctx.sa))],
      notches: ['armholePitch:double', 'waist', 'hips'],
      lines: (d, ctx) =>
        ctx.choice('back') === 'darts'
          ? [through(d, BACK, 'dart', 'dartTop', 'dartCenterIn', 'dartBottom', 'dartCenterOut', 'dartTop')]
          : [],
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
      lines: (d, ctx) => (french(ctx) ? [] : marks(d, CUFF, 'button', 'button')),
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
    { id: 'collar', part: COLLAR, role: 'shell', count: 1, when: isNot('collar', 'band'), why: 'Upper collar.' },
    {
      id: 'underCollar',
      part: COLLAR,
      role: 'shell',
      count: 1,
      when: isNot('collar', 'band'),
      why: 'The design lists two collars; the under collar is named apart because it is fused on the bias in better shirts.',
    },
    {
      id: 'collarInterlining',
      part: COLLAR,
      role: 'interlining',
      count: 1,
      when: isNot('collar', 'band'),
      why: 'Only the upper collar is fused; the design fuses both.',
    },
    { id: 'collarStand', part: STAND, role: 'shell', count: 2 },
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
      when: flapped,
      why: 'The design has no pocket.',
    },
    {
      id: 'flap',
      part: BACK,
      role: 'shell',
      count: 4,
      shape: (d) => patchPocket(pocketWidth(d) + 4, pocketWidth(d) * 0.5),
      when: flapped,
    },
  ]
}

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
    const drape = 0.05 * (d.body['shoulderToWrist'] ?? 0)
    pairs.push(
      pair(
        'sleeve.wrist',
        'cuff',
        d.point(SLEEVE, 'wristRight').x - d.point(SLEEVE, 'wristLeft').x - drape,
        cuffLength(d),
        12,
      ),
    )
  }
  return pairs
}

/** Shirt for men or women. */
export const shirt = (gender: Gender): Block => ({
  category: 'shirt',
  gender,
  design: 'simon',
  name: by(gender, both('男衬衫', "men's shirt"), both('女衬衫', "women's shirt")),
  parameters: [
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
  ],
  construction: [
    slot('closure', both('门襟', 'Front'), [
      ['plain', '连裁法式门襟', 'Grown-on French front'],
      ['placket', '另上门襟', 'Separate placket'],
    ]),
    slot('collar', both('领子', 'Collar'), [
      ['classic', '标准领', 'Classic collar'],
      ['spread', '宽角领', 'Spread collar'],
      ['button-down', '扣尖领', 'Button-down collar'],
      ['band', '立领', 'Band collar'],
    ]),
    slot('sleeve', both('袖长', 'Sleeve'), [
      ['long', '长袖', 'Long'],
      ['short', '短袖', 'Short'],
    ]),
    slot('cuff', both('袖克夫', 'Cuff'), [
      ['angled', '切角', 'Angled barrel'],
      ['rounded', '圆角', 'Rounded barrel'],
      ['straight', '方角', 'Straight barrel'],
      ['french', '法式双折', 'French'],
    ]),
    slot(
      'pocket',
      both('口袋', 'Pocket'),
      by(
        gender,
        [
          ['chest', '左胸贴袋', 'Chest pocket'],
          ['two-flap', '双胸袋带盖', 'Two pockets with flaps'],
          ['none', '无', 'None'],
        ],
        [
          ['none', '无', 'None'],
          ['chest', '胸袋', 'Chest pocket'],
          ['two-flap', '双胸袋带盖', 'Two pockets with flaps'],
        ],
      ),
    ),
    slot(
      'back',
      both('后背', 'Back'),
      by(
        gender,
        [
          ['plain', '平背', 'Plain'],
          ['box-pleat', '工字褶', 'Box pleat'],
          ['darts', '后腰省', 'Darts'],
        ],
        [
          ['darts', '后腰省', 'Darts'],
          ['plain', '平背', 'Plain'],
          ['box-pleat', '工字褶', 'Box pleat'],
        ],
      ),
    ),
    slot('hem', both('下摆', 'Hem'), [
      ['straight', '平摆', 'Straight'],
      ['curved', '圆摆', 'Curved'],
    ]),
  ],
  roles: () => ['shell', 'interlining'],
  points: [
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
  ],
  stitches: [SEAMS.shirtLock, SEAMS.shirtFell, SEAMS.topstitch, SEAMS.shirtHem, SEAMS.buttonhole, SEAMS.buttonSew],
  recipe: {
    design: design('simon'),
    options: (ctx) => ({
      buttonholePlacketStyle: separate(ctx) ? 'classic' : 'seamless',
      separateButtonholePlacket: separate(ctx),
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
  },
})
