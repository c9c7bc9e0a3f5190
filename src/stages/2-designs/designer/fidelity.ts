/**
 * How far a design follows a trend: every attribute that defines the trend, and whether the garment has it. The weights
 * are published (docs/trends.md); without the garment that a trend names nothing else counts.
 */
import type { Localized } from '../../../core/values.ts'
import { BLOCKS, definitionOf, type Block, type Material, type StyleSpec } from '../../../garments/index.ts'
import { makingOf, termOf, wordsWithin, type Term } from '../../1-trends/door.ts'
import type { BriefTrend } from './designer.ts'
import { both } from './facts.ts'
import {
  lookOfWord,
  meets,
  partsOfLook,
  partsOfWord,
  sayOption,
  sayTexture,
  sayWish,
  type Part,
  type Wish,
} from './implied.ts'

/** What an attribute is worth: the garment; a word that is itself the attribute; what goes with a garment; measures. */
export const WEIGHTS = { garment: 4, word: 3, detail: 2, cloth: 2, measures: 1, colour: 1, look: 1 } as const
type Worth = keyof typeof WEIGHTS

/** One attribute that defines a trend. */
interface Demand {
  key: string
  weight: number
  label: Localized
  /** The garment itself: without it nothing else counts. */
  garment?: boolean
  /** How a block would do it: every part of it, also those that the block has no way to. */
  parts: (block: Block) => readonly Part[]
  /** What can be said of a block without looking at wishes. */
  made?: (block: Block) => boolean
  tooWide?: boolean
}

/** An attribute as it came out in a design. */
export interface Outcome {
  key: string
  weight: number
  /** What was asked for. */
  label: Localized
  /** Share of it that the design has, 0 to 1. */
  share: number
  /** Why it is not there, or not whole. */
  why?: Localized
  /** Its parts that are not there, where it is more than one thing. */
  lacking?: readonly Localized[]
}

export interface Fidelity {
  /** Share of the weights that the design has, 0 to 1; 0 without the garment that was asked for. */
  score: number
  outcomes: readonly Outcome[]
}

/** What a word that is an attribute itself asks for, as one thing: "loose" is three eases, of which a block has some. */
const wholeWord = ({ id, label, implies }: Term): Demand => ({
  key: `word ${id}`,
  weight: WEIGHTS.word,
  label,
  parts: (block) => partsOfWord(implies, block).filter(({ wish }) => wish?.kind !== 'colour' || !hasMore(implies)),
})

const hasMore = ({ construction, parameters, texture }: Term['implies']): boolean =>
  texture !== undefined || Object.keys({ ...construction, ...parameters }).length > 0

/** What goes with a garment that a trend names: each of its details by itself. */
function beside({ label, implies }: Term): Demand[] {
  const { construction = {}, texture, colour, parameters = {} } = implies
  const one = (worth: Worth, key: string, label: Localized, mine: (wish: Wish) => boolean): Demand => ({
    key,
    weight: WEIGHTS[worth],
    label,
    parts: (block) => partsOfWord(implies, block).filter(({ wish }) => wish !== undefined && mine(wish)),
  })
  return [
    ...Object.entries(construction).map(([slot, option]) =>
      one(
        'detail',
        `detail ${slot} ${option}`,
        sayOption(slot, option),
        (wish) => wish.kind === 'option' && wish.slot === slot,
      ),
    ),
    ...(texture ? [one('cloth', `cloth ${texture}`, sayTexture(texture), ({ kind }) => kind === 'texture')] : []),
    ...(Object.keys(parameters).length > 0
      ? [one('measures', 'measures', both('尺寸比例', 'its proportions'), ({ kind }) => kind === 'parameter')]
      : []),
    ...(colour ? [one('colour', 'colour', label, ({ kind }) => kind === 'colour')] : []),
  ]
}

function garmentOf(term: Term): Demand {
  const making = makingOf(term)
  return {
    key: `garment ${term.id}`,
    weight: WEIGHTS.garment,
    label: term.label,
    garment: true,
    parts: () => [],
    made: ({ category }) => making === 'itself' && category === term.implies.category,
    tooWide: making === undefined,
  }
}

function looksSaid(term: Term, leads: boolean): Demand[] {
  const look = lookOfWord(term.implies)
  if (look === undefined) return []
  const weight = leads && term.kind !== 'garment' ? WEIGHTS.word : WEIGHTS.look
  const label = termOf(look)?.label ?? term.label
  return [{ key: `look ${look}`, weight, label, parts: (block) => partsOfLook(look, block) ?? [] }]
}

