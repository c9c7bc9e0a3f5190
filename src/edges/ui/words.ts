/** Names that people read for the line's closed vocabularies: states, categories, roles, gates. */
import type { EventName } from '../../core/events.ts'
import { own } from '../../core/own.ts'
import type { Lang, Localized } from '../../core/values.ts'
import type { View } from './view.ts'

type Names = Readonly<Record<string, Localized>>

export const STAGES: Names = {
  trends: { zh: '趋势', en: 'Trends' },
  designs: { zh: '设计', en: 'Designs' },
  approvals: { zh: '审批', en: 'Approvals' },
  storefront: { zh: '预售', en: 'Storefront' },
  demand: { zh: '需求', en: 'Demand' },
  dispatch: { zh: '派单', en: 'Dispatch' },
  production: { zh: '生产', en: 'Production' },
  reorders: { zh: '返单', en: 'Reorders' },
}

/** What each stage does, in two short lines: in a box of the line's map. */
export const STAGE_DOES: Readonly<Record<string, Readonly<Record<Lang, readonly [string, string]>>>> = {
  trends: { zh: ['看大家在谈论什么，', '哪些在升温'], en: ['reads what people', 'talk about'] },
  designs: { zh: ['据此画出可以', '生产的设计稿'], en: ['draws garments', 'that can be made'] },
  approvals: { zh: ['由买手', '逐款审定'], en: ['a merchandiser', 'decides on each'] },
  storefront: { zh: ['如实展示', '尚未生产的款'], en: ['shows what is', 'not made yet'] },
  demand: { zh: ['只统计已确认', '的预订'], en: ['counts who has', 'confirmed'] },
  dispatch: { zh: ['够起做量', '才派给工厂'], en: ['finds a factory', 'for what sold'] },
  production: { zh: ['跟踪生产，', '直到交付'], en: ['follows it until', 'it arrives'] },
  reorders: { zh: ['卖得好的', '提议再做一批'], en: ['proposes the', 'next lot'] },
}

export const GENDER: Names = { men: { zh: '男装', en: 'Men' }, women: { zh: '女装', en: 'Women' } }

export const SEASON: Names = {
  spring: { zh: '春季', en: 'Spring' },
  summer: { zh: '夏季', en: 'Summer' },
  autumn: { zh: '秋季', en: 'Autumn' },
  winter: { zh: '冬季', en: 'Winter' },
  'all-season': { zh: '四季', en: 'All seasons' },
}

export const MATERIAL_ROLE: Names = {
  shell: { zh: '面料', en: 'Shell' },
  lining: { zh: '里料', en: 'Lining' },
  interlining: { zh: '衬料', en: 'Interlining' },
  contrast: { zh: '拼接料', en: 'Contrast' },
  rib: { zh: '罗纹', en: 'Rib' },
  pocketing: { zh: '袋布', en: 'Pocketing' },
  trim: { zh: '辅料', en: 'Trim' },
  label: { zh: '唛标', en: 'Label' },
  packaging: { zh: '包装', en: 'Packaging' },
}

export const VIEW_NAME: Names = {
  front: { zh: '正面', en: 'Front' },
  'front-model': { zh: '正面 · 图像模型绘制', en: 'Front, drawn by a model' },
  'front-portrait': { zh: '正面 4:5', en: 'Front, 4:5' },
  back: { zh: '背面', en: 'Back' },
  'detail-collar': { zh: '领部细节', en: 'Neck' },
  'detail-cuff': { zh: '袖口细节', en: 'Cuff' },
  'detail-waist': { zh: '腰头细节', en: 'Waist' },
  'detail-hem': { zh: '下摆细节', en: 'Hem' },
  'detail-fabric': { zh: '面料细节', en: 'Cloth' },
  'flat-front': { zh: '款式图 · 正面', en: 'Flat, front' },
  'flat-back': { zh: '款式图 · 背面', en: 'Flat, back' },
}

export const STYLE_STATE: Names = {
  proposed: { zh: '待审', en: 'To decide' },
  approved: { zh: '已通过', en: 'Approved' },
  rejected: { zh: '已否决', en: 'Rejected' },
  replaced: { zh: '已替换', en: 'Replaced' },
}

