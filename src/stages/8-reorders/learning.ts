/** What campaigns that are over teach, worked out again only when there is one more. */
import { learn, type Count, type LaunchBelief } from '../../core/reach.ts'
import type { Reader } from '../../db/database.ts'
import type { Context } from '../context.ts'
import { closedCampaigns } from './store.ts'

export interface Learned {
  past: readonly Count[]
  belief: LaunchBelief | undefined
}

export interface Learning extends Context {
  learned: (db: Reader) => Promise<Learned>
}

/** Reading five hundred counts takes a moment, learning from them ten times as long: on the thread that sells. */
export function openLearned(): Learning['learned'] {
  let kept: (Learned & { counts: string }) | undefined
  return async (db) => {
    const past = await closedCampaigns(db)
    const counts = JSON.stringify(past)
    if (kept?.counts !== counts) kept = { counts, past, belief: learn(past) }
    return kept
  }
}
