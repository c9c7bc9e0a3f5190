/** What a person's acts on a campaign have in common, and what each of them does. */
import { z } from 'zod'
import { named } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import type { Tx } from '../../../db/database.ts'
import type { Campaign } from '../../4-storefront/door.ts'
import type { DemandContext } from '../options.ts'
import type { HandAct } from '../store/hand.ts'
import { HAND_KINDS, HAND_STATES, HAND_WHYS } from '../tables.ts'

/** Why, in a word for the log and in words for people. */
export const reasons = {
  why: named(z.enum(HAND_WHYS).default('other'), '原因类别', 'Kind of reason'),
  reason: named(paragraphs(2, 1000), '原因', 'Reason'),
} as const

/** One kind of act. Everything happens in the transaction that writes it down. */
export interface Hand {
  /**
   * What is done at once. @returns what it was before
   * @throws Problem 409 where it cannot be done any more
   */
  begin(tx: Tx, context: DemandContext, campaign: Campaign, what: HandAct['what']): Promise<HandAct['before']>
  /** What leaves the house by it, when it can no longer be taken back. Without it there is nothing to wait for. */
  finish?(tx: Tx, context: DemandContext, campaign: Campaign, act: HandAct): Promise<void>
  /** @throws Problem 409 where something else was done since */
  undo(tx: Tx, context: DemandContext, campaign: Campaign, act: HandAct): Promise<void>
  /** What is at stake, minor units: above the house's sum a second person has to agree. */
  sum?(campaign: Campaign, what: HandAct['what']): number
}

/** An act as people and machines see it. */
export const handView = z.looseObject({
  id: z.string(),
  campaignId: z.string(),
  kind: z.enum(HAND_KINDS),
  state: z.enum(HAND_STATES).describe('asked: waits for a second person; waiting: can still be taken back.'),
  why: z.enum(HAND_WHYS),
  reason: z.string(),
  sum: z.int().describe('What is at stake, minor units.'),
  by: z.string(),
  at: z.date(),
  dueAt: z.date().nullable().describe('Until when it can be taken back, where something leaves the house then.'),
  decidedBy: z.string().nullable(),
  undoneBy: z.string().nullable(),
  undoneAt: z.date().nullable(),
})
