/** What is kept of the demand beside its pre-orders is counted when a house of an earlier version is opened. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { migrate, migrationsFor } from '../../src/db/migrate.ts'
import { demandCells, demandHours, lots, preorders } from '../../src/db/schema.ts'
import { auditCounters } from '../../src/stages/5-demand/ledger.ts'
import { freshDatabase } from '../support/database.ts'

const moment = (hour: number) => {
  const at = new Date(Date.UTC(2026, 10, 1, hour, 20))
  return dialect === 'sqlite' ? String(at.getTime()) : `'${at.toISOString()}'`
}
const no = dialect === 'sqlite' ? '0' : 'false'
const yes = dialect === 'sqlite' ? '1' : 'true'

const campaign = (
  id: string,
  counts: { state: string; lot: number; lotUnits: number; buyers: number; total: number; pending: number },
) =>
  // prettier-ignore
  `insert into campaigns (id, slug, style_id, style_version, style_hash, state, opens_at, closes_at, threshold_units, per_buyer_cap, currency, ladder, sizes, colourways, promised_days, lot, lot_units, lot_buyers, total_units, pending_units, created_at)
   values ('${id}', '${id}', 's', ${id === 'a' ? 1 : 2}, 'h', '${counts.state}', ${moment(0)}, ${moment(500)}, 10, 50, 'CNY', '[]', '["L","M"]', '["olive"]', 30, ${counts.lot}, ${counts.lotUnits}, ${counts.buyers}, ${counts.total}, ${counts.pending}, ${moment(0)})`
const preorder = (
  id: string,
  {
    of = 'a',
    state,
    lot = null,
    units,
    confirmed,
    due = no,
  }: { of?: string; state: string; lot?: number | null; units: number; confirmed?: number; due?: string },
) =>
  // prettier-ignore
  `insert into preorders (id, campaign_id, buyer_key, email, name, lang, lines, units, shown_price, state, lot, placed_at, confirmed_at, ended_at, letter_due)
   values ('${id}', '${of}', 'of-${id}', '${id}@example.com', 'B', 'en', '[{"size":"L","colourway":"olive","quantity":${units - 1}},{"size":"M","colourway":"olive","quantity":1}]', ${units}, 100, '${state}', ${lot ?? 'null'}, ${moment(1)}, ${confirmed === undefined ? 'null' : moment(confirmed)}, ${['fulfilled', 'released', 'cancelled'].includes(state) ? moment(30) : 'null'}, ${due})`
const lot = (number: number, units: number) =>
  `insert into lots (id, campaign_id, number, reason, style_id, style_version, style_hash, quantities, units, buyers, unit_price, currency, promised_at, frozen_at)
   values ('lot${number}', 'a', ${number}, 'threshold', 's', 1, 'h', '[]', ${units}, 1, 100, 'CNY', ${moment(90)}, ${moment(9)})`
const held = (preorderId: string, of: string, units: number, lotUnits: number) =>
  `insert into campaign_buyers (campaign_id, buyer_key, units, lot_units) values ('${of}', 'of-${preorderId}', ${units}, ${lotUnits})`

test('every counter of an upgraded house is what its pre-orders say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-upgrade-'))
  const all = migrationsFor(dialect)
  const before = all.slice(
    0,
    all.findIndex(({ tag }) => tag.endsWith('_kept-demand')),
  )
  const { db, drop } = await freshDatabase(folder, before)
  try {
    for (const statement of [
      `insert into styles (id, number, category, state, version, trend_ids, created_at) values ('s', 'FC-26-0001', 'coat', 'approved', 1, '[]', ${moment(0)})`,
      // Its first lot has arrived, its second was called off, its third is being made, and the fourth gathers.
      campaign('a', { state: 'dispatching', lot: 4, lotUnits: 5, buyers: 1, total: 2 + 4 + 5, pending: 6 }),
      lot(1, 2),
      lot(2, 3),
      lot(3, 4),
      preorder('p1', { state: 'fulfilled', lot: 1, units: 2, confirmed: 2 }),
      preorder('p2', { state: 'released', lot: 2, units: 3, confirmed: 3 }),
      preorder('p3', { state: 'in-lot', lot: 3, units: 4, confirmed: 3 }),
      preorder('p4', { state: 'confirmed', units: 5, confirmed: 9 }),
      preorder('p5', { state: 'pending', units: 6 }),
      preorder('p6', { state: 'pending', units: 7, due: yes }),
      preorder('p7', { state: 'cancelled', units: 8, confirmed: 9 }),
      held('p1', 'a', 2, 0),
      held('p2', 'a', 0, 0),
      held('p3', 'a', 4, 0),
      held('p4', 'a', 5, 5),
      held('p7', 'a', 0, 0),
      // And one that ended below its goal.
      campaign('b', { state: 'released', lot: 1, lotUnits: 0, buyers: 0, total: 0, pending: 0 }),
      preorder('q1', { of: 'b', state: 'released', units: 9, confirmed: 4 }),
      preorder('q2', { of: 'b', state: 'released', units: 3 }),
      held('q1', 'b', 0, 0),
    ])
      await db.execute(statement)
    await migrate(db, all)
    expect(await auditCounters(db, false, [])).toEqual([])
    const states = await db.read.select({ number: lots.number, state: lots.state, following: lots.following }).from(lots).orderBy(lots.number) // prettier-ignore
    expect(states).toEqual([
      // Delivered to the house's warehouse, which is all that was known of it.
      { number: 1, state: 'arrived', following: false },
      { number: 2, state: 'called-off', following: false },
      { number: 3, state: 'frozen', following: false },
    ])
    const waits = await db.read.select({ id: preorders.id, lot: preorders.lot }).from(preorders).orderBy(preorders.id)
    expect(waits.find(({ id }) => id === 'p4')?.lot).toBe(4)
    const [first] = await db.read.select().from(preorders).where(eq(preorders.id, 'p1'))
    expect(first).toMatchObject({ state: 'in-lot', endedAt: null })
    expect((await db.read.select().from(demandCells)).reduce((sum, { units }) => sum + units, 0)).toBe(2 + 3 + 4 + 5 + 6 + 9) // prettier-ignore
    expect((await db.read.select().from(demandHours)).map(({ hour }) => hour.getUTCMinutes())).toEqual(Array.from({ length: 5 }, () => 0)) // prettier-ignore
  } finally {
    await db.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
