/** What this stage is opened with beside what every stage has. */
import type { MakeBrief } from './briefs.ts'
import type { PictureOptions } from '../2-designs/door.ts'
import type { Context } from '../context.ts'
import type { Making } from './making.ts'

export interface Dispatching extends Context {
  /** What is reported of the making, and takes what a factory reports. */
  making: Making
  makeBrief: MakeBrief
  /** Time to search for shorter markers, ms. */
  markerMs: number
  /** For the close-ups of a style that sold before they were drawn. */
  pictures: PictureOptions | undefined
}
