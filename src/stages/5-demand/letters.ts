import { formatMoney, type Currency, type Lang, type Localized } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import type { PreorderLine } from './tables.ts'
import { letters } from './messages.ts'
import { listedLines } from './model.ts'

export interface LetterText {
  subject: string
  body: string
}

export interface ConfirmFacts {
  name: string
  style: Localized
  lines: readonly PreorderLine[]
  colourways: readonly { id: string; name: Localized }[]
  shownPrice: number
  currency: Currency
  closesAt: Date
  /** When its lot goes and until when one may leave; none for a lot after the first. */
  deal?: Localized | undefined
  link: string
}

/** The letter that asks a buyer to confirm: only then does the pre-order count. */
export const confirmLetter = (lang: Lang, timeZone: string, facts: ConfirmFacts): LetterText => ({
  subject: letters.say(lang, 'confirm.subject', { style: facts.style }),
  body: letters.say(lang, 'confirm.body', {
    name: facts.name,
    style: facts.style,
    lines: listedLines(facts.lines, facts.colourways, lang),
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
