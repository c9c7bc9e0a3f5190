import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { DAY, MINUTE, newId, SECOND } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { claim, LEASE_MS, postpone, renew, retryParked, settle } from '../../src/db/outbox.ts'
import { deliveries, events, mails } from '../../src/db/schema.ts'
import { queueLetters, sendDueLetters } from '../../src/db/mailbox.ts'
import { world, type World } from '../support/world.ts'
import type { Reactions } from '../../src/stages/context.ts'

type Stage = { reactions: Reactions }
let line: World<{ demand: Stage }>
let seen: string[]
let failing = false
let slow: Promise<void>

beforeEach(async () => {
  seen = []
  failing = false
  slow = Promise.resolve()
  line = await world({
    stages: () => ({
      demand: {
        reactions: {
          'demand.sweep-due': async ({ payload }) => {
            if (failing) throw new Error('the outside world is down')
            seen.push(payload.window)
          },
          'demand.released': () => slow,
          'demand.closed': async () => {},
        } satisfies Reactions,
      },
    }),
  })
})
afterEach(() => line.close())

const emit = (window: string, dedupeKey?: string) =>
  line.db.write((tx) =>
    line.context.outbox.emit(
      tx,
      system('test'),
      'demand.sweep-due',
      { window },
      line.clock.now(),
      dedupeKey === undefined ? {} : { dedupeKey },
    ),
  )

const stateOf = async (listener: string) =>
  (await line.db.read.select().from(deliveries).where(eq(deliveries.listener, listener)))[0]?.state

test('an event and its deliveries are written in the caller’s transaction, or not at all', async () => {
  await expect(
    line.db.write(async (tx) => {
      await line.context.outbox.emit(tx, system('test'), 'demand.sweep-due', { window: 'a' }, line.clock.now())
      throw new Error('the decision was not made')
    }),
  ).rejects.toThrow('the decision')
  expect(await line.db.read.$count(events)).toBe(0)
  await emit('b')
  await line.settle()
  expect(seen).toEqual(['b'])
})

test('the same key announced twice, also by two nodes at once, is one event', async () => {
  await Promise.all([emit('w', 'sweep:w'), emit('w', 'sweep:w'), emit('w', 'sweep:w')])
  await line.settle()
  expect(seen).toEqual(['w'])
})

test('eight workers claim two hundred deliveries, each exactly once', async () => {
  for (let n = 0; n < 200; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => emit(`w${n + i}`)))
  const claimed: string[] = []
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let dry = 0; dry < 3;) {
        const got = await claim(line.db, line.clock.now(), 10)
        if (!got.length) dry++
        claimed.push(...got.map((each) => each.deliveryId))
      }
    }),
  )
  expect(claimed).toHaveLength(200)
  expect(new Set(claimed).size).toBe(200)
})

test('a dead worker’s delivery is taken over after its lease, and the dead one cannot settle it any more', async () => {
  await emit('w')
  const [dead] = await claim(line.db, line.clock.now(), 1)
  expect(await claim(line.db, line.clock.now(), 1)).toEqual([])
  line.clock.advance(LEASE_MS + SECOND)
  const [heir] = await claim(line.db, line.clock.now(), 1)
  expect(heir?.deliveryId).toBe(dead?.deliveryId)
  expect(await settle(line.db, dead!, line.clock.now())).toBe(false)
  expect(await settle(line.db, heir!, line.clock.now())).toBe(true)
})

test('a living worker keeps what it works on for as long as it takes', async () => {
  await emit('w')
  const [long] = await claim(line.db, line.clock.now(), 1)
  for (let lease = 0; lease < 5; lease++) {
    line.clock.advance(LEASE_MS - SECOND)
    expect(await renew(line.db, long!, line.clock.now())).toBe(true)
    expect(await claim(line.db, line.clock.now(), 1)).toEqual([])
  }
  line.clock.advance(LEASE_MS + SECOND)
  const [heir] = await claim(line.db, line.clock.now(), 1)
  expect(heir?.deliveryId).toBe(long?.deliveryId)
  expect(await renew(line.db, long!, line.clock.now())).toBe(false)
})

test('one reaction that takes long holds up neither the others nor the letters', async () => {
  let finish = (): void => {}
  slow = new Promise((resolve) => {
    finish = resolve
  })
  line.worker.start()
  try {
    await line.db.write((tx) =>
      line.context.outbox.emit(tx, system('test'), 'demand.released', { campaignId: newId() }, line.clock.now()),
    )
    await line.db.write((tx) =>
      queueLetters(
        tx,
        [{ dedupeKey: 'l', to: 'a@example.com', lang: 'zh', subject: 's', body: 'b' }],
        line.clock.now(),
        line.context.engines.vault,
      ),
    )
    await emit('w')
    await expect.poll(() => seen).toContain('w')
    await expect.poll(async () => (await line.db.read.select().from(mails))[0]?.state).toBe('sent')
    expect(await stateOf('demand:demand.released')).toBe('due')
  } finally {
    finish()
    await line.worker.stop()
  }
  expect(await stateOf('demand:demand.released')).toBe('done')
})

