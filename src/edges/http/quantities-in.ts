/** Quantities by size and colour as forms name them. */
import { field, given, typed, type Form } from './forms.ts'

interface Quantity {
  size: string
  colourway: string
  quantity: number
}

/** Whatever stands in a form; an empty field was not filled in. What is no number is left for the schema to refuse. */
export const quantitiesIn = (form: Form, named: 'q' | 'w' = 'q'): Quantity[] =>
  Object.keys(form).flatMap((name) => {
    const [, kind, colourway, size] = /^([qw]):(.+):([^:]+)$/.exec(name) ?? []
    if (kind !== named) return []
    const quantity = field(form, name).trim()
    return colourway && size && quantity ? [{ size, colourway, quantity: Number(quantity) }] : []
  })

/** A count of pieces, with its reason. */
export const piecesIn = (form: Form) => ({ pieces: quantitiesIn(form), ...given({ note: typed(form, 'note') }) })

const chosen = (lines: Quantity[]): Quantity[] => lines.filter(({ quantity }) => quantity !== 0)

/** What a buyer asks to send back: `q:` what, `w:` what in exchange, `f:` where it does not fit. */
export function returnIn(form: Form) {
  const want = chosen(quantitiesIn(form, 'w'))
  const fits = Object.fromEntries(
    Object.keys(form).flatMap((name) => {
      const [, code] = /^f:(.+)$/.exec(name) ?? []
      return code && field(form, name) ? [[code, field(form, name)]] : []
    }),
  )
  return {
    kind: field(form, 'kind'),
    reason: field(form, 'reason'),
    lines: chosen(quantitiesIn(form)),
    ...(Object.keys(fits).length ? { fits } : {}),
    ...(want.length ? { want } : {}),
    ...given({ words: typed(form, 'words') }),
  }
}
