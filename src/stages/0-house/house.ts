import { z } from 'zod'
import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { changedFields } from '../../core/canonical.ts'
import { problem } from '../../core/errors.ts'
import { fieldOf, sayIssue } from '../../core/issues.ts'
import { oneLine, paragraphs, timeZoneName } from '../../core/typed.ts'
import { CURRENCIES, type Lang } from '../../core/values.ts'
import { DEFAULT_ZONE, suggestZone } from '../../core/zones.ts'
import type { Reader } from '../../db/database.ts'
import { record } from '../../db/security-log.ts'
import { defaultRulesIn } from '../../garments/index.ts'
import type { HouseRules } from '../../garments/types.ts'
import { CATEGORIES } from '../../garments/index.ts'
import { GENDERS, SEASONS } from '../../garments/types.ts'
import type { Context } from '../context.ts'
import { readSetting, writeSetting } from './store.ts'

/** The house's own rules, editable by an operator; each has a default, so an empty database works. */
export const houseSchema = z.object({
  nameZh: oneLine(1, 80).default('首裁'),
  nameEn: oneLine(1, 80).default('Firstcut'),
  timeZone: timeZoneName.default(DEFAULT_ZONE),
  currency: z.enum(CURRENCIES).default('CNY'),
  marginPercent: z.number().min(0).max(90).default(45),
  overheadPercent: z.number().min(0).max(100).default(8),
  thresholdUnits: z.int().min(1).default(100),
  minBuyers: z.int().min(1).default(10),
  /** The most units one buyer may hold in one campaign. */
  perBuyerCap: z.int().min(1).default(50),
  campaignDays: z.int().min(1).max(120).default(21),
  promisedDays: z.int().min(1).max(365).default(35),
  /** Hours a factory has to answer an offer. */
  answerHours: z.number().min(0.01).default(24),
  /** A pre-order counts at once (`trusted`: accounts vouched for elsewhere) or after the link in the letter. */
  verification: z.enum(['email', 'trusted']).default('email'),
  reorderPolicy: z.enum(['ask', 'auto', 'never']).default('ask'),
  reorderEveryDays: z.number().min(0.01).default(7),
  reorderMinUnits: z.int().min(1).default(30),
  designCategories: z.array(z.enum(CATEGORIES)).default([...CATEGORIES]),
  designGenders: z.array(z.enum(GENDERS)).default([...GENDERS]),
  designSeason: z.enum(SEASONS).optional(),
  /** Money a model may cost in a day and per style, in millionths; 0 = the embedded designer only. */
  modelBudgetPerDayMicros: z.int().min(0).default(5_000_000),
  modelBudgetPerStyleMicros: z.int().min(0).default(500_000),
  /** The privacy notice in the house's own words, paragraphs apart by an empty line; empty: what the program does. */
  privacyZh: paragraphs(0, 20_000).default(''),
  privacyEn: paragraphs(0, 20_000).default(''),
  /** Where people ask for their data: an e-mail, a telephone number. */
  privacyContact: oneLine(0, 200).default(''),
})
export type House = z.infer<typeof houseSchema>

const KEY = 'house'

export async function readHouse(db: Reader): Promise<House> {
  return asStored(await readSetting(db, KEY)).house
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
})

/** Change some of the house's rules; what is already approved or on sale keeps the rules it was made with. */
export async function changeHouse(context: Context, actor: Actor, change: unknown): Promise<House> {
  authorize(actor, 'house')
  const partial = houseSchema.partial().strict().safeParse(change)
  if (!partial.success) {
    const issue = partial.error.issues[0]
    const field = fieldOf(issue)
    const why = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
    throw problem(
      'house.invalid',
      422,
      {
        en: `The setting "${field}" cannot be that: ${why('en')}.`,
        zh: `设置项“${field}”的取值无效：${why('zh')}。`,
      },
      { field },
    )
  }
  // A schema's defaults are filled in also where it is partial: only what was named changes.
  const named = Object.keys(change as object)
  const given = Object.fromEntries(Object.entries(partial.data).filter(([key]) => named.includes(key)))
  return context.db.write(async (tx) => {
    // What could not be used is written over by what was used in its place.
    const before = await readHouse(tx)
    const house = houseSchema.parse({ ...before, ...given })
    const now = context.clock.now()
    await writeSetting(tx, KEY, house, now, actorTag(actor))
    const fields = changedFields(before, house)
    if (fields.length) await record(tx, { act: 'house.changed', by: actor, details: { fields } }, now)
    return house
  })
}
