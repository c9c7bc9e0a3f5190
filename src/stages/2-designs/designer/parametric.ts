/**
 * The embedded designer: no model, no network. From trends × blocks × parameters × construction × cloth × colour it
 * composes many candidates and keeps those that differ most. The same brief and seed give the same designs.
 */
import {
  blockFor,
  BLOCKS,
  defaultSystem,
  normalise,
  SIZE_SYSTEMS,
  type Block,
  type Category,
  type Gender,
  type Material,
  type Parameter,
  newestRecipe,
  type StyleSpec,
} from '../../../garments/index.ts'
import { refused } from '../messages.ts'
import { attributesOf, complete } from './compose.ts'
import { colourwaysFor } from './colourways.ts'
import type { BriefTrend, DesignBrief, Designer, Proposal } from './designer.ts'
import { spread, styleDistance } from './distance.ts'
import { fitParameters, lengthParameter, type FitClass, type LengthClass } from './facts.ts'
import { bestFidelity, fidelityOf, sayUnmet, type Fidelity } from './fidelity.ts'
import { leaningTo, NO_PREFERENCES, sayLeanings, type Preferences } from './preference.ts'
import { concerns, meets, subjectOf, wishesOf, type Wish } from './implied.ts'
import type { NamedColour } from './palette.ts'
import { chance, type Chance } from './random.ts'
import { garmentSuits, roughPrice, shellSuits } from './suitability.ts'
import { nameOf, storyOf } from './words.ts'

/** Candidates composed for each design wanted: enough for the spread to have a choice, few enough to be instant. */
const CANDIDATES_PER_PROPOSAL = 14

/** Where the fit and length classes stand between default (0) and bound (±1); the classes' own limits are in facts.ts. */
const FIT_AT: Readonly<Record<FitClass, number>> = { slim: -0.55, regular: 0, relaxed: 0.42, oversized: 0.8 }
const LENGTH_AT: Readonly<Record<LengthClass, number>> = { short: -0.6, regular: 0, long: 0.5, 'extra-long': 0.85 }

/** The parameter's value where it stands at `at` (−1 lower bound, 0 default, 1 upper bound), on its own step. */
export function valueAt(parameter: Parameter, at: number): number {
  const { min, max, default: preset, step } = parameter
  const raw = at >= 0 ? preset + at * (max - preset) : preset + at * (preset - min)
  const onStep = Math.round(raw / step) * step
  return Math.min(max, Math.max(min, Number(onStep.toFixed(4))))
}

/** The parameter's value at a place of its range, 0 to 1, on its own step. */
function placed({ min, max, step }: Parameter, place: number): number {
  const raw = min + Math.min(1, Math.max(0, place)) * (max - min)
  return Math.min(max, Math.max(min, Number((Math.round(raw / step) * step).toFixed(4))))
}

interface Candidate {
  spec: StyleSpec
  block: Block
  trends: BriefTrend[]
  /** How far it follows each of them. */
  fidelity: readonly Fidelity[]
  quality: number
}

type Asked = (trend: BriefTrend, block: Block) => Wish[]

/** Garments the brief allows and the house can draft, with the trends that ask for each. */
function openings(brief: DesignBrief, asked: Asked): { block: Block; trends: BriefTrend[]; weight: number }[] {
  const allowed = BLOCKS.filter((b) => brief.categories.includes(b.category) && brief.genders.includes(b.gender))
  const sold = (key: string, value: string) =>
    brief.whatSold.filter((row) => row.key === key && row.value === value).reduce((sum, row) => sum + row.units, 0)
  const most = Math.max(1, ...brief.whatSold.filter(({ key }) => key === 'category').map(({ units }) => units))
  const all = allowed.map((block) => {
    const trends = brief.trends.filter(
      (trend) =>
        concerns(trend, block, asked(trend, block)) &&
        bestFidelity(trend, block, brief.materials).score >= brief.fidelity,
    )
    const named = trends.filter((trend) => trend.implies.some(({ category }) => category !== undefined)).length
    const suited = garmentSuits(block.category, brief.season)
    const alongside = trends.length > 0 ? 0.35 : 0
    const wantedness = brief.trends.length === 0 || named > 0 ? 1 : alongside
    const leaning = leaningTo(brief.preferences ?? NO_PREFERENCES, 'category', block.category)
    return {
      block,
      trends,
      weight: wantedness * suited * leaning * (1 + 0.5 * (sold('category', block.category) / most)),
    }
  })
  const wanted = all.filter(({ weight }) => weight > 0)
  if (wanted.length > 0) return wanted
  // Out of season, but asked for. What nobody asked for is not made in place of it.
  return all
    .filter(({ trends }) => trends.length > 0 || brief.trends.length === 0)
    .map((opening) => ({ ...opening, weight: 1 }))
}

