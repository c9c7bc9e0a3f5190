/** Master keys are changed while the line runs; a database without them holds nobody's link. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { prepareSecret } from '../../src/secret.ts'
import { anonymous, system } from '../../src/core/actor.ts'
import { newId } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { queueLetters } from '../../src/db/mailbox.ts'
import * as schema from '../../src/db/schema.ts'
import { command } from '../support/built.ts'
import { openCampaign } from '../support/campaigns.ts'
import { freshEnvironment } from '../support/server.ts'
import type { z } from 'zod'
import type { factorySchema } from '../../src/stages/6-dispatch/model.ts'

const house = system('test')
const { factories, mails } = schema
let environment: Record<string, string>
let folder: string
let drop: () => Promise<void>
const open = (more: Record<string, string> = {}): Promise<App> =>
  openApp(readConfig({ ...environment, ...more }), { baseUrl: 'http://127.0.0.1:3000' })

/** Every text of every table, as a thief would read it. */
async function allText(db: Database): Promise<string> {
  const tables = Object.values(schema).filter((each) => is(each, PgTable) || is(each, SQLiteTable)) as PgTable[]
  expect(tables.map((each) => getTableName(each))).toContain('mails')
  const rows = await Promise.all(tables.map((table) => db.read.select().from(table)))
  return JSON.stringify(rows)
}

beforeEach(async () => {
  const fresh = await freshEnvironment()
  const { SECRET: _given, ...rest } = fresh.environment
  folder = fresh.folder
  environment = { ...rest, SECRET_FILE: join(folder, 'keys', 'secret') }
  drop = fresh.drop
})
afterEach(() => drop())

const factory = (n: number): z.input<typeof factorySchema> => ({
  name: `Tailor ${n}`,
  country: 'China',
  contactEmail: `tailor-${n}@factory.example`,
  categories: ['tee'],
  moq: 10,
  weeklyCapacity: 500,
  leadDays: 20,
  complianceClass: 'A',
})
const letter = (n: number) => ({
  dedupeKey: `letter:${n}`,
  to: `buyer-${n}@example.com`,
  lang: 'en' as const,
  subject: 'Please confirm',
  body: `http://127.0.0.1:3000/preorders/x?token=live-${n}`,
})
const queue = (app: App, count: number) =>
  app.db.write((tx) =>
    queueLetters(
      tx,
      Array.from({ length: count }, (_, n) => letter(n)),
      new Date(),
      app.line.context.engines.vault,
    ),
  )

describe('a stolen database without the secret', () => {
  test('holds no live link: not while a letter waits, not after it was sent', async () => {
    const app = await open()
    const { demand, context } = app.line
    const { id: campaignId } = await openCampaign(context)
    const request = {
      email: 'mei@example.com',
      name: 'Mei',
      lang: 'en' as const,
      lines: [{ size: 'M', colourway: 'olive', quantity: 1 }],
    }
    const { text } = await demand.place(anonymous, campaignId, request, { key: newId(), describe: String })
    const { id } = JSON.parse(text) as { id: string }
    const token = new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
    await demand.queueConfirmations()
    const [waiting] = await app.db.read.select().from(mails)
    expect(waiting).toMatchObject({ state: 'due', to: 'mei@example.com' })
    const links = /token=|signature=|\/preorders\//
    const stolen = await allText(app.db)
    expect(stolen).not.toMatch(links)
    expect(stolen).not.toContain(token.split('.').at(-1))

    await app.worker.processAll()
    const [sent] = await app.db.read.select().from(mails)
    expect(sent).toMatchObject({ state: 'sent', subject: '', body: '' })
    expect(await allText(app.db)).not.toMatch(links)
    // The buyer has it all the same.
    const [arrived] = (await app.line.mail?.list(10)) ?? []
    expect(arrived).toMatchObject({ to: 'mei@example.com', text: expect.stringContaining('/preorders/') })
    await app[Symbol.asyncDispose]()
  })

  test('letters of an older version that still wait are sealed at the start, and arrive', async () => {
    const app = await open()
    const now = new Date()
    await app.db.write((tx) =>
      tx
        .insert(mails)
        .values({ id: newId(), ...letter(1), dueAt: now, createdAt: now })
        .returning({ id: mails.id }),
    )
    await app[Symbol.asyncDispose]()
    const again = await open()
    await again.line.secrets.sealOpenLetters()
    expect(await allText(again.db)).not.toContain('live-1')
    await again.worker.processAll()
    expect(await again.line.mail?.list(10)).toMatchObject([{ subject: 'Please confirm' }])
    await again[Symbol.asyncDispose]()
  })
})

