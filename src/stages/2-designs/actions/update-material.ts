import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { materialSchema, type Material } from '../../../garments/index.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { putMaterials } from '../store.ts'

/** Add a material or change one by its id; styles keep the snapshot they were made with. */
export const updateMaterial = action({
  name: 'designs.update-material',
  scope: 'house',
  input: materialSchema,
  output: z.looseObject({}),
  async run({ db, clock }: Context, actor, input) {
    const material = input as Material
    await db.write((tx) => putMaterials(tx, [material], actorTag(actor), clock.now()))
    return material
  },
})
