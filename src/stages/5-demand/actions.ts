import { hashOf } from '../../core/canonical.ts'
import { authorize, may, type Actor } from '../../core/actor.ts'
import { withNotice } from '../../core/notice.ts'
import { notFound, type Problem } from '../../core/errors.ts'
import { parse } from '../../core/parse.ts'
import { HOUR, newId, type Currency, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import {
  once,
  type Answer,
  type FirstAnswer,
  type InFlight,
  type OnceAnswer,
  type RequestName,
  forgetOldRefusals,
} from '../../db/idempotency.ts'
import { take, tooMany } from '../../db/limits.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import {
  campaignById,
  closingDue,
  countBuyer,
  intakeFacts,
  ladderAt,
  moveCampaign,
  openingDue,
  soldVersion,
  verifyUnits,
  type Campaign,
  type IntakeFacts,
} from '../4-storefront/door.ts'
import type { Chores, Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { givingUp } from './giving-up.ts'
import { countLetters, FROM_ONE_AN_HOUR, LONGEST_WAIT_MS, waitFor } from './allowances.ts'
import { closeCampaign } from './closing.ts'
import { acceptPreorder, whyNot } from './intake.ts'
import { auditCounters, type AuditRule, type Difference } from './ledger.ts'
import { confirmLetter, linkLetter, releasedLetter, type ReleasedWhy } from './letters.ts'
import { ANEW_MS, linkToken, linkUntil, oldLink, readLink, wrongLink } from './links.ts'
import { freezeLot, thresholdReached } from './lots.ts'
import {
  normaliseEmail,
  personKey,
  checkLines,
  linkRequest,
  checkName,
  overCap,
  tooLate,
  unitsOf,
  type PreorderRequest,
} from './model.ts'
import {
  cancelPreorder,
  endHolding,
  forgetOrigins,
  heldLetters,
  holdLetters,
  countPending,
  forgetLetter,
  holdUnits,
  lettersDue,
  linesOfCampaign,
  lotById,
  markConfirmed,
  preorderById,
  preorderPage,
  preorderUnder,
  releasedWithCampaign,
  releaseUnasked,
  soldIn,
  type Lot,
  type Preorder,
} from './store.ts'
import { acceptPreorders, type NewPreorder } from './store/intake.ts'

/** How old what intake knows of a campaign may be. Whether it is open is asked anew with every pre-order. */
const FACTS_MS = 1000

/** Letters written in one transaction: pre-orders that come meanwhile wait for it. */
const LETTERS_AT_ONCE = 50

/** Letters with a link that was asked for again. */
const LINKS_AN_HOUR = { address: 3, network: 20 } as const

export interface PlaceOptions {
  /** From the Idempotency-Key header. */
  key: string
  /** How a refusal is written into the stored answer. */
  describe: (refusal: Problem) => string
  /** Whom the letter to the buyer counts against: a network or an account. */
  origin?: string | undefined
}

export type Demand = ReturnType<typeof openDemand>

/** The answer to a pre-order, told by its row alone, so that a repetition gets the same bytes. */
function acknowledgement(
  { id, campaignId, units, shownPrice, lines, placedAt }: Omit<NewPreorder, 'requestKey'>,
  state: 'pending' | 'confirmed',
  currency: Currency,
): Answer {
  return {
    status: 201,
    text: JSON.stringify({
      id,
      campaignId,
      state,
      units,
      unitPrice: shownPrice,
      currency,
      lines: lines.map(({ size, colourway, quantity }) => ({ size, colourway, quantity })),
      placedAt: placedAt.toISOString(),
    }),
  }
}

/** A campaign that has made nothing when its time is up is one below its threshold. */
const isLotless = (state: Campaign['state']): boolean => state === 'open' || state === 'released'

/** One per pre-order, whoever finds first that it was let go. */
const letterOfRelease = (
  { id, email, name, lang }: Pick<Preorder, 'id' | 'email' | 'name' | 'lang'>,
  style: Localized,
  why: ReleasedWhy,
): NewLetter => ({
  dedupeKey: `preorder:${id}:released`,
  to: email,
  lang,
  ...releasedLetter(lang, { name, style, why }),
})

export interface DemandOptions {
  /** What the audit holds against the counters of later stages, handed in where the line is put together. */
  rules?: readonly AuditRule[]
  /** Letters to strangers that one network may cause in an hour. */
  lettersAnHour?: number | undefined
}

export function openDemand(context: Context, { rules = [], lettersAnHour = FROM_ONE_AN_HOUR }: DemandOptions = {}) {
  const { db, clock, outbox, engines } = context
  const notice = withNotice(context.baseUrl)
  const inFlight: InFlight = new Set()

  /** Pending → confirmed, with the counters and, in the same transaction, the decision to produce. */
  async function confirmIn(
    tx: Tx,
    preorder: Pick<Preorder, 'id' | 'campaignId' | 'buyerKey' | 'units'>,
    now: Date,
  ): Promise<Lot | undefined> {
    const { campaignId, buyerKey, units } = preorder
    const [confirmed] = await markConfirmed(tx, { id: preorder.id, now })
    if (!confirmed) throw new Conflict()
    const [gathered] = await verifyUnits(tx, { campaignId, now, units, pending: confirmed.letterDue ? 0 : units })
    if (!gathered) {
      const [campaign, { timeZone }] = [await campaignById(tx, campaignId), await readHouse(tx)]
      throw whyNot(campaign, campaignId, now, timeZone) ?? new Conflict()
    }
    if (confirmed.letterDue) await forgetLetter(tx, preorder.id)
    const [held] = await holdUnits(tx, { campaignId, buyerKey, units })
    if ((held?.units ?? units) > gathered.perBuyerCap) throw overCap(gathered.perBuyerCap)
    let { lotBuyers } = gathered
    if (held?.lotUnits === units)
      [{ lotBuyers }] = (await countBuyer(tx, { campaignId, change: 1 })) as [{ lotBuyers: number }]
    if (!thresholdReached({ ...gathered, lotBuyers })) return undefined
    return freezeLot(tx, context, { campaignId, number: gathered.lot, reason: 'threshold' })
  }

  /** Sizes, colours and cap of a campaign do not change, and its price may be a moment old: it is what was shown. */
  const known = new Map<string, { until: number; facts: Promise<IntakeFacts | undefined> }>()
  function factsOf(campaignId: string): Promise<IntakeFacts | undefined> {
    const now = performance.now()
    const found = known.get(campaignId)
    if (found && found.until > now) return found.facts
    if (known.size > 10_000) known.clear()
    const facts = intakeFacts(db.read, campaignId)
    known.set(campaignId, { until: now + FACTS_MS, facts })
    facts.catch(() => known.delete(campaignId))
    return facts
  }

  /** A buyer's own pre-order. Only one that is not taken needs a second look, at why. */
  const placePending = async (order: NewPreorder): Promise<boolean> =>
    (await db.store(acceptPreorders, order)) || (await db.write((tx) => acceptPreorder(tx, order)))

  /** For a buyer whom a trusted machine vouches for: stored and counted in one transaction. */
  const placeConfirmed = (order: NewPreorder): Promise<boolean> =>
    db.write(
      async (tx) => {
        const stored = await acceptPreorder(tx, order)
        if (stored) await confirmIn(tx, order, order.placedAt)
        return stored
      },
      { atomic: true },
    )

  /** What was asked and answered when the pre-order of this request was placed. */
  async function placedUnder(key: string): Promise<FirstAnswer | undefined> {
    const found = await preorderUnder(db.read, key)
    if (!found) return undefined
    const { preorder, currency } = found
    const { email, name, lang, confirmedAt, placedAt } = preorder
    // In the moment it was placed only a pre-order that a machine vouched for is confirmed.
    const state = confirmedAt?.getTime() === placedAt.getTime() ? 'confirmed' : 'pending'
    const body: PreorderRequest = { email, name, lang, lines: preorder.lines }
    return { bodyHash: hashOf(body), ...acknowledgement(preorder, state, currency) }
  }

  async function owned(id: string, token: string): Promise<Preorder> {
    const end = readLink(engines.vault, id, token)
    const preorder = end && (await preorderById(db.read, id))
    if (!preorder) throw wrongLink()
    const campaign = end === 'campaign' ? await campaignById(db.read, preorder.campaignId) : undefined
    const until = end === 'campaign' ? campaign && linkUntil(campaign) : end
    if (!until || until <= clock.now()) throw oldLink()
    return preorder
  }

  /** Tell those who were let go when their campaign ended. Those whose lot was called off hear of it from production. */
  async function tellReleased(campaignId: string, why: ReleasedWhy): Promise<void> {
    const campaign = await campaignById(db.read, campaignId)
    const sold = campaign && (await soldVersion(db.read, campaign))
    if (!sold) return
    const released = await releasedWithCampaign(db.read, campaignId)
    const letters = released.map((preorder) =>
      letterOfRelease(
        preorder,
        sold.version.spec.names,
        why === 'small-rest' && !preorder.confirmedAt ? 'unconfirmed' : why,
      ),
    )
    await db.write((tx) => queueLetters(tx, letters.map(notice), clock.now(), engines.vault), { atomic: true })
  }

  return {
    /** A link only its buyer has: to confirm, look at and cancel a pre-order. */
    linkFor: (id: string, until = new Date(clock.now().getTime() + ANEW_MS)): string =>
      `${context.baseUrl}/preorders/${id}?token=${linkToken(engines.vault, id, until)}`,

    /**
     * Send the link to a pre-order again, to the address it was placed with and no other. Whoever asks is not told
     * whether it is that address.
     * @param origin whom the request came from, as limits count it
     * @throws Problem 422, 429 `limits.too-many`
     */
    async sendLinkAgain(id: string, input: unknown, origin: string): Promise<void> {
      const { email } = parse(linkRequest, input)
      const now = clock.now()
      const preorder = await preorderById(db.read, id)
      const isOwn = preorder !== undefined && normaliseEmail(preorder.email) === normaliseEmail(email)
      const campaign = isOwn ? await campaignById(db.read, preorder.campaignId) : undefined
      const sold = campaign && (await soldVersion(db.read, campaign))
      await db.write(async (tx) => {
        const over = await take(
          tx,
          [
            {
              of: 'preorder-link.address',
              by: personKey(engines.vault, email),
              most: LINKS_AN_HOUR.address,
              windowMs: HOUR,
            },
            { of: 'preorder-link.network', by: origin, most: LINKS_AN_HOUR.network, windowMs: HOUR },
          ],
          now,
        )
        if (over !== undefined) throw tooMany(over)
        if (!preorder || !campaign || !sold) return
        const until = new Date(Math.max(linkUntil(campaign).getTime(), now.getTime() + ANEW_MS))
        const { lang, name } = preorder
        const words = linkLetter(lang, { name, style: sold.version.spec.names, link: this.linkFor(id, until) })
        const letter = { dedupeKey: `preorder:${id}:link:${newId()}`, to: preorder.email, lang, ...words }
        await queueLetters(tx, [notice(letter)], now, engines.vault)
      })
    },

    /**
     * Take a pre-order. Acknowledged means durable: the answer comes after the commit that holds the order, the
     * campaign's counters and the key. A machine key with the scope `demand` may vouch for its buyers where the
     * house trusts it; then the units count at once and may make the lot.
     * @throws Problem 404/409 campaign unknown, not open, closed; 422 unknown size or colour, over the buyer's cap
     */
    async place(
      actor: Actor,
      campaignId: string,
      request: PreorderRequest,
      options: PlaceOptions,
    ): Promise<OnceAnswer> {
      const now = clock.now()
      const { email, name, lang, lines } = request
      const buyerKey = personKey(engines.vault, email)
      const vouched =
        actor.kind !== 'anonymous' && may(actor, 'demand') && (await readHouse(db.read)).verification === 'trusted'
      const facts = await factsOf(campaignId)
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
          const order: NewPreorder = {
            id: newId(),
            campaignId,
            buyerKey,
            email,
            name,
            lang,
            lines,
            units: unitsOf(lines),
            shownPrice: ladderAt(facts.ladder, facts.totalUnits).unitPrice,
            placedAt: now,
            requestKey,
            // A buyer who is vouched for gets no letter that could be too many.
            origin: vouched ? null : (options.origin ?? null),
          }
          const stored = vouched ? await placeConfirmed(order) : await placePending(order)
          if (!stored) return 'used'
          return acknowledgement(order, vouched ? 'confirmed' : 'pending', facts.currency)
        },
      })
    },

    /** The buyer's link was followed: the pre-order counts from now on. Following it again changes nothing. */
    async confirm(id: string, token: string): Promise<{ preorder: Preorder; lot: Lot | undefined }> {
      const preorder = await owned(id, token)
      if (preorder.state !== 'pending') return { preorder, lot: undefined }
      const lot = await db
        .write((tx) => confirmIn(tx, preorder, clock.now()), { atomic: true })
        .catch((error: unknown) => {
          if (error instanceof Conflict) return undefined // the same link twice at once: the other one did it
          throw error
        })
      return { preorder: (await preorderById(db.read, id)) ?? preorder, lot }
    },

    /** What a buyer's page shows. */
    async ofBuyer(id: string, token: string) {
      const preorder = await owned(id, token)
      const campaign = await campaignById(db.read, preorder.campaignId)
      if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, preorder.campaignId)
      return { preorder, campaign }
    },

    /** @throws Problem 409 once the lot is frozen */
    async cancel(id: string, token: string): Promise<Preorder> {
      await owned(id, token)
      await db.write(async (tx) => {
        const preorder = await preorderById(tx, id)
        if (!preorder || preorder.state === 'cancelled') return
        if (preorder.state !== 'pending' && preorder.state !== 'confirmed') throw tooLate()
        // Lost a race with a confirmation or with the lot: undo the counters and let the caller look again.
        if (!(await cancelPreorder(tx, preorder, clock.now()))) throw tooLate()
      })
      return (await preorderById(db.read, id)) as Preorder
    },

    /** Pre-orders of a campaign, oldest first, for the console and exports. */
    async listPreorders(
      actor: Actor,
      filter: { campaignId: string; after?: string | undefined; limit: number },
    ): Promise<Preorder[]> {
      authorize(actor, 'campaigns:read')
      const rows = await preorderPage(db.read, filter)
      return may(actor, 'people') ? rows : rows.map((row) => ({ ...row, email: '', name: '', buyerKey: '' }))
    },

    async lot(actor: Actor, id: string): Promise<Lot> {
      authorize(actor, 'campaigns:read')
      const lot = await lotById(db.read, id)
      if (!lot) throw notFound({ en: 'lot', zh: '批次' }, id)
      return lot
    },

    /** Units per size and colourway: verified in the gathering lot, in lots already, still unverified, verified and released. */
    async byVariant(actor: Actor, campaignId: string) {
      authorize(actor, 'campaigns:read')
      const rows = await linesOfCampaign(db.read, campaignId)
      const counts = { pending: 0, confirmed: 0, inLots: 0, released: 0 }
      const cells = new Map<string, { size: string; colourway: string } & typeof counts>()
      for (const { state, confirmedAt, lines } of rows) {
        if (state === 'cancelled' || (state === 'released' && !confirmedAt)) continue
        for (const { size, colourway, quantity } of lines) {
          const key = `${colourway}\n${size}`
          const cell = cells.get(key) ?? { size, colourway, ...counts }
          cell[state === 'in-lot' || state === 'fulfilled' ? 'inLots' : state] += quantity
          cells.set(key, cell)
        }
      }
      return [...cells.values()]
    },

    /** Compare every counter with the rows it counts; with `repair` set them right. See ledger.ts for the rules. */
    /** How long the letter to this buyer has to wait, ms; 0 when it goes out at once. For the page that says so. */
    letterWait: (email: string, origin: string): Promise<number> =>
      waitFor(db.read, { buyerKey: personKey(engines.vault, email), origin }, lettersAnHour, clock.now()),

    async audit(actor: Actor, { repair }: { repair: boolean }): Promise<Difference[]> {
      authorize(actor, repair ? 'system' : 'line:read')
      return db.write((tx) => auditCounters(tx, repair, rules))
    },

    /**
     * Ask the buyers of new pre-orders to confirm, and count their units as pending: once for many, instead of
     * on the campaign's row with every pre-order. One whose campaign has ended meanwhile is released. Returns how many.
     */
    async queueConfirmations(): Promise<number> {
      const waiting = await lettersDue(db.read, LETTERS_AT_ONCE)
      return (waiting.length ? await this.askToConfirm(waiting) : 0) + (await this.askHeld())
    },

    /** Letters that waited for their hour: sent now, put off again, or after a day not sent at all. */
    async askHeld(): Promise<number> {
      const now = clock.now()
      const held = await heldLetters(db.read, now, LETTERS_AT_ONCE)
      if (!held.length) return 0
      const tooLong = now.getTime() - LONGEST_WAIT_MS
      const over = held.filter(({ state, placedAt }) => state !== 'pending' || placedAt.getTime() < tooLong)
      const ids = over.map(({ id }) => id)
      if (ids.length) await db.write((tx) => endHolding(tx, ids), { atomic: true })
      return over.length + (await this.askToConfirm(held.filter((each) => !over.includes(each))))
    },

    async askToConfirm(unasked: readonly Preorder[]): Promise<number> {
      if (!unasked.length) return 0
      // A crowd orders one style: its specification is long, and read once for all of them.
      const styles = await soldIn(db.read, [...new Set(unasked.map(({ campaignId }) => campaignId))])
      const byCampaign = new Map(styles.map((style) => [style.campaign.id, style]))
      const due = unasked.flatMap((preorder) => {
        const style = byCampaign.get(preorder.campaignId)
        return style ? [{ preorder, ...style }] : []
      })
      const { timeZone } = await readHouse(db.read)
      const now = clock.now()
      const ended = due.filter(
        ({ campaign }) => campaign.closesAt <= now || !['open', 'dispatching'].includes(campaign.state),
      )
      const asked = due.filter((each) => !ended.includes(each))
      const counted = due.filter((each) => asked.includes(each) || each.preorder.letterDue)
      const letters = asked.map(({ preorder, campaign, spec }): NewLetter => ({
        dedupeKey: `preorder:${preorder.id}:confirm`,
        to: preorder.email,
        lang: preorder.lang,
        ...confirmLetter(preorder.lang, timeZone, {
          name: preorder.name,
          style: spec.names,
          lines: preorder.lines,
          colourways: spec.colourways,
          shownPrice: preorder.shownPrice,
          currency: campaign.currency,
          closesAt: campaign.closesAt,
          link: this.linkFor(preorder.id, linkUntil(campaign)),
        }),
      }))
      await db.write(async (tx) => {
        const waiting = await countLetters(
          tx,
          counted.map(({ preorder }) => preorder),
          lettersAnHour,
          now,
        )
        await queueLetters(
          tx,
          letters.filter((_, index) => !waiting.has(asked[index]?.preorder.id ?? '')).map(notice),
          now,
          engines.vault,
        )
        await countPending(
          tx,
          asked.map(({ preorder }) => preorder.id),
        )
        await holdLetters(tx, waiting)
        await forgetOrigins(
          tx,
          counted.map(({ preorder }) => preorder.id).filter((id) => !waiting.has(id)),
        )
        const gone = await releaseUnasked(
          tx,
          ended.filter(({ preorder }) => preorder.letterDue).map(({ preorder }) => preorder.id),
          now,
        )
        // Those that were held stand with their campaign, whose closing lets them go.
        await endHolding(
          tx,
          ended.map(({ preorder }) => preorder.id),
        )
        const released = new Set(gone.map(({ id }) => id))
        // Told here: the end of a campaign may have been announced before these were seen.
        const words = ended
          .filter(({ preorder }) => released.has(preorder.id) && !waiting.has(preorder.id))
          .map(({ preorder, campaign: { state }, spec }) =>
            letterOfRelease(preorder, spec.names, isLotless(state) ? 'below-threshold' : 'unconfirmed'),
          )
        await queueLetters(tx, words.map(notice), now, engines.vault)
      })
      return due.length
    },

    get chores(): Chores {
      return {
        'confirmation letters': () => this.queueConfirmations(),
        'old refusals': async () => {
          await forgetOldRefusals(db, clock.now())
          return 0 // not work that makes more work
        },
      }
    },

    givingUp,
    reactions: {
      /** Open what is due to open, close what is due to close. Each campaign in a transaction of its own. */
      'demand.sweep-due': async () => {
        const now = clock.now()
        for (const { id } of await openingDue(db.read, now))
          await db.write(async (tx) => {
            if (await moveCampaign(tx, id, 'scheduled', 'open'))
              await outbox.emit(tx, { kind: 'system', name: 'demand' }, 'storefront.opened', { campaignId: id }, now)
          })
        const { reorderMinUnits } = await readHouse(db.read)
        for (const { id } of await closingDue(db.read, now))
          await db.write((tx) => closeCampaign(tx, context, id, reorderMinUnits))
      },
      /** Everybody whose pre-order was let go is told, once. */
      'demand.released': ({ payload }) => tellReleased(payload.campaignId, 'below-threshold'),
      'demand.closed': ({ payload }) => tellReleased(payload.campaignId, 'small-rest'),
    } satisfies Reactions,
  }
}

/** Somebody else changed the pre-order between looking and acting; the transaction is undone. */
class Conflict extends Error {}
