import { z } from 'zod'
import { materialsToCsv } from '../../../garments/index.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { stockOf } from '../store.ts'

/** The library as a table of the form that can be imported. */
export const exportMaterials = action({
  name: 'designs.export-materials',
  scope: 'designs:read',
  input: z.object({}),
  output: z.string(),
  run: async ({ db }: Context) => materialsToCsv(await stockOf(db.read)),
})
