import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { DAY, MINUTE, newId, SECOND } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { LEASE_MS } from '../../src/db/leases.ts'
import { claim, deliveryQueue, postpone, retryParked, settle } from '../../src/db/outbox.ts'
import { deliveries, events, mails } from '../../src/db/schema.ts'
import { LETTERS_AT_ONCE, queueLetters, sendDueLetters } from '../../src/db/mailbox.ts'
import { world, type World } from '../support/world.ts'
import type { Chores, Reactions } from '../../src/stages/context.ts'

type Stage = { reactions: Reactions; chores: Chores }
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
          'demand.goal-reached': async () => {},
          'demand.released': () => slow,
          'demand.closed': async () => {},
          'demand.said': async () => {},
        } satisfies Reactions,
        chores: {
          'confirmation letters': async () => 0,
          'orders of a lot': async () => 0,
          'old refusals': async () => 0,
        },
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
        claimed.push(...got.map((each) => each.id))
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
  expect(heir?.id).toBe(dead?.id)
  expect(await settle(line.db, dead!, line.clock.now())).toBe(false)
  expect(await settle(line.db, heir!, line.clock.now())).toBe(true)
})

test('a living worker keeps what it works on for as long as it takes', async () => {
  await emit('w')
  const [long] = await claim(line.db, line.clock.now(), 1)
  for (let lease = 0; lease < 5; lease++) {
    line.clock.advance(LEASE_MS - SECOND)
    expect(await deliveryQueue.renew(line.db, long!.leaseToken!, line.clock.now())).toBe(true)
    expect(await claim(line.db, line.clock.now(), 1)).toEqual([])
  }
  line.clock.advance(LEASE_MS + SECOND)
  const [heir] = await claim(line.db, line.clock.now(), 1)
  expect(heir?.id).toBe(long?.id)
  expect(await deliveryQueue.renew(line.db, long!.leaseToken!, line.clock.now())).toBe(false)
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
      ++writes > 2 ? Promise.reject(new Error('the disk is full')) : line.db.write(work, options),
  }
  const sent = new Set<string>()
  const send = async ({ id }: { id: string }) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    sent.add(id)
  }
  await expect(sendDueLetters(failing, line.clock, send)).rejects.toThrow('the disk is full')
  // The lease and what went in one moment were written; what went out after that could not be, nor did any more go.
  const recorded = await line.db.read.select().from(mails).where(eq(mails.state, 'sent'))
  expect(recorded.length).toBeGreaterThan(0)
  expect(sent.size).toBeLessThanOrEqual(recorded.length + LETTERS_AT_ONCE)
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
  expect(await sendDueLetters(line.db, line.clock, send)).toBe(0)
  down = false
  line.clock.advance(MINUTE)
  expect(await sendDueLetters(line.db, line.clock, send)).toBe(2)
  expect(await sendDueLetters(line.db, line.clock, send)).toBe(0)
  expect(new Set(sent).size).toBe(2)
  expect(await line.db.read.$count(mails, eq(mails.state, 'sent'))).toBe(2)
})

test('letters that a process which leaves did not send are due again at once, as if untried', async () => {
  const letters = Array.from({ length: 8 }, (_, n) => ({
    dedupeKey: `k${n}`,
    to: `${n}@example.com`,
    lang: 'zh' as const,
    subject: '您好',
    body: '…',
  }))
  await line.db.write((tx) => queueLetters(tx, letters, line.clock.now(), line.context.engines.vault))
  const leaving = new AbortController()
  const silently = async ({ to }: { to: string }) => {
    if (to.startsWith('7')) return
    if (to.startsWith('4')) leaving.abort()
    await new Promise(() => {})
  }
  const began = performance.now()
  expect(await sendDueLetters(line.db, line.clock, silently, { leaving: leaving.signal })).toBe(0)
  expect(performance.now() - began).toBeLessThan(2000)
  const left = await line.db.read.select().from(mails)
  expect(left.map(({ state, attempts, leaseToken }) => [state, attempts, leaseToken])).toEqual(
    Array.from({ length: 8 }, () => ['due', 0, null]),
  )
  expect(await sendDueLetters(line.db, line.clock, async () => {})).toBe(8)
})

test('a mail server that does not take a letter holds up that letter only, and no longer than its deadline', async () => {
  const letters = ['stuck', ...Array.from({ length: 20 }, (_, n) => `quick${n}`)].map((dedupeKey) => ({
    dedupeKey,
    to: `${dedupeKey}@example.com`,
    lang: 'en' as const,
    subject: 'Hello',
    body: '…',
  }))
  await line.db.write((tx) => queueLetters(tx, letters, line.clock.now(), line.context.engines.vault))
  const send = ({ to }: { to: string }) => (to.startsWith('stuck') ? new Promise<void>(() => {}) : Promise.resolve())
  expect(await sendDueLetters(line.db, line.clock, send, { deadlineMs: 300 })).toBe(20)
  const [stuck] = await line.db.read.select().from(mails).where(eq(mails.state, 'due'))
  expect(stuck).toMatchObject({ to: 'stuck@example.com', attempts: 1, lastError: expect.stringContaining('in time') })
})

test('letters go out many at a time, claimed while others are on their way, and recorded together', async () => {
  const letters = Array.from({ length: 300 }, (_, n) => ({
    dedupeKey: `k${n}`,
    to: `buyer${n}@example.com`,
    lang: 'en' as const,
    subject: 'Hello',
    body: '…',
  }))
  await line.db.write((tx) => queueLetters(tx, letters, line.clock.now(), line.context.engines.vault))
  let writes = 0
  const counted: Database = { ...line.db, write: (work, options) => (writes++, line.db.write(work, options)) }
  const sent: string[] = []
  let under = 0
  let most = 0
  const send = async ({ id }: { id: string }) => {
    most = Math.max(most, ++under)
    await new Promise((resolve) => setTimeout(resolve, 5))
    under--
    sent.push(id)
  }
  expect(await sendDueLetters(counted, line.clock, send, { atOnce: 40 })).toBe(300)
  expect(new Set(sent).size).toBe(300)
  expect(most).toBe(40)
  expect(writes).toBeLessThan(100)
  expect(await line.db.read.$count(mails, eq(mails.state, 'sent'))).toBe(300)
})
