import { formatMoney, longDay, type Currency, type Lang, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import type { PreorderLine } from '../../db/schema.ts'

/** What every letter about a lot knows: the garment, and the buyers who wait for it. */
export interface LotFacts {
  orderId: string
  style: Localized
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
  | { kind: 'delivered' }
  | { kind: 'late'; expectedAt: Date }

const listed = (lines: readonly PreorderLine[]): string =>
  lines.map((line) => `  ${line.colourway} · ${line.size} × ${line.quantity}`).join('\n')

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
  const promised = longDay(facts.promisedAt, 'zh', facts.timeZone)
  switch (news.kind) {
    case 'accepted':
      return {
        subject: `已投产：${style}`,
        body: `${buyer.name}，您好！\n\n好消息：“${style}”已达到起做量，工厂已接单，开始为您生产：\n${listed(buyer.lines)}\n\n成交单价 ${formatMoney(facts.unitPrice, facts.currency, 'zh')}，不高于您预订时看到的价格。\n预计送达：${promised} 前。\n\n从现在起本预订不能再取消。\n`,
      }
    case 'shipped':
      return {
        subject: `已发货：${style}`,
        body: `${buyer.name}，您好！\n\n您预订的“${style}”已从工厂发出。\n\n${parcelsZh(news.parcels)}预计 ${promised} 前送达。\n`,
      }
    case 'delivered':
      return {
        subject: `已送达：${style}`,
        body: `${buyer.name}，您好！\n\n您预订的“${style}”已送达：\n${listed(buyer.lines)}\n\n感谢您与我们一起按需生产，没有多做一件。\n`,
      }
    case 'late':
      return {
        subject: `送达时间可能推迟：${style}`,
        body: `${buyer.name}，您好！\n\n很抱歉，“${style}”的生产比计划慢。我们原定 ${promised} 前送达，目前预计为 ${longDay(news.expectedAt, 'zh', facts.timeZone)}。\n\n我们正与工厂跟进。如果您不愿再等，请直接回复本邮件。\n`,
      }
  }
}

function en(news: News, facts: LotFacts, buyer: LotFacts['buyers'][number]): { subject: string; body: string } {
  const style = facts.style.en
  const promised = longDay(facts.promisedAt, 'en', facts.timeZone)
  switch (news.kind) {
    case 'accepted':
      return {
        subject: `Being made now: ${style}`,
        body: `Hello ${buyer.name},\n\nGood news: "${style}" has reached its threshold, a factory has taken the order, and yours is being made:\n${listed(buyer.lines)}\n\nThe unit price is ${formatMoney(facts.unitPrice, facts.currency, 'en')}, no more than you were shown.\nIt will be with you by ${promised}.\n\nFrom now on this pre-order can no longer be cancelled.\n`,
      }
    case 'shipped':
      return {
        subject: `On its way: ${style}`,
        body: `Hello ${buyer.name},\n\nYour "${style}" has left the factory.\n\n${parcelsEn(news.parcels)}It should be with you by ${promised}.\n`,
      }
    case 'delivered':
      return {
        subject: `Delivered: ${style}`,
        body: `Hello ${buyer.name},\n\nYour "${style}" has been delivered:\n${listed(buyer.lines)}\n\nThank you for having it made to order: not one piece more was cut.\n`,
      }
    case 'late':
      return {
        subject: `Later than promised: ${style}`,
        body: `Hello ${buyer.name},\n\nWe are sorry: "${style}" takes longer than planned. We promised it by ${promised}; it is now expected on ${longDay(news.expectedAt, 'en', facts.timeZone)}.\n\nWe are pressing the factory. If you would rather not wait, reply to this letter.\n`,
      }
  }
}

/** One letter to each buyer of the lot, in the buyer's language; a kind of news is told once per order. */
export const lotLetters = (news: News, facts: LotFacts): NewLetter[] =>
  facts.buyers.map((buyer) => ({
    dedupeKey: `order:${facts.orderId}:${news.kind}:${buyer.id}`,
    to: buyer.email,
    lang: buyer.lang,
    ...(buyer.lang === 'zh' ? zh : en)(news, facts, buyer),
  }))
