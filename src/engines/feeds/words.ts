import { decode as decodeEntities } from 'html-entities'
import type { Lang } from '../../core/values.ts'

const LONGEST_TITLE = 300
const LONGEST_ID = 500
/** Half of a pair of surrogates is no character, and no database takes it. */
const HALF = /\p{Cs}/gu
const LOST = '\uFFFD'

/** A Han character anywhere makes a title Chinese: English titles have none, Chinese ones often carry Latin words. */
export const guessLang = (text: string): Lang => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en')

/** A title as a person would read it: markup gone, spaces single, not endless. "Shirts < 100" keeps its sign. */
export function cleanTitle(raw: string): string {
  const text = raw
    .slice(0, LONGEST_TITLE * 8)
    .replace(HALF, LOST)
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1).replace(HALF, '')}…` : text
}

const LONGEST_BEGINNING = 120

/** The beginning of a post, for one without a title: what a reader sees of its markup. */
export function beginningOf(html: string): string {
  const text = html
    .slice(0, 20_000)
    .replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<!\[CDATA\[|\]\]>|<!DOCTYPE[^>]*>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
  const title = cleanTitle(decodeEntities(text))
  return title.length > LONGEST_BEGINNING ? `${title.slice(0, LONGEST_BEGINNING - 1).replace(HALF, '')}…` : title
}

/** An id as it can be stored: no zero byte, no half of a pair, not endless. */
export const cleanId = (raw: string): string =>
  raw
    .slice(0, LONGEST_ID)
    .replace(HALF, LOST)
    .replace(/[\p{Cc}]+/gu, '')
    .trim()

/**
 * Only addresses a reader may safely be sent to; anything else (javascript:, data:) is dropped. A relative one is
 * completed from what it stands in, or dropped where nothing says where that is.
 */
export function cleanUrl(raw: string | null | undefined, base?: string | undefined): string | undefined {
  const text = raw?.trim()
  if (!text || text.length > 2000) return undefined
  const within = base !== undefined && URL.canParse(base) ? base : undefined
  if (!URL.canParse(text, within)) return undefined
  const url = new URL(text, within)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
