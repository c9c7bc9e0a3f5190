import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Line } from '../../line.ts'
import type { Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'

type Again = (request: FastifyRequest, reply: FastifyReply, sent: Sent) => Promise<FastifyReply>

/** The forms by which a person steers a campaign; each comes back to its page. */
export function registerHand(server: FastifyInstance, { demand }: Line, again: Again): void {
  const path = '/console/campaigns/:id'
  const after = ({ id }: Readonly<Record<string, string>>) => `/console/campaigns/${id}#hand`
  formRoute(server, demand.stop, { path: `${path}/stop`, after, again })
  formRoute(server, demand.takeDown, { path: `${path}/take-down`, after, again })
  formRoute(server, demand.makeForFew, { path: `${path}/make`, after, again })
  formRoute(server, demand.pause, { path: `${path}/pause`, after, again })
  formRoute(server, demand.resume, { path: `${path}/resume`, after, again })
  formRoute(server, demand.changeDates, { path: `${path}/dates`, after, again })
  formRoute(server, demand.changeWords, { path: `${path}/words`, after, again })
  formRoute(server, demand.raiseCap, { path: `${path}/cap`, after, again })
  formRoute(server, demand.dispatchNow, { path: `${path}/dispatch`, after, again })
  formRoute(server, demand.quoteOrder, { path: `${path}/quotes`, after, again })
  formRoute(server, demand.tellBuyers, { path: `${path}/message`, after, again })
  const ofAct = {
    after,
    again,
    read: () => ({}),
    always: (request: FastifyRequest) => ({ campaignId: (request.params as { id: string }).id }),
  }
  formRoute(server, demand.undoAct, { path: `${path}/acts/:actId/undo`, ...ofAct })
  for (const [verb, agree] of [
    ['agree', true],
    ['refuse', false],
  ] as const)
    formRoute(server, demand.decideAct, {
      path: `${path}/acts/:actId/${verb}`,
      ...ofAct,
      always: (request) => ({ ...ofAct.always(request), agree }),
    })
}
