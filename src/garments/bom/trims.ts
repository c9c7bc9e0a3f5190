import type { Localized, Minor } from '../../core/values.ts'
import { polygonArea } from '../marker/shape.ts'
import type { BomRow, Category, Draft, Piece, SizeDraft, StyleSpec } from '../types.ts'
import { BUTTONS, type ButtonUse, HOLES, MM_PER_LIGNE, threadOf } from './trim-tables.ts'

/** A trim of one garment, before it is a row: prices in CNY fen (assumptions, as the cloth prices are). */
export interface Trim {
  role: Extract<BomRow['role'], 'trim' | 'label' | 'packaging'>
  code: string
  name: Localized
  specification: Localized
  placement: Localized
  unit: BomRow['unit']
  quantity: Readonly<Record<string, number>>
  wastePercent: number
  fen: Minor
  /** Mass of one unit, g. */
  grams: number
  /** Whose colour it takes: a key of the colourway, the next one where that is not named; none = not coloured. */
  colourFrom: readonly string[]
}

const each = (draft: Draft, quantity: (size: SizeDraft) => number): Record<string, number> =>
  Object.fromEntries(draft.sizes.map((size) => [size.size, quantity(size)]))
const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const both = (zh: string, en: string): Localized => ({ zh, en })

/** Lengths by size, in words: "S 620, M 635 mm"; one figure where all sizes agree. */
function bySize(lengths: Readonly<Record<string, number>>, unit: Localized): Localized {
  const values = Object.entries(lengths)
  const same = values.every(([, value]) => value === values[0]?.[1])
  const say = (lang: 'zh' | 'en'): string =>
    same
      ? `${values[0]?.[1]} ${unit[lang]}`
      : `${values.map(([size, value]) => `${size}: ${value}`).join(lang === 'zh' ? '，' : ', ')} ${unit[lang]}`
  return { zh: say('zh'), en: say('en') }
}

/** Everything sewn on, sewn with, or packed around a garment, from its construction, its measures and its pattern. */
export function trimsOf(spec: StyleSpec, draft: Draft): Trim[] {
  return [...fastenings(spec, draft), ...shaping(spec, draft), thread(spec, draft), ...labels(spec, draft)]
}

const chosen = (spec: StyleSpec, slot: string): string => spec.construction[slot] ?? 'none'
const has = (spec: StyleSpec, slot: string): boolean => !/^(none|no|without|off|plain)$/.test(chosen(spec, slot))

// ── buttons, zips, buckles, cords ────────────────────────────────────────────────────────────────────────────────

function fastenings(spec: StyleSpec, draft: Draft): Trim[] {
  const trims: Trim[] = []
  const closure = chosen(spec, 'closure')
  const zip = zipOf(spec, draft, closure)
  if (zip) trims.push(zip)
  trims.push(...buttonsOf(spec, draft))
  if (has(spec, 'belt') && /buckle/.test(chosen(spec, 'belt'))) trims.push(buckle(draft))
  if (has(spec, 'hood')) trims.push(...drawcord(draft))
  const waist = `${chosen(spec, 'waist')} ${chosen(spec, 'waistband')}`
  if (/elastic|drawstring/.test(waist)) trims.push(...waistElastic(draft, /drawstring/.test(waist)))
  if (/hook/.test(`${closure} ${waist}`) || spec.category === 'trousers') trims.push(hook(draft))
  return trims
}

/** Where a button mark belongs, by the piece it is drawn on. */
function useOf(piece: Piece): ButtonUse {
  if (/cuff|sleeve/i.test(piece.id)) return 'cuff'
  if (/flap|pocket|welt|tab/i.test(piece.id)) return 'pocket'
  if (/waistband|fly/i.test(piece.id)) return 'waist'
  return 'front'
}

/**
 * Buttons per garment, counted on the pattern. A front shows every button of the garment once (a pair of fronts is
 * drawn once and cut mirrored, one side with holes, one with buttons); cuffs and flaps come in twos.
 */
