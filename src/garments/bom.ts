import type { Localized } from '../core/values.ts'
import { trimsOf } from './bom/trims.ts'
import { restate } from './cost.ts'
import { sayContent } from './labels.ts'
import type { BomRow, Colourway, Consumption, Draft, HouseRules, Material, MaterialRole, StyleSpec } from './types.ts'
import { MATERIAL_ROLES } from './types.ts'

export { countButtons } from './bom/fastenings.ts'
export type { Trim } from './bom/trim.ts'
export { trimsOf } from './bom/trims.ts'

export interface BomInput {
  spec: StyleSpec
  draft: Draft
  consumption: readonly Consumption[]
  rules: HouseRules
}

/** `680 g/m², 80% wool, 20% polyamide, usable width 1460 mm, nap`. */
export function describeMaterial(material: Material): Localized {
  const content = sayContent(material.composition)
  const repeat = material.repeatMm > 0
  return {
    zh: `${material.gsm} g/m²，${content.zh}，有效门幅 ${material.usableWidthMm} mm${material.nap ? '，有倒顺毛/单向' : ''}${repeat ? `，循环 ${material.repeatMm} mm` : ''}`,
    en: `${material.gsm} g/m², ${content.en}, usable width ${material.usableWidthMm} mm${material.nap ? ', one-way nap' : ''}${repeat ? `, repeat ${material.repeatMm} mm` : ''}`,
  }
}

/** Metres to lay per garment: the marker's length on cloth that shrinks lengthwise before it is cut. */
export const netMetres = (markerLengthMm: number, material: Material): number =>
  markerLengthMm / 1000 / (1 - material.shrinkage.warp / 100)

/**
 * The bill of materials: every cloth with its metres per size from the markers (waste stands apart in the row), then
 * trims, labels and packaging from construction, measures and pattern. Prices in the currency of the rules.
 */
export function billOfMaterials({ spec, draft, consumption, rules }: BomInput): BomRow[] {
  const cloth = MATERIAL_ROLES.flatMap((role): BomRow[] => {
    const material = spec.materials[role]
    const rows = consumption.filter((entry) => entry.role === role)
    if (!material || rows.length === 0) return []
    return [
      {
        role,
        code: `${role.toUpperCase()}-${material.id.toUpperCase()}`,
        name: material.name,
        specification: describeMaterial(material),
        supplierRef: material.supplierRef,
        placement: placementOf(draft, role),
        unit: 'm',
        quantity: Object.fromEntries(
          rows.map((entry) => [entry.size, Number(netMetres(entry.markerLengthMm, material).toFixed(3))]),
        ),
        wastePercent: material.wastePercent,
        unitPrice: restate(material.pricePerMetre, material.currency, rules.currency),
        colours: coloursOf(spec, [role, 'shell']),
      },
    ]
  })
  const trims = trimsOf(spec, draft).map((trim): BomRow => ({
    role: trim.role,
    code: trim.code,
    name: trim.name,
    specification: trim.specification,
    supplierRef: `HOUSE-${trim.code}`,
    placement: trim.placement,
    unit: trim.unit,
    quantity: trim.quantity,
    wastePercent: trim.wastePercent,
    unitPrice: restate(trim.fen, 'CNY', rules.currency),
    colours: coloursOf(spec, trim.colourFrom),
  }))
  return [...cloth, ...trims]
}

/** Grams of trims and labels on a garment of a size (packaging is not worn). */
export const trimGrams = (spec: StyleSpec, draft: Draft, size: string): number =>
  trimsOf(spec, draft)
    .filter((trim) => trim.role !== 'packaging')
    .reduce((sum, trim) => sum + trim.grams * (trim.quantity[size] ?? 0), 0)

function placementOf(draft: Draft, role: MaterialRole): Localized {
  const pieces = (draft.sizes[0]?.pieces ?? []).filter((piece) => piece.role === role)
  const names = (lang: 'zh' | 'en'): string[] => [...new Set(pieces.map((piece) => piece.name[lang]))]
  return { zh: names('zh').join('、'), en: names('en').join(', ') }
}

/** Which of a colourway's colours a row takes: the first it knows. */
const keyOf = ({ colours }: Colourway, keys: readonly string[]): string | undefined =>
  keys.find((candidate) => colours[candidate] !== undefined)

function coloursOf(spec: StyleSpec, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    spec.colourways.flatMap((colourway) => {
      const key = keyOf(colourway, keys)
      return key === undefined ? [] : [[colourway.id, colourway.colours[key]!]]
    }),
  )
}

/**
 * The parts of a colourway that something on the garment has: its cloths and trims. A palette also names a zip's and a
 * buckle's colour for a coat that has neither.
 */
export function colouredParts(spec: StyleSpec, draft: Draft, way: Colourway): string[] {
  const cloths = MATERIAL_ROLES.filter((role) => draft.sizes[0]?.pieces.some((piece) => piece.role === role))
  const sources = [...cloths.map((role) => [role]), ...trimsOf(spec, draft).map(({ colourFrom }) => colourFrom)]
  const used = new Set(sources.map((keys) => keyOf(way, keys)))
  return Object.keys(way.colours).filter((part) => used.has(part))
}
