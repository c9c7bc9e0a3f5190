/**
 * Reading JSON that a model wrote: after thoughts, in fences, with prose around it, with trailing commas, comments and raw
 * line breaks. Strict JSON is tried first; nothing is evaluated. What the database cannot store is taken out.
 */
import { jsonrepair } from 'jsonrepair'
import { storableJson } from '../../../core/storable.ts'

/** Longer answers are looked at to here: a dozen designs are about 50 kB. */
const MOST_READ = 1_000_000
/** Places that begin like JSON and are none; a text of nothing but brackets is given up. */
const MOST_TRIED = 60
/** Characters looked at for the ends of all of them. */
const MOST_SCANNED = 2_000_000
/** What is not JSON to the letter is mended up to this length. */
const MOST_MENDED = 200_000

const OPENING = 'think|thinking|thought|thoughts|reasoning|reflection|analysis'
/** Ends of thoughts, in the words of the models that have them. */
const THOUGHT_ENDS = new RegExp(
  String.raw`<\s*/\s*(?:${OPENING})\s*>|◁/think▷|\[/THINK\]|<\|end_of_thought\|>|<｜end▁of▁thinking｜>|<\|channel\|>final(?:<\|message\|>)?|</seed:think>|<unused95>`,
  'gi',
)
const THOUGHTS = new RegExp(
  String.raw`<\s*(${OPENING})\b[^>]*>[\s\S]*?<\s*/\s*\1\s*>|◁think▷[\s\S]*?◁/think▷|\[THINK\][\s\S]*?\[/THINK\]`,
  'gi',
)

/** Where the bracket at `start` closes, strings respected; -1 where it does not. */
function closing(text: string, start: number): number {
  const open: string[] = []
  let inside = false
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (inside) {
      if (char === '\\') at++
      else if (char === '"') inside = false
    } else if (char === '"') inside = true
    else if (char === '{') open.push('}')
    else if (char === '[') open.push(']')
    else if (char === '}' || char === ']') {
      if (open.pop() !== char) return -1
      if (open.length === 0) return at
    }
  }
  return -1
}

const attempt = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

function mended(text: string): { value: unknown } | undefined {
  if (text.length > MOST_MENDED) return undefined
  try {
    return attempt(jsonrepair(text))
  } catch {
    return undefined
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

interface Found {
  value: unknown
  /** Characters it takes in the answer. */
  length: number
}

/** Every bracketed value in a text that is JSON, or can be mended to be, in the order of the text. */
function valuesIn(text: string): Found[] {
  const found: Found[] = []
  const brackets = /[{[]/g
  let scanned = 0
  for (let tried = 0; tried < MOST_TRIED && scanned < MOST_SCANNED; tried++) {
    const match = brackets.exec(text)
    if (!match) break
    const end = closing(text, match.index)
    scanned += (end < 0 ? text.length : end) - match.index
    if (end < 0) continue
    const candidate = text.slice(match.index, end + 1)
    const read = attempt(candidate) ?? (candidate.startsWith('{') ? mended(candidate) : undefined)
    if (!read || !isContainer(read.value)) continue
    found.push({ value: read.value, length: candidate.length })
    brackets.lastIndex = end + 1
  }
  return found
}

/** Some call a function that is not there, wrap the answer in a list or a member, or write it as text in JSON. */
function unwrapped(value: unknown, depth = 0): unknown[] {
  if (depth > 3) return []
  if (typeof value === 'string') {
    const inner = attempt(value.trim())
    return inner && isContainer(inner.value) ? [inner.value, ...unwrapped(inner.value, depth + 1)] : []
  }
  if (Array.isArray(value)) return value.length === 1 ? [value[0], ...unwrapped(value[0], depth + 1)] : []
  if (!isContainer(value)) return []
  const members = Object.values(value)
  const named = ['arguments', 'parameters', 'input', 'answer', 'result', 'output', 'data', 'response', 'json'].flatMap(
    (name) => (name in value ? [(value as Record<string, unknown>)[name]] : []),
  )
  const only = members.length === 1 ? members : []
  const inner = named.length > 0 ? named : only
  return inner.flatMap((each) => (isContainer(each) ? [each] : []).concat(unwrapped(each, depth + 1) as object[]))
}

/** The parts of an answer that are no thoughts, the likeliest first: what comes after them, and what stands around them. */
function partsOf(text: string): string[] {
  const afterLast = (words: string) => {
    const last = [...words.matchAll(THOUGHT_ENDS)].at(-1)
    return last ? words.slice(last.index + last[0].length) : words
  }
  const after = afterLast(text)
  return after === text ? [text] : [after, afterLast(text.replaceAll(THOUGHTS, ' '))]
}

/** Fences of a part, by which an answer is set off from what is said about it. */
const fencesIn = (text: string): string[] =>
  [...text.matchAll(/```[\w-]*[ \t]*\r?\n?([\s\S]*?)```/g)].map(([, inside = '']) => inside)

/**
 * The JSON value in a model's answer, or undefined when there is none.
 * @param wanted whether a value has the wanted form. The last one that has it is taken, because drafts come before what is
 *   meant; where none has, the longest of the likeliest part, so that what is wrong with it can be said
 */
export function readJson(answer: string, wanted?: (value: unknown) => boolean): { value: unknown } | undefined {
  const fits = wanted ?? (() => true)
  const text = answer
    .slice(0, MOST_READ)
    .replace(/^\uFEFF/, '')
    .trim()
  const clean = (value: unknown) => ({ value: storableJson(value) })
  const strict = attempt(text)
  if (strict && fits(storableJson(strict.value))) return clean(strict.value)
  let second: { value: unknown } | undefined = strict && isContainer(strict.value) ? clean(strict.value) : undefined
  for (const part of partsOf(text)) {
    const found = [...valuesIn(part), ...fencesIn(part).flatMap(valuesIn)]
    const fitting = lastThatFits(found, fits)
    if (fitting !== undefined) return { value: fitting }
    const objects = found.filter(({ value }) => !Array.isArray(value))
    const longest = longestOf(objects.length > 0 ? objects : found)
    second ??= longest && clean(longest.value)
    if (objects.length > 0) break
  }
  if (strict) {
    const fitting = unwrapped(strict.value).map(storableJson).find(fits)
    if (fitting !== undefined) return { value: fitting }
  }
  // A last bracket forgotten: only where what is mended has the wanted form.
  return (wanted && mendedIn(text, wanted)) ?? second
}

type Fits = (value: unknown) => boolean

function lastThatFits(found: readonly Found[], fits: Fits): unknown {
  for (const { value } of found.toReversed()) {
    const tried = [value, ...unwrapped(value)].map(storableJson)
    const fitting = tried.find(fits)
    if (fitting !== undefined) return fitting
  }
  return undefined
}

const longestOf = (found: readonly Found[]): Found | undefined =>
  found.reduce<Found | undefined>((best, each) => (best && best.length >= each.length ? best : each), undefined)

function mendedIn(text: string, fits: Fits): { value: unknown } | undefined {
  for (const part of partsOf(text)) {
    const start = part.indexOf('{')
    const read = start < 0 ? undefined : mended(part.slice(start).replace(/```\s*$/, ''))
    if (read && isContainer(read.value) && fits(storableJson(read.value))) return { value: storableJson(read.value) }
  }
  return undefined
}
