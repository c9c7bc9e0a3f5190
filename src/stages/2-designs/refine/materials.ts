/** Wishes about cloth: by name, fibre or weave, and "cheaper", "warmer", "lighter". */
import type { Localized } from '../../../core/values.ts'
import type { Material, MaterialRole } from '../../../garments/index.ts'
import { ROLE_LABELS } from '../designer/compose.ts'
import { both } from '../designer/facts.ts'
import type { Quality } from './meaning.ts'
import type { Clause, Draft } from './draft.ts'
import { roleSuits, shellSuits, warmth } from '../designer/suitability.ts'

/** The role a clause is about: the lining or the collar's cloth where they are named, else the shell. */
function roleOf(draft: Draft, clause: Clause): MaterialRole {
  const slots = clause.all('slot').map(({ slot }) => slot)
  if (slots.includes('lining') && draft.spec.materials.lining) return 'lining'
  if (slots.includes('collar') && draft.spec.materials.contrast) return 'contrast'
  return 'shell'
}

/** A part that is named beside a cloth says where the cloth goes. */
function hearRole(clause: Clause, role: MaterialRole): void {
  if (role === 'shell') return
  for (const slot of clause.all('slot'))
    if (slot.slot === (role === 'lining' ? 'lining' : 'collar')) clause.heard.add(slot)
}

const suits = (draft: Draft, material: Material, role: MaterialRole): number => {
  if (role !== 'shell') return roleSuits(material, role, draft.spec.category)
  const inSeason = shellSuits(material, draft.spec.category, draft.spec.season)
  // What is asked for may be out of season, but not out of the garment.
  return Math.max(inSeason, 0.2 * shellSuits(material, draft.spec.category, 'all-season'))
}

const has = (material: Material, fibre: string): boolean =>
  (material.composition.find((part) => part.fibre === fibre)?.percent ?? 0) >= 30

function take(draft: Draft, role: MaterialRole, material: Material): void {
  const now = draft.spec.materials[role]
  if (now?.id === material.id) return
  const say = (m: Material): Localized => both(`${m.name.zh} ${m.gsm} 克`, `${m.name.en}, ${m.gsm} gsm`)
  draft.spec = { ...draft.spec, materials: { ...draft.spec.materials, [role]: material } }
  draft.changes.push({
    field: `materials.${role}`,
    label: ROLE_LABELS[role],
    from: now ? say(now) : both('–', '–'),
    to: say(material),
  })
}

/** Use a material of the stock as the shell; false when it is not there or suits no such garment. */
export function takeMaterial(draft: Draft, id: string): boolean {
  const material = draft.stock.find((candidate) => candidate.id === id)
  if (!material || suits(draft, material, 'shell') === 0) return false
  take(draft, 'shell', material)
  return true
}

const nothing = (draft: Draft, clause: Clause): true => {
  draft.refused.push({
    words: clause.text,
    reason: both(
      '物料库里没有符合要求、又适合这个品类的面料。',
      'The material library has no such cloth that suits this garment.',
    ),
  })
  return true
}

/** The best candidate; ties by id, so that the same sentence gives the same cloth. */
const best = (candidates: readonly Material[], worth: (material: Material) => number): Material | undefined =>
  [...candidates].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1))[0]

function byQuality(
  draft: Draft,
  quality: Quality,
  role: MaterialRole,
  now: Material,
  usable: readonly Material[],
): Material | undefined {
  const alike = (m: Material) =>
    suits(draft, m, role) - 0.3 * Math.abs(warmth(m) - warmth(now)) + (m.texture === now.texture ? 0.3 : 0)
  switch (quality) {
    case 'cheaper':
      return best(
        usable.filter((m) => m.pricePerMetre <= now.pricePerMetre * 0.92),
        alike,
      )
    case 'finer':
      return best(
        usable.filter((m) => m.pricePerMetre >= now.pricePerMetre * 1.08),
        alike,
      )
    case 'warmer':
      return best(
        usable.filter((m) => m.gsm > now.gsm * 1.05 && warmth(m) >= warmth(now)),
        alike,
      )
    case 'lighter':
      return best(
        usable.filter((m) => m.gsm < now.gsm * 0.95),
        alike,
      )
  }
}

export function applyMaterials(draft: Draft, clause: Clause): boolean {
  const role = roleOf(draft, clause)
  const usable = draft.stock.filter((material) => material.roles.includes(role) && suits(draft, material, role) > 0)
  const named = clause.first('material')
  if (named) {
    hearRole(clause, role)
    const material = draft.stock.find(({ id }) => id === named.id)
    if (!material || !material.roles.includes(role) || suits(draft, material, role) === 0) return nothing(draft, clause)
    take(draft, role, material)
    return true
  }
  return applyCloth(draft, clause, role, usable) ?? applyQuality(draft, clause, role, usable)
}

/** Another fibre or texture; undefined where none is wished for. */
function applyCloth(
  draft: Draft,
  clause: Clause,
  role: MaterialRole,
  usable: readonly Material[],
): boolean | undefined {
  const now = draft.spec.materials[role]
  const texture = clause.first('texture')
  const textures = texture?.textures
  const fibre = clause.first('fibre')?.fibre ?? texture?.fibre
  if (fibre === undefined && textures === undefined) return undefined
  hearRole(clause, role)
  const fits = (m: Material) =>
    (fibre === undefined || has(m, fibre)) && (textures === undefined || textures.includes(m.texture))
  const wanted = clause.negated ? (m: Material) => !fits(m) : fits
  if (now && wanted(now)) return true
  const chosen = best(
    usable.filter(wanted),
    (m) => suits(draft, m, role) + (now && !clause.negated ? 0 : 0.2 * Number(m.texture === now?.texture)),
  )
  if (!chosen) return nothing(draft, clause)
  take(draft, role, chosen)
  return true
}

/** A cheaper, finer, warmer or lighter cloth. */
function applyQuality(draft: Draft, clause: Clause, role: MaterialRole, usable: readonly Material[]): boolean {
  const now = draft.spec.materials[role]
  // "a lighter cloth": beside a cloth the word is about weight, beside a colour about the colour.
  const weightWord =
    clause.has('cloth') &&
    !clause.has('colour') &&
    !clause.has('family') &&
    clause.all('shade').some(({ sign }) => sign > 0)
  const asked = clause.all('quality')[0]?.quality ?? (weightWord ? 'lighter' : undefined)
  if (!asked || !now) return false
  if (clause.first('quality') === undefined) clause.first('shade')
  hearRole(clause, role)
  const opposite: Readonly<Record<Quality, Quality>> = {
    cheaper: 'finer',
    finer: 'cheaper',
    warmer: 'lighter',
    lighter: 'warmer',
  }
  const turned = clause.negated || clause.has('too')
  const chosen = byQuality(draft, turned ? opposite[asked] : asked, role, now, usable)
  if (!chosen) return nothing(draft, clause)
  take(draft, role, chosen)
  return true
}
