import { z } from 'zod'
import type { Progress } from '../../../engines/ports.ts'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'
import { anObject, told } from '../model.ts'

/** Hold every member of a backup against its hash. @throws Problem 422 naming what is wrong */
export const verifyBackup = action({
  name: 'backups.verify',
  scope: 'system',
  input: z.object({ file: z.string(), progress: told<Progress>() }),
  output: anObject,
  run: ({ options }: BackupContext, _actor, { file, progress }) => options.archives.verify(file, progress),
})
