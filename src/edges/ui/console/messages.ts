import { catalogue } from '../../../core/messages.ts'

/** The console's sentences. A page that is drawn anew moves its words here. */
export const words = catalogue({
  'hand.title': { en: 'Steer this campaign', zh: '人工操作' },
  'hand.pause': { en: 'Pause it', zh: '暂停' },
  'hand.pause-note': {
    en: 'Nobody new can order until you resume it, and its page says so. What was ordered goes on: it is confirmed, cancelled and made as before.',
    zh: '恢复之前不接受新预订，页面会说明。已有预订照常确认、取消和投产。',
  },
  'hand.resume': { en: 'Resume it', zh: '恢复' },
  'hand.resume-note': { en: 'It takes pre-orders again.', zh: '重新接受预订。' },
  'hand.stop': { en: 'Stop it', zh: '停止预售' },
  'hand.stop-note': {
    en: 'Nobody can order or confirm from now on. Those who wait ({buyers, plural, one {# buyer} other {# buyers}}, {units, plural, one {# unit} other {# units}}) are released and told by letter{minutes, plural, =0 {} one { after # minute; until then you can take it back} other { after # minutes; until then you can take it back}}. Lots that have gone out are made.',
    zh: '从现在起不再接受预订和确认。{minutes, plural, =0 {等待中的} other {# 分钟内可撤销；之后等待中的}} {buyers, number} 位买家、{units, number} 件将被释放并收到邮件通知。已成批的照常生产。',
  },
  'hand.take-down': { en: 'Take it down', zh: '下架' },
  'hand.take-down-note': {
    en: 'For a complaint about rights: its page and pictures are gone at once for everybody outside, and it is stopped. Its buyers are released and told by letter{minutes, plural, =0 {} one { after # minute; until then you can take it back} other { after # minutes; until then you can take it back}}. The record stays here. Lots that have gone out are called off on the page of their order.',
    zh: '用于权利投诉：页面和图片立即对外撤下，预售停止。{minutes, plural, =0 {买家} other {# 分钟内可撤销；之后买家}}将被释放并收到邮件通知。记录保留在此。已成批的请在生产单页面协商取消。',
  },
  'hand.reason-hint': {
    en: 'Kept here with your name; buyers do not read it.',
    zh: '与您的姓名一同留存，买家看不到。',
  },
  'hand.undo': { en: 'Take it back', zh: '撤销' },
  'hand.agree': { en: 'Agree, do it', zh: '批准并执行' },
  'hand.refuse': { en: 'Refuse', zh: '拒绝' },
  'hand.until': {
    en: 'Can be taken back until {when}; then its buyers are told.',
    zh: '{when} 前可撤销，之后通知买家。',
  },
  'hand.waits-for-second': {
    en: '{sum} is at stake, so a second person has to agree. Nothing has been done yet.',
    zh: '涉及金额 {sum}，须由另一位同事批准，目前尚未执行。',
  },
  'hand.agreed-by': { en: 'Agreed to by {who}.', zh: '由 {who} 批准。' },
  'hand.refused-by': { en: 'Refused by {who}.', zh: '由 {who} 拒绝。' },
  'hand.undone-by': { en: 'Taken back by {who}, {when}.', zh: '由 {who} 于 {when} 撤销。' },
  'hand.is-down': {
    en: 'Taken down on {when}: nobody outside sees its page or its pictures.',
    zh: '已于 {when} 下架，外部看不到页面和图片。',
  },
  'hand.is-stopping': {
    en: 'Being stopped: {units} that wait are about to be released.',
    zh: '正在停止：等待中的 {units} 即将释放。',
  },
  'reorders.title': { en: 'Reorders', zh: '返单' },
  'reorders.heading': { en: 'Reorders', zh: '返单建议' },
  'reorders.lead': {
    en: 'Winners get their next lot small and soon; losers are stopped early. A lot is exactly what has been pre-ordered.',
    zh: '爆款小单快返，滞销款尽早终止。每批正好等于已确认的预订数。',
  },
  'reorders.loser': {
    en: 'It sells too slowly to reach its threshold. The proposal is to stop it early and release its buyers.',
    zh: '卖得太慢，按目前速度达不到起做量。建议提前终止并放行买家。',
  },
  'reorders.gathered': {
    en: '{units, plural, one {# unit} other {# units}} have gathered for lot {lot}; the proposal is to make them now.',
    zh: '第 {lot} 批已有 {units, number} 件，建议现在小单快返。',
  },
  'reorders.per-day': { en: 'Units a day', zh: '每日件数' },
  'reorders.inputs': { en: 'What it was computed from', zh: '计算依据' },
  'reorders.stop': { en: 'Stop the campaign early', zh: '提前终止预售' },
  'reorders.make': {
    en: 'Make {units, plural, one {# unit} other {# units}}',
    zh: '下单 {units, number} 件',
  },
  'reorders.decline': { en: 'Decline', zh: '不采纳' },
  'reorders.nothing-open': { en: 'Nothing to decide.', zh: '没有待决定的建议。' },
  'reorders.decided': { en: 'Decided', zh: '已处理' },
  'reorders.none-yet': { en: 'None yet.', zh: '还没有。' },
  'reorders.style': { en: 'Style', zh: '款式' },
  'reorders.lot': { en: 'Lot', zh: '批次' },
  'reorders.units': { en: 'Units', zh: '件数' },
  'reorders.result': { en: 'Came to', zh: '结果' },
  'reorders.when': { en: 'When', zh: '时间' },
  'house.title': { en: 'House rules', zh: '规则' },
  'house.lead': {
    en: 'Changes hold for what comes after; what is approved or on sale keeps the rules it was made with.',
    zh: '改动只影响之后的设计和预售；已通过、已开售的款保留当时的规则。',
  },
  'house.second': {
    en: 'In whole units of money; 0: one person is enough.',
    zh: '以元为单位；0 表示无需第二人。',
  },
  'house.saved': { en: 'Saved.', zh: '已保存。' },
  'house.unusable': {
    en: 'The stored "{name}" ({stored}) cannot be used; {used} stands in for it. Correct it and save.',
    zh: '已保存的“{name}”（{stored}）无法使用，暂以 {used} 代替。请更正后保存。',
  },
  'house.zone': { en: 'A place, such as Asia/Shanghai', zh: '地区名称，例如 Asia/Shanghai' },
  'house.after-letter': { en: 'after the link in the letter', zh: '邮件确认后' },
  'house.after-code': { en: 'after a code by text message', zh: '短信验证码确认后' },
  'house.after-either': {
    en: 'after a letter or a text message, as the buyer likes',
    zh: '邮件或短信确认后（买家任选）',
  },
  'house.at-once': { en: 'at once where a trusted system vouches', zh: '由可信系统担保时立即' },
  'house.ask': { en: 'ask me', zh: '先问我' },
  'house.auto': { en: 'by itself', zh: '自动' },
  'house.never': { en: 'never', zh: '不返单' },
  'house.rungs': { en: 'Such as 5, 10, 20; for new styles', zh: '例如 5, 10, 20；用于新款' },
  'house.price-of-lot': { en: "the lot's own units", zh: '本批自己的件数' },
  'house.price-of-total': { en: 'all lots together, not below the floor', zh: '各批累计件数（不低于底价）' },
  'house.by-calendar': { en: 'three months ahead', zh: '按日历提前三个月' },
  'house.budget': {
    en: 'In the currency of the model’s prices; 0 = the embedded designer only.',
    zh: '币种同模型价格；0 = 只用内置设计师。',
  },
  'house.costing': { en: 'Costing, {currency}', zh: '成本核算（{currency}）' },
  'house.minute': {
    en: 'What a workshop asks for one piece; larger orders pay less. Counts where a style has an order of operations; other styles, and all of them at 0, take the fixed price of their category.',
    zh: '单件工价，批量自动递减。仅用于已有工序表的款式；其他款式，以及填 0 时，按品类固定加工费计算。',
  },
  'house.dye-lot': { en: '0 for cloth from stock', zh: '现货面料填 0' },
  'house.own-minutes': {
    en: 'A line per operation, with its code from the tech pack: neck = 2.5',
    zh: '每行一道工序，代码见工艺单：neck = 2.5',
  },
  'house.colour-codes': {
    en: 'A line per colour, as factories are told it: #4b5320 = 19-0509',
    zh: '每行一种颜色，随工艺单发给工厂：#4b5320 = 19-0509',
  },
  'house.privacy': { en: 'Privacy notice', zh: '隐私说明' },
  'house.contact': {
    en: 'An e-mail or a telephone number; without it, the shop’s question form.',
    zh: '邮箱或电话；留空则用商城的咨询表单。',
  },
  'house.own-words': {
    en: 'Empty: the notice says what the program does. Leave an empty line between paragraphs.',
    zh: '留空则按程序的实际做法说明。段落之间空一行。',
  },
  'house.save': { en: 'Save the rules', zh: '保存规则' },
  'terms.title': { en: 'Terms towards factories', zh: '派单条款' },
  'terms.no-default': {
    en: 'Where goods go, and the maker’s name and address, have no default: no brief leaves before they are filled in.',
    zh: '收货地址、制造者名称和地址没有默认值：填好之前，生产单不会发出。',
  },
  'terms.country': { en: 'Such as CN', zh: '如 CN' },
  'terms.save': { en: 'Save the terms', zh: '保存条款' },
})