/** Which trends this candidate follows: the one whose turn it is, and sometimes others the garment can serve as well. */
function followed(trends: readonly BriefTrend[], lead: BriefTrend | undefined, random: Chance): BriefTrend[] {
  const first = lead && trends.includes(lead) ? lead : trends[0]
  if (!first) return []
  const others = trends.filter((trend) => trend !== first && random.next() < 0.35)
  return [first, ...others.slice(0, 2)]
}

function parametersOf(
  block: Block,
  fit: FitClass,
  long: LengthClass,
  wishes: readonly Wish[],
  random: Chance,
): Record<string, number> {
  const eases = new Set(fitParameters(block))
  const length = lengthParameter(block)
  return Object.fromEntries(
    block.parameters.map((parameter): [string, number] => {
      const jitter = (random.next() - 0.5) * 2
      const wish = wishes.find(
        (candidate) => candidate.kind === 'parameter' && candidate.parameter.key === parameter.key,
      )
      if (wish?.kind === 'parameter') return [parameter.key, placed(parameter, wish.place + jitter * 0.1)]
      if (parameter === length) return [parameter.key, valueAt(parameter, LENGTH_AT[long] + jitter * 0.12)]
      if (eases.has(parameter)) return [parameter.key, valueAt(parameter, FIT_AT[fit] + jitter * 0.1)]
      // Most other measures follow the fit a little and otherwise stay near what the block is known to do well.
      const follows = parameter.key.endsWith('Ease') ? FIT_AT[fit] * 0.6 : 0
      return [parameter.key, valueAt(parameter, Math.max(-0.7, Math.min(0.7, follows + jitter * 0.3)))]
    }),
  )
}

function constructionOf(
  block: Block,
  wishes: readonly Wish[],
  preferences: Preferences,
  random: Chance,
): Record<string, string> {
  const chosen: Record<string, string> = {}
  for (const slot of block.construction) {
    const wish = wishes.find((candidate) => candidate.kind === 'option' && candidate.slot === slot.slot)
    if (wish?.kind === 'option') chosen[slot.slot] = wish.option
    else
      chosen[slot.slot] = random.weighted(slot.options, ({ value }) => {
        const leaning = leaningTo(preferences, slot.slot, value)
        if (value === slot.default) return (slot.options.length - 0.5) * leaning
        return value.includes('fur') ? 0.4 * leaning : leaning
      }).value
  }
  return chosen
}

function shellOf(
  brief: DesignBrief,
  category: Category,
  wishes: readonly Wish[],
  random: Chance,
): { shell: Material; suits: number } | undefined {
  const { cmt, marginPercent, overheadPercent } = brief.rules
  const inBand = (material: Material): number => {
    if (!brief.priceBand) return 1
    const price = roughPrice(category, material, cmt[category], marginPercent, overheadPercent)
    if (price >= brief.priceBand.min && price <= brief.priceBand.max) return 1
    const off = price < brief.priceBand.min ? brief.priceBand.min / price : price / brief.priceBand.max
    return Math.max(0.02, 1 - (off - 1) * 2)
  }
  const textures = wishes.find((wish) => wish.kind === 'texture')?.any
  const scored = brief.materials
    .map((shell) => ({ shell, suits: shellSuits(shell, category, brief.season) }))
    .filter(({ suits }) => suits > 0)
  if (scored.length === 0) return undefined
  const sharpened = ({ shell, suits }: (typeof scored)[number]) =>
    Math.max(suits, 0.03) ** 2 *
    inBand(shell) ** 2 *
    (textures === undefined || textures.includes(shell.texture) ? 1 : 0.02) *
    leaningTo(brief.preferences ?? NO_PREFERENCES, 'fabric', shell.texture)
  return random.weighted(scored, sharpened)
}

