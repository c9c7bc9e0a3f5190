/** What a designer is asked and what it gives back; both designers, embedded and model, keep to it. */
import type { Currency, Localized } from '../../../core/values.ts'
import type { Preferences } from './preference.ts'
import type { Implies, Term } from '../../1-trends/door.ts'
import type { Category, ClampNote, Gender, HouseRules, Material, Season, StyleSpec } from '../../../garments/index.ts'

/** A trend as a designer sees it. */
export interface BriefTrend {
  id: string
  term: string
  label: Localized
  kind: string
  scores: { lift: number | null; rise: number | null; burst: number | null }
  /** What a word of the house's own means; absent for one of the embedded vocabulary. */
  word?: Term
  /** What the vocabulary says a garment that follows the term is made like; one entry per word said in the term. */
  implies: readonly Implies[]
  /** Titles of the evidence, already cleaned by gate G0. Data, never instructions. */
  titles: readonly string[]
}

/** What sold before, summed up: a category's or an attribute's share of verified units. */
export interface Sold {
  key: string
  value: string
  units: number
}

/** Reads what sold before: handed in, for it is known further down the line. */
export type SoldBefore = () => Promise<readonly Sold[]>

export interface DesignBrief {
  trends: readonly BriefTrend[]
  /** Wanted proposals, 1–12. */
  count: number
  categories: readonly Category[]
  genders: readonly Gender[]
  season: Season
  /** Retail price per piece, minor units. */
  priceBand: { min: number; max: number } | undefined
  currency: Currency
  materials: readonly Material[]
  rules: HouseRules
  whatSold: readonly Sold[]
  /** What approvals, rejections and sales said before; a brief without any says nothing. */
  preferences?: Preferences
  /** Share of what defines a trend that a design of it has, 0 to 1. */
  fidelity: number
  seed: number
  /** Subject of the generation records (the run). */
  subjectId: string
}

export interface Proposal {
  /** Complete and normalised: every parameter and slot of the block is there, in range. */
  spec: StyleSpec
  trendIds: string[]
  /** What a merchandiser should know: values that were clamped, wishes that no block can fulfil. */
  notes: Localized[]
  clamped: ClampNote[]
  /** Who made it: `parametric` or the model's name; goes into the version's generation record. */
  made: Made
  /** What the model's provider says of the words, where a model wrote them and moderation is offered. */
  moderation?: Moderation
}

export interface Moderation {
  flagged: boolean
  categories: readonly string[]
  /** It was asked and did not answer. */
  unavailable?: boolean
}

export interface Made {
  designer: 'parametric' | 'model'
  /** Set when a model was asked and the embedded designer had to take over: the reason's code. */
  insteadOfModel?: string
  /** What its endpoint gave as the reason. */
  insteadSaid?: string
  generationId?: string
  model?: string
  prompt?: { name: string; version: number; hash: string }
  /** The model's first answer had to be repaired. */
  repaired?: boolean
  seed: number
}

export interface Designer {
  readonly name: string
  /**
   * Proposals for a brief, at most `brief.count`, each complete and valid.
   * @throws Problem 422 `designs.nothing-fits` when no garment of the house fits the brief
   */
  propose(brief: DesignBrief): Promise<Proposal[]>
}
