import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'campaigns.not-open': {
    status: 409,
    en: 'Pre-orders open on {opens}. Come back then.',
    zh: '预售将于 {opens} 开始，届时欢迎再来。',
  },
  'campaigns.closed': {
    status: 409,
    en: 'This campaign is closed and takes no more pre-orders. Have a look at the open ones.',
    zh: '本款预售已结束，不再接受预订。欢迎看看其他正在预售的款式。',
  },
  'campaigns.paused': {
    status: 409,
    en: 'This campaign takes no new pre-orders just now. Come back later; what you have ordered already stays as it is.',
    zh: '本款暂停接受新预订，请稍后再来。您已提交的预订不受影响。',
  },
  'hand.no-change': {
    status: 422,
    en: 'That is what it says already. Give another day.',
    zh: '与现有日期相同，请填写新的日期。',
  },
  'hand.opened': {
    status: 422,
    en: 'It can open later only while it has not opened, and only at a moment to come.',
    zh: '仅可在开售之前更改开始时间，且须晚于现在。',
  },
  'hand.dates': {
    status: 422,
    en: 'The last day must be today or later, and not before it opens.',
    zh: '截止日不能早于今天，也不能早于开始时间。',
  },
  'hand.both-languages': {
    status: 422,
    en: 'Give the name or the words in both languages.',
    zh: '名称或介绍须同时填写中文和英文。',
  },
  'hand.cap': {
    status: 422,
    en: 'The cap is {cap} now and can only be raised.',
    zh: '当前上限为 {cap} 件，只能提高。',
  },
  'hand.nothing': {
    status: 409,
    en: 'Nothing has gathered for a lot yet, so there is nothing to make.',
    zh: '本批还没有已确认的预订，无可投产。',
  },
  'hand.nobody': {
    status: 409,
    en: 'Nobody has a confirmed pre-order, so there is nobody to write to.',
    zh: '还没有已确认的预订，没有可通知的买家。',
  },
  'hand.no-question': {
    status: 422,
    en: 'There is no such question about this campaign. Choose the one that the order was asked for in.',
    zh: '该预售没有这条咨询，请选择买家提出大货需求的那条。',
  },
  'hand.below-cap': {
    status: 422,
    en: 'Everybody may order up to {cap} units without asking. Give a larger number.',
    zh: '{cap} 件以内无需批准即可预订，请填写更大的数量。',
  },
  'hand.over': {
    status: 409,
    en: 'This campaign is over or being stopped, perhaps by a colleague just now. Reload the page.',
    zh: '该预售已结束或正在停止（可能是同事刚刚操作），请刷新页面。',
  },
  'hand.paused': {
    status: 409,
    en: 'This campaign is paused already. Reload the page.',
    zh: '该预售已处于暂停状态，请刷新页面。',
  },
  'hand.not-paused': {
    status: 409,
    en: 'This campaign is not paused: it takes pre-orders. Reload the page.',
    zh: '该预售并未暂停，正在接受预订。请刷新页面。',
  },
  'hand.taken-down-before': {
    status: 409,
    en: 'This campaign was taken down already. Reload the page.',
    zh: '该预售已下架，请刷新页面。',
  },
  'hand.taken-down': {
    status: 409,
    en: 'This campaign was taken down since. Take that back first.',
    zh: '该预售之后已被下架，请先撤销下架。',
  },
  'hand.left': {
    status: 409,
    en: 'This cannot be taken back any more: what follows from it has left the house.',
    zh: '已无法撤销：相应的通知或单据已经发出。',
  },
  'hand.moved-on': {
    status: 409,
    en: 'Something else was done meanwhile, perhaps by a colleague. Reload the page and look again.',
    zh: '期间已有其他操作（可能是同事），请刷新页面后再看。',
  },
  'hand.same-person': {
    status: 403,
    en: 'So much is at stake that a second person has to agree. Ask a colleague with the permission "campaigns".',
    zh: '涉及金额超过规定，须由另一位有“campaigns”权限的同事批准。',
  },
  'campaigns.decided': {
    status: 409,
    en: 'There is nothing to be decided here: only a campaign that closed with enough pieces from too few buyers is made by this.',
    zh: '此处无需决定：只有截止时件数已够、买家不足的预售才可这样投产。',
  },
  'preorders.size': {
    status: 422,
    en: 'There is no size "{size}". This style comes in {sizes}.',
    zh: '没有“{size}”这个尺码。本款尺码：{sizes}。',
  },
  'preorders.colourway': {
    status: 422,
    en: 'There is no colour "{colourway}". This style comes in {colourways}.',
    zh: '没有“{colourway}”这个配色。本款配色：{colourways}。',
  },
  'preorders.change-pledge': {
    status: 409,
    en: 'A pre-order with a highest price is not changed piece by piece. Cancel it and order again as you want it.',
    zh: '限价的预订不能逐件修改。请取消后按需要重新预订。',
  },
  'preorders.pledge-low': {
    status: 422,
    en: 'The lowest price that this style can reach is {lowest}. Name at least that as your highest price, or leave it out.',
    zh: '本款最低可达的单价是 {lowest}。请填写不低于此价的最高单价，或不填。',
  },
  'preorders.pledge-total': {
    status: 422,
    en: 'The price of this campaign follows all its lots together, so it takes no highest price. Leave it out.',
    zh: '本款的单价按全部批次累计计算，不支持限定最高单价，请不要填写。',
  },
  'preorders.name': {
    status: 422,
    en: 'The name must be one line without a web address. Write only how we should address you.',
    zh: '姓名须为一行文字，不能包含网址。请只填写我们对您的称呼。',
  },
  'buyers.phone': {
    status: 422,
    en: 'There is no such telephone number. Write it with its country code, such as +86 138 0013 8000 or +44 20 7946 0958.',
    zh: '没有这样的电话号码。请填写正确的手机号或带区号的座机，境外号码请加国家代码，例如 +44 20 7946 0958。',
  },
  'buyers.email': {
    status: 422,
    en: 'This campaign verifies its buyers by e-mail. Write yours.',
    zh: '本款通过邮件确认预订，请填写邮箱。',
  },
  'buyers.needs-phone': {
    status: 422,
    en: 'This campaign verifies its buyers by text message. Write your mobile number.',
    zh: '本款通过短信确认预订，请填写手机号。',
  },
  'buyers.reach': {
    status: 422,
    en: 'Write your e-mail address or your mobile number: we send you a link or a code to confirm.',
    zh: '请填写邮箱或手机号，以便我们发送确认链接或验证码。',
  },
  'buyers.no-texts': {
    status: 422,
    en: 'A text message cannot arrive at this number. Write a mobile number without an extension.',
    zh: '该号码无法接收短信，请填写手机号（不带分机）。',
  },
  'preorders.code': {
    status: 422,
    en: 'That is not the code. {left, plural, one {# try is} other {# tries are}} left.',
    zh: '验证码不正确，还可尝试 {left} 次。',
  },
  'preorders.code-over': {
    status: 410,
    en: 'This code holds no more. Have a new one sent.',
    zh: '验证码已失效，请重新获取。',
  },
  'preorders.no-phone': {
    status: 404,
    en: 'There is no pre-order here that was placed by telephone.',
    zh: '这里没有用手机号提交的预订。',
  },
  'buyers.company': {
    status: 422,
    en: 'A cross-border shop orders as a company. Write its name as it stands on invoices.',
    zh: '跨境店铺须以公司名义预订，请填写开票用的公司名称。',
  },
  'buyers.tax': {
    status: 422,
    en: 'A cross-border shop needs its tax number (VAT, EORI or the like) for customs.',
    zh: '跨境店铺清关需要税号（VAT、EORI、统一社会信用代码等），请填写。',
  },
  'addresses.country': {
    status: 422,
    en: 'We do not send to {country}. We send to: {known}.',
    zh: '暂不支持寄往{country}。可寄往：{known}。',
  },
  'addresses.code': {
    status: 422,
    en: 'The code {code} (GB/T 2260) is not that of this place. Leave it out, or correct the names.',
    zh: '行政区划代码 {code}（GB/T 2260）与所填地区不符。请更正，或不填代码。',
  },
  'addresses.code#elsewhere': {
    status: 422,
    en: 'Only places in China have a code of GB/T 2260. Leave it out.',
    zh: '行政区划代码（GB/T 2260）仅用于中国大陆地址，请不要填写。',
  },
  'addresses.region': { status: 422, en: 'Which province? Write it in Chinese.', zh: '请填写省份。' },
  'addresses.region#unknown': {
    status: 422,
    en: 'There is no province "{typed}". Write it in Chinese, as one of: {known}. Hong Kong, Macao and Taiwan stand in the list of countries and regions.',
    zh: '没有“{typed}”这个省份。可填写：{known}。港澳台请在“国家或地区”中选择。',
  },
  'addresses.city': { status: 422, en: 'Which city or town?', zh: '请填写城市。' },
  'addresses.district': {
    status: 422,
    en: 'Which district? It is one of: {known}.',
    zh: '请填写区县：{known}。',
  },
  'addresses.place': {
    status: 422,
    en: '"{typed}" is not in {within}. It has: {known}.',
    zh: '{within}没有“{typed}”。可填写：{known}。',
  },
  'addresses.needed-region': {
    status: 422,
    en: 'An address in {country} needs its state or province.',
    zh: '{country}的地址需要填写州或省。',
  },
  'addresses.needed-postcode': {
    status: 422,
    en: 'An address in {country} needs its postcode.',
    zh: '{country}的地址需要填写邮编。',
  },
  'addresses.postcode': {
    status: 422,
    en: '"{typed}" is no postcode of {country}.',
    zh: '“{typed}”不是{country}的邮编。',
  },
  'preorders.sent': {
    status: 409,
    en: 'This pre-order has ended or arrived; its address can no longer be changed.',
    zh: '该预订已结束或已到货，无法再修改收货信息。',
  },
  'preorders.terms': {
    status: 422,
    en: 'Read the terms of sale and say that you accept them.',
    zh: '请阅读并同意预售条款。',
  },
  'preorders.terms-changed': {
    status: 409,
    en: 'The terms of sale have changed: version {now} holds now. Read it and accept it; what you typed is still here.',
    zh: '预售条款已更新，当前为第 {now} 版。请阅读并重新同意，您填写的内容仍然保留。',
  },
  'preorders.terms-none': {
    status: 409,
    en: 'The house has no terms of sale just now. Order without naming any.',
    zh: '目前没有预售条款，请去掉 terms 后重新提交。',
  },
  'preorders.cap': {
    status: 422,
    en: 'One buyer can hold at most {cap} units of this style. Order fewer, or ask us about a larger order.',
    zh: '每位买家本款最多可预订 {cap} 件。请减少数量，或联系我们洽谈大货。',
  },
  'preorders.too-late': {
    status: 409,
    en: 'This pre-order is already being made and can no longer be changed.',
    zh: '该预订已投入生产，无法再更改。',
  },
  'partners.stopped': {
    status: 403,
    en: 'This partner has been stopped: its key brings no orders any more. What was ordered before stays. Ask the house.',
    zh: '该合作方已停用，密钥不能再下单；之前的预订不受影响。如有疑问请联系商家。',
  },
  'partners.code': {
    status: 422,
    en: 'There is no partner with this code, or it has been stopped. Take the code from the partner’s own link, or leave "p" out to order directly; nothing was stored.',
    zh: '没有这个合作码，或该合作方已停用。请使用合作方链接中的代码，或去掉参数 p 直接预订；本次没有保存任何内容。',
  },
  'partners.both': {
    status: 422,
    en: 'A commission or a price of its own, not both. Leave one of them empty.',
    zh: '佣金和专属单价只能选一项，请清空其中一项。',
  },
  'partners.floor': {
    status: 422,
    en: 'No lot of this style can be sold below {floor} {currency}. Agree on that or more.',
    zh: '本款任何批次的底价为 {floor} {currency}，专属单价不能低于此价。',
  },
  'preorders.nothing': {
    status: 422,
    en: 'Say how many you want of at least one size and colour. To take nothing any more, cancel.',
    zh: '请至少保留一个尺码和配色的件数；如全部不要，请取消预订。',
  },
  'preorders.change-ended': {
    status: 409,
    en: 'This pre-order has ended and can no longer be changed. Order anew where the style is still open.',
    zh: '该预订已结束，无法再更改。如本款仍在预售，可重新预订。',
  },
  'preorders.change-closed': {
    status: 409,
    en: 'This campaign has closed, so what was ordered can no longer be changed.',
    zh: '本款预售已截止，无法再更改预订内容。',
  },
  'preorders.change-paused': {
    status: 409,
    en: 'This campaign takes no more pieces just now. You may take fewer, or another size or colour.',
    zh: '本款暂停增加件数。您可以减少件数，或更换尺码、配色。',
  },
  'preorders.link': {
    status: 404,
    en: 'This link is not valid. Use the newest link from your letter, complete and unchanged, or have it sent again.',
    zh: '链接无效。请使用邮件中完整且未经修改的最新链接，或重新获取链接。',
  },
  'news.link': {
    status: 404,
    en: 'This link is not valid. Use it complete and unchanged, as it stands in the letter.',
    zh: '链接无效。请使用邮件中完整且未经修改的链接。',
  },
  'orders.link': {
    status: 404,
    en: 'This link is not valid. Use it complete and unchanged, or have a new one sent here.',
    zh: '链接无效。请使用完整且未经修改的链接，或在此重新获取。',
  },
  'orders.link-expired': {
    status: 410,
    en: 'This link has expired. Have a new one sent here.',
    zh: '链接已过期，请在此重新获取。',
  },
  'orders.reach': {
    status: 422,
    en: 'Write the e-mail address or the mobile number that you ordered with.',
    zh: '请填写预订时使用的邮箱或手机号。',
  },
  'orders.code': {
    status: 422,
    en: 'That is not the code, or it holds no more. Look again, or have a new one sent.',
    zh: '验证码不正确或已失效。请核对，或重新获取。',
  },
  'preorders.link-expired': {
    status: 410,
    en: 'This link has expired. Have a new one sent to the e-mail address of the pre-order.',
    zh: '链接已过期。请重新获取链接，我们会发送到该预订的邮箱。',
  },
})

