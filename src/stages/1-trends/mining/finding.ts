/**
 * The new words of a week: grams that burst, stand free of their neighbours, end like something worn and are said beside
 * clothing. Pure: titles and counts in, words out. What each rule is worth was measured on hot searches of two years
 * (docs/trends.md).
 */
import { BURST_WEIGHTS, freshBurst, type Burst, type Counts } from '../scoring.ts'
import type { Matcher } from '../matching.ts'
import type { WordOrigin } from '../words.ts'
import { weeksBetween } from '../weeks.ts'
import { SET_PHRASES } from '../vocabulary/phrases.ts'
import type { Term } from '../vocabulary/term.ts'
import { AFTER_A_WORK, ENGLISH_HEADS, GENERIC, GENERIC_TAIL, HEADS, NO_INSIDE, PLACES, SOFT_HEADS } from './lists.ts'
import { openNames } from './names.ts'
import { openStories } from './stories.ts'
import { elsewhere, type MinedTitle } from './titles.ts'
import { gramsOf, isHan, joinTokens, pairsOf, type Gram } from './tokens.ts'

export const FOUND_A_WEEK = 10
/** Gates: said often enough lately, in more than one story, on more than one day. */
const LEAST_RECENT = 1.5
const LEAST_STORIES = 2
const LEAST_DAYS = 2
const LEAST_CONFIDENCE = 0.1
const RECENT_WEEKS = BURST_WEIGHTS.length
/** Weighed at once at most, the most said first. */
const MOST_CANDIDATES = 4000

export interface Found {
  word: string
  origin: WordOrigin
  burst: Burst
  stories: number
  days: number
  titles: readonly MinedTitle[]
  aliases: string[]
}

export interface Mined {
  week: string
  /** Of the last year, those that speak of clothing; the newest where there are too many. */
  titles: readonly MinedTitle[]
  /** Titles of the last weeks, whatever they speak of: people are learned from them. */
  all: readonly MinedTitle[]
  /** How often each source said a word, and anything at all, by week. */
  countsOf: (word: string) => readonly Counts[]
  matcher: Matcher
  terms: readonly Term[]
  /** What is decided already, or known. */
  isKnown: (word: string) => boolean
}

interface Candidate {
  word: string
  tokens: readonly string[]
  isTag: boolean
  recent: number
  stories: Set<number>
  days: Set<string>
  titles: MinedTitle[]
  /** Of all titles: how often, beside clothing how often, and the neighbours. */
  times: number
  beside: number
  left: Map<string, number>
  right: Map<string, number>
  next: Map<string, number>
}

const newCandidate = (word: string, tokens: readonly string[], isTag: boolean): Candidate => ({
  word,
  tokens,
  isTag,
  recent: 0,
  stories: new Set(),
  days: new Set(),
  titles: [],
  times: 0,
  beside: 0,
  left: new Map(),
  right: new Map(),
  next: new Map(),
})

const bump = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** Every gram of the last weeks that may be a word, with what it was said in. */
function candidatesOf({ week, titles, isKnown }: Mined): Candidate[] {
  const { storyOf } = openStories()
  const byWord = new Map<string, Candidate>()
  const seen = new Map<string, Set<string>>()
  const recent = titles.filter((title) => weeksBetween(title.week, week) < RECENT_WEEKS)
  const note = (title: MinedTitle, story: number, candidate: Candidate): void => {
    const key = `${candidate.word} ${story}`
    const weeks = seen.get(key) ?? new Set()
    // A story counts once a week.
    if (!weeks.has(title.week)) candidate.recent += BURST_WEIGHTS[weeksBetween(title.week, week)] ?? 0
    seen.set(key, weeks.add(title.week))
    candidate.stories.add(story)
    candidate.days.add(title.day)
    if (candidate.titles.at(-1) !== title) candidate.titles.push(title)
  }
  for (const title of recent) {
    const story = storyOf(pairsOf(title))
    const given: [string, readonly string[], boolean][] = [
      ...[...gramsOf(title)].map(({ word, tokens }): [string, readonly string[], boolean] => [word, tokens, false]),
      ...title.hashtags.map((tag): [string, readonly string[], boolean] => [
        tag,
        tag.match(/[a-z0-9]+|\p{Script=Han}/gu) ?? [],
        true,
      ]),
    ]
    for (const [word, tokens, isTag] of given) {
      if (isKnown(word)) continue
      const known = byWord.get(word) ?? newCandidate(word, tokens, isTag)
      byWord.set(word, known)
      note(title, story, known)
    }
  }
  return [...byWord.values()]
    .filter((one) => one.recent >= LEAST_RECENT && one.stories.size >= LEAST_STORIES && one.days.size >= LEAST_DAYS)
    .sort((a, b) => b.recent - a.recent || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_CANDIDATES)
}

/** What the titles say of candidates and of the parts they are made of. */
interface Statistics {
  tokens: Map<string, number>
  grams: Map<string, number>
  total: number
}