describe('changing the master key', () => {
  test('everything is sealed under the new one while the server works, old links hold until their day', async () => {
    const server = await open()
    const made = await server.line.dispatch.createFactory(house, factory(1))
    await queue(server, 120)
    const oldLink = server.line.context.engines.vault.sign('preorder', 'x')
    const [before] = await server.line.secrets.list(house)
    expect(before).toMatchObject({ writes: true, sealed: { factories: 1, letters: 120 } })

    const terminal = await open()
    const linksUntil = new Date(Date.now() + 60_000)
    const told = await terminal.line.secrets.rotate(house, { linksUntil })
    expect(told).toMatchObject({ fresh: true, resealed: { factories: 1, letters: 120 }, unreadable: 0, left: 0 })
    expect(told.key).not.toBe(before!.id)
    expect(await terminal.line.secrets.list(house)).toMatchObject([
      { id: told.key, writes: true, sealed: { factories: 1, letters: 120 } },
      { id: before!.id, writes: false, linksUntil, sealed: { factories: 0, letters: 0 } },
    ])
    await terminal[Symbol.asyncDispose]()

    // The server that was running all the time: reads the new, writes the new, takes links of both.
    const { vault } = server.line.context.engines
    expect(await server.line.dispatch.factory(house, { id: made.factory.id })).toMatchObject({
      publicKey: made.factory.publicKey,
    })
    expect(vault.seal('x')).toContain(`v2.${told.key}.`)
    expect(vault.verify('preorder', 'x', oldLink)).toBe(true)
    expect(vault.sign('preorder', 'x')).not.toBe(oldLink)
    await server.worker.processAll()
    expect(await server.line.mail?.list(200)).toHaveLength(120)
    await server[Symbol.asyncDispose]()
  })

  test('a link signed with a key whose day is over holds no more, and the key itself is forgotten', async () => {
    const app = await open()
    const { vault } = app.line.context.engines
    const oldLink = vault.sign('preorder', 'x')
    const first = await app.line.secrets.rotate(house, { linksUntil: new Date(Date.now() - 1000) })
    expect(vault.verify('preorder', 'x', oldLink)).toBe(false)
    expect(first.forgotten).toHaveLength(1)
    expect(readFileSync(environment['SECRET_FILE']!, 'utf8').trim().split('\n')).toHaveLength(1)
    await app[Symbol.asyncDispose]()
  })

  test('killed in the middle it is carried on with: nothing is lost, no second key is made', async () => {
    const app = await open()
    const { secret } = await app.line.dispatch.createFactory(house, factory(1))
    expect(secret).toMatch(/^whsec_/)
    await queue(app, 3000)
    const [{ id: old = '' } = {}] = await app.line.secrets.list(house)

    const [program, ...words] = command('cli')
    const child = spawn(program, [...words, 'secrets', 'rotate'], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: 'ignore',
    })
    const ended = once(child, 'close')
    const newer = async () => {
      const [first, ...rest] = await app.line.secrets.list(house)
      return rest.length ? (first?.sealed['letters'] ?? 0) : 0
    }
    await expect.poll(newer, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    const half = await newer()
    expect(half).toBeLessThan(3000)

    const told = await app.line.secrets.rotate(house)
    expect(told).toMatchObject({ fresh: false, left: 0, unreadable: 0 })
    expect(told.resealed['letters']).toBe(3000 - half)
    const keys = await app.line.secrets.list(house)
    expect(keys.map(({ id }) => id)).toEqual([told.key, old])
    expect(keys[0]?.sealed).toMatchObject({ factories: 1, letters: 3000 })
    const [row] = await app.db.read.select().from(factories)
    expect(app.line.context.engines.vault.open(row!.secret)).toContain(secret)
    await app[Symbol.asyncDispose]()
  }, 120_000)

  test('a folder of before keys had ids goes on to work, and is put under a key with one', async () => {
    const app = await open()
    await app.line.dispatch.createFactory(house, factory(1))
    const { vault } = app.line.context.engines
    const [row] = await app.db.read.select().from(factories)
    // As it was stored before: the same bytes without the id.
    const before = `v1.${row!.secret.split('.')[2]}`
    await app.db.write((tx) => tx.update(factories).set({ secret: before }).returning({ id: factories.id }))
    expect(vault.open(before)).toContain('whsec_')
    expect(await app.line.secrets.list(house)).toMatchObject([{ writes: true }, { id: 'v1', sealed: { factories: 1 } }])
    expect(await app.line.secrets.rotate(house)).toMatchObject({ fresh: true, resealed: { factories: 1 }, left: 0 })
    expect(await app.line.dispatch.listFactories(house)).toHaveLength(1)
    await app[Symbol.asyncDispose]()
  })

  test('keys of the environment are changed there, in an order in which every node can always read', async () => {
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
    const app = await open({ SECRET: one })
    await app.line.dispatch.createFactory(house, factory(1))
    const link = app.line.context.engines.vault.sign('preorder', 'x')
    await expect(app.line.secrets.rotate(house)).rejects.toMatchObject({
      code: 'secrets.given',
      text: { en: expect.stringMatching(/SECRET_PREVIOUS/), zh: expect.stringMatching(/SECRET_PREVIOUS/) },
    })
    const ready = await open({ SECRET: one, SECRET_PREVIOUS: two })
    const swapped = await open({ SECRET: two, SECRET_PREVIOUS: one })
    expect(await swapped.line.secrets.rotate(house)).toMatchObject({
      fresh: false,
      resealed: { factories: 1 },
      left: 0,
    })
    expect(await ready.line.dispatch.listFactories(house)).toHaveLength(1)
    expect(swapped.line.context.engines.vault.verify('preorder', 'x', link)).toBe(true)
    for (const each of [app, ready, swapped]) await each[Symbol.asyncDispose]()
    const done = await open({ SECRET: two })
    expect(await done.line.dispatch.listFactories(house)).toHaveLength(1)
    await done[Symbol.asyncDispose]()
  })

  test('every column that holds a sealed text is sealed anew', async () => {
    const app = await open()
    const { dispatch, context } = app.line
    const { factory: one } = await dispatch.createFactory(house, factory(1))
    await dispatch.rotateSecret(house, { id: one.id })
    await queue(app, 2)
    const [{ id: old = '' } = {}] = await app.line.secrets.list(house)
    expect(await allText(app.db)).toContain(`v2.${old}.`)
    await app.line.secrets.rotate(house)
    expect(await allText(app.db)).not.toContain(`v2.${old}.`)
    expect(await allText(app.db)).toContain(`v2.${context.engines.vault.writes()}.`)
    await app[Symbol.asyncDispose]()
  })

  test('a file that holds no keys is refused at the start in words', () => {
    prepareSecret(readConfig(environment))
    writeFileSync(environment['SECRET_FILE']!, 'half a secret')
    expect(() => prepareSecret(readConfig(environment))).toThrow(/64 hexadecimal digits/)
  })
})

