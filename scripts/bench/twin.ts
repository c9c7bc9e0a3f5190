/**
 * The least that could be called intake: a route that parses the same body, and one thread with better-sqlite3 that
 * stores what came together in one durable commit (WAL, FULL). No validation, no counters, no letters.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import fastify from 'fastify'
import { newId } from '../../src/core/values.ts'
import { answering } from './side.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstcut-twin-'))
const database = new SQLite(join(folder, 'twin.db'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('create table preorders (id text primary key, campaign text, email text, lines text, units integer)')
const insert = database.prepare('insert into preorders values (?, ?, ?, ?, ?)')
const waiting: { row: unknown[]; stored: () => void }[] = []
const store = database.transaction((batch: typeof waiting) => {
  for (const { row } of batch) insert.run(row)
})
const commit = (): void => {
  const batch = waiting.splice(0)
  store(batch)
  for (const { stored } of batch) stored()
}
const durable = (row: unknown[]): Promise<void> =>
  new Promise((stored) => {
    if (waiting.push({ row, stored }) === 1) setImmediate(commit)
  })

const server = fastify()
server.post<{ Params: { id: string }; Body: { email: string; lines: { quantity: number }[] } }>(
  '/campaigns/:id/preorders',
  async (request, reply) => {
    const { email, lines } = request.body
    const [id, units] = [newId(), lines.reduce((sum, line) => sum + line.quantity, 0)]
    await durable([id, request.params.id, email, JSON.stringify(lines), units])
    return reply.code(201).send({ id, campaignId: request.params.id, state: 'pending', units, lines })
  },
)
const url = await server.listen({ port: 0, host: '127.0.0.1' })
answering(
  { url },
  {
    async leave() {
      await server.close()
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  },
)
