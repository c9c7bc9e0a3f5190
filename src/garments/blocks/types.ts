/** What a block is: its parameters and choices for people, and its recipe for the pattern engine. */
import type { Localized } from '../../core/values.ts'
import type { Body } from '../sizes.ts'
import type {
  Category,
  DrawnLine,
  Gender,
  MaterialRole,
  MeasureCode,
  Measures,
  Notch,
  Point,
  RecipeVersion,
  SizeDraft,
} from '../types.ts'
import type { OpeningPlan } from '../sewing/openings.ts'
import type { Sewable, Sewing } from '../sewing/types.ts'
import type { DesignRef, Drafted, OptionValue } from './engine.ts'

/**
 * How a parameter reaches the draft.
 * - `fit`: the parameter is a finished measure of the base size; the option is solved until the drafted measure
 *   equals it. `slope` says how many mm the measure grows when the option grows by 1; `start` is where the search begins.
 * - `option`: the option is the parameter times `scale` (percent → 0.01).
 * With `of` both are a share of that measure of the body; from recipe 2 on the share of the base size is kept in mm, so that a
 * garment grows by what its size system's bodies grow by.
 * - `own`: read by our own recipe (rib and band heights, hems …).
 */
export type Drive =
  | {
      kind: 'fit'
      measure: MeasureCode
      option: string
      start: number | ((asked: number, body: Body) => number)
      slope: (body: Body) => number
      of?: string
    }
  | { kind: 'option'; option: string; scale: number; of?: string }
  | { kind: 'own' }

export interface Parameter {
  key: string
  label: Localized
  unit: 'mm' | '%' | '°' | 'pc'
  min: number
  max: number
  default: number
  step: number
  /** The least from recipe 2 on, where that is more: below it a body does not pass. */
  least?: number
  drive: Drive
  /** Only multiples of this can be made with these choices; what is asked is rounded up, and said to be. */
  multipleOf?: (construction: Readonly<Record<string, string>>) => number
  /** Only then it counts (the length of a short sleeve when the sleeve is short). */
  when?: (ctx: Context) => boolean
}

export interface ConstructionOption<Value extends string = string> {
  value: Value
  label: Localized
}
export interface ConstructionSlot<Name extends string = string, Value extends string = string> {
  slot: Name
  label: Localized
  default: Value
  options: readonly ConstructionOption<Value>[]
}

/** The choices that some slots leave: slot → one of its options, by name. */
export type Chosen<Slots extends readonly ConstructionSlot[]> = {
  readonly [S in Slots[number] as S['slot']]: S['options'][number]['value']
}

/** A point of measure before it is graded. */
export interface MeasurePoint {
  code: MeasureCode
  name: Localized
  how: Localized
  tolerance: number
  /** Only where the construction has it. */
  when?: (ctx: Context) => boolean
}

/** How a group of seams is sewn: ISO 4915 stitch type, ISO 4916 seam class. */
export interface SeamSpec {
  /** Which of the blocks' seams it is ({@link ./common.ts SEAMS}), however a garment words it. */
  key: string
  where: Localized
  /** ISO 4915: 301 lockstitch, 401 chainstitch, 504 overlock, 516 safety stitch, 602/605 cover stitch … */
  stitch: string
  /** ISO 4916, e.g. 1.01.01 superimposed, 2.04.03 lapped felled, 6.02.01 hem. */
  seamClass: string
  perCm: number
  when?: (ctx: Context) => boolean
}

/** What a recipe knows of the style while one size is drafted. */
export interface Context {
  gender: Gender
  parameter: (key: string) => number
  choice: (slot: string) => string
  /** Seam allowance of the style, mm. */
  sa: number
  /** Which version of our recipes the style was made with ({@link ../types.ts StyleSpec.recipe}). */
  recipe: RecipeVersion
  /** How thick the shell lies and how far shell and rib stretch, as shares; asked from recipe 2 on. */
  cloth: ClothFacts
}

/** What a draft asks of the cloth. */
export interface ClothFacts {
  /** Thickness of one layer of the shell, mm. */
  thickMm: number
  /** How much longer shell and rib become when pulled over a head or a hand, shares of their length. */
  stretch: { shell: number; rib: number }
}

