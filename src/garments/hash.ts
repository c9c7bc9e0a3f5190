import { hashOf } from '../core/canonical.ts'
import type { Derived, Draft, HouseRules, StyleSpec } from './types.ts'

/** Hash of everything drafted: engine, design, and every size's pieces, measures and seams. */
export const geometryHash = (draft: Draft): string =>
  hashOf({ category: draft.category, design: draft.design, engine: draft.engine, sizes: draft.sizes })

/**
 * The one hash of a style: its parameter set, everything computed from it (the geometry by its own hash) and the rules
 * it was priced with. Approved = sold = sent means this value; any change of a parameter, a price or an engine
 * changes it.
 */
export const styleHash = (spec: StyleSpec, derived: Derived, rules: HouseRules): string =>
  hashOf({ schema: 'firstcut.hash/1', spec, derived, rules })
