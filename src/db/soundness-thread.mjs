/**
 * The thread of src/db/soundness.ts: reads everything that a SQLite database holds, beside everything that is done with it.
 * A table is read in slices, each a short transaction of its own, so that the log can be moved into the database meanwhile;
 * after each it stands back as long as the slice took. A small table is checked by SQLite itself as well (`quick_check`). Of
 * a large one every index is read to its end, and those of all rows must hold equally many.
 */
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

const { file, smallRows, sliceMs } = workerData
/** So many are shown; what is broken in one place is broken in a hundred. */
const MOST_FOUND = 10
const MOST_PAUSE_MS = 2000
const FIRST_SLICE = 500

const found = []
let slices = 0
let rows = 0
let longestMs = 0
const quoted = (name) => `"${name.replaceAll('"', '""')}"`

/** One short look, then as long a pause: whoever orders now goes first. @returns what it said; undefined where it broke */
async function look(what, run) {
  const began = performance.now()
  let said
  try {
    said = run()
  } catch ({ code, message }) {
    found.push(`${what}: ${code ?? 'error'}, ${message}`)
  }
  const took = performance.now() - began
  slices++
  longestMs = Math.max(longestMs, took)
  await sleep(Math.min(Math.max(took, 1), MOST_PAUSE_MS))
  return said === undefined ? undefined : { said, took }
}

/** A table in the order in which it lies there: by its hidden number, or where it has none by its key. */
async function walk(database, table) {
  const info = database.pragma(`table_info(${quoted(table)})`)
  const [{ wr: keyed } = {}] = database.pragma(`table_list(${quoted(table)})`)
  const keys = keyed
    ? info
        .filter(({ pk }) => pk)
        .toSorted((a, b) => a.pk - b.pk)
        .map(({ name }) => quoted(name))
    : ['rowid']
  const bytes = info.map(({ name }) => `ifnull(length(${quoted(name)}), 0)`).join(' + ')
  const order = keys.join(', ')
  const slice = (where) =>
    database
      .prepare(`select ${order}, ${bytes} as bytes from ${quoted(table)} ${where} order by ${order} limit ?`)
      .raw()
  const first = slice('')
  const next = slice(`where (${order}) > (${keys.map(() => '?').join(', ')})`)
  let [after, size, seen] = [undefined, FIRST_SLICE, 0]
  for (;;) {
    const one = await look(table, () => {
      const read = after ? next.iterate(...after, size) : first.iterate(size)
      let [n, last] = [0, undefined]
      for (const row of read) [n, last] = [n + 1, row]
      return { n, last }
    })
    if (!one) return undefined // what lies behind a broken page cannot be reached this way
    const { said, took } = one
    seen += said.n
    rows += said.n
    if (said.n < size) return seen
    after = said.last.slice(0, keys.length)
    size = Math.max(50, Math.min(20_000, Math.round(size * Math.min(2, sliceMs / Math.max(took, 0.1)))))
  }
}

/** Which rows an index of some rows holds: what its own declaration says, "" for all. */
function someOf(database, name) {
  const sql = database.prepare('select sql from sqlite_master where name = ?').pluck().get(name) ?? ''
  return /\swhere\s[^]*$/i.exec(sql)?.[0] ?? ''
}

/**
 * Every index is read to its end, and those of all rows beside the first of them, in one transaction: what is stored
 * between two counts would look like damage.
 */
async function indexes(database, table) {
  const all = database.pragma(`index_list(${quoted(table)})`)
  const count = ({ name, partial }) =>
    database
      .prepare(
        `select count(*) from ${quoted(table)} indexed by ${quoted(name)}${partial ? someOf(database, name) : ''}`,
      )
      .pluck()
      .get()
  const [first, ...others] = all.filter(({ partial }) => !partial)
  for (const each of [first, ...all.filter(({ partial }) => partial)].filter(Boolean))
    await look(`the index ${each.name}`, () => count(each))
  for (const other of others)
    await look(`the index ${other.name}`, () =>
      database.transaction(() => {
        const [held, expected] = [count(other), count(first)]
        if (held !== expected) found.push(`${other.name} holds ${held} rows of ${table}, ${first.name} ${expected}`)
        return held
      })(),
    )
}

try {
  try {
    setPriority(0, constants.priority.PRIORITY_LOW) // of this thread alone, where the system has that
  } catch {
    // it still stands back after each slice
  }
  const database = new SQLite(file, { readonly: true, timeout: 5000 })
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all()
  for (const table of tables) {
    if (found.length >= MOST_FOUND) break
    const n = await walk(database, table)
    if (n === undefined) continue
    if (n > smallRows) await indexes(database, table)
    else
      await look(table, () => {
        const said = database.pragma(`quick_check(${quoted(table)})`).map((row) => Object.values(row)[0])
        if (said[0] !== 'ok') found.push(...said.slice(0, 3).map((line) => `${table}: ${line}`))
        return said
      })
  }
  database.close()
} catch ({ code, message }) {
  found.push(`${code ?? 'error'}: ${message}`)
}
parentPort.postMessage({ found: found.slice(0, MOST_FOUND), slices, rows, longestMs }, [])
