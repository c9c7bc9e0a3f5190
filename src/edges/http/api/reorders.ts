import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { listEndpoint } from '../list-endpoint.ts'
import type { Endpoint } from '../endpoints.ts'

export function reorderEndpoints({ reorders }: Line): Endpoint[] {
  const tag = 'reorders'
  return [
    listEndpoint(reorders.list, {
      path: '/reorders',
      tag,
      summary: { en: 'Proposals for a next lot, or to stop, newest first', zh: '返单建议与止损建议，最新在前' },
      idOf: ({ reorder }) => reorder.id,
      item: ({ reorder }) => reorder,
    }),
    actionEndpoint(reorders.chance, {
      method: 'GET',
      path: '/campaigns/:id/chance',
      tag,
      summary: {
        en: 'The chance that a campaign reaches its goal, from its buyers, units and time; null once its first lot has gone',
        zh: '预售达成目标的可能性：依据已确认的买家、件数与时间；首批已成则为 null',
      },
    }),
    actionEndpoint(reorders.patterns, {
      method: 'GET',
      path: '/campaigns/:id/patterns',
      tag: 'campaigns',
      summary: {
        en: 'What in its demand is worth a second look, and what counts, goal and chance would be without it',
        zh: '值得再看一眼的预订特征，以及不计它们时的件数、起做量与可能性',
      },
    }),
    actionEndpoint(reorders.approve, {
      path: '/reorders/:id/approve',
      tag,
      summary: {
        en: 'Make the next lot now, from exactly what has been pre-ordered',
        zh: '批准返单：按当前预订冻结下一批次',
      },
    }),
    actionEndpoint(reorders.decline, {
      path: '/reorders/:id/decline',
      tag,
      summary: { en: 'Decline a proposal, with a reason', zh: '不采纳建议，并说明原因' },
    }),
    actionEndpoint(reorders.stopEarly, {
      path: '/reorders/:id/stop-early',
      tag,
      summary: { en: 'End a losing campaign now; its buyers are released', zh: '提前终止预售并释放买家' },
    }),
  ]
}
