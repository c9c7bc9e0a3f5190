/** What buyers accept when they order: the house's own words in both languages, each change of them a version. */
import { hashOf } from '../../core/canonical.ts'

/** As an order keeps it: which version, and the hash of what it said. */
export const acceptedAs = ({ version, hash }: { version: number; hash: string }): string => `${version}:${hash}`

/** The version that an order was placed under. */
export const versionIn = (accepted: string): number => Number(accepted.split(':')[0])

/** Over both languages: whoever reads one accepts the other. */
export const hashOfTerms = ({ zh, en }: { zh: string; en: string }): string => hashOf({ zh, en })

/** To begin with: what the program itself does. It is nobody's terms until an operator has saved them. */
export const SUGGESTED = {
  zh: [
    '这是预售：您预订的是一件尚未生产的设计。图片、尺码表和工厂的工艺单出自同一组参数。',
    '预订时不收款。达到起做量并投产后，按该批达到的价格成交，不高于下单时所示的最高单价。未达起做量则预订自动取消，您无需支付任何费用。',
    '投产前您可以随时修改或取消预订。投产后商品按订单制作，不能再修改；我们未能按承诺日期送达时，您可以取消。',
  ].join('\n\n'),
  en: [
    'This is a pre-sale: you order a design that has not been made yet. Picture, size chart and the factory’s papers come from the same parameters.',
    'You pay nothing when you order. When enough has been ordered and it goes into production, you pay the price that its lot has reached, and never more than the most you were shown. If it does not reach its threshold, your pre-order ends by itself and you pay nothing.',
    'Until production you may change or cancel. After that it is made to order and can no longer be changed; where we miss the date that we promised, you may cancel.',
  ].join('\n\n'),
} as const
