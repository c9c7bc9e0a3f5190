/** What a factory is told beside geometry and cloth: labels, packing, faults. House rules as data, overridable. */
import type { Localized } from '../../core/values.ts'
import type { Category, Derived, StyleSpec } from '../types.ts'
import { definitionOf } from '../categories/index.ts'
import { COMMON_FAULTS, type Fault } from '../trade/faults.ts'
import { DEFECT_CLASSES } from './aql.ts'
import type { Brief } from './brief-schema/index.ts'

type TechPack = Brief['techPack']
const both = (zh: string, en: string): Localized => ({ zh, en })

/** Who puts the garment on the market: the maker that GB 5296.4 wants named, and the brand sewn in. */
export interface House {
  brand: string
  maker: string
  makerAddress: string
  origin: Localized
  /** The house's own codes of colours, by hex in small letters. */
  colourCodes?: Readonly<Record<string, string>>
}

/** Section 9: the sewn-in labels and the hang tag with every item GB 5296.4 asks for. */
export function labelSection(spec: StyleSpec, derived: Derived, house: House): TechPack['labels'] {
  const { drawing, trade } = definitionOf(spec.category)
  const neck =
    drawing.build !== 'top'
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
      standard: trade.standard[spec.gender],
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
  const hung = definitionOf(spec.category).trade.packed === 'hung'
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

export const defectList = (category: Category): Fault[] =>
  [...COMMON_FAULTS, ...definitionOf(category).trade.faults].toSorted(
    (a, b) => DEFECT_CLASSES.indexOf(a.class) - DEFECT_CLASSES.indexOf(b.class),
  )
