import { z } from 'zod'
import type { Transitions } from '../../core/states.ts'
import { emailAddress, paragraphs } from '../../core/typed.ts'
import { LANGS, type Minor } from '../../core/values.ts'
import type { CAMPAIGN_STATES } from './tables.ts'
import type { FlooredRung, Rung } from '../../garments/types.ts'

export type CampaignState = (typeof CAMPAIGN_STATES)[number]
/**
 * As everybody is told of it: between the goal and the first lot it is `collecting`; closed with enough units from too few
 * buyers it is `undecided` until a person has said whether it is made; stopped by hand it is `stopping` until
 * that can no longer be taken back.
 */
export type Standing = CampaignState | 'collecting' | 'undecided' | 'stopping'

export const CAMPAIGN_MOVES: Transitions<Standing> = {
  scheduled: ['open', 'released'],
  open: ['collecting', 'undecided', 'dispatching', 'stopping', 'released'],
  // Made all the same, stopped, given more time, or left by so many that nothing is left to be decided.
  undecided: ['open', 'dispatching', 'stopping', 'released'],
  // Buyers may leave until the lot goes, and with them the goal.
  collecting: ['open', 'dispatching', 'stopping'],
  // Taken back, or over.
  stopping: ['open', 'collecting', 'undecided', 'dispatching', 'closed', 'released'],
  dispatching: ['stopping', 'closed'],
  closed: [],
  released: [],
}

/** What a campaign is, as everybody is told. */
export function standingOf({
  state,
  collecting,
  undecidedAt,
  stoppedAt,
}: {
  state: CampaignState
  collecting: boolean
  undecidedAt: Date | null
  stoppedAt: Date | null
}): Standing {
  if (stoppedAt && state !== 'closed' && state !== 'released') return 'stopping'
  if (state !== 'open') return state
  if (collecting) return 'collecting'
  return undecidedAt ? 'undecided' : 'open'
}

/** Why a person ended it; undefined where nobody did. */
export function endedBy({
  stoppedAt,
  takenDownAt,
}: {
  stoppedAt: Date | null
  takenDownAt: Date | null
}): 'stopped' | 'taken-down' | undefined {
  if (!stoppedAt) return undefined
  return takenDownAt ? 'taken-down' : 'stopped'
}

/** Enough units, but from too few buyers: that is asked about, and no demand is thrown away for it. */
export const lacksBuyers = (gathered: Parameters<typeof goalReached>[0]): boolean =>
  gathered.lotUnits >= gathered.thresholdUnits && gathered.lotBuyers < gathered.minBuyers

/** Enough units from enough buyers. */
export const goalReached = (gathered: {
  lotUnits: number
  lotBuyers: number
  thresholdUnits: number
  minBuyers: number
}): boolean => gathered.lotUnits >= gathered.thresholdUnits && gathered.lotBuyers >= gathered.minBuyers

export const inquirySchema = z.strictObject({
  email: emailAddress,
  question: paragraphs(3, 2000),
  /** Of the answer; the request's own language where it is left out. */
  lang: z.enum(LANGS).optional(),
})

export const answerSchema = z.strictObject({
  answer: paragraphs(1, 4000),
  /** Show question and answer to every visitor of the style's page. */
  publish: z.boolean().default(false),
})

/** Where a campaign stands on its ladder: what one unit costs now, and what it will cost when more join. */
export interface LadderPosition {
  unitPrice: Minor
  next: { fromUnits: number; unitPrice: Minor; unitsMissing: number } | undefined
}

/** What a campaign says of its prices. */
export interface Priced {
  pricing: 'lot' | 'total'
  ladder: readonly Rung[]
  laterLadder: readonly FlooredRung[] | null
  lot: number
  lotUnits: number
  totalUnits: number
}

/** The ladder of the lot that gathers. Later lots are smaller, and dearer by themselves. */
export const ladderOf = ({ pricing, ladder, laterLadder, lot }: Omit<Priced, 'lotUnits' | 'totalUnits'>) =>
  pricing === 'lot' && lot > 1 && laterLadder?.length ? laterLadder : ladder

/** The units that its price follows. */
export const countedUnits = ({
  pricing,
  lotUnits,
  totalUnits,
}: Omit<Priced, 'ladder' | 'laterLadder' | 'lot'>): number => (pricing === 'lot' ? lotUnits : totalUnits)

/** The lowest price that leaves the margin in a lot of so many units after the first. */
const floorAt = (rungs: readonly FlooredRung[] | null, units: number): Minor =>
  (rungs?.findLast(({ fromUnits }) => fromUnits <= units) ?? rungs?.[0])?.floor ?? 0

/**
 * What one unit costs now in the lot that gathers, and the most that it will cost.
 *
 * By the lot: the rung of the lot's own units; at most its first rung, because a lot that reaches no rung is not made. So no
 * price is below the floor of its lot, whoever leaves. By the total: the rung of all lots together, in later lots never below
 * the floor of the lot's own units; at most what it costs now, or that floor at the smallest lot.
 */
export function pricesOf(campaign: Priced): LadderPosition & { most: Minor } {
  const { pricing, lot, lotUnits, totalUnits, laterLadder } = campaign
  const rungs = ladderOf(campaign)
  if (pricing === 'lot') return { ...ladderAt(rungs, lotUnits), most: ladderAt(rungs, 0).unitPrice }
  const { unitPrice, next } = ladderAt(rungs, totalUnits)
  const floor = lot > 1 ? floorAt(laterLadder, lotUnits) : 0
  const raised = Math.max(unitPrice, floor)
  return {
    unitPrice: raised,
    next: next && next.unitPrice < raised && next.unitPrice >= floor ? next : undefined,
    most: Math.max(unitPrice, lot > 1 ? floorAt(laterLadder, 0) : 0),
  }
}

/**
 * The lowest price that leaves the house's margin in a lot of so many units, whichever lot it is.
 * @param priceFloor of the style at its goal: what a campaign goes by that opened before lots had floors of their own
 */
export const floorOf = (
  { laterLadder, ladder }: Pick<Priced, 'laterLadder' | 'ladder'>,
  priceFloor: Minor | undefined,
  units: number,
): Minor => (laterLadder?.length ? floorAt(laterLadder, units) : (priceFloor ?? ladderAt(ladder, units).unitPrice))

/** What a lot's own units would have cost: what everybody pays less is margin given away. */
export function ownPriceOf(
  campaign: Pick<Priced, 'ladder' | 'laterLadder'>,
  { number, units }: { number: number; units: number },
): Minor {
  const { ladder, laterLadder } = campaign
  return ladderAt(number > 1 && laterLadder?.length ? laterLadder : ladder, units).unitPrice
}

/**
 * The rung that `units` has reached. Below the first rung the first rung's price is asked: nobody is shown a price
 * that depends on units nobody can see.
 * @param ladder rungs by rising `fromUnits`, prices never rising
 */
export function ladderAt(ladder: readonly Rung[], units: number): LadderPosition {
  const reached = ladder.filter((rung) => rung.fromUnits <= units).at(-1) ?? ladder[0]
  if (!reached) throw new Error('a ladder without rungs')
  const next = ladder.find((rung) => rung.fromUnits > units && rung.unitPrice < reached.unitPrice)
  return {
    unitPrice: reached.unitPrice,
    next: next && { fromUnits: next.fromUnits, unitPrice: next.unitPrice, unitsMissing: next.fromUnits - units },
  }
}
