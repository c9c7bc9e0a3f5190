import { z } from 'zod'
import type { Problem } from '../../core/errors.ts'
import type { Transitions } from '../../core/states.ts'
import { emailAddress, oneLine } from '../../core/typed.ts'
import { isPlainLine, LANGS, type Lang, type Localized } from '../../core/values.ts'
import { contactShape } from './contact.ts'
import { refused } from './messages.ts'
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

const anyLines = z
  .array(
    z.strictObject({
      size: z.string().min(1).max(20),
      colourway: z.string().min(1).max(60),
      quantity: z.int().min(1).max(10_000),
    }),
  )
  .max(200)
/** So many of each size and colour. */
export const preorderLines = anyLines.min(1)

export const preorderSchema = z.strictObject({
  /** One of e-mail and telephone, whichever the campaign verifies. */
  email: emailAddress.optional(),
  name: oneLine(1, 120),
  ...contactShape,
  /** Of the letters to the buyer; the request's own language where it is left out. */
  lang: z.enum(LANGS).optional(),
  lines: preorderLines,
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
  lines: readonly PreorderLine[],
  colourways: readonly { id: string; name: Localized }[],
  lang: Lang,
): string =>
  lines
    .map(({ size, colourway, quantity }) => {
      const name = colourways.find(({ id }) => id === colourway)?.name[lang] ?? colourway
      return `  ${name} · ${size} × ${quantity}`
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

/** The name stands in letters to an address that whoever typed it need not own. @throws Problem 422 */
export function checkName(name: string): void {
  if (isPlainLine(name)) return
  throw refused('preorders.name', undefined, { field: 'name' })
}

export const overCap = (cap: number): Problem => refused('preorders.cap', { cap }, { field: 'lines', details: { cap } })
