import type { Localized } from '../core/values.ts'
import { definitionOf } from './categories/index.ts'
import type { Category, Material } from './types.ts'

/**
 * Fibres by key, with the names that labels must use: GB/T 4146.1 / GB/T 29862 in Chinese, Regulation (EU) 1007/2011
 * in English. `animal` = non-textile parts of animal origin have to be named; none of ours is.
 */
export const FIBRES = {
  cotton: { zh: '棉', en: 'cotton' },
  linen: { zh: '亚麻', en: 'linen' },
  wool: { zh: '羊毛', en: 'wool' },
  cashmere: { zh: '山羊绒', en: 'cashmere' },
  silk: { zh: '桑蚕丝', en: 'silk' },
  horsehair: { zh: '马毛', en: 'horsehair' },
  viscose: { zh: '粘胶纤维', en: 'viscose' },
  modal: { zh: '莫代尔纤维', en: 'modal' },
  lyocell: { zh: '莱赛尔纤维', en: 'lyocell' },
  cupro: { zh: '铜氨纤维', en: 'cupro' },
  acetate: { zh: '醋酯纤维', en: 'acetate' },
  polyester: { zh: '聚酯纤维', en: 'polyester' },
  polyamide: { zh: '聚酰胺纤维', en: 'polyamide' },
  acrylic: { zh: '聚丙烯腈纤维', en: 'acrylic' },
  modacrylic: { zh: '改性聚丙烯腈纤维', en: 'modacrylic' },
  elastane: { zh: '聚氨酯弹性纤维', en: 'elastane' },
} as const satisfies Readonly<Record<string, Localized>>
export type Fibre = keyof typeof FIBRES

/** The five treatments of a care label in the order ISO 3758 and GB/T 8685 give them. */
export type Treatment = 'wash' | 'bleach' | 'dry' | 'iron' | 'professional'

export interface CareCode {
  treatment: Treatment
  /** 0 = anything goes, higher = more care; of two materials the garment takes the higher. */
  caution: number
  label: Localized
}

const care = (treatment: Treatment, caution: number, zh: string, en: string): CareCode => ({
  treatment,
  caution,
  label: { zh, en },
})

/** Care instructions in words (the symbols belong to their owners and are not drawn). */
export const CARE = {
  'wash-60': care('wash', 1, '最高洗涤温度60℃，常规程序', 'Machine wash at 60 °C or below, normal process'),
  'wash-40': care('wash', 2, '最高洗涤温度40℃，常规程序', 'Machine wash at 40 °C or below, normal process'),
  'wash-40-mild': care('wash', 3, '最高洗涤温度40℃，缓和程序', 'Machine wash at 40 °C or below, mild process'),
  'wash-30': care('wash', 4, '最高洗涤温度30℃，常规程序', 'Machine wash at 30 °C or below, normal process'),
  'wash-30-mild': care('wash', 5, '最高洗涤温度30℃，缓和程序', 'Machine wash at 30 °C or below, mild process'),
  'wash-hand': care('wash', 6, '手洗，最高洗涤温度40℃', 'Hand wash at 40 °C or below'),
  'no-wash': care('wash', 9, '不可水洗', 'Do not wash'),
  'bleach-oxygen': care('bleach', 1, '仅允许氧漂', 'Only oxygen or non-chlorine bleach'),
  'no-bleach': care('bleach', 9, '不可漂白', 'Do not bleach'),
  'tumble-normal': care('dry', 1, '可翻转干燥，常规温度', 'Tumble dry, normal temperature'),
  'tumble-low': care('dry', 2, '可翻转干燥，较低温度', 'Tumble dry, low temperature'),
  'no-tumble-line': care('dry', 3, '不可翻转干燥，悬挂晾干', 'Do not tumble dry; line dry'),
  'no-tumble-shade': care('dry', 4, '不可翻转干燥，在阴凉处悬挂晾干', 'Do not tumble dry; line dry in the shade'),
  'no-tumble-flat': care('dry', 5, '不可翻转干燥，平摊晾干', 'Do not tumble dry; dry flat'),
  'no-tumble': care('dry', 9, '不可翻转干燥', 'Do not tumble dry'),
  'iron-high': care('iron', 1, '熨斗底板最高温度200℃', 'Iron at 200 °C or below'),
  'iron-medium': care('iron', 2, '熨斗底板最高温度150℃', 'Iron at 150 °C or below'),
  'iron-low': care('iron', 3, '熨斗底板最高温度110℃，不使用蒸汽', 'Iron at 110 °C or below without steam'),
  'no-iron': care('iron', 9, '不可熨烫', 'Do not iron'),
  'dry-clean-p': care(
    'professional',
    1,
    '可专业干洗，四氯乙烯及烃类溶剂，常规',
    'Professional dry cleaning in perchloroethylene or hydrocarbon, normal process',
  ),
  'dry-clean-p-mild': care(
    'professional',
    2,
    '可专业干洗，四氯乙烯及烃类溶剂，缓和',
    'Professional dry cleaning in perchloroethylene or hydrocarbon, mild process',
  ),
  'dry-clean-f-mild': care(
    'professional',
    3,
    '仅可用烃类溶剂专业干洗，缓和',
    'Professional dry cleaning in hydrocarbon only, mild process',
  ),
  'no-dry-clean': care('professional', 9, '不可干洗', 'Do not dry clean'),
} as const satisfies Readonly<Record<string, CareCode>>
export type CareKey = keyof typeof CARE

