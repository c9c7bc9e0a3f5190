/**
 * The thread of src/db/disk.ts. Plain JavaScript, because a thread that needs no loader starts in a tenth of the time
 * and every opened database has one.
 */
import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Commits between two looks at the log. */
const SYNCS = 128
/** Pages (of 4 KiB) in the log from which it is worth holding up writers for a moment so that it starts afresh. */
const LONG_LOG = 4096

const { file, pragmas } = workerData
let log
let connection
const statements = new Map()
let since = 0
let closing = false

/** Opened at the first use: the driver takes longer to load than all the rest of this thread. */
async function connect() {
  const { default: SQLite } = await import('better-sqlite3')
  if (connection || closing) return
  const opened = new SQLite(file, { timeout: 250 })
  try {
    for (const pragma of pragmas) opened.pragma(pragma)
    opened.pragma('synchronous = NORMAL') // a commit goes into the log; who asked for it asks for the sync as well
    opened.pragma('wal_autocheckpoint = 0')
    if (opened.pragma('journal_mode', { simple: true }) !== 'wal') throw new Error(`${file} is not in WAL mode`)
  } catch (error) {
    opened.close() // each store tries anew while the disk is full
    throw error
  }
  connection = opened
}

const prepared = (text) => {
  let statement = statements.get(text)
  if (!statement) statements.set(text, (statement = connection.prepare(text)))
  return statement
}

/** Move what is in the log into the database file, beside the writer; then, now and then, let the log start afresh. */
async function checkpoint() {
  await connect()
  if (closing) return
  connection.pragma('synchronous = FULL') // the log reaches the disk before the file, the file before it is forgotten
  try {
    const [{ log: pages }] = connection.pragma('wal_checkpoint(PASSIVE)')
    if (pages >= LONG_LOG) connection.pragma('wal_checkpoint(RESTART)')
  } finally {
    connection.pragma('synchronous = NORMAL')
  }
}

/** A cloned Error loses its code. */
const told = ({ code, message }) => ({ code, message })

async function store(text, rows) {
  await connect()
  const statement = prepared(text)
  prepared('BEGIN IMMEDIATE').run()
  try {
    const outcomes = rows.map((row) => {
      try {
        return statement.run(row).changes > 0
      } catch (error) {
        // A full or failing disk ends the whole transaction, not only this statement, whether SQLite says so or not.
        if (!connection.inTransaction || /^SQLITE_(FULL|IOERR)/.test(error.code)) throw error
        return told(error)
      }
    })
    prepared('COMMIT').run()
    return outcomes
  } finally {
    if (connection.inTransaction) prepared('ROLLBACK').run()
  }
}

function sync() {
  // Never opened before the first commit, and never closed while the database is open: SQLite keeps this one file.
  log ??= openSync(`${file}-wal`, 'r+')
  fdatasyncSync(log)
}

async function answer(message) {
  try {
    if (message === 'sync') parentPort.postMessage({ done: sync() }, [])
    else parentPort.postMessage({ outcomes: await store(message.statement, JSON.parse(message.rows)) }, [])
  } catch (error) {
    parentPort.postMessage({ failure: told(error) }, [])
    return
  }
  if (message !== 'sync' || ++since < SYNCS) return
  since = 0
  // Busy, or a full disk: the next one will; far behind, the writer does it itself and tells the reason.
  await checkpoint().catch(() => {})
}

/** One after the other, answered in the order asked, also while the driver is being loaded. */
let last = Promise.resolve()
parentPort.on('message', (message) => {
  last = last.then(() => {
    if (message !== 'close') return answer(message)
    closing = true
    connection?.close()
    if (log !== undefined) closeSync(log)
    parentPort.close()
  })
})
