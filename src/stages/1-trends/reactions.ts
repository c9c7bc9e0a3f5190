import { system } from '../../core/actor.ts'
import { openDeliveries, retryParked } from '../../db/outbox.ts'
import type { Reactions } from '../context.ts'
import type { TrendsContext } from './context.ts'
import { announceDue } from './due.ts'
import { mineWeek } from './mining.ts'
import { newestReadWeek, openScoring, scoreAndStore } from './reckoning.ts'
import { readAgain } from './recounting.ts'
import { fetchAndStore } from './settling.ts'
import { dueSources } from './store.ts'

const me = system('trends')

/**
 * Have every source that is due fetched. One delivery a source: while it is under way nothing is added, and a parked
 * one is tried again instead.
 */
async function announceAllDue(context: TrendsContext, window: string): Promise<void> {
  const { db, clock } = context
  const now = clock.now()
  const all = await dueSources(db.read, now)
  if (!all.length) return
  const open = await openDeliveries(db.read, 'trends:trends.source-due')
  const openOf = new Map(open.map(({ id, state, payload }) => [payload['sourceId'], { id, state }]))
  const parked = all.flatMap(({ id }) => {
    const known = openOf.get(id)
    return known?.state === 'parked' ? [known.id] : []
  })
  if (parked.length) await retryParked(db, parked, now)
  const due = all.filter(({ id }) => !openOf.has(id))
  if (!due.length) return
  await db.write(async (tx) => {
    for (const { id } of due) await announceDue(tx, context, me, { sourceId: id, window, at: now })
  })
}

export function reactionsOf(context: TrendsContext): Reactions {
  const score = openScoring(context, me)
  return {
    'trends.fetch-due': ({ payload }) => announceAllDue(context, payload.window),
    async 'trends.source-due'({ payload }) {
      const now = context.clock.now()
      const source = (await dueSources(context.db.read, now)).find((one) => one.id === payload.sourceId)
      if (source) await fetchAndStore(context, source, now)
    },
    'trends.ingested': ({ payload }) => score(payload.ingestId),
    async 'trends.scored'({ payload }) {
      await mineWeek(context, payload.week)
    },
    async 'trends.words-changed'({ payload }) {
      await readAgain(context, payload.words)
      const week = await newestReadWeek(context)
      if (week)
        await scoreAndStore(
          context,
          me,
          week,
          `words:${payload.words.join(',').slice(0, 80)}:${context.clock.now().getTime()}`,
        )
    },
  }
}
