import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'production.parcel': {
    status: 422,
    en: 'Carrier and tracking number are one line each, without a web address: they stand in the letters to the buyers. Give the name and the number only.',
    zh: '承运商和运单号会写进给买家的邮件，各须为一行文字，不能包含网址。请只填写名称和单号。',
  },
  'parcels.not-arrived': {
    status: 409,
    en: 'The lot of {number} is not at the warehouse yet, so there is nothing to pack for its buyers. Parcels can be recorded when its factory, or you for it, has reported "delivered".',
    zh: '{number} 的批次尚未到仓，暂无可为买家打包的商品。工厂（或您代为）登记“已到仓”后即可登记包裹。',
  },
  'production.failed-inspection': {
    status: 409,
    en: 'The lot of {number} failed its last inspection and may not leave. Rework it and report an inspection that passes, or ask the house: a manager can let it go with a reason.',
    zh: '{number} 的批次最近一次验货未通过，不能出厂。请返工后重新报告验货通过，或联系商家：经理可说明原因后放行。',
  },
  'production.not-failed': {
    status: 409,
    en: 'The last inspection of {number} did not fail, so nothing keeps it from leaving.',
    zh: '{number} 最近一次验货没有不通过，无需放行。',
  },
  'parcels.may-not-cancel': {
    status: 409,
    en: 'This pre-order cannot be cancelled now: its promised date still holds, or your parcel has left already. It can be while a date that we promised is missed and nothing has been sent.',
    zh: '该预订目前不能取消：承诺日期仍然有效，或您的包裹已寄出。若我们未能按承诺日期送达且尚未寄出，您可以取消。',
  },
  'parcels.no-slips': {
    status: 409,
    en: 'No shipment of {number} waits to be packed, so there is no slip to print.',
    zh: '{number} 没有待打包的发货单，无需打印装箱单。',
  },
  'parcels.not-in-hand': {
    status: 409,
    en: 'Only an order that a factory is making can be sent to its buyers by that factory; {number} is not, or is at our warehouse already.',
    zh: '只有工厂正在生产的订单才能由工厂直接寄给买家；{number} 尚未有工厂生产，或已到我们的仓库。',
  },
  'parcels.rows': {
    status: 422,
    en: 'Nothing was taken, because {n, plural, one {one row} other {# rows}} cannot be: {rows}. Correct that and send the whole list again; what was taken before is not taken twice.',
    zh: '有 {n} 行无法登记，因此全部未登记：{rows}。请改正后重新提交整份清单，已登记的不会重复。',
  },
  'parcels.list#columns': {
    status: 422,
    en: 'The list has no column {missing}. It needs order, carrier and tracking_number in its first row; take the warehouse list of this page as a pattern.',
    zh: '清单缺少列：{missing}。首行须包含 order（单号）、carrier（承运商）、tracking_number（运单号）；可下载本页的仓库清单作为模板。',
  },
  'parcels.list#empty': {
    status: 422,
    en: 'The list has no row below the names of its columns. Fill in carrier and number for each parcel that left.',
    zh: '清单中没有数据行。请为每个已寄出的包裹填写承运商和运单号。',
  },
  'parcels.list#rows': {
    status: 422,
    en: 'The list has {rows} rows; at most {most} are taken at once. Split it.',
    zh: '清单有 {rows} 行，一次最多 {most} 行。请分成几份。',
  },
  'parcels.not-sent': {
    status: 409,
    en: 'Nothing has been sent to you from this pre-order yet. You get a letter when your parcel leaves.',
    zh: '这份预订尚未寄出。寄出时我们会通知您。',
  },
  'pieces.variant': {
    status: 422,
    en: 'The lot of {number} has no size "{size}" in "{colourway}". Name sizes and colours as its brief does.',
    zh: '{number} 没有配色“{colourway}”、尺码“{size}”，请按生产简报中的尺码和配色填写。',
  },
  'pieces.twice': {
    status: 422,
    en: 'Size "{size}" in "{colourway}" is named twice. Name each once, with all of its pieces.',
    zh: '配色“{colourway}”、尺码“{size}”重复填写，请合并为一行。',
  },
  'pieces.gone': {
    status: 422,
    en: '{gone, plural, one {# piece} other {# pieces}} of size "{size}" in "{colourway}" have left for their buyers or are promised to them already, so it cannot be fewer.',
    zh: '配色“{colourway}”、尺码“{size}”已有 {gone} 件寄出或已答应买家，数量不能更少。',
  },
  'pieces.many': {
    status: 422,
    en: 'That are more than {most} pieces of one size and colour. Look at the number again.',
    zh: '单个规格超过 {most} 件，请核对数量。',
  },
  'pieces.counting': {
    status: 409,
    en: 'The pieces of {number} were just counted, and it is being settled who gets them. Try again in a moment.',
    zh: '{number} 刚刚清点，正在确定各买家的分配，请稍后再试。',
  },
  'short.settled': {
    status: 409,
    en: 'There is nothing to choose here (any more): look at your page, where it says what became of it.',
    zh: '目前无需选择（或已处理），请查看页面上的最新状态。',
  },
  'short.none-kept': {
    status: 409,
    en: 'None of your pieces is there, so there is nothing to take. Take another size or colour, wait, or be released.',
    zh: '您预订的商品目前一件也没有，无法先收。可以改选其他尺码或配色、等下一批或取消。',
  },
  'short.choose': {
    status: 422,
    en: 'Say how many of which size and colour you take instead.',
    zh: '请填写要改选的尺码、配色和数量。',
  },
  'short.too-many': {
    status: 422,
    en: 'You miss {most, plural, one {one piece} other {# pieces}}; take no more than that.',
    zh: '您缺 {most} 件，改选数量不能更多。',
  },
  'short.gone': {
    status: 422,
    en: 'Somebody was quicker: there are not so many left any more. The page shows what is; nothing of your order has changed.',
    zh: '余量不足，可能刚被其他买家选走。页面显示最新余量，您的预订没有变化。',
  },
  'short.no-next': {
    status: 422,
    en: 'No further lot of this style gathers, so it cannot be waited for. Choose one of the others.',
    zh: '本款不再有下一批，无法等待，请选择其他方式。',
  },
  'returns.may-not': {
    status: 409,
    en: 'Nothing of this pre-order can be sent back now: it is not with you yet, its days are over, or all of it is under way already. Your page says which.',
    zh: '该预订目前没有可退换的商品：尚未签收、已过退换期限，或已全部申请。请查看页面说明。',
  },
  'returns.not-theirs': {
    status: 422,
    en: 'That is more than came to you and has not gone back already. Choose among what your page lists.',
    zh: '退换数量超过您收到（且未申请过）的商品，请在页面所列范围内选择。',
  },
  'returns.want': {
    status: 422,
    en: 'For {n, plural, one {one piece} other {# pieces}} sent back choose as many in exchange.',
    zh: '退回 {n} 件，请选择同样件数的换货商品。',
  },
  'returns.no-such': {
    status: 422,
    en: 'This style does not come in that size or colour. Choose one of the list.',
    zh: '本款没有该尺码或配色，请在列表中选择。',
  },
  'returns.measure': {
    status: 422,
    en: 'This garment has no point of measure "{measured}". Take the codes of its size chart.',
    zh: '本款没有“{measured}”这个部位，请使用尺码表中的部位。',
  },
  'returns.moved-on': {
    status: 409,
    en: 'This return is not at that step (any more), perhaps by a colleague just now. Reload the page.',
    zh: '该退换申请已不在这一步（可能是同事刚刚处理），请刷新页面。',
  },
  'production.report-ahead': {
    status: 422,
    en: 'The report says it happened on {at}, and that has not come yet. Send the time it happened (a planned time goes into details.expectedAt), or set the sender’s clock by NTP.',
    zh: '报告中的时间 {at} 尚未到来。请填写实际发生的时间（预计时间请填入 details.expectedAt），或用 NTP 校准发送方时钟。',
  },
  'production.cancelled': {
    status: 409,
    en: 'Order {number} is cancelled; there is nothing to report on it.',
    zh: '订单 {number} 已取消，无需再报告进度。',
  },
  'production.not-yours-yet': {
    status: 409,
    en: 'Order {number} is "{state}": nobody makes it now. Accept the offer first, then report, and send this report again.',
    zh: '订单 {number} 当前为“{state}”，尚未由贵厂承接。请先接单，再重新发送本报告。',
  },
})