export const CAMPAIGN_STATE: Names = {
  scheduled: { zh: '未开始', en: 'Scheduled' },
  open: { zh: '预售中', en: 'Open' },
  collecting: { zh: '已达起做量，继续收单', en: 'Goal reached, collecting' },
  undecided: { zh: '件数够、买家不足，待决定', en: 'Too few buyers, to be decided' },
  dispatching: { zh: '已投产，继续预订', en: 'In production, still open' },
  closed: { zh: '已结束', en: 'Closed' },
  released: { zh: '未达起做量，已取消', en: 'Below threshold, released' },
  stopping: { zh: '正在停止', en: 'Being stopped' },
  paused: { zh: '已暂停', en: 'Paused' },
  stopped: { zh: '已停止', en: 'Stopped' },
  'taken-down': { zh: '已下架', en: 'Taken down' },
}

export const HAND_KIND: Names = {
  stop: { zh: '停止预售', en: 'Stopped' },
  'take-down': { zh: '下架', en: 'Taken down' },
  pause: { zh: '暂停', en: 'Paused' },
  resume: { zh: '恢复', en: 'Resumed' },
  dates: { zh: '更改日期', en: 'Dates changed' },
  words: { zh: '更正文案', en: 'Words corrected' },
  cap: { zh: '提高上限', en: 'Cap raised' },
  dispatch: { zh: '提前投产', en: 'Made before its time' },
  quote: { zh: '批准大货', en: 'Larger order allowed' },
  message: { zh: '通知买家', en: 'Buyers written to' },
}

export const HAND_STATE: Names = {
  asked: { zh: '待第二人批准', en: 'waits for a second person' },
  refused: { zh: '已拒绝', en: 'refused' },
  waiting: { zh: '可撤销', en: 'can be taken back' },
  done: { zh: '已执行', en: 'done' },
  undone: { zh: '已撤销', en: 'taken back' },
}

export const HAND_WHY: Names = {
  rights: { zh: '权利投诉', en: 'Rights' },
  quality: { zh: '质量', en: 'Quality' },
  supply: { zh: '面料或产能', en: 'Cloth or capacity' },
  price: { zh: '价格', en: 'Price' },
  demand: { zh: '需求', en: 'Demand' },
  mistake: { zh: '操作失误', en: 'A mistake' },
  other: { zh: '其他', en: 'Other' },
}

/** An empty choice: as the house does it. */
export const VERIFICATION: Names = {
  '': { zh: '按店铺设置', en: 'as the house does it' },
  email: { zh: '邮件链接确认后', en: 'after the link in a letter' },
  sms: { zh: '短信验证码确认后', en: 'after a code by text message' },
  any: { zh: '邮件或短信，买家任选', en: 'after either, as the buyer likes' },
  trusted: { zh: '由可信系统担保时立即', en: 'at once where a trusted system vouches' },
}

/** When the first lot of a campaign goes. */
export const CLOSING: Names = {
  collect: { zh: '截止时（按最终阶梯价）', en: 'when it closes, at the price finally reached' },
  atGoal: { zh: '达到起做量时', en: 'at its goal' },
  atRung: { zh: '达到指定阶梯时', en: 'at a rung of its ladder' },
}

export const PATTERN: Names = {
  jump: { zh: '一位买家占大半', en: 'One buyer is most of it' },
  'throw-away': { zh: '一次性邮箱', en: 'Throw-away addresses' },
  network: { zh: '同一网络', en: 'One network' },
  address: { zh: '同一收货地址', en: 'One shipping address' },
  burst: { zh: '一分钟内多笔相同预订', en: 'The same order many times in a minute' },
}

