import { definePipeline, type ChoreSpec } from './core/pipeline.ts'
import { HOUR, MINUTE } from './core/values.ts'

/** THE MAP: every stage of the line, what wakes it, what it looks for, what it says. The README's diagram is drawn from this value. */
export const pipeline = definePipeline(
  {
    trends: {
      on: ['trends.fetch-due', 'trends.source-due', 'trends.ingested', 'trends.scored', 'trends.words-changed'],
      every: { fetch: { ms: 5 * MINUTE, emits: 'trends.fetch-due' } },
      emits: ['trends.source-due', 'trends.ingested', 'trends.scored', 'trends.words-changed'],
    },
    designs: {
      on: [
        'trends.scored',
        'designs.requested',
        'designs.sweep-due',
        // What was said of designs moves the next ones.
        'approvals.approved',
        'approvals.rejected',
        'demand.lot-frozen',
        'demand.released',
      ],
      every: { sweep: { ms: MINUTE, emits: 'designs.sweep-due' } },
      emits: ['designs.requested', 'designs.proposed', 'designs.run-finished'],
    },
    approvals: {
      on: ['approvals.approved'],
      emits: ['approvals.approved', 'approvals.rejected', 'approvals.refined'],
    },
    storefront: {
      on: ['approvals.approved', 'storefront.answered'],
      chores: { views: { own: true, does: { en: 'store how often styles were looked at', zh: '保存款式浏览次数' } } },
      emits: ['storefront.opened', 'storefront.asked', 'storefront.answered'],
    },
    demand: {
      on: ['demand.sweep-due', 'demand.goal-reached', 'demand.released', 'demand.closed', 'demand.said'],
      every: { sweep: { ms: MINUTE, emits: 'demand.sweep-due' } },
      chores: {
        'confirmation letters': {
          does: { en: 'ask buyers of new pre-orders to confirm', zh: '请新预订的买家确认' },
        },
        'orders of a lot': {
          does: {
            en: 'let the pre-orders of a lot follow what was decided about it',
            zh: '按批次的决定更新其中的预订',
          },
        },
        'old refusals': {
          does: { en: 'forget refused pre-orders after 30 days', zh: '30 天后清除被拒的预订记录' },
          every: HOUR,
        },
      },
      emits: [
        'storefront.opened',
        'demand.goal-near',
        'demand.goal-reached',
        'demand.goal-missed',
        'demand.undecided',
        'demand.lot-frozen',
        'demand.released',
        'demand.closed',
        'demand.said',
      ],
    },
    dispatch: {
      on: ['demand.goal-near', 'demand.lot-frozen', 'dispatch.sweep-due', 'dispatch.refused', 'dispatch.called-off'],
      every: { sweep: { ms: MINUTE, emits: 'dispatch.sweep-due' } },
      chores: {
        // Its own process is told at the commit; what another one queued is seen this soon.
        webhooks: { does: { en: 'deliver messages to factories', zh: '向工厂发送消息' }, idle: 50 },
      },
      emits: [
        'dispatch.offered',
        'dispatch.refused',
        'dispatch.accepted',
        'dispatch.unplaced',
        'dispatch.promise-moved',
        'dispatch.given-up',
        'dispatch.cancellation-asked',
        'dispatch.cancellation-answered',
        'dispatch.called-off',
      ],
    },
    production: {
      on: [
        'dispatch.accepted',
        'dispatch.promise-moved',
        'dispatch.given-up',
        'dispatch.called-off',
        'production.sweep-due',
        'production.progressed',
      ],
      every: { sweep: { ms: 10 * MINUTE, emits: 'production.sweep-due' } },
      chores: {
        'shipments of a lot': {
          does: { en: 'begin a shipment for each buyer of a lot that arrived', zh: '为到仓批次的每位买家建立发货单' },
        },
        'pieces of a lot': {
          does: { en: 'settle who gets the pieces of a lot that came with too few', zh: '到货不足时按确认先后分配' },
        },
      },
      emits: ['production.progressed', 'production.late', 'production.delivered'],
    },
    reorders: {
      on: ['reorders.sweep-due', 'demand.lot-frozen', 'production.delivered'],
      every: { sweep: { ms: 30 * MINUTE, emits: 'reorders.sweep-due' } },
      emits: ['reorders.proposed', 'reorders.approved', 'demand.lot-frozen'],
    },
  },
  ['reorders→dispatch', 'approvals→designs', 'demand→designs', 'reorders→designs'],
)

/** What the house looks for beside the line, for every stage. */
export const beside: Readonly<Record<string, ChoreSpec>> = {
  backup: { does: { en: 'copy everything once a day', zh: '每天备份全部数据' }, every: MINUTE },
  people: {
    does: { en: 'erase people whose time has come', zh: '到期后清除个人信息' },
    every: HOUR,
  },
  letters: { does: { en: 'send the letters that stages have queued', zh: '寄出各环节的邮件' } },
  'old rows': {
    does: { en: 'put away what is old and over', zh: '归档并清理已结束的旧记录' },
    every: HOUR,
  },
  'old limits': {
    does: { en: 'forget how often somebody did something', zh: '清除过期的次数记录' },
    every: HOUR,
  },
  'half-written': {
    does: { en: 'remove what a killed process left half-written', zh: '清除中断进程留下的残缺文件' },
    every: HOUR,
  },
  'expired keys': { does: { en: 'close API keys whose time is over', zh: '关闭到期的 API 密钥' }, every: HOUR },
}
