import { formatMoney, type Currency, type Lang, type Localized } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import type { PreorderLine } from './tables.ts'
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
  link: string
}

/** The letter that asks a buyer to confirm: only then does the pre-order count. */
export function confirmLetter(lang: Lang, timeZone: string, facts: ConfirmFacts): LetterText {
  const listed = listedLines(facts.lines, facts.colourways, lang)
  const price = formatMoney(facts.shownPrice, facts.currency, lang)
  return lang === 'zh'
    ? {
        subject: `请确认您的预订：${facts.style.zh}`,
        body: `${facts.name}，您好！\n\n您预订了“${facts.style.zh}”：\n${listed}\n\n当前单价 ${price}，参与的人越多价格越低；您支付的价格不会高于此价。\n\n请点击以下链接确认，确认后才计入起做量：\n${facts.link}\n\n这是一件尚未生产的设计。到 ${spokenEnd(facts.closesAt, lang, timeZone)} 仍未达到起做量，预订自动取消，您无需支付任何费用。投产前您可以随时通过上面的链接取消。\n`,
      }
    : {
        subject: `Please confirm your pre-order: ${facts.style.en}`,
        body: `Hello ${facts.name},\n\nYou pre-ordered "${facts.style.en}":\n${listed}\n\nThe unit price now is ${price}. It falls as more people join; you will never pay more than this.\n\nPlease confirm with this link; only then does it count:\n${facts.link}\n\nThis is a design that has not been made yet. If it does not reach its threshold by ${spokenEnd(facts.closesAt, lang, timeZone)}, your pre-order ends by itself and you pay nothing. Until it goes into production you can cancel with the same link.\n`,
      }
}

/** Why a pre-order ends without a garment: nothing was made, the last lot would have been too small, never confirmed. */
export type ReleasedWhy = 'below-threshold' | 'small-rest' | 'unconfirmed'

const WHY: Record<ReleasedWhy, (style: Localized) => Localized> = {
  'below-threshold': ({ zh, en }) => ({
    zh: `“${zh}”在截止日期前没有达到起做量，因此不会投产。`,
    en: `"${en}" did not reach its threshold in time, so it will not be made.`,
  }),
  'small-rest': ({ zh, en }) => ({
    zh: `“${zh}”的预售已结束。之前的批次已投产，此后新增的预订不足以再做一批，因此您的这份不会生产。`,
    en: `The campaign for "${en}" has ended. Earlier lots are being made, but too few pieces were ordered after them for another one, so yours will not be made.`,
  }),
  unconfirmed: ({ zh, en }) => ({
    zh: `“${zh}”的预售已结束，您的预订在此之前没有通过邮件链接确认，因此没有计入。`,
    en: `The campaign for "${en}" has ended, and your pre-order was not confirmed by the link in its letter before, so it did not count.`,
  }),
}

export function releasedLetter(
  lang: Lang,
  { name, style, why }: { name: string; style: Localized; why: ReleasedWhy },
): LetterText {
  const below = why === 'below-threshold'
  const reason = WHY[why](style)[lang]
  return lang === 'zh'
    ? {
        subject: below ? `未达到起做量，预订已取消：${style.zh}` : `预售已结束，预订已取消：${style.zh}`,
        body: `${name}，您好！\n\n${reason}您的预订已自动取消，无需支付任何费用。\n\n感谢您的关注，欢迎看看其他正在预售的款式。\n`,
      }
    : {
        subject: below
          ? `Not enough orders, pre-order released: ${style.en}`
          : `The campaign has ended, pre-order released: ${style.en}`,
        body: `Hello ${name},\n\n${reason} Your pre-order is released and you pay nothing.\n\nThank you for your interest; other styles are open now.\n`,
      }
}

/** Asked for on the page of an old link; nothing has changed by it. */
export function linkLetter(
  lang: Lang,
  { name, style, link }: { name: string; style: Localized; link: string },
): LetterText {
  return lang === 'zh'
    ? {
        subject: `您的预订链接：${style.zh}`,
        body: `${name}，您好！\n\n这是您预订“${style.zh}”的新链接，可以查看、确认或取消预订：\n${link}\n\n如果不是您申请的，请忽略本邮件，您的预订没有变化。\n`,
      }
    : {
        subject: `Your link: ${style.en}`,
        body: `Hello ${name},\n\nThis is a new link to your pre-order of "${style.en}", to look at it, confirm or cancel it:\n${link}\n\nIf you did not ask for it, ignore this letter; nothing about your pre-order has changed.\n`,
      }
}
