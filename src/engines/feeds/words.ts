import type { Lang } from '../../core/values.ts'

const LONGEST_TITLE = 300

/** A Han character anywhere makes a title Chinese: English titles have none, Chinese ones often carry Latin words. */
export const guessLang = (text: string): Lang => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en')

/** A title as a person would read it: markup gone, spaces single, not endless. "Shirts < 100" keeps its sign. */
export function cleanTitle(raw: string): string {
  const text = raw
    .slice(0, LONGEST_TITLE * 8)
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text
}

/** Only addresses a reader may safely be sent to; anything else (javascript:, data:, relative) is dropped. */
export function cleanUrl(raw: string | null | undefined): string | undefined {
  if (!raw || raw.length > 2000 || !URL.canParse(raw)) return undefined
  const url = new URL(raw)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
