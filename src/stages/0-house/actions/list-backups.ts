import { z } from 'zod'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'
import { dueAt, lastScheduled } from '../backups/schedule.ts'
import { anObject, noInput } from '../model.ts'

const time = z.iso.datetime()

/** Those there are, newest first; one that is not whole is named without what it says. */
export const listBackups = action({
  name: 'backups.list',
  scope: 'system',
  input: noInput,
  output: z.object({
    folder: z.string(),
    backups: z.array(
      z.object({
        file: z.string(),
        bytes: z.int(),
        whole: z.boolean(),
        manifest: anObject.optional(),
        checked: anObject.optional().describe('What came of verifying it, in this process.'),
      }),
    ),
    underWay: z.object({ begunAt: time, done: z.int(), total: z.int() }).optional(),
    lastError: z.string().nullable(),
    nextAt: time.nullable().describe('When the schedule makes the next one.'),
  }),
  async run(context: BackupContext) {
    const { db, clock, desk } = context
    const { archives, folder, everyMs } = context.options
    const found = await archives.list(folder)
    const last = await lastScheduled(db.read)
    return {
      folder,
      backups: found.map(({ file, bytes, manifest }) => ({
        file,
        bytes,
        whole: manifest !== undefined,
        manifest,
        checked: desk.checks.get(file),
      })),
      underWay: desk.underWay && { ...desk.underWay, begunAt: desk.underWay.begunAt.toISOString() },
      lastError: desk.failed ?? last?.error ?? null,
      /** Null: there is none. */
      nextAt: everyMs ? (await dueAt(context, db.read, clock.now())).toISOString() : null,
    }
  },
})
