import { z } from 'zod'

/** Small shapes that several endpoints answer with. */
export const localized = z.object({ zh: z.string(), en: z.string() })
export const money = z.int().describe('Minor units of `currency`.')
export const time = z.iso.datetime()
export const line = z.object({ size: z.string(), colourway: z.string(), quantity: z.int() })
export const byId = z.object({ id: z.string().max(200) })
/** The action validates and explains; here it is enough that it is an object. */
export const anObject = z.looseObject({})
