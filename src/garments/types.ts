/**
 * The garment in types: a style's one parameter set ({@link StyleSpec}) and everything computed from it
 * ({@link Derived}). Lengths are millimetres, areas mm², mass grams, money integer minor units, angles degrees.
 */
import type { Currency, Localized, Minor } from '../core/values.ts'
import type { CategoryId } from './categories/index.ts'
import type { Opening } from './sewing/openings.ts'
import type { Sewn } from './sewing/types.ts'

/** The id of a garment category, as the house's definitions have them ({@link ./categories/index.ts}). */
export type Category = CategoryId
export const GENDERS = ['men', 'women'] as const
export type Gender = (typeof GENDERS)[number]
export const SEASONS = ['spring', 'summer', 'autumn', 'winter', 'all-season'] as const
export type Season = (typeof SEASONS)[number]

export interface Point {
  x: number
  y: number
}

/**
 * Points of measure, one code wherever it is used (size chart, renderer, tech pack). `half*` codes are flat widths:
 * half of the circumference, as a garment is measured lying on a table. All in mm.
 */
export const MEASURE_CODES = [
  // upper body
  'bodyLength', // high point shoulder (HPS) to hem; for skirts: waist seam to hem
  'halfChest',
  'halfWaist',
  'halfHem',
  'shoulder',
  'acrossFront',
  'acrossBack',
  'sleeveLength',
  'halfBicep',
  'halfElbow',
  'halfCuff',
  'armhole', // armhole: straight, shoulder point to underarm
  'neckWidth',
  'frontNeckDrop',
  'backNeckDrop',
  'halfNeckStretched', // neck edge pulled flat as far as it gives: half of what a head passes
  'collarHeight',
  'hoodHeight',
  'hoodDepth',
  'ribHeight',
  'cuffHeight',
  'waistLength', // HPS to waist seam (dress, belted coat)
  // lower body
  'halfHip',
  'frontRise',
  'backRise',
  'inseam',
  'outseam',
  'halfThigh',
  'halfKnee',
  'halfLegOpening',
  'waistband',
] as const
export type MeasureCode = (typeof MEASURE_CODES)[number]
export type Measures = Readonly<Partial<Record<MeasureCode, number>>>

/** How one measure is taken, may deviate and grows: a row of the size chart. */
export interface PointOfMeasure {
  code: MeasureCode
  name: Localized
  /** How to measure, as a person on the sewing floor would be told. */
  how: Localized
  /** ± mm accepted at inspection. */
  tolerance: number
  /** mm from each size to the next, in the order of the size list (length = sizes − 1); derived from the drafts. */
  grade: readonly number[]
}

export const MATERIAL_ROLES = ['shell', 'lining', 'interlining', 'contrast', 'rib', 'pocketing'] as const
export type MaterialRole = (typeof MATERIAL_ROLES)[number]

export const TEXTURES = [
  'melton',
  'twill',
  'denim',
  'herringbone',
  'corduroy',
  'jersey',
  'rib',
  'quilt',
  'satin',
  'fur',
  'check',
  'stripe',
  'poplin',
  'terry',
  'fleece',
  'canvas',
  'linen',
  'houndstooth',
] as const
export type Texture = (typeof TEXTURES)[number]

export interface Material {
  id: string
  name: Localized
  texture: Texture
  composition: readonly { fibre: string; percent: number }[] // fibre: key of FIBRES in materials.ts
  gsm: number
  /** Full width and the width a marker may use, mm. */
  widthMm: number
  usableWidthMm: number
  /** Nap or one-way pattern: pieces may not be turned by 180°. */
  nap: boolean
  /** Shrinkage after washing/steaming, percent. */
  shrinkage: { warp: number; weft: number }
  /** Cutting waste beyond the marker (ends, faults), percent. */
  wastePercent: number
  /** Pattern repeat in mm for check/stripe (0 = none). */
  repeatMm: number
  /** Price per running metre. */
  pricePerMetre: Minor
  currency: Currency
  supplierRef: string
  /** Care codes, keys of CARE in materials.ts: wash-30, no-bleach, no-tumble, iron-medium, dry-clean-p … */
  care: readonly string[]
  roles: readonly MaterialRole[]
}

export interface Colourway {
  id: string // short slug: 'olive'
  name: Localized
  /** sRGB hex per material role, and for trims ('button', 'zip', 'thread', 'buckle'). */
  colours: Readonly<Record<string, string>>
}

export interface SizeSpec {
  /** 'alpha-men' | 'alpha-women' | 'gbt1335-men' | 'gbt1335-women' (sizes.ts). */
  system: string
  base: string
  /** Labels, small to large; at least five. */
  list: readonly string[]
}

