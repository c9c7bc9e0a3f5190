/** Sentences for people, kept in one catalogue per folder (`messages.ts`), every language of one beside the others. */
import { IntlMessageFormat } from 'intl-messageformat'
import { LANGS, type Lang, type Localized } from './values.ts'

/**
 * Entries of a catalogue by their keys. Sentences are in ICU's message syntax: `{name}` is filled in, and
 * `{n, plural, one {# piece} other {# pieces}}` agrees with a number.
 */
export type Entries = Readonly<Record<string, Localized>>

/** What stands in a sentence's place: words that exist in several languages are told in the sentence's own. */
export type Value = string | number | Localized

type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p' | 'q' | 'r'
type FirstLetter = Letter | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z'
/** Whether text between braces is a place to fill in, and not the words of one form of a plural. */
type NameIn<Text extends string> = Text extends `${infer Name},${string}`
  ? Name
  : Text extends `${FirstLetter}${infer Rest}`
    ? Rest extends `${string}${' ' | '#'}${string}`
      ? never
      : Text
    : never

/** Names of the places in a sentence, read from its text, so that a caller who forgets one does not compile. */
export type Places<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Rest extends `${infer Inside}}${infer After}`
    ? NameIn<Inside> | Places<After>
    : never
  : never

/** Nothing for a sentence without places, otherwise an object with each of them. */
export type Given<Text extends string> = [Places<Text>] extends [never]
  ? [values?: undefined]
  : [values: Readonly<Record<Places<Text>, Value>>]

const LOCALES: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en-GB' }
/** Reading a sentence's syntax takes longer than filling it in; catalogues are finite, and so is this. */
const read = new Map<string, IntlMessageFormat>()

/** @throws SyntaxError for a sentence that is not in ICU's syntax; a test reads every catalogue */
export function fill(text: string, lang: Lang, values: Readonly<Record<string, Value>> = {}): string {
  const key = `${lang} ${text}`
  let format = read.get(key)
  if (!format) read.set(key, (format = new IntlMessageFormat(text, LOCALES[lang])))
  const told = Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[lang] : value])
  return String(format.format(Object.fromEntries(told) as Record<string, string | number>))
}

/** The same sentence in every language. */
export const fillAll = (text: Localized, values?: Readonly<Record<string, Value>>): Localized =>
  Object.fromEntries(LANGS.map((lang) => [lang, fill(text[lang], lang, values)])) as Localized

export interface Catalogue<E extends Entries> {
  readonly entries: E
  /** One sentence in one language. */
  say<K extends keyof E>(lang: Lang, key: K, ...given: Given<E[K]['en']>): string
  /** One sentence in every language, for what is stored or thrown before its reader is known. */
  all<K extends keyof E>(key: K, ...given: Given<E[K]['en']>): Localized
}

/** The catalogue of a folder. Keys are stable: they are what a translator and a test see. */
export const catalogue = <const E extends Entries>(entries: E): Catalogue<E> => ({
  entries,
  say: (lang, key, ...[values]) => fill((entries[key] as Localized)[lang], lang, values),
  all: (key, ...[values]) => fillAll(entries[key] as Localized, values),
})
