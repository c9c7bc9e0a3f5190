import type { Database } from '../../db/database.ts'
import { addViews } from './store.ts'

/** Page views, gathered in memory and written once a second: a lost one costs nothing. */
export function openViews(db: Database) {
  const views = new Map<string, number>()
  return {
    count(campaignId: string): void {
      views.set(campaignId, (views.get(campaignId) ?? 0) + 1)
    },

    /** Write the views gathered since the last time. */
    async flush(): Promise<number> {
      if (!views.size) return 0
      const gathered = [...views]
      views.clear()
      await db.write(
        async (tx) => {
          for (const [id, count] of gathered) await addViews(tx, id, count)
        },
        { atomic: true },
      )
      return 0 // not work that makes more work: the worker need not look again
    },
  }
}