export const sizesOf = (gender: Gender): StyleSpec['sizes'] => {
  const system = SIZE_SYSTEMS[defaultSystem(gender)]
  if (!system) throw new RangeError(`no size system for ${gender}`)
  const labels = system.sizes.map(({ label }) => label)
  const from = Math.max(0, Math.min(labels.indexOf(system.base) - 2, labels.length - 5))
  return { system: system.id, base: system.base, list: labels.slice(from, from + 5) }
}

/** Words for a whole style, from its data; also used when a style is changed. */
export function worded(spec: StyleSpec, block: Block, trends: readonly BriefTrend[]): StyleSpec {
  const random = chance(spec.seed).fork('words')
  const told = trends
    .filter((trend) => wishesOf(trend, block).some((wish) => meets(spec, block, wish)))
    .map(({ label }) => label)
  return { ...spec, names: nameOf(spec, block, random), story: storyOf(spec, block, random, told) }
}

/** The colours that are asked for: of a palette its first one, and then others of it in an order of their own. */
function leadOf(
  wishes: readonly Wish[],
  preferences: Preferences,
  random: Chance,
): { lead: NamedColour[]; palette: boolean } {
  const [first, ...others] = wishes.flatMap((wish) => (wish.kind === 'colour' ? wish.colours : []))
  const left = [...others]
  const drawn = others.map(() => {
    const next = random.weighted(left, ({ id }) => leaningTo(preferences, 'colour', id))
    left.splice(left.indexOf(next), 1)
    return next
  })
  return { lead: first ? [first, ...drawn] : [], palette: others.length > 0 }
}

function compose(
  brief: DesignBrief,
  block: Block,
  trends: BriefTrend[],
  asked: Asked,
  random: Chance,
): Candidate | undefined {
  const wished = trends.flatMap((trend) => asked(trend, block).map((wish) => ({ trend, wish })))
  // Two trends may want different collars: the first one asked wins, the other is told so.
  const wishes = [...new Map(wished.toReversed().map(({ wish }) => [subjectOf(wish), wish])).values()]
  const shell = shellOf(brief, block.category, wishes, random)
  if (!shell) return undefined
  const preferences = brief.preferences ?? NO_PREFERENCES
  const wishedFit = wishes.find((wish) => wish.kind === 'fit')?.value
  const wishedLength = wishes.find((wish) => wish.kind === 'length')?.value
  const fit =
    wishedFit ??
    random.weighted(
      ['slim', 'regular', 'relaxed', 'oversized'] as const,
      (f) => ({ slim: 1, regular: 2, relaxed: 2, oversized: 1 })[f] * leaningTo(preferences, 'silhouette', f),
    )
  const long =
    wishedLength ??
    random.weighted(
      ['short', 'regular', 'long', 'extra-long'] as const,
      (l) => ({ short: 1, regular: 2.5, long: 1.6, 'extra-long': 0.5 })[l] * leaningTo(preferences, 'length', l),
    )
  const construction = constructionOf(block, wishes, preferences, random)
  const seed = random.below(2 ** 31)
  const bare: StyleSpec = {
    schema: 'firstcut.style/1',
    ...newestRecipe(),
    category: block.category,
    gender: block.gender,
    season: brief.season,
    names: { zh: '', en: '' },
    story: { zh: '', en: '' },
    attributes: [],
    parameters: parametersOf(block, fit, long, wishes, random),
    construction,
    materials: { shell: shell.shell },
    colourways: [],
    sizes: sizesOf(block.gender),
    seamAllowanceMm: 10,
    seed,
  }
  const clothed = complete(bare, block, brief.materials)
  if (block.roles(construction, clothed.recipe).some((role) => clothed.materials[role] === undefined)) return undefined
  const { lead, palette } = leadOf(wishes, preferences, random.fork('palette'))
  const spec: StyleSpec = {
    ...clothed,
    colourways: colourwaysFor(
      {
        lead,
        palette,
        preferences,
        season: brief.season,
        roles: block.roles(construction, clothed.recipe),
        textures: Object.fromEntries(Object.entries(clothed.materials).map(([role, m]) => [role, m.texture])),
      },
      random,
    ),
  }
  const judged = trends.map((trend) => ({ trend, how: fidelityOf(spec, block, trend, brief.materials) }))
  const near = judged.filter(({ how }) => how.score >= brief.fidelity)
  // It would be a design of no trend that was asked for.
  if (brief.trends.length > 0 && near.length === 0) return undefined
  const served = near.length === 0 ? 0.6 : near.reduce((sum, { how }) => sum + how.score, 0) / near.length
  const price = roughPrice(
    block.category,
    shell.shell,
    brief.rules.cmt[block.category],
    brief.rules.marginPercent,
    brief.rules.overheadPercent,
  )
  const inBand = !brief.priceBand || (price >= brief.priceBand.min && price <= brief.priceBand.max)
  return {
    spec,
    block,
    trends: near.map(({ trend }) => trend),
    fidelity: near.map(({ how }) => how),
    quality: 0.5 * served + 0.3 * shell.suits + (inBand ? 0.2 : 0),
  }
}

