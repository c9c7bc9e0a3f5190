import { z } from 'zod'
import type { Problem } from '../../core/errors.ts'
import type { Transitions } from '../../core/states.ts'
import { emailAddress, oneLine } from '../../core/typed.ts'
import { formatMoney, isPlainLine, LANGS, type Currency, type Lang, type Localized } from '../../core/values.ts'
import { contactShape } from './contact.ts'
import { refused } from './messages.ts'
import type { PledgedLine } from './pledges.ts'
import type { PREORDER_STATES, PreorderLine } from './tables.ts'

export { normaliseEmail, personKey } from '../../core/person.ts'

export type PreorderState = (typeof PREORDER_STATES)[number]

export const PREORDER_MOVES: Transitions<PreorderState> = {
  pending: ['confirmed', 'cancelled', 'released'],
  confirmed: ['in-lot', 'cancelled', 'released'],
  'in-lot': ['fulfilled', 'released'],
  fulfilled: [],
  cancelled: [],
  released: [],
}

const preorderLine = z.strictObject({
  size: z.string().min(1).max(20),
  colourway: z.string().min(1).max(60),
  quantity: z.int().min(1).max(10_000),
})
const anyLines = z.array(preorderLine).max(200)
/** So many of each size and colour. */
export const preorderLines = anyLines.min(1)

/** The same, each of which may count up to a price only. */
const pledgedLines = z
  .array(
    preorderLine.extend({
      /**
       * The highest unit price at which the line counts, in minor units; left out, it counts at every price. Lines add up:
       * 10 at 99 and 15 more at 85 are 25 at 85.
       */
      atMost: z.int().min(1).max(1_000_000_000).optional(),
    }),
  )
  .min(1)
  .max(200)

export const preorderSchema = z.strictObject({
  /** One of e-mail and telephone, whichever the campaign verifies. */
  email: emailAddress.optional(),
  name: oneLine(1, 120),
  ...contactShape,
  terms: z.int().min(1).max(1_000_000).optional().meta({
    description: 'The version of the terms of sale that the buyer accepts (GET /terms): kept with the order.',
  }),
  /** Of the letters to the buyer; the request's own language where it is left out. */
  lang: z.enum(LANGS).optional(),
  lines: pledgedLines,
})
/** What whoever lost a link types: the address of the pre-order. */
export const linkRequest = z.strictObject({ email: emailAddress })
/** What a buyer's link carries. */
export const byLink = z.object({ id: z.string(), token: z.string() })
/** A code as people type it: with blanks, in wide digits. */
export const typedCode = z
  .string()
  .trim()
  .max(12)
  .transform((typed) => typed.normalize('NFKC').replaceAll(/\D/g, ''))
/** What the link to everything of one person carries. */
export const byPerson = z.object({ token: z.string().max(2000) })
/** What a buyer takes instead. (Whether the link holds is told before whether anything was chosen.) */
export const linesByLink = byLink.extend({ lines: anyLines.default([]) })
export type PreorderRequest = z.infer<typeof preorderSchema> & { lang: Lang }

export const unitsOf = (lines: readonly PreorderLine[]): number => lines.reduce((sum, line) => sum + line.quantity, 0)

/** Lines as a letter lists them, one below the other, colours by their names. */
export const listedLines = (
  lines: readonly PledgedLine[],
  colourways: readonly { id: string; name: Localized }[],
  lang: Lang,
  /** What is said of a line that counts up to a price only. */
  upTo?: (atMost: number) => string,
): string =>
  lines
    .map(({ size, colourway, quantity, atMost }) => {
      const name = colourways.find(({ id }) => id === colourway)?.name[lang] ?? colourway
      return `  ${name} · ${size} × ${quantity}${atMost === undefined || !upTo ? '' : upTo(atMost)}`
    })
    .join('\n')

/** Sum lines per size and colourway, in the order of the campaign's own sizes and colourways. */
export function totalLines(
  lines: readonly PreorderLine[],
  sizes: readonly string[],
  colourways: readonly string[],
): PreorderLine[] {
  const totals = new Map<string, number>()
  for (const { size, colourway, quantity } of lines)
    totals.set(`${colourway}\n${size}`, (totals.get(`${colourway}\n${size}`) ?? 0) + quantity)
  return colourways.flatMap((colourway) =>
    sizes.flatMap((size) => {
      const quantity = totals.get(`${colourway}\n${size}`)
      return quantity ? [{ size, colourway, quantity }] : []
    }),
  )
}

const listed = (words: readonly string[]): Localized => ({ zh: words.join('、'), en: words.join(', ') })

/** @throws Problem 422 naming the line's field and what it may be */
export function checkLines(
  lines: readonly PreorderLine[],
  sizes: readonly string[],
  colourways: readonly string[],
): void {
  lines.forEach((line, index) => {
    if (!sizes.includes(line.size))
      throw refused('preorders.size', { size: line.size, sizes: listed(sizes) }, { field: `lines.${index}.size` })
    if (!colourways.includes(line.colourway))
      throw refused(
        'preorders.colourway',
        { colourway: line.colourway, colourways: listed(colourways) },
        { field: `lines.${index}.colourway` },
      )
  })
}

/**
 * A pledge is for a price that its lot can have. @param prices of the ladder that gathers
 * @throws Problem 422 where it is for none, or where the price follows other lots, too
 */
export function checkPledge(
  lines: readonly PledgedLine[],
  { pricing, prices, currency }: { pricing: 'lot' | 'total'; prices: readonly number[]; currency: Currency },
): void {
  const lowest = Math.min(...prices)
  lines.forEach(({ atMost }, index) => {
    if (atMost === undefined) return
    const at = { field: `lines.${index}.atMost` }
    if (pricing === 'total') throw refused('preorders.pledge-total', undefined, at)
    if (atMost >= lowest) return
    const told = { zh: formatMoney(lowest, currency, 'zh'), en: formatMoney(lowest, currency, 'en') }
    throw refused('preorders.pledge-low', { lowest: told }, { ...at, details: { lowest } })
  })
}

/** The name stands in letters to an address that whoever typed it need not own. @throws Problem 422 */
export function checkName(name: string): void {
  if (isPlainLine(name)) return
  throw refused('preorders.name', undefined, { field: 'name' })
}

export const overCap = (cap: number): Problem => refused('preorders.cap', { cap }, { field: 'lines', details: { cap } })
