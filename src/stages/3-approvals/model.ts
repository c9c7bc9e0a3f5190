import { z } from 'zod'
import { paragraphs } from '../../core/typed.ts'
import { dayIn } from '../../core/values.ts'
import { dayAfter, endOfDay } from '../../core/zones.ts'
import type { House } from '../0-house/door.ts'
import { sentenceSchema } from '../2-designs/door.ts'
import { refused } from './messages.ts'

/** What a merchandiser may set when approving; what is left out comes from the house's rules. */
export const campaignTerms = z
  .object({
    opensAt: z.iso.datetime({ offset: true }),
    /** A day, or an instant within it: the campaign closes when that day ends where the house is. */
    closesAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
    thresholdUnits: z.int().min(1).max(1_000_000),
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

/**
 * The merchandiser's terms with the house's own where none were set.
 * @param costedAt units the price was calculated for; a lower threshold would sell below the floor
 * @throws Problem 422 for an end before the start or in the past, a threshold below `costedAt`
 */
export function settledTerms(terms: CampaignTerms, house: House, costedAt: number, now: Date): SettledTerms {
  const opensAt = terms.opensAt ? new Date(terms.opensAt) : now
  const closesAt = closingOf(terms, house, opensAt)
  const thresholdUnits = terms.thresholdUnits ?? costedAt
  if (closesAt <= opensAt || closesAt <= now) throw refused('campaigns.dates', undefined, { field: 'closesAt' })
  if (thresholdUnits < costedAt) throw refused('campaigns.threshold', { units: costedAt }, { field: 'thresholdUnits' })
  return {
    opensAt,
    closesAt,
    thresholdUnits,
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
