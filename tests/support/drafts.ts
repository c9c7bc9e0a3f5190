/**
 * Drafts and derived styles that many tests look at, made once for each process that runs them: both are pure, so that
 * one answer serves everybody who asks for the same style. Nobody may change what all of them see, so it is frozen. Whoever
 * tests that drafting twice gives the same, or drafts a style that nobody else asks for, calls `draftStyle` itself.
 */
import { LRUCache } from 'lru-cache'
import { canonicalJson } from '../../src/core/canonical.ts'
import { DEFAULT_RULES } from '../../src/garments/cost.ts'
import { deriveStyle, type DerivedStyle } from '../../src/garments/derive.ts'
import { draftStyle, normalise } from '../../src/garments/pattern.ts'
import type { Draft, StyleSpec } from '../../src/garments/types.ts'

/** A draft of all sizes is some megabytes. */
const MOST = 64
const drafts = new LRUCache<string, Draft>({ max: MOST })
const derived = new LRUCache<string, DerivedStyle>({ max: MOST })

/** Down to the pieces of each size; the thousands of points in them would take as long to freeze as to draft. */
const DEPTH = 4
function frozen<T>(value: T, depth = DEPTH): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  if (depth > 0) for (const part of Object.values(value)) frozen(part, depth - 1)
  return value
}

/** Names, words, colours and the picture's seed change no line of a pattern; what is left out is at its usual value. */
function patternOf(spec: StyleSpec): string {
  const { names: _, story: _s, seed: _n, colourways: _c, attributes: _a, ...pattern } = normalise(spec).spec
  return canonicalJson(pattern)
}

/** @throws what `draftStyle` throws */
export function draftOf(spec: StyleSpec): Draft {
  const key = patternOf(spec)
  const known = drafts.get(key)
  if (known) return known
  const draft = frozen(draftStyle(spec))
  drafts.set(key, draft)
  return draft
}

/** By the house's usual rules. @throws what `deriveStyle` throws */
export function derivedOf(spec: StyleSpec): DerivedStyle {
  const key = canonicalJson(spec)
  const known = derived.get(key)
  if (known) return known
  const made = frozen(deriveStyle(spec, DEFAULT_RULES))
  derived.set(key, made)
  drafts.set(patternOf(spec), made.draft)
  return made
}
