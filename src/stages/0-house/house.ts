import { z } from 'zod'
import { named } from '../../core/parse.ts'
import { oneLine, paragraphs, said, timeZoneName } from '../../core/typed.ts'
import { CURRENCIES } from '../../core/values.ts'
import { DEFAULT_ZONE, suggestZone } from '../../core/zones.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { defaultRulesIn, readColourCodes, readOwnMinutes, termsIn } from '../../garments/index.ts'
import type { CostTerms, HouseRules } from '../../garments/types.ts'
import { CATEGORIES } from '../../garments/index.ts'
import { GENDERS, SEASONS } from '../../garments/types.ts'
import { readSetting, writeSetting } from './store.ts'

const ownMinutes = paragraphs(0, 20_000).superRefine((text, context) => {
  const { bad } = readOwnMinutes(text)
  if (bad === undefined) return
  context.addIssue(
    said({
      zh: `“${bad.slice(0, 40)}”不是“工序代码 = 分钟”，例如：neck = 2.5（0.01 至 600 分钟）`,
      en: `“${bad.slice(0, 40)}” is not “operation code = minutes”, such as neck = 2.5 (0.01 to 600 minutes)`,
    }),
  )
})

const colourCodes = paragraphs(0, 20_000).superRefine((text, context) => {
  const { bad } = readColourCodes(text)
  if (bad === undefined) return
  context.addIssue(
    said({
      zh: `“${bad.slice(0, 40)}”不是“颜色 = 色号”，例如：#4b5320 = 19-0509（色号不超过 40 个字）`,
      en: `“${bad.slice(0, 40)}” is not “colour = code”, such as #4b5320 = 19-0509 (a code has 40 characters at most)`,
    }),
  )
})

/**
 * How a buyer is verified: by the link in a letter, by a code in a text message, by whichever the buyer gives; `trusted`:
 * at once where a machine with our key vouches for its buyers, and like `any` for everybody else.
 */
export const VERIFICATIONS = ['email', 'sms', 'any', 'trusted'] as const
export type Verification = (typeof VERIFICATIONS)[number]