/** A stretch of a piece's outline with an allowance of its own, between named points of the part. */
export interface EdgeRule {
  from: string
  to: string
  via?: string
  mm: number | ((ctx: Context) => number)
}

/** A notch that is found by measuring along a seam. */
export interface PlacedNotch extends Notch {
  /** On one side only of a piece that is opened on its fold: as drafted, the wearer's left of a front. */
  oneSide?: boolean
}

/** An outline of our own, with names for its corners. */
export interface Shape {
  ring: Point[]
  points: Record<string, Point>
}

/**
 * One row of the reviewed cut list. The designs' own lists over-count, inherit stale folds and leave parts without
 * outline, so ours is the list; `why` says where and why a row differs from the design's.
 */
export interface CutRow {
  id: string
  /** For people; the trade's word for the id ({@link ./words.ts}) where nothing is said. */
  name?: Localized
  /** Part of the draft the points and the outline are taken from. */
  part: string
  role: MaterialRole | ((ctx: Context) => MaterialRole)
  count: number | ((ctx: Context) => number)
  /** Left and right: every second one mirrored. */
  mirrored?: boolean
  /** The two points of the fold on which half the piece is drafted. */
  fold?: readonly [string, string]
  /** Build the outline here instead of taking the part's seam line. */
  shape?: (drafted: Drafted, ctx: Context) => Shape
  edges?: readonly EdgeRule[] | ((ctx: Context) => readonly EdgeRule[])
  /** Drafted for the other side of the body: turn it over. */
  flip?: boolean
  grainDeg?: number
  notches?: readonly string[]
  placed?: (drafted: Drafted, ctx: Context) => readonly PlacedNotch[]
  lines?: (drafted: Drafted, ctx: Context) => DrawnLine[]
  /** Lines on one half only of a piece that is opened on its fold, as drafted; from recipe 2 on. */
  oneSided?: (drafted: Drafted, ctx: Context) => DrawnLine[]
  when?: (ctx: Context) => boolean
  /** The versions of the recipes that have this row; without it all of them. */
  recipes?: readonly RecipeVersion[]
  why?: string
}

export type SeamPair = SizeDraft['seamPairs'][number]

/** The recipe that turns a draft into a garment. */
export interface Recipe {
  design: DesignRef
  /** Options that follow from construction and gender; parameters are laid over them. */
  options: (ctx: Context) => Record<string, OptionValue>
  /** Measurements of the body that this garment takes elsewhere than the design does. */
  body?: (body: Body, ctx: Context) => Body
  /** Parts that the fitted measures are read from. */
  measureFrom: readonly string[]
  cutList: readonly CutRow[]
  /** Parts of the design we cut nothing from, with the reason. */
  leftOut: Readonly<Record<string, string>>
  measure: (drafted: Drafted, ctx: Context) => Measures
  /** Pairs of lengths that recipe 1 was checked with; later recipes have {@link sewing}. */
  seams: (drafted: Drafted, ctx: Context) => SeamPair[]
  /** How its pieces are put together, from recipe 2 on ({@link ../sewing/types.ts}). */
  sewing?: Sewing
  /** What a body passes to get into it, from recipe 2 on. */
  openings?: (of: Sewable) => readonly OpeningPlan[]
}

/** Two choices that no seam can carry together: the one of `slot` gives way, and `reason` tells whoever asked. */
export interface Settlement {
  slot: string
  asked: string
  used: string
  when: (construction: Readonly<Record<string, string>>) => boolean
  reason: Localized
}

/** A block before it is entered in the house's list, which adds whose it is. */
export type BlockPlan = Omit<Block, 'category' | 'gender'>

export interface Block {
  category: Category
  gender: Gender
  /** The engine's design, or `firstcut-…` where blocks are combined. */
  design: string
  name: Localized
  parameters: readonly Parameter[]
  construction: readonly ConstructionSlot[]
  settles?: readonly Settlement[]
  /** Material roles a style needs, given its construction choices and its recipe; left out, that is the first. */
  roles: (construction: Readonly<Record<string, string>>, recipe?: RecipeVersion) => MaterialRole[]
  points: readonly MeasurePoint[]
  stitches: readonly SeamSpec[]
  recipe: Recipe
}