/** Why a row of a list of parcels is not taken. */
export const words = catalogue({
  'row.no-shipment': {
    en: 'there is no order number; it stands on the packing slip',
    zh: '缺少单号，单号印在装箱单上',
  },
  'row.unknown': {
    en: 'there is no "{shipment}" in the lot of {number}; look at its packing slip, or choose the list of the other lot',
    zh: '{number} 的批次中没有“{shipment}”；请核对装箱单，或确认是否选错了批次',
  },
  'row.carrier': {
    en: 'the carrier must be a name of one line without a web address',
    zh: '承运商须为一行名称，不能包含网址',
  },
  'row.number': {
    en: 'the tracking number must be one line without a web address',
    zh: '运单号须为一行文字，不能包含网址',
  },
  'row.short': {
    en: '"{shipment}" has nothing to pack yet: there are too few pieces for it',
    zh: '“{shipment}”件数不足，暂无可寄的商品',
  },
  'row.released': {
    en: '"{shipment}" was released: its buyer gets nothing from this lot',
    zh: '“{shipment}”已释放，本批不再寄送',
  },
  'row.elses': {
    en: '{tracking} is already the parcel of another buyer; each buyer is told their own number only',
    zh: '{tracking} 已是另一位买家的包裹；每位买家只会收到自己的单号',
  },
  'tracking.unknown': {
    en: 'no parcel is known under {tracking}; record it first',
    zh: '没有运单号为 {tracking} 的包裹，请先登记',
  },
  'tracking.ahead': {
    en: 'it says that it happened on {at}, and that has not come yet',
    zh: '时间 {at} 尚未到来',
  },
})

