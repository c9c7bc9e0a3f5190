import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { unusableSettings } from '../house.ts'
import { anObject, noInput } from '../model.ts'

/** Stored settings that cannot be used, with what stands in for each, until somebody mends them. */
export const listUnusableSettings = action({
  name: 'house.unusable',
  scope: 'line:read',
  input: noInput,
  output: z.array(anObject),
  run: ({ db }: Context) => unusableSettings(db.read),
})
