/** The stage's words: what may be asked, what a style has to be, and what is kept of how it was made. */
import { z } from 'zod'
import { saidAs } from '../../core/issues.ts'
import type { Localized } from '../../core/values.ts'
import {
  CATEGORIES,
  GENDERS,
  MATERIAL_ROLES,
  materialSchema,
  SEASONS,
  type GateResult,
  type StyleSpec,
} from '../../garments/index.ts'

const localized = z.strictObject({ zh: z.string(), en: z.string() })
const hex = z
  .string()
  .regex(saidAs(/^#[0-9a-f]{6}$/i, { en: 'it must be a colour, such as #4b5320', zh: '须为颜色值，例如 #4b5320' }))

/** A style as gate G1 wants it: closed vocabularies, nothing extra. Ranges are the block's matter (`normalise`). */
export const styleSpecSchema = z.strictObject({
  schema: z.literal('firstcut.style/1'),
  recipe: z.literal([2, 3]).optional(),
  category: z.enum(CATEGORIES),
  gender: z.enum(GENDERS),
  season: z.enum(SEASONS),
  names: localized,
  story: localized,
  attributes: z.array(
    z.strictObject({
      key: z.string().min(1),
      value: z.string().min(1),
      label: localized,
      evidence: z.array(z.string()),
    }),
  ),
  parameters: z.record(z.string(), z.number()),
  construction: z.record(z.string(), z.string()),
  materials: z.partialRecord(z.enum(MATERIAL_ROLES), materialSchema),
  colourways: z
    .array(
      z.strictObject({
        id: z.string().regex(
          saidAs(/^[a-z0-9-]+$/, {
            en: 'it must be of small letters, digits and hyphens',
            zh: '只能包含小写字母、数字和连字符',
          }),
        ),
        name: localized,
        colours: z.record(z.string(), hex),
      }),
    )
    .min(1)
    .max(6),
  sizes: z.strictObject({ system: z.string(), base: z.string(), list: z.array(z.string()).min(5) }),
  seamAllowanceMm: z.number(),
  seed: z.int(),
})

/** What a merchandiser asks for; what is left out comes from the house's rules. */
export const requestSchema = z.strictObject({
  trendIds: z.array(z.string().min(1)).max(12).default([]),
  count: z.int().min(1).max(12).default(8),
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  genders: z.array(z.enum(GENDERS)).min(1).optional(),
  season: z.enum(SEASONS).optional(),
  /** Retail price per piece in minor units of the house's currency. */
  priceBand: z
    .strictObject({ min: z.int().min(0), max: z.int().min(1) })
    .refine(({ min, max }) => min <= max, {
      path: ['min'],
      params: { said: { en: 'it is above the highest price', zh: '不能高于最高价' } satisfies Localized },
    })
    .optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
})
export type DesignRequest = z.input<typeof requestSchema>

export const listSchema = z.strictObject({
  state: z.enum(['proposed', 'approved', 'rejected', 'replaced']).optional(),
  category: z.enum(CATEGORIES).optional(),
  runId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
})
export type ListStyles = z.input<typeof listSchema>

/** The longest sentence a style is refined with. */
export const SENTENCE_LIMIT = 400
export const sentenceSchema = z.string().trim().min(1).max(SENTENCE_LIMIT)

export const previewSchema = z.strictObject({
  /** The version that was looked at; the current one where it is not said. */
  version: z.int().min(1).optional(),
  sentence: sentenceSchema.optional(),
  /** Measures by their keys, instead of a sentence. */
  parameters: z.record(z.string().max(60), z.number()).optional(),
})

/** What a picture may be that a merchandiser uploads to take its colour from. */
export const REFERENCE_LIMITS = { bytes: 5 * 1024 * 1024, pixels: 40_000_000, leastEdge: 64 } as const

export const REFERENCE_LIMITS_TEXT: Localized = {
  zh: 'PNG、JPEG 或 WebP，不超过 5 MB、4000 万像素，边长不小于 64 像素',
  en: 'PNG, JPEG or WebP, at most 5 MB and 40 megapixels, at least 64 pixels each way',
}

/** A picture model's part in a version: its picture, or the reason there is none. */
export interface Illustration {
  model: string
  made: boolean
  /** The colourway that was drawn. */
  colourway?: string
  /** Row in `generations`, where the model was asked. */
  generationId?: string
  costMicros: number
  /** An `image.*` or `designs.budget-*` code, and the same in words. */
  failure?: string
  reason?: { zh: string; en: string }
  /** What the picture was judged by, where there was one. */
  figures?: Readonly<Record<string, number>>
}

/** A call to a model as people read it; the whole record, with what it answered, stays in the database. */
export interface CallToModel {
  id: string
  at: Date
  purpose: string
  prompt: { name: string; version: number }
  asked: string
  answered: string | undefined
  /** `asked`, `answered`, `repaired`, `unusable`, `failed`, `cached` or `unknown`. */
  outcome: string
  /** Why there is no usable answer: a `language.*` or `image.*` code. */
  failure: string | undefined
  /** What the endpoint said about it, in its own words. */
  said?: string | undefined
  usage: { input: number; output: number }
  /** Millionths of the account's currency unit. */
  costMicros: number
  latencyMs: number
}

/** How a version came to be; stored with it. */
export interface GenerationNote {
  designer: 'parametric' | 'model' | 'refined'
  seed: number
  /** Why the embedded designer took over from the model: a `language.*` or `designs.*` code. */
  insteadOfModel?: string
  /** What its endpoint gave as the reason, in its own words. */
  insteadSaid?: string
  /** Row in `generations`, where a model was asked. */
  generationId?: string
  model?: string
  prompt?: { name: string; version: number; hash: string }
  /** The model's first answer had to be repaired. */
  repaired?: boolean
  /** What became of the picture a picture model was to draw, where one is configured. */
  illustration?: Illustration
  /** What the designer said about it, in both languages. */
  notes: readonly { zh: string; en: string }[]
  /** Values brought into range. */
  clamped: readonly { parameter: string; asked: number; used: number; min: number; max: number; unit: string }[]
  /** Of a refinement: what changed and what was not understood. */
  changes?: readonly unknown[]
  notUnderstood?: readonly unknown[]
}

/** Gates that stop an approval, and those that want a second look. */
export const blockedBy = (gates: readonly GateResult[]): GateResult[] =>
  gates.filter(({ verdict }) => verdict === 'block')
export const toReview = (gates: readonly GateResult[]): GateResult[] =>
  gates.filter(({ verdict }) => verdict === 'review')

/** The season a design is for when nobody says: three months ahead of the northern calendar. */
export function seasonAhead(now: Date): StyleSpec['season'] {
  return seasonOfMonth((now.getUTCMonth() + 2) % 12)
}

/** @param month 0 = January */
export function seasonOfMonth(month: number): StyleSpec['season'] {
  if (month < 2 || month === 11) return 'winter'
  if (month < 5) return 'spring'
  return month < 8 ? 'summer' : 'autumn'
}
