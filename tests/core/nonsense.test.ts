/** Whatever nonsense is sent to whatever may be asked, the refusal is a sentence in the reader's language. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Problem } from '../../src/core/errors.ts'
import { sayIssue } from '../../src/core/issues.ts'
import { parse, parseAs } from '../../src/core/parse.ts'
import { LANGS, type Lang } from '../../src/core/values.ts'

interface Declared {
  name: string
  input: z.ZodObject
}

const folders = readdirSync('src/stages', { withFileTypes: true }).filter((entry) => entry.isDirectory())
const files = folders.flatMap(({ name }) => {
  const folder = join('src/stages', name, 'actions')
  return readdirSync(folder).map((file) => join('../..', folder, file))
})
const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>))
const isAction = (value: unknown): value is Declared =>
  typeof value === 'object' && value !== null && 'run' in value && 'input' in value && 'scope' in value
const actions = modules.flatMap((module) => Object.values(module).filter(isAction))

/** Of every kind that JSON has, and what a form sends; each is wrong for most fields, and some for each. */
const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  '',
  'nonsense',
  '\u0000',
  'x'.repeat(5000),
  -1,
  0,
  1.5,
  1e300,
  Number.NaN,
  true,
  [],
  {},
  { what: 'is this' },
  Array.from({ length: 5000 }, () => 'x'),
]

/** The schema's own shape with this in place of everything that holds nothing else. */
function filled(schema: z.core.$ZodType, nonsense: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return filled(schema.unwrap(), nonsense)
  if (schema instanceof z.ZodPipe) return filled(schema.in instanceof z.ZodTransform ? schema.out : schema.in, nonsense)
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([key, field]) => [key, filled(field, nonsense)]))
  if (schema instanceof z.ZodArray) return [filled(schema.element, nonsense)]
  if (schema instanceof z.ZodUnion) return filled(schema.options[0] as z.ZodType, nonsense)
  return nonsense
}

/** What each field alone is sent, and all of them at once, at each depth. */
const bodies = ({ input }: Declared): unknown[] => [
  ...NONSENSE,
  { ...(filled(input, 'nonsense') as object), 'no such field': 1, nonsense: 1 },
  ...NONSENSE.map((nonsense) => filled(input, nonsense)),
  ...NONSENSE.map((nonsense) => Object.fromEntries(Object.keys(input.shape).map((key) => [key, nonsense]))),
]

/** Words that only programs say, and paths with points. */
const LIBRARY: Readonly<Record<Lang, RegExp>> = {
  en: /\binvalid\b|\bexpected\b|\breceived\b|unrecogni[sz]ed|must match|\bregex\b|\bNaN\b|\bundefined\b|\bnull\b|>=|<=|\[object|discriminator/i,
  zh: /无效输入|期望|实际接收|匹配模式|正则|\bNaN\b|undefined|\bnull\b|>=|<=|\[object|invalid|expected/i,
}
const DOTTED = /["“][\w-]+\.[\w.-]+["”]/

const problemOf = (work: () => unknown): Problem | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  return undefined
}

const check = (text: string, lang: Lang, about: string): void => {
  // What may be sent is listed as it is sent: a parcel is "received".
  expect(text.replace(/(?<=one of: )[\w, -]+/, ''), about).not.toMatch(LIBRARY[lang])
  expect(text, about).not.toMatch(DOTTED)
  if (lang === 'zh') expect(text, about).toMatch(/\p{Script=Han}/u)
  else expect(text, about).not.toMatch(/\p{Script=Han}/u)
}

describe('nonsense', () => {
  test('there is much that may be asked', () => expect(actions.length).toBeGreaterThan(100))

  test.each(actions.map((each) => [each.name, each] as const))('sent to %s is refused in a sentence', (name, each) => {
    for (const body of bodies(each)) {
      const about = `${name} ${String(JSON.stringify(body)).slice(0, 200)}`
      const told = [
        problemOf(() => parse(each.input, body, name)),
        problemOf(() => parseAs('some.code', each.input, body)),
      ]
      for (const lang of LANGS) {
        for (const said of told) if (said) check(said.text[lang], lang, about)
        // Not the first alone: any of them may be the first that is left.
        const { error } = each.input.safeParse(body, { reportInput: true })
        for (const issue of error?.issues.slice(0, 40) ?? []) check(sayIssue(issue, lang), lang, about)
      }
    }
  })

  test('what is missing is said to be missing, and a place in a list is counted from one', () => {
    const schema = z.object({ lines: z.array(z.object({ size: z.string().min(1), units: z.int().min(1) })) })
    const said = (body: unknown) => problemOf(() => parse(schema, body))
    expect(said({ lines: [{ size: 'M', units: 1 }, { units: 2 }] })).toMatchObject({
      text: {
        en: '"size" of "lines" no. 2 is not right: it is missing; give text.',
        zh: '“lines”第 2 项的“size”有误：缺少此项，请填写文本。',
      },
      extra: { field: 'lines.1.size' },
    })
    expect(said({ lines: [{ size: '', units: 1 }] })?.text).toEqual({
      en: '"size" of "lines" no. 1 is not right: it must not be empty.',
      zh: '“lines”第 1 项的“size”有误：不能为空。',
    })
    expect(said({ lines: [{ size: 'M', units: 1.5 }] })?.text.en).toContain('it must be a whole number')
    expect(said(7)?.text).toEqual({
      en: 'What was sent is not right: it must be a group of named fields.',
      zh: '提交的内容有误：须为由字段组成的内容。',
    })
  })
})
