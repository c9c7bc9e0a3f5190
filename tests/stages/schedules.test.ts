/** The minute's sweeps come late rather than never, and never twice. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../src/core/values.ts'
import { events } from '../../src/db/schema.ts'
import { openReorders } from '../../src/stages/8-reorders/actions.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { world } from '../support/world.ts'

const open = () =>
  world({
    stages: (context) => ({ trends: openTrends(context), reorders: openReorders(context) }),
    now: '2026-11-22T02:00:20Z',
  })
let w: Awaited<ReturnType<typeof open>>
beforeEach(async () => {
  w = await open()
})
afterEach(() => w.close())

const swept = async (name: 'trends.fetch-due' | 'reorders.sweep-due') =>
  (await w.db.read.select().from(events).where(eq(events.name, name)).orderBy(events.at)).map(
    ({ payload }) => (payload as { window: string }).window,
  )

test('a window is enqueued once, however often somebody looks', async () => {
  for (let n = 0; n < 5; n++) {
    await w.worker.tick()
    w.clock.advance(SECOND)
  }
  expect(await swept('trends.fetch-due')).toEqual(['2026-11-22T02:00:00.000Z'])
})

test('a process that was too busy for a whole minute catches up at its next look', async () => {
  await w.worker.tick()
  w.clock.advance(5 * MINUTE + 40 * SECOND) // the timer was due at 02:05:00 and comes at 02:06:00
  await w.worker.tick()
  expect(await swept('trends.fetch-due')).toEqual(['2026-11-22T02:00:00.000Z', '2026-11-22T02:05:00.000Z'])
})

test('after a night one sweep looks for everything that is due since', async () => {
  await w.worker.tick()
  w.clock.advance(9 * HOUR)
  await w.worker.tick()
  await w.worker.tick()
  expect(await swept('reorders.sweep-due')).toEqual(['2026-11-22T02:00:00.000Z', '2026-11-22T11:00:00.000Z'])
})

test('a clock that was a day ahead and is put back holds up no sweep', async () => {
  w.clock.advance(24 * HOUR)
  await w.worker.tick()
  w.clock.set('2026-11-22T02:00:20Z')
  await w.worker.tick()
  expect(await swept('trends.fetch-due')).toContain('2026-11-22T02:00:00.000Z')
})

test('a window that could not be enqueued is, as soon as the database writes again', async () => {
  const writable = w.db as { write: unknown }
  const { write } = writable
  writable.write = () => Promise.reject(new Error('the disk is full'))
  await w.worker.tick()
  expect(w.complaints.join()).toContain('a schedule could not enqueue')
  writable.write = write
  await w.worker.tick()
  expect(await swept('trends.fetch-due')).toEqual(['2026-11-22T02:00:00.000Z'])
})
