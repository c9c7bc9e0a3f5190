import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'dispatch.not-unplaced': {
    status: 409,
    en: 'Order {number} is "{state}". Only an order that no factory took can be tried again or given up.',
    zh: '订单 {number} 当前状态为“{state}”，仅未派出的订单可以重新派单或放弃。',
  },
  'factories.portal-only': {
    status: 403,
    en: 'This is listed for the factory itself, in its portal. Look at the order instead.',
    zh: '此列表仅供工厂本身在工厂端查看，请改为查看订单。',
  },
  'brief.called-off': {
    status: 410,
    en: 'Order {number} is called off; its files are not given out any more.',
    zh: '订单 {number} 已取消，不再提供其文件。',
  },
  'dispatch.offer-over': {
    status: 409,
    en: 'This offer {state} (answers were due by {by}). Nothing was changed; do not start work on it. Watch for the next offer.',
    zh: '该订单邀约{state}（答复截止 {by}），未做任何更改，请勿开工。请留意后续邀约。',
  },
  'dispatch.counter-date': {
    status: 422,
    en: 'shipBy of a counter-offer must lie in the future.',
    zh: '还价中的发货日期（shipBy）必须晚于当前时间。',
  },
  'dispatch.identity': {
    status: 409,
    en: 'The brief is not sent: what was approved ({approved}), sold ({campaign}), frozen in the lot ({lot}) and is stored now ({stored}), or its patterns ({said} / {drafted}), are not the same. Restore the style version that was sold, then try again.',
    zh: '生产单未发送：审批版本（{approved}）、销售版本（{campaign}）、批次版本（{lot}）与当前存储版本（{stored}）或其纸样（{said} / {drafted}）不一致。请恢复所售款式版本后重试。',
  },
  'brief.link': {
    status: 403,
    en: 'This file link is not valid. Use it exactly as it stands in the brief, or fetch the brief again.',
    zh: '文件链接无效。请使用生产单中的完整链接，或重新获取生产单。',
  },
  'brief.link-expired': {
    status: 410,
    en: 'This file link has expired. Fetch the brief again for fresh links.',
    zh: '文件链接已过期，请重新获取生产单以取得新链接。',
  },
  'cancellations.over': {
    status: 409,
    en: 'This request to cancel {state}; nothing was changed. Look at the order for how it stands.',
    zh: '该取消请求{state}，本次未做任何更改。请查看订单的当前状态。',
  },
  'cancellations.shipped': {
    status: 409,
    en: 'Order {number} has left the factory and cannot be cancelled any more.',
    zh: '订单 {number} 已从工厂发出，无法再取消。',
  },
  'cancellations.not-accepted': {
    status: 409,
    en: 'Order {number} is "{state}": no factory makes it, so there is nothing to agree on with one.',
    zh: '订单 {number} 当前为“{state}”，没有工厂在生产，无需协商取消。',
  },
  'cancellations.open': {
    status: 409,
    en: 'For order {number} a cancellation has been asked for already. Wait for the answer, or withdraw that request first.',
    zh: '订单 {number} 已有一个取消请求待答复。请等待答复，或先撤回该请求。',
  },
  'cancellations.called-off': {
    status: 409,
    en: 'Order {number} was called off with you on {at}. Nothing was changed; stop work on it, and send nothing more about it.',
    zh: '订单 {number} 已于 {at} 与贵厂协商取消，本次未做任何更改。请停止生产，无需再发送有关该单的消息。',
  },
  'cancellations.own#answered': {
    status: 409,
    en: 'You asked for this cancellation yourself; the house answers it. The order stays valid until then.',
    zh: '该取消请求由贵厂提出，须由商家答复。答复之前订单继续有效。',
  },
  'cancellations.own#factory': {
    status: 409,
    en: 'The factory asked for this cancellation. Agree to it or refuse it; only who asked can withdraw.',
    zh: '该取消请求由工厂提出，请同意或拒绝；只有提出方可以撤回。',
  },
  'cancellations.own#house': {
    status: 409,
    en: 'The house asked for this cancellation. Agree to it or refuse it; only who asked can withdraw.',
    zh: '该取消请求由商家提出，请同意或拒绝；只有提出方可以撤回。',
  },
  'cancellations.follow': {
    status: 422,
    en: 'Say what follows: "replace" gives the lot to another factory, "release" lets its buyers go.',
    zh: '请说明后续处理：replace 为改派其他工厂，release 为取消该批次买家的预订。',
  },
  'factories.unverified': {
    status: 409,
    en: 'This factory has not been verified. Send it a ping, or have it confirm in its portal.',
    zh: '该工厂尚未验证。请发送测试消息，或由工厂在工厂端确认。',
  },
  'factories.rotating': {
    status: 409,
    en: '{count} earlier secrets of this factory still count. Wait until the first runs out, or end the old ones now.',
    zh: '该工厂仍有 {count} 个旧密钥有效。请等待最早的一个到期，或立即停用旧密钥。',
  },
  'factories.no-endpoint': {
    status: 422,
    en: 'This factory has no endpoint. Enter one, or let the factory confirm in its portal.',
    zh: '该工厂没有接收地址。请填写接收地址，或由工厂在工厂端确认。',
  },
  'factories.ping': {
    status: 422,
    en: 'The endpoint did not answer the test message with 2xx. Mend it and try again. ({error})',
    zh: '接收地址未以 2xx 应答测试消息，请修复后重试。（{error}）',
  },
  'factories.portal-only#confirm': {
    status: 403,
    en: 'Only the factory itself can confirm, from its portal.',
    zh: '只能由工厂本身在工厂端确认。',
  },
  'factories.ping-first': {
    status: 409,
    en: 'This factory takes orders at an endpoint: let it answer the test message instead.',
    zh: '该工厂通过接口接单，请改用测试消息验证。',
  },
  'factories.token': {
    status: 401,
    en: 'This link is not valid any more. Have a new one sent to you below, or ask the house for one.',
    zh: '该链接已失效。请在下方获取新链接，或联系商家重新签发。',
  },
  'factories.csv#columns': {
    status: 422,
    en: 'The list has no column {missing}. The first line names: {columns} (name and country are required). Found: {found}.',
    zh: '列表缺少列：{missing}。首行应包含：{columns}（name 和 country 必填）。实际为：{found}。',
  },
  'factories.csv#rows': {
    status: 422,
    en: 'The list has {rows} rows; at most {most} are read at once. Split it.',
    zh: '列表共 {rows} 行，一次最多导入 {most} 行，请拆分后导入。',
  },
  'callbacks.json': {
    status: 400,
    en: 'The body is not JSON. Send {shape}.',
    zh: '请求体不是 JSON，应为 {shape}。',
  },
  'signature.wrong': {
    status: 401,
    en: 'No factory is known at this address. Use the callback address from your registration.',
    zh: '该回调地址没有对应的工厂，请使用登记时提供的回调地址。',
  },
})

