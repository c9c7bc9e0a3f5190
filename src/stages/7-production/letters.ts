import { formatMoney, longDay, type Currency, type Lang, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import { type PreorderLine, listedLines } from '../5-demand/door.ts'

/** What every letter about a lot knows: the garment, and the buyers who wait for it. */
export interface LotFacts {
  orderId: string
  /** Above 1 another factory makes it than at first: what was told then is told anew. */
  placement: number
  style: Localized
  colourways: readonly { id: string; name: Localized }[]
  promisedAt: Date
  unitPrice: number
  currency: Currency
  timeZone: string
  buyers: readonly {
    id: string
    email: string
    name: string
    lang: Lang
    lines: readonly PreorderLine[]
    units: number
  }[]
}

export interface Parcel {
  carrier: string
  trackingNumber: string
  units?: number | undefined
}

export type News =
  | { kind: 'accepted' }
  | { kind: 'shipped'; parcels: readonly Parcel[] }
  /** The rest follows in parcels of its own. `by`: the report that named them. */
  | { kind: 'more-parcels'; parcels: readonly Parcel[]; by: string }
  | { kind: 'delivered' }
  | { kind: 'late'; expectedAt: Date }
  /** Another factory is looked for, after one that is out or the first at all: the promised date moves. `by`: once for each. */
  | { kind: 'moved'; from: Date; to: Date; by: string; after: 'factory-out' | 'none-found' }
  /** It will not be made. */
  | { kind: 'released'; why: ReleasedFor }

/** The factory cannot, the house stopped it, or no factory was found at all. */
type ReleasedFor = 'factory' | 'house' | 'none-found'
const RELEASED_FOR: Readonly<Record<ReleasedFor, Localized>> = {
  factory: { zh: '工厂无法完成这一批的生产', en: 'the factory is not able to make it' },
  house: {
    zh: '我们在生产过程中发现问题，已与工厂协商停止生产',
    en: 'we found a fault during production and have stopped it with the factory',
  },
  'none-found': { zh: '没有工厂能够承接这一批的生产', en: 'no factory is able to take the lot on' },
}

const parcelsZh = (parcels: readonly Parcel[]): string =>
  parcels.length
    ? `物流信息：\n${parcels.map((p) => `  ${p.carrier}：${p.trackingNumber}${p.units ? `（${p.units} 件）` : ''}`).join('\n')}\n\n`
    : ''
const parcelsEn = (parcels: readonly Parcel[]): string =>
  parcels.length
    ? `Parcels:\n${parcels.map((p) => `  ${p.carrier}: ${p.trackingNumber}${p.units ? ` (${p.units} pcs)` : ''}`).join('\n')}\n\n`
    : ''

function zh(news: News, facts: LotFacts, buyer: LotFacts['buyers'][number]): { subject: string; body: string } {
  const style = facts.style.zh
  const listed = listedLines(buyer.lines, facts.colourways, 'zh')
  const promised = longDay(facts.promisedAt, 'zh', facts.timeZone)
  switch (news.kind) {
    case 'accepted':
      if (facts.placement > 1)
        return {
          subject: `已由另一家工厂接单：${style}`,
          body: `${buyer.name}，您好！\n\n“${style}”已由另一家工厂接单，重新开始为您生产：\n${listed}\n\n成交单价不变，仍为 ${formatMoney(facts.unitPrice, facts.currency, 'zh')}。\n预计送达：${promised} 前。\n`,
        }
      return {
        subject: `已投产：${style}`,
        body: `${buyer.name}，您好！\n\n好消息：“${style}”已达到起做量，工厂已接单，开始为您生产：\n${listed}\n\n成交单价 ${formatMoney(facts.unitPrice, facts.currency, 'zh')}，不高于您预订时看到的价格。\n预计送达：${promised} 前。\n\n从现在起本预订不能再取消。\n`,
      }
    case 'shipped':
      return {
        subject: `已发货：${style}`,
        body: `${buyer.name}，您好！\n\n您预订的“${style}”已从工厂发出。\n\n${parcelsZh(news.parcels)}预计 ${promised} 前送达。\n`,
      }
    case 'more-parcels':
      return {
        subject: `又有包裹发出：${style}`,
        body: `${buyer.name}，您好！\n\n您预订的“${style}”这一批又有包裹从工厂发出。\n\n${parcelsZh(news.parcels)}预计 ${promised} 前送达。\n`,
      }
    case 'delivered':
      return {
        subject: `已送达：${style}`,
        body: `${buyer.name}，您好！\n\n您预订的“${style}”已送达：\n${listed}\n\n感谢您与我们一起按需生产，没有多做一件。\n`,
      }
    case 'late':
      return {
        subject: `送达时间可能推迟：${style}`,
        body: `${buyer.name}，您好！\n\n很抱歉，“${style}”的生产比计划慢。我们原定 ${promised} 前送达，目前预计为 ${longDay(news.expectedAt, 'zh', facts.timeZone)}。\n\n我们正与工厂跟进。如果您不愿再等，请直接回复本邮件。\n`,
      }
    case 'moved':
      if (news.after === 'none-found')
        return {
          subject: `送达时间推迟：${style}`,
          body: `${buyer.name}，您好！\n\n很抱歉，“${style}”已达到起做量，但没有工厂能按原定时间生产，我们需要更多时间：原定 ${longDay(news.from, 'zh', facts.timeZone)} 前送达，现改为 ${longDay(news.to, 'zh', facts.timeZone)} 前。\n\n款式、数量和价格都不变。如果您不愿再等，请直接回复本邮件。\n`,
        }
      return {
        subject: `更换工厂，送达时间推迟：${style}`,
        body: `${buyer.name}，您好！\n\n很抱歉，“${style}”需要改由另一家工厂生产，送达时间因此推迟：原定 ${longDay(news.from, 'zh', facts.timeZone)} 前送达，现改为 ${longDay(news.to, 'zh', facts.timeZone)} 前。\n\n款式、数量和价格都不变。如果您不愿再等，请直接回复本邮件。\n`,
      }
    case 'released':
      return {
        subject: `无法生产，预订已取消：${style}`,
        body: `${buyer.name}，您好！\n\n很抱歉，“${style}”已达到起做量，但${RELEASED_FOR[news.why].zh}，因此不会再制作。您的预订已取消，无需支付任何费用：\n${listed}\n\n给您添麻烦了，感谢您的理解。\n`,
      }
  }
}

function en(news: News, facts: LotFacts, buyer: LotFacts['buyers'][number]): { subject: string; body: string } {
  const style = facts.style.en
  const listed = listedLines(buyer.lines, facts.colourways, 'en')
  const promised = longDay(facts.promisedAt, 'en', facts.timeZone)
  switch (news.kind) {
    case 'accepted':
      if (facts.placement > 1)
        return {
          subject: `Another factory makes it now: ${style}`,
          body: `Hello ${buyer.name},\n\nAnother factory has taken "${style}", and yours is being made:\n${listed}\n\nThe unit price stays ${formatMoney(facts.unitPrice, facts.currency, 'en')}.\nIt will be with you by ${promised}.\n`,
        }
      return {
        subject: `Being made now: ${style}`,
        body: `Hello ${buyer.name},\n\nGood news: "${style}" has reached its threshold, a factory has taken the order, and yours is being made:\n${listed}\n\nThe unit price is ${formatMoney(facts.unitPrice, facts.currency, 'en')}, no more than you were shown.\nIt will be with you by ${promised}.\n\nFrom now on this pre-order can no longer be cancelled.\n`,
      }
    case 'shipped':
      return {
        subject: `On its way: ${style}`,
        body: `Hello ${buyer.name},\n\nYour "${style}" has left the factory.\n\n${parcelsEn(news.parcels)}It should be with you by ${promised}.\n`,
      }
    case 'more-parcels':
      return {
        subject: `Another parcel is on its way: ${style}`,
        body: `Hello ${buyer.name},\n\nMore of the lot with your "${style}" has left the factory.\n\n${parcelsEn(news.parcels)}It should be with you by ${promised}.\n`,
      }
    case 'delivered':
      return {
        subject: `Delivered: ${style}`,
        body: `Hello ${buyer.name},\n\nYour "${style}" has been delivered:\n${listed}\n\nThank you for having it made to order: not one piece more was cut.\n`,
      }
    case 'late':
      return {
        subject: `Later than promised: ${style}`,
        body: `Hello ${buyer.name},\n\nWe are sorry: "${style}" takes longer than planned. We promised it by ${promised}; it is now expected on ${longDay(news.expectedAt, 'en', facts.timeZone)}.\n\nWe are pressing the factory. If you would rather not wait, reply to this letter.\n`,
      }
    case 'moved':
      if (news.after === 'none-found')
        return {
          subject: `Later than promised: ${style}`,
          body: `Hello ${buyer.name},\n\nWe are sorry: "${style}" reached its threshold, but no factory can make it in the time we promised, so we need more of it. It was due by ${longDay(news.from, 'en', facts.timeZone)}; it is now due by ${longDay(news.to, 'en', facts.timeZone)}.\n\nStyle, quantity and price stay the same. If you would rather not wait, reply to this letter.\n`,
        }
      return {
        subject: `Another factory, a later date: ${style}`,
        body: `Hello ${buyer.name},\n\nWe are sorry: "${style}" has to be given to another factory, and that takes longer. We promised it by ${longDay(news.from, 'en', facts.timeZone)}; it is now due by ${longDay(news.to, 'en', facts.timeZone)}.\n\nStyle, quantity and price stay the same. If you would rather not wait, reply to this letter.\n`,
      }
    case 'released':
      return {
        subject: `It cannot be made, pre-order released: ${style}`,
        body: `Hello ${buyer.name},\n\nWe are sorry: "${style}" reached its threshold, but ${RELEASED_FOR[news.why].en}, so it will not be made. Your pre-order is released and you pay nothing:\n${listed}\n\nThank you for your patience.\n`,
      }
  }
}

/** What is said once only, by its name. */
function onceFor(news: News, { orderId, placement }: LotFacts): string {
  if (news.kind === 'moved') return `${news.by}:moved`
  if (news.kind === 'more-parcels') return `report:${news.by}:parcels`
  return `order:${placement > 1 ? `${orderId}@${placement}` : orderId}:${news.kind}`
}

/** One letter to each buyer of the lot, in the buyer's language; a kind of news is told once per order and factory. */
export const lotLetters = (news: News, facts: LotFacts): NewLetter[] => {
  const once = onceFor(news, facts)
  return facts.buyers.map((buyer) => ({
    dedupeKey: `${once}:${buyer.id}`,
    about: `order:${facts.orderId}`,
    to: buyer.email,
    lang: buyer.lang,
    ...(buyer.lang === 'zh' ? zh : en)(news, facts, buyer),
  }))
}
