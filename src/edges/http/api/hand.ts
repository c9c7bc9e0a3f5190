import { z } from 'zod'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { pageQuery, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'

const act = z.object({ id: z.string(), actId: z.string() })
const ofAct = { tag: 'campaigns', names: { id: 'campaignId' }, fields: act.shape } as const

/** What a campaign says, and what goes out because of it. */
function termEndpoints({ demand }: Pick<Line, 'demand'>): Endpoint[] {
  const tag = 'campaigns'
  return [
    actionEndpoint(demand.changeDates, {
      path: '/campaigns/:id/dates',
      tag,
      summary: {
        en: 'Extend it, close it sooner, or open it later; whoever ordered is told of a new end',
        zh: '延期、提前截止或推迟开售；截止日变更会通知已预订的买家',
      },
    }),
    actionEndpoint(demand.changeWords, {
      path: '/campaigns/:id/words',
      tag,
      summary: { en: 'Correct what buyers read of it, in both languages', zh: '更正展示给买家的文案（中英文）' },
    }),
    actionEndpoint(demand.raiseCap, {
      path: '/campaigns/:id/cap',
      tag,
      summary: { en: 'Raise what one buyer may hold', zh: '提高每位买家的上限' },
    }),
    actionEndpoint(demand.dispatchNow, {
      path: '/campaigns/:id/dispatch',
      tag,
      summary: { en: 'Make what has gathered now, also below its goal', zh: '立即投产（可低于起做量）' },
    }),
    actionEndpoint(demand.quoteOrder, {
      path: '/campaigns/:id/quotes',
      tag,
      summary: {
        en: 'Allow whoever asked to order above the cap, and tell them at which price and until when',
        zh: '批准咨询者超上限预订，并告知价格与期限',
      },
    }),
    actionEndpoint(demand.tellBuyers, {
      path: '/campaigns/:id/message',
      tag,
      summary: {
        en: 'Write to everybody whose order stands, each in their language',
        zh: '给所有有效预订的买家写信（按各自语言）',
      },
    }),
  ]
}

/** What a person does with a campaign by hand. */
export function handEndpoints({ demand }: Line): Endpoint[] {
  const tag = 'campaigns'
  return [
    actionEndpoint(demand.stop, {
      path: '/campaigns/:id/stop',
      tag,
      summary: {
        en: 'End a campaign now: whoever waits is released and told, once it can no longer be taken back',
        zh: '立即停止预售：可撤销时间过后，释放并通知等待中的买家',
      },
    }),
    actionEndpoint(demand.makeForFew, {
      path: '/campaigns/:id/make',
      tag,
      summary: {
        en: 'Make what closed with enough units from too few buyers',
        zh: '截止时件数已够但买家不足：决定仍然投产',
      },
    }),
    actionEndpoint(demand.takeDown, {
      path: '/campaigns/:id/take-down',
      tag,
      summary: {
        en: 'Take a campaign down: page and pictures are gone at once, buyers are released, the record stays',
        zh: '下架：页面与图片立即撤下，释放买家，保留记录',
      },
    }),
    actionEndpoint(demand.pause, {
      path: '/campaigns/:id/pause',
      tag,
      summary: { en: 'Take no new pre-orders until it is resumed', zh: '暂停接受新预订' },
    }),
    actionEndpoint(demand.resume, {
      path: '/campaigns/:id/resume',
      tag,
      summary: { en: 'Take pre-orders again', zh: '恢复接受预订' },
    }),
    ...termEndpoints({ demand }),
    listEndpoint(demand.acts, {
      path: '/campaigns/:id/acts',
      tag,
      summary: {
        en: 'What people did with a campaign by hand, newest first: who, when and why',
        zh: '对该预售的人工操作，最新在前：何人、何时、为何',
      },
      query: pageQuery,
      names: { id: 'campaignId', cursor: 'before' },
      fields: { id: z.string() },
      idOf: ({ id }) => id,
      item: (row) => row,
    }),
    actionEndpoint(demand.undoAct, {
      path: '/campaigns/:id/acts/:actId/undo',
      ...ofAct,
      summary: { en: 'Take an act back while nothing has left the house', zh: '撤销操作（尚未对外生效时）' },
    }),
    actionEndpoint(demand.decideAct, {
      path: '/campaigns/:id/acts/:actId/decide',
      ...ofAct,
      fields: { ...act.shape, agree: z.boolean() },
      summary: { en: 'As the second person, agree to an act or refuse it', zh: '第二人批准或拒绝操作' },
    }),
  ]
}
