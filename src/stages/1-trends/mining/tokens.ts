/** Titles cut into what words are made of: no segmentation, so that a word nobody knows yet is found whole. */
import { normalise } from '../matching.ts'
import { stripNames } from '../names.ts'
import { ENGLISH_STOPS, NO_END, NO_START } from './lists.ts'

/** A Han character, or a run of Latin letters and digits; and where it stands. */
export interface Token {
  text: string
  start: number
}

export interface Cut {
  /** Normalised, without the names of people and brands. */
  text: string
  /** Runs of tokens with nothing between them that ends a word. */
  runs: Token[][]
  /** What stands between two # signs, or after one. */
  hashtags: string[]
}

export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
export const joinTokens = (tokens: readonly string[]): string => tokens.join(tokens.some(isHan) ? '' : ' ')

/** A space or a hyphen between Latin words does not end a phrase; beside a Han character it does. */
const RUN = /[\p{L}\p{N}]+(?:(?<=[a-z0-9])[ '’-](?=[a-z0-9])[\p{L}\p{N}]+)*/gu
const TOKEN = /[a-z0-9]+|\p{Script=Han}/gu
const HASHTAG = /#([^#\s][^#]{1,30})#|#([\p{L}\p{N}_]{3,30})/gu
const MOST_TAGS = 5
/** Longer than any title: what else is sent as one is not looked through. */
const LONGEST = 300

export function cut(title: string): Cut {
  const raw = title.slice(0, LONGEST)
  const text = normalise(stripNames(raw).text)
  const runs = [...text.matchAll(RUN)].map((run) =>
    [...run[0].matchAll(TOKEN)].map((token) => ({ text: token[0], start: run.index + token.index })),
  )
  const hashtags = [...raw.matchAll(HASHTAG)].map((tag) => normalise(tag[1] ?? tag[2] ?? '').trim()).slice(0, MOST_TAGS)
  return { text, runs: runs.filter((run) => run.length > 0), hashtags }
}

/** A gram in a title: which tokens of which run. */
export interface Gram {
  word: string
  tokens: readonly string[]
  run: readonly Token[]
  from: number
  to: number
}

const MOST_HAN = 6
const MOST_LATIN = 3

/** May a word begin and end like this? Asked before anything is counted: most grams of a title are not kept. */
function maybeWord(part: readonly string[]): boolean {
  const [first = '', last = ''] = [part[0], part.at(-1)]
  if (part.some(isHan)) return part.length >= 2 && !NO_START.has(first) && !NO_END.has(last) && !/^\d+$/.test(first)
  if (part.some((token) => token.length < 2 || /^\d+$/.test(token))) return false
  return !part.some((token) => ENGLISH_STOPS.has(token)) && part.join('').length >= 4
}

/** Chinese and mixed ones of two to six tokens, Latin ones of one to three words. */
export function* gramsOf({ runs }: Cut): Generator<Gram> {
  for (const run of runs)
    for (let from = 0; from < run.length; from++)
      for (let to = from + 1; to <= Math.min(run.length, from + MOST_HAN); to++) {
        const tokens = run.slice(from, to).map(({ text }) => text)
        if (!tokens.some(isHan) && tokens.length > MOST_LATIN) break
        if (maybeWord(tokens)) yield { word: joinTokens(tokens), tokens, run, from, to }
      }
}

/** Pairs of neighbours: what two titles have in common. */
export function pairsOf({ runs }: Cut): Set<string> {
  const pairs = new Set<string>()
  for (const run of runs) for (let i = 0; i + 1 < run.length; i++) pairs.add(`${run[i]?.text}${run[i + 1]?.text}`)
  return pairs
}