/** The house's own rules, editable by an operator; each has a default, so an empty database works. */
export const houseSchema = z.object({
  nameZh: named(oneLine(1, 80).default('首裁'), '中文名称', 'Name in Chinese'),
  nameEn: named(oneLine(1, 80).default('Firstcut'), '英文名称', 'Name in English'),
  timeZone: named(timeZoneName.default(DEFAULT_ZONE), '业务时区', 'Business time zone'),
  currency: named(z.enum(CURRENCIES).default('CNY'), '币种', 'Currency'),
  marginPercent: named(z.number().min(0).max(90).default(45), '毛利率', 'Margin'),
  overheadPercent: named(z.number().min(0).max(100).default(8), '管理费率', 'Overhead'),
  thresholdUnits: named(z.int().min(1).default(100), '起做量', 'Threshold, units'),
  /** When the first lot of a campaign goes, unless its merchandiser chooses: when it closes, or at its goal. */
  closing: named(z.enum(['collect', 'atGoal']).default('collect'), '首批何时投产', 'The first lot goes'),
  /** Where the price of new styles may fall, in units of a lot: those above the goal. */
  rungs: named(
    z
      .array(z.int().min(1).max(1_000_000))
      .min(1)
      .max(20)
      .transform((rungs) => [...new Set(rungs)].sort((a, b) => a - b))
      .default([5, 10, 20, 50, 100, 200, 500, 1000, 2000]),
    '阶梯（件）',
    'Rungs, units',
  ),
  /** What the price of a lot follows: its own units, or those of all lots of its campaign together. */
  pricing: named(z.enum(['lot', 'total']).default('lot'), '单价按', 'The price follows'),
  minBuyers: named(z.int().min(1).default(10), '最少买家', 'Fewest buyers'),
  /** The most units one buyer may hold in one campaign. */
  perBuyerCap: named(z.int().min(1).default(50), '每人上限', 'Cap per buyer'),
  campaignDays: named(z.int().min(1).max(120).default(21), '预售天数', 'Days on sale'),
  promisedDays: named(z.int().min(1).max(365).default(35), '承诺交期（天）', 'Promised, days'),
  /** Hours a factory has to answer an offer. */
  answerHours: named(z.number().min(0.01).default(24), '工厂答复期限（小时）', 'Factories answer within, hours'),
  /** When a pre-order counts, where its campaign does not say: see {@link VERIFICATIONS}. */
  verification: named(z.enum(VERIFICATIONS).default('email'), '预订何时计入', 'A pre-order counts'),
  reorderPolicy: named(z.enum(['ask', 'auto', 'never']).default('ask'), '返单', 'Reorders'),
  reorderEveryDays: named(z.number().min(0.01).default(7), '返单间隔（天）', 'Reorder every, days'),
  reorderMinUnits: named(z.int().min(1).default(30), '返单最少件数', 'Smallest reorder, units'),
  /** Days in which a buyer for whom too few pieces came may choose; then the pre-order is released. */
  shortAnswerDays: named(
    z.int().min(1).max(60).default(7),
    '少货时买家答复期限（天）',
    'Buyers choose when too few came, days',
  ),
  /** Days in which a buyer may ask to send back what was received; 0: the house takes nothing back. */
  returnDays: named(z.int().min(0).max(365).default(7), '退换期限（天）', 'Returns are taken, days'),
  /** Minutes in which what a person does with a campaign can be taken back, before anybody is told. */
  undoMinutes: named(
    z.int().min(0).max(1440).default(5),
    '操作可撤销时间（分钟）',
    'An act can be taken back, minutes',
  ),
  /** Minor units; 0: one person is enough for everything. */
  secondApproverAbove: named(z.int().min(0).default(0), '超过此金额须第二人批准', 'A second person agrees above'),
  designCategories: named(z.array(z.enum(CATEGORIES)).default([...CATEGORIES]), '做哪些品类', 'What is designed'),
  designGenders: named(z.array(z.enum(GENDERS)).default([...GENDERS]), '为谁设计', 'For whom'),
  /** Null, or never set: three months ahead by the calendar. */
  designSeason: named(z.enum(SEASONS).nullish(), '设计季节', 'Season to design for'),
  /** Share of what defines a trend that a design has to have, to be a design of it. */
  trendFidelityPercent: named(z.int().min(0).max(100).default(60), '趋势符合度下限', 'Least fidelity to a trend'),
  /** Terms of a full calculation, minor units of the house's currency; left out, what the trade usually asks. */
  minuteRate: named(z.number().min(0).max(100_00).optional(), '每标准分钟工价', 'A standard minute costs'),
  patternPerStyle: named(
    z.int().min(0).max(1_000_000_00).optional(),
    '制版放码（每款）',
    'Pattern and grading, per style',
  ),
  samplePerStyle: named(z.int().min(0).max(1_000_000_00).optional(), '样衣（每款）', 'Sample, per style'),
  freightPerKg: named(z.int().min(0).max(10_000_00).optional(), '运费（每千克）', 'Freight, per kg'),
  dyeLotMetres: named(z.int().min(0).max(100_000).default(0), '染缸起订量（米/色）', 'Dye lot, metres per colour'),
  inspectionPercent: named(z.number().min(0).max(50).default(1), '检验费率', 'Inspection'),
  vatPercent: named(z.number().min(0).max(30).default(0), '不可抵扣增值税', 'VAT not reclaimed'),
  /** A line per operation: code = minutes. */
  ownMinutes: named(ownMinutes.default(''), '自测工时', 'Your own minutes'),
  /** A line per colour: sRGB = the house's own code. */
  colourCodes: named(colourCodes.default(''), '本厂色号', 'Your own colour codes'),
  /** Money a model may cost in a day and per style, in millionths; 0 = the embedded designer only. */
  modelBudgetPerDayMicros: named(z.int().min(0).default(5_000_000), '模型每日预算', 'Model budget a day'),
  modelBudgetPerStyleMicros: named(z.int().min(0).default(500_000), '模型每款预算', 'Model budget per style'),
  /** The privacy notice in the house's own words, paragraphs apart by an empty line; empty: what the program does. */
  privacyZh: named(paragraphs(0, 20_000).default(''), '自拟说明（中文）', 'In your own words, Chinese'),
  privacyEn: named(paragraphs(0, 20_000).default(''), '自拟说明（英文）', 'In your own words, English'),
  /** Where people ask for their data: an e-mail, a telephone number. */
  privacyContact: named(oneLine(0, 200).default(''), '索取或删除信息时联系', 'Whom people ask for their data'),
})
export type House = z.infer<typeof houseSchema>

