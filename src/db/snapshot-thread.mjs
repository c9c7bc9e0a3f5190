/**
 * A copy of a SQLite database in a thread of its own. `VACUUM INTO` reads one snapshot however long it takes and
 * however much is written meanwhile (SQLite's backup interface starts over whenever another connection writes), and
 * leaves out free pages, where what was erased may still stand.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

const { file, target } = workerData
try {
  const source = new SQLite(file, { readonly: true, timeout: 5000 })
  try {
    source.prepare('vacuum into ?').run(target)
  } finally {
    source.close()
  }
  const disk = openSync(target, 'r+')
  fsyncSync(disk)
  closeSync(disk)
  const copy = new SQLite(target, { readonly: true })
  const health = copy.pragma('quick_check(1)', { simple: true })
  const names = copy
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all()
  const rows = Object.fromEntries(
    names.map((name) => [name, copy.prepare(`select count(*) from "${name}"`).pluck().get()]),
  )
  const migrations = names.includes('_migrations')
    ? copy.prepare('select tag from _migrations order by tag').pluck().all()
    : []
  copy.close()
  parentPort.postMessage({ health, rows, migrations }, [])
} catch ({ code, message }) {
  parentPort.postMessage({ failure: { code, message } }, [])
}
