/** What every page route does with a form: read it, run an action, show the page again with what was refused. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Problem } from '../../core/errors.ts'
import type { Sent } from '../ui/parts.tsx'
import { isOwnPath } from '../ui/view.ts'
import { asProblem } from './failures.ts'

/** Fields as a form sends them; a name that was sent several times (ticked boxes) has all of its values. */
export type Form = Readonly<Record<string, readonly string[]>>

export function formOf(request: FastifyRequest): Form {
  const body = (request.body ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, [value].flat().map((each) => String(each))]),
  )
}

/** One value of a form; '' where it was not sent. */
export const field = (form: Form, name: string): string => form[name]?.[0] ?? ''
/** Trimmed, and undefined where nothing was typed: what an optional field means. */
export const typed = (form: Form, name: string): string | undefined => field(form, name).trim() || undefined
export const ticked = (form: Form, name: string): boolean => (form[name]?.length ?? 0) > 0
/** A number that was typed; NaN where it is none, for the schema to refuse by the field's name. */
export const numberIn = (form: Form, name: string): number | undefined => {
  const text = typed(form, name)
  return text === undefined ? undefined : Number(text)
}

/** Leave out what is undefined: `exactOptionalPropertyTypes` and strict schemas both mean it. */
export const given = <T extends Record<string, unknown>>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

const FORGET = new Set(['password', 'current', 'proof', 'code', 'idempotencyKey'])

/** What was typed and why it was refused, for the page to show both again. Passwords are never sent back. */
export const sentBack = (form: Form, failure: Problem): Sent => ({
  values: Object.fromEntries(
    Object.entries(form).flatMap(([name, [value]]) =>
      value === undefined || FORGET.has(name) ? [] : [[name, value] as const],
    ),
  ),
  failure,
})

/** Run what a form asked for; a refusal the person can mend comes back as a value, everything else is thrown. */
export async function attempt<T>(work: () => Promise<T>): Promise<{ done: T } | { failure: Problem }> {
  try {
    return { done: await work() }
  } catch (error) {
    const failure = asProblem(error)
    if (failure.status >= 500 || failure.status === 401) throw error
    return { failure }
  }
}

/** Only our own paths: an address from a form or a query must not lead people elsewhere. */
export function ownPath(address: string | undefined, otherwise: string): string {
  return address && isOwnPath(address) ? address : otherwise
}

/** After a form: to a page that can be reloaded without sending it again. */
export const goTo = (reply: FastifyReply, address: string): FastifyReply => reply.redirect(address, 303)

/**
 * The query of a page by the schema the page declares. Addresses are shared, cut off and typed by hand: what a field
 * cannot be is as if it were not there.
 */
export function queryOf<S extends z.ZodObject>(request: FastifyRequest, schema: S): z.output<S> {
  const given = request.query as Record<string, unknown>
  const read = Object.entries(schema.shape).map(([name, field]: [string, z.ZodType]) => {
    const parsed = field.safeParse(Object.hasOwn(given, name) && given[name] !== '' ? given[name] : undefined)
    return [name, parsed.success ? parsed.data : field.safeParse(undefined).data]
  })
  return Object.fromEntries(read) as z.output<S>
}

/** Where a list goes on: the id of the last row already seen. */
export const fromRow = z.string().max(200).optional()

export const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name] ?? ''
