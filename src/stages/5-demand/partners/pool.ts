/** Who stands together in a pool, said so that it identifies nobody. */

/** Letters that are a word each. */
const WORD_LETTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const LETTER = /[\p{L}\p{N}]/u

/**
 * A name as everybody may read it: `王**`, `W. C.`. One sign of a Chinese name, the first letters of at most two words of
 * another; always the same length, so that it does not tell how long the name is.
 * @returns undefined for a name without a letter
 */
export function shortName(name: string): string | undefined {
  const words = name
    .normalize('NFC')
    .split(/[\s.·・,_@-]+/u)
    .map((word) => [...word].find((sign) => LETTER.test(sign)))
    .filter((sign) => sign !== undefined)
  const [first, second] = words
  if (first === undefined) return undefined
  if (WORD_LETTER.test(first)) return `${first}**`
  return [first, second].flatMap((sign) => (sign === undefined ? [] : `${sign.toUpperCase()}.`)).join(' ')
}
