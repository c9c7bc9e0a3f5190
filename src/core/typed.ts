/**
 * What people and machines type that will stand in letters and pages of others: one place that says what may. A fault is
 * told in both languages (`params.said`), which zod's own catalogues cannot.
 */
import { z } from 'zod'
import { MOST_EMAIL, readEmail } from './email.ts'
import type { Localized } from './values.ts'
import { noSuchZone, timeZoneOf } from './zones.ts'

/** A refinement's complaint that the one translator of issues (core/issues.ts) says in the reader's language. */
export const said = (text: Localized) => ({ code: 'custom' as const, message: text.en, params: { said: text } })

/** Control characters but tab and line breaks; halves of characters; what a wrong encoding leaves behind. */
const BROKEN = /[^\P{Cc}\t\n\r]|\p{Cs}|\ufffd|[\ufdd0-\ufdef\ufffe\uffff]/u
/** They turn the writing round, so that what is read is not what is stored: a link, a price, a name. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/
const BREAKS = /[\t\n\r\u0085\p{Zl}\p{Zp}]/u
/** More marks on one letter than any script puts there: they run over the lines above and below. */
const HEAPED = /\p{Mn}{4,}/u
/** Something must be seen: a name of joiners, fillers and blanks is none. */
const SEEN = /[^\s\p{Cc}\p{Cf}\p{Zs}\p{Mn}\u115f\u1160\u3164\uffa0\u2800]/u
/** Written over the whole text: two marks on every letter hide it as well as thirty on one. */
const MOST_MARKS_PER_LETTER = 1.5

/** Latin letters, Chinese ones and their points: nothing below can be wrong with it, but that it is blank. */
const PLAIN = /^[\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff08\uff09\uff0c\uff1a]+$/

/** What is wrong with a text that was typed; nothing where it can stand anywhere. Length is the schema's own affair. */
export function faultOf(text: string, lines: 'one' | 'several'): Localized | undefined {
  if (PLAIN.test(text) && text.trim() !== '') return undefined
  if (BROKEN.test(text))
    return {
      en: 'it contains control or broken characters. Type it again instead of pasting it',
      zh: '含有控制字符或乱码，请重新输入而不要粘贴',
    }
  if (TURNING.test(text))
    return {
      en: 'it contains invisible signs that turn the direction of writing. Type it again instead of pasting it',
      zh: '含有改变文字方向的不可见字符，请重新输入而不要粘贴',
    }
  if (lines === 'one' && BREAKS.test(text))
    return { en: 'it must be one line, without tabs or line breaks', zh: '须为一行文字，不能包含制表符或换行' }
  const marks = text.length > 8 ? (text.match(/\p{Mn}/gu)?.length ?? 0) : 0
  if (HEAPED.test(text) || marks > MOST_MARKS_PER_LETTER * (text.match(/\p{L}/gu)?.length ?? 0) + 4)
    return { en: 'it has too many marks on one letter', zh: '单个字符上叠加的符号过多' }
  if (text !== '' && !SEEN.test(text))
    return {
      en: 'nothing of it can be seen; write at least one letter or digit',
      zh: '内容不可见，请至少填写一个文字或数字',
    }
  return undefined
}

const checked = (lines: 'one' | 'several') => (text: string, context: z.core.$RefinementCtx<string>) => {
  const fault = faultOf(text, lines)
  if (fault) context.addIssue(said(fault))
}

/** A line that others will read: a name, a reason, an address. Trimmed, composed. `min` 0 where it may be empty. */
export const oneLine = (min: number, max: number) =>
  z.string().trim().min(min).max(max).normalize('NFC').superRefine(checked('one'))

/** A text of several lines that others will read. */
export const paragraphs = (min: number, max: number) =>
  z.string().trim().min(min).max(max).normalize('NFC').superRefine(checked('several'))

/** A telephone number as people write it: digits, spaces and `+ - ( ) . /`, with an extension (`ext. 12`, `转 8001`). */
export const telephone = oneLine(1, 60).superRefine((typed, context) => {
  const digits = typed.match(/\p{Nd}/gu)?.length ?? 0
  if (
    digits >= 3 &&
    digits <= 24 &&
    /^[\p{Nd}\s+()（）./,;#*–-]*(?:(?:ext|x|转|分机)[.:：]?\s*[\p{Nd}\s-]+)?$/iu.test(typed)
  )
    return
  context.addIssue(
    said({
      en: 'it must be a telephone number, such as +86 21 5555 0100 or 021-55550100 ext. 12',
      zh: '须为电话号码，例如 +86 21 5555 0100 或 021-55550100 转 12',
    }),
  )
})

/** An e-mail address, stored in the form it is written to. */
export const emailAddress = z
  .string()
  .max(2 * MOST_EMAIL)
  .meta({ format: 'email' })
  .transform((typed, context) => {
    const read = readEmail(typed)
    if ('address' in read) return read.address
    context.addIssue({ ...said(read.fault), input: typed })
    return z.NEVER
  })

/** A time zone by its name in the tz database. */
export const timeZoneName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .transform((typed, context) => {
    const zone = timeZoneOf(typed)
    if (zone) return zone
    context.addIssue({ ...said(noSuchZone(typed)), input: typed })
    return z.NEVER
  })