/** The words of its letters to buyers; see letters.ts for which goes to whom. */
export const letters = catalogue({
  parcel: { en: '  {carrier}: {number}', zh: '  {carrier}：{number}' },
  'sent.subject': { en: 'Your parcel has left: {style}', zh: '您的包裹已寄出：{style}' },
  'sent.body': {
    en: 'Hello {name},\n\nYour "{style}" is on its way to you:\n{lines}\n\nYour parcel:\n{parcels}\n\nOur number for it is {number}; please name it when you write to us.\n',
    zh: '{name}，您好！\n\n您预订的“{style}”已寄出：\n{lines}\n\n您的包裹：\n{parcels}\n\n发货单号 {number}，联系我们时请提供。\n',
  },
  'sent-more.subject': { en: 'Another parcel has left: {style}', zh: '又有一个包裹寄出：{style}' },
  'sent-more.body': {
    en: 'Hello {name},\n\nMore of your "{style}" is on its way to you.\n\nYour parcel:\n{parcels}\n\nTogether you get:\n{lines}\n\nOur number for it is {number}; please name it when you write to us.\n',
    zh: '{name}，您好！\n\n您预订的“{style}”又有包裹寄出。\n\n您的包裹：\n{parcels}\n\n您一共会收到：\n{lines}\n\n发货单号 {number}，联系我们时请提供。\n',
  },
  'short-short.subject': { en: 'Too few pieces came, please choose: {style}', zh: '到货数量不足，请您选择：{style}' },
  'short-short.body': {
    en: 'Hello {name},\n\nWe are sorry: of "{style}" fewer good pieces came than were ordered. Whoever confirmed first is served first, and for your whole order there are not enough:\n{lines}\n\nKept for you:\n{kept}\n\nPlease choose by {until} what we shall do: send what is kept, send another size or colour that is left, let you wait for the next lot where there is one, or release you. You pay for nothing that you do not get:\n{link}\n\nWithout an answer by then your pre-order is released and you pay nothing.\n',
    zh: '{name}，您好！\n\n很抱歉，“{style}”到货的合格数量少于预订数量。我们按确认先后供货，目前不够满足您的整份预订：\n{lines}\n\n为您保留：\n{kept}\n\n请在 {until} 前选择处理方式：先收保留的商品、改选尚有余量的尺码或配色、等下一批（如有），或取消预订。没有收到的商品不收任何费用：\n{link}\n\n到期未选择，预订自动取消，不收任何费用。\n',
  },
  'short.nothing': { en: 'nothing', zh: '无' },
  'short-served.subject': { en: 'There is enough for you after all: {style}', zh: '您的商品已补齐：{style}' },
  'short-served.body': {
    en: 'Hello {name},\n\nGood news: of "{style}" there is enough for your whole order now. You need not choose anything, we pack it for you:\n{lines}\n\nYou get a letter when it leaves.\n',
    zh: '{name}，您好！\n\n好消息：“{style}”现已能满足您的整份预订，无需再选择，我们正为您打包：\n{lines}\n\n寄出时会再通知您。\n',
  },
  'short-waits.subject': { en: 'You wait for the next lot: {style}', zh: '已为您转到下一批：{style}' },
  'short-waits.body': {
    en: 'Hello {name},\n\nAs you chose, your pre-order of "{style}" counts for the next lot:\n{lines}\n\nIt goes when enough has gathered, and until then you can cancel. Its page has a new link; the old one shows what was before:\n{link}\n',
    zh: '{name}，您好！\n\n按您的选择，“{style}”的预订已计入下一批：\n{lines}\n\n够量即投产，投产前可随时取消。请使用新的链接查看，原链接仅供查看此前的记录：\n{link}\n',
  },
  'short-let-go.subject': { en: 'Pre-order released: {style}', zh: '预订已取消：{style}' },
  'short-let-go.body': {
    en: 'Hello {name},\n\nAs you chose, your pre-order of "{style}" is released, because too few pieces came. You pay nothing. We are sorry.\n',
    zh: '{name}，您好！\n\n因到货数量不足，按您的选择，“{style}”的预订已取消，不收任何费用。非常抱歉。\n',
  },
  'short-silence.subject': { en: 'Pre-order released: {style}', zh: '预订已取消：{style}' },
  'short-silence.body': {
    en: 'Hello {name},\n\nToo few pieces of "{style}" came, we asked you what to do, and had no answer in time. So your pre-order is released and you pay nothing. We are sorry.\n',
    zh: '{name}，您好！\n\n“{style}”到货数量不足，我们曾请您选择处理方式，但到期未收到您的答复，预订已自动取消，不收任何费用。非常抱歉。\n',
  },
  'return-declined.subject': { en: 'Your return cannot be accepted: {style}', zh: '退换申请未通过：{style}' },
  'return-declined.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nWe cannot take this back:\n{lines}\n\n{answer}\n\nIf you see it otherwise, ask on the page of the style, or answer by the contact that our privacy page names.\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n很抱歉，以下商品的退换申请未通过：\n{lines}\n\n{answer}\n\n如有异议，可在商品页咨询，或通过隐私说明中的联系方式与我们联系。\n',
  },
  'return-accepted.subject': { en: 'Please send it back: {style}', zh: '请寄回商品：{style}' },
  'return-accepted.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nYou may send this back:\n{lines}\n\n{answer}\n\nYou get a letter when it has arrived. Its state stands on your page:\n{link}\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n您的退换申请已通过，请寄回：\n{lines}\n\n{answer}\n\n收到后会通知您，进度见：\n{link}\n',
  },
  'return-returned.subject': { en: 'We have it back: {style}', zh: '已收到退回商品：{style}' },
  'return-returned.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nThis has arrived with us:\n{lines}\n\nThank you for sending it.\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n我们已收到您退回的商品：\n{lines}\n\n感谢您的配合。\n',
  },
  'return-to-send.subject': {
    en: 'We have it back and pack the other: {style}',
    zh: '已收到退回商品，正在换货：{style}',
  },
  'return-to-send.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nThis has arrived with us:\n{lines}\n\nThe other is here and being packed for you:\n{want}\n\nYou get a letter when it leaves.\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n我们已收到您退回的商品：\n{lines}\n\n换货商品有货，正为您打包：\n{want}\n\n寄出时会通知您。\n',
  },
  'return-sent.subject': { en: 'The exchange has left: {style}', zh: '换货已寄出：{style}' },
  'return-sent.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nIn exchange this is on its way to you:\n{want}\n\nYour parcel:\n{parcel}\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n换货商品已寄出：\n{want}\n\n您的包裹：\n{parcel}\n',
  },
  'return-next-lot.subject': { en: 'In exchange you are in the next lot: {style}', zh: '换货已转到下一批：{style}' },
  'return-next-lot.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nWe have back what you sent:\n{lines}\n\nNone of what you want instead is left, so you are in the next lot with it:\n{want}\n\nIt is made when enough has gathered; until then you can cancel:\n{link}\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n我们已收到您退回的商品：\n{lines}\n\n您要换的商品暂无余量，已为您计入下一批：\n{want}\n\n够量即投产，投产前可随时取消：\n{link}\n',
  },
  'return-no-exchange.subject': { en: 'It cannot be exchanged: {style}', zh: '无法换货：{style}' },
  'return-no-exchange.body': {
    en: 'Hello {name},\n\nThis is about your "{style}".\n\nWe have back what you sent:\n{lines}\n\nWe are sorry: none of what you want instead is left, and no further lot of it gathers, so we cannot exchange it. It is a return now.\n',
    zh: '{name}，您好！\n\n关于您的“{style}”：\n\n我们已收到您退回的商品：\n{lines}\n\n很抱歉，您要换的商品没有余量，也没有下一批，无法换货，按退货处理。\n',
  },
  'accepted.subject': { en: 'Being made now: {style}', zh: '已投产：{style}' },
  'accepted.body': {
    en: 'Hello {name},\n\nGood news: "{style}" has reached its threshold, a factory has taken the order, and yours is being made:\n{lines}\n\nThe unit price is {price}, no more than you were shown.\nIt will be with you by {promised}.\n\nFrom now on this pre-order can no longer be cancelled.\n',
    zh: '{name}，您好！\n\n好消息：“{style}”已达到起做量，工厂已接单，开始为您生产：\n{lines}\n\n成交单价 {price}，不高于您预订时看到的价格。\n预计送达：{promised} 前。\n\n从现在起本预订不能再取消。\n',
  },
  'accepted-again.subject': { en: 'Another factory makes it now: {style}', zh: '已由另一家工厂接单：{style}' },
  'accepted-again.body': {
    en: 'Hello {name},\n\nAnother factory has taken "{style}", and yours is being made:\n{lines}\n\nThe unit price stays {price}.\nIt will be with you by {promised}.\n',
    zh: '{name}，您好！\n\n“{style}”已由另一家工厂接单，重新开始为您生产：\n{lines}\n\n成交单价不变，仍为 {price}。\n预计送达：{promised} 前。\n',
  },
  'shipped.subject': { en: 'It has left the factory: {style}', zh: '已从工厂发出：{style}' },
  'shipped.body': {
    en: 'Hello {name},\n\nThe lot with your "{style}" has left the factory and is on its way to our warehouse. There yours is packed by itself, and you get a letter when it leaves.\n\nIt should be with you by {promised}.\n',
    zh: '{name}，您好！\n\n您预订的“{style}”所在批次已从工厂发出，正运往我们的仓库。到仓后我们会为您单独打包，寄出时再通知您。\n\n预计 {promised} 前送达您手中。\n',
  },
  'arrived.subject': { en: 'At our warehouse: {style}', zh: '已到仓，准备寄出：{style}' },
  'arrived.body': {
    en: 'Hello {name},\n\nThe lot with your "{style}" has arrived at our warehouse. This is what we pack for you:\n{lines}\n\nIt should be with you by {promised}; you get a letter when it leaves.\n\nThank you for having it made to order: not one piece more was cut.\n',
    zh: '{name}，您好！\n\n您预订的“{style}”所在批次已到达我们的仓库，正准备为您打包：\n{lines}\n\n预计 {promised} 前送达您手中；寄出时我们会再通知您。\n\n感谢您与我们一起按需生产，没有多做一件。\n',
  },
  'late.subject': { en: 'Later than promised: {style}', zh: '送达时间可能推迟：{style}' },
  'late.body': {
    en: 'Hello {name},\n\nWe are sorry: "{style}" takes longer than planned. We promised it by {promised}; it should now be with you on {to}.\n\nWe are pressing the factory. If you would rather not wait, you may cancel and pay nothing, as long as your parcel has not left:\n{link}\n',
    zh: '{name}，您好！\n\n很抱歉，“{style}”的生产比计划慢。我们原定 {promised} 前送达，目前预计为 {to}。\n\n我们正与工厂跟进。如果您不愿再等，在包裹寄出前可以取消，无需支付任何费用：\n{link}\n',
  },
  'moved-none-found.subject': { en: 'Later than promised: {style}', zh: '送达时间推迟：{style}' },
  'moved-none-found.body': {
    en: 'Hello {name},\n\nWe are sorry: "{style}" reached its threshold, but no factory can make it in the time we promised, so we need more of it. It was due by {from}; it is now due by {to}.\n\nStyle, quantity and price stay the same. If you would rather not wait, you may cancel and pay nothing, as long as your parcel has not left:\n{link}\n',
    zh: '{name}，您好！\n\n很抱歉，“{style}”已达到起做量，但没有工厂能按原定时间生产，我们需要更多时间：原定 {from} 前送达，现改为 {to} 前。\n\n款式、数量和价格都不变。如果您不愿再等，在包裹寄出前可以取消，无需支付任何费用：\n{link}\n',
  },
  'moved-factory-out.subject': { en: 'Another factory, a later date: {style}', zh: '更换工厂，送达时间推迟：{style}' },
  'moved-factory-out.body': {
    en: 'Hello {name},\n\nWe are sorry: "{style}" has to be given to another factory, and that takes longer. We promised it by {from}; it is now due by {to}.\n\nStyle, quantity and price stay the same. If you would rather not wait, you may cancel and pay nothing, as long as your parcel has not left:\n{link}\n',
    zh: '{name}，您好！\n\n很抱歉，“{style}”需要改由另一家工厂生产，送达时间因此推迟：原定 {from} 前送达，现改为 {to} 前。\n\n款式、数量和价格都不变。如果您不愿再等，在包裹寄出前可以取消，无需支付任何费用：\n{link}\n',
  },
  'cancelled-late.subject': { en: 'Cancelled: {style}', zh: '预订已取消：{style}' },
  'cancelled-late.body': {
    en: 'Hello {name},\n\nYour pre-order of "{style}" is cancelled, because we did not keep the date that we promised. You pay nothing. We are sorry.\n',
    zh: '{name}，您好！\n\n因我们未能按承诺日期送达，您对“{style}”的预订已取消，无需支付任何费用。非常抱歉。\n',
  },
  'released.subject': { en: 'It cannot be made, pre-order released: {style}', zh: '无法生产，预订已取消：{style}' },
  'released.body': {
    en: 'Hello {name},\n\nWe are sorry: "{style}" reached its threshold, but {why}, so it will not be made. Your pre-order is released and you pay nothing:\n{lines}\n\nThank you for your patience.\n',
    zh: '{name}，您好！\n\n很抱歉，“{style}”已达到起做量，但{why}，因此不会再制作。您的预订已取消，无需支付任何费用：\n{lines}\n\n给您添麻烦了，感谢您的理解。\n',
  },
  'released.factory': { en: 'the factory is not able to make it', zh: '工厂无法完成这一批的生产' },
  'released.house': {
    en: 'we found a fault during production and have stopped it with the factory',
    zh: '我们在生产过程中发现问题，已与工厂协商停止生产',
  },
  'released.none-found': { en: 'no factory is able to take the lot on', zh: '没有工厂能够承接这一批的生产' },
})
