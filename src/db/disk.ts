import { Worker } from 'node:worker_threads'

/** What a database does beside the event loop. */
export interface Disk {
  /** Resolves when everything that was committed before this call has reached the disk. @throws the disk's error */
  sync(): Promise<void>
  /**
   * Run one statement for each of these rows, in a transaction of their own on the thread's connection, and commit it
   * (into the log: `sync` is still to come). A row that the database refuses is refused alone.
   * @param rows each the statement's parameters in order: texts, numbers, null
   * @returns for each row whether the statement changed something, or why it was refused
   * @throws the error that ended the transaction; SQLITE_BUSY while another connection writes
   */
  store(statement: string, rows: readonly unknown[][]): Promise<(boolean | Error)[]>
  close(): Promise<void>
}

/** What every connection is set to: an unknown parent is refused, a view or trigger of a strange file calls nothing. */
export const PRAGMAS = ['foreign_keys = ON', 'trusted_schema = OFF', 'temp_store = MEMORY', 'mmap_size = 0']

/** An error as it comes out of the thread: a cloned Error would lose its code, which is what an operator looks for. */
interface Failure {
  code?: string
  message: string
}
const errorOf = ({ code, message }: Failure): Error => Object.assign(new Error(message), { code })

type Reply = { failure: Failure } | { outcomes?: (boolean | Failure)[] }

/**
 * The disk side of a SQLite database in WAL mode, in a thread: `fdatasync` of the log, checkpoints, and statements for
 * many rows. (For the sync libuv's pool would do, were it not the one where pictures are encoded: a buyer would wait
 * for four of them.)
 * @param file the database; its log is `<file>-wal`
 */
export function openDisk(file: string): Disk {
  const thread = new Worker(new URL('./disk-thread.mjs', import.meta.url), {
    workerData: { file, pragmas: PRAGMAS },
    execArgv: [],
  })
  thread.unref()
  const waiting: { resolve: (outcomes: (boolean | Error)[]) => void; reject: (error: unknown) => void }[] = []
  let gone: Error | undefined
  thread.on('message', (reply: Reply) => {
    const first = waiting.shift()
    if (!waiting.length) thread.unref()
    if ('failure' in reply) first?.reject(errorOf(reply.failure))
    else first?.resolve((reply.outcomes ?? []).map((each) => (typeof each === 'boolean' ? each : errorOf(each))))
  })
  const end = (error: Error) => {
    gone ??= error
    for (const { reject } of waiting.splice(0)) reject(gone)
  }
  thread.on('error', end)
  const ended = new Promise<void>((resolve) =>
    thread.on('exit', () => {
      end(new Error('the disk thread has ended'))
      resolve()
    }),
  )
  const ask = (message: unknown) =>
    new Promise<(boolean | Error)[]>((resolve, reject) => {
      if (gone) return reject(gone)
      waiting.push({ resolve, reject })
      if (waiting.length === 1) thread.ref()
      thread.postMessage(message, [])
    })
  return {
    sync: () => ask('sync').then(() => {}),
    // As text: the copy that a message makes of arrays and strings takes four times as long, on both sides.
    store: (statement, rows) => ask({ statement, rows: JSON.stringify(rows) }),
    async close() {
      if (gone) return
      thread.ref()
      thread.postMessage('close', [])
      await ended
    },
  }
}
