/**
 * The thread of src/db/disk.ts. Plain JavaScript, because a thread that needs no loader starts in a tenth of the time
 * and every opened database has one.
 */
import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Commits between two looks at the log. */
const SYNCS = 64
/** Pages (of 4 KiB) in the log from which it is worth holding up writers for a moment so that it starts afresh. */
const LONG_LOG = 4096

const { file } = workerData
let log
let connection
let since = 0
let closing = false

/** Move what is in the log into the database file, beside the writer; then, now and then, let the log start afresh. */
async function checkpoint() {
  const { default: SQLite } = await import('better-sqlite3')
  if (closing) return
  if (!connection) {
    connection = new SQLite(file, { timeout: 250 })
    connection.pragma('synchronous = FULL') // the log reaches the disk before the file, the file before it is forgotten
    connection.pragma('wal_autocheckpoint = 0')
  }
  const [{ log: pages }] = connection.pragma('wal_checkpoint(PASSIVE)')
  if (pages >= LONG_LOG) connection.pragma('wal_checkpoint(RESTART)')
}

parentPort.on('message', async (message) => {
  if (message === 'close') {
    closing = true
    connection?.close()
    if (log !== undefined) closeSync(log)
    parentPort.close()
    return
  }
  try {
    // Never opened before the first commit, and never closed while the database is open: SQLite keeps this one file.
    log ??= openSync(`${file}-wal`, 'r+')
    fdatasyncSync(log)
    parentPort.postMessage(undefined, [])
  } catch (error) {
    // A cloned Error loses its code, which is what an operator looks for.
    parentPort.postMessage({ code: error.code, message: error.message }, [])
    return
  }
  if (++since < SYNCS) return
  since = 0
  // Busy, or a full disk: the next one will; far behind, the writer does it itself and tells the reason.
  await checkpoint().catch(() => {})
})
