/** Wishes about colour: named colours, families, darker and lighter, of the cloth, the lining, the buttons. */
import type { Localized } from '../../../core/values.ts'
import type { Colourway, MaterialRole } from '../../../garments/index.ts'
import { chromaOf, deltaE, hueApart, hueOf } from '../designer/colour.ts'
import { coloursFor } from '../designer/colourways.ts'
import { both } from '../designer/facts.ts'
import {
  colourById,
  FAMILY_WORDS,
  nearestColour,
  PALETTE,
  type ColourFamily,
  type NamedColour,
} from '../designer/palette.ts'
import { chance } from '../designer/random.ts'
import type { Clause, Draft } from './draft.ts'

const MOST_COLOURWAYS = 6

const TRIM_LABELS: Readonly<Record<string, Localized>> = {
  button: both('扣子颜色', 'Button colour'),
  zip: both('拉链颜色', 'Zip colour'),
  thread: both('缝线颜色', 'Thread colour'),
  buckle: both('带扣颜色', 'Buckle colour'),
  lining: both('里料颜色', 'Lining colour'),
  contrast: both('配料颜色', 'Contrast colour'),
}

const shellOf = (way: Colourway | undefined): NamedColour => nearestColour(way?.colours['shell'] ?? '#808080').colour

/** A family's colour: the usual one, or its darkest or lightest. */
function ofFamily(family: ColourFamily, shade: number): NamedColour | undefined {
  const all = PALETTE.filter((colour) => colour.family === family).sort((a, b) => a.lab.l - b.lab.l)
  if (shade < 0) return all[0]
  if (shade > 0) return all.at(-1)
  return colourById(FAMILY_WORDS[family].typical) ?? all[0]
}

/** The same hue one clear step darker or lighter. */
function shifted(from: NamedColour, sign: 1 | -1): NamedColour | undefined {
  const step = (colour: NamedColour) => sign * (colour.lab.l - from.lab.l)
  const strange = (colour: NamedColour) => {
    const grey = chromaOf(from.lab) < 10 || chromaOf(colour.lab) < 10
    const hue = grey
      ? 0.4 * Math.abs(chromaOf(from.lab) - chromaOf(colour.lab))
      : hueApart(hueOf(from.lab), hueOf(colour.lab))
    return hue + 0.6 * Math.abs(step(colour) - 14) + (colour.family === from.family ? 0 : 12)
  }
  return PALETTE.filter((colour) => step(colour) >= 5 && step(colour) <= 45).sort((a, b) => strange(a) - strange(b))[0]
}

function wanted(draft: Draft, clause: Clause): NamedColour | undefined {
  const named = clause.first('colour')
  if (named) return colourById(named.id)
  const family = clause.first('family')
  if (family) return ofFamily(family.family, clause.first('shade')?.sign ?? 0)
  return undefined
}

const recolour = (draft: Draft, colour: NamedColour): Colourway => {
  const roles = draft.block.roles(draft.spec.construction, draft.spec.recipe)
  const textures = Object.fromEntries(Object.entries(draft.spec.materials).map(([role, m]) => [role, m.texture]))
  const random = chance(draft.spec.seed).fork(`colourway ${colour.id}`)
  return { id: colour.id, name: colour.name, colours: coloursFor(colour, roles, textures, random) }
}

const sayWays = (ways: readonly Colourway[]): Localized =>
  both(ways.map(({ name }) => name.zh).join('、'), ways.map(({ name }) => name.en).join(', '))

function setWays(draft: Draft, ways: readonly Colourway[]): void {
  const before = draft.spec.colourways
  draft.spec = { ...draft.spec, colourways: ways }
  draft.changes.push({
    field: 'colourways',
    label: both('配色', 'Colourways'),
    from: sayWays(before),
    to: sayWays(ways),
  })
}

/** Lead with a colour: moved to the front where it is there, else in place of the first colourway. */
function lead(draft: Draft, colour: NamedColour): void {
  const ways = draft.spec.colourways
  const at = ways.findIndex(({ id }) => id === colour.id)
  if (at === 0) return
  const there = ways[at]
  setWays(draft, there ? [there, ...ways.filter((way) => way !== there)] : [recolour(draft, colour), ...ways.slice(1)])
}

/** Lead with a colour of the palette by its id; false when there is none. */
export function leadWith(draft: Draft, id: string): boolean {
  const colour = colourById(id)
  if (!colour) return false
  lead(draft, colour)
  return true
}