export function countButtons(size: SizeDraft): Partial<Record<ButtonUse, number>> {
  const counts: Partial<Record<ButtonUse, number>> = {}
  const groups = new Map<string, { use: ButtonUse; marks: number; pairs: number }>()
  for (const piece of size.pieces) {
    if (piece.role === 'lining' || piece.role === 'interlining' || piece.role === 'pocketing') continue
    const marks = Math.max(
      piece.lines.filter((line) => line.kind === 'button').length,
      piece.lines.filter((line) => line.kind === 'buttonhole').length,
    )
    if (marks === 0) continue
    const use = useOf(piece)
    // Left and right front, placket and facing show the same buttons: one group, the fullest of them counts.
    const group = /collar|stand/i.test(piece.id) ? 'collar' : use === 'front' ? 'front' : use
    const pairs = use === 'cuff' || use === 'pocket' ? Math.min(2, piece.count) : 1
    const known = groups.get(group)
    if (!known || known.marks * known.pairs < marks * pairs) groups.set(group, { use, marks, pairs })
  }
  for (const { use, marks, pairs } of groups.values()) counts[use] = (counts[use] ?? 0) + marks * pairs
  return counts
}

function buttonsOf(spec: StyleSpec, draft: Draft): Trim[] {
  const table = BUTTONS[spec.category]
  if (!table) return []
  const perSize = draft.sizes.map((size) => ({ size: size.size, counts: countButtons(size) }))
  return (Object.keys(table) as ButtonUse[]).flatMap((use): Trim[] => {
    const kind = table[use]!
    const counts = Object.fromEntries(perSize.map(({ size, counts }) => [size, counts[use] ?? 0]))
    const most = Math.max(...Object.values(counts))
    if (most === 0) return []
    const mm = round(kind.ligne * MM_PER_LIGNE, 1)
    return [
      {
        role: 'trim',
        code: `BTN-${kind.ligne}L-${use.toUpperCase()}`,
        name: both(`${kind.ligne}L ${kind.material.zh}纽扣`, `${kind.ligne}L ${kind.material.en} button`),
        specification: both(
          `${kind.ligne}L（直径 ${mm} mm），${HOLES[kind.holes].zh}，${kind.material.zh}，含备扣 1 粒`,
          `${kind.ligne} ligne (${mm} mm), ${HOLES[kind.holes].en}, ${kind.material.en}; 1 spare included`,
        ),
        placement: kind.placement,
        unit: 'pc',
        // One spare of every kind is sewn to the care label.
        quantity: Object.fromEntries(Object.entries(counts).map(([size, count]) => [size, count > 0 ? count + 1 : 0])),
        wastePercent: 2,
        fen: kind.fen,
        grams: kind.grams,
        colourFrom: ['button', 'contrast', 'shell'],
      },
    ]
  })
}

/** Zips: a front zip runs from neck seam to hem, a fly over most of the rise; lengths to the next 10 mm. */
function zipOf(spec: StyleSpec, draft: Draft, closure: string): Trim | undefined {
  const { category } = spec
  const to10 = (mm: number): number => Math.round(mm / 10) * 10
  const make = (
    code: string,
    name: Localized,
    kind: Localized,
    placement: Localized,
    length: (size: SizeDraft) => number,
    fenPer100mm: number,
  ): Trim => {
    const lengths = each(draft, (size) => to10(length(size)))
    const longest = Math.max(...Object.values(lengths))
    const words = bySize(lengths, both('mm', 'mm'))
    return {
      role: 'trim',
      code,
      name,
      specification: both(`${kind.zh}，长 ${words.zh}`, `${kind.en}, length ${words.en}`),
      placement,
      unit: 'pc',
      quantity: each(draft, () => 1),
      wastePercent: 2,
      fen: Math.round((longest / 100) * fenPer100mm + 60),
      grams: round((longest / 100) * 2.4, 1),
      colourFrom: ['zip', 'thread', 'shell'],
    }
  }
  const front = (size: SizeDraft): number =>
    (size.measures.bodyLength ?? 650) - (size.measures.frontNeckDrop ?? 80) - (size.measures.ribHeight ?? 0) * 0.1
  if (category === 'trousers' || category === 'chinos')
    return make(
      'ZIP-FLY-4YG',
      both('4号金属门襟拉链', 'Fly zip, metal no. 4'),
      both('4号闭尾，自锁拉头', 'no. 4 closed end, auto-lock slider'),
      both('前门襟', 'Fly'),
      (size) => Math.max(100, Math.min(220, (size.measures.frontRise ?? 260) * 0.62)),
      80,
    )
  if (category === 'pencil-skirt' || category === 'full-skirt')
    return make(
      'ZIP-INV-3',
      both('3号隐形拉链', 'Concealed zip no. 3'),
      both('3号隐形闭尾，尼龙', 'no. 3 concealed, closed end, nylon coil'),
      both('后中缝', 'Centre back seam'),
      () => 200,
      60,
    )
  if (category === 'dress' && !/button/.test(closure))
    return make(
      'ZIP-INV-3',
      both('3号隐形拉链', 'Concealed zip no. 3'),
      both('3号隐形闭尾，尼龙', 'no. 3 concealed, closed end, nylon coil'),
      both('后中缝', 'Centre back seam'),
      (size) => Math.max(400, (size.measures.waistLength ?? 400) + 160),
      60,
    )
  if (category === 'zip-hoodie' || /zip/.test(closure))
    return make(
      'ZIP-OPEN-5',
      both('5号开尾拉链', 'Open-end zip no. 5'),
      both('5号开尾，金属牙，自锁拉头', 'no. 5 open end, metal teeth, auto-lock slider'),
      both('前中', 'Centre front'),
      front,
      110,
    )
  return undefined
}

