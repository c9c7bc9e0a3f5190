import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { readTerms } from '../store.ts'

/** The house's terms towards factories. */
export const showTerms = action({
  name: 'dispatch.show-terms',
  scope: 'factories:read',
  input: z.object({}),
  output: z.looseObject({}),
  run: ({ db }: Context) => readTerms(db.read),
})