/** A trend by its term, or by what a word of the house's own means. */
type Followed = Pick<BriefTrend, 'term' | 'word'>

/** Everything that defines a trend: what its own word asks for, then what the words said inside it do. */
function demandsOf({ term: id, word }: Followed): Demand[] {
  const term = word ?? termOf(id)
  if (!term) return []
  const parts = wordsWithin(term).filter(({ kind }) => kind !== 'garment')
  const demands = [term, ...parts].flatMap((each) => {
    const looks = looksSaid(each, each === term)
    if (each.kind === 'garment') return [garmentOf(each), ...beside(each), ...looks]
    return looks.length > 0 ? looks : [wholeWord(each)]
  })
  return demands.filter(({ key }, i) => demands.findIndex((other) => other.key === key) === i)
}

/** What a part that a garment has no way to counts for, beside those that it could have: little, and it is told. */
const NO_WAY = 0.25

/** Is there a way to at all: cloth of this look for this garment, a choice, a measure. */
function possible(wish: Wish, block: Block, stock: readonly Material[]): boolean {
  if (wish.kind !== 'texture') return true
  const { textures } = definitionOf(block.category).cloth.shell
  return wish.any.some(
    (value) =>
      textures.includes(value) && stock.some(({ texture, roles }) => texture === value && roles.includes('shell')),
  )
}

function scored(demands: readonly Demand[], outcomes: readonly Outcome[]): Fidelity {
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0)
  const had = outcomes.reduce((sum, { weight, share }) => sum + weight * share, 0)
  const without = demands.some(({ garment }, i) => garment && outcomes[i]?.share === 0)
  return { score: without || total === 0 ? Number(total === 0) : had / total, outcomes }
}

const NOTHING = both('目前没有版型能做出来', 'nothing that the house makes can show it')
const TOO_WIDE = both('这个词太宽泛，没有指明是什么服装', 'the word is too wide to say which garment')
const NO_GARMENT = both('我们还没有这种服装的版型', 'the house has no pattern for such a garment')
const NOT_HERE = both('这个版型没有这项选择', 'this garment has no such choice')
const OTHERWISE = both('与本款的其他选择冲突', 'other choices of this design came first')
const NO_CLOTH = both('库存中没有适合这个品类的这种面料', 'no such cloth that suits this garment is in stock')

/** Why an attribute is not there: no block has a way to, this one has none, no cloth, or something else came first. */
function whyNot(demand: Demand, block: Block, stock: readonly Material[], has: (wish: Wish) => boolean): Localized {
  const wishes = demand.parts(block).flatMap(({ wish }) => wish ?? [])
  if (wishes.some((wish) => possible(wish, block, stock) && !has(wish))) return OTHERWISE
  if (wishes.some((wish) => !has(wish))) return NO_CLOTH
  if (demand.tooWide) return TOO_WIDE
  if (demand.made && !BLOCKS.some((other) => demand.made?.(other))) return NO_GARMENT
  if (demand.made || BLOCKS.some((other) => demand.parts(other).some(({ wish }) => wish))) return NOT_HERE
  return NOTHING
}

/** Every attribute of a trend in a block. @param has whether a wish is there, where an attribute is more than the garment */
function judged(trend: Followed, block: Block, stock: readonly Material[], has: (wish: Wish) => boolean): Fidelity {
  const demands = demandsOf(trend)
  const outcomes = demands.map((demand): Outcome => {
    const { key, weight, label, made } = demand
    const parts = demand.parts(block)
    const lacking = parts.filter(({ wish }) => wish === undefined || !has(wish))
    const share = made ? Number(made(block)) : shareOf(parts, has)
    if (share === 1) return { key, weight, label, share }
    const why = whyNot(demand, block, stock, has)
    return {
      key,
      weight,
      label,
      share,
      why,
      ...(parts.length > 1 ? { lacking: lacking.map((part) => part.label) } : {}),
    }
  })
  return scored(demands, outcomes)
}

function shareOf(parts: readonly Part[], has: (wish: Wish) => boolean): number {
  const sum = (some: readonly Part[]) => some.reduce((all, { weight }) => all + weight, 0)
  const could = parts.filter(({ wish }) => wish !== undefined)
  const had = sum(could.filter(({ wish }) => wish && has(wish)))
  return had === 0 ? 0 : had / (sum(could) + NO_WAY * (sum(parts) - sum(could)))
}

