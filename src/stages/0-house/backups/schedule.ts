/** The backups that nobody asks for: when the next is due, and which go. */
import { actorTag, system } from '../../../core/actor.ts'
import { HOUR, MINUTE } from '../../../core/values.ts'
import type { Reader } from '../../../db/database.ts'
import { readSetting, writeSetting } from '../store.ts'
import { madeAt } from '../store/operations.ts'
import type { BackupContext } from './context.ts'

/** When the schedule last began one, so that two workers make one and a failure is not repeated at once. */
interface Scheduled {
  begunAt: string
  error?: string | undefined
}

const KEY = 'backups'
const RETRY_MS = HOUR
/** How often the schedule is looked at. */
export const LOOK_MS = MINUTE
export const SCHEDULE = system('schedule')

export const lastScheduled = async (db: Reader): Promise<Scheduled | undefined> =>
  (await readSetting(db, KEY)) as Scheduled | undefined

/** When the schedule's next one is due. */
export async function dueAt({ options }: BackupContext, tx: Reader, now: Date): Promise<Date> {
  const last = await lastScheduled(tx)
  // A new installation has nothing to lose yet: its first backup comes when it is as old as the schedule says.
  const since = last?.begunAt ?? (await madeAt(tx)) ?? now.toISOString()
  const wait = last?.error === undefined ? options.everyMs : Math.min(options.everyMs, RETRY_MS)
  return new Date(Date.parse(since) + wait)
}

/** Take the turn, if one is due. @returns whether it is ours */
export const claim = (context: BackupContext, now: Date): Promise<boolean> =>
  context.db.write(async (tx) => {
    if (now < (await dueAt(context, tx, now))) return false
    await writeSetting(tx, KEY, { begunAt: now.toISOString() }, now, actorTag(SCHEDULE))
    return true
  })

/** Why the one that was due was not made. */
export async function noteFailure({ db, clock }: BackupContext, error: string): Promise<void> {
  await db.write(async (tx) => {
    const last = await lastScheduled(tx)
    if (last) await writeSetting(tx, KEY, { ...last, error }, clock.now(), actorTag(SCHEDULE))
  })
}

/** Only what a schedule made, beyond the newest ones. */
export async function forgetOld({ options: { archives, folder, keep } }: BackupContext): Promise<void> {
  const own = (await archives.list(folder)).filter(({ manifest }) => manifest?.by === 'schedule')
  for (const { file } of own.slice(keep)) await archives.remove(file)
}
