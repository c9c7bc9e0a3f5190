import { z } from 'zod'
import type { Localized } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { newestUnfollowed, unfollowedIn, type UnfollowedRow } from '../store/unfollowed.ts'

/** One garment or detail that the house lacks, with the trends of a month that asked for it. */
export interface Missing {
  missing: string
  label: Localized
  why: Localized
  trends: { term: string; label: Localized }[]
  /** How often a design from them was refused. */
  refused: number
}

function byMissing(rows: readonly UnfollowedRow[]): Missing[] {
  const all = new Map<string, Missing>()
  for (const { missing, missingLabel, why, term, label, refused } of rows) {
    const known = all.get(missing) ?? { missing, label: missingLabel, why, trends: [], refused: 0 }
    all.set(missing, { ...known, trends: [...known.trends, { term, label }], refused: known.refused + refused })
  }
  return [...all.values()].sort(
    (a, b) => b.trends.length - a.trends.length || b.refused - a.refused || (a.missing < b.missing ? -1 : 1),
  )
}

/** What a month's trends asked for and the house cannot make, most asked for first; the newest month where none is named. */
export const listUnfollowed = action({
  name: 'designs.list-unfollowed',
  scope: 'designs:read',
  input: z.strictObject({
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .optional()
      .describe('2026-11'),
  }),
  output: z.object({ month: z.string().optional(), items: z.array(z.looseObject({})) }),
  async run({ db }: Context, _actor, { month: asked }) {
    const month = asked ?? (await newestUnfollowed(db.read))
    return { month, items: month === undefined ? [] : byMissing(await unfollowedIn(db.read, month)) }
  },
})
