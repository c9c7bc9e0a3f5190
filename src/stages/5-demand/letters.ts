import { formatMoney, longDay, type Currency, type Lang, type Localized } from '../../core/values.ts'
import type { PreorderLine } from '../../db/schema.ts'

export interface LetterText {
  subject: string
  body: string
}

const listed = (lines: readonly PreorderLine[]) =>
  lines.map((line) => `  ${line.colourway} · ${line.size} × ${line.quantity}`).join('\n')

export interface ConfirmFacts {
  name: string
  style: Localized
  lines: readonly PreorderLine[]
  shownPrice: number
  currency: Currency
  closesAt: Date
  link: string
}

/** The letter that asks a buyer to confirm: only then does the pre-order count. */
export function confirmLetter(lang: Lang, timeZone: string, facts: ConfirmFacts): LetterText {
  const price = formatMoney(facts.shownPrice, facts.currency, lang)
  return lang === 'zh'
    ? {
        subject: `请确认您的预订：${facts.style.zh}`,
        body: `${facts.name}，您好！\n\n您预订了“${facts.style.zh}”：\n${listed(facts.lines)}\n\n当前单价 ${price}，参与的人越多价格越低；您支付的价格不会高于此价。\n\n请点击以下链接确认，确认后才计入起做量：\n${facts.link}\n\n这是一件尚未生产的设计。到 ${longDay(facts.closesAt, lang, timeZone)} 仍未达到起做量，预订自动取消，您无需支付任何费用。投产前您可以随时通过上面的链接取消。\n`,
      }
    : {
        subject: `Please confirm your pre-order: ${facts.style.en}`,
        body: `Hello ${facts.name},\n\nYou pre-ordered "${facts.style.en}":\n${listed(facts.lines)}\n\nThe unit price now is ${price}. It falls as more people join; you will never pay more than this.\n\nPlease confirm with this link; only then does it count:\n${facts.link}\n\nThis is a design that has not been made yet. If it does not reach its threshold by ${longDay(facts.closesAt, lang, timeZone)}, your pre-order ends by itself and you pay nothing. Until it goes into production you can cancel with the same link.\n`,
      }
}

export function releasedLetter(lang: Lang, facts: { name: string; style: Localized }): LetterText {
  return lang === 'zh'
    ? {
        subject: `未达到起做量，预订已取消：${facts.style.zh}`,
        body: `${facts.name}，您好！\n\n“${facts.style.zh}”在截止日期前没有达到起做量，因此不会投产。您的预订已自动取消，无需支付任何费用。\n\n感谢您的关注，欢迎看看其他正在预售的款式。\n`,
      }
    : {
        subject: `Not enough orders, pre-order released: ${facts.style.en}`,
        body: `Hello ${facts.name},\n\n"${facts.style.en}" did not reach its threshold in time, so it will not be made. Your pre-order is released and you pay nothing.\n\nThank you for your interest; other styles are open now.\n`,
      }
}
