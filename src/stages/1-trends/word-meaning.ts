/**
 * A word that a person adds to the vocabulary: what it may mean, and what would do harm. Read from a form, from the API
 * and from the lines of a vocabulary file alike.
 */
import { z } from 'zod'
import type { Localized } from '../../core/values.ts'
import { BLOCKS, CATEGORIES, GENDERS, TEXTURES } from '../../garments/index.ts'
import { normalise } from './matching.ts'
import { EVERYWHERE } from './mining/lists.ts'
import { words } from './messages.ts'
import { stripNames } from './names.ts'
import { TERM_KINDS, type Implies, type Term } from './vocabulary/term.ts'

export const spelling = z.string().trim().min(1).max(40)
const termId = z.string().trim().min(1).max(80)

/** What a word means, as it is given. */
export const meaningGiven = z.object({
  kind: z.enum(TERM_KINDS),
  /** What people are shown; the word itself where a language has no other. */
  labelZh: z.string().trim().max(40).optional(),
  labelEn: z.string().trim().max(60).optional(),
  also: z.array(spelling).max(20).default([]),
  category: z.enum(CATEGORIES).optional(),
  gender: z.enum(GENDERS).optional(),
  texture: z.enum(TEXTURES).optional(),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  /** `slot:option`, as the blocks have them. */
  details: z
    .array(z.string().regex(/^[a-zA-Z]+:[a-zA-Z0-9-]+$/))
    .max(20)
    .default([]),
  /** Place in the range of a measure: 0 its least, 1 its most. */
  parameters: z.record(z.string(), z.number().min(0).max(1)).default({}),
  parts: z.array(termId).max(20).default([]),
  weak: z.boolean().default(false),
})
export type MeaningGiven = z.output<typeof meaningGiven>

/** A line of a vocabulary file. */
export const fileLine = z.discriminatedUnion('is', [
  meaningGiven.extend({ is: z.literal('word'), id: termId.optional(), word: spelling }).strict(),
  z.strictObject({ is: z.literal('wording'), word: spelling, of: termId }),
  z.strictObject({ is: z.literal('not-a-word'), word: spelling, reason: z.string().max(500).optional() }),
])
export type FileLine = z.output<typeof fileLine>

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** The term that a word becomes. */
export function termFrom(id: string, word: string, given: MeaningGiven): Term {
  const all = [...new Set([word, ...given.also])]
  const [zh, en] = [all.filter(hasHan), all.filter((one) => !hasHan(one))]
  const { category, gender, texture, colour, parameters } = given
  const construction = Object.fromEntries(given.details.map((each) => each.split(':') as [string, string]))
  const implies: Implies = {
    ...(category ? { category } : {}),
    ...(gender ? { gender } : {}),
    ...(texture ? { texture } : {}),
    ...(colour ? { colour } : {}),
    ...(given.details.length ? { construction } : {}),
    ...(Object.keys(parameters).length ? { parameters } : {}),
    ...(given.kind === 'garment' ? {} : { attribute: { key: given.kind, value: id } }),
  }
  return {
    id,
    kind: given.kind,
    label: { zh: given.labelZh || (zh[0] ?? word), en: given.labelEn || (en[0] ?? word) },
    zh,
    en,
    implies,
    parts: given.parts,
    weak: given.weak,
    weakWords: [],
  }
}

/** The other way round: for a file. */
export function givenFrom({ kind, label, zh, en, implies, parts, weak }: Term, word: string): MeaningGiven {
  const { category, gender, texture, colour, construction = {}, parameters = {} } = implies
  return {
    kind,
    labelZh: label.zh,
    labelEn: label.en,
    also: [...zh, ...en].filter((one) => one !== word),
    ...(category ? { category } : {}),
    ...(gender ? { gender } : {}),
    ...(texture ? { texture } : {}),
    ...(colour ? { colour } : {}),
    details: Object.entries(construction).map(([slot, option]) => `${slot}:${option}`),
    parameters: { ...parameters },
    parts: [...parts],
    weak,
  }
}

const OPTIONS: ReadonlySet<string> = new Set(
  BLOCKS.flatMap(({ construction }) =>
    construction.flatMap(({ slot, options }) => options.map(({ value }) => `${slot}:${value}`)),
  ),
)
const PARAMETERS: ReadonlySet<string> = new Set(BLOCKS.flatMap(({ parameters }) => parameters.map(({ key }) => key)))

/** Why a spelling may not be a word: it would match everything, or is somebody's name. */
export function faultOfSpelling(raw: string): Localized | undefined {
  const word = normalise(raw)
  const letters = word.replace(/[^\p{L}]/gu, '')
  const tooShort = hasHan(letters) ? [...letters].length < 2 : letters.length < 3
  if (tooShort || EVERYWHERE.has(word)) return words.all('word.everything', { word: raw })
  if (stripNames(raw).removed.length) return words.all('word.name', { word: raw })
  return undefined
}

/** Spellings that are taken, and by which term. */
export type Claims = ReadonlyMap<string, string>
export const claimKey = (word: string): string => normalise(word).replaceAll('-', ' ')
export const claimsOf = (terms: readonly Term[]): Map<string, string> =>
  new Map(terms.flatMap(({ id, zh, en }) => [...zh, ...en].map((word) => [claimKey(word), id] as const)))

/** Terms that are said inside themselves, over however many others. */
function cycleFrom(id: string, partsOf: (id: string) => readonly string[]): readonly string[] | undefined {
  const walk = (at: string, way: readonly string[]): readonly string[] | undefined => {
    for (const part of partsOf(at)) {
      if (part === id) return [...way, part]
      if (way.includes(part)) continue
      const found = walk(part, [...way, part])
      if (found) return found
    }
    return undefined
  }
  return walk(id, [id])
}

/**
 * What is wrong with a term, given those there are and those that come with it.
 * @param claims spellings of all other terms
 */
export function faultsOfTerm(term: Term, known: ReadonlyMap<string, Term>, claims: Claims): Localized[] {
  const faults: Localized[] = []
  for (const spelled of [...term.zh, ...term.en]) {
    const fault = faultOfSpelling(spelled)
    if (fault) faults.push(fault)
    const taken = claims.get(claimKey(spelled))
    if (taken !== undefined && taken !== term.id) {
      const other = known.get(taken)?.label ?? { zh: taken, en: taken }
      faults.push(words.all('word.taken', { word: spelled, other }))
    }
  }
  for (const [slot, option] of Object.entries(term.implies.construction ?? {}))
    if (!OPTIONS.has(`${slot}:${option}`)) faults.push(words.all('word.no-detail', { detail: `${slot}:${option}` }))
  for (const key of Object.keys(term.implies.parameters ?? {}))
    if (!PARAMETERS.has(key)) faults.push(words.all('word.no-measure', { measure: key }))
  for (const part of term.parts)
    if (part !== term.id && !known.has(part)) faults.push(words.all('word.no-part', { part }))
  const cycle = cycleFrom(term.id, (id) => (id === term.id ? term.parts : (known.get(id)?.parts ?? [])))
  if (cycle) faults.push(words.all('word.cycle', { way: cycle.join(' → ') }))
  return faults
}
