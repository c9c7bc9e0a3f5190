/**
 * Rows by the hundred thousand, written by the database itself: what a house holds after years, for measuring and for
 * tests of long work. Every counter is counted from the rows afterwards, as an upgrade counts them.
 */
import type { Dialect } from '../../src/core/dialect.ts'

/** Orders that one campaign can be given: its part of the ids. */
const MOST = 2_000_000
const PRICES = 'CASE i % 3 WHEN 0 THEN 54000 WHEN 1 THEN 49900 ELSE 46900 END'

/** What the two databases say differently. */
const words = (dialect: Dialect) =>
  dialect === 'postgres'
    ? {
        series: (first: string, last: string) => `generate_series((${first})::bigint, (${last})::bigint) AS s(i)`,
        hex: (value: string) => `lpad(to_hex((${value})::bigint), 12, '0')`,
        moment: (ms: string) => `to_timestamp((${ms}) / 1000.0)`,
        ms: (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`,
        json: (text: string) => `(${text})::jsonb`,
        no: 'false',
        lines: (row: string) => `jsonb_array_elements(${row}.lines) AS line`,
        member: (name: string) => `line ->> '${name}'`,
        hour: (column: string) => `date_trunc('hour', ${column} at time zone 'UTC') at time zone 'UTC'`,
      }
    : {
        series: (first: string, last: string) =>
          `(WITH RECURSIVE s(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM s WHERE i < ${last}) SELECT i FROM s) AS s`,
        hex: (value: string) => `printf('%012x', ${value})`,
        moment: (ms: string) => `CAST(${ms} AS integer)`,
        ms: (column: string) => column,
        json: (text: string) => text,
        no: '0',
        lines: (row: string) => `json_each(${row}.lines) AS line`,
        member: (name: string) => `line.value ->> '${name}'`,
        hour: (column: string) => `${column} / 3600000 * 3600000`,
      }

/** Which campaigns: a condition on `campaigns c`. */
export interface Grown {
  /** Such as `c.id = '…'`; only campaigns that have no such orders yet. */
  campaigns: string
  /** Orders for each of them. */
  orders: number
  /** The number of a campaign, told from its row, < 140,000: its part of the orders' ids. */
  number: string
  /** How keys of buyers begin: those of the house's master key, or some that nobody has. */
  keys?: string
  /** One in so many orders is still to be confirmed; none for 0. */
  pendingEach?: number
  /** One in so many orders of a campaign that has made a lot waits for the next. */
  waitingEach?: number
}

/**
 * Orders for campaigns, in the states that theirs ask for, and what buyers hold of them. Each is of a buyer of its own,
 * who ordered one or two colours within the hours that the campaign was open.
 */
export function ordersSql(
  dialect: Dialect,
  { campaigns, orders, number, keys = 'grown', pendingEach = 0, waitingEach = 4 }: Grown,
): string[] {
  const { series, hex, moment, ms, json, no } = words(dialect)
  const id = `'01910000-0000-7000-8000-' || ${hex(`(${number}) * ${MOST} + i`)}`
  const buyer = `'${keys}.' || ${hex(`(${number}) * ${MOST} + i`)}`
  const pending = pendingEach ? `(i % ${pendingEach} = 0 AND c.state IN ('open', 'dispatching'))` : '(1 = 0)'
  const waiting = `(c.state = 'dispatching' AND i % ${waitingEach} = 1)`
  const at = `${ms('c.opens_at')} + 1000 * (i % 1200000)`
  const state = `CASE WHEN ${pending} THEN 'pending' WHEN c.state = 'open' OR ${waiting} THEN 'confirmed' WHEN c.state = 'dispatching' THEN 'in-lot' WHEN c.state = 'closed' THEN 'fulfilled' ELSE 'released' END`
  const lot = `CASE WHEN ${pending} OR c.state = 'released' THEN NULL WHEN c.state = 'open' OR ${waiting} THEN c.lot ELSE 1 END`
  const text = `'[{"size":"' || CASE i % 4 WHEN 0 THEN 'S' WHEN 1 THEN 'M' WHEN 2 THEN 'L' ELSE 'XL' END || '","colourway":"olive","quantity":1}' || CASE WHEN i % 5 = 0 THEN ',{"size":"L","colourway":"navy","quantity":1}' ELSE '' END || ']'`
  const over = `c.state IN ('closed', 'released')`
  return [
    `INSERT INTO preorders (id, campaign_id, buyer_key, email, name, lang, lines, units, shown_price, state, lot, placed_at, confirmed_at, ended_at, letter_due, request_key)
SELECT ${id}, c.id, ${buyer}, 'buyer' || i || '@example.com', 'Buyer ' || i, 'zh', ${json(text)}, CASE WHEN i % 5 = 0 THEN 2 ELSE 1 END, ${PRICES}, ${state}, ${lot}, ${moment(at)}, CASE WHEN ${pending} THEN NULL ELSE ${moment(`${at} + 60000`)} END, CASE WHEN ${over} THEN c.ended_at END, ${no}, ${id}
FROM campaigns c CROSS JOIN ${series('1', String(orders))} WHERE ${campaigns} ORDER BY 1`,
    `INSERT INTO campaign_buyers (campaign_id, buyer_key, units, lot_units, lot)
SELECT c.id, ${buyer}, CASE WHEN c.state = 'released' THEN 0 WHEN i % 5 = 0 THEN 2 ELSE 1 END, CASE WHEN (${state}) <> 'confirmed' THEN 0 WHEN i % 5 = 0 THEN 2 ELSE 1 END, c.lot
FROM campaigns c CROSS JOIN ${series('1', String(orders))} WHERE ${campaigns} AND NOT ${pending} ORDER BY 1, 2`,
  ]
}

/** Everything that is kept of the demand for campaigns, counted from their orders: `campaigns` as for {@link ordersSql}. */
export function countSql(dialect: Dialect, campaigns: string): string[] {
  const { lines, member, hour } = words(dialect)
  const own = `p.campaign_id IN (SELECT c.id FROM campaigns c WHERE ${campaigns})`
  const sum = (what: string, where: string) =>
    `(SELECT coalesce(sum(${what}), 0) FROM preorders p WHERE p.campaign_id = c.id AND ${where})`
  const isOpen = `c.state IN ('open', 'dispatching')`
  return [
    `INSERT INTO demand_cells (campaign_id, lot, colourway, size, shown_price, units)
SELECT p.campaign_id, CASE WHEN p.state = 'pending' THEN 0 ELSE coalesce(p.lot, 1) END, ${member('colourway')}, ${member('size')}, p.shown_price, sum(CAST(${member('quantity')} AS integer))
FROM preorders p CROSS JOIN ${lines('p')} WHERE ${own} AND p.state <> 'cancelled' GROUP BY 1, 2, 3, 4, 5`,
    `INSERT INTO demand_hours (campaign_id, hour, lot, orders, units)
SELECT p.campaign_id, ${hour('p.confirmed_at')}, coalesce(p.lot, 1), count(*), sum(p.units)
FROM preorders p WHERE ${own} AND p.confirmed_at IS NOT NULL GROUP BY 1, 2, 3`,
    `UPDATE campaigns AS c SET
  pending_units = ${sum('p.units', `p.state = 'pending'`)},
  lot_units = CASE WHEN ${isOpen} THEN ${sum('p.units', `p.lot = c.lot AND p.state = 'confirmed'`)} ELSE 0 END,
  lot_buyers = CASE WHEN ${isOpen} THEN ${sum('1', `p.lot = c.lot AND p.state = 'confirmed'`)} ELSE 0 END,
  total_units = ${sum('p.units', `p.state IN ('confirmed', 'in-lot', 'fulfilled')`)},
  sold_orders = ${sum('1', 'p.confirmed_at IS NOT NULL')},
  sold_units = ${sum('p.units', 'p.confirmed_at IS NOT NULL')}
WHERE ${campaigns}`,
  ]
}
