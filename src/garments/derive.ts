import type { Localized } from '../core/values.ts'
import { definitionOf } from './categories/index.ts'
import { billOfMaterials, netMetres, trimGrams } from './bom.ts'
import { costOf, type CostOverride, ladder, type LadderInput, type Making, priceFloor } from './cost.ts'
import { geometryHash } from './hash.ts'
import { careLabel, fibreLabel, type FibreShare, safetyClass } from './labels.ts'
import { nest, type NestCloth, polygonArea } from './marker.ts'
import { minutesOf, operationsOf } from './operations/list.ts'
import { checkProducible, draftStyle, neededBy, normalise } from './pattern.ts'
import type {
  ChoiceNote,
  ClampNote,
  Consumption,
  Derived,
  Draft,
  HouseRules,
  Marker,
  Material,
  MaterialRole,
  SizeDraft,
  StyleSpec,
} from './types.ts'
import { MATERIAL_ROLES } from './types.ts'

/** Something a gate will object to, found on the way. */
export interface DeriveProblem {
  gate: 'G2' | 'G3'
  /** `block` cannot be approved, `review` wants a second look. */
  verdict: 'block' | 'review'
  code: string
  text: Localized
}

export interface DerivedStyle {
  /** The style with every parameter in range and every slot filled in: what was derived from, what is hashed. */
  spec: StyleSpec
  clamped: readonly ClampNote[]
  settled: readonly ChoiceNote[]
  draft: Draft
  /** A marker for every role and size; small things lie several garments at a time (its mix says how many). */
  markers: readonly Marker[]
  derived: Derived
  problems: readonly DeriveProblem[]
}

export interface DeriveOptions {
  overrides?: readonly CostOverride[]
  signal?: AbortSignal
  onProgress?: (step: DeriveStep, share: number) => void
}
export type DeriveStep = 'draft' | 'marker' | 'cost'

/**
 * How finely the estimate is nested. Part of what the hash covers (through the consumption), so a change here is a
 * new engine: raise the version beside it. Coarse strips cost little cloth: see scripts/bench/marker.ts.
 */
export const ESTIMATE = {
  version: 2,
  stripMm: 6,
  /** Moves of the search for the base size; the other sizes start from the order it finds and need few of their own. */
  moves: 40,
  movesFromBase: 16,
  seed: 1,
  fillMm2: 2.2e6,
  mostGarments: 6,
} as const

/** From this repeat on a check or stripe is matched by eye, so it is matched in the marker, mm. */
const MATCH_FROM_MM = 15

/**
 * The cloth as a marker sees it: relaxed before cutting, so narrower by the weft shrinkage; checks and stripes to
 * match by their repeat.
 */
export function clothOf(role: MaterialRole, material: Material): NestCloth {
  const usableWidthMm = Math.floor(material.usableWidthMm * (1 - material.shrinkage.weft / 100))
  const matched = material.repeatMm >= MATCH_FROM_MM ? material.repeatMm : 0
  const along = material.texture === 'check' || material.texture === 'houndstooth' ? matched : 0
  const across = along || material.texture === 'stripe' ? matched : 0
  return { role, usableWidthMm, nap: material.nap, repeat: { alongMm: along, acrossMm: across } }
}

/** Area of all cuts of a role in one garment, mm². */
const cutArea = (size: SizeDraft, role: MaterialRole): number =>
  size.pieces
    .filter((piece) => piece.role === role)
    .reduce((sum, piece) => sum + piece.count * polygonArea(piece.cut), 0)

/**
 * Everything that follows from a style's parameter set and the house's rules: the graded pattern, a marker for every
 * role and size, consumption, bill of materials, cost, price floor and ladder, labels, weight. Pure and repeatable:
 * the same spec and rules give the same bytes. What is wrong with the style comes back as problems for the gates.
 * @throws Problem 422 from the pattern engine for parameters, slots or sizes that no block knows, and for overrides
 *   that name no line
 */
