import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { eq, isNotNull } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { verifyMessage } from '../../src/core/signature.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { openOutbox } from '../../src/db/outbox.ts'
import { attempts, factories, messages, offers } from '../../src/db/schema.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { dispatchTermsSchema, LONGEST_ASKED, RETRY_DELAYS } from '../../src/stages/6-dispatch/model.ts'
import { DEADLINE_MS } from '../../src/stages/6-dispatch/posting.ts'
import { dropMessage, factoriesWaiting, queueMessage } from '../../src/stages/6-dispatch/store/messages.ts'
import { quickBriefs, register } from '../support/factories.ts'
import { receiver, type Receiver } from '../support/receiver.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ dispatch: Dispatch }>
let dispatch: Dispatch
let endpoint: Receiver
const house = system('test')

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: quickBriefs(context) }),
    }),
    now: new Date().toISOString(),
  })
  dispatch = line.stages.dispatch
  endpoint = await receiver()
})
afterEach(async () => {
  await endpoint.close()
  await dispatch.finishSending()
  await line.close()
})

let keys = 0
const queue = (factoryId: string, data: Record<string, unknown> = {}) =>
  line.db.write((tx) =>
    queueMessage(
      tx,
      line.context.engines.vault,
      { factoryId, orderId: null, type: 'production.over', dedupeKey: `test:${++keys}`, data },
      line.clock.now(),
    ),
  )
const message = async () =>
  (await line.db.read.select().from(messages).where(eq(messages.type, 'production.over')).orderBy(messages.id))[0]!
const factoryRow = async (id: string) => (await line.db.read.select().from(factories).where(eq(factories.id, id)))[0]!
const tries = async () => {
  const { id } = await message()
  return line.db.read.select().from(attempts).where(eq(attempts.messageId, id)).orderBy(attempts.id)
}

