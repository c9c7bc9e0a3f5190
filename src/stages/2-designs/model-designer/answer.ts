/** What a model may answer, as zod and as the JSON Schema that goes over the wire. */
import { z } from 'zod'
import { CATEGORIES, GENDERS, type Block, type Material } from '../../../garments/index.ts'
import { PALETTE } from '../designer/palette.ts'

const text = z.string()
const setting = z.object({ key: text, value: z.number() })
const choice = z.object({ slot: text, option: text })

export const designAnswer = z.object({
  category: z.enum(CATEGORIES),
  gender: z.enum(GENDERS),
  parameters: z.array(setting),
  construction: z.array(choice),
  shell: text,
  colours: z.array(text).min(1).max(6),
  nameZh: text.min(1),
  nameEn: text.min(1),
  storyZh: text.min(1),
  storyEn: text.min(1),
  trends: z.array(text),
})
export type DesignAnswer = z.infer<typeof designAnswer>

export const proposeAnswer = z.object({ designs: z.array(designAnswer).min(1) })

export const refineAnswer = z.object({
  parameters: z.array(setting),
  construction: z.array(choice),
  shell: text.nullable(),
  colour: text.nullable(),
  notUnderstood: z.array(text),
})
export type RefineAnswer = z.infer<typeof refineAnswer>

type Json = Record<string, unknown>

/** Every field required, none extra: what strict structured outputs ask. Lengths and ranges are checked by us. */
const object = (properties: Json): Json => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})
const list = (items: Json): Json => ({ type: 'array', items })
const string: Json = { type: 'string' }
const oneOf = (values: readonly string[]): Json => ({ type: 'string', enum: [...new Set(values)] })
const nullable = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] })

const settings = (blocks: readonly Block[]): Json =>
  list(object({ key: oneOf(blocks.flatMap((b) => b.parameters.map(({ key }) => key))), value: { type: 'number' } }))
const choices = (blocks: readonly Block[]): Json =>
  list(
    object({
      slot: oneOf(blocks.flatMap((b) => b.construction.map(({ slot }) => slot))),
      option: oneOf(blocks.flatMap((b) => b.construction.flatMap(({ options }) => options.map(({ value }) => value)))),
    }),
  )

const COLOUR_IDS = PALETTE.map(({ id }) => id)

export const proposeSchema = (
  blocks: readonly Block[],
  shells: readonly Material[],
  trendIds: readonly string[],
  colourIds: readonly string[] = COLOUR_IDS,
): Json =>
  object({
    designs: list(
      object({
        category: oneOf(blocks.map(({ category }) => category)),
        gender: oneOf(blocks.map(({ gender }) => gender)),
        parameters: settings(blocks),
        construction: choices(blocks),
        shell: oneOf(shells.map(({ id }) => id)),
        colours: list(oneOf(colourIds)),
        nameZh: string,
        nameEn: string,
        storyZh: string,
        storyEn: string,
        trends: list(trendIds.length > 0 ? oneOf(trendIds) : string),
      }),
    ),
  })

export const refineSchema = (block: Block, shells: readonly Material[]): Json =>
  object({
    parameters: settings([block]),
    construction: choices([block]),
    shell: nullable(oneOf(shells.map(({ id }) => id))),
    colour: nullable(oneOf(COLOUR_IDS)),
    notUnderstood: list(string),
  })
