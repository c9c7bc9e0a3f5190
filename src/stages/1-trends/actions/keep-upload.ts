import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { fileBytes } from '../inputs.ts'

/**
 * Keep a file for a day or so, until a person has said what its columns are.
 * @returns what it is kept under, for `showKept`
 */
export const keepUpload = action({
  name: 'trends.keep-upload',
  scope: 'trends',
  input: z.object({ bytes: fileBytes }),
  output: z.string(),
  run: ({ engines }: TrendsContext, _actor, { bytes }) => engines.files.intermediate.put(bytes),
})
