/**
 * The product's worker as it is deployed, with one factory for each address given; the last of them is the neighbour.
 * Asked `{count, beside}` it queues as many messages to each (to the last if `beside`), `{drop: true}` ends what the last
 * has not taken.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type * as Config from '../../src/config.ts'
import type * as Schema from '../../src/db/schema.ts'
import type * as Messages from '../../src/stages/6-dispatch/store/messages.ts'
import type * as Start from '../../src/start.ts'
import { answering } from './side.ts'

/** A module as `npm run build` left it: what is deployed is what is measured. */
const built = (module: string): Promise<unknown> => import(new URL(`../../dist/${module}.js`, import.meta.url).href)
const { readConfig } = (await built('config')) as typeof Config
const { startServer } = (await built('start')) as typeof Start
const { queueMessage } = (await built('stages/6-dispatch/store/messages')) as typeof Messages
const { messages } = (await built('db/schema')) as typeof Schema

const folder = mkdtempSync(join(tmpdir(), 'firstcut-bench-'))
const running = await startServer(
  readConfig({
    DATA_DIR: folder,
    PORT: '0',
    ROLE: 'worker',
    LOG_LEVEL: 'silent',
    OUTBOUND_ALLOW: '127.0.0.1',
    SECRET: '5'.repeat(64),
    ...(process.env['DATABASE_URL'] ? { DATABASE_URL: process.env['DATABASE_URL'] } : {}),
  }),
)
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

answering(
  {},
  {
    ask: (word: { count: number; beside: boolean } | { drop: true }) =>
      'drop' in word ? drop() : queue(word.count, word.beside),
    async leave() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  },
)
