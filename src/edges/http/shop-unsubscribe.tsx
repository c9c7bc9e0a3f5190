/** Out of the letters that are not about an order of one's own: by a page, or by the one press of a mail program. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Line } from '../line.ts'
import { UnsubscribePage } from '../ui/shop/unsubscribe.tsx'
import { formRoute } from './form-route.ts'
import { queryOf, typed } from './forms.ts'
import { pagesOf } from './pages.ts'

const AT = '/unsubscribe'
const newsQuery = z.object({ token: z.string().max(2000).default('') })

export function registerUnsubscribe(server: FastifyInstance, line: Line): void {
  const { demand } = line
  const show = pagesOf(line)
  const page = (request: FastifyRequest, reply: FastifyReply, { wants }: { wants: boolean }, done: boolean) => {
    const { token } = queryOf(request, newsQuery)
    reply.header('cache-control', 'no-store')
    return show(reply, (view) => <UnsubscribePage view={view} token={token} wants={wants} done={done} />, {
      at: request.url,
    })
  }
  // Opened by whoever looks over links in letters, too: looking changes nothing.
  server.get(AT, { config: { access: 'link' } }, async (request, reply) =>
    page(request, reply, await demand.chooseNews(request.actor, queryOf(request, newsQuery)), false),
  )
  formRoute(server, demand.chooseNews, {
    path: AT,
    access: 'link',
    // A mail program sends "List-Unsubscribe=One-Click" and nothing of ours (RFC 8058).
    read: (form, request) => ({
      token: queryOf(request, newsQuery).token,
      wants: typed(form, 'wants') === 'yes' ? 'yes' : 'no',
    }),
    shown: (request, reply, chosen) => page(request, reply, chosen, true),
  })
}
