import { z } from 'zod'
import type { Progress } from '../../../engines/ports.ts'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'
import { makeBackup as make, nameFor } from '../backups/making.ts'
import { refused } from '../messages.ts'
import { anObject, told } from '../model.ts'

/**
 * Everything into one file: where it is named, into that one.
 * @throws Problem 422 `backup.name`; 503 `database.backup-failed`, `postgres.tool-missing`: nothing of it is left then
 */
export const makeBackup = action({
  name: 'backups.make',
  scope: 'system',
  input: z.object({ file: z.string().optional(), progress: told<Progress>() }),
  output: anObject,
  async run(context: BackupContext, by, { file, progress }) {
    if (file !== undefined && !file.endsWith('.tar')) throw refused('backup.name')
    return make(context, { by, target: file ?? nameFor(context, 'firstcut'), progress })
  },
})