const TREATMENTS: readonly Treatment[] = ['wash', 'bleach', 'dry', 'iron', 'professional']

/**
 * The care label of a garment: for every treatment the most careful instruction of any of its cloths, in the order of
 * the standard. Codes that CARE does not know are left out (the material schema refuses them on the way in).
 */
export function careLabel(materials: readonly Material[]): { code: string; label: Localized }[] {
  const known = materials.flatMap((material) =>
    material.care.flatMap((code) => (code in CARE ? [{ code, ...CARE[code as CareKey] }] : [])),
  )
  return TREATMENTS.flatMap((treatment) => {
    const strictest = known
      .filter((entry) => entry.treatment === treatment)
      .sort((a, b) => b.caution - a.caution || a.code.localeCompare(b.code))[0]
    return strictest ? [{ code: strictest.code, label: strictest.label }] : []
  })
}

/** One cloth's part in a garment: its composition and the mass of it that is sewn in, g. */
export interface FibreShare {
  composition: Material['composition']
  massG: number
}

/**
 * Fibre content as percentages of mass: whole numbers that add up to 100 (largest remainder), largest first.
 * @returns [] when nothing weighs anything
 */
export function fibreContent(shares: readonly FibreShare[]): { fibre: string; percent: number }[] {
  const mass = new Map<string, number>()
  for (const { composition, massG } of shares)
    for (const { fibre, percent } of composition) mass.set(fibre, (mass.get(fibre) ?? 0) + (massG * percent) / 100)
  const total = [...mass.values()].reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) return []
  const exact = [...mass].map(([fibre, value]) => ({ fibre, exact: (100 * value) / total }))
  const rounded = exact.map((entry) => ({ ...entry, percent: Math.floor(entry.exact + 1e-9) }))
  const missing = 100 - rounded.reduce((sum, entry) => sum + entry.percent, 0)
  // Remainders equal to a millionth are equal: the larger share is rounded up first, whatever the last binary digit.
  const rest = (entry: { exact: number; percent: number }): number => Math.round((entry.exact - entry.percent) * 1e6)
  rounded.sort((a, b) => rest(b) - rest(a) || b.exact - a.exact || a.fibre.localeCompare(b.fibre))
  for (let i = 0; i < missing; i++) rounded[i % rounded.length]!.percent++
  return rounded
    .filter((entry) => entry.percent > 0)
    .sort((a, b) => b.percent - a.percent || a.fibre.localeCompare(b.fibre))
    .map(({ fibre, percent }) => ({ fibre, percent }))
}

/** `羊毛 80% 聚酰胺纤维 20%` / `80% wool, 20% polyamide`. */
export function sayContent(content: readonly { fibre: string; percent: number }[]): Localized {
  const name = (fibre: string): Localized => (fibre in FIBRES ? FIBRES[fibre as Fibre] : { zh: fibre, en: fibre })
  return {
    zh: content.map((entry) => `${name(entry.fibre).zh} ${entry.percent}%`).join(' '),
    en: content.map((entry) => `${entry.percent}% ${name(entry.fibre).en}`).join(', '),
  }
}

/**
 * The fibre label: the outer cloths by their mass, the lining apart (GB/T 29862 and the EU regulation both ask for
 * main lining to be told separately; interlinings, pocketing and trims need no mention).
 */
export function fibreLabel(
  outer: readonly FibreShare[],
  lining: readonly FibreShare[],
  rib: readonly FibreShare[] = [],
): Localized {
  const parts: { title: Localized; words: Localized }[] = []
  const add = (title: Localized, shares: readonly FibreShare[]): void => {
    const content = fibreContent(shares)
    if (content.length > 0) parts.push({ title, words: sayContent(content) })
  }
  add({ zh: '面料', en: 'Shell' }, outer)
  add({ zh: '里料', en: 'Lining' }, lining)
  add({ zh: '罗纹', en: 'Rib' }, rib)
  return {
    zh: parts.map((part) => `${part.title.zh}：${part.words.zh}`).join('；'),
    en: parts.map((part) => `${part.title.en}: ${part.words.en}`).join('; '),
  }
}

/**
 * Safety class after GB 18401: A for infants, B worn next to the skin, C with something in between. None of our
 * categories is made for infants. A lined garment still touches neck and wrists, but the standard counts the larger
 * part of its area.
 */
export function safetyClass(category: Category): 'A' | 'B' | 'C' {
  return definitionOf(category).trade.nextToSkin ? 'B' : 'C'
}

/** The words a label prints for a safety class. */
export const SAFETY_TEXT: Readonly<Record<'A' | 'B' | 'C', Localized>> = {
  A: { zh: 'GB 18401-2010 A类 婴幼儿用品', en: 'GB 18401-2010 class A, products for infants' },
  B: { zh: 'GB 18401-2010 B类 直接接触皮肤', en: 'GB 18401-2010 class B, worn next to the skin' },
  C: { zh: 'GB 18401-2010 C类 非直接接触皮肤', en: 'GB 18401-2010 class C, not worn next to the skin' },
}
