import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { materialRowsOf } from '../store.ts'

/** The house's materials as rows of its library; the built-in ones until it has changed any. */
export const listMaterials = action({
  name: 'designs.list-materials',
  scope: 'designs:read',
  input: z.object({}),
  output: z.array(z.looseObject({})),
  run: ({ db }: Context) => materialRowsOf(db.read),
})
