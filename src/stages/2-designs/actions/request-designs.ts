import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { newId } from '../../../core/values.ts'
import { readHouse } from '../../0-house/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { requestSchema, seasonAhead } from '../model.ts'
import { briefTrend } from '../run/briefing.ts'
import type { RunPlan } from '../run/run.ts'
import { insertRun, trendRows } from '../store.ts'

/**
 * Ask for designs from trends. The work is done by the worker; progress by {@link showRun}.
 * @returns the run's id
 * @throws Problem 404 for a trend that is not there
 */
export const requestDesigns = action({
  name: 'designs.request',
  scope: 'designs',
  input: requestSchema,
  output: z.object({ id: z.string() }),
  async run({ db, clock, outbox }: Context, actor, request) {
    const rows = await trendRows(db.read, request.trendIds)
    const missing = request.trendIds.find((id) => !rows.some((row) => row.id === id))
    if (missing !== undefined) throw notFound({ en: 'trend', zh: '趋势' }, missing)
    const now = clock.now()
    const house = await readHouse(db.read)
    const runId = newId()
    const briefed = rows.map(briefTrend)
    const plan: RunPlan = {
      request: {
        ...request,
        season: request.season ?? house.designSeason ?? seasonAhead(now),
        seed: request.seed ?? now.getTime() % 2 ** 31,
      },
      trends: briefed.map(({ trend }) => trend),
      removed: briefed.flatMap(({ removed }) => removed),
      skipped: {},
    }
    await db.write(async (tx) => {
      await insertRun(tx, {
        id: runId,
        trendIds: request.trendIds,
        brief: plan,
        state: 'waiting',
        total: request.count,
        requestedBy: actorTag(actor),
        createdAt: now,
      })
      await outbox.emit(tx, actor, 'designs.requested', { runId }, now, { dedupeKey: `designs.requested:${runId}:0` })
    })
    return { id: runId }
  },
})
