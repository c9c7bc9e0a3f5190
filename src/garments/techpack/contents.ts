/** What a factory is told beside geometry and cloth: labels, packing, faults. House rules as data, overridable. */
import type { Localized } from '../../core/values.ts'
import type { Category, Derived, StyleSpec } from '../types.ts'
import { DEFECT_CLASSES } from './aql.ts'
import type { Brief } from './brief-schema.ts'

type Family = 'tailored' | 'shirt' | 'knit' | 'trousers' | 'skirt' | 'dress'
const FAMILY: Readonly<Record<Category, Family>> = {
  coat: 'tailored',
  jacket: 'tailored',
  waistcoat: 'tailored',
  shirt: 'shirt',
  tee: 'knit',
  sweatshirt: 'knit',
  hoodie: 'knit',
  'zip-hoodie': 'knit',
  trousers: 'trousers',
  chinos: 'trousers',
  'pencil-skirt': 'skirt',
  'full-skirt': 'skirt',
  dress: 'dress',
}

type TechPack = Brief['techPack']
const both = (zh: string, en: string): Localized => ({ zh, en })

/** Who puts the garment on the market: the maker that GB 5296.4 wants named, and the brand sewn in. */
export interface House {
  brand: string
  maker: string
  makerAddress: string
  origin: Localized
}

/** The product standard a garment of the category is sold under in China. */
const STANDARDS: Readonly<Record<Category, { men: string; women: string }>> = {
  coat: { men: 'GB/T 2664-2017', women: 'GB/T 2665-2017' },
  jacket: { men: 'FZ/T 81008-2021', women: 'FZ/T 81008-2021' },
  shirt: { men: 'GB/T 2660-2017', women: 'GB/T 2660-2017' },
  tee: { men: 'GB/T 22849-2014', women: 'GB/T 22849-2014' },
  sweatshirt: { men: 'FZ/T 73020-2019', women: 'FZ/T 73020-2019' },
  hoodie: { men: 'FZ/T 73020-2019', women: 'FZ/T 73020-2019' },
  'zip-hoodie': { men: 'FZ/T 73020-2019', women: 'FZ/T 73020-2019' },
  trousers: { men: 'GB/T 2666-2017', women: 'GB/T 2666-2017' },
  chinos: { men: 'FZ/T 81007-2022', women: 'FZ/T 81007-2022' },
  'pencil-skirt': { men: 'FZ/T 81004-2022', women: 'FZ/T 81004-2022' },
  'full-skirt': { men: 'FZ/T 81004-2022', women: 'FZ/T 81004-2022' },
  waistcoat: { men: 'FZ/T 81007-2022', women: 'FZ/T 81007-2022' },
  dress: { men: 'FZ/T 81004-2022', women: 'FZ/T 81004-2022' },
}

/** Section 9: the sewn-in labels and the hang tag with every item GB 5296.4 asks for. */
export function labelSection(spec: StyleSpec, derived: Derived, house: House): TechPack['labels'] {
  const lower = ['trousers', 'skirt'].includes(FAMILY[spec.category])
  const neck = lower
    ? both('后腰里正中', 'inside waistband, centre back')
    : both('后领里正中', 'inside neck, centre back')
  const side = both('左侧缝里，距底边 80 mm', 'inside left side seam, 80 mm above the hem')
  const sewn = both('四边缉缝', 'stitched on four sides')
  const inSeam = both('夹缝', 'caught in the seam')
  const care = derived.care.map((entry) => ({ code: entry.code, words: entry.label }))
  const sizes = spec.sizes.list.join(' / ')
  return {
    items: [
      {
        kind: 'brand',
        words: both(house.brand, house.brand),
        placement: neck,
        widthMm: 60,
        heightMm: 20,
        attach: sewn,
      },
      {
        kind: 'size',
        words: both(sizes, sizes),
        placement: both('主标下', 'under the brand label'),
        widthMm: 15,
        heightMm: 15,
        attach: inSeam,
      },
      { kind: 'fibre', words: derived.fibreLabel, placement: side, widthMm: 30, heightMm: 60, attach: inSeam },
      {
        kind: 'care',
        words: both(care.map((c) => c.words.zh).join('；'), care.map((c) => c.words.en).join('; ')),
        placement: side,
        widthMm: 30,
        heightMm: 60,
        attach: inSeam,
      },
      { kind: 'origin', words: house.origin, placement: side, widthMm: 30, heightMm: 20, attach: inSeam },
      {
        kind: 'hangtag',
        words: both('GB 5296.4 全部项目', 'all items of GB 5296.4'),
        placement: both('主标上', 'on the brand label'),
        widthMm: 50,
        heightMm: 90,
        attach: both('棉绳加塑封扣', 'cotton string with a seal'),
      },
    ],
    gb5296: {
      maker: house.maker,
      makerAddress: house.makerAddress,
      productName: spec.names,
      size: sizes,
      fibre: derived.fibreLabel,
      care,
      standard: STANDARDS[spec.category][spec.gender],
      safetyClass: derived.safetyClass,
      storage: both(
        '存放于干燥通风处，避免暴晒，注意防潮防蛀。',
        'Keep dry and ventilated, out of direct sun; protect from damp and moths.',
      ),
    },
  }
}