function add(draft: Draft, colour: NamedColour, clause: Clause): void {
  const ways = draft.spec.colourways
  if (ways.some(({ id }) => id === colour.id)) return
  if (ways.length >= MOST_COLOURWAYS) {
    draft.refused.push({
      words: clause.text,
      reason: both(
        `一个款最多 ${MOST_COLOURWAYS} 个配色，请先去掉一个。`,
        `A style has at most ${MOST_COLOURWAYS} colourways. Take one away first.`,
      ),
    })
    return
  }
  setWays(draft, [...ways, recolour(draft, colour)])
}

/** Take away the colourways of a colour or its family; the last one stays. */
function takeAway(draft: Draft, clause: Clause): void {
  const ids = new Set(clause.all('colour').map(({ id }) => id))
  const families = new Set(clause.all('family').map(({ family }) => family))
  const ways = draft.spec.colourways
  const left = ways.filter((way) => !ids.has(way.id) && !families.has(shellOf(way).family))
  if (left.length === ways.length) return
  if (left.length > 0) return setWays(draft, left)
  const other = shifted(shellOf(ways[0]), shellOf(ways[0]).lab.l > 50 ? -1 : 1)
  if (other) setWays(draft, [recolour(draft, other)])
}

/** A part of its own colour: buttons, thread, lining, a contrast collar – in every colourway. */
function paint(draft: Draft, part: string, hex: string, name: Localized): void {
  const ways = draft.spec.colourways
  if (ways.every(({ colours }) => colours[part] === hex)) return
  const was = nearestColour(ways[0]?.colours[part] ?? '#808080').colour.name
  draft.spec = { ...draft.spec, colourways: ways.map((way) => ({ ...way, colours: { ...way.colours, [part]: hex } })) }
  draft.changes.push({ field: `colours.${part}`, label: TRIM_LABELS[part] ?? both(part, part), from: was, to: name })
}

const METALS: Readonly<Record<string, Localized>> = {
  gold: both('金色', 'gold'),
  silver: both('银色', 'silver'),
  bronze: both('古铜色', 'bronze'),
  gunmetal: both('枪色', 'gunmetal'),
}

function partsOf(draft: Draft, clause: Clause): string[] {
  const roles: readonly MaterialRole[] = draft.block.roles(draft.spec.construction, draft.spec.recipe)
  const slots = clause.all('slot').map(({ slot }) => slot)
  return [
    ...clause.all('trim').map(({ trim }) => trim),
    ...(slots.includes('lining') && roles.includes('lining') ? ['lining'] : []),
    ...(slots.includes('collar') && roles.includes('contrast') ? ['contrast'] : []),
    ...(clause.all('option').some(({ option }) => option === 'fur') && roles.includes('contrast') ? ['contrast'] : []),
  ]
}

export function applyColours(draft: Draft, clause: Clause): boolean {
  const metal = clause.first('metal')
  const parts = partsOf(draft, clause)
  if (metal) {
    for (const part of parts.length > 0 ? parts : ['button', 'zip', 'buckle'])
      paint(draft, part, metal.hex, METALS[metal.name] ?? both(metal.name, metal.name))
    clause.hear('trim')
    return true
  }
  const colour = wanted(draft, clause)
  if (colour && parts.length > 0) {
    for (const part of parts) paint(draft, part, colour.hex, colour.name)
    clause.hear('trim', 'slot', 'option')
    return true
  }
  if (colour && clause.negated) {
    takeAway(draft, clause)
    clause.hear('colour', 'family')
    return true
  }
  if (colour) {
    if (clause.has('colourway') && clause.has('add')) add(draft, colour, clause)
    else lead(draft, colour)
    return true
  }
  return applyShade(draft, clause)
}

/** "Darker", "not so bright": of the garment, where no cloth is meant. */
function applyShade(draft: Draft, clause: Clause): boolean {
  const shade = clause.all('shade')[0]
  const elsewhere = clause.has('cloth') || clause.has('aspect') || clause.has('fibre') || clause.has('quality')
  if (!shade || elsewhere) return false
  const from = shellOf(draft.spec.colourways[0])
  const turned = clause.negated || clause.has('too')
  const sign = (turned ? -shade.sign : shade.sign) as 1 | -1
  clause.first('shade')
  const to = shifted(from, sign)
  if (to && deltaE(to.lab, from.lab) > 0) lead(draft, to)
  return true
}