/** What such a pattern is told for. */
export const PATTERN_WHY: Names = {
  jump: { zh: '一位买家超过已确认件数的一半。', en: 'More than half of the verified pieces are one buyer’s.' },
  'throw-away': { zh: '至少三位买家使用公开名单上的一次性邮箱。', en: 'Three buyers or more use mail that a public list calls disposable.' }, // prettier-ignore
  network: {
    zh: '同一网段的多位买家，预订相同、间隔只有几秒，或占了大半。',
    en: 'Many buyers behind one network who order alike, seconds apart, or are most of all.',
  },
  address: { zh: '四位以上买家寄往同一地址。', en: 'Four buyers or more have it sent to one place.' },
  burst: {
    zh: '尺码、配色和件数完全相同，多于巧合。',
    en: 'The same sizes, colours and quantities, more often than chance gives.',
  },
}

export const PARTNER_KIND: Names = {
  channel: { zh: '渠道', en: 'Channel' },
  'chain-leader': { zh: '连锁牵头人', en: 'Leader of a chain' },
  'group-buyer': { zh: '团购组织者', en: 'Group buyer' },
}

export const PREORDER_STATE: Names = {
  pending: { zh: '待确认', en: 'To be confirmed' },
  confirmed: { zh: '已确认', en: 'Confirmed' },
  'in-lot': { zh: '已成批', en: 'In a lot' },
  fulfilled: { zh: '买家已签收', en: 'Received' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  released: { zh: '未能投产，已取消', en: 'Released' },
}

export const ORDER_STATE: Names = {
  placing: { zh: '派单中', en: 'Being placed' },
  unplaced: { zh: '未派出', en: 'Unplaced' },
  accepted: { zh: '已接单', en: 'Accepted' },
  materials: { zh: '备料', en: 'Materials' },
  cutting: { zh: '裁剪', en: 'Cutting' },
  sewing: { zh: '缝制', en: 'Sewing' },
  finishing: { zh: '后整', en: 'Finishing' },
  'quality-check': { zh: '验货', en: 'Quality check' },
  'on-hold': { zh: '暂停', en: 'On hold' },
  shipped: { zh: '已发货', en: 'Shipped' },
  delivered: { zh: '已交货', en: 'Handed over' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

export const SHIPMENT_STATE: Names = {
  'to-pack': { zh: '待打包', en: 'To be packed' },
  short: { zh: '件数不足', en: 'Too few pieces' },
  sent: { zh: '已寄出', en: 'On its way' },
  received: { zh: '买家已签收', en: 'Received' },
  released: { zh: '已释放', en: 'Released' },
}

export const RETURN_STATE: Names = {
  asked: { zh: '待审核', en: 'To be decided' },
  declined: { zh: '未通过', en: 'Declined' },
  accepted: { zh: '已同意，待寄回', en: 'To be sent back' },
  returned: { zh: '已退回', en: 'Returned' },
  'to-send': { zh: '换货待寄', en: 'Exchange to be sent' },
  sent: { zh: '换货已寄出', en: 'Exchange sent' },
  'next-lot': { zh: '换货计入下一批', en: 'In the next lot' },
  'no-exchange': { zh: '无法换货，按退货处理', en: 'Could not be exchanged' },
}

export const RETURN_KIND: Names = {
  return: { zh: '退货', en: 'Return' },
  exchange: { zh: '换货', en: 'Exchange' },
}

export const RETURN_REASON: Names = {
  size: { zh: '尺码不合适', en: 'The size' },
  colour: { zh: '颜色不符', en: 'The colour' },
  quality: { zh: '质量问题', en: 'The quality' },
  mind: { zh: '不想要了', en: 'Changed mind' },
}

export const OFFER_STATE: Names = {
  offered: { zh: '待答复', en: 'Waiting for an answer' },
  accepted: { zh: '已接单', en: 'Accepted' },
  declined: { zh: '已拒单', en: 'Declined' },
  countered: { zh: '已还价', en: 'Countered' },
  expired: { zh: '逾期未答', en: 'No answer in time' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

export const CANCELLATION_STATE: Names = {
  asked: { zh: '待答复', en: 'Waiting for an answer' },
  agreed: { zh: '双方同意，已取消', en: 'Agreed, called off' },
  refused: { zh: '对方不同意', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

export const CANCELLATION_FOLLOW: Names = {
  replace: { zh: '改派其他工厂', en: 'Another factory makes the lot' },
  release: { zh: '取消该批次，释放买家', en: 'The lot’s buyers are released' },
}

export const FACTORY_STATE: Names = {
  invited: { zh: '待验证', en: 'Invited' },
  active: { zh: '合作中', en: 'Active' },
  paused: { zh: '暂停接单', en: 'Paused' },
  disabled: { zh: '已停用', en: 'Disabled' },
}

export const MESSAGE_STATE: Names = {
  due: { zh: '待发送', en: 'Due' },
  sent: { zh: '已送达', en: 'Delivered' },
  failed: { zh: '发送失败', en: 'Failed' },
  dropped: { zh: '已作废', en: 'Dropped' },
}

export const REORDER_STATE: Names = {
  proposed: { zh: '待决定', en: 'To decide' },
  approved: { zh: '已同意', en: 'Approved' },
  declined: { zh: '不返单', en: 'Declined' },
  sent: { zh: '已派单', en: 'Sent' },
}

export const REORDER_VERDICT: Names = {
  winner: { zh: '爆款', en: 'Winner' },
  steady: { zh: '平稳', en: 'Steady' },
  loser: { zh: '滞销', en: 'Loser' },
}

export const LOT_REASON: Names = {
  threshold: { zh: '达到起做量', en: 'Threshold reached' },
  reorder: { zh: '返单', en: 'Reorder' },
  closing: { zh: '截止收单', en: 'Closing' },
}

export const TREND_KIND: Names = {
  garment: { zh: '品类', en: 'garment' },
  silhouette: { zh: '廓形', en: 'silhouette' },
  collar: { zh: '领型', en: 'collar' },
  sleeve: { zh: '袖型', en: 'sleeve' },
  length: { zh: '长度', en: 'length' },
  fabric: { zh: '面料', en: 'fabric' },
  pattern: { zh: '花型', en: 'pattern' },
  colour: { zh: '颜色', en: 'colour' },
  detail: { zh: '细节', en: 'detail' },
  style: { zh: '风格', en: 'style' },
  occasion: { zh: '场合', en: 'occasion' },
}

/** What an attribute of a style speaks of, where it is not one of the block's own choices. */
export const ATTRIBUTE: Names = {
  length: { zh: '长度', en: 'Length' },
  silhouette: { zh: '廓形', en: 'Silhouette' },
  fabric: { zh: '面料', en: 'Fabric' },
  colour: { zh: '主色', en: 'Main colour' },
  style: { zh: '风格', en: 'Style' },
}

export const TREND_FLAG: Names = {
  'single-source': { zh: '仅一个来源', en: 'one source only' },
  gap: { zh: '数据有缺口', en: 'gap in the data' },
  'burst-doubted': { zh: '爆发存疑', en: 'burst doubted' },
  'interest-only': { zh: '仅搜索热度', en: 'search interest only' },
  'counts-only': { zh: '仅提及次数', en: 'mentions only' },
}

export const TREND_SORT: Names = {
  combined: { zh: '综合', en: 'all together' },
  lift: { zh: '季节将至', en: 'season coming' },
  rise: { zh: '长期上升', en: 'structural rise' },
  burst: { zh: '突然爆发', en: 'fresh burst' },
}

export const SOURCE_KIND: Names = {
  feed: { zh: '订阅源', en: 'Feed' },
  upload: { zh: '上传', en: 'Upload' },
}

export const RUN_STATE: Names = {
  waiting: { zh: '排队中', en: 'Waiting' },
  working: { zh: '设计中', en: 'Designing' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '失败', en: 'Failed' },
}

export const DECISION: Names = {
  approve: { zh: '通过', en: 'Approved' },
  refine: { zh: '改款', en: 'Refined' },
  reject: { zh: '否决', en: 'Rejected' },
  undo: { zh: '撤销改款', en: 'Undone' },
}

export const VERDICT: Names = {
  pass: { zh: '通过', en: 'Pass' },
  review: { zh: '需复核', en: 'Review' },
  block: { zh: '不可通过', en: 'Block' },
}

export const GATE: Names = {
  G0: { zh: '来源', en: 'Source' },
  G1: { zh: '参数', en: 'Parameters' },
  G2: { zh: '可生产', en: 'Producible' },
  G3: { zh: '成本', en: 'Cost' },
  G4: { zh: '图片', en: 'Picture' },
  G5: { zh: '文案', en: 'Words' },
  G6: { zh: '新颖度', en: 'Novelty' },
  G7: { zh: '权利与安全', en: 'Rights and safety' },
  G8: { zh: '标识', en: 'Label' },
  G9: { zh: '一致性', en: 'Identity' },
  G10: { zh: '符合趋势', en: 'Following its trend' },
}

export const ROLE: Names = {
  viewer: { zh: '查看者', en: 'Viewer' },
  merchandiser: { zh: '买手', en: 'Merchandiser' },
  manager: { zh: '经理', en: 'Manager' },
  admin: { zh: '管理员', en: 'Admin' },
}

/** What a role may, in a sentence; the table itself stands in core/actor.ts. */
export const ROLE_MAY: Names = {
  viewer: { zh: '查看产线，看不到买家的姓名和邮箱', en: 'looks at the line, without buyers’ names and addresses' },
  merchandiser: {
    zh: '趋势、设计、审款、预售、工厂与派单',
    en: 'trends, designs, approvals, campaigns, factories and orders',
  },
  manager: { zh: '同买手，另可修改商家规则和物料', en: 'as a merchandiser, and the house’s rules and materials' },
  admin: { zh: '全部，含账号、密钥、安全日志和系统', en: 'everything: accounts, keys, the security log, the system' },
}

export const SCOPE: Names = {
  read: { zh: '查看全部（不含个人数据）', en: 'Read everything but personal data' },
  'trends:read': { zh: '查看趋势', en: 'Read trends' },
  'designs:read': { zh: '查看款式', en: 'Read designs' },
  'campaigns:read': { zh: '查看预售与咨询', en: 'Read campaigns and questions' },
  'factories:read': { zh: '查看工厂与生产单', en: 'Read factories and orders' },
  'line:read': { zh: '查看计数与事件', en: 'Read counts and events' },
  people: { zh: '买家的姓名与邮箱', en: 'Buyers’ names and e-mails' },
  trends: { zh: '趋势与来源', en: 'Trends and sources' },
  designs: { zh: '发起设计', en: 'Request designs' },
  approvals: { zh: '审款', en: 'Approve and reject' },
  campaigns: { zh: '预售与咨询', en: 'Campaigns and answers' },
  demand: { zh: '替买家确认预订', en: 'Vouch for buyers' },
  factories: { zh: '工厂与派单', en: 'Factories and orders' },
  house: { zh: '商家规则与物料', en: 'House rules and materials' },
  accounts: { zh: '账号与密钥', en: 'Accounts and keys' },
  security: { zh: '安全日志', en: 'Security log' },
  system: { zh: '系统（搁置、信件、备份、指标）', en: 'System (parked work, letters, backups, metrics)' },
  operate: { zh: '系统管理（以上四项）', en: 'Operate (the four above)' },
}

export const EVENT: Readonly<Record<EventName, Localized>> = {
  'trends.fetch-due': { zh: '到点抓取来源', en: 'Time to read the sources' },
  'trends.source-due': { zh: '到点抓取一个来源', en: 'Time to read a source' },
  'trends.ingested': { zh: '来源已读取', en: 'A source was read' },
  'trends.scored': { zh: '趋势已评分', en: 'Trends were scored' },
  'trends.words-changed': { zh: '词表已更改', en: 'The vocabulary was changed' },
  'designs.requested': { zh: '发起设计', en: 'Designs were asked for' },
  'designs.sweep-due': { zh: '检查设计任务', en: 'Look after design runs' },
  'designs.proposed': { zh: '设计出一款', en: 'A style was proposed' },
  'designs.run-finished': { zh: '一轮设计完成', en: 'A round of designs is finished' },
  'approvals.approved': { zh: '款式通过', en: 'A style was approved' },
  'approvals.rejected': { zh: '款式否决', en: 'A style was rejected' },
  'approvals.refined': { zh: '款式改款', en: 'A style was refined' },
  'storefront.opened': { zh: '预售开始', en: 'A campaign opened' },
  'storefront.asked': { zh: '买家咨询', en: 'A buyer asked' },
  'storefront.answered': { zh: '咨询已回复', en: 'A question was answered' },
  'demand.sweep-due': { zh: '到点检查预售', en: 'Time to look at campaigns' },
  'demand.goal-near': { zh: '即将成单', en: 'A lot nears its goal' },
  'demand.goal-reached': { zh: '达到起做量，继续收单', en: 'A goal was reached, it collects on' },
  'demand.goal-missed': { zh: '取消后又低于起做量', en: 'A goal is missed again after cancellations' },
  'demand.undecided': {
    zh: '件数够、买家不足，等待决定',
    en: 'Enough units from too few buyers: waits for a decision',
  },
  'demand.lot-frozen': { zh: '一批成单', en: 'A lot was frozen' },
  'demand.said': { zh: '通知买家', en: 'Buyers are written to' },
  'demand.released': { zh: '未达起做量，买家已释放', en: 'Below threshold, buyers released' },
  'demand.closed': { zh: '预售结束', en: 'A campaign closed' },
  'dispatch.sweep-due': { zh: '到点检查派单', en: 'Time to look at offers' },
  'dispatch.offered': { zh: '生产单发给工厂', en: 'An order was offered to a factory' },
  'dispatch.refused': { zh: '工厂未接单', en: 'A factory did not take an order' },
  'dispatch.accepted': { zh: '工厂接单', en: 'A factory took an order' },
  'dispatch.unplaced': { zh: '没有工厂接单', en: 'No factory took an order' },
  'dispatch.promise-moved': { zh: '承诺到货日推迟', en: 'The promised date moved' },
  'dispatch.given-up': { zh: '未派出的订单已放弃', en: 'An unplaced order was given up' },
  'dispatch.cancellation-asked': { zh: '请求取消生产单', en: 'Calling an order off was asked for' },
  'dispatch.cancellation-answered': { zh: '取消请求已答复', en: 'A cancellation was answered' },
  'dispatch.called-off': { zh: '生产单协议取消', en: 'An order was called off' },
  'production.sweep-due': { zh: '到点检查生产', en: 'Time to look at orders' },
  'production.progressed': { zh: '生产有进展', en: 'Production went on' },
  'production.late': { zh: '生产可能延误', en: 'Production may be late' },
  'production.delivered': { zh: '一批已交货', en: 'A lot was handed over' },
  'reorders.sweep-due': { zh: '到点检查返单', en: 'Time to look at reorders' },
  'reorders.proposed': { zh: '建议返单', en: 'A reorder was proposed' },
  'reorders.approved': { zh: '返单通过', en: 'A reorder was approved' },
}

/** Names of accounts, keys and factories by their tag in the log (`user:0190…`). */
export type ActorNames = ReadonlyMap<string, string>

const NAMELESS: Readonly<Record<string, Localized>> = {
  anonymous: { zh: '访客', en: 'a visitor' },
  buyer: { zh: '买家', en: 'a buyer' },
}

/** What somebody of a kind is called, where that is not their own name. */
function calledAs(kind: string, id: string, name: string | undefined): Localized | undefined {
  if (kind === 'system')
    return { zh: `系统 · ${own(STAGES, id)?.zh ?? id}`, en: `System · ${own(STAGES, id)?.en ?? id}` }
  if (kind === 'key' && name) return { zh: `${name}（密钥）`, en: `${name} (key)` }
  return own(NAMELESS, kind)
}

/** Somebody in the log as a person reads it; who is not known any more stays a tag. */
export function who(view: Pick<View, 'lang'>, tag: string, names: ActorNames): string {
  const [kind = '', id = ''] = tag.split(':')
  const name = names.get(tag)
  return calledAs(kind, id, name)?.[view.lang] ?? name ?? tag
}

/** The name of a value; an unknown one is shown as it is, so that nothing disappears from a page. */
export const wordFor = (view: Pick<View, 'lang'>, names: Names, key: string): string =>
  own(names, key)?.[view.lang] ?? key
