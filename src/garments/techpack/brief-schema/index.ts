/**
 * The production brief's published form, `firstcut.brief/2`. Every member carries its name in both languages
 * (`title`, `x-title-zh`): the completeness gate names missing fields with them, so a field and its words cannot part.
 */
import { z } from 'zod'
import { file, marker, piece } from './cut.ts'
import { order, style } from './order.ts'
import { techPack } from './tech-pack.ts'
import { count, named, price, text } from './words.ts'

export type { ConstructionRow, SeamRow } from './making.ts'

export const BRIEF_SCHEMA = 'firstcut.brief/2'

/** The whole brief, complete. What a factory's system may rely on; members may be added within a version. */
export const briefSchema = z.object({
  schema: named(z.literal(BRIEF_SCHEMA), 'schema', '格式版本'),
  id: named(text(), 'brief id', '生产单编号'),
  issuedAt: named(z.iso.datetime({ offset: true }), 'issued at', '签发时间'),
  order: named(order, 'order', '订单'),
  style: named(style, 'style', '款式'),
  techPack,
  pieces: named(z.array(piece).min(1), 'cut pieces', '裁片表'),
  markers: named(z.array(marker).min(1), 'markers', '排料'),
  files: named(z.array(file).min(1), 'files', '文件'),
})
export type Brief = z.infer<typeof briefSchema>
export type BriefFile = Brief['files'][number]

/** A value of which any part may still be missing: what the completeness gate is for. */
export type Incomplete<T> = T extends readonly (infer U)[]
  ? readonly Incomplete<U>[]
  : T extends object
    ? { [K in keyof T]?: Incomplete<T[K]> | null | undefined }
    : T
export type BriefDraft = Incomplete<Brief>

/**
 * Version 1, in which briefs were sent before: it named the buyers' price, which is no factory's business. Briefs of that
 * time stay as they were sent.
 */
export const briefSchema1 = briefSchema.extend({
  schema: named(z.literal('firstcut.brief/1'), 'schema', '格式版本'),
  order: named(
    order.extend({
      rung: named(
        z.object({
          fromUnits: named(count(), 'units from which the rung counts', '阶梯起始件数'),
          unitPrice: named(price(), 'buyer price at this rung', '该阶梯销售单价'),
        }),
        'price rung',
        '价格阶梯',
        'The rung of the price ladder that the lot reached, in minor units of the currency',
      ),
    }),
    'order',
    '订单',
  ),
})

const SCHEMAS = { 1: briefSchema1, 2: briefSchema } as const
export type BriefVersion = keyof typeof SCHEMAS
export const BRIEF_VERSION = 2 satisfies BriefVersion

/** The JSON Schema (2020-12) of a version of the brief, as published in docs/brief.schema.json and brief.schema.1.json. */
export function briefJsonSchema(version: BriefVersion = BRIEF_VERSION): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(SCHEMAS[version], { target: 'draft-2020-12', io: 'input' })
  return {
    $schema,
    $id: `urn:firstcut:schema:brief:${version}`,
    title: 'Firstcut production brief',
    'x-title-zh': 'Firstcut 生产单',
    ...rest,
  }
}
/** Its text. */
export const briefJsonSchemaFile = (version: BriefVersion = BRIEF_VERSION): string =>
  `${JSON.stringify(briefJsonSchema(version), null, 2)}\n`
