import { catalogue } from '../../../core/messages.ts'

/** The console's sentences. A page that is drawn anew moves its words here. */
export const words = catalogue({
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
})
