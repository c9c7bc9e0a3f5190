import { definitionOf } from '../categories/index.ts'
import type { Full, PackshotInput } from '../drawing/input.ts'
import type { Layout } from '../drawing/layout.ts'

/** A garment laid out as its category draws it. */
export const layoutOf = (input: PackshotInput, measures: Full): Layout =>
  definitionOf(input.category).drawing.layout(input, measures)
