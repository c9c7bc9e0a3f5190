/**
 * A data folder as a house has it after years: many campaigns, most of them over, and their pre-orders, written by the
 * database itself. Two campaigns have a crowd: one to be looked at, one that lacks a single unit for its lot.
 */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/app.ts'
import { openCampaign } from '../../tests/support/campaigns.ts'
import { approvedStyle } from '../../tests/support/lots.ts'
import { countSql, ordersSql } from './grow-sql.ts'

export interface Size {
  campaigns: number
  orders: number
}

export interface Crowds {
  /** The campaign with the most pre-orders. */
  seen: string
  /** The one that lacks one unit. */
  near: string
  /** Others that are on sale. */
  open: string[]
}

/** Parts of all pre-orders that the two crowds have: a million, and 333,000, of five. */
const SEEN = 0.2
const NEAR = 0.0666
/** Campaigns that are filled in one statement. */
const AT_ONCE = 500
/** Letters that were sent, one to so many pre-orders. */
const MAIL_EACH = 5
const NUMBER = 'CAST(substr(c.slug, 7) AS integer)'
const slug = (n: number): string => `grown-${String(n).padStart(6, '0')}`

/** Copies of one row of a table under other values, for each number of `n`. */
function copySql(db: SQLite.Database, table: string, where: string, set: Record<string, string>, last: number): string {
  const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]
  return `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')})
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
SELECT ${columns.map((name) => set[name] ?? `t."${name}"`).join(', ')} FROM n CROSS JOIN ${table} t WHERE ${where}`
}

/** On sale: one in ten, of which one in five has made a lot. What is over, made its lot or not. */
const STATE = `CASE WHEN i <= 2 THEN 'open' WHEN i % 50 = 0 THEN 'dispatching' WHEN i % 10 = 0 THEN 'open' WHEN i % 3 = 0 THEN 'released' ELSE 'closed' END`
const OVER = `(i > 2 AND i % 10 <> 0)`
const id = (kind: number): string => `printf('0190000${kind}-0000-7000-8000-%012x', i)`

function writeCampaigns(db: SQLite.Database, templates: { campaignId: string; styleId: string }, count: number): void {
  const now = Date.now()
  // Opened one after the other through two years, those on sale in the last ten days.
  const opens = `CASE WHEN ${OVER} THEN ${now} - 86400000 * (40 + i % 700) ELSE ${now} - 86400000 * (1 + i % 10) END`
  const copy = (table: string, where: string, set: Record<string, string>) => db.exec(copySql(db, table, where, set, count)) // prettier-ignore
  copy('styles', `t.id = '${templates.styleId}'`, { id: id(1), number: `'FC-G-' || i`, run_id: 'NULL', slot: 'NULL' })
  copy('style_versions', `t.style_id = '${templates.styleId}' AND NOT ${OVER}`, { id: id(2), style_id: id(1) })
  copy('style_cards', `t.style_id = '${templates.styleId}'`, { style_id: id(1) })
  copy('campaigns', `t.id = '${templates.campaignId}'`, {
    id: id(3),
    slug: `printf('grown-%06d', i)`,
    style_id: id(1),
    style_version: '1',
    state: STATE,
    opens_at: opens,
    closes_at: `${opens} + 86400000 * 21`,
    ended_at: `CASE WHEN ${OVER} THEN ${opens} + 86400000 * 21 END`,
    lot: `CASE WHEN (${STATE}) IN ('dispatching', 'closed') THEN 2 ELSE 1 END`,
    threshold_units: '1000000000',
    per_buyer_cap: '1000000',
    created_at: opens,
  })
}

/** Lots as their pre-orders add up. */
const LOTS = `INSERT INTO lots (id, campaign_id, number, reason, style_id, style_version, style_hash, quantities, units, buyers, unit_price, currency, promised_at, frozen_at, state, following)
SELECT replace(c.id, '01900003', '01900004'), c.id, 1, 'threshold', c.style_id, 1, c.style_hash, '[]', sum(p.units), count(*), 46900, c.currency, c.opens_at + 86400000 * 50, c.opens_at + 86400000 * 9, CASE c.state WHEN 'closed' THEN 'fulfilled' ELSE 'frozen' END, 0
FROM campaigns c JOIN preorders p ON p.campaign_id = c.id AND p.lot = 1 WHERE c.lot = 2 GROUP BY c.id`

