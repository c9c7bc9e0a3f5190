import { Converter } from 'opencc-js/t2cn'
import { stripNames } from './names.ts'
import { VOCABULARY } from './vocabulary/index.ts'
import { SET_PHRASES } from './vocabulary/phrases.ts'
import type { Term } from './vocabulary/term.ts'

export interface Hit {
  term: Term
  /** As it stands in the normalised text. */
  surface: string
  start: number
}

export interface Matcher {
  /** Every term said in the text, in order; what is negated or only part of a set phrase is not. */
  hits(text: string): Hit[]
  /** Their ids, each once. */
  terms(text: string): string[]
  /**
   * Their ids and those of what is said inside them: 牛仔外套 → denim-jacket, jacket, denim. Made for the copy of one
   * garment, so what is said of it in several places is one: 直筒 … 裤 is 直筒裤.
   */
  attributes(text: string): string[]
}

const NEGATED = /(?:没有|没|无需|无|不带|不含|不要|不用|不是|不算|去掉|拒绝|告别|不|非|免)$/
/** 领 begins a verb here: 最高领奖台 has no high collar, and 外交领事 no crossed one. */
const LEADING = /^领[奖事取导先跑衔军养悟略走到班命会土空海域馆克证]/
const NEGATORS = new Set(['no', 'not', 'without', 'never', 'non', 'sans', 'minus'])

/** Clothing is being talked about: lets everyday words (红色, casual) count as terms. */
const CLOTHING_ZH =
  /[穿衣裤裙鞋帽袖衫袄]|[衣圆翻立毛高方]领|领[口子型边]|服装|服饰|(?<!发|辫|妆|尾|浪|头|刘海|蛋糕|美甲)造型|时尚|时髦|时装|搭配|穿搭|版型|面料|上身|单品|款式|裁剪|剪裁|秀场|衣橱/
const CLOTHING_EN =
  /\b(?:outfits?|wear(?:ing|s)?|worn|fashion|styl(?:e|es|ing|ish)|wardrobe|runway|collection|garments?|cloth(?:es|ing)|looks?|tailoring|hems?|necklines?|lapels?|textiles?|fabrics?)\b/

const toSimplified = Converter({ from: 't', to: 'cn' })

/**
 * One form for matching: compatibility forms folded (Ｔ恤 → t恤), accents dropped (bouclé), lower case, traditional
 * characters made simplified.
 */
export const normalise = (text: string): string =>
  toSimplified(text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase())

/** Words whose singular is another word: a short skirt is no shorts, and what is overall no overalls. */
const PLURAL_ONLY = new Set(['shorts', 'slacks', 'cords', 'overalls', 'cargos', 'boxers', 'briefs', 'tights', 'flats'])

