import type { VNode } from 'preact'
import type { Localized } from '../../core/values.ts'
import type { Sent } from './parts.tsx'
import type { View } from './view.ts'

/** What a page's sample is made of. `page.sample.tsx` stands beside `page.tsx`; tests look at all of them, in both languages. */
export interface SampleParts {
  view: View
  /** The view of somebody who is at that path. */
  at(path: string): View
  /** Around every word that a person, a feed or a factory fills in: a test puts markup there, which must stay words. */
  text(words: string): string
  both(zh: string, en: string): Localized
  /** A form that was refused, with what was typed. */
  sent: Sent
  now: Date
}

/** A page with something in every field, by the name that a failing test says. */
export type Samples = (parts: SampleParts) => Record<string, VNode>