/**
 * How far a design follows a trend.
 * @param stock cloth that there is: where a cloth is missing the reason says so
 */
export const fidelityOf = (spec: StyleSpec, block: Block, trend: Followed, stock: readonly Material[]): Fidelity =>
  judged(trend, block, stock, (wish) => meets(spec, block, wish))

/** The most that a block could have of a trend, before anything is composed. */
export const bestFidelity = (trend: Followed, block: Block, stock: readonly Material[]): Fidelity =>
  judged(trend, block, stock, (wish) => possible(wish, block, stock))

/** What a trend lacks: `garment puffer`, `word lace`, `detail belt half`. */
export interface Missing {
  key: string
  label: Localized
  why: Localized
}

/** A trend that no garment of the house can follow, and what it lacks. */
export interface Unfollowed {
  trendId: string
  term: string
  label: Localized
  /** What is missing, heaviest first. */
  missing: readonly Missing[]
}

const missingOf = ({ outcomes }: Fidelity): Unfollowed['missing'] =>
  [...outcomes]
    .sort((a, b) => b.weight * (1 - b.share) - a.weight * (1 - a.share))
    .flatMap(({ key, label, why }) => (why ? [{ key, label, why }] : []))

/**
 * Which of some trends no block can follow far enough.
 * @param limit share of the weights that a design must have, 0 to 1
 */
export function unfollowed(
  trends: readonly BriefTrend[],
  blocks: readonly Block[],
  stock: readonly Material[],
  limit: number,
): Unfollowed[] {
  return trends.flatMap((trend) => {
    const best = blocks
      .map((block) => bestFidelity(trend, block, stock))
      .sort((a, b) => b.score - a.score || lacks(a) - lacks(b))[0]
    if (!best || best.score >= limit) return []
    return [{ trendId: trend.id, term: trend.term, label: trend.label, missing: missingOf(best) }]
  })
}
const lacks = ({ outcomes }: Fidelity): number => outcomes.filter(({ share }) => share < 1).length

/** What was asked for and is not there, for whoever decides about the design: "asked for …, made …, because …". */
export const sayUnmet = (
  trend: Pick<BriefTrend, 'label'>,
  { outcomes }: Fidelity,
  block: Block,
  spec: StyleSpec,
): Localized[] =>
  outcomes.flatMap(({ label, why, key, lacking, share }) => {
    if (!why) return []
    const instead = insteadOf(key, block, spec)
    const [zh, en] = [lacking?.map((part) => part.zh).join('、'), lacking?.map((part) => part.en).join(', ')]
    const made = instead
      ? both(`，实际为“${instead.zh}”`, `“${instead.en}” was made`)
      : both(share > 0 ? '，只做到一部分' : '，未采用', share > 0 ? 'a part of it was made' : 'it was left out')
    return [
      both(
        `趋势“${trend.label.zh}”要求“${label.zh}”${made.zh}${zh ? `（没有：${zh}）` : ''}：${why.zh}。`,
        `The trend “${trend.label.en}” asks for “${label.en}”; ${made.en}${en ? ` (not there: ${en})` : ''}, because ${why.en}.`,
      ),
    ]
  })

function insteadOf(key: string, block: Block, spec: StyleSpec): Localized | undefined {
  if (key.startsWith('cloth ')) return spec.materials.shell?.name
  if (!key.startsWith('detail ')) return undefined
  const [, slot = ''] = key.split(' ')
  const option = spec.construction[slot]
  if (option === undefined) return undefined
  return sayWish({ kind: 'option', key: slot, value: option, slot, option }, block)
}

/** A sentence for each trend that cannot be followed: what is missing, and why. */
export const sayUnfollowed = (lost: readonly Unfollowed[]): Localized => {
  const each = lost.map(({ label, missing: [first] }) => {
    if (!first) return both(`“${label.zh}”做不了。`, `“${label.en}” cannot be followed.`)
    // A garment that is not made is not "missing" from itself.
    if (first.label.zh === label.zh)
      return both(`“${label.zh}”做不了：${first.why.zh}。`, `“${label.en}” cannot be followed: ${first.why.en}.`)
    return both(
      `“${label.zh}”做不了：缺“${first.label.zh}”（${first.why.zh}）。`,
      `“${label.en}” cannot be followed: “${first.label.en}” is missing (${first.why.en}).`,
    )
  })
  return both(each.map(({ zh }) => zh).join(''), each.map(({ en }) => en).join(' '))
}
