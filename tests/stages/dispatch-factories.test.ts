import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { factories } from '../../src/db/schema.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { readFactoryCsv } from '../../src/stages/6-dispatch/import.ts'
import { register } from '../support/factories.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ dispatch: Dispatch }>
let dispatch: Dispatch
const house = system('test')
beforeEach(async () => {
  line = await world({ stages: (context) => ({ dispatch: openDispatch(context, { making: makingOf(context) }) }) })
  dispatch = line.stages.dispatch
})
afterEach(() => line.close())

describe('a factory', () => {
  test('shows its secret and its portal token once; what is stored gives neither away', async () => {
    const { secret, portalToken, factory } = await dispatch.createFactory(house, { name: 'A', country: 'China' })
    const stored = JSON.stringify(await line.db.read.select().from(factories))
    for (const hidden of [secret, secret.slice(6), portalToken]) expect(stored).not.toContain(hidden)
    const shown = JSON.stringify([
      factory,
      await dispatch.listFactories(house),
      await dispatch.factory(house, { id: factory.id }),
    ])
    expect(shown).not.toMatch(/whsec_|whsk_|portalHash|previousSecret|"secret"/)
    expect(await dispatch.portalActor(portalToken)).toEqual({ kind: 'factory', id: factory.id, name: 'A' })
    expect(await dispatch.portalActor(`${portalToken}x`)).toBeUndefined()
    const { portalToken: fresh } = await dispatch.rotatePortal(house, { id: factory.id })
    expect(await dispatch.portalActor(portalToken)).toBeUndefined()
    expect(await dispatch.portalActor(fresh)).toMatchObject({ id: factory.id })
  })

  test('that works in the portal is active once it has said yes itself', async () => {
    const { factory } = await dispatch.createFactory(house, { name: 'A', country: 'China' })
    await expect(dispatch.confirmPortal(house)).rejects.toMatchObject({ status: 403 })
    await expect(dispatch.pingFactory(house, { id: factory.id })).rejects.toMatchObject({
      code: 'factories.no-endpoint',
    })
    expect(await dispatch.confirmPortal({ kind: 'factory', id: factory.id, name: 'A' })).toMatchObject({
      state: 'active',
    })
  })

  test('is changed field by field; a new endpoint has to prove itself anew', async () => {
    const { factory } = await register(dispatch, {})
    const changed = await dispatch.updateFactory(house, { id: factory.id, moq: 30 })
    expect(changed).toMatchObject({ moq: 30, weeklyCapacity: 500, state: 'active', categories: ['tee'] })
    const moved = await dispatch.updateFactory(house, { id: factory.id, endpoint: 'https://factory.example/hooks' })
    expect(moved).toMatchObject({ state: 'invited', verifiedAt: null })
    await expect(dispatch.resumeFactory(house, { id: factory.id })).rejects.toMatchObject({
      code: 'factories.unverified',
    })
  })

  test('with a wrong field is refused by the field’s name, and by nobody who may not', async () => {
    for (const [input, field] of [
      [{ name: '', country: 'China' }, 'name'],
      [{ name: 'A', country: 'China', moq: 0 }, 'moq'],
      [{ name: 'A', country: 'China', categories: ['hat'] }, 'categories.0'],
      [{ name: 'A', country: 'China', endpoint: 'ftp://x' }, 'endpoint'],
      [{ name: 'A', country: 'China', moqs: 1 }, 'moqs'],
    ] as const)
      await expect(dispatch.createFactory(house, input as never), field).rejects.toMatchObject({
        status: 422,
        extra: { field },
      })
    await expect(dispatch.createFactory({ kind: 'anonymous' }, {} as never)).rejects.toMatchObject({ status: 401 })
    await expect(
      dispatch.createFactory({ kind: 'key', id: 'k', name: 'k', scopes: ['read'] }, {} as never),
    ).rejects.toMatchObject({ status: 403 })
    expect(await line.db.read.$count(factories)).toBe(0)
  })

  test('can be paused and resumed', async () => {
    const { factory } = await register(dispatch, {})
    expect(await dispatch.pauseFactory(house, { id: factory.id })).toMatchObject({ state: 'paused' })
    expect(await dispatch.resumeFactory(house, { id: factory.id })).toMatchObject({ state: 'active' })
  })
})

describe('a list of factories', () => {
  const csv = `Name,Country,Categories,MOQ,Weekly Capacity,Lead days,Contact email,Sector
杭州一厂,中国,tee;shirt,50,"1,200",18,a@b.cn,服装
Second Ltd,Vietnam,*,,,,,Apparel
Shoes Ltd,China,,,,,,Footwear
Bad Ltd,China,hat,,,,,Apparel
Bad Number,China,,many,,,,Apparel
second ltd.,VIETNAM,,,,,,Apparel
`
  test('is read row by row; what cannot be used is told with its line and reason', async () => {
    const { created, skipped } = await dispatch.importFactories(house, { list: csv })
    expect(created.map(({ name, state }) => [name, state])).toEqual([
      ['杭州一厂', 'invited'],
      ['Second Ltd', 'invited'],
    ])
    expect(created[0]).toMatchObject({
      moq: 50,
      weeklyCapacity: 1200,
      leadDays: 18,
      lang: 'zh',
      categories: ['tee', 'shirt'],
    })
    expect(created[1]).toMatchObject({ lang: 'en', weeklyCapacity: 0 })
    expect(skipped.map(({ line, reason }) => [line, reason.en])).toEqual([
      [4, expect.stringContaining('Footwear')],
      [5, expect.stringContaining('categories')],
      [6, expect.stringContaining('moq')],
      [7, expect.stringContaining('twice')],
    ])
    const again = await dispatch.importFactories(house, { list: csv })
    expect([again.created.length, again.skipped.length]).toEqual([0, 6])
  })
  test('with the wrong columns is refused, and says which were expected and found', () => {
    expect(() => readFactoryCsv('factory;land\nA;B')).toThrow(/no column name and country.*Found: factory/s)
    expect(() => readFactoryCsv('')).toThrow(/Found: nothing/)
  })

  const lists = new URL('../../../shared/data/opensupplyhub/', import.meta.url)
  test.skipIf(!existsSync(lists))('of the real world is read (skipped without ../shared/data)', () => {
    let [rows, skipped] = [0, 0]
    for (const file of readdirSync(lists).filter((name) => name.endsWith('.csv'))) {
      const read = readFactoryCsv(readFileSync(new URL(file, lists), 'utf8'))
      rows += read.rows.length
      skipped += read.skipped.length
      for (const { reason, line } of read.skipped)
        expect(`${file}:${line} ${reason.en}`).toMatch(/sector|twice|name|country|address/)
    }
    expect(rows).toBeGreaterThan(500)
    expect(skipped).toBeLessThan(rows / 4)
  })
})
