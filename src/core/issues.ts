/** zod's complaints in words for a person: the one translator. What is told of a refused body has an end. */
import type { z } from 'zod'
import { catalogue, type Value } from './messages.ts'
import type { Lang, Localized } from './values.ts'

/** Complaints that are listed, and characters of anything the sender chose. */
export const MOST_ISSUES = 20
const MOST_NAME = 80
const MOST_WORDS = 300

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** `lines.0.size`, for machines; a key that the sender made up is shortened. */
export const fieldOf = (issue: z.core.$ZodIssue | undefined): string =>
  cut((issue?.path ?? []).slice(0, 20).map(String).join('.'), MOST_NAME)

/** Each is the middle of a sentence, and says what would be right. */
const words = catalogue({
  'kind.text': { en: 'text', zh: '文本' },
  'kind.number': { en: 'a number', zh: '数字' },
  'kind.whole': { en: 'a whole number', zh: '整数' },
  'kind.yes-no': { en: 'yes or no (true or false)', zh: '是或否（true 或 false）' },
  'kind.list': { en: 'a list', zh: '列表' },
  'kind.fields': { en: 'a group of named fields', zh: '由字段组成的内容' },
  'kind.moment': { en: 'a moment', zh: '时间' },
  'kind.nothing': { en: 'empty', zh: '空' },
  'kind.other': { en: 'something else', zh: '其他内容' },
  missing: { en: 'it is missing; give {kind}', zh: '缺少此项，请填写{kind}' },
  kind: { en: 'it must be {kind}', zh: '须为{kind}' },
  or: { en: '{a} or {b}', zh: '{a}或{b}' },
  'empty.text': { en: 'it must not be empty', zh: '不能为空' },
  'empty.list': { en: 'it must have at least one entry', zh: '至少需要一项' },
  'short.text': {
    en: 'it must have at least {n, plural, one {# character} other {# characters}}',
    zh: '至少需要 {n} 个字符',
  },
  'short.list': { en: 'it must have at least {n, plural, one {# entry} other {# entries}}', zh: '至少需要 {n} 项' },
  'short.number': { en: 'it must be {n} or more', zh: '不能小于 {n}' },
  'short.number#beyond': { en: 'it must be more than {n}', zh: '须大于 {n}' },
  'long.text': {
    en: 'it may have at most {n, plural, one {# character} other {# characters}}',
    zh: '不能超过 {n} 个字符',
  },
  'long.list': { en: 'it may have at most {n, plural, one {# entry} other {# entries}}', zh: '不能超过 {n} 项' },
  'long.number': { en: 'it must be {n} or less', zh: '不能大于 {n}' },
  'long.number#beyond': { en: 'it must be less than {n}', zh: '须小于 {n}' },
  'exact.text': { en: 'it must have {n, plural, one {# character} other {# characters}}', zh: '须为 {n} 个字符' },
  'exact.list': { en: 'it must have {n, plural, one {# entry} other {# entries}}', zh: '须为 {n} 项' },
  multiple: { en: 'it must be a multiple of {n}', zh: '须为 {n} 的倍数' },
  'one-of': { en: 'it must be one of: {values}', zh: '须为以下之一：{values}' },
  just: { en: 'it must be {value}', zh: '须为 {value}' },
  'format.email': {
    en: 'it must be an e-mail address, such as mei@example.org',
    zh: '须为邮箱地址，例如 mei@example.org',
  },
  'format.url': { en: 'it must be a whole address that begins with https://', zh: '须为以 https:// 开头的完整网址' },
  'format.datetime': {
    en: 'it must be a moment with its time zone, such as 2026-11-30T09:00:00+08:00',
    zh: '须为带时区的时间，例如 2026-11-30T09:00:00+08:00',
  },
  'format.date': { en: 'it must be a day, such as 2026-11-30', zh: '须为日期，例如 2026-11-30' },
  'format.time': { en: 'it must be a time of day, such as 09:30', zh: '须为时刻，例如 09:30' },
  'format.starts': { en: 'it must begin with {part}', zh: '须以 {part} 开头' },
  'format.ends': { en: 'it must end with {part}', zh: '须以 {part} 结尾' },
  'format.includes': { en: 'it must contain {part}', zh: '须包含 {part}' },
  'format.other': {
    en: 'it is not written as it has to be; the description of the API says how',
    zh: '书写格式不正确，请参照 API 说明',
  },
  unknown: { en: 'it has fields that are not known here: {keys}', zh: '包含未知字段：{keys}' },
  'unknown#more': {
    en: 'it has fields that are not known here: {keys} and {rest} more',
    zh: '包含未知字段：{keys} 等 {all} 个',
  },
  key: { en: 'one of its fields has a name that is not known here', zh: '其中有名称未知的字段' },
  entry: { en: 'one of its entries cannot be used', zh: '其中有一项无法使用' },
  other: { en: 'it cannot be used as it is', zh: '内容不符合要求' },
})

const KINDS: Readonly<Record<string, keyof typeof words.entries>> = {
  string: 'kind.text',
  number: 'kind.number',
  nan: 'kind.number',
  int: 'kind.whole',
  bigint: 'kind.whole',
  boolean: 'kind.yes-no',
  array: 'kind.list',
  set: 'kind.list',
  tuple: 'kind.list',
  object: 'kind.fields',
  record: 'kind.fields',
  map: 'kind.fields',
  date: 'kind.moment',
  null: 'kind.nothing',
  undefined: 'kind.nothing',
  void: 'kind.nothing',
}

/** What a pattern wants, by the pattern. */
const patterns = new Map<string, Localized>()

/** A pattern with what is said to whoever did not keep to it, as the middle of a sentence: "it must be …". */
export function saidAs(pattern: RegExp, text: Localized): RegExp {
  patterns.set(String(pattern), text)
  return pattern
}

