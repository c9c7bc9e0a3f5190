/** What buyers send back, and what it says of the styles. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { RETURN_STATES } from '../../../stages/7-production/shipping.ts'
import type { Line } from '../../line.ts'
import { ReturnsPage } from '../../ui/console/returns.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { fromRow, paramOf, queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50
const returnsQuery = z.object({ show: z.enum(['', ...RETURN_STATES]).catch(''), before: fromRow })

export function registerReturnsPages(server: FastifyInstance, line: Line): void {
  const { production } = line
  const show = pagesOf(line)
  const page = async (request: FastifyRequest, reply: FastifyReply, sent: Sent = NOTHING_SENT) => {
    const { show: filter, before } = queryOf(request, returnsQuery)
    const [found, insight] = await Promise.all([
      production.returns(request.actor, { state: filter || undefined, before, limit: PER_PAGE + 1 }),
      production.tellReturns(request.actor, {}),
    ])
    const rows = found.slice(0, PER_PAGE)
    const more = `/console/returns?${filter ? `show=${filter}&` : ''}before=${rows.at(-1)?.id}`
    return show(
      reply,
      (view) => (
        <ReturnsPage
          view={view}
          rows={rows}
          more={found.length > PER_PAGE ? more : undefined}
          filter={filter}
          insight={insight}
          mayAct={may(request.actor, 'factories')}
          sent={sent}
        />
      ),
      { at: '/console/returns', status: sent.failure?.status ?? 200 },
    )
  }
  server.get('/console/returns', { config: { access: 'read' } }, (request, reply) => page(request, reply))
  const done = {
    after: '/console/returns',
    again: (request: FastifyRequest, reply: FastifyReply, sent: Sent) =>
      page(request, reply, { ...sent, values: { ...sent.values, returnId: paramOf(request, 'id') } }),
  } as const
  formRoute(server, production.decideReturn, { path: '/console/returns/:id/decide', ...done })
  formRoute(server, production.takeBack, { path: '/console/returns/:id/back', ...done })
  formRoute(server, production.sendExchange, { path: '/console/returns/:id/sent', ...done })
}