test('a reaction that keeps failing is put off longer and longer, then parked where a person can try again', async () => {
  failing = true
  await emit('w')
  for (let day = 0; day < 10; day++) {
    await line.settle()
    line.clock.advance(DAY)
  }
  const [parked] = await line.db.read.select().from(deliveries)
  expect(parked).toMatchObject({
    state: 'parked',
    attempts: 8,
    lastError: expect.stringContaining('the outside world is down'),
  })
  failing = false
  expect(await retryParked(line.db, [parked!.id], line.clock.now())).toBe(1)
  await line.settle()
  expect(seen).toEqual(['w'])
  expect(line.complaints.at(-1)).toContain('parked')
})

test('a delivery that failed is not due before its back-off is over', async () => {
  await emit('w')
  const [first] = await claim(line.db, line.clock.now(), 1)
  expect(await postpone(line.db, first!, line.clock.now(), 'no')).toBe('due')
  expect(await claim(line.db, line.clock.now(), 1)).toEqual([])
  line.clock.advance(3 * SECOND)
  expect(await claim(line.db, line.clock.now(), 1)).toHaveLength(1)
})

test('no more letters go out once the database cannot record that they did', async () => {
  const letters = Array.from({ length: 20 }, (_, n) => ({
    dedupeKey: `k${n}`,
    to: 'mei@example.com',
    lang: 'zh' as const,
    subject: '您好',
    body: '…',
  }))
  await line.db.write((tx) => queueLetters(tx, letters, line.clock.now(), line.context.engines.vault))
  let writes = 0
  const failing: Database = {
    ...line.db,
    write: (work, options) =>
      ++writes > 4 ? Promise.reject(new Error('the disk is full')) : line.db.write(work, options),
  }
  const sent = new Set<string>()
  const send = async ({ id }: { id: string }) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    sent.add(id)
  }
  await expect(sendDueLetters(failing, () => line.clock.now(), send)).rejects.toThrow('the disk is full')
  // The lease and three letters were written; the fourth went out and could not be, and perhaps one was on its way.
  expect(sent.size).toBeLessThanOrEqual(5)
  const recorded = await line.db.read.select().from(mails).where(eq(mails.state, 'sent'))
  expect(recorded).toHaveLength(3)
  for (const { id } of recorded) expect(sent).toContain(id)
})

test('a letter is queued once per key, sent once, and tried again when the server was away', async () => {
  const letter = { dedupeKey: 'k', to: 'mei@example.com', lang: 'zh' as const, subject: '您好', body: '…' }
  await line.db.write((tx) => queueLetters(tx, [letter], line.clock.now(), line.context.engines.vault))
  await line.db.write((tx) =>
    queueLetters(tx, [letter, { ...letter, dedupeKey: 'k2' }], line.clock.now(), line.context.engines.vault),
  )
  const sent: string[] = []
  let down = true
  const send = async ({ id }: { id: string }) => {
    if (down) throw new Error('connection refused')
    sent.push(id)
  }
  expect(await sendDueLetters(line.db, () => line.clock.now(), send)).toBe(0)
  down = false
  line.clock.advance(MINUTE)
  expect(await sendDueLetters(line.db, () => line.clock.now(), send)).toBe(2)
  expect(await sendDueLetters(line.db, () => line.clock.now(), send)).toBe(0)
  expect(new Set(sent).size).toBe(2)
  expect(await line.db.read.$count(mails, eq(mails.state, 'sent'))).toBe(2)
})

test('letters that a slow mail server left no time for are due again at once, as if untried', async () => {
  const letters = ['a', 'b', 'c'].map((dedupeKey) => ({
    dedupeKey,
    to: `${dedupeKey}@example.com`,
    lang: 'zh' as const,
    subject: '您好',
    body: '…',
  }))
  await line.db.write((tx) => queueLetters(tx, letters, line.clock.now(), line.context.engines.vault))
  const sent: string[] = []
  const slowly = async ({ to }: { to: string }) => {
    sent.push(to)
    line.clock.advance(40 * SECOND)
  }
  expect(await sendDueLetters(line.db, () => line.clock.now(), slowly)).toBe(2)
  const [left] = await line.db.read.select().from(mails).where(eq(mails.state, 'due'))
  expect(left).toMatchObject({ attempts: 0, leaseToken: null, leasedUntil: null })
  expect(await sendDueLetters(line.db, () => line.clock.now(), slowly)).toBe(1)
  expect(new Set(sent).size).toBe(3)
})
