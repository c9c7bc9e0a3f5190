/** A form of a page that is an action of a stage: read by its schema, run, and shown again with what was refused. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Sent } from '../ui/parts.tsx'
import type { Access } from './access.ts'
import type { AnyAsked } from './action-endpoint.ts'
import { attempt, formOf, goTo, sentBack, typed, type Form } from './forms.ts'

/** What a field means beneath "optional", "or null" and its default. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return bare(schema.unwrap())
  return schema
}

/**
 * A form's text as its schema means it: numbers where it wants numbers, a ticked box or a button with a value as true, all
 * values of a list.
 * What is not a number stays text, so that the schema refuses it by the field's name; an empty field was not sent.
 */
export function fromForm(schema: z.ZodObject, form: Form): Record<string, unknown> {
  const read = (name: string, field: z.core.$ZodType): unknown => {
    const kind = bare(field)
    if (kind instanceof z.ZodArray) return [...(form[name] ?? [])]
    if (kind instanceof z.ZodBoolean) return (form[name] ?? []).some((each) => each !== '')
    const text = typed(form, name)
    if (text === undefined) return kind instanceof z.ZodString && field === kind ? '' : undefined
    if (kind instanceof z.ZodNumber) return Number.isNaN(Number(text)) ? text : Number(text)
    return text
  }
  const entries = Object.entries(schema.shape).map(([name, field]) => [name, read(name, field)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

type Params = Readonly<Record<string, string>>

/** POST `path`: run the action; then to `after`, or the page again with what was typed and what is wrong with it. */
export function formRoute(
  server: FastifyInstance,
  asked: AnyAsked,
  {
    path,
    after,
    again,
    access,
    always = {},
    read = (form) => fromForm(asked.action.input, form),
  }: {
    path: string
    after: string | ((params: Params, done: unknown) => string)
    again: (request: FastifyRequest, reply: FastifyReply, sent: Sent) => Promise<FastifyReply>
    access?: Access
    /** What the button says without a field: one address switches on, another off. */
    always?: Readonly<Record<string, unknown>>
    /** Where the page says it otherwise than the action: amounts in whole units, days without a time. */
    read?: (form: Form) => Readonly<Record<string, unknown>>
  },
): void {
  const { name, scope } = asked.action
  const who = access ?? (scope === 'anyone' ? undefined : scope)
  if (!who) throw new Error(`${path}: "${name}" is open to anyone; say who may call it`)
  server.post(path, { config: { access: who } }, async (request, reply) => {
    const form = formOf(request)
    const params = request.params as Params
    const result = await attempt(() => asked(request.actor, { ...read(form), ...params, ...always } as never))
    if ('failure' in result) return again(request, reply, sentBack(form, result.failure))
    return goTo(reply, typeof after === 'string' ? after : after(params, result.done))
  })
}
