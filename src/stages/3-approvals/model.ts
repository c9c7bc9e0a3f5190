import { z } from 'zod'
import { paragraphs } from '../../core/typed.ts'
import { dayIn } from '../../core/values.ts'
import { dayAfter, endOfDay } from '../../core/zones.ts'
import { VERIFICATIONS, type House, type Verification } from '../0-house/door.ts'
import { sentenceSchema, type VersionRow } from '../2-designs/door.ts'
import { refused } from './messages.ts'
import { CLOSINGS } from './tables.ts'

export { CLOSINGS }

/** What a merchandiser may set when approving; what is left out comes from the house's rules. */
export const campaignTerms = z
  .object({
    opensAt: z.iso.datetime({ offset: true }),
    /** A day, or an instant within it: the campaign closes when that day ends where the house is. */
    closesAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
    thresholdUnits: z.int().min(1).max(1_000_000),
    /** When the first lot goes: "collect" at the end, for the price finally reached; "atGoal"; "atRung". */
    closing: z.enum(CLOSINGS),
    /** The units of the rung at which it goes, for "atRung". */
    closingUnits: z.int().min(1).max(1_000_000),
    /** How its buyers are verified; left out: the house's way. */
    verification: z.enum(VERIFICATIONS),
    minBuyers: z.int().min(1).max(100_000),
    perBuyerCap: z.int().min(1).max(100_000),
    promisedDays: z.int().min(1).max(365),
  })
  .partial()
  .strict()
export type CampaignTerms = z.infer<typeof campaignTerms>

/** The terms a campaign opens with. */
export interface SettledTerms {
  opensAt: Date
  closesAt: Date
  thresholdUnits: number
  closing: (typeof CLOSINGS)[number]
  closingUnits: number | null
  verification: Verification | null
  minBuyers: number
  perBuyerCap: number
  promisedDays: number
}

/**
 * Campaigns end when a day ends where the house is: whoever reads "closes on the 21st" may order all of that day. An
 * instant within a day therefore names that day.
 */
function closingOf(terms: CampaignTerms, { timeZone, campaignDays }: House, opensAt: Date): Date {
  const { closesAt } = terms
  if (!closesAt) return endOfDay(dayAfter(dayIn(opensAt, timeZone), campaignDays), timeZone)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(closesAt)
  return endOfDay(isDay ? closesAt : dayIn(new Date(closesAt), timeZone), timeZone)
}

/** What the price of a version was calculated for. */
export interface Costed {
  /** A lower threshold would sell below the floor. */
  units: number
  /** Where the rungs of its ladder begin. */
  rungs: readonly number[]
}
export const costedFor = ({ rules, derived }: Pick<VersionRow, 'rules' | 'derived'>): Costed => ({
  units: rules.thresholdUnits,
  rungs: derived.ladder.map(({ fromUnits }) => fromUnits),
})

/**
 * When the first lot goes.
 * @throws Problem 422 for a rung that there is not, or below the threshold, or without "at a rung"
 */
function closingRule(
  { closing, closingUnits }: CampaignTerms,
  house: House,
  { rungs, thresholdUnits }: { rungs: readonly number[]; thresholdUnits: number },
): Pick<SettledTerms, 'closing' | 'closingUnits'> {
  const rule = closing ?? (closingUnits === undefined ? house.closing : 'atRung')
  if (rule !== 'atRung') {
    if (closingUnits !== undefined) throw refused('campaigns.rung-without', undefined, { field: 'closingUnits' })
    return { closing: rule, closingUnits: null }
  }
  const among = rungs.filter((units) => units >= thresholdUnits)
  if (closingUnits === undefined || !among.includes(closingUnits))
    throw refused('campaigns.rung', { rungs: among.join(', ') || '–' }, { field: 'closingUnits' })
  return { closing: rule, closingUnits }
}

/**
 * The merchandiser's terms with the house's own where none were set.
 * @throws Problem 422 for an end before the start or in the past, a threshold below what was costed, a rung that is none
 */
export function settledTerms(terms: CampaignTerms, house: House, costed: Costed, now: Date): SettledTerms {
  const opensAt = terms.opensAt ? new Date(terms.opensAt) : now
  const closesAt = closingOf(terms, house, opensAt)
  const thresholdUnits = terms.thresholdUnits ?? costed.units
  if (closesAt <= opensAt || closesAt <= now) throw refused('campaigns.dates', undefined, { field: 'closesAt' })
  if (thresholdUnits < costed.units)
    throw refused('campaigns.threshold', { units: costed.units }, { field: 'thresholdUnits' })
  return {
    opensAt,
    closesAt,
    thresholdUnits,
    ...closingRule(terms, house, { rungs: costed.rungs, thresholdUnits }),
    verification: terms.verification ?? null,
    minBuyers: terms.minBuyers ?? house.minBuyers,
    perBuyerCap: terms.perBuyerCap ?? house.perBuyerCap,
    promisedDays: terms.promisedDays ?? house.promisedDays,
  }
}

export const approveSchema = z.strictObject({
  /** The version that was looked at: another one is not approved by mistake. */
  version: z.int().min(1),
  /** A gate said "review"; somebody looked again and takes it on. */
  secondLook: z.boolean().default(false),
  reason: paragraphs(0, 2000).optional(),
  campaign: campaignTerms.optional(),
})

export const refineSchema = z.strictObject({
  version: z.int().min(1),
  sentence: sentenceSchema,
  /** A preview of this sentence, to be applied exactly as it was shown. */
  preview: z.string().min(1).max(80).optional(),
})

export const rejectSchema = z.strictObject({
  version: z.int().min(1),
  reason: paragraphs(2, 2000),
})

export const undoSchema = z.strictObject({ version: z.int().min(1) })