export function deriveStyle(asked: StyleSpec, rules: HouseRules, options: DeriveOptions = {}): DerivedStyle {
  const { overrides = [], signal, onProgress } = options
  const { spec, clamped, settled } = normalise(asked)
  onProgress?.('draft', 0)
  const draft = draftStyle(spec)
  signal?.throwIfAborted()
  const problems: DeriveProblem[] = checkProducible(draft, spec).problems.map((text) => ({
    gate: 'G2',
    verdict: 'block',
    code: 'producible',
    text,
  }))
  const base = draft.sizes.find((size) => size.size === spec.sizes.base) ?? draft.sizes[0]!
  const { markers, consumption } = layAll(spec, draft, base, problems, options)
  onProgress?.('cost', 1)
  const bom = billOfMaterials({ spec, draft, consumption, rules })
  const sizes = draft.sizes.map((size) => size.size)
  const largest = sizes.at(-1) ?? spec.sizes.base
  const used = MATERIAL_ROLES.flatMap((role) => {
    const material = spec.materials[role]
    return material && consumption.some((entry) => entry.role === role) ? [{ role, material }] : []
  })
  const own = rules.terms?.ownMinutes ?? {}
  const operations = operationsOf(spec, base, bom, own)
  const gramsOf = (size: SizeDraft): number =>
    used.reduce((sum, { role, material }) => sum + (cutArea(size, role) / 1e6) * material.gsm, 0) +
    trimGrams(spec, draft, size.size)
  const making: Making = {
    weightG: Object.fromEntries(draft.sizes.map((size) => [size.size, Math.round(gramsOf(size))])),
    colourways: spec.colourways.length,
    ...(operations.length ? { minutes: minutesOf(operations) } : {}),
  }
  const pricing: LadderInput = { category: spec.category, bom, sizes, rules, overrides, making }
  const cost = (size: string) =>
    costOf({ category: spec.category, bom, size, units: rules.thresholdUnits, rules, overrides, making })
  judgeMoney(spec, consumption, rules, used, problems)
  const shares = (...roles: MaterialRole[]): FibreShare[] =>
    used
      .filter(({ role }) => roles.includes(role))
      .map(({ role, material }) => ({
        composition: material.composition,
        massG: (cutArea(base, role) / 1e6) * material.gsm,
      }))
  const derived: Derived = {
    engine: draft.engine,
    design: draft.design,
    points: draft.points,
    sizes: draft.sizes.map((size) => ({
      size: size.size,
      body: size.body,
      measures: size.measures,
      weightG: making.weightG[size.size] ?? 0,
      pieces: size.pieces.reduce((sum, piece) => sum + piece.count, 0),
    })),
    consumption,
    bom,
    cost: { base: cost(spec.sizes.base), largest: cost(largest) },
    priceFloor: priceFloor(pricing),
    ladder: ladder(pricing),
    currency: rules.currency,
    fibreLabel: fibreLabel(shares('shell', 'contrast'), shares('lining'), shares('rib')),
    care: careLabel(used.map(({ material }) => material)),
    safetyClass: safetyClass(spec.category),
    ...(making.minutes === undefined ? {} : { making: { minutes: making.minutes, own } }),
    geometryHash: geometryHash(draft),
  }
  return { spec, clamped, settled, draft, markers, derived, problems }
}
/** A piece that no cloth of this width can hold: its width, what there is, and which choice it is cut for. */
function tooNarrow(
  spec: StyleSpec,
  misfit: { piece: string; name: Localized; size: string; needMm: number },
  material: Material,
  usableMm: number,
): Localized {
  const { size, name, needMm } = misfit
  const needing = neededBy(spec, misfit.piece)
  const said = (language: 'zh' | 'en', text: (slot: string, chosen: string, without: string[]) => string): string =>
    needing
      .map(({ slot, chosen, without }) =>
        text(
          slot[language],
          chosen[language],
          without.map((each) => each[language]),
        ),
      )
      .join('')
  return {
    en: `Size ${size}: the piece "${name.en}" needs ${needMm} mm of width; ${material.name.en} has ${usableMm} mm after relaxing. Choose a wider cloth or shorten the piece.${said('en', (slot, chosen, without) => ` It is cut for “${slot}: ${chosen}”; without it: ${without.join(', ')}.`)}`,
    zh: `${size} 码：裁片“${name.zh}”需要门幅 ${needMm} mm，而${material.name.zh}松弛后有效门幅为 ${usableMm} mm。请改用更宽的面料或缩小裁片。${said('zh', (slot, chosen, without) => `该裁片因“${slot}：${chosen}”而裁，不需要它的选项：${without.join('、')}。`)}`,
  }
}

