/** Lists of the JSON API that are an action of a stage and nothing more: made from its declaration, in pages. */
import { z } from 'zod'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from './endpoints.ts'
import { accessOf, ask, asksFor, type AnyAsked, type Asking, type Place } from './place.ts'

type ListQuery = z.ZodType<{ limit: number; cursor?: unknown }>

interface ListPlace<Row> extends Place {
  /** What the next page begins after. */
  idOf: (row: Row) => string
  /** A row as it is answered, where it is not what the action hands out, and its schema. */
  item?: (row: Row, asking: Asking) => unknown
  answers?: z.ZodType
  /** What else may be asked for by name, beside `cursor` and `limit`. */
  query?: ListQuery
}

/** The action says that it hands out rows, and a page is of rows. */
const rowOf = ({ action: { output } }: AnyAsked): z.ZodType =>
  output instanceof z.ZodArray ? (output.element as z.ZodType) : output

/** A list in pages: an action that takes `before` (or what `cursor` is called by it) and `limit`, and answers with rows. */
export function listEndpoint<Row>(asked: AnyAsked<readonly Row[]>, place: ListPlace<Row>): Endpoint {
  const { path, tag, summary, idOf, item = (row) => row, query = pageQuery, names, answers } = place
  const { params } = asksFor(asked, place)
  return endpoint({
    method: 'GET',
    path,
    tag,
    summary,
    access: accessOf(asked, place),
    ...(Object.keys(params).length ? { params: z.object(params) } : {}),
    query,
    answers: { 200: pageOf(answers ?? rowOf(asked)) },
    async run(call) {
      const asking = call as Asking
      const { limit } = call.query
      // One row more than is shown tells whether there is another page.
      const rows = await ask(
        asked,
        { ...place, names: { cursor: 'before', ...names } },
        { ...asking, query: { ...asking.query, limit: limit + 1 } },
      )
      const page = paged(rows, limit, idOf)
      return { ...page, items: page.items.map((row) => item(row, asking)) }
    },
  })
}