export interface AttributeChoice {
  key: string // closed vocabulary: 'collar', 'silhouette', 'fabric', 'detail', 'style', 'pattern', 'colour', …
  value: string
  label: Localized
  /** Trend ids that this attribute came from; empty = the house's own choice. */
  evidence: readonly string[]
}

/**
 * Versions of our recipes. Whoever made a style keeps its recipe: its pattern and its hash never change under it. 1 is
 * what a style without the word was made with; from 2 on a garment is put together by its seam graph
 * ({@link ./sewing/types.ts}); from 3 on a fitted waistband is stiffened with tape ({@link ./bom/tape.ts}).
 */
export const RECIPE_VERSIONS = [1, 2, 3] as const
export type RecipeVersion = (typeof RECIPE_VERSIONS)[number]
/** What new designs are made with. */
export const NEWEST_RECIPE = 3 as const satisfies RecipeVersion
/** What a new design's parameters say of it. */
export const newestRecipe = (): { recipe: typeof NEWEST_RECIPE } => ({ recipe: NEWEST_RECIPE })

/** THE PARAMETER SET. Everything a style is; everything else is computed from it. */
export interface StyleSpec {
  schema: 'firstcut.style/1'
  /** Version of the recipes it is drafted with; left out by styles of the first, whose hash has no such word. */
  recipe?: Exclude<RecipeVersion, 1>
  category: Category
  gender: Gender
  season: Season
  names: Localized
  story: Localized
  attributes: readonly AttributeChoice[]
  /** Named parameters of the block, in their own units (blocks/ lists range, default and unit of each). */
  parameters: Readonly<Record<string, number>>
  /** Construction choices: slot → option, closed vocabulary per category (blocks/): closure, collar, pocket, cuff, belt, lining, hood, shoulder, back … */
  construction: Readonly<Record<string, string>>
  /** A snapshot of each material used: editing the library later changes no approved style. */
  materials: Readonly<Partial<Record<MaterialRole, Material>>>
  colourways: readonly Colourway[]
  sizes: SizeSpec
  seamAllowanceMm: number
  /** Feeds drape, asymmetry and noise of the picture, and nothing that is measured. */
  seed: number
}

export interface Notch extends Point {
  kind: 'single' | 'double'
}
export interface DrawnLine {
  kind: 'dart' | 'fold' | 'pocket' | 'button' | 'buttonhole' | 'stitch' | 'guide'
  points: readonly Point[]
}

/** One pattern piece of one size, full (folds opened), in mm, y downwards, grain along +y unless grainDeg says otherwise. */
export interface Piece {
  id: string // 'front', 'topSleeve', …: stable over sizes
  name: Localized
  role: MaterialRole
  /** How many are cut of it per garment. */
  count: number
  /** Every second one is cut mirrored (left and right). */
  mirrored: boolean
  /** Closed outlines, last point ≠ first. `cut` is outside `seam` by the seam allowance (and hems). */
  cut: readonly Point[]
  seam: readonly Point[]
  /** Direction of the grain line in degrees: 90 = along +y (the usual). */
  grainDeg: number
  notches: readonly Notch[]
  lines: readonly DrawnLine[]
  /**
   * Named points of the outline that seams are written with, from recipe 2 on: the recipe's own names, on the other half
   * of an opened piece with a tilde behind (`armhole~`).
   */
  anchors?: Readonly<Record<string, Point>>
}

/** One size as drafted. */
export interface SizeDraft {
  size: string
  /** The body the size is made for, mm (height, chest, waist, hips …). */
  body: Readonly<Record<string, number>>
  pieces: readonly Piece[]
  measures: Measures
  /** Pairs of seams that are sewn together, and their lengths in mm, ease allowed included. */
  seamPairs: readonly { a: string; b: string; lengthA: number; lengthB: number; easeMax: number }[]
  /** The seam graph, from recipe 2 on: every edge of every piece, in the order of sewing. */
  sewn?: Sewn
  /** What must pass into it, and how wide that opens, from recipe 2 on. */
  openings?: readonly Opening[]
}

/** A style drafted in every size: what a marker, a picture and a pattern sheet are made from. */
export interface Draft {
  category: Category
  design: string // FreeSewing design, or 'firstcut-…' where we combine blocks
  engine: string // pattern engine and its version, part of the hash
  sizes: readonly SizeDraft[]
  points: readonly PointOfMeasure[]
}

