/**
 * Who has the embedded database open. A file beside it is locked by every process that does, and for itself alone by a
 * restore; the system takes the lock back however a process ends. The database's own locks would not do: a restore is
 * needed when it cannot be opened.
 */
import SQLite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { problem } from '../core/errors.ts'
import { errorCode } from './database.ts'

const lockFile = (database: string): string => `${database}.in-use`
/** The new database, whole, in the moment between the old one's leaving and its own arrival. */
export const arriving = (database: string): string => `${database}.restoring`

function lock(database: string, how: 'SHARED' | 'EXCLUSIVE'): () => void {
  const connection = new SQLite(lockFile(database), { timeout: 0 })
  try {
    connection.pragma('journal_mode = MEMORY') // nothing is written: no file beside it
    connection.exec(how === 'SHARED' ? 'BEGIN; SELECT count(*) FROM sqlite_master' : 'BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    throw error
  }
  return () => connection.close()
}

/** @throws Problem while it is being restored, or when a restore was broken off in the middle of the exchange */
export function useDatabase(database: string): () => void {
  let release: () => void
  try {
    release = lock(database, 'SHARED')
  } catch (error) {
    if (!errorCode(error)?.startsWith('SQLITE_BUSY')) throw error
    throw problem('database.being-restored', 503, {
      en: `The database ${database} is being restored from a backup. Start again when that is done.`,
      zh: `数据库 ${database} 正在从备份恢复，请在恢复完成后再启动。`,
    })
  }
  if (!existsSync(arriving(database))) return release
  release()
  throw problem('database.half-restored', 500, {
    en: `A restore was broken off while the databases were being exchanged. Run "firstcut restore" with the same backup again; the one before lies beside it under a name with "before".`,
    zh: `上一次恢复在替换数据库时中断。请用同一备份重新运行 “firstcut restore”；原数据库在同一文件夹中，文件名含 “before”。`,
  })
}

/** @throws Problem while any process has it open */
export function reserveDatabase(database: string): () => void {
  try {
    return lock(database, 'EXCLUSIVE')
  } catch (error) {
    if (!errorCode(error)?.startsWith('SQLITE_BUSY')) throw error
    throw problem('restore.in-use', 409, {
      en: `The database ${database} is in use. Stop every Firstcut process that works on it (servers, workers, other commands), then restore again.`,
      zh: `数据库 ${database} 正在使用中。请先停止使用它的所有 Firstcut 进程（服务、worker、其他命令），再重新恢复。`,
    })
  }
}
