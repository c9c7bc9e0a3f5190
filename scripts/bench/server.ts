/**
 * One side of a comparison as a process of its own: `real` = the product as `node dist/main.js` starts it, `bare` =
 * Fastify alone. Prints its address, and when it is told to stop how many pre-orders the first campaign has.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import fastify from 'fastify'
import type * as Config from '../../src/config.ts'
import { newId } from '../../src/core/values.ts'
import { preorders } from '../../src/db/schema.ts'
import type * as Start from '../../src/start.ts'
import { openCampaign } from '../../tests/support/campaigns.ts'

const side = process.argv[2]
/** A module as `npm run build` left it: what is deployed is what is measured. */
const built = (module: string): Promise<unknown> => import(new URL(`../../dist/${module}.js`, import.meta.url).href)

if (side === 'real') {
  const { readConfig } = (await built('config')) as typeof Config
  const { startServer } = (await built('start')) as typeof Start
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-bench-'))
  // The limit of requests a minute guards a public address against one sender; here there is only one sender.
  const running = await startServer(
    readConfig({
      DATA_DIR: folder,
      PORT: '0',
      LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '100000000',
      LETTERS_PER_HOUR: '100000000',
      ...(process.env['DATABASE_URL'] ? { DATABASE_URL: process.env['DATABASE_URL'], SECRET: '5'.repeat(64) } : {}),
    }),
  )
  const ids: string[] = []
  for (let n = 0; n < 20; n++)
    ids.push(
      (await openCampaign(running.app.line.context, { thresholdUnits: 1_000_000_000, perBuyerCap: 1_000_000 })).id,
    )
  const stop = async () => {
    const stored = await running.app.line.context.db.read.$count(preorders, eq(preorders.campaignId, ids[0] ?? ''))
    process.stdout.write(`${JSON.stringify({ stored })}\n`)
    await running.close()
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
  let stopping: Promise<void> | undefined
  process.on('SIGTERM', () => (stopping ??= stop()))
  process.stdout.write(`${JSON.stringify({ url: running.url, campaign: ids[0] })}\n`)
} else {
  const server = fastify()
  let list = '[]'
  server.put('/list', { bodyLimit: 10_000_000 }, async (request) => {
    list = JSON.stringify(request.body)
    return { bytes: list.length }
  })
  server.get('/list', async (_request, reply) => reply.type('application/json; charset=utf-8').send(list))
  /** Parses the same body and answers the same JSON; stores nothing. */
  server.post<{ Params: { id: string }; Body: { lines: { quantity: number }[] } }>(
    '/campaigns/:id/preorders',
    async (request, reply) =>
      reply.code(201).send({
        id: newId(),
        campaignId: request.params.id,
        state: 'pending',
        units: request.body.lines.reduce((sum, line) => sum + line.quantity, 0),
        unitPrice: 54_000,
        currency: 'CNY',
        lines: request.body.lines,
        placedAt: new Date().toISOString(),
      }),
  )
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  process.on('SIGTERM', () => process.exit(0))
  process.stdout.write(`${JSON.stringify({ url })}\n`)
}
