import type { CareKey, Fibre } from '../labels.ts'
import type { Material, MaterialRole, Texture } from '../types.ts'

/**
 * The house's material library: weights, widths, shrinkage and waste as mills quote them for each kind of cloth.
 * PRICES ARE ASSUMPTIONS (CNY fen per metre, order of magnitude of a stock-service wholesale quotation) and so are
 * the supplier references: an operator replaces both with real quotations in the console or by CSV.
 */
export interface Row {
  id: string
  zh: string
  en: string
  texture: Texture
  fibres: Readonly<Partial<Record<Fibre, number>>>
  gsm: number
  /** Full and usable width, mm. */
  width: readonly [full: number, usable: number]
  nap?: true
  shrinkage: readonly [warp: number, weft: number]
  waste: number
  repeat?: number
  /** Assumed price, fen per metre. */
  fen: number
  care: readonly CareKey[]
  roles: readonly MaterialRole[]
}

export const COAT_CARE = ['no-wash', 'no-bleach', 'no-tumble', 'iron-medium', 'dry-clean-p'] as const
export const COTTON_CARE = ['wash-40', 'no-bleach', 'no-tumble-line', 'iron-high', 'dry-clean-p'] as const
export const KNIT_CARE = ['wash-30', 'no-bleach', 'no-tumble-line', 'iron-medium', 'no-dry-clean'] as const
export const MILD_CARE = ['wash-30-mild', 'no-bleach', 'no-tumble-shade', 'iron-low', 'dry-clean-p-mild'] as const
export const PILE_CARE = ['wash-30-mild', 'no-bleach', 'no-tumble', 'no-iron', 'dry-clean-f-mild'] as const
export const OUTER = ['shell', 'contrast'] as const

/** A row as a complete material. */
export const toMaterial = (row: Row): Material => ({
  id: row.id,
  name: { zh: row.zh, en: row.en },
  texture: row.texture,
  composition: Object.entries(row.fibres).map(([fibre, percent]) => ({ fibre, percent })),
  gsm: row.gsm,
  widthMm: row.width[0],
  usableWidthMm: row.width[1],
  nap: row.nap ?? false,
  shrinkage: { warp: row.shrinkage[0], weft: row.shrinkage[1] },
  wastePercent: row.waste,
  repeatMm: row.repeat ?? 0,
  pricePerMetre: row.fen,
  currency: 'CNY',
  supplierRef: `HOUSE-${row.id.toUpperCase()}`,
  care: row.care,
  roles: row.roles,
})