/** The words of its letters to factories; see letters.ts for which goes when. */
export const letters = catalogue({
  'endpoint-off.subject': { en: 'Your endpoint was switched off: no orders for now', zh: '接口已停用，暂不派单' },
  'endpoint-off.gone': {
    en: '{name},\n\nYour endpoint {endpoint} answered 410 Gone. Nothing more is sent to it, and you are offered no new orders.\n\nPlease mend it and ask our merchandiser to verify it again; what was not delivered can be sent once more.\n',
    zh: '{name}：\n\n贵厂的接收地址 {endpoint} 返回 410（已下线），系统已停止向其发送消息，也暂不派发新订单。\n\n请修复接口后联系我们的商品企划重新验证；未送达的消息可以补发。\n',
  },
  'endpoint-off.unreached': {
    en: '{name},\n\nYour endpoint {endpoint} could not be reached for days. Nothing more is sent to it, and you are offered no new orders.\n\nPlease mend it and ask our merchandiser to verify it again; what was not delivered can be sent once more.\n',
    zh: '{name}：\n\n贵厂的接收地址 {endpoint} 连续数日无法送达，系统已停止向其发送消息，也暂不派发新订单。\n\n请修复接口后联系我们的商品企划重新验证；未送达的消息可以补发。\n',
  },
  'offer.subject': { en: 'New order {number}: {units} × {style}', zh: '新订单邀约 {number}：{style} {units} 件' },
  'offer.body': {
    en: '{name},\n\nStyle: {style}\nQuantity: {units}\nCMT: {price} per unit\nShip by: {shipBy}\nPlease answer by {answerBy}.\n\nThe whole brief, and the buttons to accept, counter or decline, are in your portal:\n{link}\n',
    zh: '{name}：\n\n款式：{style}\n数量：{units} 件\n加工费：{price}/件\n最迟发货：{shipBy}\n请在 {answerBy} 前答复。\n\n请登录工厂端查看完整工艺单并接单、还价或谢绝：\n{link}\n',
  },
  'cancellation.subject': { en: 'We ask you to cancel order {number}', zh: '请求取消订单 {number}，请答复' },
  'cancellation.body': {
    en: '{name},\n\nWe would like to call order {number} ({units} pcs) off with you.\nReason: {reason}\n\nUntil you agree the order stays valid. Please answer in your portal:\n{link}\n',
    zh: '{name}：\n\n我们希望与贵厂协商取消订单 {number}（{units} 件）。\n原因：{reason}\n\n在贵厂同意之前，订单继续有效。请在工厂端答复：\n{link}\n',
  },
  'withdrawn.subject': {
    en: 'Order {number} goes on: we withdrew our request to cancel',
    zh: '订单 {number} 继续：已撤回取消请求',
  },
  'withdrawn.body': {
    en: '{name},\n\nWe withdrew our request to cancel order {number} ({units} pcs).{reason}\n\nThe order stays valid; please go on with it:\n{link}\n',
    zh: '{name}：\n\n我们已撤回取消订单 {number}（{units} 件）的请求。{reason}\n\n订单继续有效，请照常生产：\n{link}\n',
  },
  'refused.subject': {
    en: 'Order {number} goes on: your request to cancel was refused',
    zh: '订单 {number} 继续：取消请求未获同意',
  },
  'refused.body': {
    en: '{name},\n\nWe did not agree to cancel order {number} ({units} pcs).{reason}\n\nThe order stays valid; please go on with it:\n{link}\n',
    zh: '{name}：\n\n我们未同意贵厂取消订单 {number}（{units} 件）的请求。{reason}\n\n订单继续有效，请照常生产：\n{link}\n',
  },
  reason: { en: '\nReason: {reason}', zh: '\n原因：{reason}' },
  'called-off.subject': { en: 'Order {number} is called off: please stop', zh: '订单 {number} 已取消，请停止生产' },
  'called-off.body': {
    en: '{name},\n\nOrder {number} ({units} pcs) is called off by agreement.\nReason: {reason}\n\nPlease stop work on it; no more reports are needed.\n',
    zh: '{name}：\n\n订单 {number}（{units} 件）已协商取消。\n原因：{reason}\n\n请停止该单的生产，无需再报告进度。\n',
  },
  'portal-link.subject': { en: 'Your link to the factory portal', zh: '进入工厂端的链接' },
  'portal-link.body': {
    en: '{name},\n\nThis link opens your portal once, within the hour:\n{link}\n\nIf you did not ask for it, ignore this letter; the links you have stay as they are.\n',
    zh: '{name}：\n\n请在一小时内打开以下链接进入工厂端，链接只能使用一次：\n{link}\n\n如果不是贵厂申请的，请忽略本邮件，原有链接不受影响。\n',
  },
})

