/** Runs and styles as pages and machines read them. */
import { z } from 'zod'
import { blockedBy, toReview } from './model.ts'
import { sayUnfollowed } from './designer/fidelity.ts'
import { planOf } from './run/run.ts'
import type { RunRow, StyleRow, VersionRow } from './store.ts'

export const STYLE = { en: 'style', zh: '款式' }
export const RUN = { en: 'design run', zh: '设计任务' }

const anObject = z.looseObject({})

export const runView = z.looseObject({ id: z.string(), state: z.string(), done: z.int(), total: z.int() })
export const styleView = z.looseObject({
  style: z.looseObject({
    id: z.string(),
    number: z.string(),
    category: z.string(),
    state: z.string(),
    version: z.int(),
  }),
  version: z.looseObject({
    version: z.int(),
    hash: z.string(),
    spec: anObject,
    derived: anObject,
    gates: z.array(anObject),
    pictures: z.array(anObject),
  }),
  blocked: z.array(anObject).describe('Gates that forbid approving it.'),
  review: z.array(anObject).describe('Gates that ask for a second look.'),
})
/** Picture, cost and price before and after; money in minor units, pictures by their hashes. */
export const comparedView = z.object({ before: anObject, after: anObject, currency: z.string() })
/** What a sentence changes, done or only previewed. */
export const changesView = z.object({
  version: z.int().optional(),
  changes: z.array(anObject),
  notUnderstood: z.array(anObject),
  clamped: z.array(anObject),
})

/** A style with a version of it, and what its gates say against approving it. */
export const viewStyle = (style: StyleRow, version: VersionRow) => ({
  style,
  version,
  blocked: blockedBy(version.gates).map(({ gate, reason }) => ({ gate, reason })),
  review: toReview(version.gates).map(({ gate, reason }) => ({ gate, reason })),
})
export type StyleView = ReturnType<typeof viewStyle>

/** A run as people and machines follow it; its proposals are the stage's own and large. */
export const viewRun = ({ brief, ...run }: RunRow) => {
  const { request, skipped, unfollowed, unmet } = planOf(brief)
  return {
    ...run,
    request,
    skipped,
    unmet,
    unfollowed: unfollowed.map((lost) => ({ ...lost, text: sayUnfollowed([lost]) })),
  }
}
export type RunView = ReturnType<typeof viewRun>
