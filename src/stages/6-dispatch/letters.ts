import { formatMoney, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import type { Cancellation, Factory, Offer, ProductionOrder } from './store.ts'

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** To the factory's people, on another channel than the endpoint that stopped working. */
export function endpointOff(factory: Factory, messageId: string, gone: boolean): NewLetter[] {
  if (!factory.contactEmail) return []
  const text =
    factory.lang === 'zh'
      ? {
          subject: '接口已停用，暂不派单',
          body: `${factory.name}：\n\n贵厂的接收地址 ${factory.endpoint ?? ''} ${gone ? '返回 410（已下线）' : '连续数日无法送达'}，系统已停止向其发送消息，也暂不派发新订单。\n\n请修复接口后联系我们的商品企划重新验证；未送达的消息可以补发。\n`,
        }
      : {
          subject: 'Your endpoint was switched off: no orders for now',
          body: `${factory.name},\n\nYour endpoint ${factory.endpoint ?? ''} ${gone ? 'answered 410 Gone' : 'could not be reached for days'}. Nothing more is sent to it, and you are offered no new orders.\n\nPlease mend it and ask our merchandiser to verify it again; what was not delivered can be sent once more.\n`,
        }
  return [
    { dedupeKey: `factory:${factory.id}:off:${messageId}`, to: factory.contactEmail, lang: factory.lang, ...text },
  ]
}

/** Beside the webhook, and instead of it where a factory works in the portal. */
export function offerLetter(
  factory: Factory,
  facts: { order: ProductionOrder; offer: Offer; style: Localized; baseUrl: string },
): NewLetter[] {
  if (!factory.contactEmail) return []
  const { order, offer, style, baseUrl } = facts
  const price = formatMoney(offer.price, order.currency, factory.lang)
  const text =
    factory.lang === 'zh'
      ? {
          subject: `新订单邀约 ${order.number}：${style.zh} ${order.units} 件`,
          body: `${factory.name}：\n\n款式：${style.zh}\n数量：${order.units} 件\n加工费：${price}/件\n最迟发货：${dayOf(offer.shipBy)}\n请在 ${offer.answerBy.toISOString()} 前答复。\n\n请登录工厂端查看完整工艺单并接单、还价或谢绝：\n${baseUrl}/factory\n`,
        }
      : {
          subject: `New order ${order.number}: ${order.units} × ${style.en}`,
          body: `${factory.name},\n\nStyle: ${style.en}\nQuantity: ${order.units}\nCMT: ${price} per unit\nShip by: ${dayOf(offer.shipBy)}\nPlease answer by ${offer.answerBy.toISOString()}.\n\nThe whole brief, and the buttons to accept, counter or decline, are in your portal:\n${baseUrl}/factory\n`,
        }
  return [
    {
      dedupeKey: `offer:${offer.id}`,
      about: `order:${order.id}`,
      to: factory.contactEmail,
      lang: factory.lang,
      ...text,
    },
  ]
}

/** The house asks to cancel; until the factory agrees the order goes on. */
export function cancellationLetter(
  factory: Factory,
  { order, row, baseUrl }: { order: ProductionOrder; row: Cancellation; baseUrl: string },
): NewLetter[] {
  if (!factory.contactEmail) return []
  const link = `${baseUrl}/factory/jobs/${order.id}`
  const text =
    factory.lang === 'zh'
      ? {
          subject: `请求取消订单 ${order.number}，请答复`,
          body: `${factory.name}：

我们希望与贵厂协商取消订单 ${order.number}（${order.units} 件）。
原因：${row.reason}

在贵厂同意之前，订单继续有效。请在工厂端答复：
${link}
`,
        }
      : {
          subject: `We ask you to cancel order ${order.number}`,
          body: `${factory.name},

We would like to call order ${order.number} (${order.units} pcs) off with you.
Reason: ${row.reason}

Until you agree the order stays valid. Please answer in your portal:
${link}
`,
        }
  return [
    {
      dedupeKey: `cancellation:${row.id}:asked`,
      about: `order:${order.id}`,
      to: factory.contactEmail,
      lang: factory.lang,
      ...text,
    },
  ]
}

/** A request is over without an agreement: we withdrew ours, or refused the factory's. The order goes on. */
export function requestOverLetter(
  factory: Factory,
  { order, row, baseUrl }: { order: ProductionOrder; row: Cancellation; baseUrl: string },
): NewLetter[] {
  if (!factory.contactEmail) return []
  const link = `${baseUrl}/factory/jobs/${order.id}`
  const isOurs = row.side === 'house'
  const text =
    factory.lang === 'zh'
      ? {
          subject: `订单 ${order.number} 继续：${isOurs ? '已撤回取消请求' : '取消请求未获同意'}`,
          body: `${factory.name}：

${isOurs ? '我们已撤回取消' : '我们未同意贵厂取消'}订单 ${order.number}（${order.units} 件）的请求。${row.answer ? `\n原因：${row.answer}` : ''}

订单继续有效，请照常生产：
${link}
`,
        }
      : {
          subject: `Order ${order.number} goes on: ${isOurs ? 'we withdrew our request to cancel' : 'your request to cancel was refused'}`,
          body: `${factory.name},

${isOurs ? 'We withdrew our request to cancel' : 'We did not agree to cancel'} order ${order.number} (${order.units} pcs).${row.answer ? `\nReason: ${row.answer}` : ''}

The order stays valid; please go on with it:
${link}
`,
        }
  return [
    {
      dedupeKey: `cancellation:${row.id}:over`,
      about: `order:${order.id}`,
      to: factory.contactEmail,
      lang: factory.lang,
      ...text,
    },
  ]
}

/** Both agreed: stop. */
export function calledOffLetter(
  factory: Factory,
  { order, row }: { order: ProductionOrder; row: Cancellation },
): NewLetter[] {
  if (!factory.contactEmail) return []
  const text =
    factory.lang === 'zh'
      ? {
          subject: `订单 ${order.number} 已取消，请停止生产`,
          body: `${factory.name}：

订单 ${order.number}（${order.units} 件）已协商取消。
原因：${row.reason}

请停止该单的生产，无需再报告进度。
`,
        }
      : {
          subject: `Order ${order.number} is called off: please stop`,
          body: `${factory.name},

Order ${order.number} (${order.units} pcs) is called off by agreement.
Reason: ${row.reason}

Please stop work on it; no more reports are needed.
`,
        }
  return [
    {
      dedupeKey: `cancellation:${row.id}:agreed`,
      about: `order:${order.id}`,
      to: factory.contactEmail,
      lang: factory.lang,
      ...text,
    },
  ]
}

/** Asked for by somebody at the portal's door, who need not be the factory: so it says that nothing has changed. */
export function portalLinkLetter(factory: Factory, { id, link }: { id: string; link: string }): NewLetter[] {
  if (!factory.contactEmail) return []
  const text =
    factory.lang === 'zh'
      ? {
          subject: '进入工厂端的链接',
          body: `${factory.name}：

请在一小时内打开以下链接进入工厂端，链接只能使用一次：
${link}

如果不是贵厂申请的，请忽略本邮件，原有链接不受影响。
`,
        }
      : {
          subject: 'Your link to the factory portal',
          body: `${factory.name},

This link opens your portal once, within the hour:
${link}

If you did not ask for it, ignore this letter; the links you have stay as they are.
`,
        }
  return [{ dedupeKey: `portal-link:${id}`, to: factory.contactEmail, lang: factory.lang, ...text }]
}