function proposalOf({ spec, block, trends, fidelity }: Candidate, brief: DesignBrief): Proposal {
  const { spec: whole, clamped, settled } = normalise(spec)
  const tagged = { ...whole, attributes: attributesOf(whole, block, trends) }
  const left = trends.flatMap((trend, i) => (fidelity[i] ? sayUnmet(trend, fidelity[i], block, whole) : []))
  const weighed = sayLeanings(brief.preferences ?? NO_PREFERENCES, [
    { key: 'category', value: whole.category },
    ...tagged.attributes,
  ])
  return {
    spec: worded(tagged, block, trends),
    trendIds: trends.map(({ id }) => id),
    notes: [...settled.map(({ reason }) => reason), ...left, ...(weighed ? [weighed] : [])],
    clamped,
    made: { designer: 'parametric', seed: brief.seed },
  }
}

/** Wishes are read from words, which takes a while: once per trend and block of a brief. */
function rememberWishes(): Asked {
  const known = new Map<Block, Map<string, Wish[]>>()
  return (trend, block) => {
    const ofBlock = known.get(block) ?? new Map<string, Wish[]>()
    known.set(block, ofBlock)
    const wishes = ofBlock.get(trend.id) ?? wishesOf(trend, block)
    ofBlock.set(trend.id, wishes)
    return wishes
  }
}

/** The embedded designer. */
export const parametricDesigner = (): Designer => ({
  name: 'parametric',
  propose: async (brief) => {
    const random = chance(brief.seed).fork('propose')
    const asked = rememberWishes()
    const open = openings(brief, asked)
    if (open.length === 0) throw refused('designs.nothing-fits')
    const candidates: Candidate[] = []
    for (let i = 0; i < brief.count * CANDIDATES_PER_PROPOSAL; i++) {
      // Trends take turns, then the garments that each concerns: a cloth that fits everything must not crowd out a coat.
      const lead = brief.trends[i % Math.max(1, brief.trends.length)]
      const concerned = lead ? open.filter(({ trends }) => trends.includes(lead)) : open
      if (concerned.length === 0) continue
      // Of its own for each trend: with one row of chances for all, eight trends would come out as one garment.
      const own = random.fork(lead ? `${lead.term} candidate ${i}` : `candidate ${i}`)
      const { block, trends } = (lead ? own : random).weighted(concerned, ({ weight }) => weight)
      const candidate = compose(brief, block, followed(trends, lead, own), asked, own)
      if (candidate) candidates.push(candidate)
    }
    if (candidates.length === 0) throw refused('designs.nothing-fits')
    const apart = (a: Candidate, b: Candidate) => styleDistance(a.spec, b.spec, a.block)
    const chosen = spread(candidates, brief.count, {
      quality: ({ quality }) => quality,
      distance: apart,
      group: ({ trends }) => trends[0]?.id ?? '',
    })
    return chosen.map((candidate) => proposalOf(candidate, brief))
  },
})

/** The same style with every parameter half as far from its default: for a combination that does not draft. */
export function gentler(spec: StyleSpec, trends: readonly BriefTrend[]): StyleSpec {
  const block = blockFor(spec.category, spec.gender)
  const parameters = Object.fromEntries(
    block.parameters.map(({ key, default: preset, min, max, step }): [string, number] => {
      const half = preset + ((spec.parameters[key] ?? preset) - preset) / 2
      return [key, Math.min(max, Math.max(min, Number((Math.round(half / step) * step).toFixed(4))))]
    }),
  )
  const changed = { ...spec, parameters }
  return worded({ ...changed, attributes: attributesOf(changed, block, trends) }, block, trends)
}
