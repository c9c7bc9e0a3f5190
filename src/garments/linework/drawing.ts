/**
 * Line drawings as a display list: what is drawn, before it is a file. Two pens read it: SVG text (svg-pen.ts) and a page
 * of a PDF (techpack/pdf-pen.ts), so that neither is ever read back to make the other.
 */

/** As SVG's path data: capitals in place, small letters from where the pen is. */
export type Command =
  | readonly ['M' | 'L', number, number]
  | readonly ['H' | 'V' | 'h' | 'v', number]
  | readonly ['Q', number, number, number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']
export type PathData = readonly Command[]

/** Handed down from a group to what is in it. Nothing is filled with 'none'. */
export interface Ink {
  fill?: string
  stroke?: string
  /** In the drawing's units; as text where the file has always written it so (".9"). */
  strokeWidth?: number | `.${number}`
  dash?: readonly number[]
  join?: 'miter' | 'round' | 'bevel'
  cap?: 'butt' | 'round' | 'square'
}
export type Move =
  | { translate: readonly [number, number] }
  /** Degrees, clockwise as drawn; about the origin unless said otherwise. */
  | { rotate: number; about?: readonly [number, number] }

/** What a line is, for who looks into the file. */
interface Named {
  class?: string
}
export interface GroupShape extends Ink, Named {
  shape: 'g'
  /** Which part of the garment it is, for who looks into the file. */
  part?: string
  /** Which piece of a pattern it is, and how many of it are cut. */
  piece?: string
  count?: number
  moves?: readonly Move[]
  children: readonly Shape[]
}
export interface PathShape extends Ink, Named {
  shape: 'path'
  d: PathData
}
export interface CircleShape extends Ink, Named {
  shape: 'circle'
  cx: number
  cy: number
  r: number
}
export interface RectShape extends Ink, Named {
  shape: 'rect'
  x?: number
  y?: number
  width: number
  height: number
  /** Radius of its corners. */
  rx?: number
}
export interface TextShape extends Pick<Ink, 'fill'> {
  shape: 'text'
  /** Before its place: the moves come first. */
  moves?: readonly Move[]
  /** Where its line begins, has its middle or ends, on the baseline. */
  x?: number
  y?: number
  size: number
  weight?: 700
  anchor?: 'start' | 'middle' | 'end'
  words: string
}
/** SVG text writes the properties of a shape in the order in which they were given. */
export type Shape = GroupShape | PathShape | CircleShape | RectShape | TextShape

export interface Drawing {
  /** What is seen of it: x, y, width, height in its own units. */
  box: readonly [number, number, number, number]
  /** Ink of whatever names none. */
  ink?: Ink
  /** In parts that belong together. */
  parts: readonly (readonly Shape[])[]
  /** How the SVG text is set; the drawing is the same. */
  svg?: {
    /** The file says how large it is as well; 'mm': so large on paper. */
    sized?: boolean | 'mm'
    title?: string
    fontFamily?: string
    /** Between parts. */
    lineEnd?: string
    /** Between the numbers of a path; a space by default. */
    comma?: string
  }
}
