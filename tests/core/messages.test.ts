import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import { refusals } from '../../src/core/errors.ts'
import { catalogue, fill } from '../../src/core/messages.ts'
import { LANGS, type Localized } from '../../src/core/values.ts'

/** Words of libraries and of programs that a sentence for people must not hold. */
const LIBRARY_WORDS = /\b(expected|invalid|undefined|null|NaN|string|boolean|regex|enum|zod|schema|received)\b/i
const DOTTED_PATH = /\b[a-z]+\.[a-z]+\.[a-z]+\b/

/** Names of the places that a sentence fills in, those inside a plural too. */
function placesOf(elements: readonly MessageFormatElement[]): string[] {
  const found = elements.flatMap((each): string[] => {
    if (each.type === TYPE.literal || each.type === TYPE.pound) return []
    const inside =
      each.type === TYPE.plural || each.type === TYPE.select
        ? Object.values(each.options).flatMap(({ value }) => placesOf(value))
        : []
    return 'value' in each ? [String(each.value), ...inside] : inside
  })
  return [...new Set(found)].sort()
}

type Words = Readonly<Record<string, Localized>>
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)messages\.ts$/.test(file),
)
const gathered = await Promise.all(
  files
    .filter((file) => file !== 'core/messages.ts' && !file.includes('/store/'))
    .map(async (file) => {
      const module = (await import(pathToFileURL(join('src', file)).href)) as Record<string, { entries?: Words }>
      return { file, catalogues: Object.values(module).flatMap(({ entries }) => (entries ? [entries] : [])) }
    }),
)

describe('every catalogue of sentences', () => {
  test('is found', () => expect(gathered.length).toBeGreaterThan(1))

  describe.each(gathered)('$file', ({ catalogues }) => {
    test('holds sentences', () => expect(catalogues.flatMap((each) => Object.keys(each)).length).toBeGreaterThan(0))

    test('has each of them in every language, with the same places', () => {
      for (const entries of catalogues)
        for (const [key, text] of Object.entries(entries)) {
          const places = LANGS.map((lang) => {
            expect(text[lang], `${key} in ${lang}`).toMatch(/\S/)
            return placesOf(parse(text[lang]))
          })
          for (const each of places) expect(each, key).toEqual(places[0])
        }
    })

    test('has no word of a library and no dotted path in a sentence', () => {
      for (const entries of catalogues)
        for (const [key, { en, zh }] of Object.entries(entries)) {
          expect(en, key).not.toMatch(LIBRARY_WORDS)
          expect(zh, key).not.toMatch(LIBRARY_WORDS)
          expect(en, key).not.toMatch(DOTTED_PATH)
        }
    })
  })
})

describe('a sentence', () => {
  const words = catalogue({
    pieces: { en: '{n, plural, one {# piece} other {# pieces}} of {style}', zh: '{style}：{n, number} 件' },
  })

  test('agrees with its number and tells words in its own language', () => {
    const style = { en: 'Field coat', zh: '军大衣' }
    expect(words.say('en', 'pieces', { n: 1, style })).toBe('1 piece of Field coat')
    expect(words.say('en', 'pieces', { n: 1200, style })).toBe('1,200 pieces of Field coat')
    expect(words.all('pieces', { n: 2, style })).toEqual({ en: '2 pieces of Field coat', zh: '军大衣：2 件' })
  })

  test('keeps what people typed as it is', () => {
    const typed = `{n, plural, one {x}} <b>'"`
    expect(fill('“{name}”', 'zh', { name: typed })).toBe(`“${typed}”`)
  })

  test('is refused by the compiler where a place is forgotten', () => {
    // @ts-expect-error `style` is missing
    expect(() => words.say('en', 'pieces', { n: 1 })).toThrow(/style/)
  })

  test('refuses with its status and its field', () => {
    const refused = refusals({ 'x.few': { status: 422, en: 'At least {n}.', zh: '至少 {n}。' } })
    const problem = refused('x.few', { n: 3 }, { field: 'quantity' })
    expect(problem).toMatchObject({ code: 'x.few', status: 422, text: { en: 'At least 3.', zh: '至少 3。' } })
    expect(problem.extra.field).toBe('quantity')
  })
})
