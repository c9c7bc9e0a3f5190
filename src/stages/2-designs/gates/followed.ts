/** G10: a design has what defines the trends that it is said to follow. */
import type { Localized } from '../../../core/values.ts'
import type { Block, GateResult, Material, StyleSpec } from '../../../garments/index.ts'
import type { BriefTrend } from '../designer/designer.ts'
import { fidelityOf, sayUnmet } from '../designer/fidelity.ts'
import { joined, result } from './gates.ts'

export interface FollowedAsked {
  trends: readonly BriefTrend[]
  stock: readonly Material[]
  /** The house's least share of what defines a trend, 0 to 1. */
  limit: number
  /** A person changed it: whether it may leave its trend is theirs to say. */
  refined: boolean
}

/** How far a design follows one trend, as the gate keeps it. */
export interface FollowedTrend {
  trendId: string
  label: Localized
  score: number
  /** What was asked for and is not there, with what was made and why. */
  unmet: readonly Localized[]
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

export function followedGate(
  spec: StyleSpec,
  block: Block,
  { trends, stock, limit, refined }: FollowedAsked,
): GateResult {
  if (trends.length === 0)
    return result('G10', 'pass', 1, '不依据任何趋势。', 'It is made from no trend.', { trends: [], limit })
  const followed = trends.map((trend): FollowedTrend => {
    const how = fidelityOf(spec, block, trend, stock)
    return { trendId: trend.id, label: trend.label, score: how.score, unmet: sayUnmet(trend, how, block, spec) }
  })
  const evidence = { trends: followed, limit }
  const least = Math.min(...followed.map(({ score }) => score))
  const lost = followed.filter(({ score }) => score < limit)
  if (lost.length > 0) {
    const all = lost.flatMap(({ unmet }) => unmet)
    return result(
      'G10',
      refined ? 'review' : 'block',
      least,
      `不再符合${lost.map(({ label, score }) => `“${label.zh}”（${percent(score)}）`).join('、')}，本商家要求至少 ${percent(limit)}。${joined(
        all.map(({ zh }) => zh),
        '',
      )}`,
      `It does not follow ${lost.map(({ label, score }) => `“${label.en}” (${percent(score)})`).join(', ')}; the house asks for ${percent(limit)}. ${joined(
        all.map(({ en }) => en),
        ' ',
      )}`,
      evidence,
    )
  }
  return result(
    'G10',
    'pass',
    least,
    `符合${followed.map(({ label, score }) => `“${label.zh}”（${percent(score)}）`).join('、')}。`,
    `It follows ${followed.map(({ label, score }) => `“${label.en}” (${percent(score)})`).join(', ')}.`,
    evidence,
  )
}
