/** A sentence cut into what its words mean. */
import type { Entry } from './lexicon.ts'
import type { Meaning } from './meaning.ts'

export interface Token {
  from: number
  to: number
  text: string
  /** More than one only where two slots have an option of that name. */
  meanings: Meaning[]
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{Script=Latin}\d]/u.test(char)

const NUMERALS: Readonly<Record<string, number>> = {
  半: 0.5,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** `12.5`, `五`, `十二`, `三十` as numbers. */
function numberOf(text: string): number {
  if (/^[\d.]/.test(text)) return Number(text)
  const [tens, ones] = text.split('十')
  if (ones === undefined) return [...text].reduce((sum, char) => sum * 10 + (NUMERALS[char] ?? 0), 0)
  return (tens ? (NUMERALS[tens] ?? 1) : 1) * 10 + (NUMERALS[ones] ?? 0)
}

/** Millimetres per unit; a Chinese 寸 is a thirtieth of a metre. */
const UNITS: Readonly<Record<string, number>> = {
  厘米: 10,
  公分: 10,
  cm: 10,
  毫米: 1,
  mm: 1,
  英寸: 25.4,
  inches: 25.4,
  inch: 25.4,
  寸: 100 / 3,
}
const AMOUNT =
  /(\d+(?:\.\d+)?|[半一二两三四五六七八九十]+)\s*(厘米|公分|cm|毫米|mm|英寸|inches|inch|寸|%|％|排扣|行扣|排|行|rows)/y

function amountAt(sentence: string, at: number): Token | undefined {
  AMOUNT.lastIndex = at
  const match = AMOUNT.exec(sentence)
  if (!match?.[1] || !match[2]) return undefined
  const value = numberOf(match[1])
  const perUnit = UNITS[match[2]]
  const bare = /[%％]/.test(match[2]) ? { percent: value } : { count: value }
  const meaning: Meaning = { kind: 'amount', ...(perUnit === undefined ? bare : { mm: value * perUnit }) }
  return { from: at, to: at + match[0].length, text: match[0], meanings: [meaning] }
}

/** Longest match first, left to right; what no entry knows comes back as a token of the kind `unknown`. */
export function tokenize(sentence: string, lexicon: readonly Entry[]): Token[] {
  const tokens: Token[] = []
  let strange = ''
  let at = 0
  const flush = () => {
    const text = strange.trim()
    if (/[\p{L}\p{N}]/u.test(text))
      tokens.push({ from: at - strange.length, to: at, text, meanings: [{ kind: 'unknown' }] })
    strange = ''
  }
  while (at < sentence.length) {
    const amount = isWordChar(sentence[at - 1]) ? undefined : amountAt(sentence, at)
    if (amount) {
      flush()
      tokens.push(amount)
      at = amount.to
      continue
    }
    const startsWord = !isWordChar(sentence[at - 1])
    const hits = lexicon.filter(
      ({ text, latin }) =>
        sentence.startsWith(text, at) && (!latin || (startsWord && !isWordChar(sentence[at + text.length]))),
    )
    const first = hits[0]
    if (!first) {
      strange += sentence[at] ?? ''
      at++
      continue
    }
    flush()
    const to = at + first.text.length
    tokens.push({
      from: at,
      to,
      text: first.text,
      meanings: hits.filter(({ text }) => text === first.text).map(({ meaning }) => meaning),
    })
    at = to
  }
  flush()
  return tokens
}
