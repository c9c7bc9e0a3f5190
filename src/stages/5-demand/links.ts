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

/** What a link to everything of one person says, sealed: nobody reads it, moves its end or makes one. */
interface Person {
  /** An e-mail, or `tel:` and a number. */
  orders: string
  /** In seconds. */
  end: number
}

/** A link to all orders of whoever has this address. Its end is in it, and any other of theirs is as good. */
export const personToken = (vault: Pick<Vault, 'seal'>, reach: string, until: Date): string =>
  vault.seal(JSON.stringify({ orders: reach, end: Math.floor(until.getTime() / SECOND) } satisfies Person))

export const personLink = (
  { baseUrl, engines, clock }: Pick<Context, 'baseUrl' | 'engines' | 'clock'>,
  reach: string,
): string =>
  `${baseUrl}/orders/mine?token=${personToken(engines.vault, reach, new Date(clock.now().getTime() + ANEW_MS))}`

/** By which whoever has this address refuses what is not about their own orders. It has no end, and opens nothing. */
export const unsubscribeLink = ({ baseUrl, engines }: Pick<Context, 'baseUrl' | 'engines'>, reach: string): string =>
  `${baseUrl}/unsubscribe?token=${engines.vault.seal(JSON.stringify({ news: reach }))}`

/** Whose letters it is about. @throws Problem 404 `news.link` */
export function readerBehind(vault: Pick<Vault, 'open'>, token: string): string {
  try {
    const { news } = JSON.parse(vault.open(token)) as { news?: unknown }
    if (typeof news === 'string') return news
  } catch {
    // Told below.
  }
  throw refused('news.link')
}

/** @returns undefined for what we have not sealed for this */
function readPerson(vault: Pick<Vault, 'open'>, token: string): Person | undefined {
  try {
    const { orders, end } = JSON.parse(vault.open(token)) as Partial<Person>
    return typeof orders === 'string' && typeof end === 'number' ? { orders, end } : undefined
  } catch {
    return undefined
  }
}

/**
 * Whose orders a link opens: their address.
 * @throws Problem 404 `orders.link` for one that is not ours, 410 `orders.link-expired`
 */
export function personBehind({ clock, engines }: Pick<Context, 'clock' | 'engines'>, token: string): string {
  const person = readPerson(engines.vault, token)
  if (!person) throw refused('orders.link')
  if (person.end * SECOND <= clock.now().getTime()) throw refused('orders.link-expired')
  return person.orders
}
