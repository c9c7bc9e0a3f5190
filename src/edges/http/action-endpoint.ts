/** Calls of the JSON API that are an action of a stage and nothing more: made from its declaration. */
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import type { Localized } from '../../core/values.ts'
import type { Action } from '../../stages/action.ts'
import type { Access } from './access.ts'
import { endpoint, type Endpoint } from './endpoints.ts'

/** An action as the line hands it out; its answer is read by the schema, so its type does not matter here. */
export type AnyAsked<R = unknown> = ((actor: Actor, input: never) => Promise<R>) & {
  readonly action: Pick<Action, 'name' | 'scope' | 'input' | 'output'>
}

export interface Place {
  path: string
  tag: string
  summary: Localized
  /** Where the action itself decides who may ask it. */
  access?: Access
}

/** @throws Error at start for an action open to anyone whose route does not say who may call it */
export const accessOf = ({ action }: AnyAsked, { access, path }: Place): Access => {
  if (access) return access
  if (action.scope === 'anyone') throw new Error(`${path}: "${action.name}" is open to anyone; say who may call it`)
  return action.scope
}

export const call = (asked: AnyAsked, actor: Actor, input: unknown) => asked(actor, input as never)

/** One act: ids from the address, the rest of its input from the body, or from the query where it only looks. */
export function actionEndpoint(
  asked: AnyAsked,
  place: Place & { method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'GET'; status?: 200 | 201 | 202 },
): Endpoint {
  const { method = 'POST', status = 200, path, tag, summary } = place
  const { input, output } = asked.action
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const split = (inAddress: boolean) =>
    Object.fromEntries(Object.entries(input.shape).filter(([key]) => named.includes(key) === inAddress))
  const [inPath, rest] = [split(true), split(false)]
  return endpoint({
    method,
    path,
    tag,
    summary,
    access: accessOf(asked, place),
    ...(named.length ? { params: z.object(inPath) } : {}),
    ...(Object.keys(rest).length ? { [method === 'GET' ? 'query' : 'body']: of(method, rest) } : {}),
    answers: { [status]: output },
    run: ({ actor, params, query, body }) =>
      call(asked, actor, { ...(params as object), ...(query as object), ...(body as object) }),
  })
}

/** An unknown word in an address is somebody's tracking; in a body it is a mistake that is told. */
const of = (method: string, shape: z.core.$ZodShape) => (method === 'GET' ? z.object(shape) : z.strictObject(shape))
