/** What somebody may have to answer for stands in the security log, and nobody's e-mail or name does. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { canonicalJson, sha256 } from '../../src/core/canonical.ts'
import { dialect } from '../../src/core/dialect.ts'
import { buildCli } from '../../src/edges/cli/program.ts'
import { SHIP_TO } from '../support/factories.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
const ann = { email: 'ann.secret@example.com', name: 'Ann Geheim', password: 'a sentence of her own', lang: 'en' }
let server: TestServer
let ids: { ann: string; factory: string; key: string }

const acts = async (filter: { act?: string; about?: string } = {}) =>
  (await server.app.line.security.list(house, { ...filter, limit: 100 })).map(({ act, details }) => [act, details])
const post = (path: string, form: Record<string, string>) =>
  server.server!.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(form).toString(),
    remoteAddress: '203.0.113.77',
  })

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { identity, dispatch, operations } = server.app.line
  const { id: user } = await identity.createUser(house, { ...ann, lang: 'en', role: 'merchandiser' })
  await post('/sign-in', { email: ann.email, password: 'guessed wrongly' })
  await post('/sign-in', { email: 'nobody.secret@example.com', password: 'guessed wrongly' })
  await post('/sign-in', { email: ann.email, password: ann.password })
  await identity.changeUser(house, { id: user, password: 'another sentence of hers' })
  await identity.changeUser(house, { id: user, disabled: true })
  await post('/sign-in', { email: ann.email, password: 'another sentence of hers' })
  const key = await identity.createKey(house, { name: 'Anns secret key', scopes: ['read'] })
  await identity.revokeKey(house, { id: key.id })
  await operations.changeHouse(house, { thresholdUnits: 60, nameEn: 'Firstcut' })
  await dispatch.changeTerms(house, SHIP_TO)
  const { factory } = await dispatch.createFactory(house, {
    name: 'Secret Sewing',
    country: 'CN',
    contactEmail: 'boss.secret@example.com',
    lang: 'zh',
    categories: ['tee'],
    endpoint: 'https://orders.example.com/hook',
    moq: 10,
    maxUnits: 500,
    weeklyCapacity: 200,
    leadDays: 20,
    rates: {},
    currency: 'CNY',
    complianceClass: 'A',
  })
  await dispatch.updateFactory(house, { id: factory.id, endpoint: 'https://elsewhere.example.com/hook' })
  await dispatch.rotateSecret(house, { id: factory.id })
  await dispatch.rotatePortal(house, { id: factory.id })
  ids = { ann: user, factory: factory.id, key: key.id }
}, 120_000)
afterAll(() => server.close())

test('sign-ins and refusals, with the reason and the network', async () => {
  const from = '203.0.113.0/24'
  expect(await acts({ act: 'sign-in' })).toEqual([
    ['sign-in.refused', { reason: 'off', from }],
    ['sign-in.done', { by: 'password', from }],
    ['sign-in.refused', { reason: 'unknown', from }],
    ['sign-in.refused', { reason: 'password', from }],
  ])
})

test('what became of an account, a key, a factory and its secrets', async () => {
  expect((await acts({ about: `user:${ids.ann}` })).map(([act]) => act)).toEqual([
    'sign-in.refused',
    'account.off',
    'session.ended',
    'account.password',
    'sign-in.done',
    'sign-in.refused',
    'account.made',
  ])
  expect(await acts({ about: `key:${ids.key}` })).toEqual([
    ['key.revoked', {}],
    ['key.made', { scopes: ['read'], expiresAt: null }],
  ])
  expect(await acts({ about: `factory:${ids.factory}` })).toEqual([
    ['factory.link-issued', {}],
    ['factory.secret-rotated', {}],
    ['factory.endpoint', { is: 'moved' }],
    ['factory.changed', { fields: ['endpoint'] }],
    ['factory.registered', { endpoint: true }],
  ])
})

test('of the house’s rules and terms the fields that changed, and only those', async () => {
  expect(await acts({ act: 'house' })).toEqual([['house.changed', { fields: ['thresholdUnits'] }]])
  expect(await acts({ act: 'terms' })).toEqual([['terms.changed', { fields: Object.keys(SHIP_TO) }]])
})

test('nobody’s e-mail, name or secret stands in what is taken away, and every row’s hash can be taken anew', async () => {
  const get = (format: string) =>
    server.server!.inject({
      url: `/api/v1/security-log/export?format=${format}`,
      headers: { authorization: `Bearer ${server.key}` },
    })
  const [ndjson, csv] = [await get('ndjson'), await get('csv')]
  expect(ndjson.body.toLowerCase()).not.toMatch(/secret@|geheim|anns secret|secret sewing|boss/)
  const rows = ndjson.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; hash: string; previous: string })
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n + 1))
  for (const [n, { hash, ...row }] of rows.entries()) {
    expect(sha256(canonicalJson(row))).toBe(hash)
    expect(row.previous).toBe(rows[n - 1]?.hash ?? '0'.repeat(64))
  }
  const table = Papa.parse<Record<string, string>>(csv.body, { header: true, skipEmptyLines: true }).data
  expect(table.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => hash))
})

test('nobody reads it but who operates the house', async () => {
  const { key } = await server.app.line.identity.createKey(house, { name: 'reader', scopes: ['read'] })
  for (const path of ['/security-log', '/security-log/export', '/security-log/verification'])
    expect(
      (await server.server!.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${key}` } })).statusCode,
    ).toBe(403)
})

test('the terminal verifies and takes it away, and ends in a failure that names the row', async () => {
  const printed: string[] = []
  const run = async (...words: string[]) => {
    printed.length = 0
    const nothing = async () => {}
    const open = async () => ({ line: server.app.line, settle: nothing, close: nothing })
    const program: Command = buildCli({ open, lang: 'en', print: (text) => void printed.push(text) })
    await program.exitOverride().parseAsync(['node', 'firstcut', ...words])
    return printed.join('\n')
  }
  const good = await run('audit', 'verify')
  expect(good).toMatch(/^\d+ +\d+:[0-9a-f]{64}$/)
  const head = good.split(/ +/)[1]!
  expect(await run('audit', 'verify', '--head', head)).toBe(good)
  await expect(run('audit', 'verify', '--head', 'yesterday')).rejects.toMatchObject({ status: 422 })
  const file = join(mkdtempSync(join(tmpdir(), 'firstcut-export-')), 'log.ndjson')
  await run('audit', 'export', file)
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(Number(good.split(/ +/)[0]))

  const { db } = server.app
  if (dialect === 'sqlite') await db.execute('drop trigger security_log_no_update')
  else await db.execute('alter table security_log disable trigger all')
  await db.execute("update security_log set actor = 'system:nobody' where seq = 3")
  await expect(run('audit', 'verify')).rejects.toMatchObject({
    code: 'security.log-changed',
    text: { en: expect.stringContaining('Row 3 was changed.') },
  })
})
