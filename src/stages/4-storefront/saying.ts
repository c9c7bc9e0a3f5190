/** What a buyer is told about a campaign, in the same words wherever that is. */
import { LRUCache } from 'lru-cache'
import { fillAll } from '../../core/messages.ts'
import type { Localized } from '../../core/values.ts'
import { deal } from './messages.ts'
import { standingOf, type Standing } from './model.ts'
import type { Campaign } from './store.ts'

/** What of a campaign is told. */
type Told = Pick<
  Campaign,
  | 'state'
  | 'collecting'
  | 'undecidedAt'
  | 'stoppedAt'
  | 'closing'
  | 'closingUnits'
  | 'thresholdUnits'
  | 'minBuyers'
  | 'closesAt'
>

function wordsFor(standing: Standing, closing: Campaign['closing']): keyof typeof deal.entries | undefined {
  if (standing === 'undecided') return 'undecided'
  if (standing === 'collecting') return closing === 'atRung' ? 'collectingToRung' : 'collecting'
  return standing === 'open' || standing === 'scheduled' ? closing : undefined
}

/** Terms do not change; what was said of them is not put together anew for each of a crowd. */
const said = new LRUCache<string, Localized>({ max: 2000 })

/**
 * When the lot that gathers goes into production, and until when a buyer may join or leave.
 * @param closes the end of the campaign, as the reader is told of it
 * @returns undefined where there is no such lot any more: its first one has gone, or it is over
 */
export function dealWords(campaign: Told, closes: Localized): Localized | undefined {
  const standing = standingOf(campaign)
  const { thresholdUnits: units, minBuyers: buyers } = campaign
  const rung = campaign.closingUnits ?? units
  const given = { closes, units, buyers, rung }
  const words = wordsFor(standing, campaign.closing)
  if (!words) return undefined
  const key = [words, units, buyers, rung, closes.en, closes.zh].join(' ')
  const known = said.get(key)
  if (known) return known
  const told = fillAll(deal.entries[words], given)
  said.set(key, told)
  return told
}