const splitsOf = (tokens: readonly string[]): [string, string][] =>
  tokens.slice(1).map((_, i) => [joinTokens(tokens.slice(0, i + 1)), joinTokens(tokens.slice(i + 1))])

function neighbours(gram: Gram, title: MinedTitle, at: number, known: Candidate): void {
  const [first, last] = [gram.run[gram.from], gram.run[gram.to - 1]]
  if (!first || !last) return
  known.times++
  if (elsewhere(title, first.start, last.start + last.text.length)) known.beside++
  // The edge of a title is a neighbour of its own: whoever ends there is free.
  bump(known.left, gram.run[gram.from - 1]?.text ?? `^${at}`)
  bump(known.right, gram.run[gram.to]?.text ?? `$${at}`)
  const next = gram.run
    .slice(gram.to, gram.to + 2)
    .map(({ text }) => text)
    .join('')
  if (next) bump(known.next, next)
}

function learn({ titles }: Mined, candidates: readonly Candidate[]): Statistics {
  const byWord = new Map(candidates.map((one) => [one.word, one]))
  const wanted = new Set(candidates.flatMap(({ word, tokens }) => [word, ...splitsOf(tokens).flat()]))
  const statistics: Statistics = { tokens: new Map(), grams: new Map(), total: 0 }
  for (const [at, title] of titles.entries()) {
    for (const run of title.runs)
      for (let from = 0; from < run.length; from++) {
        bump(statistics.tokens, run[from]?.text ?? '')
        statistics.total++
        for (let to = from + 2; to <= Math.min(run.length, from + 6); to++) {
          const word = joinTokens(run.slice(from, to).map(({ text }) => text))
          if (wanted.has(word)) bump(statistics.grams, word)
        }
      }
    const once = new Set<string>()
    for (const gram of gramsOf(title)) {
      const known = byWord.get(gram.word)
      if (known && !once.has(gram.word)) neighbours(gram, title, at, known)
      once.add(gram.word)
    }
  }
  return statistics
}

function entropy(counts: ReadonlyMap<string, number>): number {
  const total = [...counts.values()].reduce((a, b) => a + b, 0)
  return [...counts.values()].reduce((sum, n) => sum - (n / total) * Math.log(n / total), 0)
}

const LEAST_FREEDOM = 0.6
const MOST_FREE = 6
const LEAST_TIE = 2

/** Does the word stand free of what is beside it, and do its parts belong together? */
function isWhole(
  { word, tokens, isTag, times, left, right }: Candidate,
  { tokens: single, grams, total }: Statistics,
): boolean {
  if (isTag) return true
  if (times === 0) return false
  const free = Math.min(entropy(left), entropy(right))
  if (free < LEAST_FREEDOM * Math.log(Math.min(times, MOST_FREE))) return false
  const chance = (part: string): number => ((single.get(part) ?? grams.get(part)) || 0.5) / total
  const tie = splitsOf(tokens).map(([a, b]) => Math.log(chance(word) / (chance(a) * chance(b))))
  return tie.every((each) => each >= LEAST_TIE)
}

/** Ends that the vocabulary's own words have far more often than titles do. */
function learnedHeads({ terms, all }: Mined): (tokens: readonly string[]) => boolean {
  const [ends, said] = [new Map<string, number>(), new Map<string, number>()]
  const spelled = terms.flatMap(({ zh }) => zh).filter((word) => [...word].length > 1)
  for (const word of spelled) bump(ends, [...word].at(-1) ?? '')
  let total = 0
  for (const { runs } of all)
    for (const run of runs)
      for (const { text } of run) {
        bump(said, text)
        total++
      }
  return (tokens) => {
    const end = tokens.at(-1) ?? ''
    const inVocabulary = ends.get(end) ?? 0
    if (inVocabulary < 2) return false
    return Math.log((inVocabulary + 0.1) / spelled.length / (((said.get(end) ?? 0) + 5) / (total + 5000))) >= 1
  }
}

const endsIn = (tokens: readonly string[], heads: ReadonlySet<string>): boolean =>
  [1, 2, 3, 4].some((length) => length < tokens.length && heads.has(joinTokens(tokens.slice(-length))))

const LEAST_BESIDE = 0.35
const LEAST_BESIDE_SOFT = 0.6

/** Does it end like something worn, and is it said beside clothing? */
function isWorn({ tokens, times, beside, isTag }: Candidate, learned: (tokens: readonly string[]) => boolean): boolean {
  const tie = (beside + 0.5) / (times + 1)
  const last = tokens.at(-1) ?? ''
  if (!tokens.some(isHan)) return (ENGLISH_HEADS.has(last) && tokens.length > 1) || (isTag && last.endsWith('core'))
  const listed = endsIn(tokens, HEADS)
  if (listed && !SOFT_HEADS.has(last)) return true
  if (SOFT_HEADS.has(last) && tokens.length < 3 && !(times >= 3 && tie >= LEAST_BESIDE_SOFT)) return false
  // Short words end in anything: 设计 ends as 设计款 does.
  return tie >= LEAST_BESIDE && (listed || (tokens.length > 2 && learned(tokens)))
}