/** The words of its letters; see letters.ts for which goes to whom. */
export const letters = catalogue({
  'confirm.subject': { en: 'Please confirm your pre-order: {style}', zh: '请确认您的预订：{style}' },
  'confirm.body': {
    en: 'Hello {name},\n\nYou pre-ordered "{style}":\n{lines}\n\nThe unit price is at most {price}. It falls as more people join; you will never pay more than this.\n\nPlease confirm with this link; only then does it count:\n{link}\n\nThis is a design that has not been made yet. {deal} If it does not reach its threshold by {closes}, your pre-order ends by itself and you pay nothing. Until it goes into production you can cancel with the same link.\n',
    zh: '{name}，您好！\n\n您预订了“{style}”：\n{lines}\n\n单价最高 {price}，参与的人越多价格越低；您支付的价格不会高于此价。\n\n请点击以下链接确认，确认后才计入起做量：\n{link}\n\n这是一件尚未生产的设计。{deal}到 {closes} 仍未达到起做量，预订自动取消，您无需支付任何费用。投产前您可以随时通过上面的链接取消。\n',
  },
  'confirm.up-to': { en: ', up to {price} each', zh: '（单价不高于 {price}）' },
  'confirm.pledge': {
    en: 'Pieces with a highest price count only once the price falls to it. If it does not until your lot goes, they are not made and you pay nothing for them.',
    zh: '限价的件数只有在单价降到该价时才计入；到投产时仍未降到，则不生产，也不收费用。',
  },
  'goal.subject': { en: 'Its goal is reached: {style}', zh: '已达起做量：{style}' },
  'goal.body': {
    en: 'Hello {name},\n\nThis is about your pre-order of "{style}":\n{lines}\n\n{deal}\n\nTo look at it, change it or cancel it:\n{link}\n',
    zh: '{name}，您好！\n\n关于您预订的“{style}”：\n{lines}\n\n{deal}\n\n查看、修改或取消预订：\n{link}\n',
  },
  'confirm.later-lot': {
    en: 'Earlier lots are in production; yours goes when enough has gathered for the next.',
    zh: '之前的批次已投产，您的预订计入下一批，够量即投产。',
  },
  'released.below-threshold': {
    en: '"{style}" did not reach its threshold in time, so it will not be made.',
    zh: '“{style}”在截止日期前没有达到起做量，因此不会投产。',
  },
  'released.small-rest': {
    en: 'The campaign for "{style}" has ended. Earlier lots are being made, but too few pieces were ordered after them for another one, so yours will not be made.',
    zh: '“{style}”的预售已结束。之前的批次已投产，此后新增的预订不足以再做一批，因此您的这份不会生产。',
  },
  'released.unconfirmed': {
    en: 'The campaign for "{style}" has ended, and your pre-order was not confirmed by the link in its letter before, so it did not count.',
    zh: '“{style}”的预售已结束，您的预订在此之前没有通过邮件链接确认，因此没有计入。',
  },
  'released.price': {
    en: '"{style}" goes into production at {price} each. That is above the highest price that you named, so yours is not part of it.',
    zh: '“{style}”已按单价 {price} 投产，高于您限定的最高单价，因此不包含您的这份。',
  },
  'released.few-buyers': {
    en: 'Enough pieces of "{style}" were pre-ordered, but by too few buyers, and we have decided not to make it.',
    zh: '“{style}”的预订件数已够，但买家太少，我们决定不投产。',
  },
  'released.stopped': {
    en: 'We have stopped the campaign for "{style}" before its end, so what you pre-ordered will not be made.',
    zh: '我们已提前停止“{style}”的预售，您预订的这份不会生产。',
  },
  'released.taken-down': {
    en: 'We have withdrawn "{style}" from sale, so what you pre-ordered will not be made.',
    zh: '“{style}”已下架，您预订的这份不会生产。',
  },
  'released.subject-below': {
    en: 'Not enough orders, pre-order released: {style}',
    zh: '未达到起做量，预订已取消：{style}',
  },
  'released.subject-price': {
    en: 'Above your highest price, pre-order released: {style}',
    zh: '成交单价高于您的限价，预订已取消：{style}',
  },
  'released.subject': {
    en: 'The campaign has ended, pre-order released: {style}',
    zh: '预售已结束，预订已取消：{style}',
  },
  'released.body': {
    en: 'Hello {name},\n\n{reason} Your pre-order is released and you pay nothing.\n\nThank you for your interest; other styles are open now.\n',
    zh: '{name}，您好！\n\n{reason}您的预订已自动取消，无需支付任何费用。\n\n感谢您的关注，欢迎看看其他正在预售的款式。\n',
  },
  'code.text': {
    en: '{code} confirms your pre-order of "{style}". It holds for {minutes} minutes. We never ask for it.',
    zh: '验证码 {code}，用于确认预订“{style}”，{minutes} 分钟内有效，请勿告知他人。',
  },
  'said.subject': { en: 'About your pre-order: {style}', zh: '关于您的预订：{style}' },
  'said.body': {
    en: 'Hello {name},\n\nThis is about your pre-order of "{style}".\n\n{text}\n',
    zh: '{name}，您好！\n\n关于您预订的“{style}”：\n\n{text}\n',
  },
  'news.end': {
    en: '\nThis is not about a change of your order. To get no such letters any more: {link}\n',
    zh: '\n本邮件与您订单的变更无关。如不想再收到此类邮件：{link}\n',
  },
  'dates.subject': { en: 'A new closing date: {style}', zh: '截止日期变更：{style}' },
  'dates.body': {
    en: 'Its campaign now closes on {closes}; before, it was to close on {before}. Your pre-order stays as it is. If the new date does not suit you, you can cancel by the link in your letter.',
    zh: '本款预售的截止时间改为 {closes}（原为 {before}）。您的预订保持不变；如不合适，可通过邮件中的链接取消。',
  },
  'quote.subject': { en: 'Your larger order: {style}', zh: '您的大货预订：{style}' },
  'quote.body': {
    en: 'You asked about a larger order of "{style}". You may pre-order up to {units, plural, one {# piece} other {# pieces}}, with the address that you asked from, until {closes}. With {units} pieces more the unit price is {price} as things stand; you never pay more than the page shows you when you order:\n{link}\n',
    zh: '您咨询了“{style}”的大货。您可以在 {closes} 之前，用咨询时的邮箱预订最多 {units} 件；按目前情况，加上这 {units} 件单价为 {price}；您支付的价格不会高于下单时页面显示的价格：\n{link}\n',
  },
  'changed.subject': { en: 'You changed your pre-order: {style}', zh: '您的预订已更改：{style}' },
  'changed.body': {
    en: 'Hello {name},\n\nYou changed your pre-order of "{style}". It is now:\n{lines}\n\nThe unit price stays at most {price}.{next}\n\nTo look at it, change it again or cancel it:\n{link}\n',
    zh: '{name}，您好！\n\n您更改了“{style}”的预订，现在为：\n{lines}\n\n单价仍不高于 {price}。{next}\n\n查看、再次更改或取消：\n{link}\n',
  },
  'changed.unconfirmed': {
    en: ' It still has to be confirmed with this link.',
    zh: '请用以下链接确认，确认后才计入起做量。',
  },
  'mine.subject': { en: 'The link to your orders', zh: '您的订单链接' },
  'mine.body': {
    en: 'Hello,\n\nThis link opens all that you have ordered with this address: where each order is, what it costs, what can still be changed or cancelled, and what we keep of you. It holds for {days} days:\n{link}\n\nWhoever has it can do the same, so pass it on to nobody. If you did not ask for it, ignore this letter.\n',
    zh: '您好！\n\n以下链接可查看您用此邮箱提交的全部预订：进展、价格、可修改或取消的内容，以及我们保存的信息。有效期 {days} 天：\n{link}\n\n持有链接的人可以进行同样的操作，请勿转发。如果不是您申请的，请忽略本邮件。\n',
  },
  'mine.code': {
    en: '{code} opens all that you have ordered with this number. It holds for {minutes} minutes. We never ask for it.',
    zh: '验证码 {code}，用于查看您的全部预订，{minutes} 分钟内有效，请勿告知他人。',
  },
  'link.subject': { en: 'Your link: {style}', zh: '您的预订链接：{style}' },
  'link.body': {
    en: 'Hello {name},\n\nThis is a new link to your pre-order of "{style}", to look at it, confirm or cancel it:\n{link}\n\nIf you did not ask for it, ignore this letter; nothing about your pre-order has changed.\n',
    zh: '{name}，您好！\n\n这是您预订“{style}”的新链接，可以查看、确认或取消预订：\n{link}\n\n如果不是您申请的，请忽略本邮件，您的预订没有变化。\n',
  },
})