const CARTON_KG = 15

/** Section 10: one garment to a bag, cartons by weight, one style and colour to a carton. */
export function packingSection(spec: StyleSpec, derived: Derived, units: number): TechPack['packing'] {
  const heaviest = Math.max(...derived.sizes.map((size) => size.weightG))
  const byWeight = Math.floor((CARTON_KG * 1000) / Math.max(1, heaviest * 1.08))
  const maxUnits = Math.max(1, Math.min(50, byWeight))
  const hung = FAMILY[spec.category] === 'tailored'
  return {
    folding: hung
      ? both('衣架挂装，扣第一粒扣，袖自然下垂', 'on a hanger, first button closed, sleeves hanging')
      : both('平折，正面朝外，内衬薄纸', 'folded flat, face outside, tissue inside'),
    unit: both(
      '每件一袋，袋口朝下，附防窒息警语与尺码贴',
      'one garment per bag, with suffocation warning and size sticker',
    ),
    carton: { maxUnits, maxKg: CARTON_KG, sizeMm: hung ? [600, 450, 400] : [600, 400, 350] },
    assortment: both(
      '单色单码装箱，尾箱可混码并注明',
      'solid colour and solid size; mixed only in the last carton, and marked so',
    ),
    marks: both(
      '款号、颜色、尺码、件数、毛重、箱号/总箱数',
      'style number, colour, size, units, gross weight, carton n of m',
    ),
    cartons: Math.max(1, Math.ceil(units / maxUnits)),
  }
}

type Fault = TechPack['quality']['defects'][number]
const fault = (grade: Fault['class'], zh: string, en: string): Fault => ({ class: grade, words: both(zh, en) })

const COMMON: readonly Fault[] = [
  fault(
    'critical',
    '断针、金属残留（须全数过检针机）',
    'broken needle or metal in the garment (every piece through the detector)',
  ),
  fault('critical', '发霉、异味、虫蛀', 'mould, bad smell, moth'),
  fault('critical', '成分标、安全类别与实物不符', 'fibre or safety label does not match the garment'),
  fault('critical', '尖锐部件、脱落的小附件', 'sharp parts; small parts that come off'),
  fault('major', '破洞、断纱、明显色差（低于4级）', 'hole, broken yarn, shade difference below grade 4'),
  fault('major', '开线、跳针三针以上、断线', 'open seam, three or more skipped stitches, broken thread'),
  fault('major', '关键部位尺寸超公差', 'a measure outside its tolerance'),
  fault('major', '左右不对称超过 5 mm', 'left and right differ by more than 5 mm'),
  fault('major', '错码、漏标、错配色', 'wrong size, missing label, wrong colour combination'),
  fault('major', '正面污渍、熨烫烫黄或极光', 'stain on the face, scorch or shine from pressing'),
  fault('minor', '线头长于 10 mm', 'thread ends longer than 10 mm'),
  fault('minor', '轻微起皱、压线不匀', 'slight puckering, uneven topstitching'),
  fault('minor', '里侧轻微污渍（可去除）', 'small stain inside, removable'),
  fault('minor', '折叠、包装不合要求', 'not folded or packed as specified'),
]
const BY_FAMILY: Readonly<Record<Family, readonly Fault[]>> = {
  tailored: [
    fault('major', '驳头、止口反吐，袖山起皱', 'facing visible at the lapel, sleeve head wrinkled'),
    fault('major', '里料吊紧，底边外翻', 'lining too tight, hem turns out'),
    fault('minor', '扣眼毛边', 'buttonhole edges not clean'),
  ],
  shirt: [
    fault('major', '领角不对称、领面起泡', 'collar points differ, interlining bubbles'),
    fault('minor', '门襟条宽窄不一', 'placket uneven'),
  ],
  knit: [
    fault('major', '领圈拉伸后断线', 'neck seam breaks when stretched'),
    fault('minor', '扭缝超过 20 mm', 'side seam twisted by more than 20 mm'),
  ],
  trousers: [
    fault('major', '裤长两腿相差超过 5 mm', 'legs differ by more than 5 mm'),
    fault('minor', '前后裆十字缝不对齐', 'crotch seams do not meet'),
  ],
  skirt: [
    fault('major', '拉链不平、拉合不畅', 'zip not flat or hard to run'),
    fault('minor', '省尖起泡', 'bubble at a dart point'),
  ],
  dress: [
    fault('major', '腰线左右错位超过 5 mm', 'waist seam mismatched by more than 5 mm'),
    fault('minor', '底边不平', 'hem uneven'),
  ],
}
export const defectList = (category: Category): Fault[] =>
  [...COMMON, ...BY_FAMILY[FAMILY[category]]].toSorted(
    (a, b) => DEFECT_CLASSES.indexOf(a.class) - DEFECT_CLASSES.indexOf(b.class),
  )