const MAILS = (
  count: number,
) => `INSERT INTO mails (id, dedupe_key, "to", lang, subject, body, state, due_at, attempts, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
SELECT ${id(5)}, 'grown:' || i, 'buyer' || i || '@example.com', 'zh', '', '', 'sent', 1700000000000 + i, 1, 1700000000000 + i FROM n`

/** Fill the campaigns, a few hundred in a transaction; what is only looked up is ordered once, at the end. */
function writeOrders(
  db: SQLite.Database,
  { campaigns, orders, keys }: Size & { keys: string },
  say: (progress: string) => void,
): void {
  const indexes = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'preorders' AND sql IS NOT NULL`).all() as { name: string; sql: string }[] // prettier-ignore
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`)
  const [seen, near] = [Math.round(orders * SEEN), Math.round(orders * NEAR)]
  const each = Math.max(1, Math.round((orders - seen - near) / Math.max(1, campaigns - 2)))
  const fill = (first: number, last: number, count: number) =>
    ordersSql('sqlite', {
      campaigns: `c.slug BETWEEN '${slug(first)}' AND '${slug(last)}'`,
      orders: count,
      number: NUMBER,
      keys,
      pendingEach: first > 2 ? 9 : 0,
    }).forEach((statement) => db.exec(statement))
  fill(1, 1, seen)
  fill(2, 2, near)
  for (let first = 3; first <= campaigns; first += AT_ONCE) {
    fill(first, Math.min(campaigns, first + AT_ONCE - 1), each)
    if (first % 10_000 > 10_000 - AT_ONCE) say(`grown: ${first.toLocaleString('en')} campaigns`)
  }
  say('grown: its indexes')
  for (const { sql } of indexes) db.exec(sql)
  say('grown: what is counted of it')
  for (const statement of countSql('sqlite', `c.slug LIKE 'grown-%'`)) db.exec(statement)
  db.exec(LOTS)
  db.exec(MAILS(Math.max(1, Math.round(orders / MAIL_EACH))))
  db.exec(`UPDATE campaigns SET threshold_units = lot_units + 1 WHERE slug = '${slug(2)}'`)
}

/** Make it, at the folder's own file. The longest part of a run: about two minutes for a million pre-orders. */
export async function grow(folder: string, size: Size, say: (progress: string) => void): Promise<Crowds> {
  const app = await openApp(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' }), { baseUrl: 'http://localhost' })
  const { context } = app.line
  const keys = context.engines.vault.writes()
  const { styleId } = await approvedStyle(context)
  const { id: campaignId } = await openCampaign(context)
  await app[Symbol.asyncDispose]()
  const db = new SQLite(join(folder, 'firstcut.db'))
  try {
    for (const pragma of ['synchronous = OFF', 'cache_size = -400000', 'foreign_keys = OFF', 'temp_store = MEMORY'])
      db.pragma(pragma)
    // The numbers they keep are counted once at the next start.
    const triggers = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'tally%'`).pluck().all() // prettier-ignore
    for (const name of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
    writeCampaigns(db, { campaignId, styleId }, size.campaigns)
    writeOrders(db, { ...size, keys }, say)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const idOf = db.prepare(`SELECT id FROM campaigns WHERE slug = ?`).pluck()
    const open = db
      .prepare(`SELECT id FROM campaigns WHERE slug LIKE 'grown-%' AND state = 'open' AND slug > '${slug(2)}' LIMIT 20`)
      .pluck()
      .all() as string[]
    return { seen: String(idOf.get(slug(1))), near: String(idOf.get(slug(2))), open }
  } finally {
    db.close()
  }
}
