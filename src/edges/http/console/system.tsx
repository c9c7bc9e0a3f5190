import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EVENTS } from '../../../core/events.ts'
import { keySchema, newUserSchema, userChange } from '../../../stages/0-house/identity.ts'
import type { Line } from '../../line.ts'
import { HOUSE_NUMBERS, HousePage, TERMS_NUMBERS } from '../../ui/console/house.tsx'
import { AccountsPage, type AccountsPageProps } from '../../ui/console/accounts.tsx'
import { DeliveriesPage, EventsPage, MailPage } from '../../ui/console/system.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import {
  attempt,
  field,
  formOf,
  given,
  goTo,
  numberIn,
  paramOf,
  parse,
  queryText,
  sentBack,
  typed,
  type Form,
} from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50
const LETTERS_SHOWN = 50
/** Where people see what letters are about. */
const PAGE_OF = { campaign: '/console/campaigns', order: '/console/orders' } as const

const numbers = (form: Form, settings: readonly { name: string; stored: number }[]) =>
  Object.fromEntries(
    settings.map(({ name, stored }) => {
      const typed = numberIn(form, name)
      return [name, typed === undefined || stored === 1 ? typed : Math.round(typed * stored)]
    }),
  )

function houseOf(form: Form) {
  return given({
    ...numbers(form, HOUSE_NUMBERS),
    nameZh: field(form, 'nameZh'),
    nameEn: field(form, 'nameEn'),
    timeZone: field(form, 'timeZone'),
    currency: field(form, 'currency'),
    verification: field(form, 'verification'),
    reorderPolicy: field(form, 'reorderPolicy'),
    designSeason: typed(form, 'designSeason'),
    privacyZh: field(form, 'privacyZh'),
    privacyEn: field(form, 'privacyEn'),
    privacyContact: field(form, 'privacyContact'),
    designCategories: [...(form['designCategories'] ?? [])],
    designGenders: [...(form['designGenders'] ?? [])],
  })
}

/** An address is all or nothing: left empty it is not sent at all, so that the gate can name what is missing. */
function termsOf(form: Form) {
  const part = (name: string) => typed(form, `shipTo.${name}`)
  const shipTo = given({
    name: part('name'),
    contact: part('contact'),
    phone: part('phone'),
    lines: part('lines')?.split(/\r?\n/),
    city: part('city'),
    region: part('region'),
    postalCode: part('postalCode'),
    country: part('country'),
  })
  return given({
    ...numbers(form, TERMS_NUMBERS),
    shipTo: Object.keys(shipTo).length ? shipTo : undefined,
    maker: typed(form, 'maker'),
    makerAddress: typed(form, 'makerAddress'),
    originZh: typed(form, 'originZh'),
    originEn: typed(form, 'originEn'),
  })
}

