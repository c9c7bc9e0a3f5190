/** Calls of the JSON API that are an action of a stage and nothing more: made from its declaration. */
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import type { Localized } from '../../core/values.ts'
import type { Action } from '../../stages/action.ts'
import type { Access } from './access.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from './endpoints.ts'

/** An action as the line hands it out; its answer is read by the schema, so its type does not matter here. */
export type AnyAsked = ((actor: Actor, input: never) => Promise<unknown>) & {
  readonly action: Pick<Action, 'name' | 'scope' | 'input' | 'output'>
}

interface Place {
  path: string
  tag: string
  summary: Localized
  /** Where the action itself decides who may ask it. */
  access?: Access
}

/** @throws Error at start for an action open to anyone whose route does not say who may call it */
const accessOf = ({ action }: AnyAsked, { access, path }: Place): Access => {
  if (access) return access
  if (action.scope === 'anyone') throw new Error(`${path}: "${action.name}" is open to anyone; say who may call it`)
  return action.scope
}

const call = (asked: AnyAsked, actor: Actor, input: unknown) => asked(actor, input as never)

/** One act: ids from the address, the rest of its input from the body. */
export function actionEndpoint(
  asked: AnyAsked,
  place: Place & { method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'GET'; status?: 200 | 201 | 202 },
): Endpoint {
  const { method = 'POST', status = 200, path, tag, summary } = place
  const { input, output } = asked.action
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const split = (inAddress: boolean) =>
    Object.fromEntries(Object.entries(input.shape).filter(([key]) => named.includes(key) === inAddress))
  const [inPath, inBody] = [split(true), split(false)]
  return endpoint({
    method,
    path,
    tag,
    summary,
    access: accessOf(asked, place),
    ...(named.length ? { params: z.object(inPath) } : {}),
    ...(Object.keys(inBody).length ? { body: z.strictObject(inBody) } : {}),
    answers: { [status]: output },
    run: ({ actor, params, body }) => call(asked, actor, { ...(params as object), ...(body as object) }),
  })
}

/** A list in pages, newest first: an action that takes `before` and `limit` and answers with rows. */
export const listEndpoint = <Row>(
  asked: AnyAsked & ((actor: Actor, input: never) => Promise<readonly Row[]>),
  { idOf, item, ...place }: Place & { idOf: (row: Row) => string; item: (row: Row) => unknown },
): Endpoint =>
  endpoint({
    method: 'GET',
    path: place.path,
    tag: place.tag,
    summary: place.summary,
    access: accessOf(asked, place),
    query: pageQuery,
    answers: { 200: pageOf(asked.action.output) },
    async run({ actor, query: { cursor, limit } }) {
      const rows = (await call(asked, actor, { before: cursor, limit: limit + 1 })) as readonly Row[]
      const page = paged(rows, limit, idOf)
      return { ...page, items: page.items.map(item) }
    },
  })