const buckle = (draft: Draft): Trim => ({
  role: 'trim',
  code: 'BKL-50',
  name: both('50 mm 腰带扣', 'Belt buckle, 50 mm'),
  specification: both('内径 50 mm，带针，包布或仿角质树脂', '50 mm inside width, with prong, horn-look resin'),
  placement: both('腰带', 'Belt'),
  unit: 'pc',
  quantity: each(draft, () => 1),
  wastePercent: 2,
  fen: 450,
  grams: 28,
  colourFrom: ['buckle', 'button', 'shell'],
})

function drawcord(draft: Draft): Trim[] {
  // Round the face opening: twice the hood's height, and a tail of 200 mm on each side.
  const length = each(draft, (size) => Math.round((2 * (size.measures.hoodHeight ?? 350) + 400) / 10) * 10)
  const words = bySize(length, both('mm', 'mm'))
  return [
    {
      role: 'trim',
      code: 'CORD-6',
      name: both('6 mm 帽绳', 'Hood drawcord, 6 mm'),
      specification: both(
        `6 mm 圆编织棉绳，两端包头，长 ${words.zh}`,
        `6 mm round braided cotton, tipped ends, length ${words.en}`,
      ),
      placement: both('帽口', 'Hood opening'),
      unit: 'm',
      quantity: each(draft, (size) => round((length[size.size] ?? 0) / 1000, 2)),
      wastePercent: 3,
      fen: 90,
      grams: 11,
      colourFrom: ['cord', 'thread', 'shell'],
    },
    {
      role: 'trim',
      code: 'EYE-11',
      name: both('11 mm 气眼', 'Eyelet, 11 mm'),
      specification: both('内径 11 mm，黄铜，带垫圈，2 粒', '11 mm inside, brass with washer, 2 per garment'),
      placement: both('帽口绳孔', 'Cord exits of the hood'),
      unit: 'pc',
      quantity: each(draft, () => 2),
      wastePercent: 3,
      fen: 15,
      grams: 0.8,
      colourFrom: [],
    },
  ]
}

