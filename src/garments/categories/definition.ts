/**
 * What a garment category is: everything the house knows of it, in one value. The rest of the code asks the
 * definition and never the category's name, so that a new garment is one folder and one line in index.ts.
 */
import type { Localized, Minor } from '../../core/values.ts'
import type { BlockPlan } from '../blocks/types.ts'
import type { Full, PackshotInput } from '../drawing/input.ts'
import type { Layout } from '../drawing/layout.ts'
import type { ButtonKind, ButtonUse, ThreadKind, ZipKind } from '../trade/fastenings.ts'
import type { Fault } from '../trade/faults.ts'
import type { Gender, Measures, Season, Texture } from '../types.ts'

/** Construction choices as a style has them: slot → option. */
export type Construction = Readonly<Record<string, string>>

/** How people call it. */
export interface Words {
  name: Localized
  /** Nouns for a product's name; the first is the usual one. */
  nouns: readonly [Localized, ...Localized[]]
  /** What people who wish for one write, lower case. */
  called: { zh: readonly string[]; en: readonly string[] }
  /** Words that mean another garment first, but are true of this one too ("skirt" of a full skirt). */
  also?: { zh?: readonly string[]; en?: readonly string[] }
}

/** Something a sewing floor is always told, at a part of the drawing. */
export interface StandingCallout {
  feature: `part:${string}`
  view: 'front' | 'back'
  words: Localized
}

export interface Drawing {
  /** What it hangs from: where labels are sewn, which measuring drawing it has, where its features are looked for. */
  build: 'top' | 'trousers' | 'skirt'
  /** Usual proportions, mm: what completes the measures that a pattern does not have. */
  usual: Measures
  layout: (input: PackshotInput, measures: Full) => Layout
  /** With these choices its skirt is made of equal panels, seamed between. */
  panelled?: (construction: Construction) => boolean
  /** Points and leaders that a flat of it does not need: choices made idle by others, seams another garment shows better. */
  idle?: (slot: string, construction: Construction) => boolean
  unled?: readonly string[]
  standing?: readonly StandingCallout[]
}

/** How it is made, what it takes, how it is sold: the trade's facts, prices in CNY fen as assumptions. */
export interface Trade {
  /** Cutting, making and trimming of one piece in a workshop of small lots. */
  cmt: Minor
  /** Shell of one garment of the base size, m² (length × width, waste included): outside of it something is wrong. */
  shellBand: readonly [min: number, max: number]
  /** Shell in running metres of cloth 1.5 m wide, roughly: for a price before anything is drafted. */
  metres: number
  buttons: Readonly<Partial<Record<ButtonUse, ButtonKind>>>
  thread: ThreadKind
  /** Its zip with these choices, where it has one. */
  zip?: (construction: Construction) => ZipKind | undefined
  /** Its waistband closes with a hook, unless it is elastic. */
  hooked?: true
  /** Shoulder pads, mm thick: under a lining only. */
  padsMm?: number
  /** Sold on a hanger in a long bag, or folded. */
  hanger: boolean
  packed: 'hung' | 'folded'
  /** The product standard it is sold under in China. */
  standard: Readonly<Record<Gender, string>>
  /** Worn next to the skin (GB 18401 class B), or over something (C). */
  nextToSkin: boolean
  /** What inspection finds on such garments, beside what it finds on all. */
  faults: readonly Fault[]
}

/** Which cloth it is made of. */
export interface ClothFit {
  /** Weaves of the shell, best first, and its weight in g/m². */
  shell: { textures: readonly Texture[]; gsm: readonly [min: number, max: number] }
  /** What a sample takes from the library, best first; anything else of the role follows. */
  sample: readonly Texture[]
  sampleSeason: Season
  /** `canvas` is sewn in and needs horsehair, `firm` holds a collar, `light` a facing. */
  interlining: 'canvas' | 'firm' | 'light'
  /** A light rib for thin knits, a heavy one for sweatshirts. */
  rib: 'light' | 'heavy'
  /** It may be lined with quilting. */
  quilted?: true
  /** Seasons in which it is wanted less, 0–1; 1 where nothing is said. */
  seasons?: Readonly<Partial<Record<Season, number>>>
  worn: 'outer' | 'top' | 'bottom'
}

export interface CategoryDefinition<Id extends string = string> {
  /** Stands in styles, prices, briefs and addresses: never changed once used. */
  id: Id
  words: Words
  /** Who it is drafted for. */
  blocks: Readonly<Partial<Record<Gender, () => BlockPlan>>>
  drawing: Drawing
  trade: Trade
  cloth: ClothFit
}
