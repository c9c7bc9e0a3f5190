import { formatMoney, type Currency, type Lang, type Localized } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import type { PledgedLine } from './pledges.ts'
import { letters } from './messages.ts'
import { listedLines } from './model.ts'
import { isFirm } from './pledges.ts'

export interface LetterText {
  subject: string
  body: string
}

export interface ConfirmFacts {
  name: string
  style: Localized
  /** As they were asked for, with the prices up to which they count. */
  lines: readonly PledgedLine[]
  colourways: readonly { id: string; name: Localized }[]
  shownPrice: number
  currency: Currency
  closesAt: Date
  /** When its lot goes and until when one may leave; none for a lot after the first. */
  deal?: Localized | undefined
  link: string
}

/** The lines of a pre-order; where some count up to a price only, with that, and with what it means. */
function pledgedLines(lang: Lang, { lines, colourways, currency }: ConfirmFacts): string {
  const listed = listedLines(lines, colourways, lang, (atMost) =>
    letters.say(lang, 'confirm.up-to', { price: formatMoney(atMost, currency, lang) }),
  )
  return lines.every(isFirm) ? listed : `${listed}\n\n${letters.say(lang, 'confirm.pledge')}`
}

/** The letter that asks a buyer to confirm: only then does the pre-order count. */
export const confirmLetter = (lang: Lang, timeZone: string, facts: ConfirmFacts): LetterText => ({
  subject: letters.say(lang, 'confirm.subject', { style: facts.style }),
  body: letters.say(lang, 'confirm.body', {
    name: facts.name,
    style: facts.style,
    lines: pledgedLines(lang, facts),
    price: formatMoney(facts.shownPrice, facts.currency, lang),
    link: facts.link,
    deal: facts.deal?.[lang] ?? letters.say(lang, 'confirm.later-lot'),
    closes: spokenEnd(facts.closesAt, lang, timeZone),
  }),
})

/**
 * Why a pre-order ends without a garment: nothing was made, the last lot would have been too small, never confirmed; or a
 * person ended the campaign.
 */
export type ReleasedWhy = 'below-threshold' | 'small-rest' | 'unconfirmed' | 'few-buyers' | 'stopped' | 'taken-down'

export const releasedLetter = (
  lang: Lang,
  { name, style, why }: { name: string; style: Localized; why: ReleasedWhy },
): LetterText => ({
  subject: letters.say(lang, why === 'below-threshold' ? 'released.subject-below' : 'released.subject', { style }),
  body: letters.say(lang, 'released.body', { name, reason: letters.say(lang, `released.${why}`, { style }) }),
})

/** The lot went at a price that the buyer's pledge does not accept. */
export const leftOutLetter = (
  lang: Lang,
  { name, style, price }: { name: string; style: Localized; price: string },
): LetterText => ({
  subject: letters.say(lang, 'released.subject-price', { style }),
  body: letters.say(lang, 'released.body', { name, reason: letters.say(lang, 'released.price', { style, price }) }),
})

/** Asked for on the page of an old link; nothing has changed by it. */
export const linkLetter = (
  lang: Lang,
  { name, style, link }: { name: string; style: Localized; link: string },
): LetterText => ({
  subject: letters.say(lang, 'link.subject', { style }),
  body: letters.say(lang, 'link.body', { name, style, link }),
})

/** What was changed on a buyer's own page, as it is from now on. */
export const changedLetter = (
  lang: Lang,
  facts: Pick<ConfirmFacts, 'name' | 'style' | 'lines' | 'colourways' | 'shownPrice' | 'currency' | 'link'> & {
    confirmed: boolean
  },
): LetterText => ({
  subject: letters.say(lang, 'changed.subject', { style: facts.style }),
  body: letters.say(lang, 'changed.body', {
    name: facts.name,
    style: facts.style,
    lines: listedLines(facts.lines, facts.colourways, lang),
    price: formatMoney(facts.shownPrice, facts.currency, lang),
    next: facts.confirmed ? '' : letters.say(lang, 'changed.unconfirmed'),
    link: facts.link,
  }),
})
