/** What one garment costs, line by line, each with what it was reckoned from. */
import { problem } from '../../core/errors.ts'
import { formatMoney, type Localized, type Minor } from '../../core/values.ts'
import type { BomRow, Category, Cost, CostLine, CostTerms, HouseRules, MaterialRole } from '../types.ts'
import { MATERIAL_ROLES } from '../types.ts'
import { applyOverrides, type CostOverride, type InMoney } from './overrides.ts'

export interface CostInput {
  category: Category
  bom: readonly BomRow[]
  size: string
  /** Pieces in the order. */
  units: number
  rules: HouseRules
  overrides?: readonly CostOverride[]
  /** What the garment is: without it labour is the category's price and freight is not reckoned. */
  making?: Making
}

export interface Making {
  /** Standard minutes of the base size; absent where the order of operations is not known. */
  minutes?: number
  /** Grams, by size. */
  weightG: Readonly<Record<string, number>>
  colourways: number
}

const isCloth = (row: BomRow): row is BomRow & { role: MaterialRole } =>
  (MATERIAL_ROLES as readonly string[]).includes(row.role)

const CLOTH: Readonly<Record<MaterialRole, Localized>> = {
  shell: { zh: '面料', en: 'Shell' },
  lining: { zh: '里料', en: 'Lining' },
  interlining: { zh: '衬料', en: 'Interlining' },
  contrast: { zh: '配色料', en: 'Contrast' },
  rib: { zh: '罗纹', en: 'Rib' },
  pocketing: { zh: '袋布', en: 'Pocketing' },
}

/** Quantity × price in whole minor units, half up. */
const priced = (row: BomRow, size: string): Minor => Math.round((row.quantity[size] ?? 0) * row.unitPrice)

/**
 * Share of a price saved at a quantity: nothing up to `from`, in between with the logarithm of the quantity (each
 * doubling saves the same, the learning-curve shape of Wright 1936), `percent` from `last` on.
 *
 * Where percent and rungs are so that one more piece would make the whole order cheaper, the curve is flatter and goes
 * on beyond `last`: n·(1 − s(n)) rises with n as long as 1 − s ≥ s′·n, and that holds for every s up to the whole
 * saving p when it is spread over no less than p ÷ (1 − p) e-folds of the quantity.
 */
function savingAt(percent: number, units: number, from: number, last: number): number {
  const whole = percent / 100
  const span = Math.max(Math.log(last / from), whole / (1 - whole))
  return whole * Math.min(1, Math.log(Math.max(from, units) / from) / span)
}

/**
 * Share of the labour price saved at a quantity: nothing at one piece, `cmtVolumeSavingPercent` from the last rung on.
 * @returns 0–1, never falling with `units`, and never so steep that a bigger order would cost less than a smaller one
 */
export const labourSaving = (rules: HouseRules, units: number): number =>
  savingAt(rules.cmtVolumeSavingPercent, units, 1, Math.max(2, ...rules.rungs))

/**
 * Share of the cloth price saved at a quantity: nothing up to the threshold (prices are quoted for that), the rules'
 * `materialVolumeSavingPercent` from the last rung on.
 * @returns 0–1, never falling with `units`, and never so steep that a bigger order would cost less than a smaller one
 */
export function clothSaving(rules: HouseRules, units: number): number {
  const from = Math.max(1, rules.thresholdUnits)
  return savingAt(rules.materialVolumeSavingPercent ?? 0, units, from, Math.max(from + 1, ...rules.rungs))
}

/**
 * Cost of one garment of a size in an order of `units`: each cloth, trims, labels and packaging, waste, labour,
 * overhead; integer minor units of the house's currency. Never rises with `units`.
 * @throws Problem 422 for an override of a line there is not, without a reason, or with an amount that is no
 *   whole number ≥ 0; for a size the bill of materials does not know; for units below 1
 */
