/** Whichever designer made them: a proposal is of the trends that it follows, and of none it is not made. */
import type { Localized } from '../../../core/values.ts'
import { blockFor } from '../../../garments/index.ts'
import type { DesignBrief, Proposal } from '../designer/designer.ts'
import { both } from '../designer/facts.ts'
import { fidelityOf, sayUnmet } from '../designer/fidelity.ts'
import { refused } from '../messages.ts'
import type { RunPlan } from './run.ts'

/**
 * @returns the proposals with the trends that each follows far enough; all of them where no trend was asked for
 * @throws Problem 422 `designs.not-near-enough` where none is left, with what the nearest one lacks
 */
export function following(proposals: readonly Proposal[], brief: DesignBrief): Proposal[] {
  const { trends, materials, fidelity } = brief
  if (trends.length === 0) return [...proposals]
  let nearest: { score: number; what: Localized } = { score: -1, what: both('', '') }
  const kept = proposals.flatMap((proposal): Proposal[] => {
    const { spec } = proposal
    const block = blockFor(spec.category, spec.gender)
    const judged = trends.map((trend) => ({ trend, how: fidelityOf(spec, block, trend, materials) }))
    for (const { trend, how } of judged) {
      const [what] = sayUnmet(trend, how, block, spec)
      if (what && how.score > nearest.score) nearest = { score: how.score, what }
    }
    const followed = judged.filter(
      ({ trend, how }) =>
        how.score >= fidelity && (proposal.trendIds.length === 0 || proposal.trendIds.includes(trend.id)),
    )
    if (followed.length === 0) return []
    // Whoever made it: what is not there is told, once.
    const told = new Set(proposal.notes.map(({ en }) => en))
    const unmet = followed
      .flatMap(({ trend, how }) => sayUnmet(trend, how, block, spec))
      .filter(({ en }) => !told.has(en))
    return [{ ...proposal, trendIds: followed.map(({ trend }) => trend.id), notes: [...proposal.notes, ...unmet] }]
  })
  if (kept.length > 0 || proposals.length === 0) return kept
  throw refused('designs.not-near-enough', { what: nearest.what, limit: Math.round(fidelity * 100) })
}

/** What each proposal lacks of its trends, for the page of the run. */
export const unmetIn = (proposals: readonly Proposal[], { trends, materials }: DesignBrief): RunPlan['unmet'] =>
  proposals.flatMap(({ spec, trendIds }, slot) => {
    const block = blockFor(spec.category, spec.gender)
    return trends
      .filter(({ id }) => trendIds.includes(id))
      .flatMap((trend) => sayUnmet(trend, fidelityOf(spec, block, trend, materials), block, spec))
      .map((text) => ({ slot, text }))
  })
