import type { Localized } from '../../../core/values.ts'
import type { Archives, Manifest } from '../../../engines/ports.ts'
import type { Context } from '../../context.ts'
import type { Upkeep } from '../upkeep.ts'

export interface BackupOptions {
  archives: Archives
  folder: string
  filesDir: string
  /** The embedded mail folder; none where letters go out by SMTP. */
  mailDir: string | undefined
  /** 0 = only when somebody asks. */
  everyMs: number
  keep: number
  /** Firstcut's own. */
  version: string
  /** Ids of the master keys, and those keys sealed under the operator's passphrase where there is one. */
  secret: { keys: () => string[]; sealed: (() => Uint8Array) | undefined }
}

export interface Backup extends Manifest {
  file: string
  bytes: number
}

/** What came of reading one to its end; kept in this process only. */
export interface Checked {
  state: 'under-way' | 'good' | 'bad'
  why?: Localized
}

/** What this process is at; nothing of it outlives the process. */
export interface Desk {
  underWay: { begunAt: Date; done: number; total: number } | undefined
  /** Backups are made one after the other: the last one in the row, whatever comes of it. */
  working: Promise<unknown>
  leaving: AbortController
  checks: Map<string, Checked>
  /** Why the last one that somebody asked for in the console was not made. */
  failed: string | undefined
  /** When the schedule was looked at last, ms. */
  looked: number
}

export interface BackupContext extends Context {
  options: BackupOptions
  upkeep: readonly Upkeep[]
  desk: Desk
}

export const backupContext = (context: Context, options: BackupOptions, upkeep: readonly Upkeep[]): BackupContext => ({
  ...context,
  options,
  upkeep,
  desk: {
    underWay: undefined,
    working: Promise.resolve(),
    leaving: new AbortController(),
    checks: new Map(),
    failed: undefined,
    looked: 0,
  },
})
