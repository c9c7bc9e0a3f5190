import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { SECOND } from '../../../core/values.ts'
import { parseMaterialsCsv } from '../../../garments/index.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { putMaterials } from '../store.ts'

/** A table of materials is read in a thread of its own, and not for long. */
const MOST_LIST_BYTES = 5 * 1024 * 1024
const LIST_READ_MS = 5 * SECOND

/**
 * Take in a table of materials: all of it or, with errors, none of it.
 * @returns the number of rows taken, or the errors line by line
 */
export const importMaterials = action({
  name: 'designs.import-materials',
  scope: 'house',
  input: z.object({
    list: z.union([z.custom<Uint8Array>((value) => value instanceof Uint8Array), z.string()]),
    fileName: z.string().optional(),
  }),
  output: z.object({
    taken: z.int(),
    errors: z.array(z.looseObject({})),
    notes: z.array(z.object({ zh: z.string(), en: z.string() })),
  }),
  async run({ db, clock, engines }: Context, actor, { list, fileName }) {
    const bytes = typeof list === 'string' ? Buffer.from(list) : list
    const sheet = await engines.feeds.table(bytes, { fileName, deadlineMs: LIST_READ_MS, maxBytes: MOST_LIST_BYTES })
    const { materials, errors } = parseMaterialsCsv(sheet)
    if (errors.length > 0) return { taken: 0, errors, notes: sheet.notes }
    await db.write((tx) => putMaterials(tx, materials, actorTag(actor), clock.now()))
    return { taken: materials.length, errors, notes: sheet.notes }
  },
})