describe('a message', () => {
  test('is signed anew on every attempt under one id, and both kinds of signature verify', async () => {
    const { factory, secret } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave(500)
    await queue(factory.id, { 款: '军大衣' })
    await line.settle()
    line.clock.advance(10 * SECOND)
    endpoint.behave(204)
    await line.settle()
    const sent = endpoint.received.filter(({ json }) => json.type === 'production.over')
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(sent.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2)
    for (const { headers, body } of sent) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({
        type: 'production.over',
        data: { 款: '军大衣' },
      })
      expect(verifyMessage([factory.publicKey], headers, body, line.clock.now()).id).toBe((await message()).id)
    }
    expect(await tries()).toMatchObject([
      { status: 500, error: 'answered 500' },
      { status: 204, error: null },
    ])
    expect(await message()).toMatchObject({ state: 'sent', attempts: 2 })
    expect(await factoryRow(factory.id)).toMatchObject({ failingSince: null })
  })

  test('is signed with the old and the new secret while a rotation lasts', async () => {
    const { factory, secret } = await register(dispatch, { endpoint: endpoint.url })
    const { secret: fresh } = await dispatch.rotateSecret(house, { id: factory.id })
    await queue(factory.id)
    await line.settle()
    const during = endpoint.received.at(-1)!
    expect(during.headers['webhook-signature']!.split(' ')).toHaveLength(4)
    for (const key of [secret, fresh]) new Webhook(key).verify(during.body, during.headers)
    line.clock.advance(49 * HOUR)
    await queue(factory.id)
    await line.settle()
    const { headers, body } = endpoint.received.at(-1)!
    expect(() => verifyMessage([secret], headers, body, line.clock.now())).toThrow(/No signature/)
    expect(verifyMessage([fresh], headers, body, line.clock.now())).toBeTruthy()
  })

  test('is signed with every secret that was promised, however often is rotated, and with none that was revoked', async () => {
    const { factory, secret: first } = await register(dispatch, { endpoint: endpoint.url })
    const counts = async (secrets: readonly string[]) => {
      await queue(factory.id)
      await line.settle()
      const { headers, body } = endpoint.received.at(-1)!
      return secrets.map((secret) => {
        try {
          return Boolean(verifyMessage([secret], headers, body, line.clock.now()))
        } catch {
          return false
        }
      })
    }
    const { secret: second } = await dispatch.rotateSecret(house, { id: factory.id })
    line.clock.advance(24 * HOUR)
    const { secret: third } = await dispatch.rotateSecret(house, { id: factory.id })
    expect(await counts([first, second, third])).toEqual([true, true, true])
    line.clock.advance(25 * HOUR) // the first was promised 48 hours from its own rotation, the second from the next
    expect(await counts([first, second, third])).toEqual([false, true, true])
    expect((await dispatch.revokeOldSecrets(house, { id: factory.id })).rotating).toBe(false)
    expect(await counts([first, second, third])).toEqual([false, false, true])
    await dispatch.rotateSecret(house, { id: factory.id })
    const { secret: fresh } = await dispatch.replaceSecret(house, { id: factory.id })
    expect(await counts([third, fresh])).toEqual([false, true])
    for (let n = 0; n < 4; n++) await dispatch.rotateSecret(house, { id: factory.id })
    await expect(dispatch.rotateSecret(house, { id: factory.id })).rejects.toMatchObject({ code: 'factories.rotating' })
    line.clock.advance(49 * HOUR)
    expect((await dispatch.factory(house, { id: factory.id })).rotating).toBe(false)
    await dispatch.rotateSecret(house, { id: factory.id })
  })

  test('is tried fifteen times over five days, then shown as failed, and sent by a replay under its old id', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave(500)
    await queue(factory.id)
    const start = line.clock.now()
    await line.settle()
    for (let attempt = 1; attempt < 40 && (await message()).state === 'due'; attempt++) {
      line.clock.set((await message()).dueAt)
      await line.settle()
    }
    expect(await message()).toMatchObject({ state: 'failed', attempts: RETRY_DELAYS.length + 1 })
    expect(+line.clock.now() - +start).toBeGreaterThan(4 * DAY)
    // Nothing got through in five days: that is the end of the endpoint, too, until it answers a ping.
    expect(await factoryRow(factory.id)).toMatchObject({ state: 'disabled' })
    const { id } = await message()
    endpoint.behave(200)
    await dispatch.pingFactory(house, { id: factory.id })
    expect(await dispatch.replayMessage(house, { messageId: id })).toEqual({ due: 1 })
    await line.settle()
    expect(await message()).toMatchObject({ state: 'sent' })
    expect(endpoint.received.at(-1)!.headers['webhook-id']).toBe(id)
    expect(await tries()).toHaveLength(RETRY_DELAYS.length + 2)
  })

  test('of a stretch of time can be sent again together', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const from = line.clock.now()
    for (let n = 0; n < 3; n++) await queue(factory.id)
    await line.settle()
    line.clock.advance(DAY)
    await queue(factory.id)
    await line.settle()
    const before = endpoint.received.length
    const to = new Date(+from + HOUR)
    // the three, and the ping of the same hour
    expect(await dispatch.replayMessages(house, { factoryId: factory.id, from, to })).toEqual({ due: 4 })
    await line.settle()
    expect(endpoint.received.length).toBe(before + 4)
  })

  test('that is redirected has failed: nothing is followed', async () => {
    await using elsewhere = await receiver()
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave((_, response) => response.writeHead(307, { location: elsewhere.url }).end())
    await queue(factory.id)
    await line.settle()
    expect(await tries()).toMatchObject([{ status: 307, error: 'redirects are not followed' }])
    expect(elsewhere.received).toEqual([])
  })

  test('waits as long as the endpoint asks, and so does everything else for it', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave((_, response) => response.writeHead(429, { 'retry-after': '7200' }).end())
    await queue(factory.id)
    await line.settle()
    await queue(factory.id)
    await line.settle()
    const before = endpoint.received.length
    expect(before).toBe(2) // the ping and the first
    line.clock.advance(2 * HOUR - SECOND)
    await queue(factory.id)
    await line.settle()
    expect(endpoint.received.length).toBe(before)
    endpoint.behave(200)
    line.clock.advance(2 * SECOND)
    await line.settle()
    expect(endpoint.received.length).toBe(before + 3)
  })

  test('about an order goes out after what was said about it before, and holds up no other order', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const tell = (orderId: string, n: number, leased?: { until: Date }) =>
      line.db.write((tx) =>
        queueMessage(
          tx,
          line.context.engines.vault,
          {
            factoryId: factory.id,
            orderId,
            type: 'production.over',
            dedupeKey: `${orderId}:${n}`,
            data: { orderId, n },
          },
          line.clock.now(),
          leased,
        ),
      )
    const heard = (orderId: string) =>
      endpoint.received.flatMap(({ json: { data } }) =>
        data['orderId'] === orderId ? [`${String(data['n'])}/${String(data['sequence'])}`] : [],
      )
    endpoint.behave((_, response) =>
      response.writeHead(endpoint.received.at(-1)!.json.data['orderId'] === 'bad' ? 500 : 200).end(),
    )
    for (let n = 1; n <= 3; n++) {
      await tell('bad', n)
      await tell('good', n)
    }
    await line.settle()
    expect(heard('good')).toEqual(['1/1', '2/2', '3/3'])
    expect(heard('bad')).toEqual(['1/1'])
    line.clock.advance(10 * SECOND)
    await line.settle()
    expect(heard('bad')).toEqual(['1/1', '1/1'])
    await line.db.write((tx) => dropMessage(tx, 'bad:1', line.clock.now()))
    endpoint.behave(200)
    await line.settle()
    expect(heard('bad')).toEqual(['1/1', '1/1', '2/2', '3/3'])
    // One that is under way keeps the next waiting, too.
    await tell('slow', 1, { until: new Date(+line.clock.now() + MINUTE) })
    await tell('slow', 2)
    await line.settle()
    expect(heard('slow')).toEqual([])
  })

  test('twenty said about one order at once have twenty numbers', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        line.db.write((tx) =>
          queueMessage(
            tx,
            line.context.engines.vault,
            { factoryId: factory.id, orderId: 'busy', type: 'production.over', dedupeKey: `busy:${n}`, data: {} },
            line.clock.now(),
          ),
        ),
      ),
    )
    const rows = await line.db.read.select().from(messages).where(eq(messages.orderId, 'busy'))
    expect(rows.map(({ sequence }) => sequence).sort((a, b) => a! - b!)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    )
  })

  test('lies sealed and goes out in the clear; one that an earlier version queued in the clear goes out as it is', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const link = 'https://house.example/files/a?expires=1&signature=opens-everything'
    await queue(factory.id, { link })
    const stored = await message()
    expect(stored.body).toMatch(/^v2\./)
    expect(stored.body).not.toContain('opens-everything')
    const clear = JSON.stringify({ type: 'production.over', data: { link: 'of old' } })
    await queue(factory.id)
    await line.db.write((tx) =>
      tx
        .update(messages)
        .set({ body: clear })
        .where(eq(messages.dedupeKey, `test:${keys}`))
        .returning(),
    )
    const before = endpoint.received.length
    await line.settle()
    const sent = endpoint.received.slice(before).map(({ body }) => body)
    expect(sent.some((body) => (JSON.parse(body) as { data: { link?: string } }).data.link === link)).toBe(true)
    expect(sent).toContain(clear)
  })

  test('that is said back, links and all, is kept without what opens them', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave((_, response) => response.end('got /files/a?expires=1&signature=opens-everything and ?token=key_1'))
    await queue(factory.id)
    await line.settle()
    const [attempt] = await tries()
    expect(attempt!.answer).toBe('got /files/a?expires=1&signature=… and ?token=…')
  })

  test('answered with NUL bytes and a megabyte is stored readable and short', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave((_, response) => response.end(Buffer.alloc(1_000_000, 'a\0')))
    await queue(factory.id)
    await line.settle()
    const [attempt] = await tries()
    expect(attempt).toMatchObject({ status: 200, error: null })
    expect(attempt!.answer!.length).toBeLessThan(2100)
    expect(attempt!.answer).not.toContain('\0')
  })
})