export function costOf(input: CostInput): Cost {
  assertCountable(input)
  const { bom, size, units, rules, overrides = [] } = input
  const money: InMoney = (amount) => ({
    zh: formatMoney(amount, rules.currency, 'zh'),
    en: formatMoney(amount, rules.currency, 'en'),
  })
  const bulk = clothSaving(rules, units)
  const lines = [
    ...clothLines(input, bulk, money),
    ...sumLine(
      'trims',
      { zh: '辅料', en: 'Trims' },
      bom.filter((row) => row.role === 'trim'),
      size,
    ),
    ...sumLine(
      'labels',
      { zh: '商标与包装', en: 'Labels and packaging' },
      bom.filter((row) => row.role === 'label' || row.role === 'packaging'),
      size,
    ),
    wasteLine(input, bulk),
    labourLine(input, money),
  ]
  lines.push(...styleLines(input, lines, money))
  const direct = applyOverrides(lines, overrides, money)
  const before = direct.reduce((sum, line) => sum + line.amount, 0)
  const overhead: CostLine = {
    key: 'overhead',
    label: { zh: '管理费', en: 'Overhead' },
    amount: Math.ceil((before * rules.overheadPercent) / 100 - 1e-9),
    basis: {
      zh: `以上合计的 ${rules.overheadPercent}%`,
      en: `${rules.overheadPercent} % of the lines above`,
    },
  }
  // These follow what was overridden, unless they were overridden themselves.
  const last = (line: CostLine): CostLine[] =>
    applyOverrides(
      [line],
      overrides.filter(({ key }) => key === line.key),
      money,
    )
  const net = [...direct, ...last(overhead)]
  const all = [...net, ...shareLine('vat', rules.terms?.vatPercent, net).flatMap(last)]
  return { size, units, currency: rules.currency, lines: all, total: all.reduce((sum, line) => sum + line.amount, 0) }
}

/** @throws Problem 422 for a size the bill of materials does not know, and for units below 1 */
function assertCountable({ bom, size, units }: CostInput): void {
  if (!Number.isInteger(units) || units < 1)
    throw problem(
      'cost.units',
      422,
      { en: 'The quantity must be a whole number of 1 or more.', zh: '数量必须是不小于 1 的整数。' },
      { field: 'units' },
    )
  if (!bom.some((row) => size in row.quantity))
    throw problem(
      'cost.size',
      422,
      {
        en: `The bill of materials says nothing about size "${size}". Add the size to the style first.`,
        zh: `物料清单中没有尺码“${size}”，请先在款式中添加该尺码。`,
      },
      { field: 'size' },
    )
}

function clothLines({ bom, size }: CostInput, bulk: number, money: InMoney): CostLine[] {
  const less = `${(bulk * 100).toFixed(1)}%`
  return bom.filter(isCloth).map((row) => {
    const metres = (row.quantity[size] ?? 0).toFixed(2)
    const price = money(row.unitPrice)
    return {
      key: row.role,
      label: CLOTH[row.role],
      amount: Math.round((row.quantity[size] ?? 0) * row.unitPrice * (1 - bulk)),
      basis: {
        zh: `${row.name.zh}：${metres} 米 × ${price.zh}/米${bulk > 0 ? `，批量优惠 ${less}` : ''}`,
        en: `${row.name.en}: ${metres} m × ${price.en}/m${bulk > 0 ? `, less ${less} for quantity` : ''}`,
      },
    }
  })
}

/** Several rows of the bill as one line; none where there are none. */
const sumLine = (key: string, label: Localized, rows: readonly BomRow[], size: string): CostLine[] =>
  rows.length === 0
    ? []
    : [
        {
          key,
          label,
          amount: rows.reduce((sum, row) => sum + priced(row, size), 0),
          basis: { zh: rows.map((row) => row.name.zh).join('、'), en: rows.map((row) => row.name.en).join(', ') },
        },
      ]

function wasteLine({ bom, size }: CostInput, bulk: number): CostLine {
  const waste = bom.reduce((sum, row) => {
    const price = row.unitPrice * (isCloth(row) ? 1 - bulk : 1)
    return sum + ((row.quantity[size] ?? 0) * price * row.wastePercent) / 100
  }, 0)
  return {
    key: 'waste',
    label: { zh: '损耗', en: 'Waste' },
    amount: Math.round(waste),
    basis: {
      zh: '按各物料损耗率（布头、疵点、备料）',
      en: 'by the waste rate of each item (ends, faults, spares)',
    },
  }
}

