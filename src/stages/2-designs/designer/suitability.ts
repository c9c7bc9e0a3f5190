/**
 * Which cloth suits which garment and season: weights and weaves as the trade uses them. A designer chooses by these
 * scores, and the producibility gate lists a cloth that scores nothing.
 */
import {
  type Category,
  type CategoryDefinition,
  definitionOf,
  type Material,
  type MaterialRole,
  type Season,
  type Texture,
} from '../../../garments/index.ts'

const WARM: ReadonlySet<Texture> = new Set([
  'melton',
  'herringbone',
  'houndstooth',
  'fur',
  'quilt',
  'fleece',
  'corduroy',
])
const COOL: ReadonlySet<Texture> = new Set(['linen', 'satin'])
/** How warm a cloth is for a garment, −1 (cool) to 1 (warm). */
export function warmth(material: Material): number {
  const byWeight = Math.max(-1, Math.min(1, (material.gsm - 260) / 180))
  const byWeave = Number(WARM.has(material.texture)) - Number(COOL.has(material.texture))
  const woolly = material.composition.some((part) => part.fibre === 'wool' && part.percent >= 40) ? 0.3 : 0
  return Math.max(-1, Math.min(1, 0.6 * byWeight + 0.4 * byWeave + woolly))
}

const WANTED: Readonly<Record<Season, number | undefined>> = {
  spring: -0.1,
  summer: -0.8,
  autumn: 0.3,
  winter: 0.9,
  'all-season': undefined,
}

/**
 * How well a cloth suits as the shell of a garment in a season, 0 (never) to 1.
 * A coat in summer has no good cloth: everything scores low, and that is the answer.
 */
export function shellSuits(material: Material, category: Category, season: Season): number {
  if (!material.roles.includes('shell')) return 0
  const { textures, gsm } = definitionOf(category).cloth.shell
  const rank = textures.indexOf(material.texture)
  if (rank < 0 || material.gsm < gsm[0] || material.gsm > gsm[1]) return 0
  const weave = 1 - (0.6 * rank) / textures.length
  const wanted = WANTED[season]
  if (wanted === undefined) return weave
  const apart = Math.abs(warmth(material) - wanted)
  return weave * Math.max(0, 1 - apart / 1.4)
}

/** How well a garment suits a season at all, 0–1. */
export const garmentSuits = (category: Category, season: Season): number =>
  definitionOf(category).cloth.seasons?.[season] ?? 1

type Fit = CategoryDefinition['cloth']

const INNER: Readonly<Partial<Record<MaterialRole, (material: Material, fit: Fit) => number>>> = {
  lining: (m, { quilted }) => {
    if (m.texture === 'satin') return 1
    if (m.id.includes('lining')) return 0.8
    return quilted && m.texture === 'quilt' ? 0.4 : 0.1
  },
  interlining: (m, { interlining }) => {
    const composed = m.composition.some((part) => part.fibre === 'horsehair')
    if (interlining === 'canvas') return composed ? 1 : 0.3
    if (composed) return 0.1
    if (interlining === 'firm') return m.gsm >= 100 ? 1 : 0.6
    return m.gsm < 100 ? 1 : 0.5
  },
  pocketing: (m) => (m.id.includes('pocketing') ? 1 : 0.3),
  rib: (m, { rib }) => {
    if (rib === 'light') return m.gsm < 320 ? 1 : 0.2
    return m.gsm >= 320 ? 1 : 0.4
  },
}

/** How well a material suits a role other than the shell, 0–1. */
export const roleSuits = (material: Material, role: MaterialRole, category: Category): number =>
  material.roles.includes(role) ? (INNER[role]?.(material, definitionOf(category).cloth) ?? 0.5) : 0

/** The best material for a role; ties are broken by id, so that the choice never wanders. */
export function bestFor(role: MaterialRole, category: Category, stock: readonly Material[]): Material | undefined {
  return stock
    .filter((material) => material.roles.includes(role))
    .sort((a, b) => roleSuits(b, role, category) - roleSuits(a, role, category) || (a.id < b.id ? -1 : 1))[0]
}

/** A price before anything is drafted, minor units: only to choose between candidates; the cost model has the word. */
export function roughPrice(
  category: Category,
  shell: Material,
  cmt: number,
  marginPercent: number,
  overheadPercent: number,
): number {
  const cloth = definitionOf(category).trade.metres * shell.pricePerMetre * 1.05
  return ((cloth * 1.25 + cmt) * (1 + overheadPercent / 100)) / (1 - marginPercent / 100)
}
