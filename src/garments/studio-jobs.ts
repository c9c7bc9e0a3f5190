import type { CostOverride } from './cost.ts'
import type { DerivedStyle } from './derive.ts'
import type { NotWorn, Worn, WornInput } from './drape/worn/worn.ts'
import type { NestCloth, NestRequest, Spread } from './marker.ts'
import type { PackshotInput, RawPicture } from './packshot/index.ts'
import type { NumberedCallout } from './techpack/callouts.ts'
import type { PatternsInput, TechPackInput } from './techpack/files.ts'
import type { ReadyMarker, ReadyStyle } from './techpack/ready.ts'
import type { MadeFile } from './techpack/seal.ts'
import type { SlipsInput } from './techpack/slips.ts'
import type { HouseRules, Marker, StyleSpec } from './types.ts'

/** What the studio's threads can be asked, and what they answer: plain values, so that they cross between threads. */
export interface Jobs {
  derive: {
    input: { spec: StyleSpec; rules: HouseRules; overrides?: readonly CostOverride[] }
    output: DerivedStyle
  }
  /** One view in several colourings: light and drape are worked out once, each colouring costs a fraction. */
  picture: {
    input: { packshot: PackshotInput; colourings?: readonly Readonly<Record<string, string>>[] }
    output: RawPicture[]
  }
  'improve-marker': {
    input: {
      pieces: readonly NestRequest[]
      cloth: NestCloth
      budgetMs: number
      seed?: number
      stripMm?: number
      gapMm?: number
      beat?: Marker
    }
    output: Marker
  }
  documents: { input: OrderedStyle; output: { lays: Spread[]; callouts: NumberedCallout[]; files: MadeFile[] } }
  patterns: { input: PatternsInput; output: MadeFile[] }
  slips: { input: SlipsInput; output: Uint8Array }
  /** One size sewn, hung on its form and pictured, or why it is not shown so. */
  worn: { input: WornInput; output: Worn | NotWorn }
  ready: {
    input: Pick<OrderedStyle, 'style' | 'quantities' | 'markerMs' | 'pictures'> & {
      known?: readonly ReadyMarker[]
      /** How often the known markers were searched before. */
      round?: number
    }
    output: ReadyStyle
  }
}
export type JobKind = keyof Jobs

/** A style and what was ordered of it. */
export interface OrderedStyle extends Omit<TechPackInput, 'lays' | 'flats'> {
  /** Garments by size: what the cutting plan has to add up to. */
  quantities: Readonly<Record<string, number>>
  /** Time to search on for shorter markers, ms; none by default. */
  markerMs?: number
  /** Made ahead: then nothing is drawn or searched here but what prints the order's numbers. */
  ready?: ReadyStyle
}