/** Labour: standard minutes at the house's rate where both are known, else the category's price. */
function labourLine({ category, units, rules, making }: CostInput, money: InMoney): CostLine {
  const saving = labourSaving(rules, units)
  const rate = rules.terms?.minuteRate ?? 0
  const minutes = making?.minutes
  const whole = rate > 0 && minutes !== undefined ? rate * minutes : rules.cmt[category]
  const less = (saving * 100).toFixed(1)
  const basis =
    rate > 0 && minutes !== undefined
      ? {
          zh: `标准工时 ${minutes.toFixed(1)} 分 × ${money(rate).zh}/分，${units} 件优惠 ${less}%`,
          en: `${minutes.toFixed(1)} standard minutes × ${money(rate).en}, less ${less} % at ${units} units`,
        }
      : {
          zh: `单件 ${money(rules.cmt[category]).zh}，${units} 件优惠 ${less}%`,
          en: `${money(rules.cmt[category]).en} for one piece, less ${less} % at ${units} units`,
        }
  return { key: 'cmt', label: { zh: '加工费', en: 'Cut, make, trim' }, amount: Math.round(whole * (1 - saving)), basis }
}

/** Lines that the house's terms add: what is paid once per style, cloth that a dye lot leaves over, inspection, freight. */
function styleLines(input: CostInput, before: readonly CostLine[], money: InMoney): CostLine[] {
  const { rules, units, making, size } = input
  const { terms } = rules
  if (!terms) return []
  const once = (key: string, label: Localized, amount: Minor): CostLine[] =>
    amount > 0
      ? [
          {
            key,
            label,
            amount: Math.ceil(amount / units),
            basis: {
              zh: `每款 ${money(amount).zh}，由 ${units} 件分摊`,
              en: `${money(amount).en} per style, over ${units} units`,
            },
          },
        ]
      : []
  const grams = making?.weightG[size] ?? 0
  const freight: CostLine[] =
    terms.freightPerKg > 0 && grams > 0
      ? [
          {
            key: 'freight',
            label: { zh: '运费（工厂至仓库）', en: 'Freight to the warehouse' },
            amount: Math.ceil((grams * terms.freightPerKg) / 1000),
            basis: {
              zh: `${grams} 克 × ${money(terms.freightPerKg).zh}/千克`,
              en: `${grams} g × ${money(terms.freightPerKg).en}/kg`,
            },
          },
        ]
      : []
  const perStyle = [
    ...once('pattern', { zh: '制版放码', en: 'Pattern and grading' }, terms.patternPerStyle),
    ...once('sample', { zh: '样衣', en: 'Sample' }, terms.samplePerStyle),
    ...dyeLotLine(input, terms, money),
  ]
  return [...perStyle, ...shareLine('inspection', terms.inspectionPercent, [...before, ...perStyle]), ...freight]
}

/**
 * Cloth that has to be dyed and is not used: what all colours' least lots cost beyond what the order's own cloth costs.
 * All cloth of an order so never costs less than those lots, and never less for more pieces.
 */
function dyeLotLine({ bom, size, units, rules, making }: CostInput, terms: CostTerms, money: InMoney): CostLine[] {
  const shell = bom.find((row) => row.role === 'shell')
  const colours = making?.colourways ?? 1
  if (!shell || terms.dyeLotMetres <= 0) return []
  const least = colours * terms.dyeLotMetres * shell.unitPrice
  const used = units * (shell.quantity[size] ?? 0) * shell.unitPrice * (1 - clothSaving(rules, units))
  const amount = Math.ceil(Math.max(0, least - used) / units - 1e-9)
  return amount > 0
    ? [
        {
          key: 'dye-lot',
          label: { zh: '染缸起订量', en: 'Dye-lot minimum' },
          amount,
          basis: {
            zh: `${colours} 色 × ${terms.dyeLotMetres} 米 × ${money(shell.unitPrice).zh}/米，未用完部分由 ${units} 件分摊`,
            en: `${colours} colours × ${terms.dyeLotMetres} m × ${money(shell.unitPrice).en}/m, what is left over spread over ${units} units`,
          },
        },
      ]
    : []
}

const SHARES: Readonly<Record<'inspection' | 'vat', Localized>> = {
  inspection: { zh: '检验费', en: 'Inspection' },
  vat: { zh: '不可抵扣增值税', en: 'VAT not reclaimed' },
}
function shareLine(key: keyof typeof SHARES, percent: number | undefined, of: readonly CostLine[]): CostLine[] {
  if (!percent) return []
  const before = of.reduce((sum, { amount }) => sum + amount, 0)
  return [
    {
      key,
      label: SHARES[key],
      amount: Math.ceil((before * percent) / 100 - 1e-9),
      basis: { zh: `以上合计的 ${percent}%`, en: `${percent} % of the lines above` },
    },
  ]
}