function layAll(
  spec: StyleSpec,
  draft: Draft,
  base: SizeDraft,
  problems: DeriveProblem[],
  { signal, onProgress }: DeriveOptions,
): { markers: Marker[]; consumption: Consumption[] } {
  const markers: Marker[] = []
  const consumption: Consumption[] = []
  const roles = MATERIAL_ROLES.filter((role) =>
    draft.sizes.some((size) => size.pieces.some((piece) => piece.role === role)),
  )
  let laid = 0
  for (const role of roles) {
    const material = spec.materials[role]
    // checkProducible has named the role that has no material.
    if (!material || !complete(role, material, problems)) continue
    const cloth = clothOf(role, material)
    // Nobody cuts one garment's pocket bags from the full width of the cloth: small things lie together.
    const copiesOf = (size: SizeDraft) =>
      Math.min(ESTIMATE.mostGarments, Math.max(1, Math.round(ESTIMATE.fillMm2 / cutArea(size, role))))
    const lay = (size: SizeDraft, like?: Marker): Marker => {
      const copies = copiesOf(size)
      signal?.throwIfAborted()
      onProgress?.('marker', laid++ / (roles.length * draft.sizes.length))
      return nest(
        size.pieces.filter((piece) => piece.role === role).map((piece) => ({ piece, size: size.size, copies })),
        cloth,
        {
          stripMm: ESTIMATE.stripMm,
          seed: ESTIMATE.seed,
          ...(like ? { like, iterations: ESTIMATE.movesFromBase } : { iterations: ESTIMATE.moves }),
        },
      )
    }
    const ofBase = lay(base)
    for (const size of draft.sizes) {
      const pieces = size.pieces.filter((piece) => piece.role === role)
      if (pieces.length === 0) continue
      const netAreaMm2 = cutArea(size, role)
      const marker = size === base ? ofBase : lay(size, ofBase)
      markers.push(marker)
      for (const misfit of marker.misfits) {
        const piece = pieces.find(({ id }) => id === misfit.piece)?.name ?? { zh: misfit.piece, en: misfit.piece }
        const text = tooNarrow(spec, { ...misfit, name: piece }, material, cloth.usableWidthMm)
        problems.push({ gate: 'G2', verdict: 'block', code: 'misfit', text })
      }
      const markerLengthMm = Math.ceil(marker.lengthMm / copiesOf(size))
      const net = netMetres(markerLengthMm, material)
      consumption.push({
        role,
        size: size.size,
        netAreaMm2: Math.round(netAreaMm2),
        markerLengthMm,
        utilisation: Number(marker.utilisation.toFixed(4)),
        grossMetres: Number((net * (1 + material.wastePercent / 100)).toFixed(3)),
      })
    }
  }
  return { markers, consumption }
}

/** A material that cannot be laid or priced is told by what it lacks, and left out. */
function complete(role: MaterialRole, material: Material, problems: DeriveProblem[]): boolean {
  const lacks: Localized[] = []
  if (!(material.usableWidthMm > 0)) lacks.push({ zh: '有效门幅', en: 'a usable width' })
  if (!(Number.isInteger(material.pricePerMetre) && material.pricePerMetre > 0))
    lacks.push({ zh: '单价', en: 'a price per metre' })
  if (!(material.gsm > 0)) lacks.push({ zh: '克重', en: 'a weight' })
  for (const lack of lacks)
    problems.push({
      gate: material.usableWidthMm > 0 ? 'G3' : 'G2',
      verdict: 'block',
      code: 'material',
      text: {
        en: `${material.name.en} (${role}) lacks ${lack.en}. Fill it in in the material library.`,
        zh: `${material.name.zh}（${role}）缺少${lack.zh}，请在面料库中补全。`,
      },
    })
  return lacks.length === 0
}

function judgeMoney(
  spec: StyleSpec,
  consumption: readonly Consumption[],
  rules: HouseRules,
  used: readonly { role: MaterialRole; material: Material }[],
  problems: DeriveProblem[],
): void {
  const shell = consumption.find((entry) => entry.role === 'shell' && entry.size === spec.sizes.base)
  const width = spec.materials.shell?.usableWidthMm ?? 0
  const [min, max] = definitionOf(spec.category).trade.shellBand
  const area = ((shell?.grossMetres ?? 0) * width) / 1000
  if (area < min || area > max)
    problems.push({
      gate: 'G3',
      verdict: 'block',
      code: 'consumption',
      text: {
        en: `Size ${spec.sizes.base} takes ${area.toFixed(2)} m² of shell; for this category ${min} to ${max} m² is normal. Check the length and the ease.`,
        zh: `${spec.sizes.base} 码面料用量为 ${area.toFixed(2)} 平方米，该品类正常范围为 ${min} 至 ${max} 平方米，请检查长度和放松量。`,
      },
    })
  for (const { role, material } of used)
    if (material.currency !== rules.currency)
      problems.push({
        gate: 'G3',
        verdict: 'review',
        code: 'currency',
        text: {
          en: `${material.name.en} (${role}) is priced in ${material.currency}, the house calculates in ${rules.currency}: an assumed rate was used. Enter a price in ${rules.currency}.`,
          zh: `${material.name.zh}（${role}）以 ${material.currency} 计价，而核算币种为 ${rules.currency}，已按假定汇率换算，请填写 ${rules.currency} 单价。`,
        },
      })
}
