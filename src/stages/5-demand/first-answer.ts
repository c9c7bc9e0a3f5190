/** What was asked and answered when a pre-order was placed: a repetition of that request gets the same bytes. */
import { hashOf } from '../../core/canonical.ts'
import type { Currency } from '../../core/values.ts'
import type { Answer, FirstAnswer } from '../../db/idempotency.ts'
import type { Reader } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import { versionIn } from '../0-house/door.ts'
import { openContact } from './contact.ts'
import { unitsOf, type PreorderRequest } from './model.ts'
import { readPledge, type PledgedLine } from './pledges.ts'
import { emailIn } from './reach.ts'
import { preorderWithCurrency, type Preorder } from './store.ts'

type Acknowledged = Pick<Preorder, 'id' | 'campaignId' | 'shownPrice' | 'lines' | 'pledged' | 'placedAt'>

/** The answer to a pre-order, told by its row alone. */
export function acknowledgement(
  { id, campaignId, shownPrice, lines, pledged, placedAt }: Acknowledged,
  state: 'pending' | 'confirmed',
  currency: Currency,
): Answer {
  const asked: readonly PledgedLine[] = readPledge(pledged) ?? lines
  return {
    status: 201,
    text: JSON.stringify({
      id,
      campaignId,
      state,
      units: unitsOf(asked),
      unitPrice: shownPrice,
      currency,
      lines: asked.map(({ size, colourway, quantity, atMost }) => ({ size, colourway, quantity, atMost })),
      placedAt: placedAt.toISOString(),
    }),
  }
}

/** Told by the row while its buyer has changed nothing of it, and from then on kept in it. */
export function firstAnswerOf(preorder: Preorder, currency: Currency, vault: Pick<Vault, 'open'>): FirstAnswer {
  const { email, name, lang, terms, confirmedAt, placedAt } = preorder
  const lines = readPledge(preorder.pledged) ?? preorder.lines
  const { now, first } = openContact(vault, preorder.contact)
  if (first) return { status: 201, ...first }
  // In the moment it was placed only a pre-order that a machine vouched for is confirmed.
  const state = confirmedAt?.getTime() === placedAt.getTime() ? 'confirmed' : 'pending'
  const typed = emailIn(email)
  const body: PreorderRequest = {
    ...now,
    ...(typed === undefined ? {} : { email: typed }),
    ...(terms === null ? {} : { terms: versionIn(terms) }),
    name,
    lang,
    lines,
  }
  return { bodyHash: hashOf(body), ...acknowledgement(preorder, state, currency) }
}

/** To be kept in the row before something of it changes. */
export async function firstAnswer(
  db: Reader,
  vault: Pick<Vault, 'open'>,
  id: string,
): Promise<{ bodyHash: string; text: string } | undefined> {
  const found = await preorderWithCurrency(db, id)
  if (!found?.preorder.requestKey) return undefined
  const { bodyHash, text } = firstAnswerOf(found.preorder, found.currency, vault)
  return { bodyHash, text }
}
