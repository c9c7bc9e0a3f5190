/** A form of a page that is an action of a stage: read by its schema, run, and shown again with what was refused. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../core/errors.ts'
import type { Sent } from '../ui/parts.tsx'
import type { Access } from './access.ts'
import type { AnyAsked } from './place.ts'
import { fromForm } from './form-fields.ts'
import { attempt, formOf, goTo, sentBack, type Form } from './forms.ts'

type Params = Readonly<Record<string, string>>
type Given = Readonly<Record<string, unknown>>

interface FormPlace<R> {
  path: string
  /** Where to, when it is done. */
  after?: string | ((params: Params, done: R, request: FastifyRequest) => string)
  /** A page to answer with instead: what is shown this once. */
  shown?: (request: FastifyRequest, reply: FastifyReply, done: R) => Promise<FastifyReply>
  /** The page with what was refused; without one, that is a page of its own. */
  again?: (request: FastifyRequest, reply: FastifyReply, sent: Sent) => Promise<FastifyReply>
  access?: Access
  /** What the button says without a field (one address switches on, another off), or what the browser itself brings. */
  always?: Given | ((request: FastifyRequest) => Given)
  fields?: readonly string[]
  /** Where the page says it otherwise than the action: amounts in whole units, days without a time. */
  read?: (form: Form, request: FastifyRequest) => Given | Promise<Given>
}

/** POST `path`: run the action; then to `after`, or the page again with what was typed and what is wrong with it. */
export function formRoute<R>(
  server: FastifyInstance,
  asked: AnyAsked<R>,
  {
    path,
    after = '/',
    shown,
    again,
    access,
    always = {},
    fields,
    read = (form) => fromForm(asked.action.input, form, fields),
  }: FormPlace<R>,
): void {
  const { name, scope } = asked.action
  const who = access ?? (scope === 'anyone' ? undefined : scope)
  if (!who) throw new Error(`${path}: "${name}" is open to anyone; say who may call it`)
  server.post(path, { config: { access: who } }, async (request, reply) => {
    const form = formOf(request)
    const params = request.params as Params
    const more = typeof always === 'function' ? always(request) : always
    const work = async () => asked(request.actor, { ...(await read(form, request)), ...params, ...more } as never)
    const result = again ? await attempt(work) : { done: await work() }
    if ('failure' in result) return again?.(request, waitFor(reply, result.failure), sentBack(form, result.failure))
    if (shown) return shown(request, reply, result.done)
    return goTo(reply, typeof after === 'string' ? after : after(params, result.done, request))
  })
}

/** When it may be tried again, for machines. */
const waitFor = (reply: FastifyReply, { extra }: Problem): FastifyReply =>
  extra.retryAfter ? reply.header('retry-after', extra.retryAfter) : reply