describe('many messages', () => {
  test('to one endpoint share transactions: claimed and recorded together, over the two connections that stay open', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    for (let n = 0; n < 100; n++) await queue(factory.id)
    let writes = 0
    const counted: Database = { ...line.db, write: (work, options) => (writes++, line.db.write(work, options)) }
    const sender = openDispatch(
      { ...line.context, db: counted },
      { making: makingOf(line.context), makeBrief: quickBriefs(line.context) },
    )
    while (endpoint.received.length < 1 + 100) await sender.sendDueMessages(1000)
    await sender.finishSending()
    expect(new Set(endpoint.received.map(({ headers }) => headers['webhook-id'])).size).toBe(101)
    expect(await line.db.read.$count(messages, eq(messages.state, 'sent'))).toBe(101)
    expect(writes).toBeLessThan(100)
    // The ping's, and two.
    expect(endpoint.connections()).toBeLessThanOrEqual(3)
  })

  test('to an endpoint that comes to refuse all of them are each tried: what was claimed ahead is not left lying', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    for (let n = 0; n < 100; n++) await queue(factory.id)
    let asked = 0
    endpoint.behave((_, response) => void response.writeHead(++asked > 20 ? 500 : 204).end())
    for (let looks = 0; looks < 10 && endpoint.received.length < 1 + 100; looks++) await dispatch.sendDueMessages(1000)
    await dispatch.finishSending()
    expect(new Set(endpoint.received.map(({ headers }) => headers['webhook-id'])).size).toBe(101)
    expect(await line.db.read.$count(messages, isNotNull(messages.leaseToken))).toBe(0)
  })

  test('that were queued by this process are looked for when they are committed, and not before', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const seen: number[] = []
    const outbox = openOutbox(new Map(), () => {
      void factoriesWaiting(line.db.read, line.clock.now()).then((found) => seen.push(found.length))
    })
    const say = async (fails: boolean) => {
      await line.db
        .write(async (tx) => {
          await outbox.emit(tx, house, 'dispatch.sweep-due', { window: `w${++keys}` }, line.clock.now())
          await queueMessage(
            tx,
            line.context.engines.vault,
            { factoryId: factory.id, orderId: null, type: 'production.over', dedupeKey: `test:${keys}`, data: {} },
            line.clock.now(),
          )
          if (fails) throw new Error('not after all')
        })
        .catch(() => {})
      await new Promise((resolve) => setImmediate(resolve))
    }
    await say(true)
    expect(seen).toEqual([])
    await say(false)
    await vi.waitFor(() => expect(seen).toEqual([1]))
  })
})

