import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Line } from '../../line.ts'
import { BackupsPage } from '../../ui/console/backups.tsx'
import { PeoplePage, type PeoplePageProps } from '../../ui/console/people.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { attempt, field, formOf, sentBack } from '../forms.ts'
import { pagesOf } from '../pages.ts'
import { refused } from '../messages.ts'

const AT = '/console/people'

const notTheSame = () => refused('people.confirm', undefined, { field: 'confirm' })

/** Data of people and backups: what only whoever runs the installation sees. Addresses of people stand in no URL. */
export function registerPeoplePages(server: FastifyInstance, { people, backups, operations }: Line): void {
  const show = pagesOf({ operations })
  const config = { access: 'system' } as const

  const page = (reply: FastifyReply, shown: Partial<Omit<PeoplePageProps, 'view'>>, status = 200) => {
    reply.header('cache-control', 'no-store')
    const { sent = NOTHING_SENT, found, done } = shown
    return show(reply, (view) => <PeoplePage view={view} sent={sent} found={found} done={done} />, { at: AT, status })
  }

  server.get(AT, { config }, (_request, reply) => page(reply, {}))
  const again = (_request: FastifyRequest, reply: FastifyReply, sent: Sent) =>
    page(reply, { sent }, sent.failure?.status)
  formRoute(server, people.preview, {
    path: AT,
    fields: ['email'],
    shown: (request, reply, preview) =>
      page(reply, { found: { email: field(formOf(request), 'email').trim(), preview, confirm: NOTHING_SENT } }),
    again,
  })
  formRoute(server, people.export, {
    path: `${AT}/export`,
    fields: ['email'],
    shown: async (_request, reply, found) =>
      reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="person.json"')
        .send(JSON.stringify(found, null, 2)),
    again,
  })
  server.post(`${AT}/erase`, { config }, async (request: FastifyRequest, reply) => {
    const form = formOf(request)
    const email = field(form, 'email').trim()
    const result = await attempt(async () => {
      if (email.toLowerCase() !== field(form, 'confirm').trim().toLowerCase()) throw notTheSame()
      return people.erase(request.actor, { email })
    })
    if ('done' in result) return page(reply, { done: result.done })
    const preview = await attempt(() => people.preview(request.actor, { email }))
    const confirm = sentBack(form, result.failure)
    if ('failure' in preview) return page(reply, { sent: sentBack(form, preview.failure) }, preview.failure.status)
    return page(reply, { found: { email, preview: preview.done, confirm } }, result.failure.status)
  })

  server.get('/console/backups', { config }, async (request, reply) => {
    const list = await backups.list(request.actor)
    return show(reply, (view) => <BackupsPage view={view} list={list} />)
  })
  // Both go on by themselves: a page that waits for gigabytes would be given up by the browser.
  formRoute(server, backups.begin, { path: '/console/backups', after: '/console/backups' })
  formRoute(server, backups.check, { path: '/console/backups/verify', after: '/console/backups' })
}
