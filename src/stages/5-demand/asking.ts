/** The letters that ask buyers to confirm. */
import { withNotice } from '../../core/notice.ts'
import { spokenEnds } from '../../core/zones.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import type { Vault } from '../../engines/ports.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignById, campaignCards, dealWords, endedBy, type Campaign } from '../4-storefront/door.ts'
import { countLetters, LONGEST_WAIT_MS } from './allowances.ts'
import { holdCode, newCode } from './codes.ts'
import { confirmLetter } from './letters.ts'
import { openContact } from './contact.ts'
import { linkFor, linkUntil } from './links.ts'
import type { DemandContext } from './options.ts'
import { readPledge } from './pledges.ts'
import { addressKey, networkIn } from './patterns/tracing.ts'
import { isByText } from './reach.ts'
import { noteTraces, type Trace } from './store/traces.ts'
import { isLotless, letterOfRelease } from './releasing.ts'
import {
  countPending,
  endHolding,
  forgetOrigins,
  heldLetters,
  holdLetters,
  lettersDue,
  releaseUnasked,
  type Preorder,
} from './store.ts'

type Opens = Pick<Vault, 'open' | 'sign'>

/** Letters written in one transaction: pre-orders that come meanwhile wait for it. */
const LETTERS_AT_ONCE = 50

/**
 * Ask the buyers of new pre-orders to confirm, and count their units as pending: once for many, instead of
 * on the campaign's row with every pre-order. One whose campaign has ended meanwhile is released. Returns how many.
 */
export async function queueConfirmations(context: DemandContext): Promise<number> {
  const { db } = context
  const waiting = await lettersDue(db.read, LETTERS_AT_ONCE)
  return (waiting.length ? await askToConfirm(context, waiting) : 0) + (await askHeld(context))
}

/** Letters that waited for their hour: sent now, put off again, or after a day not sent at all. */
async function askHeld(context: DemandContext): Promise<number> {
  const { db, clock } = context
  const now = clock.now()
  const held = await heldLetters(db.read, now, LETTERS_AT_ONCE)
  if (!held.length) return 0
  const tooLong = now.getTime() - LONGEST_WAIT_MS
  const over = held.filter(({ state, placedAt }) => state !== 'pending' || placedAt.getTime() < tooLong)
  const ids = over.map(({ id }) => id)
  if (ids.length) await db.write((tx) => endHolding(tx, ids), { atomic: true })
  return (
    over.length +
    (await askToConfirm(
      context,
      held.filter((each) => !over.includes(each)),
    ))
  )
}

/** Nobody is asked to confirm for it any more. */
const isOver = (
  { state, closesAt, stoppedAt }: Pick<Campaign, 'state' | 'closesAt' | 'stoppedAt'>,
  now: Date,
): boolean => closesAt <= now || stoppedAt !== null || !['open', 'dispatching'].includes(state)

const isStopping = ({ stoppedAt, endedAt }: Campaign): boolean => stoppedAt !== null && endedAt === null

/** What new pre-orders were seen by: noted here, so that whoever orders does not wait for it. */
const tracedBy = (vault: Opens, asked: readonly { preorder: Preorder }[]): Trace[] =>
  asked
    .filter(({ preorder }) => preorder.letterDue)
    .map(({ preorder: { id, origin, contact, placedAt } }) => ({
      preorderId: id,
      network: networkIn(origin),
      address: addressKey(vault, openContact(vault, contact).now.address),
      placedAt,
    }))

async function askToConfirm(context: DemandContext, unasked: readonly Preorder[]): Promise<number> {
  const { db, clock, engines, lettersAnHour } = context
  const notice = withNotice(context.baseUrl)
  if (!unasked.length) return 0
  // A crowd orders one style: what it is called is read once for all of them.
  const cards = await campaignCards(db.read, [...new Set(unasked.map(({ campaignId }) => campaignId))])
  const due = unasked.flatMap((preorder) => {
    const found = cards.get(preorder.campaignId)
    // Whether one that is being stopped goes on is decided soon: its buyers are asked, or let go, then.
    return found && !isStopping(found.campaign) ? [{ preorder, ...found }] : []
  })
  const { timeZone } = await readHouse(db.read)
  const now = clock.now()
  const ended = due.filter(({ campaign }) => isOver(campaign, now))
  const asked = due.filter((each) => !ended.includes(each))
  const counted = due.filter((each) => asked.includes(each) || each.preorder.letterDue)
  const codes = new Map(
    asked
      .filter(({ preorder }) => isByText(preorder.email))
      .map(({ preorder, card }) => [preorder.id, newCode(engines.vault, preorder, card.names, 'first')]),
  )
  const byLetter = ({ preorder, campaign, card }: (typeof asked)[number]): NewLetter => ({
    dedupeKey: `preorder:${preorder.id}:confirm`,
    about: `campaign:${campaign.id}`,
    to: preorder.email,
    lang: preorder.lang,
    ...confirmLetter(preorder.lang, timeZone, {
      name: preorder.name,
      style: card.names,
      lines: readPledge(preorder.pledged) ?? preorder.lines,
      colourways: card.colourways,
      shownPrice: preorder.shownPrice,
      currency: campaign.currency,
      closesAt: campaign.closesAt,
      deal: dealWords(campaign, spokenEnds(campaign.closesAt, timeZone)),
      link: linkFor(context, preorder.id, linkUntil(campaign)),
    }),
  })
  const letters = asked.map((each) => codes.get(each.preorder.id)?.letter ?? notice(byLetter(each)))
  await db.write(async (tx) => {
    // One that ended since it was read asks nobody and counts nothing any more: the next look lets its buyers go.
    for (const id of new Set(asked.map(({ campaign }) => campaign.id))) {
      const campaign = await campaignById(tx, id)
      if (!campaign || isOver(campaign, now)) return
    }
    const waiting = await countLetters(
      tx,
      counted.map(({ preorder }) => preorder),
      lettersAnHour,
      now,
    )
    await queueLetters(
      tx,
      letters.filter((_, index) => !waiting.has(asked[index]?.preorder.id ?? '')),
      now,
      engines.vault,
    )
    for (const [id, code] of codes) if (!waiting.has(id)) await holdCode(tx, id, code, now)
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
    await noteTraces(tx, tracedBy(engines.vault, asked))
    const released = new Set(gone.map(({ id }) => id))
    // Told here: the end of a campaign may have been announced before these were seen.
    const words = ended
      .filter(({ preorder }) => released.has(preorder.id) && !waiting.has(preorder.id))
      .map(({ preorder, campaign, card }) =>
        letterOfRelease(
          preorder,
          card.names,
          endedBy(campaign) ?? (isLotless(campaign.state) ? 'below-threshold' : 'unconfirmed'),
        ),
      )
    await queueLetters(tx, words.map(notice), now, engines.vault)
  })
  return due.length
}