/** What people read in a list's rows that were not taken, and of how an offer or a request stands. */
export const words = catalogue({
  'import.known': { en: 'It is registered already.', zh: '该工厂已登记。' },
  'import.sector': { en: 'Its sector is "{sector}", not clothing.', zh: '所属行业为“{sector}”，不是服装。' },
  'import.twice': { en: 'It stands in the list twice.', zh: '列表中重复。' },
  'import.twofold': {
    en: '{column}: "{cell}" can be read in two ways. Write it without separators, like 2000.',
    zh: '{column} 列：“{cell}”有两种读法，请不带分隔符填写，例如 2000。',
  },
  'import.number': {
    en: '{column}: "{cell}" is not a number. Write it like 2000.',
    zh: '{column} 列：“{cell}”不是数字，请写成 2000 这样的形式。',
  },
  'import.field': { en: '{field}: {why}.', zh: '{field} 列无效：{why}。' },
  'import.read-as': {
    en: 'Numbers like "{example}" were read as {number}, as tables with this separator write thousands.',
    zh: '形如“{example}”的数字已读作 {number}（按此类分隔符的常用千分位写法）。',
  },
  'offer.offered': { en: 'is open', zh: '待答复' },
  'offer.countered': { en: 'is waiting for our answer to your counter-offer', zh: '正等待我方对贵厂还价的答复' },
  'offer.accepted': { en: 'has been accepted', zh: '已接单' },
  'offer.declined': { en: 'has been declined', zh: '已谢绝' },
  'offer.expired': { en: 'has expired', zh: '已过期' },
  'offer.withdrawn': { en: 'has been withdrawn', zh: '已撤回' },
  'cancellation.asked': { en: 'is open', zh: '待答复' },
  'cancellation.agreed': { en: 'was agreed to', zh: '已达成一致' },
  'cancellation.refused': { en: 'was refused', zh: '已被拒绝' },
  'cancellation.withdrawn': { en: 'was withdrawn', zh: '已撤回' },
})