/** Rules, accounts and keys, the log of events, parked work, letters. */
export function registerSystemPages(server: FastifyInstance, line: Line): void {
  const { operations, identity, dispatch, context, mail } = line
  const show = pagesOf(line)

  const house = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, termsSent: Sent) => {
    const [rules, unusable, terms] = await Promise.all([
      operations.house(),
      operations.unusableSettings(),
      dispatch.terms(request.actor),
    ])
    const status = sent.failure?.status ?? termsSent.failure?.status ?? 200
    return show(
      reply,
      (view) => (
        <HousePage
          view={view}
          house={rules}
          unusable={unusable}
          terms={terms}
          sent={sent}
          termsSent={termsSent}
          done={queryText(request, 'done') || undefined}
        />
      ),
      { at: '/console/house', status },
    )
  }
  server.get('/console/house', { config: { access: 'house' } }, (request, reply) =>
    house(request, reply, NOTHING_SENT, NOTHING_SENT),
  )
  server.post('/console/house', { config: { access: 'house' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => operations.changeHouse(request.actor, houseOf(form)))
    if ('failure' in result) return house(request, reply, sentBack(form, result.failure), NOTHING_SENT)
    return goTo(reply, '/console/house?done=house')
  })
  server.post('/console/terms', { config: { access: 'house' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => dispatch.changeTerms(request.actor, termsOf(form) as never))
    if ('failure' in result) return house(request, reply, NOTHING_SENT, sentBack(form, result.failure))
    return goTo(reply, '/console/house?done=terms#terms')
  })

  const accounts = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Partial<Pick<AccountsPageProps, 'account' | 'keySent' | 'passwordSent' | 'changed' | 'issued'>>,
  ) => {
    const [users, keys] = await Promise.all([identity.users(request.actor), identity.keys(request.actor)])
    const failure = [shown.account, shown.keySent, shown.passwordSent, shown.changed].find(
      (sent) => sent?.failure,
    )?.failure
    if (shown.issued) reply.header('cache-control', 'no-store')
    return show(
      reply,
      (view) => (
        <AccountsPage
          view={view}
          users={users}
          keys={keys}
          account={shown.account ?? NOTHING_SENT}
          keySent={shown.keySent ?? NOTHING_SENT}
          passwordSent={shown.passwordSent ?? NOTHING_SENT}
          changed={shown.changed ?? NOTHING_SENT}
          self={request.actor.kind === 'user' ? request.actor.id : undefined}
          issued={shown.issued}
          done={queryText(request, 'done') || undefined}
        />
      ),
      { at: '/console/accounts', status: failure?.status ?? (shown.issued ? 201 : 200) },
    )
  }
  server.get('/console/accounts', { config: { access: 'accounts' } }, (request, reply) => accounts(request, reply, {}))
  server.post('/console/accounts', { config: { access: 'accounts' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(async () =>
      identity.createUser(
        request.actor,
        parse(newUserSchema, {
          email: field(form, 'email'),
          name: field(form, 'name'),
          password: field(form, 'password'),
          lang: field(form, 'lang'),
          role: field(form, 'role'),
        }),
      ),
    )
    if ('failure' in result) return accounts(request, reply, { account: sentBack(form, result.failure) })
    return goTo(reply, '/console/accounts?done=account')
  })
  for (const way of ['off', 'on'] as const)
    server.post(`/console/accounts/:id/${way}`, { config: { access: 'accounts' } }, async (request, reply) => {
      const result = await attempt(() =>
        identity.changeUser(request.actor, paramOf(request, 'id'), { disabled: way === 'off' }),
      )
      if ('failure' in result) return accounts(request, reply, { changed: sentBack({}, result.failure) })
      return goTo(reply, `/console/accounts?done=${way}`)
    })
  const onAccount = (path: string, done: string, work: (request: FastifyRequest, id: string) => Promise<unknown>) =>
    server.post(`/console/accounts/:id/${path}`, { config: { access: 'accounts' } }, async (request, reply) => {
      const result = await attempt(() => work(request, paramOf(request, 'id')))
      if ('failure' in result) return accounts(request, reply, { changed: sentBack({}, result.failure) })
      return goTo(reply, `/console/accounts?done=${done}`)
    })
  onAccount('role', 'role', async (request, id) =>
    identity.changeUser(
      request.actor,
      id,
      parse(userChange.required({ role: true }), { role: field(formOf(request), 'role') }),
    ),
  )
  onAccount('end-sessions', 'ended', (request, id) => identity.endSessions(request.actor, id))
  onAccount('second-factor-off', 'factor', (request, id) =>
    identity.changeUser(request.actor, id, { secondFactor: false }),
  )
  server.post('/console/accounts/password', { config: { access: 'accounts' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(async () =>
      identity.changeUser(
        request.actor,
        field(form, 'user'),
        parse(userChange.required({ password: true }), { password: field(form, 'password') }),
      ),
    )
    if ('failure' in result) return accounts(request, reply, { passwordSent: sentBack(form, result.failure) })
    return goTo(reply, '/console/accounts?done=password')
  })
  server.post('/console/keys', { config: { access: 'accounts' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(async () =>
      identity.createKey(
        request.actor,
        parse(keySchema, {
          name: field(form, 'name'),
          scopes: [...(form['scopes'] ?? [])],
          expiresInDays: numberIn(form, 'expiresInDays') ?? null,
          perMinute: numberIn(form, 'perMinute'),
        }),
      ),
    )
    if ('failure' in result) return accounts(request, reply, { keySent: sentBack(form, result.failure) })
    return accounts(request, reply, { issued: result.done.key })
  })
  server.post('/console/keys/:id/revoke', { config: { access: 'accounts' } }, async (request, reply) => {
    await identity.revokeKey(request.actor, paramOf(request, 'id'))
    return goTo(reply, '/console/accounts')
  })

  server.get('/console/events', { config: { access: 'read' } }, async (request, reply) => {
    const name = queryText(request, 'name') || undefined
    const before = queryText(request, 'before') || undefined
    const found = await operations.events(request.actor, { name, before, limit: PER_PAGE + 1 })
    const events = found.slice(0, PER_PAGE)
    const more =
      found.length > PER_PAGE
        ? `/console/events?${name ? `name=${encodeURIComponent(name)}&` : ''}before=${events.at(-1)?.id}`
        : undefined
    const names = await operations.names(
      request.actor,
      events.map(({ actor }) => actor),
    )
    return show(reply, (view) => (
      <EventsPage view={view} events={events} name={name} kinds={Object.keys(EVENTS)} names={names} more={more} />
    ))
  })

  server.get('/console/deliveries', { config: { access: 'system' } }, async (request, reply) => {
    const rows = await operations.parked(request.actor)
    const retried = queryText(request, 'retried')
    return show(reply, (view) => (
      <DeliveriesPage view={view} rows={rows} retried={retried ? Number(retried) || 0 : undefined} />
    ))
  })
  server.post('/console/deliveries/retry', { config: { access: 'system' } }, async (request, reply) => {
    const retried = await operations.retry(request.actor, formOf(request)['ids'] ?? [])
    return goTo(reply, `/console/deliveries?retried=${retried}`)
  })

  // From the page of a campaign or an order, where it was said, and back to it.
  server.post('/console/letters/retry', { config: { access: 'campaigns' } }, async (request, reply) => {
    const about = field(formOf(request), 'about')
    await operations.retryLetters(request.actor, about)
    const [what = '', id = ''] = about.split(':')
    const page = Object.hasOwn(PAGE_OF, what) ? PAGE_OF[what as keyof typeof PAGE_OF] : '/console'
    return goTo(reply, page === '/console' ? page : `${page}/${encodeURIComponent(id)}`)
  })

  server.get('/console/mail', { config: { access: 'system' } }, async (_request, reply) => {
    const letters = await mail?.list(LETTERS_SHOWN)
    return show(reply, (view) => <MailPage view={view} letters={letters} baseUrl={context.baseUrl} />)
  })
}
