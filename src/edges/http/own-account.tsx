import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ConfirmPage, OwnAccountPage, SecondFactorPage } from '../ui/account/own.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { Line } from '../line.ts'
import { originOf } from './account.tsx'
import { formRoute } from './form-route.ts'
import { field, formOf, ownPath, queryOf } from './forms.ts'
import { pagesOf } from './pages.ts'

const access = 'session' as const
const config = { access } as const
const ownQuery = z.object({ done: z.string().optional() })
const confirmQuery = z.object({ next: z.string().optional() })

const tokenOf = (request: FastifyRequest): string => request.session ?? ''
/** The session at hand goes along: it is the one that stays. */
const always = (request: FastifyRequest) => ({ sessionToken: tokenOf(request) })

/** What a person does with their own account: password, second factor, where they are signed in. */
export function registerOwnAccount(server: FastifyInstance, line: Line): void {
  const { identity } = line
  const show = pagesOf(line)

  const own = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { sent?: Sent; codes?: readonly string[]; done?: string | undefined } = {},
  ) => {
    const [account, sessions] = await Promise.all([
      identity.own(request.actor),
      identity.listOwnSessions(request.actor, { sessionToken: tokenOf(request) }),
    ])
    const { sent = NOTHING_SENT, codes, done = queryOf(request, ownQuery).done } = shown
    return show(
      reply,
      (view) => (
        <OwnAccountPage view={view} account={account} sessions={sessions} sent={sent} codes={codes} done={done} />
      ),
      { at: '/account', status: sent.failure?.status ?? 200 },
    )
  }
  const again = (request: FastifyRequest, reply: FastifyReply, sent: Sent) => own(request, reply, { sent })

  server.get('/account', { config }, (request, reply) => own(request, reply))
  formRoute(server, identity.changeOwnPassword, {
    path: '/account/password',
    access,
    always,
    after: '/account?done=password',
    again,
  })
  registerFactor(server, line, { own, again })
  formRoute(server, identity.endSession, {
    path: '/account/sessions/:id/end',
    access,
    after: '/account?done=ended#sessions',
    again,
  })
  formRoute(server, identity.endOtherSessions, {
    path: '/account/sessions/end-others',
    access,
    always,
    after: '/account?done=ended#sessions',
    again,
  })
  registerConfirm(server, line)
}

interface OwnPage {
  own: (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { codes: readonly string[]; done?: string },
  ) => Promise<FastifyReply>
  again: (request: FastifyRequest, reply: FastifyReply, sent: Sent) => Promise<FastifyReply>
}

/** The second factor: offered, turned on by a first code, given new recovery codes, turned off. */
function registerFactor(server: FastifyInstance, line: Line, { own, again }: OwnPage): void {
  const { identity } = line
  const show = pagesOf(line)
  const at = '/account/second-factor'

  const factor = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, offered?: string) => {
    const offer = await identity.offerFactor(request.actor, { offer: offered })
    return show(reply, (view) => <SecondFactorPage view={view} offer={offer} sent={sent} />, {
      at,
      status: sent.failure?.status ?? 200,
    })
  }
  server.get(at, { config }, (request, reply) => factor(request, reply, NOTHING_SENT))
  formRoute(server, identity.turnOnFactor, {
    path: at,
    access,
    shown: (request, reply, codes) => own(request, reply, { codes, done: 'factor-on' }),
    again: (request, reply, sent) => factor(request, reply, sent, field(formOf(request), 'offer')),
  })
  formRoute(server, identity.newRecoveryCodes, {
    path: `${at}/codes`,
    access,
    shown: (request, reply, codes) => own(request, reply, { codes }),
    again,
  })
  formRoute(server, identity.turnOffFactor, { path: `${at}/off`, access, after: '/account?done=factor-off', again })
}

/** Prove once more who it is, on the way to what is dear. */
function registerConfirm(server: FastifyInstance, line: Line): void {
  const show = pagesOf(line)
  const page = (reply: FastifyReply, sent: Sent, next: string | undefined) =>
    show(reply, (view) => <ConfirmPage view={view} sent={sent} next={ownPath(next, '/account')} />, {
      at: '/confirm',
      status: sent.failure?.status ?? 200,
    })
  const nextOf = (request: FastifyRequest) => field(formOf(request), 'next')

  server.get('/confirm', { config }, (request, reply) => page(reply, NOTHING_SENT, queryOf(request, confirmQuery).next))
  formRoute(server, line.identity.confirm, {
    path: '/confirm',
    access,
    fields: ['proof'],
    always: (request) => ({ ...always(request), origin: originOf(request) }),
    after: (_params, _done, request) => ownPath(nextOf(request), '/account'),
    again: (request, reply, sent) => page(reply, sent, nextOf(request)),
  })
}
