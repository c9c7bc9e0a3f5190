import { basename } from 'node:path'
import { z } from 'zod'
import { notFound, Problem } from '../../../core/errors.ts'
import { action } from '../../action.ts'
import type { BackupContext } from '../backups/context.ts'

/**
 * Verify one of the list, by its name; nobody waits for it, the list says how it went.
 * @throws Problem 404 where there is none of that name
 */
export const checkBackup = action({
  name: 'backups.check',
  scope: 'system',
  input: z.object({ file: z.string() }),
  output: z.object({ checking: z.string() }),
  async run({ options: { archives, folder }, desk: { checks, leaving } }: BackupContext, _actor, { file: name }) {
    const file = (await archives.list(folder)).find((each) => basename(each.file) === name)?.file
    if (file === undefined) throw notFound({ en: 'backup', zh: '备份' }, name)
    if (checks.get(file)?.state !== 'under-way') {
      checks.set(file, { state: 'under-way' })
      const goOn = () => leaving.signal.throwIfAborted()
      archives.verify(file, goOn).then(
        () => void checks.set(file, { state: 'good' }),
        (error: unknown) => {
          const why = error instanceof Problem ? error.text : { en: String(error), zh: String(error) }
          checks.set(file, { state: 'bad', why })
        },
      )
    }
    return { checking: name }
  },
})