function waistElastic(draft: Draft, withCord: boolean): Trim[] {
  const relaxed = each(
    draft,
    (size) => Math.round((1.6 * (size.measures.halfWaist ?? size.measures.waistband ?? 380)) / 10) * 10,
  )
  const words = bySize(relaxed, both('mm', 'mm'))
  const elastic: Trim = {
    role: 'trim',
    code: 'ELA-40',
    name: both('40 mm 腰头松紧带', 'Waist elastic, 40 mm'),
    specification: both(`宽 40 mm 梭织松紧带，长 ${words.zh}`, `40 mm woven elastic, cut length ${words.en}`),
    placement: both('腰头', 'Waistband'),
    unit: 'm',
    quantity: each(draft, (size) => round((relaxed[size.size] ?? 0) / 1000, 2)),
    wastePercent: 3,
    fen: 80,
    grams: 24,
    colourFrom: [],
  }
  if (!withCord) return [elastic]
  return [
    elastic,
    {
      role: 'trim',
      code: 'CORD-5-WAIST',
      name: both('5 mm 腰绳', 'Waist drawcord, 5 mm'),
      specification: both('5 mm 扁编织绳，长 1400 mm', '5 mm flat braid, length 1400 mm'),
      placement: both('腰头', 'Waistband'),
      unit: 'm',
      quantity: each(draft, () => 1.4),
      wastePercent: 3,
      fen: 80,
      grams: 8,
      colourFrom: ['cord', 'thread', 'shell'],
    },
  ]
}

const hook = (draft: Draft): Trim => ({
  role: 'trim',
  code: 'HOOK-18',
  name: both('18 mm 裤钩', 'Trouser hook and bar, 18 mm'),
  specification: both('18 mm 四件套裤钩，镀镍', '18 mm four-part hook and bar, nickel'),
  placement: both('腰头搭门', 'Waistband extension'),
  unit: 'set',
  quantity: each(draft, () => 1),
  wastePercent: 2,
  fen: 25,
  grams: 2.5,
  colourFrom: [],
})

// ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

function shaping(spec: StyleSpec, draft: Draft): Trim[] {
  const tailored = spec.category === 'coat' || spec.category === 'jacket'
  if (!tailored || /soft|natural|raglan|none|unpadded/.test(chosen(spec, 'shoulder'))) return []
  const thick = spec.category === 'coat' ? 12 : 9
  return [
    {
      role: 'trim',
      code: `PAD-${thick}`,
      name: both(`${thick} mm 垫肩`, `Shoulder pads, ${thick} mm`),
      specification: both(`针刺棉垫肩，厚 ${thick} mm，1 副`, `needle-felt pads, ${thick} mm thick, 1 pair`),
      placement: both('肩部', 'Shoulders'),
      unit: 'set',
      quantity: each(draft, () => 1),
      wastePercent: 2,
      fen: 180,
      grams: 36,
      colourFrom: [],
    },
    {
      role: 'trim',
      code: 'SLV-ROLL',
      name: both('袖窿条', 'Sleeve-head roll'),
      specification: both('40 mm 宽针刺棉条，每袖 350 mm，2 根', '40 mm needle felt, 350 mm per sleeve, 2 pieces'),
      placement: both('袖山', 'Sleeve heads'),
      unit: 'pc',
      quantity: each(draft, () => 2),
      wastePercent: 2,
      fen: 60,
      grams: 8,
      colourFrom: [],
    },
  ]
}

/**
 * Sewing thread by the usual rule: seam length × thread per metre of seam for the stitch, and 15 % for ends. Every
 * seam joins two edges, so the seams are half of all outlines together.
 */
function thread(spec: StyleSpec, draft: Draft): Trim {
  const kind = threadOf(spec.category)
  const metres = each(draft, (size) => {
    const edges = size.pieces
      .filter((piece) => piece.role !== 'interlining')
      .reduce((sum, piece) => sum + piece.count * perimeter(piece), 0)
    return Math.ceil(((edges / 2 / 1000) * kind.perMetre * 1.15) / 5) * 5
  })
  const used = Object.values(metres)
  const span = [...new Set([Math.min(...used), Math.max(...used)])].join('–')
  return {
    role: 'trim',
    code: `THR-${kind.tex}`,
    name: both('涤纶缝纫线', 'Polyester sewing thread'),
    specification: both(
      `Tex ${kind.tex} 包芯涤纶线，${kind.cone} 米/筒；每件 ${span} 米`,
      `Tex ${kind.tex} core-spun polyester, ${kind.cone} m cones; ${span} m per garment`,
    ),
    placement: both('全身缝份、锁边、锁眼钉扣', 'All seams, edges and buttonholes'),
    // Bought by the cone: a metre of thread costs less than the smallest coin.
    unit: 'pc',
    quantity: each(draft, (size) => round((metres[size.size] ?? 0) / kind.cone, 4)),
    wastePercent: 5,
    fen: kind.fen,
    grams: round((kind.cone * kind.tex) / 1000, 0),
    colourFrom: ['thread', 'shell'],
  }
}

