import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { dayIn, newId } from '../../../core/values.ts'
import type { Season } from '../../../garments/index.ts'
import { readHouse, type House } from '../../0-house/door.ts'
import { openingOf } from '../../1-trends/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { sayUnfollowed, unfollowed } from '../designer/fidelity.ts'
import { refused } from '../messages.ts'
import { requestSchema, seasonAhead, seasonOfMonth } from '../model.ts'
import { briefTrend, type TrendRow } from '../run/briefing.ts'
import { allowedBlocks, type RunPlan } from '../run/run.ts'
import { monthNow } from '../run/unfollowed.ts'
import { keepUnfollowed } from '../store/unfollowed.ts'
import { insertRun, stockOf, trendRows } from '../store.ts'

/** The season in which the first of the trends that has one is highest, when it comes next. */
function seasonByTrends(rows: readonly TrendRow[], house: House, now: Date): Season | undefined {
  const today = dayIn(now, house.timeZone)
  const [opening] = rows.flatMap(({ evidence }) => openingOf(evidence, house, today) ?? [])
  return opening && seasonOfMonth(Number(opening.season.peak.slice(5, 7)) - 1)
}

/**
 * Ask for designs from trends. The work is done by the worker; progress by {@link showRun}.
 * @returns the run's id
 * @throws Problem 404 for a trend that is not there, 422 `designs.cannot-follow` where no garment can follow any of them
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
    const asked = briefed.map(({ trend }) => trend)
    const limit = house.trendFidelityPercent / 100
    const blocks = allowedBlocks(request, house)
    const lost = unfollowed(asked, blocks, await stockOf(db.read), limit)
    const refusedNow = { month: monthNow(now, house.timeZone), lost, refused: 1, at: now } as const
    if (asked.length > 0 && lost.length === asked.length) {
      await db.write((tx) => keepUnfollowed(tx, refusedNow))
      throw refused('designs.cannot-follow', { trends: sayUnfollowed(lost) }, { field: 'trendIds' })
    }
    const plan: RunPlan = {
      request: {
        ...request,
        season: request.season ?? house.designSeason ?? seasonByTrends(rows, house, now) ?? seasonAhead(now),
        seed: request.seed ?? now.getTime() % 2 ** 31,
      },
      trends: asked.filter(({ id }) => !lost.some(({ trendId }) => trendId === id)),
      removed: briefed.flatMap(({ removed }) => removed),
      skipped: {},
      unfollowed: lost,
      unmet: [],
    }
    await db.write(async (tx) => {
      await keepUnfollowed(tx, refusedNow)
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
