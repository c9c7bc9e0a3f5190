/** Keeping a style whole: materials for the roles its construction asks for, colours for those, attributes from both. */
import type { AttributeChoice, Block, Material, MaterialRole, StyleSpec } from '../../../garments/index.ts'
import { own as entry } from '../../../core/own.ts'
import { both, detailsOf, FIT_LABELS, fitClass, LENGTH_LABELS, lengthClass } from './facts.ts'
import type { BriefTrend } from './designer.ts'
import { coloursFor } from './colourways.ts'
import { deservedLooks, meets, STYLE_TAGS, wishesOf } from './implied.ts'
import { nearestColour } from './palette.ts'
import { chance } from './random.ts'
import { bestFor } from './suitability.ts'

/** Words for a role where a person reads it. */
export const ROLE_LABELS: Readonly<Record<MaterialRole, { zh: string; en: string }>> = {
  shell: both('面料', 'Shell'),
  lining: both('里料', 'Lining'),
  interlining: both('衬料', 'Interlining'),
  contrast: both('配料', 'Contrast'),
  rib: both('罗纹', 'Rib'),
  pocketing: both('袋布', 'Pocketing'),
}

/** What a contrast cloth has to be, by the construction that asks for it. */
function contrastFor(spec: StyleSpec, stock: readonly Material[]): Material | undefined {
  const wantsFur = Object.values(spec.construction).some((option) => option.includes('fur'))
  const fitting = stock.filter((m) => m.roles.includes('contrast') && (m.texture === 'fur') === wantsFur)
  return wantsFur
    ? (fitting.find(({ id }) => id.startsWith('faux-fur')) ?? fitting[0])
    : (fitting.find(({ texture }) => texture === 'corduroy') ?? fitting[0])
}

/**
 * The same style with a material for every role it needs and none it does not, and colours for exactly those.
 * What is there already and still fits stays.
 */
export function complete(spec: StyleSpec, block: Block, stock: readonly Material[]): StyleSpec {
  const roles = block.roles(spec.construction, spec.recipe)
  const materials: Partial<Record<MaterialRole, Material>> = {}
  for (const role of roles) {
    const present = spec.materials[role]
    const wantsFur = Object.values(spec.construction).some((option) => option.includes('fur'))
    const keep = present && (role !== 'contrast' || (present.texture === 'fur') === wantsFur)
    const best = () => (role === 'contrast' ? contrastFor(spec, stock) : bestFor(role, spec.category, stock))
    const chosen = keep ? present : best()
    if (chosen) materials[role] = chosen
  }
  const textures = Object.fromEntries(Object.entries(materials).map(([role, material]) => [role, material.texture]))
  const colourways = spec.colourways.map((way, i) => {
    const missing = roles.filter((role) => way.colours[role] === undefined)
    const kept = Object.fromEntries(
      Object.entries(way.colours).filter(([part]) => !(part in ROLE_LABELS) || roles.includes(part as MaterialRole)),
    )
    if (missing.length === 0) return { ...way, colours: kept }
    const shell = nearestColour(way.colours['shell'] ?? '#808080').colour
    const fresh = coloursFor(shell, roles, textures, chance(spec.seed).fork(`complete ${way.id} ${i}`))
    return { ...way, colours: { ...fresh, ...kept } }
  })
  return { ...spec, materials, colourways }
}

/** Met by another value than the one they are called by: a measure, one of several cloths, a colour of a palette. */
const ANY_OF: ReadonlySet<string> = new Set(['parameter', 'texture', 'colour'])

/** What a style is, attribute by attribute, each with the trends it came from (none = the house's own choice). */
export function attributesOf(spec: StyleSpec, block: Block, trends: readonly BriefTrend[]): AttributeChoice[] {
  const shell = spec.materials.shell
  const [long, fit] = [lengthClass(spec, block), fitClass(spec, block)]
  const lead = spec.colourways[0]
  const own: Omit<AttributeChoice, 'evidence'>[] = [
    { key: 'length', value: long, label: LENGTH_LABELS[long] },
    { key: 'silhouette', value: fit, label: FIT_LABELS[fit] },
    ...(shell ? [{ key: 'fabric', value: shell.texture, label: shell.name }] : []),
    ...(lead
      ? [{ key: 'colour', value: nearestColour(lead.colours['shell'] ?? '#808080').colour.id, label: lead.name }]
      : []),
    ...detailsOf(spec, block).map(({ slot, option, label }) => ({ key: slot, value: option, label })),
  ]
  const met = trends.map((trend) => ({
    trend,
    wishes: wishesOf(trend, block).filter((wish) => meets(spec, block, wish)),
  }))
  // An attribute came from a trend where the trend asked for exactly this, or for the measures that make it so.
  const evidenceFor = (key: string, value: string): string[] =>
    met.flatMap(({ trend, wishes }) =>
      wishes.some((wish) => wish.key === key && (wish.value === value || ANY_OF.has(wish.kind))) ? [trend.id] : [],
    )
  const looks = met.flatMap(({ trend }) =>
    deservedLooks(spec, block, trend).map((value) => ({
      value,
      trend: trend.id,
      label: entry(STYLE_TAGS, value) ?? trend.label,
    })),
  )
  const styles = [...new Map(looks.map((look) => [look.value, look])).values()].map(({ value, label }) => ({
    key: 'style',
    value,
    label,
    evidence: looks.filter((look) => look.value === value).map(({ trend }) => trend),
  }))
  return [
    ...own.map((attribute) => ({ ...attribute, evidence: evidenceFor(attribute.key, attribute.value) })),
    ...styles,
  ]
}
