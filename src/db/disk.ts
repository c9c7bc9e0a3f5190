import { Worker } from 'node:worker_threads'

/** What a database does while it waits for its disk: nothing, on a thread that has nothing else to do. */
export interface Disk {
  /** Resolves when everything that was committed before this call has reached the disk. @throws the disk's error */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * The disk side of a SQLite database in WAL mode: `fdatasync` of the log, and checkpoints, in a thread. (libuv's pool
 * would do, were it not the one where pictures are encoded: a buyer would wait for four of them.)
 * @param file the database; its log is `<file>-wal`
 */
export function openDisk(file: string): Disk {
  const thread = new Worker(new URL('./disk-thread.mjs', import.meta.url), { workerData: { file }, execArgv: [] })
  thread.unref()
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = []
  let gone: Error | undefined
  thread.on('message', (failure: { code?: string; message: string } | undefined) => {
    const first = waiting.shift()
    if (!waiting.length) thread.unref()
    if (failure) first?.reject(Object.assign(new Error(failure.message), { code: failure.code }))
    else first?.resolve()
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
  return {
    sync: () =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone)
        waiting.push({ resolve, reject })
        if (waiting.length === 1) thread.ref()
        thread.postMessage('sync', [])
      }),
    async close() {
      if (gone) return
      thread.ref()
      thread.postMessage('close', [])
      await ended
    },
  }
}
