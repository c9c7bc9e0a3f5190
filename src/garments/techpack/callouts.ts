/** Section 2: what the numbered callouts of the flats say, in the order they are numbered. */
import type { Localized } from '../../core/values.ts'
import { blockFor } from '../blocks/index.ts'
import { SEAMS } from '../blocks/common.ts'
import type { Feature, Spot } from '../flats/index.ts'
import type { StyleSpec } from '../types.ts'
import type { ConstructionRow } from './brief-schema.ts'
import { constructionRows, detailsOf } from './construction.ts'
import type { Detail } from './construction.ts'

export interface Callout {
  n: number
  feature: Feature
  view: Detail['view']
  words: Localized
}
/** A callout's number and the place on its flat, in the flat's own units. */
export interface PlacedCallout extends Spot {
  n: number
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
const ribbed = ({ category, construction }: StyleSpec): boolean =>
  category === 'tee' || category === 'sweatshirt' || construction['rib'] === 'rib'

/**
 * The seams worth a leader, with the flat that shows them best: what both flats show stands on the back, which has
 * fewer construction choices. Linings, neatened edges and what a construction choice says already are left to section 7.
 */
const SEAM_RULES: Readonly<Partial<Record<keyof typeof SEAMS, SeamRule>>> = {
  knitAssembly: { view: 'back' },
  knitTape: { view: 'back' },
  knitHem: { view: 'front', when: ({ category, construction }) => category === 'tee' || construction['rib'] === 'hem' },
  ribJoin: { view: 'front', when: ribbed },
  ribCover: { view: 'front', when: ribbed },
  topstitch: { view: 'front', when: ({ construction }) => construction['collar'] !== 'fur' },
  tailored: { view: 'back' },
  eyelet: { view: 'front', when: ({ construction }) => construction['closure'] !== 'concealed' },
  buttonhole: { view: 'front', when: ({ construction }) => construction['waist'] !== 'elastic' },
  blindHem: { view: 'back' },
  shirtFell: { view: 'back' },
  shirtLock: { view: 'back', when: ({ category }) => category === 'shirt' },
  shirtHem: { view: 'back' },
  trouserSide: { view: 'back' },
  trouserInseam: { view: 'back' },
  waistband: { view: 'front' },
  bartack: { view: 'front', when: ({ construction }) => construction['pocket'] !== 'none' },
}

/**
 * How far down its garment a feature is usually found, 0–100, so that the numbers run down the page. The brief is
 * numbered before anything is drawn; an entry with a category holds for that category only.
 */
const HEIGHTS: Readonly<Record<string, number>> = {
  'slot:belt@trousers': 1,
  'slot:belt@chinos': 1,
  'slot:waist': 2,
  'slot:shoulder': 3,
  'seam:knitTape': 3,
  'seam:buttonhole@trousers': 3,
  'seam:buttonhole@chinos': 3,
  'slot:collar': 5,
  'seam:waistband': 5,
  'slot:hood': 9,
  'slot:front': 10,
  'seam:ribJoin@tee': 10,
  'seam:topstitch@shirt': 11,
  'slot:closure@trousers': 11,
  'slot:closure@chinos': 11,
  'slot:pocket@trousers': 12,
  'slot:pocket@chinos': 12,
  'slot:backPocket': 12,
  'seam:ribCover@tee': 12,
  'seam:shirtLock': 16,
  'seam:bartack': 18,
  'slot:closure@pencil-skirt': 20,
  'slot:closure@full-skirt': 20,
  'seam:trouserInseam': 21,
  'slot:closure@dress': 22,
  'seam:knitAssembly': 26,
  'slot:sleeve@dress': 19,
  'seam:tailored': 28,
  'seam:topstitch@jacket': 33,
  'slot:cuff@tee': 35,
  'seam:topstitch@sweatshirt': 36,
  'slot:back@waistcoat': 38,
  'slot:chestPocket': 40,
  'slot:belt': 41,
  'slot:pocket@shirt': 42,
  'slot:sleeve': 45,
  'slot:closure': 46,
  'seam:trouserSide': 46,
  'slot:back': 48,
  'seam:shirtFell': 52,
  'slot:cuff@coat': 56,
  'slot:shape': 60,
  'seam:eyelet@coat': 61,
  'seam:eyelet@jacket': 63,
  'slot:pocket': 64,
  'slot:vent': 70,
  'seam:topstitch@hoodie': 74,
  'seam:topstitch@zip-hoodie': 74,
  'slot:pocket@hoodie': 75,
  'slot:pocket@zip-hoodie': 75,
  'slot:skirt': 76,
  'slot:cuff': 78,
  'seam:ribJoin': 79,
  'seam:topstitch': 83,
  'seam:buttonhole': 84,
  'seam:eyelet': 85,
  'seam:ribCover': 90,
  'slot:rib': 94,
  'slot:hem': 97,
  'seam:knitHem': 98,
  'seam:shirtHem': 98,
  'seam:blindHem': 98,
}
const heightOf = ({ category }: StyleSpec, feature: Feature): number =>
  HEIGHTS[`${feature}@${category}`] ?? HEIGHTS[feature] ?? 99

/** A choice that another choice has made idle is no instruction. */
const idle = ({ category, construction }: StyleSpec, slot: string): boolean =>
  // a short sleeve ends in a hem, whatever cuff is kept for the long one
  (slot === 'cuff' && construction['sleeve'] === 'short') ||
  // an elastic waist has neither fly nor loops
  (construction['waist'] === 'elastic' && (slot === 'closure' || slot === 'belt')) ||
  (category === 'dress' && slot === 'vent' && construction['skirt'] !== 'pencil')

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

function seamCallouts(spec: StyleSpec): Omit<Callout, 'n'>[] {
  const where = blockFor(spec.category, spec.gender).stitches.map((entry) => entry.where)
  const rows = constructionRows(spec)
  return Object.entries(SEAMS).flatMap(([key, seam]) => {
    const rule = SEAM_RULES[key as keyof typeof SEAMS]
    const row = where.includes(seam.where) ? rows.find((each) => each.operation === seam.where) : undefined
    if (!rule || !row || rule.when?.(spec) === false) return []
    return [{ feature: `seam:${key}` as const, view: rule.view, words: seamWords(row) }]
  })
}

/**
 * Every callout of a style, numbered from 1: front from top to bottom, back, inside. Each construction choice that asks
 * for something, and the seams a flat shows with stitch (ISO 4915), density and allowance.
 * @throws Problem 422 where the category has no block
 */
export function calloutsOf(spec: StyleSpec): Callout[] {
  const details = detailsOf(spec)
    .filter(({ slot, option }) => option !== 'none' && !idle(spec, slot))
    .map(({ slot, view, words, care }): Omit<Callout, 'n'> => ({
      feature: `slot:${slot}`,
      view,
      words: both(`${words.zh}，${care.zh}`, `${words.en}; ${care.en}`),
    }))
  const views = ['front', 'back', 'inside']
  return [...details, ...seamCallouts(spec)]
    .toSorted(
      (a, b) => views.indexOf(a.view) - views.indexOf(b.view) || heightOf(spec, a.feature) - heightOf(spec, b.feature),
    )
    .map((callout, i) => ({ n: i + 1, ...callout }))
}

/** The callouts that have a visible spot on the flat of their view. */
export function placedCallouts(spec: StyleSpec, spots: FlatSpots): PlacedCallout[] {
  return calloutsOf(spec).flatMap(({ n, feature, view }) => {
    const spot = view === 'inside' ? undefined : spots[view][feature]
    return spot && view !== 'inside' ? [{ n, view, ...spot }] : []
  })
}
