import type { Context } from '../context.ts'
import type { AuditRule } from './ledger.ts'

export interface DemandOptions {
  /** What the audit holds against the counters of later stages, handed in where the line is put together. */
  rules?: readonly AuditRule[]
  /** Letters to strangers that one network may cause in an hour. */
  lettersAnHour?: number | undefined
}

/** What the actions of this stage are opened with. */
export interface DemandContext extends Context {
  rules: readonly AuditRule[]
  lettersAnHour: number
}