export const notUnplaced = ({ number, state }: { number: string; state: string }) =>
  refused('dispatch.not-unplaced', { number, state })

/** Why a factory is asked for a lot late, first or not at all. */
export const choosing = catalogue({
  'not-active': {
    en: 'It is not active and verified (state: {state}).',
    zh: '尚未启用或未通过接口验证（状态：{state}）。',
  },
  'called-off': {
    en: 'This order was called off with it before.',
    zh: '本单此前已与其协商取消，不再派给该厂。',
  },
  category: { en: 'It does not make {category}.', zh: '不生产该品类（{category}）。' },
  moq: {
    en: 'Its minimum of {moq} is above the lot of {units}.',
    zh: '起订量 {moq} 件高于本批 {units} 件。',
  },
  'too-large': {
    en: 'The lot of {units} is above its maximum of {most}.',
    zh: '本批 {units} 件超过其单笔上限 {most} 件。',
  },
  class: {
    en: 'It is cleared for class {cleared}; the style needs {needed} (GB 18401).',
    zh: '其资质为 {cleared} 类，本款要求 {needed} 类（GB 18401）。',
  },
  currency: {
    en: 'It quotes in {quoted}, the order is in {currency}.',
    zh: '报价币种为 {quoted}，订单币种为 {currency}。',
  },
  ceiling: {
    en: 'At its price of {price} a garment would sell below cost (ceiling {ceiling}).',
    zh: '按其加工费 {price} 将低于成本销售（上限 {ceiling}）。',
  },
  'lead-time': {
    en: 'It needs {lead} days and there are {days} until the ship-by date.',
    zh: '其交期 {lead} 天，距最迟发货日仅 {days} 天。',
  },
  capacity: {
    en: 'Its free capacity before the ship-by date is {free} units, the lot has {units}.',
    zh: '最迟发货日前的剩余产能为 {free} 件，本批 {units} 件。',
  },
  'over-share': {
    en: 'With this lot it would hold more than {percent} % of the units of 90 days: asked after the others.',
    zh: '接下本批后其近 90 天份额将超过 {percent}%：排在其他工厂之后。',
  },
  newcomer: {
    en: 'Asked first: {percent} % of the units, in small lots, go to factories we do not know yet.',
    zh: '优先询单：按规则，{percent}% 的件数以小批量交给新工厂试单。',
  },
})
