import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { EVENTS } from '../../../core/events.ts'
import type { Line } from '../../line.ts'
import { DeliveriesPage, EventsPage, MailPage } from '../../ui/console/system.tsx'
import { own } from '../../../core/own.ts'
import { formRoute } from '../form-route.ts'
import { field, formOf, fromRow, goTo, queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50
const LETTERS_SHOWN = 50
/** Where people see what letters are about. */
const PAGE_OF: Readonly<Record<string, string>> = { campaign: '/console/campaigns', order: '/console/orders' }

const eventsQuery = z.object({ name: z.string().max(80).optional(), before: fromRow })
const deliveriesQuery = z.object({ retried: z.coerce.number().optional() })

/** The log of events, parked work, letters. */
export function registerSystemPages(server: FastifyInstance, line: Line): void {
  const { operations, context, mail } = line
  const show = pagesOf(line)

  server.get('/console/events', { config: { access: 'read' } }, async (request, reply) => {
    const { name, before } = queryOf(request, eventsQuery)
    const found = await operations.listEvents(request.actor, { name, before, limit: PER_PAGE + 1 })
    const events = found.slice(0, PER_PAGE)
    const filter = name ? `name=${encodeURIComponent(name)}&` : ''
    const more = found.length > PER_PAGE ? `/console/events?${filter}before=${events.at(-1)?.id}` : undefined
    const names = await operations.names(request.actor, { tags: events.map(({ actor }) => actor) })
    return show(reply, (view) => (
      <EventsPage view={view} events={events} name={name} kinds={Object.keys(EVENTS)} names={names} more={more} />
    ))
  })

  server.get('/console/deliveries', { config: { access: 'system' } }, async (request, reply) => {
    const rows = await operations.listParked(request.actor)
    const { retried } = queryOf(request, deliveriesQuery)
    const damage = context.db.soundness?.now().found ?? []
    const warning = await context.db.warning()
    return show(reply, (view) => (
      <DeliveriesPage view={view} rows={rows} retried={retried} damage={damage} warning={warning} />
    ))
  })
  server.post('/console/deliveries/retry', { config: { access: 'system' } }, async (request, reply) => {
    const ids = [...(formOf(request)['ids'] ?? [])]
    const { retried } = ids.length ? await operations.retry(request.actor, { ids }) : { retried: 0 }
    return goTo(reply, `/console/deliveries?retried=${retried}`)
  })

  // From the page of a campaign or an order, where it was said, and back to it.
  formRoute(server, operations.retryLetters, {
    path: '/console/letters/retry',
    after: (_params, _done, request) => {
      const [what = '', id = ''] = field(formOf(request), 'about').split(':')
      const page = own(PAGE_OF, what)
      return page ? `${page}/${encodeURIComponent(id)}` : '/console'
    },
  })

  server.get('/console/mail', { config: { access: 'system' } }, async (_request, reply) => {
    const letters = await mail?.list(LETTERS_SHOWN)
    return show(reply, (view) => <MailPage view={view} letters={letters} baseUrl={context.baseUrl} />)
  })
}
