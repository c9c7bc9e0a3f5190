/**
 * Text that came from outside, as both databases can keep it: PostgreSQL stores no NUL in text and neither a NUL nor half
 * a surrogate pair in JSON, and refuses the whole row.
 */

/** Half a pair becomes U+FFFD, a NUL goes. */
export const storableText = (text: string): string =>
  text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\u0000', '')

/** At most so many UTF-16 units, never half a character. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')

/** A JSON value with every text in it, names of members included, as {@link storableText}. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storableJson)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [storableText(name), storableJson(each)]))
  return value
}
