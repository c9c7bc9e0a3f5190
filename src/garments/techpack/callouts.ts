/** Section 2: what the callouts of the flats say. They are numbered when their places are known (flat-plan.ts). */
import type { Localized } from '../../core/values.ts'
import { definitionOf } from '../categories/index.ts'
import type { SEAMS } from '../blocks/common.ts'
import type { Feature, Spot } from '../flats/index.ts'
import type { StyleSpec } from '../types.ts'
import type { ConstructionRow } from './brief-schema/index.ts'
import { constructionRows, detailsOf, seamsOf } from './construction.ts'
import type { Detail } from './construction.ts'

export interface Callout {
  feature: Feature
  view: Detail['view']
  words: Localized
  /** Number of the operation in section 7 that it speaks of. */
  operation?: number
}
/** A callout with its number, from 1: down the left of the front flat, down its right, then the back, then the rest. */
export interface NumberedCallout extends Callout {
  n: number
}
/** A callout with the place on its flat, in the flat's own units. */
export interface PlacedCallout extends Spot {
  feature: Feature
  view: 'front' | 'back'
}
/** Places of features by view, as {@link ../flats/index.ts} finds them. */
export interface FlatSpots {
  front: Readonly<Partial<Record<Feature, Spot>>>
  back: Readonly<Partial<Record<Feature, Spot>>>
}

const both = (zh: string, en: string): Localized => ({ zh, en })

interface SeamRule {
  view: 'front' | 'back'
  /** Only then the style has the seam where a flat shows it. */
  when?: (spec: StyleSpec) => boolean
}
/**
 * The seams worth a leader, with the flat that shows them best: what both flats show stands on the back, which has
 * fewer construction choices. Linings, neatened edges and what a construction choice says already are left to section 7.
 */
const SEAM_RULES: Readonly<Partial<Record<keyof typeof SEAMS, SeamRule>>> = {
  knitAssembly: { view: 'back' },
  knitTape: { view: 'back' },
  knitHem: { view: 'front' },
  ribJoin: { view: 'front' },
  ribCover: { view: 'front' },
  topstitch: { view: 'front', when: ({ construction }) => construction['collar'] !== 'fur' },
  tailored: { view: 'back' },
  eyelet: { view: 'front', when: ({ construction }) => construction['closure'] !== 'concealed' },
  buttonhole: { view: 'front', when: ({ construction }) => construction['waist'] !== 'elastic' },
  blindHem: { view: 'back' },
  shirtFell: { view: 'back' },
  shirtLock: { view: 'back' },
  shirtHem: { view: 'back' },
  trouserSide: { view: 'back' },
  trouserInseam: { view: 'back' },
  waistband: { view: 'front' },
  bartack: { view: 'front', when: ({ construction }) => construction['pocket'] !== 'none' },
}

/** A choice that another choice has made idle is no instruction. */
const idle = ({ category, construction }: StyleSpec, slot: string): boolean =>
  // a short sleeve ends in a hem, whatever cuff is kept for the long one
  (slot === 'cuff' && construction['sleeve'] === 'short') ||
  // an elastic waist has neither fly nor loops
  (construction['waist'] === 'elastic' && (slot === 'closure' || slot === 'belt')) ||
  definitionOf(category).drawing.idle?.(slot, construction) === true

/** A hem's allowance is its depth; the allowance of every other seam is the style's own and stands in section 7. */
function seamWords(row: ConstructionRow): Localized {
  const { operation, stitch, stitchName, stitchesPerCm, seam, allowanceMm, n } = row
  const [zh, en] = [[`${stitch} ${stitchName.zh}`], [`${stitch} ${stitchName.en}`]]
  if (stitchesPerCm) {
    zh.push(`${stitchesPerCm} 针/cm`)
    en.push(`${stitchesPerCm} st/cm`)
  }
  if (/^6\.0[23]/.test(seam) && allowanceMm) {
    zh.push(`折边 ${allowanceMm} mm`)
    en.push(`hem ${allowanceMm} mm`)
  }
  return both(`${operation.zh}：${zh.join('，')}（工序 ${n}）`, `${operation.en}: ${en.join(', ')} (operation ${n})`)
}

function seamCallouts(spec: StyleSpec): Callout[] {
  const seams = seamsOf(spec)
  const { unled = [] } = definitionOf(spec.category).drawing
  return constructionRows(spec).flatMap((row, i): Callout[] => {
    const key = seams[i]!.key
    const rule = SEAM_RULES[key as keyof typeof SEAMS]
    if (!rule || rule.when?.(spec) === false || unled.includes(key)) return []
    return [{ feature: `seam:${key}`, view: rule.view, words: seamWords(row), operation: row.n }]
  })
}

/**
 * Every callout of a style: each construction choice that asks for something, and the seams a flat shows with stitch
 * (ISO 4915), density and allowance. Front before back before inside; not numbered yet.
 * @throws Problem 422 where the category has no block
 */
export function calloutsOf(spec: StyleSpec): Callout[] {
  const details = detailsOf(spec)
    .filter(({ slot, option }) => option !== 'none' && !idle(spec, slot))
    .map(({ slot, view, words, care }): Callout => ({
      feature: `slot:${slot}`,
      view,
      words: both(`${words.zh}，${care.zh}`, `${words.en}; ${care.en}`),
    }))
  const views = ['front', 'back', 'inside']
  return [...details, ...(definitionOf(spec.category).drawing.standing ?? []), ...seamCallouts(spec)].toSorted(
    (a, b) => views.indexOf(a.view) - views.indexOf(b.view),
  )
}

/** The callouts that have a visible spot on the flat of their view. */
export const placedCallouts = <C extends Callout>(callouts: readonly C[], spots: FlatSpots): (C & PlacedCallout)[] =>
  callouts.flatMap((callout) => {
    const { feature, view } = callout
    const spot = view === 'inside' ? undefined : spots[view][feature]
    return spot && view !== 'inside' ? [{ ...callout, view, ...spot }] : []
  })