describe('an endpoint', () => {
  test('that answers 410 is switched off at once, its people are told by letter and its offers end', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave(410)
    await queue(factory.id)
    await queue(factory.id)
    await line.settle()
    expect(await factoryRow(factory.id)).toMatchObject({ state: 'disabled' })
    const before = endpoint.received.length
    await queue(factory.id)
    line.clock.advance(HOUR)
    await line.settle()
    expect(endpoint.received.length).toBe(before)
    expect((await line.letters()).map(({ to, subject }) => `${to} ${subject}`)).toContain(
      'tailor@factory.example 接口已停用，暂不派单',
    )
    expect(await line.db.read.$count(offers)).toBe(0)
  })

  test('that failed once, for an offer that is over, is not failing any more: a week later one 503 costs it nothing', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave(500)
    await queue(factory.id)
    await line.settle()
    expect((await factoryRow(factory.id)).failingSince).toEqual(line.clock.now())
    await line.db.write((tx) => dropMessage(tx, `test:${keys}`, line.clock.now()))
    expect(await factoryRow(factory.id)).toMatchObject({ failingSince: null })
    line.clock.advance(7 * DAY)
    endpoint.behave(503)
    await queue(factory.id)
    await line.settle()
    expect(await factoryRow(factory.id)).toMatchObject({ state: 'active', failingSince: line.clock.now() })
  })

  test('that takes everything but one message stays: that message is given up, and the failure forgotten', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    endpoint.behave((_, response) =>
      response.writeHead(endpoint.received.at(-1)!.json.data['poison'] ? 500 : 200).end(),
    )
    await queue(factory.id, { poison: true })
    await line.settle()
    for (let attempt = 1; attempt < 40 && (await message()).state === 'due'; attempt++) {
      line.clock.set((await message()).dueAt)
      await queue(factory.id)
      await line.settle()
    }
    expect(await message()).toMatchObject({ state: 'failed', attempts: RETRY_DELAYS.length + 1 })
    expect(await factoryRow(factory.id)).toMatchObject({ state: 'active', failingSince: null })
  })

  test('that hangs costs the others nothing and holds at most two requests', async () => {
    const open: (() => void)[] = []
    const hanging = createServer((request, response) => {
      request.resume()
      open.push(() => response.writeHead(200).end())
    })
    hanging.listen(0, '127.0.0.1')
    await once(hanging, 'listening')
    const at = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`
    const slow = (await register(dispatch, { name: 'Slow' })).factory
    await line.db.write((tx) => tx.update(factories).set({ endpoint: at }).where(eq(factories.id, slow.id)).returning())
    const others = await Promise.all(
      [1, 2, 3].map((n) => register(dispatch, { name: `Quick-${n}`, endpoint: endpoint.url })),
    )
    for (let n = 0; n < 10; n++) await queue(slow.id)
    for (const { factory } of others) for (let n = 0; n < 4; n++) await queue(factory.id)
    const started = performance.now()
    while (endpoint.received.length < 3 + 12) await dispatch.sendDueMessages(50)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(open).toHaveLength(2)
    const waiting = await line.db.read.select().from(messages).where(eq(messages.factoryId, slow.id))
    expect(waiting.filter(({ attempts }) => attempts === 0)).toHaveLength(8)
    hanging.closeAllConnections()
    hanging.close()
  })

  test('that is gone is asked about two messages, not about all that wait; when it is back all go out', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    await line.db.write((tx) =>
      tx.update(factories).set({ endpoint: 'http://127.0.0.1:1/' }).where(eq(factories.id, factory.id)),
    )
    for (let n = 0; n < 20; n++) await queue(factory.id)
    await line.settle()
    const made = await line.db.read.$count(attempts)
    expect(made).toBeLessThanOrEqual(1 + 3) // the ping; and one more may start as the first ends
    await line.db.write((tx) =>
      tx.update(factories).set({ endpoint: endpoint.url }).where(eq(factories.id, factory.id)),
    )
    line.clock.advance(10 * SECOND)
    await line.settle()
    expect(endpoint.received).toHaveLength(1 + 20)
  })

  test('is asked by one sender at a time: two workers at once send nothing twice', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const second = openDispatch(line.context, { making: makingOf(line.context), makeBrief: quickBriefs(line.context) })
    for (let n = 0; n < 20; n++) await queue(factory.id)
    for (let round = 0; round < 30; round++) await Promise.all([dispatch.sendDueMessages(), second.sendDueMessages()])
    const ids = endpoint.received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(21)
    expect(new Set(ids).size).toBe(21)
  })

  test('of a sender that died is asked again by another once the lease is over', async () => {
    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    await queue(factory.id)
    const dead = { leaseToken: 'dead', leasedUntil: new Date(+line.clock.now() + MINUTE) }
    await line.db.write((tx) => tx.update(messages).set(dead).where(eq(messages.state, 'due')).returning())
    await line.settle()
    expect((await message()).state).toBe('due')
    line.clock.advance(MINUTE + 1)
    await line.settle()
    expect((await message()).state).toBe('sent')
  })

  test('must answer a signed ping with 2xx before its factory is active', async () => {
    const made = await dispatch.createFactory(house, { name: 'New', country: 'China', endpoint: endpoint.url })
    expect(made.factory.state).toBe('invited')
    expect(made.secret).toMatch(/^whsec_/)
    endpoint.behave(404)
    await expect(dispatch.pingFactory(house, { id: made.factory.id })).rejects.toMatchObject({
      code: 'factories.ping',
      text: { en: expect.stringContaining('answered 404') },
    })
    expect((await dispatch.factory(house, { id: made.factory.id })).state).toBe('invited')
    endpoint.behave((request, response) => {
      const { headers, body } = endpoint.received.at(-1)!
      verifyMessage([made.secret], request.headers, body, line.clock.now())
      response.writeHead(headers['webhook-id'] ? 200 : 500).end()
    })
    expect(await dispatch.pingFactory(house, { id: made.factory.id })).toMatchObject({ state: 'active' })
  })

  test('in a private network is not asked unless the operator allows it', async () => {
    const { factory } = await dispatch.createFactory(house, {
      name: 'Lan',
      country: 'China',
      endpoint: 'http://10.0.0.7/',
    })
    await expect(dispatch.pingFactory(house, { id: factory.id })).rejects.toThrow(/private or reserved/)
  })
})

/** Numbers in docs/webhooks.md are the code's. */
describe('what the document promises', () => {
  const text = readFileSync('docs/webhooks.md', 'utf8')
  const UNITS: Record<string, number> = { s: SECOND, min: MINUTE, h: HOUR, d: DAY }
  const time = (words: string) => {
    const [, number, unit = ''] = /^(\d+) (s|min|h|d)$/.exec(words.trim()) ?? []
    return Number(number) * (UNITS[unit] ?? Number.NaN)
  }

  test('is the schedule that a dead endpoint sees', async () => {
    const [, listed = ''] = /after (5 s.*?)\(each ±20 %\)/s.exec(text) ?? []
    expect(listed.replaceAll(/\s+/g, ' ').split(',').map(time)).toEqual(RETRY_DELAYS)
    const [, attemptsTold] = /(\d+) attempts/.exec(text) ?? []
    expect(Number(attemptsTold)).toBe(RETRY_DELAYS.length + 1)

    const { factory } = await register(dispatch, { endpoint: endpoint.url })
    const heard: number[] = []
    endpoint.behave((_, response) => {
      heard.push(+line.clock.now())
      response.writeHead(500).end()
    })
    await queue(factory.id)
    await line.settle()
    while ((await factoryRow(factory.id)).state === 'active') {
      line.clock.set((await message()).dueAt)
      await line.settle()
    }
    expect(heard).toHaveLength(RETRY_DELAYS.length + 1)
    RETRY_DELAYS.forEach((delay, n) => {
      const waited = heard[n + 1]! - heard[n]!
      expect(waited).toBeGreaterThanOrEqual(delay * 0.8 - 1)
      expect(waited).toBeLessThanOrEqual(delay * 1.2 + 1)
    })
    const days = (heard.at(-1)! - heard[0]!) / DAY
    expect(days).toBeGreaterThan(4)
    expect(days).toBeLessThan(6.2)
  })

  test('names deadline, Retry-After, 410, rotation and revoking as they are', async () => {
    expect(text).toContain(`${DEADLINE_MS / SECOND} s for the whole exchange`)
    expect(text).toMatch(new RegExp(`Retry-After.*up to ${LONGEST_ASKED / HOUR} h`, 's'))
    expect(text).toContain('410')
    expect(text).toContain(`${dispatchTermsSchema.parse({}).rotationHours} h`)
    for (const name of ['replace-secret', 'revoke-old-secrets', 'firstcut factories revoke'])
      expect(text).toContain(name)
  })

  test('shows headers that a receiver verifies', () => {
    const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, line(name)]),
    )
    const [, secret = ''] = /secret `(whsec_[^`]+)`/.exec(text) ?? []
    const [, body = ''] = /^(\{"type":.*\})$/m.exec(text) ?? []
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    expect(verifyMessage([secret], headers, body, at).id).toBe(headers['webhook-id'])
  })
})
