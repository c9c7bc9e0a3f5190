import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'inquiries.answered': {
    status: 409,
    en: 'This question was already answered, perhaps by a colleague just now. Reload the page.',
    zh: '该咨询已被回复（可能是同事刚刚回复），请刷新页面。',
  },
  'campaigns.taken-down': {
    status: 410,
    en: 'This style was withdrawn from sale and is not shown any more. Have a look at the open ones.',
    zh: '该款式已下架，不再展示。欢迎看看其他正在预售的款式。',
  },
  'campaigns.identity': {
    status: 409,
    en: 'What would be sold is not what was approved: the hashes differ. The campaign was not opened.',
    zh: '待售款式与已审批的款式不一致（哈希不同），预售未开启。',
  },
})

/**
 * When the first lot goes and what a buyer may do until then: the same words on the shop's page, in letters, on the
 * buyer's own page and in the API.
 */
export const deal = catalogue({
  collect: {
    en: 'Pre-orders are collected until {closes}. If it has at least {units, plural, one {# unit} other {# units}} from {buyers, plural, one {# buyer} other {# buyers}} then, it goes into production, and everybody pays the lowest price reached by then. Until then anybody can join or cancel.',
    zh: '收单到 {closes}：届时满 {units} 件、{buyers} 位买家即投产，所有人都按最终达到的最低阶梯价付款。在此之前可随时加入或取消。',
  },
  atGoal: {
    en: 'It goes into production as soon as it has {units, plural, one {# unit} other {# units}} from {buyers, plural, one {# buyer} other {# buyers}}, by {closes} at the latest. Until then anybody can join or cancel.',
    zh: '到 {closes} 为止，满 {units} 件、{buyers} 位买家即刻投产。在此之前可随时加入或取消。',
  },
  atRung: {
    en: 'It goes into production as soon as it has {rung, plural, one {# unit} other {# units}}, or on {closes} if it has at least {units, plural, one {# unit} other {# units}} from {buyers, plural, one {# buyer} other {# buyers}} then. Everybody pays the lowest price reached when it goes. Until then anybody can join or cancel.',
    zh: '满 {rung} 件即刻投产；未满的，到 {closes} 时满 {units} 件、{buyers} 位买家也投产。所有人都按投产时达到的最低阶梯价付款。在此之前可随时加入或取消。',
  },
  collecting: {
    en: 'Its goal is reached, and pre-orders are collected on until {closes}. It goes into production then, unless so many cancel that the goal is missed again; everybody pays the lowest price reached. Until then anybody can join or cancel.',
    zh: '已达起做量，继续收单到 {closes}，届时投产（除非取消过多，又低于起做量），所有人都按最终达到的最低阶梯价付款。在此之前可随时加入或取消。',
  },
  undecided: {
    en: 'It closed with enough pieces, but from fewer than {buyers, plural, one {# buyer} other {# buyers}}. We decide whether it is made all the same and write to you. Until then you can cancel.',
    zh: '预售已截止，件数已够，但不足 {buyers} 位买家。我们正在决定是否仍然投产，结果会邮件通知。在此之前可随时取消。',
  },
  collectingToRung: {
    en: 'Its goal is reached, and pre-orders are collected on until it has {rung, plural, one {# unit} other {# units}}, or until {closes}. It goes into production then, unless so many cancel that the goal is missed again; everybody pays the lowest price reached. Until then anybody can join or cancel.',
    zh: '已达起做量，继续收单，满 {rung} 件或到 {closes} 即投产（除非取消过多，又低于起做量），所有人都按届时达到的最低阶梯价付款。在此之前可随时加入或取消。',
  },
})

/** What stands in its letters, beside what people wrote themselves. */
export const letters = catalogue({
  'answer.subject': { en: 'An answer to your question', zh: '您的咨询已有回复' },
})
