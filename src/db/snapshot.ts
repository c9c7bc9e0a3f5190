import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

/** What stands in a copy of the database. */
export interface Snapshot {
  /** Rows by table. */
  rows: Record<string, number>
  /** PostgreSQL: the schema the tables are in. */
  schema?: string
  /** Tags of the migrations it has seen, oldest first. */
  migrations: string[]
}

type Reply = { failure: { code?: string; message: string } } | ({ health: string } & Snapshot)

/**
 * Copy a SQLite database that is in use, in one consistent state, beside everything else that happens.
 * @param signal ends it; nothing is left of the copy
 * @throws the database's error with its code; the copy is gone then
 */
export async function snapshotSqlite(file: string, target: string, signal?: AbortSignal): Promise<Snapshot> {
  signal?.throwIfAborted()
  const thread = new Worker(new URL('./snapshot-thread.mjs', import.meta.url), {
    workerData: { file, target },
    execArgv: [],
  })
  const abort = () => void thread.terminate()
  signal?.addEventListener('abort', abort)
  try {
    const reply = await new Promise<Reply>((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error('the copy was broken off')))
    })
    if ('failure' in reply)
      throw Object.assign(new Error(reply.failure.message), reply.failure.code ? { code: reply.failure.code } : {})
    if (reply.health !== 'ok') throw new Error(`the copy is damaged: ${reply.health}`)
    return { rows: reply.rows, migrations: reply.migrations }
  } catch (error) {
    await thread.terminate()
    await rm(target, { force: true })
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
    await thread.terminate()
  }
}
