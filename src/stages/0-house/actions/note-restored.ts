import { z } from 'zod'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'
import { wordOf } from '../backups/making.ts'

/**
 * What is to be said of a database that has just been put back: it is written into its security log, and the files
 * it names are looked for.
 */
export const noteRestored = action({
  name: 'backups.restored',
  scope: 'system',
  input: z.object({ file: z.string() }),
  output: z.object({ missingFiles: z.array(z.string()) }),
  async run({ db, clock, engines, upkeep }: BackupContext, by, { file }) {
    const details = { file: wordOf(file) }
    await db.write((tx) => record(tx, { act: 'backup.restored', by, details }, clock.now()))
    const named = new Set<string>()
    for (const { files } of upkeep) for (const hash of (await files?.(db.read)) ?? []) named.add(hash)
    const missingFiles: string[] = []
    for (const hash of named) if (!(await engines.files.has(hash))) missingFiles.push(hash)
    return { missingFiles }
  },
})