type Says = (lang: Lang) => string
const say =
  (key: keyof typeof words.entries, values?: Readonly<Record<string, Value>>): Says =>
  (lang) =>
    // The places of a key that is not known before it runs are not known either.
    (words.say as (lang: Lang, key: string, values?: object) => string)(lang, key, values)

/** What a size is counted in: characters of a text, entries of a list, or the number itself. */
const sizeOf = (origin: string): 'text' | 'list' | 'number' => {
  if (origin === 'string') return 'text'
  return ['array', 'set', 'map', 'object', 'record', 'file'].includes(origin) ? 'list' : 'number'
}

function sizeSaid(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): Says {
  const size = sizeOf(issue.origin)
  const n = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum)
  if (size === 'number') {
    const bound = issue.code === 'too_big' ? 'long.number' : 'short.number'
    return say(issue.inclusive === false ? `${bound}#beyond` : bound, { n: String(n) })
  }
  if (issue.exact) return say(`exact.${size}`, { n })
  if (issue.code === 'too_big') return say(`long.${size}`, { n })
  return n === 1 ? say(`empty.${size}`) : say(`short.${size}`, { n })
}

const quoted = (text: string): Localized => ({ en: `"${cut(text, 60)}"`, zh: `“${cut(text, 60)}”` })

function formatSaid(issue: z.core.$ZodIssueInvalidStringFormat): Says {
  const { format, prefix, suffix, includes, pattern } = issue as typeof issue &
    Partial<Record<'prefix' | 'suffix' | 'includes', string>>
  const own = pattern === undefined ? undefined : patterns.get(pattern)
  if (own) return (lang) => own[lang]
  if (prefix !== undefined) return say('format.starts', { part: quoted(prefix) })
  if (suffix !== undefined) return say('format.ends', { part: quoted(suffix) })
  if (includes !== undefined) return say('format.includes', { part: quoted(includes) })
  const known = `format.${format}`
  return say(known in words.entries ? (known as 'format.email') : 'format.other')
}

const MOST_VALUES = 12
const listed = (values: readonly string[]): Localized => {
  const more = values.length > MOST_VALUES ? ' …' : ''
  const shown = values.slice(0, MOST_VALUES).map((value) => cut(value, 40))
  return { en: shown.join(', ') + more, zh: shown.join('、') + more }
}

function valuesSaid(values: readonly unknown[]): Says {
  const [only] = values
  return values.length === 1
    ? say('just', { value: quoted(String(only)) })
    : say('one-of', { values: listed(values.map(String)) })
}

const kindOf = (expected: string): Localized => words.all((KINDS[expected] ?? 'kind.other') as 'kind.text')

/** Of several forms none fits: which kinds there are, or what is wrong by the form that comes nearest. */
function unionSaid(issue: z.core.$ZodIssueInvalidUnion): Says {
  const { options } = issue as { options?: unknown }
  if (Array.isArray(options) && options.length) return valuesSaid(options)
  const forms = issue.errors.filter((form) => form.length)
  const kinds = forms.map(([first]) =>
    first?.code === 'invalid_type' && !first.path.length ? first.expected : undefined,
  )
  const known = [...new Set(kinds.filter((kind) => kind !== undefined))]
  if (known.length === forms.length && known.length)
    return say('kind', {
      kind: known.map(kindOf).reduce((a, b) => words.all('or', { a, b })),
    })
  const nearest = forms.filter((_, at) => kinds[at] === undefined)[0]?.[0]
  return nearest ? saidOf(nearest) : say('other')
}

function unknownSaid(keys: readonly string[]): Says {
  const shown = keys.slice(0, 5).map((key) => `"${cut(key, 40)}"`)
  const list = { en: shown.join(', '), zh: shown.join('、') }
  const rest = keys.length - shown.length
  return rest > 0
    ? say('unknown#more', { keys: list, rest: String(rest), all: String(keys.length) })
    : say('unknown', { keys: list })
}

/** zod's own words for a complaint that brought none. */
const NO_WORDS = 'Invalid input'

function customSaid(issue: z.core.$ZodIssueCustom): Says {
  const own = issue.params?.['said'] as Localized | undefined
  if (own) return (lang) => own[lang]
  const generic = say('other')
  return (lang) => (lang === 'en' && issue.message && issue.message !== NO_WORDS ? issue.message : generic(lang))
}

function saidOf(issue: z.core.$ZodIssue): Says {
  switch (issue.code) {
    case 'invalid_type':
      return say('input' in issue && issue.input === undefined ? 'missing' : 'kind', { kind: kindOf(issue.expected) })
    case 'too_big':
    case 'too_small':
      return sizeSaid(issue)
    case 'invalid_format':
      return formatSaid(issue)
    case 'not_multiple_of':
      return say('multiple', { n: String(issue.divisor) })
    case 'unrecognized_keys':
      return unknownSaid(issue.keys)
    case 'invalid_value':
      return valuesSaid(issue.values)
    case 'invalid_union':
      return unionSaid(issue)
    case 'invalid_key':
      return say('key')
    case 'invalid_element':
      return say('entry')
    case 'custom':
      return customSaid(issue)
  }
}

/** One complaint, as the middle of a sentence. */
export const sayIssue = (issue: z.core.$ZodIssue, lang: Lang): string => cut(saidOf(issue)(lang), MOST_WORDS)

/** The first complaints with their fields, for machines. */
export const listIssues = ({ issues }: z.core.$ZodError): { path: string; message: string }[] =>
  issues.slice(0, MOST_ISSUES).map((issue) => ({ path: fieldOf(issue), message: sayIssue(issue, 'en') }))