test('a buyer keeps the cap through a rotation, and a key that names who asked to be erased is kept', async () => {
  const app = await open()
  const { line } = app
  const { id } = await openCampaign(line.context, { perBuyerCap: 5 })
  const place = (email: string, quantity: number) =>
    line.demand.place(
      anonymous,
      id,
      { email, name: 'Mei', lang: 'zh', lines: [{ size: 'L', colourway: 'olive', quantity }] },
      { key: newId(), describe: ({ code }) => code },
    )
  const first = JSON.parse((await place('mei@example.com', 5)).text) as { id: string }
  await line.demand.confirm(anonymous, {
    id: first.id,
    token: new URL(line.demand.linkFor(first.id)).searchParams.get('token') ?? '',
  })
  await line.people.erase(house, { email: 'mei@example.com' })
  const [old] = await line.secrets.list(house)
  const over = new Date(Date.now() + 50)
  const done = await line.secrets.rotate(house, { linksUntil: over })
  expect(done.resealed).toMatchObject({ buyers: 1 })
  expect(done.forgotten).toEqual([])
  await expect(place('mei+again@example.com', 1)).rejects.toMatchObject({ code: 'preorders.cap' })
  expect(await line.demand.audit(house, { repair: false })).toEqual([])
  expect((await line.people.notedUnder()).has(old!.id)).toBe(true)
  // Nothing is under way that would still need it, but a backup of then may be put back.
  const again = await line.secrets.rotate(house, { linksUntil: over })
  expect(again.forgotten).not.toContain(old!.id)
  expect((await line.secrets.list(house)).map((each) => each.id)).toContain(old!.id)
  await app[Symbol.asyncDispose]()
})