/** Plurals folded to one form, alike in the vocabulary and in the text: it need not be the true singular. */
export function foldPlural(word: string): string {
  if (PLURAL_ONLY.has(word)) return word
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(?:sh|ch|x|z|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

interface Word {
  text: string
  start: number
  end: number
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[a-z0-9]+/g)].map((m) => ({ text: foldPlural(m[0]), start: m.index, end: m.index + m[0].length }))

const phraseOf = (surface: string): string =>
  wordsOf(normalise(surface))
    .map((word) => word.text)
    .join(' ')

/** What a surface means: a term, and whether it needs clothing beside it; or a phrase that means none. */
type Entry = { term: Term; weak: boolean } | 'set phrase'

/** A hit, and whether it needs clothing beside it. */
type Found = Hit & { weak: boolean }

/** What was found in a text: terms, and where the phrases lie that are stepped over. */
interface Reading {
  found: Found[]
  phrases: { start: number; end: number }[]
}

interface Index {
  han: ReadonlyMap<string, Entry>
  latin: ReadonlyMap<string, Entry>
  /** How long the longest entry is that begins with this character, or word: mostly none does. */
  longestHan: ReadonlyMap<string, number>
  mostWords: ReadonlyMap<string, number>
}

const beginnings = (entries: Iterable<readonly [beginning: string, length: number]>): Map<string, number> => {
  const longest = new Map<string, number>()
  for (const [beginning, length] of entries) longest.set(beginning, Math.max(length, longest.get(beginning) ?? 0))
  return longest
}

const nameOf = (entry: Entry): string => (entry === 'set phrase' ? entry : entry.term.id)
const sameEntry = (a: Entry, b: Entry): boolean => nameOf(a) === nameOf(b)

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** @throws Error when two terms claim the same words: each surface means one thing */
function indexOf(terms: readonly Term[]): Index {
  const han = new Map<string, Entry>()
  const latin = new Map<string, Entry>()
  const add = (surface: string, entry: Entry) => {
    const [map, key] = hasHan(surface) ? [han, normalise(surface)] : [latin, phraseOf(surface)]
    const taken = map.get(key)
    if (taken && !sameEntry(taken, entry))
      throw new Error(`vocabulary: "${surface}" is claimed by ${[taken, entry].map(nameOf).join(' and ')}`)
    map.set(key, entry)
  }
  for (const term of terms)
    for (const surface of [...term.zh, ...term.en])
      add(surface, { term, weak: term.weak || term.weakWords.includes(surface) })
  for (const phrase of SET_PHRASES) add(phrase, 'set phrase')
  const phrases = [...latin.keys()].map((phrase) => phrase.split(' '))
  return {
    han,
    latin,
    longestHan: beginnings([...han.keys()].map((key) => [key.charAt(0), key.length])),
    mostWords: beginnings(phrases.map((words) => [words[0] ?? '', words.length])),
  }
}

function hanHits(text: string, index: Index): Reading {
  const found: Found[] = []
  const phrases: Reading['phrases'] = []
  for (let start = 0; start < text.length;) {
    let step = 1
    const longest = index.longestHan.get(text.charAt(start)) ?? 0
    for (let length = Math.min(longest, text.length - start); length > 0; length--) {
      const surface = text.slice(start, start + length)
      const entry = index.han.get(surface)
      if (!entry || LEADING.test(text.slice(start + length - 1))) continue
      if (entry === 'set phrase') phrases.push({ start, end: start + length })
      else if (!NEGATED.test(text.slice(Math.max(0, start - 2), start))) found.push({ ...entry, surface, start })
      step = length
      break
    }
    start += step
  }
  return { found, phrases }
}

/** Words of one phrase have nothing but a space, hyphen or apostrophe between them. */
const joined = (text: string, words: readonly Word[]): boolean =>
  words.every((word, i) => {
    const next = words[i + 1]
    return !next || /^[\s'’-]{1,2}$/.test(text.slice(word.end, next.start))
  })

function latinHits(text: string, index: Index): Reading {
  const words = wordsOf(text)
  const found: Found[] = []
  const phrases: Reading['phrases'] = []
  for (let i = 0; i < words.length;) {
    let step = 1
    const most = index.mostWords.get(words[i]?.text ?? '') ?? 0
    for (let count = Math.min(most, words.length - i); count > 0; count--) {
      const run = words.slice(i, i + count)
      const entry = index.latin.get(run.map((word) => word.text).join(' '))
      const first = run[0]
      if (!entry || !first || !joined(text, run)) continue
      const denied = NEGATORS.has(words[i - 1]?.text ?? '') || words[i + count]?.text === 'free'
      const [start, end] = [first.start, run.at(-1)?.end ?? first.end]
      if (entry === 'set phrase') phrases.push({ start, end })
      else if (!denied) found.push({ ...entry, surface: text.slice(start, end), start })
      step = count
      break
    }
    i += step
  }
  return { found, phrases }
}

/** The text without its set phrases: what is left may speak of clothing. */
function without(text: string, phrases: Reading['phrases']): string {
  let rest = ''
  let at = 0
  for (const { start, end } of [...phrases].sort((a, b) => a.start - b.start)) {
    rest += `${text.slice(at, Math.max(at, start))} `
    at = Math.max(at, end)
  }
  return rest + text.slice(at)
}

/** What may stand for a garment inside a compound: 包臀 and 裙 are a 包臀裙, whichever 裙 is meant. */
const SERVES: Readonly<Record<string, readonly string[]>> = { skirt: ['skirt-or-dress', 'dress'] }

/** Everything said inside some terms, however deep. */
function partsOf(ids: Iterable<string>, byId: ReadonlyMap<string, Term>): Set<string> {
  const all = new Set<string>()
  const add = (id: string): void => {
    if (all.has(id)) return
    all.add(id)
    for (const part of byId.get(id)?.parts ?? []) add(part)
  }
  for (const id of ids) add(id)
  return all
}

interface Compound {
  id: string
  garments: readonly string[]
  others: readonly string[]
}

/** Garments whose name is a garment and something said of it. */
const compoundsOf = (terms: readonly Term[], byId: ReadonlyMap<string, Term>): Compound[] =>
  terms.flatMap(({ id, kind, parts }) => {
    if (kind !== 'garment') return []
    const isGarment = (part: string) => byId.get(part)?.kind === 'garment'
    const [garments, others] = [parts.filter(isGarment), parts.filter((part) => !isGarment(part))]
    return garments.length && others.length ? [{ id, garments, others }] : []
  })

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/**
 * Terms by dictionary on the raw text: longest match first, no segmentation (word segmenters cut 连/衣裙 and cost a
 * quarter of the recall), English on word boundaries. An everyday word counts only where clothing is spoken of.
 */
export function openMatcher(terms: readonly Term[] = VOCABULARY): Matcher {
  const index = indexOf(terms)
  const byId = new Map(terms.map((term) => [term.id, term]))
  const compounds = compoundsOf(terms, byId)
  const hits = (raw: string): Hit[] => {
    const text = normalise(stripNames(raw).text)
    const [han, latin] = [hanHits(text, index), latinHits(text, index)]
    const found = [...han.found, ...latin.found].sort((a, b) => a.start - b.start)
    if (found.every(({ weak }) => weak)) {
      const rest = without(text, [...han.phrases, ...latin.phrases])
      if (!CLOTHING_ZH.test(rest) && !CLOTHING_EN.test(rest)) return []
    }
    return found.map(({ term, surface, start }) => ({ term, surface, start }))
  }
  return {
    hits,
    terms: (text) => unique(hits(text).map((hit) => hit.term.id)),
    attributes(text) {
      const found = hits(text).map(({ term }) => term)
      const said = partsOf(
        found.map(({ id }) => id),
        byId,
      )
      // Said of the garment itself: what another garment is made of (a denim jacket beside it) is not.
      const own = partsOf(
        found.filter(({ kind }) => kind !== 'garment').map(({ id }) => id),
        byId,
      )
      const serves = (garment: string) => said.has(garment) || (SERVES[garment] ?? []).some((each) => said.has(each))
      const together = compounds.filter(
        ({ garments, others }) => garments.every(serves) && others.every((each) => own.has(each)),
      )
      return unique([...said, ...together.map(({ id }) => id)])
    },
  }
}
