import { definePipeline } from './core/pipeline.ts'

/** THE MAP: every stage of the line, what wakes it, what it says. The README's diagram is drawn from this value. */
export const pipeline = definePipeline(
  {
    trends: {
      on: ['trends.fetch-due', 'trends.source-due', 'trends.ingested'],
      every: { fetch: { cron: '*/5 * * * *', emits: 'trends.fetch-due' } },
      emits: ['trends.source-due', 'trends.ingested', 'trends.scored'],
    },
    designs: {
      on: ['designs.requested'],
      emits: ['designs.requested', 'designs.proposed', 'designs.run-finished'],
    },
    approvals: {
      on: ['approvals.approved'],
      emits: ['approvals.approved', 'approvals.rejected', 'approvals.refined'],
    },
    storefront: {
      on: ['approvals.approved', 'storefront.answered'],
      emits: ['storefront.opened', 'storefront.asked', 'storefront.answered'],
    },
    demand: {
      on: ['demand.sweep-due', 'demand.released', 'demand.closed'],
      every: { sweep: { cron: '* * * * *', emits: 'demand.sweep-due' } },
      emits: ['storefront.opened', 'demand.lot-frozen', 'demand.released', 'demand.closed'],
    },
    dispatch: {
      on: ['demand.lot-frozen', 'dispatch.sweep-due', 'dispatch.refused', 'dispatch.called-off'],
      every: { sweep: { cron: '* * * * *', emits: 'dispatch.sweep-due' } },
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
      every: { sweep: { cron: '*/10 * * * *', emits: 'production.sweep-due' } },
      emits: ['production.progressed', 'production.late', 'production.delivered'],
    },
    reorders: {
      on: ['reorders.sweep-due', 'demand.lot-frozen', 'production.delivered'],
      every: { sweep: { cron: '*/30 * * * *', emits: 'reorders.sweep-due' } },
      emits: ['reorders.proposed', 'reorders.approved', 'demand.lot-frozen'],
    },
  },
  ['reorders→dispatch'],
)
