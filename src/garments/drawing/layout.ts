/** What a garment is made of for the eye: parts, seams, stitches and trims in mm, in the order they lie on each other. */
import type { SeamId } from '../sewing/words.ts'
import type { Point } from '../types.ts'
import type { Field } from './folds.ts'
import type { Path } from './geometry.ts'

/** What a pixel is coloured as. `label`, `metal` and `dark` have fixed colours; the others follow the colourway. */
export const INKS = [
  'ground',
  'shell',
  'lining',
  'contrast',
  'rib',
  'button',
  'zip',
  'thread',
  'buckle',
  'label',
  'cord',
  'dark',
] as const
export type Ink = (typeof INKS)[number]
export const inkIndex = (ink: Ink): number => INKS.indexOf(ink)

/** One cross-section of a strip (sleeve, leg): its two ends and how far along the strip it lies. */
export interface Section {
  a: { x: number; y: number }
  b: { x: number; y: number }
  s: number
}

/** A surface of its own: the body, a hood. Height over the wall plus a dome that falls away to both sides. */
export interface BaseSurface {
  kind: 'base'
  z: number
  dome: number
  /** Half width in mm by y, for the dome: evenly spaced samples from `from` every `step`. */
  halfWidth?: { from: number; step: number; values: readonly number[]; centre?: number }
  bevel: number
}
/** A tube with a direction: sleeve, leg. Its cloth follows it. */
export interface StripSurface {
  kind: 'strip'
  z: number
  dome: number
  sections: readonly Section[]
  bevel: number
}
/** Cloth lying on what is beneath it and following its folds: pocket, belt, placket, epaulette. */
export interface OnSurface {
  kind: 'on'
  lift: number
  bevel: number
  /** Fullness between the edges, mm (a collar leaf, a rib). */
  puff?: number
  puffRadius?: number
}
export type Surface = BaseSurface | StripSurface | OnSurface

/**
 * What a drawn line is on the garment: a seam of its graph ({@link ../sewing/words.ts}), or something that is marked on a
 * piece. A line that is nothing of the kind is not drawn ({@link ../shown/check.ts}).
 */
export type Shown = SeamId | 'dart' | 'pleat' | 'mouth'

export interface Seam {
  path: Path
  shows: Shown
  /** Groove width and depth, mm. */
  width?: number
  depth?: number
}
export interface DropShadow {
  dx: number
  dy: number
  blur: number
  opacity: number
  /** What casts it, where that is not the whole part. */
  from?: Path
}

export interface Part {
  id: string
  /** Which piece of the silhouette it belongs to, for measuring the picture. */
  belongs: 'body' | 'sleeve' | 'collar' | 'hood' | 'leg' | 'inside' | 'band'
  ink: Ink
  outline: Path
  holes?: readonly Path[]
  surface: Surface
  /** Direction of the cloth: degrees that the grain is turned from vertical; strips add their own run. */
  grain?: number
  /** Where the pattern starts, mm: neighbouring pieces do not match unless the cutter made them. */
  origin?: Point
  folds?: Field
  seams?: readonly Seam[]
  stitches?: readonly Path[]
  /** Folds that are pressed in: the picture has them in `folds`, a line drawing as lines. */
  creases?: readonly Path[]
  shadow?: DropShadow
  /** What a pocket's part is, where ids are alike: a patch, a flap, a welt. */
  pocket?: 'patch' | 'flap' | 'welt'
  /** Darker by this factor (inside of a neck, under a flap). */
  shade?: number
  /** Covered with hair of this length in mm. */
  fur?: { length: number; flow: (x: number, y: number) => readonly [number, number] }
}

export interface ButtonTrim {
  kind: 'button'
  at: Point
  radius: number
  style: 'four-hole' | 'shank' | 'snap' | 'jeans'
  ink?: Ink
}
export interface ZipTrim {
  kind: 'zip'
  path: Path
  width: number
  /** Length along the path at which the slider sits; undefined = none drawn. */
  slider?: number
}
export interface BuckleTrim {
  kind: 'buckle'
  at: Point
  width: number
  height: number
  shape: 'frame' | 'd-ring'
}
export interface CordTrim {
  kind: 'cord'
  path: Path
  width: number
  tip: 'metal' | 'knot'
}
export interface EyeletTrim {
  kind: 'eyelet'
  at: Point
  radius: number
}
export interface LabelTrim {
  kind: 'label'
  at: Point
  width: number
  height: number
}
export interface ButtonholeTrim {
  kind: 'buttonhole'
  at: Point
  length: number
  angle: number
}
export interface BarTackTrim {
  kind: 'bartack'
  path: Path
}
export type Trim = ButtonTrim | ZipTrim | BuckleTrim | CordTrim | EyeletTrim | LabelTrim | ButtonholeTrim | BarTackTrim

/** A garment laid out: draw `layers` in order; a layer is a part, or trims that sit on all parts before it. */
export interface Layout {
  parts: readonly Part[]
  /** Trims with the id of the part they lie on: a later part may cover them. */
  trims: readonly (Trim & { over: string })[]
  /** Where detail pictures look: collar, cuff, fabric. Centre and width in mm. */
  details: Readonly<Record<'collar' | 'cuff' | 'fabric', { x: number; y: number; width: number }>>
  /** Named points the drawing agrees with, for measuring pictures and for how-to-measure drawings. */
  marks: Readonly<Record<string, Point>>
}
