/**
 * The catalogue: everything that can be said to have happened, with what it carries. An event is emitted when
 * something is decided or finished, not for every row; ids only, because a reaction reads the present state itself.
 */
import { z } from 'zod'

const id = z.string().min(1)

export const EVENTS = {
  // 1 trends
  'trends.fetch-due': z.object({ window: z.string() }),
  'trends.source-due': z.object({ sourceId: id, window: z.string() }),
  'trends.ingested': z.object({ sourceId: id, ingestId: id }),
  'trends.scored': z.object({ week: z.string() }),
  'trends.words-changed': z.object({ words: z.array(z.string()) }),
  // 2 designs
  'designs.requested': z.object({ runId: id }),
  'designs.sweep-due': z.object({ window: z.string() }),
  'designs.proposed': z.object({ styleId: id, version: z.int() }),
  'designs.run-finished': z.object({ runId: id }),
  // 3 approvals
  'approvals.approved': z.object({
    styleId: id,
    version: z.int(),
    hash: z.string(),
    /** Terms of the campaign where the merchandiser set some: see campaignTerms in stage 4. */
    campaign: z.record(z.string(), z.unknown()).optional(),
  }),
  'approvals.rejected': z.object({ styleId: id, version: z.int() }),
  'approvals.refined': z.object({ styleId: id, version: z.int() }),
  // 4 storefront
  'storefront.opened': z.object({ campaignId: id }),
  'storefront.asked': z.object({ inquiryId: id }),
  'storefront.answered': z.object({ inquiryId: id }),
  // 5 demand
  'demand.sweep-due': z.object({ window: z.string() }),
  'demand.goal-near': z.object({ campaignId: id, lot: z.int() }),
  'demand.goal-reached': z.object({ campaignId: id, lot: z.int() }),
  /** Buyers left a lot that collected, and its goal is not reached any more. */
  'demand.goal-missed': z.object({ campaignId: id, lot: z.int() }),
  /** It closed with enough units from too few buyers: a person decides. */
  'demand.undecided': z.object({ campaignId: id }),
  'demand.lot-frozen': z.object({ lotId: id }),
  'demand.said': z.object({ actId: id }),
  'demand.released': z.object({ campaignId: id }),
  'demand.closed': z.object({ campaignId: id }),
  // 6 dispatch
  'dispatch.sweep-due': z.object({ window: z.string() }),
  'dispatch.offered': z.object({ orderId: id, offerId: id }),
  'dispatch.refused': z.object({ orderId: id, offerId: id }),
  'dispatch.accepted': z.object({ orderId: id, offerId: id }),
  'dispatch.unplaced': z.object({ orderId: id }),
  'dispatch.promise-moved': z.object({ orderId: id, allocationId: id, from: z.iso.datetime(), to: z.iso.datetime() }),
  'dispatch.given-up': z.object({ orderId: id }),
  'dispatch.cancellation-asked': z.object({ orderId: id, cancellationId: id }),
  'dispatch.cancellation-answered': z.object({ orderId: id, cancellationId: id, state: z.string() }),
  'dispatch.called-off': z.object({ orderId: id, cancellationId: id, follow: z.enum(['replace', 'release']) }),
  // 7 production
  'production.sweep-due': z.object({ window: z.string() }),
  'production.progressed': z.object({ orderId: id, progressId: id, state: z.string() }),
  'production.late': z.object({ orderId: id }),
  'production.delivered': z.object({ orderId: id }),
  // 8 reorders
  'reorders.sweep-due': z.object({ window: z.string() }),
  'reorders.proposed': z.object({ reorderId: id }),
  'reorders.approved': z.object({ reorderId: id }),
} as const

export type EventName = keyof typeof EVENTS
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>
