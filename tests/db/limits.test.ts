import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addressOf, networkOf } from '../../src/core/network.ts'
import { HOUR, MINUTE } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { forgetOldLimits, giveUp, take, tooMany, used, type Allowance } from '../../src/db/limits.ts'
import { limits } from '../../src/db/schema.ts'
import { freshDatabase } from '../support/database.ts'

let folder: string
let db: Database
let drop: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstcut-limits-'))
  ;({ db, drop } = await freshDatabase(folder))
})
afterEach(async () => {
  await db.close()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

const noon = new Date('2026-11-29T12:00:00Z')
const later = (ms: number) => new Date(noon.getTime() + ms)
const letters = (by: string, most = 3): Allowance => ({ of: 'letters', by, most, windowMs: HOUR })
const ask = (allowances: Allowance[], now = noon) => db.write((tx) => take(tx, allowances, now))

describe('how often somebody does something', () => {
  test('three an hour are three, the fourth is told when, and an hour later it begins anew', async () => {
    for (let n = 0; n < 3; n++) expect(await ask([letters('a')], later(n * MINUTE))).toBeUndefined()
    expect(await ask([letters('a')], later(10 * MINUTE))).toBe(50 * MINUTE)
    expect(await ask([letters('b')], later(10 * MINUTE))).toBeUndefined()
    expect(await ask([letters('a')], later(HOUR))).toBeUndefined()
    expect(await used(db.read, [letters('a'), letters('c')], later(HOUR))).toEqual([
      { used: 1, endsInMs: HOUR },
      { used: 0, endsInMs: 0 },
    ])
  })

  test('of fifty at the same moment as many get through as may, by whichever connection they come', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => db.write((tx) => take(tx, [letters('a', 7)], noon), { atomic: true })),
    )
    expect(outcomes.filter((wait) => wait === undefined)).toHaveLength(7)
  })

  test('of several allowances all are asked, and one that is used up costs the others nothing', async () => {
    const both = [letters('address', 5), letters('network', 2)]
    const send = () =>
      db.write(async (tx) => {
        const wait = await take(tx, both, noon)
        if (wait !== undefined) throw tooMany(wait)
      })
    await send()
    await send()
    await expect(send()).rejects.toMatchObject({ status: 429, extra: { retryAfter: 3600 } })
    expect((await used(db.read, both, noon)).map((each) => each.used)).toEqual([2, 2])
  })

  test('what is given up is forgotten, and so is what is over', async () => {
    await ask([letters('a', 1)])
    await db.write((tx) => giveUp(tx, [letters('a')]))
    expect(await ask([letters('a', 1)])).toBeUndefined()
    expect(await forgetOldLimits(db, later(MINUTE))).toBe(0)
    expect(await forgetOldLimits(db, later(2 * HOUR))).toBe(1)
  })

  test('nobody is named in what is stored', async () => {
    await ask([letters('ann@example.com')])
    expect(JSON.stringify(await db.read.select().from(limits))).not.toContain('ann')
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7/32', '203.0.113.0/24'],
  ['::ffff:203.0.113.7', '203.0.113.7/32', '203.0.113.0/24'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['nonsense', 'nonsense', 'nonsense'],
])('%s counts as %s, its neighbours as %s', (from, address, network) => {
  expect([addressOf(from), networkOf(from)]).toEqual([address, network])
})
