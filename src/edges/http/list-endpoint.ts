/** Lists of the JSON API that are an action of a stage and nothing more: made from its declaration, in pages. */
import type { z } from 'zod'
import { accessOf, call, type AnyAsked, type Place } from './action-endpoint.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from './endpoints.ts'

/**
 * A list in pages, newest first: an action that takes `before` and `limit` and answers with rows.
 * @param query what else may be asked for by name, beside `cursor` and `limit`
 */
export const listEndpoint = <Row>(
  asked: AnyAsked<readonly Row[]>,
  {
    idOf,
    item = (row) => row,
    query = pageQuery,
    ...place
  }: Place & { idOf: (row: Row) => string; item?: (row: Row) => unknown; query?: ListQuery },
): Endpoint =>
  endpoint({
    method: 'GET',
    path: place.path,
    tag: place.tag,
    summary: place.summary,
    access: accessOf(asked, place),
    query,
    answers: { 200: pageOf(asked.action.output) },
    async run({ actor, query: { cursor, limit, ...filter } }) {
      const rows = (await call(asked, actor, { ...filter, before: cursor, limit: limit + 1 })) as readonly Row[]
      const page = paged(rows, limit, idOf)
      return { ...page, items: page.items.map(item) }
    },
  })
type ListQuery = z.ZodType<{ limit: number; cursor?: unknown }>
