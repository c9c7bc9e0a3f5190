import { z } from 'zod'
import type { Line } from '../../line.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from '../endpoints.ts'
import { anObject, byId } from './shapes.ts'

const reorderView = z.looseObject({
  id: z.string(),
  campaignId: z.string(),
  lot: z.int(),
  state: z.string(),
  units: z.int(),
  verdict: z.string(),
  inputs: anObject,
})

export function reorderEndpoints({ reorders }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/reorders',
      access: 'read',
      tag: 'reorders',
      summary: { en: 'Proposals for a next lot, or to stop, newest first', zh: '返单建议与止损建议，最新在前' },
      query: pageQuery,
      answers: { 200: pageOf(reorderView) },
      async run({ actor, query }) {
        const page = paged(
          await reorders.list(actor, { before: query.cursor, limit: query.limit + 1 }),
          query.limit,
          (row) => row.reorder.id,
        )
        return { ...page, items: page.items.map(({ reorder }) => reorder) }
      },
    }),
    endpoint({
      method: 'POST',
      path: '/reorders/:id/approve',
      access: 'campaigns',
      tag: 'reorders',
      summary: {
        en: 'Make the next lot now, from exactly what has been pre-ordered',
        zh: '批准返单：按当前预订冻结下一批次',
      },
      params: byId,
      answers: { 200: z.looseObject({ id: z.string(), number: z.int(), units: z.int() }) },
      run: ({ actor, params }) => reorders.approve(actor, params.id),
    }),
    endpoint({
      method: 'POST',
      path: '/reorders/:id/decline',
      access: 'campaigns',
      tag: 'reorders',
      summary: { en: 'Decline a proposal, with a reason', zh: '不采纳建议，并说明原因' },
      params: byId,
      body: z.strictObject({ reason: z.string().min(1).max(1000) }),
      answers: { 200: reorderView },
      run: ({ actor, params, body }) => reorders.decline(actor, params.id, body.reason),
    }),
    endpoint({
      method: 'POST',
      path: '/reorders/:id/stop-early',
      access: 'campaigns',
      tag: 'reorders',
      summary: { en: 'End a losing campaign now; its buyers are released', zh: '提前终止预售并释放买家' },
      params: byId,
      answers: { 200: reorderView },
      run: ({ actor, params }) => reorders.stopEarly(actor, params.id),
    }),
  ]
}
