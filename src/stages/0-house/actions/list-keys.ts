import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { anObject, noInput } from '../model.ts'
import { allKeys } from '../store/keys.ts'

/** Newest first, without the keys themselves and without their hashes. */
export const listKeys = action({
  name: 'identity.list-keys',
  scope: 'accounts',
  input: noInput,
  output: z.array(anObject),
  run: ({ db }: Context) => allKeys(db.read),
})