/** What stands in lists. */
export const words = catalogue({
  'statement.style': { zh: '款号', en: 'Style' },
  'statement.name': { zh: '名称', en: 'Name' },
  'statement.lot': { zh: '批次', en: 'Lot' },
  'statement.currency': { zh: '币种', en: 'Currency' },
  'statement.commission': { zh: '佣金（%）', en: 'Commission, %' },
  'statement.price': { zh: '专属单价', en: 'Own price' },
  'statement.orders': { zh: '有效预订', en: 'Orders' },
  'statement.pending': { zh: '待确认（件）', en: 'Not verified, pieces' },
  'statement.confirmed': { zh: '已确认（件）', en: 'Gathering, pieces' },
  'statement.in-lot': { zh: '生产中（件）', en: 'Being made, pieces' },
  'statement.fulfilled': { zh: '已签收（件）', en: 'With their buyers, pieces' },
  'statement.cancelled': { zh: '已取消（件）', en: 'Cancelled, pieces' },
  'statement.released': { zh: '已释放（件）', en: 'Released, pieces' },
  'statement.unit-price': { zh: '成交单价', en: 'Unit price' },
  'statement.share': { zh: '每件分成', en: 'Share per piece' },
  'statement.expected': { zh: '预计分成', en: 'To be earned' },
  'statement.earned': { zh: '已得分成', en: 'Earned' },
  'statement.margin': { zh: '每件毛利', en: 'Margin per piece' },
  'statement.margin-left': { zh: '分成后每件毛利', en: 'Margin left per piece' },
})
