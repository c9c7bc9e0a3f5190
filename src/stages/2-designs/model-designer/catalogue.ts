/** What the house can make, in the compact words a prompt has room for. */
import type { Block, Material } from '../../../garments/index.ts'
import type { BriefTrend, DesignBrief, Sold } from '../designer/designer.ts'
import { COLOUR_FAMILIES, PALETTE, type NamedColour } from '../designer/palette.ts'
import { shellSuits } from '../designer/suitability.ts'
import type { Preferences } from '../designer/preference.ts'
import { fenced } from './prompts.ts'

/** A prompt has room for so many. */
const MOST_LEANINGS = 12

const sayBlock = (block: Block): string => {
  const parameters = block.parameters.map(
    ({ key, min, max, default: preset, unit, label }) => `${key} (${label.en}): ${min} to ${max}, ${preset}, ${unit}`,
  )
  const slots = block.construction.map(({ slot, options, default: preset }) => {
    const ordered = [...options].sort((a, b) => Number(b.value === preset) - Number(a.value === preset))
    return `${slot}: ${ordered.map(({ value }) => value).join(' | ')}`
  })
  return `# ${block.category}, ${block.gender}\n${parameters.join('\n')}\n${slots.join('\n')}`
}

export const sayBlocks = (blocks: readonly Block[]): string => blocks.map(sayBlock).join('\n\n')

export const sayMaterials = (materials: readonly Material[], blocks: readonly Block[]): string =>
  materials
    .map((m) => {
      const composition = m.composition.map(({ fibre, percent }) => `${percent}% ${fibre}`).join(' ')
      const suits = [...new Set(blocks.map(({ category }) => category))].filter(
        (category) => shellSuits(m, category, 'all-season') > 0,
      )
      return `${m.id}: ${m.name.en} (${m.name.zh}), ${m.texture}, ${m.gsm} gsm, ${composition}, ${(m.pricePerMetre / 100).toFixed(2)} ${m.currency}/m; ${suits.join(', ')}`
    })
    .join('\n')

export const sayColours = (colours: readonly NamedColour[] = PALETTE): string =>
  COLOUR_FAMILIES.map(
    (family) =>
      `${family}: ${colours
        .filter((colour) => colour.family === family)
        .map(({ id, name }) => `${id} (${name.zh})`)
        .join(', ')}`,
  ).join('\n')

export const sayPrice = ({ priceBand, currency }: Pick<DesignBrief, 'priceBand' | 'currency'>): string =>
  priceBand ? `${priceBand.min / 100} to ${priceBand.max / 100} ${currency}` : 'open'

export const saySold = (sold: readonly Sold[]): string =>
  sold.length === 0 ? 'nothing yet' : sold.map(({ key, value, units }) => `${key} ${value}: ${units}`).join(', ')

/** What was thought of attributes before, beside what sold: 1 is neither liked nor disliked. */
export const sayPreferences = (preferences: Preferences): string => {
  const said = [...preferences.values()]
    .filter(({ factor }) => Math.abs(factor - 1) >= 0.03)
    .sort((a, b) => Math.abs(b.factor - 1) - Math.abs(a.factor - 1))
    .slice(0, MOST_LEANINGS)
  if (said.length === 0) return ''
  return `; leaning of the house, 0.5 to 1.5: ${said.map(({ key, value, factor }) => `${key} ${value} ${factor.toFixed(2)}`).join(', ')}`
}

/** Trends as data: one JSON value a line, so that no text of a feed stands on a line of its own. */
export const sayTrends = (trends: readonly BriefTrend[]): string =>
  trends
    .map(({ id, term, label, kind, scores, implies, titles }) =>
      fenced(JSON.stringify({ id, term, label, kind, scores, implies, headlines: titles })),
    )
    .join('\n')
