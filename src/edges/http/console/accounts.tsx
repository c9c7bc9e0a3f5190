import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Line } from '../../line.ts'
import { AccountsPage, type AccountsPageProps } from '../../ui/console/accounts.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { field, queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const AT = '/console/accounts'
const accountsQuery = z.object({ done: z.string().optional() })

type Shown = Partial<Pick<AccountsPageProps, 'account' | 'keySent' | 'passwordSent' | 'changed' | 'issued'>>

/** Who may sign in, and which machines may call. */
export function registerAccountPages(server: FastifyInstance, line: Line): void {
  const { identity } = line
  const show = pagesOf(line)

  const accounts = async (request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) => {
    const [users, keys] = await Promise.all([identity.listUsers(request.actor), identity.listKeys(request.actor)])
    const { account = NOTHING_SENT, keySent = NOTHING_SENT, passwordSent = NOTHING_SENT } = shown
    const { changed = NOTHING_SENT, issued } = shown
    const failure = [account, keySent, passwordSent, changed].find((sent) => sent.failure)?.failure
    if (issued) reply.header('cache-control', 'no-store')
    const { done } = queryOf(request, accountsQuery)
    return show(
      reply,
      (view) => (
        <AccountsPage
          view={view}
          users={users}
          keys={keys}
          account={account}
          keySent={keySent}
          passwordSent={passwordSent}
          changed={changed}
          self={request.actor.kind === 'user' ? request.actor.id : undefined}
          issued={issued}
          done={done}
        />
      ),
      { at: AT, status: failure?.status ?? (issued ? 201 : 200) },
    )
  }
  /** The page again, with what was refused in the form that it is about. */
  const again =
    (form: 'account' | 'keySent' | 'changed' | 'passwordSent') =>
    (request: FastifyRequest, reply: FastifyReply, sent: Sent) =>
      accounts(request, reply, { [form]: sent })

  server.get(AT, { config: { access: 'accounts' } }, (request, reply) => accounts(request, reply))
  formRoute(server, identity.createUser, { path: AT, after: `${AT}?done=account`, again: again('account') })
  formRoute(server, identity.changeUser, {
    path: `${AT}/password`,
    // Whose it is, is chosen in the form: the page has one form for all of them.
    read: (form) => ({ id: field(form, 'user'), password: field(form, 'password') }),
    after: `${AT}?done=password`,
    again: again('passwordSent'),
  })
  const one = (path: string, done: string) => ({
    path: `${AT}/:id/${path}`,
    after: `${AT}?done=${done}`,
    again: again('changed'),
  })
  formRoute(server, identity.changeUser, { ...one('off', 'off'), fields: [], always: { disabled: true } })
  formRoute(server, identity.changeUser, { ...one('on', 'on'), fields: [], always: { disabled: false } })
  formRoute(server, identity.changeUser, { ...one('role', 'role'), fields: ['role'] })
  formRoute(server, identity.changeUser, {
    ...one('second-factor-off', 'factor'),
    fields: [],
    always: { secondFactor: false },
  })
  formRoute(server, identity.endSessions, one('end-sessions', 'ended'))

  formRoute(server, identity.createKey, {
    path: '/console/keys',
    shown: (request, reply, { key }) => accounts(request, reply, { issued: key }),
    again: again('keySent'),
  })
  formRoute(server, identity.revokeKey, { path: '/console/keys/:id/revoke', after: AT, again: again('changed') })
}
