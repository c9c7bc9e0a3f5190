/** Quantities by size and colour as forms name them. */
import { field, given, typed, type Form } from './forms.ts'

interface Quantity {
  size: string
  colourway: string
  quantity: number
}

/** Whatever stands in a form; an empty field was not filled in. What is no number is left for the schema to refuse. */
export const quantitiesIn = (form: Form): Quantity[] =>
  Object.keys(form).flatMap((name) => {
    const [, colourway, size] = /^q:(.+):([^:]+)$/.exec(name) ?? []
    const quantity = field(form, name).trim()
    return colourway && size && quantity ? [{ size, colourway, quantity: Number(quantity) }] : []
  })

/** A count of pieces, with its reason. */
export const piecesIn = (form: Form) => ({ pieces: quantitiesIn(form), ...given({ note: typed(form, 'note') }) })
