/**
 * Which cloth suits which garment and season: weights and weaves as the trade uses them. A designer chooses by these
 * scores, and the producibility gate lists a cloth that scores nothing.
 */
import type { Category, Material, MaterialRole, Season, Texture } from '../../garments/index.ts'

interface Fit {
  /** Weaves, best first. */
  textures: readonly Texture[]
  gsm: readonly [min: number, max: number]
}

const SHELLS: Readonly<Record<Category, Fit>> = {
  coat: {
    textures: ['melton', 'herringbone', 'check', 'houndstooth', 'twill', 'quilt', 'corduroy', 'fur'],
    gsm: [180, 720],
  },
  jacket: {
    textures: ['twill', 'herringbone', 'houndstooth', 'check', 'linen', 'corduroy', 'jersey', 'denim'],
    gsm: [180, 440],
  },
  shirt: { textures: ['poplin', 'linen', 'stripe', 'check', 'denim', 'satin'], gsm: [100, 280] },
  tee: { textures: ['jersey', 'rib'], gsm: [150, 285] },
  sweatshirt: { textures: ['terry', 'fleece'], gsm: [260, 400] },
  hoodie: { textures: ['terry', 'fleece'], gsm: [260, 400] },
  'zip-hoodie': { textures: ['terry', 'fleece'], gsm: [260, 400] },
  trousers: { textures: ['twill', 'linen', 'corduroy', 'herringbone', 'check', 'denim'], gsm: [180, 430] },
  chinos: { textures: ['twill', 'corduroy', 'canvas', 'linen', 'denim'], gsm: [180, 410] },
  'pencil-skirt': {
    textures: ['twill', 'denim', 'corduroy', 'houndstooth', 'herringbone', 'check', 'jersey'],
    gsm: [200, 430],
  },
  'full-skirt': {
    textures: ['poplin', 'twill', 'linen', 'satin', 'stripe', 'check', 'denim', 'corduroy'],
    gsm: [100, 310],
  },
  waistcoat: {
    textures: ['twill', 'herringbone', 'houndstooth', 'check', 'linen', 'corduroy', 'quilt'],
    gsm: [170, 440],
  },
  dress: {
    textures: ['poplin', 'linen', 'satin', 'stripe', 'check', 'twill', 'denim', 'corduroy', 'jersey'],
    gsm: [100, 330],
  },
}

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
/** Garments that are worn in one part of the year whatever they are made of. */
const WARM_GARMENTS: ReadonlySet<Category> = new Set(['coat', 'hoodie', 'zip-hoodie', 'sweatshirt'])

/** How warm a cloth is for a garment, −1 (cool) to 1 (warm). */
export function warmth(material: Material): number {
  const byWeight = Math.max(-1, Math.min(1, (material.gsm - 260) / 180))
  const byWeave = WARM.has(material.texture) ? 1 : COOL.has(material.texture) ? -1 : 0
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
  const { textures, gsm } = SHELLS[category]
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
  season === 'summer' && WARM_GARMENTS.has(category) ? 0.1 : season === 'winter' && category === 'tee' ? 0.5 : 1

const INNER: Readonly<Partial<Record<MaterialRole, (material: Material, category: Category) => number>>> = {
  lining: (m, category) =>
    m.texture === 'satin'
      ? 1
      : m.id.includes('lining')
        ? 0.8
        : category === 'coat' && m.texture === 'quilt'
          ? 0.4
          : 0.1,
  interlining: (m, category) => {
    const composed = m.composition.some((part) => part.fibre === 'horsehair')
    if (category === 'coat' || category === 'jacket') return composed ? 1 : 0.3
    return composed
      ? 0.1
      : category === 'shirt' || category === 'dress'
        ? m.gsm >= 100
          ? 1
          : 0.6
        : m.gsm < 100
          ? 1
          : 0.5
  },
  pocketing: (m) => (m.id.includes('pocketing') ? 1 : 0.3),
  rib: (m, category) => (category === 'tee' || category === 'dress' ? (m.gsm < 320 ? 1 : 0.2) : m.gsm >= 320 ? 1 : 0.4),
}

/** How well a material suits a role other than the shell, 0–1. */
export const roleSuits = (material: Material, role: MaterialRole, category: Category): number =>
  material.roles.includes(role) ? (INNER[role]?.(material, category) ?? 0.5) : 0

/** The best material for a role; ties are broken by id, so that the choice never wanders. */
export function bestFor(role: MaterialRole, category: Category, stock: readonly Material[]): Material | undefined {
  return stock
    .filter((material) => material.roles.includes(role))
    .sort((a, b) => roleSuits(b, role, category) - roleSuits(a, role, category) || (a.id < b.id ? -1 : 1))[0]
}

/** Running metres a garment of a category takes, roughly (measured markers of the base size, cloth 1.5 m wide). */
const METRES: Readonly<Record<Category, number>> = {
  coat: 3.0,
  jacket: 1.8,
  shirt: 1.65,
  tee: 1.0,
  sweatshirt: 1.35,
  hoodie: 1.7,
  'zip-hoodie': 1.75,
  trousers: 1.6,
  chinos: 1.5,
  'pencil-skirt': 0.8,
  'full-skirt': 2.0,
  waistcoat: 0.9,
  dress: 2.0,
}

/** A price before anything is drafted, minor units: only to choose between candidates; the cost model has the word. */
export function roughPrice(
  category: Category,
  shell: Material,
  cmt: number,
  marginPercent: number,
  overheadPercent: number,
): number {
  const cloth = METRES[category] * shell.pricePerMetre * 1.05
  return ((cloth * 1.25 + cmt) * (1 + overheadPercent / 100)) / (1 - marginPercent / 100)
}