/** A field as it is changed: named or not, without the default that stands for it where nothing is stored. */
type Settable<S extends z.core.$ZodShape> = {
  [K in keyof S]: z.ZodOptional<S[K] extends z.ZodDefault<infer F> ? F : S[K]>
}
/** Some of the rules, by name: a schema's defaults would be filled in also where it is partial. */
export const houseChange = z.strictObject(
  Object.fromEntries(
    Object.entries(houseSchema.shape).map(([name, field]) => [
      name,
      (field instanceof z.ZodDefault ? field.unwrap() : field).optional(),
    ]),
  ) as Settable<(typeof houseSchema)['shape']>,
)
/** As it is typed, before the schema has read it. */
export type HouseChange = z.input<typeof houseChange>

const KEY = 'house'

/** What was read last, as text, and what it said: the rules are read with every page, and change once a season. */
let last: { text: string; house: House } | undefined

export async function readHouse(db: Reader): Promise<House> {
  const stored = await readSetting(db, KEY)
  const text = JSON.stringify(stored ?? null)
  if (last?.text !== text) last = { text, house: Object.freeze(asStored(stored).house) }
  return last.house
}

/** A setting that stands in the database and cannot be used, and what is used in its place. */
export interface UnusableSetting {
  name: string
  stored: string
  used: string
}

/**
 * The house's rules as they are stored. A setting that was taken once and cannot be used any more (a time zone of an
 * older version, a row written by hand) stops nothing: its default stands in for it, and the console says so.
 */
export function asStored(value: unknown): { house: House; unusable: UnusableSetting[] } {
  const stored: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {}
  const whole = houseSchema.safeParse(stored)
  if (whole.success) return { house: whole.data, unusable: [] }
  const bad = [...new Set(whole.error.issues.map(({ path }) => String(path[0] ?? '')))].filter((name) =>
    Object.hasOwn(stored, name),
  )
  const kept = Object.fromEntries(Object.entries(stored).filter(([name]) => !bad.includes(name)))
  // Whoever wrote GMT+8 meant an hour: the place with that hour is nearer to it than the default.
  const zone = bad.includes('timeZone') ? suggestZone(String(stored['timeZone'])) : undefined
  const house = houseSchema.parse(zone ? { ...kept, timeZone: zone } : kept)
  return {
    house,
    unusable: bad.map((name) => ({
      name,
      stored: JSON.stringify(stored[name] ?? null).slice(0, 80),
      used: JSON.stringify(house[name as keyof House] ?? null).slice(0, 80),
    })),
  }
}

/** Settings that stand in the database and cannot be used: for the console to show until somebody mends them. */
export async function unusableSettings(db: Reader): Promise<UnusableSetting[]> {
  return asStored(await readSetting(db, KEY)).unusable
}

/** The part of the house's rules that cost, price floor and ladder are computed with. */
export const rulesOf = (house: House): HouseRules => ({
  ...defaultRulesIn(house.currency),
  marginPercent: house.marginPercent,
  overheadPercent: house.overheadPercent,
  thresholdUnits: house.thresholdUnits,
  rungs: house.rungs,
  terms: termsOf(house),
})

/** What the house says of its calculation, and what the trade usually asks where it says nothing. */
export function termsOf(house: House): CostTerms {
  const usual = termsIn(house.currency)
  return {
    minuteRate: house.minuteRate ?? usual.minuteRate,
    ownMinutes: readOwnMinutes(house.ownMinutes).own,
    patternPerStyle: house.patternPerStyle ?? usual.patternPerStyle,
    samplePerStyle: house.samplePerStyle ?? usual.samplePerStyle,
    freightPerKg: house.freightPerKg ?? usual.freightPerKg,
    dyeLotMetres: house.dyeLotMetres,
    inspectionPercent: house.inspectionPercent,
    vatPercent: house.vatPercent,
  }
}

/** @param by the actor's tag */
export const writeHouse = (tx: Tx, house: House, at: Date, by: string): Promise<void> =>
  writeSetting(tx, KEY, house, at, by)
