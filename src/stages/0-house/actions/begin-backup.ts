import { z } from 'zod'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'
import { makeBackup, nameFor } from '../backups/making.ts'
import { noInput } from '../model.ts'

/** Make one, and nobody waits for it: it stands in the list while it is made, and so does why it was not. */
export const beginBackup = action({
  name: 'backups.begin',
  scope: 'system',
  input: noInput,
  output: z.object({ begun: z.boolean() }),
  async run(context: BackupContext, by) {
    const { desk, clock, log } = context
    if (desk.underWay) return { begun: false }
    desk.failed = undefined
    desk.underWay = { begunAt: clock.now(), done: 0, total: 0 }
    makeBackup(context, { by, target: nameFor(context, 'firstcut') }).catch((error: unknown) => {
      desk.underWay = undefined
      if (desk.leaving.signal.aborted) return
      desk.failed = error instanceof Error ? error.message : String(error)
      log.error({ error: desk.failed }, 'a backup that was asked for was not made')
    })
    return { begun: true }
  },
})
