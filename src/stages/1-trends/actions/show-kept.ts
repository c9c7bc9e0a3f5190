import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { fileBytes } from '../inputs.ts'
import { refused } from '../messages.ts'

/** The bytes of a file that was kept. @throws Problem 410 where it is not kept any more */
export const showKept = action({
  name: 'trends.show-kept',
  scope: 'trends',
  input: z.object({ kept: z.string() }),
  output: fileBytes,
  async run({ engines }: TrendsContext, _actor, { kept }): Promise<Uint8Array> {
    const bytes = /^[0-9a-f]{64}$/.test(kept) ? await engines.files.intermediate.get(kept) : undefined
    if (!bytes) throw refused('trends.not-kept', undefined, { field: 'file' })
    return bytes
  },
})
