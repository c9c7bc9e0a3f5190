/** What a drawing is made from: category, construction, the measures of the size shown, cloth and colours. */
import type { Category, Gender, MaterialRole, MeasureCode, Measures, Point, Texture } from '../types.ts'

export const VIEWS = ['front', 'back', 'detail-collar', 'detail-cuff', 'detail-fabric'] as const
export type PackshotView = (typeof VIEWS)[number]

export interface PackshotInput {
  category: Category
  gender: Gender
  construction: Readonly<Record<string, string>>
  /** How many of what is counted (buttons, rows of them, panels), by the block's parameter; its usual number otherwise. */
  counts?: Readonly<Record<string, number>>
  /** Of the size shown, mm, from the draft. What the draft lacks is completed from the category's usual proportions. */
  measures: Measures
  /**
   * Where the front is buttoned, as its pattern marks it: mm from the centre front and below the high point shoulder,
   * from the top down. Spread over the front in the category's usual way where no pattern is at hand.
   */
  buttons?: readonly Point[]
  /** Darts marked on each piece of shell, by its id; as the category usually has them where no pattern is at hand. */
  darts?: Readonly<Record<string, number>>
  textures: Readonly<Partial<Record<MaterialRole, { texture: Texture; repeatMm: number }>>>
  /** sRGB hex per role, and for trims ('button', 'zip', 'thread', 'buckle'). */
  colours: Readonly<Record<string, string>>
  seed: number
  view: PackshotView
  /** Height in px; width too unless `aspect` is '4:5'. 64–4096. */
  sizePx: number
  aspect?: '1:1' | '4:5'
  /** Supersampling: pictures are rendered this much larger and scaled down with Lanczos. Default 1.4. */
  scale?: number
}

/** Every measure the drawing may ask for. */
export type Full = Readonly<Record<MeasureCode, number>>
