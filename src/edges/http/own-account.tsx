import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ownPasswordSchema } from '../../stages/0-house/identity.ts'
import { ConfirmPage, OwnAccountPage, SecondFactorPage } from '../ui/account/own.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { Line } from '../line.ts'
import { originOf } from './account.tsx'
import { attempt, field, formOf, goTo, ownPath, paramOf, parse, queryText, sentBack } from './forms.ts'
import { pagesOf } from './pages.ts'

const session = { config: { access: 'session' } } as const

/** What a person does with their own account: password, second factor, where they are signed in. */
export function registerOwnAccount(server: FastifyInstance, line: Line): void {
  const { identity } = line
  const show = pagesOf(line)
  const tokenOf = (request: FastifyRequest): string => request.session ?? ''

  const own = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { sent?: Sent; codes?: readonly string[]; done?: string | undefined } = {},
  ) => {
    const [account, sessions] = await Promise.all([
      identity.own(request.actor),
      identity.sessions(request.actor, undefined, tokenOf(request)),
    ])
    const { sent = NOTHING_SENT, codes, done = queryText(request, 'done') || undefined } = shown
    return show(
      reply,
      (view) => (
        <OwnAccountPage view={view} account={account} sessions={sessions} sent={sent} codes={codes} done={done} />
      ),
      { at: '/account', status: sent.failure?.status ?? 200 },
    )
  }
  server.get('/account', session, (request, reply) => own(request, reply))
  server.post('/account/password', session, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(async () =>
      identity.changeOwnPassword(
        request.actor,
        tokenOf(request),
        parse(ownPasswordSchema, { current: field(form, 'current'), password: field(form, 'password') }),
      ),
    )
    if ('failure' in result) return own(request, reply, { sent: { values: {}, failure: result.failure } })
    return goTo(reply, '/account?done=password')
  })

  const factor = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, offered?: string) => {
    const offer = await identity.offerFactor(request.actor, offered)
    return show(reply, (view) => <SecondFactorPage view={view} offer={offer} sent={sent} />, {
      at: '/account/second-factor',
      status: sent.failure?.status ?? 200,
    })
  }
  server.get('/account/second-factor', session, (request, reply) => factor(request, reply, NOTHING_SENT))
  server.post('/account/second-factor', session, async (request, reply) => {
    const form = formOf(request)
    const offer = field(form, 'offer')
    const result = await attempt(() => identity.turnOnFactor(request.actor, offer, field(form, 'code')))
    if ('failure' in result) return factor(request, reply, { values: {}, failure: result.failure }, offer)
    return own(request, reply, { codes: result.done, done: 'factor-on' })
  })
  server.post('/account/second-factor/codes', session, async (request, reply) => {
    const result = await attempt(() => identity.newRecoveryCodes(request.actor))
    if ('failure' in result) return own(request, reply, { sent: sentBack({}, result.failure) })
    return own(request, reply, { codes: result.done })
  })
  server.post('/account/second-factor/off', session, async (request, reply) => {
    await identity.turnOffFactor(request.actor)
    return goTo(reply, '/account?done=factor-off')
  })

  server.post('/account/sessions/:id/end', session, async (request, reply) => {
    const result = await attempt(() => identity.endSession(request.actor, paramOf(request, 'id')))
    if ('failure' in result) return own(request, reply, { sent: sentBack({}, result.failure) })
    return goTo(reply, '/account?done=ended#sessions')
  })
  server.post('/account/sessions/end-others', session, async (request, reply) => {
    if (request.actor.kind === 'user') await identity.endSessions(request.actor, request.actor.id, tokenOf(request))
    return goTo(reply, '/account?done=ended#sessions')
  })

  const confirm = (reply: FastifyReply, sent: Sent, next: string) =>
    show(reply, (view) => <ConfirmPage view={view} sent={sent} next={next} />, {
      at: '/confirm',
      status: sent.failure?.status ?? 200,
    })
  server.get('/confirm', session, (request, reply) =>
    confirm(reply, NOTHING_SENT, ownPath(queryText(request, 'next'), '/account')),
  )
  server.post('/confirm', session, async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(field(form, 'next'), '/account')
    const { actor } = request
    const result = await attempt(async () => {
      if (actor.kind === 'user')
        await identity.confirm(tokenOf(request), actor.id, field(form, 'proof'), originOf(request))
    })
    if ('failure' in result) {
      if (result.failure.extra.retryAfter) reply.header('retry-after', result.failure.extra.retryAfter)
      return confirm(reply, { values: {}, failure: result.failure }, next)
    }
    return goTo(reply, next)
  })
}
