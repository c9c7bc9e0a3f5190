import { hash } from 'node:crypto'

/**
 * One text for one value: keys sorted by UTF-16 code unit, no white space, `undefined` members left out.
 * The form of RFC 8785 for the JSON we make ourselves (finite numbers, plain objects).
 * @throws TypeError for a number that JSON cannot say (NaN, ±Infinity)
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`canonical form of ${value}`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const record = value as Record<string, unknown>
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`)
  return `{${members.join(',')}}`
}

/** SHA-256 as 64 lower-case hex digits, of text (UTF-8) or bytes. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data)

/** The hash of a value's canonical form: equal values, equal hash, whatever the order of their keys. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value))

/** Names of the members that are not the same in both, for a log that says what was changed and not into what. */
export const changedFields = (before: object, after: object): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      canonicalJson((before as Record<string, unknown>)[name]) !==
      canonicalJson((after as Record<string, unknown>)[name]),
  )
