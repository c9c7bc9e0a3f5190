/** The signed links in buyers' letters: what they cover, how long they hold, and what is said of one that does not. */
import type { Problem } from '../../core/errors.ts'
import { DAY, SECOND } from '../../core/values.ts'
import type { Vault } from '../../engines/ports.ts'
import { campaignById, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { preorderById, type Preorder } from './store.ts'

const PURPOSE = 'preorder'
/** After the promised day: for a lot that is late, and for whoever looks at what was ordered. */
const DAYS_AFTER = 60
/** A link that was asked for anew holds at least so long. */
export const ANEW_MS = 30 * DAY

/** The last moment of a link: some time after the garments are promised, were the lot made at the campaign's end. */
export const linkUntil = ({ closesAt, promisedDays }: Pick<Campaign, 'closesAt' | 'promisedDays'>): Date =>
  new Date(closesAt.getTime() + (promisedDays + DAYS_AFTER) * DAY)

/** `<end in seconds, base 36>.<signature>`: the end is signed with the pre-order, so nobody moves it. */
export function linkToken(vault: Vault, id: string, until: Date): string {
  const end = Math.floor(until.getTime() / SECOND).toString(36)
  return `${end}.${vault.sign(PURPOSE, `${id}/${end}`)}`
}

/**
 * @returns nothing for a token that is not ours; its end otherwise: 'campaign' for one of before links had an end of
 *   their own, which holds as long as one would that was made today
 */
export function readLink(vault: Vault, id: string, token: string): Date | 'campaign' | undefined {
  const [end, signature] = token.split('.')
  if (signature === undefined) return vault.verify(PURPOSE, id, token) ? 'campaign' : undefined
  if (!/^[0-9a-z]{1,9}$/.test(end ?? '') || !vault.verify(PURPOSE, `${id}/${end}`, signature)) return undefined
  return new Date(Number.parseInt(end ?? '', 36) * SECOND)
}

/** A link only its buyer has: to confirm, look at and cancel a pre-order. */
export const linkFor = ({ baseUrl, engines }: Pick<Context, 'baseUrl' | 'engines'>, id: string, until: Date): string =>
  `${baseUrl}/preorders/${id}?token=${linkToken(engines.vault, id, until)}`

/**
 * The pre-order that a link is for.
 * @throws Problem 404 `preorders.link` for one that is not ours, 410 `preorders.link-expired`
 */
export async function preorderBehind(
  { db, clock, engines }: Pick<Context, 'db' | 'clock' | 'engines'>,
  id: string,
  token: string,
): Promise<Preorder> {
  const end = readLink(engines.vault, id, token)
  const preorder = end && (await preorderById(db.read, id))
  if (!preorder) throw refused('preorders.link')
  const campaign = end === 'campaign' ? await campaignById(db.read, preorder.campaignId) : undefined
  const until = end === 'campaign' ? campaign && linkUntil(campaign) : end
  if (!until || until <= clock.now()) throw refused('preorders.link-expired')
  return preorder
}

export const isLinkProblem = ({ code }: Problem): boolean =>
  code === 'preorders.link' || code === 'preorders.link-expired'
