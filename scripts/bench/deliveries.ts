/**
 * The product's worker as it is deployed, with one factory for each address given; the last of them is the neighbour.
 * Asked `{count, beside}` it queues as many messages to each (to the last if `beside`), `{drop: true}` ends what the last
 * has not taken, `{said: true}` queues one to the last as a stage does, `{letters}` queues as many letters.
 */
import { and, eq } from 'drizzle-orm'
import type * as Mailbox from '../../src/db/mailbox.ts'
import type * as Schema from '../../src/db/schema.ts'
import type * as Messages from '../../src/stages/6-dispatch/store/messages.ts'
import { built, startFresh } from './built.ts'
import { answering } from './side.ts'

const { queueMessage } = (await built('stages/6-dispatch/store/messages')) as typeof Messages
const { messages } = (await built('db/schema')) as typeof Schema
const { queueLetters } = (await built('db/mailbox')) as typeof Mailbox

const { running, leave } = await startFresh({
  ROLE: 'worker',
  LOG_LEVEL: 'silent',
  OUTBOUND_ALLOW: '127.0.0.1',
  SECRET: '5'.repeat(64),
  ...(process.env['SMTP_URL'] ? { SMTP_URL: process.env['SMTP_URL'] } : {}),
  ...(process.env['DATABASE_URL'] ? { DATABASE_URL: process.env['DATABASE_URL'] } : {}),
})
const { db, line } = running.app
const bench = { kind: 'system', name: 'bench' } as const
const ids: string[] = []
for (const endpoint of process.argv.slice(2)) {
  const { factory } = await line.dispatch.createFactory(bench, { name: endpoint, country: 'China', endpoint })
  await line.dispatch.pingFactory(bench, { id: factory.id })
  ids.push(factory.id)
}
const neighbour = ids.at(-1) ?? ''

let made = 0
async function queue(count: number, beside: boolean): Promise<void> {
  const now = new Date()
  await db.write(async (tx) => {
    for (let n = 0; n < count; n++)
      for (const factoryId of beside ? ids : ids.slice(0, -1))
        await queueMessage(
          tx,
          line.context.engines.vault,
          {
            factoryId,
            orderId: null,
            type: 'production.over',
            dedupeKey: `bench:${++made}`,
            data: { reason: 'bench' },
          },
          now,
        )
  })
}
const drop = () =>
  db.write((tx) =>
    tx
      .update(messages)
      .set({ state: 'dropped', leaseToken: null, leasedUntil: null })
      .where(and(eq(messages.factoryId, neighbour), eq(messages.state, 'due'))),
  )

/** One message to the last, with the event that tells the worker of it. */
const say = () =>
  db.write(async (tx) => {
    const now = new Date()
    const key = `bench:${++made}`
    await queueMessage(
      tx,
      line.context.engines.vault,
      { factoryId: neighbour, orderId: null, type: 'production.over', dedupeKey: key, data: { reason: 'bench' } },
      now,
    )
    await line.context.outbox.emit(tx, bench, 'dispatch.unplaced', { orderId: key }, now)
  })

async function write(count: number): Promise<void> {
  const letters = Array.from({ length: count }, () => ({
    dedupeKey: `bench:${++made}`,
    to: `buyer${made}@example.com`,
    lang: 'en' as const,
    subject: 'Please confirm your pre-order',
    body: 'Hello,\n\nplease confirm.\n',
  }))
  await db.write((tx) => queueLetters(tx, letters, new Date(), line.context.engines.vault))
}

type Word = { count: number; beside: boolean } | { drop: true } | { said: true } | { letters: number }

answering(
  {},
  {
    ask(word: Word) {
      if ('drop' in word) return drop()
      if ('said' in word) return say()
      return 'letters' in word ? write(word.letters) : queue(word.count, word.beside)
    },
    leave,
  },
)