/** What is said before a thing and names none: one of them, or what is done with it. */
const BEFORE_A_THING = /^(?:[一二两三四五六七八九十几这那每][件条双款套顶身]|[挑买穿选卖织做看换爱])/u

/** Nothing but known words side by side: a red coat is no new word, nor is one of them, nor buying it. */
function isMadeOfKnown(word: string, matcher: Matcher): boolean {
  const covered = (text: string): boolean => {
    const known = matcher.hits(text).reduce((sum, { surface }) => sum + surface.replaceAll(' ', '').length, 0)
    return known > 0 && known >= text.replaceAll(' ', '').length
  }
  return covered(word) || covered(word.replace(BEFORE_A_THING, ''))
}

const isPartOfPhrase = (word: string): boolean => SET_PHRASES.some((phrase) => phrase.includes(word))
/** 3000元球鞋: what always follows a number is its unit and something. */
const isCounted = (left: ReadonlyMap<string, number>): boolean =>
  left.size > 0 && [...left.keys()].every((token) => /^\d+$/.test(token))

/** Characters that the vocabulary's words hold and hardly ever begin with (色, 裙): a word that does is cut off. */
function cutOff({ terms }: Mined): (tokens: readonly string[]) => boolean {
  const places = new Map<string, { first: number; later: number }>()
  for (const word of terms.flatMap(({ zh }) => zh))
    for (const [i, token] of [...word].entries()) {
      const known = places.get(token) ?? { first: 0, later: 0 }
      if (i === 0) known.first++
      else known.later++
      places.set(token, known)
    }
  return (tokens) => {
    const { first, later } = places.get(tokens[0] ?? '') ?? { first: 1, later: 0 }
    return first + later >= 6 && first < 0.05 * later
  }
}

/** What is no name of a thing at all. */
function isGeneric({ word, next, left, times, tokens }: Candidate): boolean {
  if (isPartOfPhrase(word) || isCounted(left)) return true
  if (GENERIC.has(word) || GENERIC_TAIL.test(word) || NO_INSIDE.test(word) || /^\d/.test(word) || PLACES.test(word))
    return true
  let [works, sequels] = [0, 0]
  for (const [text, n] of next) {
    if (AFTER_A_WORK.test(text)) works += n
    if (/^\d/.test(text)) sequels += n
  }
  const isWork = works * 2 > times && !endsIn(tokens, HEADS)
  return isWork || (sequels >= 2 && sequels * 6 > times)
}

/** A part gives way to the whole that is said nearly as often, and one of two wordings of the same titles to the other. */
function withoutParts(found: readonly Found[]): Found[] {
  const recent = new Map(found.map((one) => [one.word, one.burst.recent]))
  const parts = new Set<string>()
  for (const whole of found)
    for (const part of found)
      if (part !== whole && whole.word.includes(part.word) && whole.burst.recent >= 0.7 * (recent.get(part.word) ?? 0))
        parts.add(part.word)
  const chosen: Found[] = []
  for (const one of found.filter(({ word }) => !parts.has(word))) {
    const mine = new Set(one.titles)
    const same = chosen.find(({ titles }) => {
      const both = titles.filter((title) => mine.has(title)).length
      return both / Math.min(titles.length, mine.size) >= 0.7
    })
    if (same) same.aliases.push(one.word)
    else chosen.push(one)
  }
  return chosen
}

/** The words of a week that nobody knows yet, the strongest burst first. */
export function findWords(mined: Mined, most = FOUND_A_WEEK): Found[] {
  const candidates = candidatesOf(mined)
  if (!candidates.length) return []
  const statistics = learn(mined, candidates)
  const learned = learnedHeads(mined)
  const isCutOff = cutOff(mined)
  const names = openNames()
  for (const title of mined.all) names.learn(title)
  const found = candidates.flatMap((one): Found[] => {
    if (isMadeOfKnown(one.word, mined.matcher)) return []
    if (isGeneric(one) || (!one.isTag && isCutOff(one.tokens)) || !isWhole(one, statistics) || !isWorn(one, learned))
      return []
    if (one.tokens.some(isHan) && names.holds(one.tokens, one.titles)) return []
    const burst = freshBurst(mined.countsOf(one.word))
    if (!burst || burst.burst <= 0 || burst.confidence < LEAST_CONFIDENCE) return []
    return [
      {
        word: one.word,
        origin: one.isTag ? 'hashtag' : 'titles',
        burst,
        stories: one.stories.size,
        days: one.days.size,
        titles: one.titles,
        aliases: [],
      },
    ]
  })
  found.sort((a, b) => b.burst.burst - a.burst.burst || b.word.length - a.word.length || (a.word < b.word ? -1 : 1))
  return withoutParts(found).slice(0, most)
}
