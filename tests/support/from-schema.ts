/** Values for a JSON Schema as the API's document gives them: fitting ones, and ones that nearly fit. */
import fc, { type Arbitrary } from 'fast-check'

export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  additionalProperties?: Schema | boolean
}

/** What no field wants, or hardly one: types, lengths, scripts, sizes of numbers, characters that break things. */
export const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '',
  ' ',
  'x'.repeat(3000),
  '大衣🧥',
  'a\u0000b',
  '\uD800',
  '%00%2e%2e/',
  '../../secret',
  "'; drop table styles; --",
  '<script>alert(1)</script>',
  '9999-99-99',
  '0001-01-01',
  'NaN',
  [],
  [[]],
  {},
  { $gt: '' },
  { constructor: { prototype: { polluted: true } } },
]

/**
 * Whole numbers and words of a sensible size: what fits a schema.
 * @param ids ids of things that are there; a text without a narrower form is now and then one of them
 */
export function fitting(schema: Schema | undefined, ids: readonly string[]): Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => fitting(each, ids)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return objects(schema, ids)
    case 'array':
      return fc.array(fitting(schema.items, ids), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(4, schema.maxItems ?? 4),
      })
    case 'integer':
    case 'number': {
      const min = Math.max(schema.minimum ?? 0, -1e6)
      return fc.integer({ min: Math.ceil(min), max: Math.floor(Math.min(schema.maximum ?? 1e6, Math.max(min, 1e6))) })
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return texts(schema, ids)
    default:
      return fc.constant({})
  }
}

function texts({ format, minLength = 0, maxLength = 60 }: Schema, ids: readonly string[]): Arbitrary<string> {
  switch (format) {
    case 'email':
      return fc.nat(99).map((n) => `somebody${n}@example.com`)
    // Nobody listens there, and nothing else may be dialled.
    case 'uri':
      return fc.constantFrom('http://127.0.0.1:9/feed.xml', 'http://127.0.0.1:9/hook')
    case 'date':
      return fc.constantFrom('2026-11-16', '2027-02-01')
    case 'date-time':
      return fc.constantFrom('2026-12-01T08:00:00Z', '2027-02-01T00:00:00.000Z')
    default: {
      const words = fc.string({ minLength: Math.max(1, minLength), maxLength: Math.min(60, maxLength) })
      return ids.length ? fc.oneof(words, fc.constantFrom(...ids)) : words
    }
  }
}

function objects(schema: Schema, ids: readonly string[]): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, fitting(of, ids)])),
    { requiredKeys: required },
  )
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length) return named
  return fc.dictionary(fc.constantFrom('coat', 'tee', 'S', 'M'), fitting(additionalProperties, ids), { maxKeys: 2 })
}

/** A value that fits with one thing about it changed, at any depth: a field odd, gone, or one too many. */
export function nearlyFitting(schema: Schema | undefined, ids: readonly string[]): Arbitrary<unknown> {
  return fc
    .tuple(
      fitting(schema, ids),
      fc.constantFrom(...ODD),
      fc.constantFrom('odd', 'gone', 'more'),
      fc.infiniteStream(fc.nat(30)),
    )
    .map(([value, odd, how, picks]) => {
      const copy = structuredClone(value) as unknown
      let at: unknown = copy
      for (const pick of picks) {
        if (typeof at !== 'object' || at === null) return odd
        const inside = at as Record<string, unknown>
        const keys = Object.keys(inside)
        if (how === 'more' && !Array.isArray(at)) {
          inside['surplus'] = odd
          return copy
        }
        const key = keys[pick % Math.max(1, keys.length)]
        if (key === undefined) return odd
        const deeper = inside[key]
        if (typeof deeper === 'object' && deeper !== null && pick % 2) {
          at = deeper
          continue
        }
        if (how === 'gone' && !Array.isArray(at)) delete inside[key]
        else inside[key] = odd
        return copy
      }
      return copy
    })
}
