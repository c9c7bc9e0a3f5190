import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SUGGESTED } from '../../../stages/0-house/sale-terms.ts'
import type { Line } from '../../line.ts'
import { SaleTermsPage } from '../../ui/console/sale-terms.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const AT = '/console/sale-terms'
const doneQuery = z.object({ done: z.string().optional() })

/** What buyers accept when they order: read, changed, and who changed it when. */
export function registerSaleTermsPage(server: FastifyInstance, { operations }: Line): void {
  const show = pagesOf({ operations })
  const page = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const versions = await operations.listSaleTerms(request.actor)
    const names = await operations.names(request.actor, { tags: versions.map(({ by }) => by) })
    const { done } = queryOf(request, doneQuery)
    return show(
      reply,
      (view) => (
        <SaleTermsPage
          view={view}
          versions={versions}
          suggested={SUGGESTED}
          names={names}
          sent={sent}
          done={done !== undefined}
        />
      ),
      { at: AT, status: sent.failure?.status ?? 200 },
    )
  }
  server.get(AT, { config: { access: 'house' } }, (request, reply) => page(request, reply, NOTHING_SENT))
  formRoute(server, operations.changeSaleTerms, { path: AT, after: `${AT}?done=saved`, again: page })
}