const perimeter = (piece: Piece): number => {
  // A long thin outline of no area is a line twice over: nothing to sew.
  if (polygonArea(piece.seam) < 1) return 0
  return piece.seam.reduce((sum, p, i) => {
    const q = piece.seam[(i + 1) % piece.seam.length]!
    return sum + Math.hypot(q.x - p.x, q.y - p.y)
  }, 0)
}

// ── labels and packing ───────────────────────────────────────────────────────────────────────────────────────────

const NECK: readonly Category[] = [
  'coat',
  'jacket',
  'shirt',
  'tee',
  'sweatshirt',
  'hoodie',
  'zip-hoodie',
  'waistcoat',
  'dress',
]
const HUNG: readonly Category[] = ['coat', 'jacket', 'dress', 'waistcoat']

function labels(spec: StyleSpec, draft: Draft): Trim[] {
  const neck = NECK.includes(spec.category)
  const centre = neck ? both('后领中', 'Centre back neck') : both('后腰中', 'Centre back waist')
  const side = both('左侧缝内，距底边 100 mm', 'Left side seam inside, 100 mm above the hem')
  const one = each(draft, () => 1)
  const row = (
    role: Trim['role'],
    code: string,
    name: Localized,
    specification: Localized,
    placement: Localized,
    fen: number,
    grams: number,
  ): Trim => ({
    role,
    code,
    name,
    specification,
    placement,
    unit: 'pc',
    quantity: one,
    wastePercent: 3,
    fen,
    grams,
    colourFrom: [],
  })
  const sizes = draft.sizes.map((size) => size.size)
  const bag = HUNG.includes(spec.category)
    ? both('600 × 1300 mm，PE 0.04 mm，印警示语', '600 × 1300 mm, 0.04 mm PE with warning print')
    : both('300 × 400 mm，PE 0.05 mm，自粘口，印警示语', '300 × 400 mm, 0.05 mm PE, self-seal, with warning print')
  return [
    row(
      'label',
      'LBL-BRAND',
      both('主唛', 'Brand label'),
      both('织唛 60 × 20 mm，两端折，锁式车缝', 'woven, 60 × 20 mm, end fold'),
      centre,
      22,
      0.6,
    ),
    row(
      'label',
      'LBL-SIZE',
      both('尺码唛', 'Size label'),
      both(
        `织唛 12 × 12 mm，${sizes.length} 个尺码：${sizes.join('、')}`,
        `woven, 12 × 12 mm, ${sizes.length} sizes: ${sizes.join(', ')}`,
      ),
      centre,
      6,
      0.2,
    ),
    row(
      'label',
      'LBL-CARE',
      both('成分洗水唛', 'Fibre and care label'),
      both(
        '缎带印唛 30 × 70 mm，中英文，符合 GB/T 5296.4',
        'printed satin, 30 × 70 mm, Chinese and English, after GB/T 5296.4',
      ),
      side,
      12,
      0.4,
    ),
    row(
      'packaging',
      'TAG-HANG',
      both('吊牌', 'Hangtag'),
      both('300 g 白卡 50 × 90 mm，含吊粒，附备扣袋', '300 gsm board, 50 × 90 mm, with string and spare-button bag'),
      both('主唛处', 'At the brand label'),
      35,
      0,
    ),
    row(
      'packaging',
      'BAG-POLY',
      both('包装袋', 'Polybag'),
      bag,
      both('每件一袋', 'One per garment'),
      HUNG.includes(spec.category) ? 85 : 30,
      0,
    ),
    ...(HUNG.includes(spec.category)
      ? [
          row(
            'packaging',
            'HANGER',
            both('塑料衣架', 'Hanger'),
            both('PP 衣架，宽 430 mm', 'polypropylene, 430 mm wide'),
            both('每件一个', 'One per garment'),
            160,
            0,
          ),
        ]
      : []),
  ]
}