export interface Placement {
  piece: string
  size: string
  copy: number
  x: number
  y: number
  rotation: 0 | 180
  mirrored: boolean
  outline: readonly Point[]
}
export interface Marker {
  role: MaterialRole
  /** Usable width × length, mm. */
  widthMm: number
  lengthMm: number
  /** Garments in it, by size. */
  mix: Readonly<Record<string, number>>
  /** Area of the cut pieces ÷ area of cloth used, 0–1. */
  utilisation: number
  placements: readonly Placement[]
  /** Pieces that do not fit the cloth (empty = good). */
  misfits: readonly { piece: string; size: string; needMm: number }[]
  method: string
}

export interface Consumption {
  role: MaterialRole
  size: string
  netAreaMm2: number
  markerLengthMm: number
  utilisation: number
  grossMetres: number
}

export interface BomRow {
  role: MaterialRole | 'trim' | 'label' | 'packaging'
  code: string
  name: Localized
  /** e.g. "680 gsm 80% wool 20% polyamide melton": never a vague row. */
  specification: Localized
  supplierRef: string
  placement: Localized
  unit: 'm' | 'pc' | 'set'
  /** Quantity per garment by size. */
  quantity: Readonly<Record<string, number>>
  wastePercent: number
  unitPrice: Minor
  /** Colour per colourway id (hex), where it has one. */
  colours: Readonly<Record<string, string>>
}

export interface CostLine {
  key: string
  label: Localized
  amount: Minor
  basis: Localized
}
export interface Cost {
  size: string
  units: number
  currency: Currency
  lines: readonly CostLine[]
  total: Minor
}
export interface Rung {
  fromUnits: number
  unitPrice: Minor
}
/** A rung with the lowest price that leaves the margin at its quantity, before it was made one that a shop prints. */
export interface FlooredRung extends Rung {
  floor: Minor
}

/** Everything computed from a spec, without the geometry (which is stored apart, by its hash). Never edited. */
export interface Derived {
  engine: string
  design: string
  points: readonly PointOfMeasure[]
  sizes: readonly {
    size: string
    body: Readonly<Record<string, number>>
    measures: Measures
    weightG: number
    pieces: number
  }[]
  consumption: readonly Consumption[]
  bom: readonly BomRow[]
  /** Of the base size and of the largest, at the threshold quantity. */
  cost: { base: Cost; largest: Cost }
  priceFloor: Minor
  ladder: readonly Rung[]
  currency: Currency
  fibreLabel: Localized
  care: readonly { code: string; label: Localized }[]
  safetyClass: 'A' | 'B' | 'C'
  /** Standard minutes of the order of operations, and the house's own among them; absent without a seam graph. */
  making?: { minutes: number; own: Readonly<Record<string, number>> }
  /** SHA-256 of the canonical drafts of all sizes. */
  geometryHash: string
}

/** The house's commercial rules that cost and ladder are computed with; part of the hash. */
export interface HouseRules {
  currency: Currency
  marginPercent: number
  overheadPercent: number
  thresholdUnits: number
  /** Cumulative units at which the price may fall. */
  rungs: readonly number[]
  /** CMT per category at one piece, minor units, and the saving at volume (percent at the last rung). */
  cmt: Readonly<Record<Category, Minor>>
  cmtVolumeSavingPercent: number
  /** Saving on cloth at the last rung, percent, growing from the threshold on; 0 when absent. */
  materialVolumeSavingPercent?: number
  /** What a full calculation reckons beside cloth, trims and labour; styles from before it have none of these lines. */
  terms?: CostTerms
}

/** Minor units of the house's currency where money. */
export interface CostTerms {
  /** A standard minute of a workshop at one piece; 0 where the category's own price (`cmt`) counts. */
  minuteRate: number
  /** Minutes that the house has measured itself, by operation code, in place of ours. */
  ownMinutes: Readonly<Record<string, number>>
  /** Pattern and grading, and the sample: paid once per style, spread over the order. */
  patternPerStyle: Minor
  samplePerStyle: Minor
  /** The least a mill dyes in one colour, metres of shell; 0 for cloth from stock. */
  dyeLotMetres: number
  /** Inspection, percent of the lines above it. */
  inspectionPercent: number
  /** From the factory to the warehouse, per kilogram of garment. */
  freightPerKg: Minor
  /** VAT that the house pays and does not get back, percent of all lines. */
  vatPercent: number
}

/** A check's answer, stored with what it saw. */
export interface GateResult {
  gate: 'G0' | 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6' | 'G7' | 'G8' | 'G9' | 'G10'
  verdict: 'pass' | 'review' | 'block'
  score: number // 0–1
  reason: Localized
  evidence: Readonly<Record<string, unknown>>
  version: string
}

/** A choice that gave way to another that it cannot be made with. */
export interface ChoiceNote {
  slot: string
  asked: string
  used: string
  reason: Localized
}

export interface ClampNote {
  parameter: string
  asked: number
  used: number
  min: number
  max: number
  unit: string
}
