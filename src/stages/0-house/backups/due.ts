import type { BackupContext } from './context.ts'
import { makeBackup, nameFor } from './making.ts'
import { claim, forgetOld, LOOK_MS, noteFailure, SCHEDULE } from './schedule.ts'

/**
 * A chore: the next backup when its hour has come, by whichever worker finds it first, and the oldest go. One that
 * fails is told in the log, in the list and in the metrics' place, and tried again an hour later. Returns how many.
 */
export async function makeDue(context: BackupContext): Promise<number> {
  const { clock, options, desk } = context
  const { signal } = desk.leaving
  const now = clock.now()
  if (!options.everyMs || signal.aborted || desk.underWay) return 0
  if (Math.abs(now.getTime() - desk.looked) < LOOK_MS) return 0
  desk.looked = now.getTime()
  if (!(await claim(context, now))) return 0
  try {
    await makeBackup(context, { by: SCHEDULE, target: nameFor(context, 'scheduled') })
    await forgetOld(context)
    return 1
  } catch (error) {
    if (signal.aborted) return 0
    await noteFailure(context, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** Break off what is under way; nothing of it is left. */
export async function leave({ desk }: BackupContext): Promise<void> {
  desk.leaving.abort(new Error('leaving'))
  await desk.working
}
