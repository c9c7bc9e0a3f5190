import { LRUCache } from 'lru-cache'
import { may, type Actor } from '../../core/actor.ts'
import { notFound, type Problem } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { once, type FirstAnswer, type InFlight, type OnceAnswer, type RequestName } from '../../db/idempotency.ts'
import type { Reader } from '../../db/database.ts'
import { acceptedAs, currentTerms, readHouse, type House } from '../0-house/door.ts'
import { intakeFacts, ladderOf, pricesOf, type IntakeFacts } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { confirmIn } from './confirming.ts'
import { readContact, sealContact } from './contact.ts'
import { acknowledgement, firstAnswerOf } from './first-answer.ts'
import { acceptPreorder } from './intake.ts'
import { refused } from './messages.ts'
import { reached } from './reach.ts'
import { checkLines, checkName, checkPledge, personKey, unitsOf, type PreorderRequest } from './model.ts'
import { bareLines, dearestOf, pledgeIn } from './pledges.ts'
import { preorderUnder } from './store.ts'
import { acceptPreorders, type NewPreorder } from './store/intake.ts'

/** How old what intake knows of a campaign may be. Whether it is open is asked anew with every pre-order. */
const FACTS_MS = 1000

export interface PlaceOptions {
  /** From the Idempotency-Key header. */
  key: string
  /** How a refusal is written into the stored answer. */
  describe: (refusal: Problem) => string
  /** Whom the letter to the buyer counts against: a network or an account. */
  origin?: string | undefined
  /** The partner by whose link it came; one that orders with its own key is known by that. */
  partner?: { id: string } | undefined
  /** Where the house has terms of sale, their buyer says that they are accepted: a person at our own form. */
  accepts?: boolean
}

interface Known {
  facts: IntakeFacts | undefined
  house: House
  terms: { version: number; hash: string } | undefined
}
const knownOf = async (db: Reader, campaignId: string): Promise<Known> => {
  const [facts, house, terms] = await Promise.all([intakeFacts(db, campaignId), readHouse(db), currentTerms(db)])
  return { facts, house, terms }
}

/** Sizes, colours and cap of a campaign do not change, and its price may be a moment old: it is what was shown. */
function openFacts({ db, clock }: Pick<Context, 'db' | 'clock'>) {
  const known = new LRUCache<string, Promise<Known>>({
    max: 10_000,
    ttl: FACTS_MS,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  })
  return (campaignId: string): Promise<Known> => {
    const found = known.get(campaignId)
    if (found) return found
    const facts = knownOf(db.read, campaignId)
    known.set(campaignId, facts)
    facts.catch(() => known.delete(campaignId))
    return facts
  }
}

/** Whose word counts where the house trusts others to know their buyers. */
const vouches = (actor: Actor): boolean =>
  actor.kind === 'partner' ? actor.trusted : actor.kind !== 'anonymous' && may(actor, 'demand')

/**
 * What is kept of the terms of sale with an order.
 * @param named the version that its buyer accepts
 * @throws Problem 409 where other terms hold now, 422 where they have to be accepted and are not
 */
function accepts(named: number | undefined, held: Known['terms'], needed = false): string | null {
  if (named === undefined) {
    if (needed && held) throw refused('preorders.terms', undefined, { field: 'terms' })
    return null
  }
  if (!held) throw refused('preorders.terms-none', undefined, { field: 'terms' })
  if (named !== held.version) throw refused('preorders.terms-changed', { now: held.version }, { field: 'terms' })
  return acceptedAs(held)
}

/** How pre-orders are taken: the path everybody's order goes, and a crowd's. */
export function openPlacing(context: Context) {
  const { db, clock, engines } = context
  const inFlight: InFlight = new Set()
  const factsOf = openFacts({ db, clock })

  /** A buyer's own pre-order. Only one that is not taken needs a second look, at why. */
  const placePending = async (order: NewPreorder): Promise<boolean> =>
    (await db.store(acceptPreorders, order)) || (await db.write((tx) => acceptPreorder(tx, order)))

  /** For a buyer whom a trusted machine or partner vouches for: stored and counted in one transaction. */
  const placeConfirmed = (order: NewPreorder): Promise<boolean> =>
    db.write(
      async (tx) => {
        const stored = await acceptPreorder(tx, order)
        if (stored) await confirmIn(tx, context, order, order.placedAt)
        return stored
      },
      { atomic: true },
    )

  /** What was asked and answered when the pre-order of this request was placed. */
  async function placedUnder(key: string): Promise<FirstAnswer | undefined> {
    const found = await preorderUnder(db.read, key)
    if (!found) return undefined
    const { preorder, currency } = found
    return firstAnswerOf(preorder, currency, engines.vault)
  }

  /**
   * Take a pre-order. Acknowledged means durable: the answer comes after the commit that holds the order, the
   * campaign's counters and the key. A machine key with the scope `demand`, or a partner that is trusted, may vouch for
   * its buyers where the campaign is verified so; then the units count at once and may make the lot.
   * @throws Problem 404/409 campaign unknown, not open, closed; 422 unknown size or colour, over the buyer's cap, no such
   *   telephone number or address
   */
  return async function place(
    actor: Actor,
    campaignId: string,
    asked: PreorderRequest,
    options: PlaceOptions,
  ): Promise<OnceAnswer> {
    const now = clock.now()
    const { facts, house, terms: held } = await factsOf(campaignId)
    const policy = facts?.verification ?? house.verification
    const { request, reach } = reached(readContact(asked), policy)
    const { email: _, name, lang, lines, terms, ...contact } = request
    const buyerKey = personKey(engines.vault, reach)
    const vouched = policy === 'trusted' && vouches(actor)
    const named: RequestName = {
      actor:
        actor.kind === 'anonymous' ? `buyer:${buyerKey}` : `${actor.kind}:${'id' in actor ? actor.id : actor.name}`,
      route: `POST /campaigns/${campaignId}/preorders`,
      key: options.key,
    }
    return once(db, inFlight, named, request, now, {
      describe: options.describe,
      granted: placedUnder,
      async act(requestKey) {
        if (!facts) throw notFound({ en: 'campaign', zh: '预售' }, campaignId)
        checkLines(lines, facts.sizes, facts.colourways)
        checkName(name)
        const prices = ladderOf(facts).map(({ unitPrice }) => unitPrice)
        checkPledge(lines, { pricing: facts.pricing, prices, currency: facts.currency })
        const accepted = accepts(terms, held, options.accepts)
        const order: NewPreorder = {
          id: newId(),
          campaignId,
          buyerKey,
          email: reach,
          name,
          contact: sealContact(engines.vault, { now: contact }),
          lang,
          lines: bareLines(lines),
          units: unitsOf(lines),
          pledged: pledgeIn(lines),
          shownPrice: dearestOf(lines, pricesOf(facts).most),
          placedAt: now,
          requestKey,
          terms: accepted,
          // A buyer who is vouched for gets no letter that could be too many.
          origin: vouched ? null : (options.origin ?? null),
          partnerId: actor.kind === 'partner' ? actor.id : (options.partner?.id ?? null),
        }
        const stored = vouched ? await placeConfirmed(order) : await placePending(order)
        if (!stored) return 'used'
        return acknowledgement(order, vouched ? 'confirmed' : 'pending', facts.currency)
      },
    })
  }
}
