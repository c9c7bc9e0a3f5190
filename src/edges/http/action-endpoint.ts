/** Calls of the JSON API that are an action of a stage and nothing more: made from its declaration. */
import { z } from 'zod'
import { endpoint, type Endpoint } from './endpoints.ts'
import { accessOf, ask, asksFor, fromText, type AnyAsked, type Asking, type Place } from './place.ts'
import { readFile, type FileSent } from './uploads.ts'

interface ActPlace<R> extends Place {
  method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'GET'
  status?: 200 | 201 | 202
  /** Its input stands in the address also where something is changed: a letter's link brings it. */
  inQuery?: boolean
  /** How what comes beside the address is documented and looked over, where it is not by the action's fields one by one. */
  sent?: z.ZodObject
  /** A form with a file comes: what of the input it brings. */
  upload?: (sent: FileSent) => Readonly<Record<string, unknown>>
  /** What is answered, where it is not what the action hands out, and its schema. */
  as?: (done: R, asking: Asking) => unknown
  answers?: z.ZodType
}

/** One act: ids from the address, the rest of its input from the body, or from the query where it only looks. */
export function actionEndpoint<R>(asked: AnyAsked<R>, place: ActPlace<R>): Endpoint {
  const { method = 'POST', status = 200, path, tag, summary, inQuery = method === 'GET', upload, as, sent } = place
  const { params, rest } = asksFor(asked, place)
  const filled = (shape: object) => Object.keys(shape).length > 0
  return endpoint({
    method,
    path,
    tag,
    summary,
    access: accessOf(asked, place),
    ...(filled(params) ? { params: z.object(params) } : {}),
    ...(upload ? { upload: true } : {}),
    ...(inQuery && filled(rest) ? { query: sent ?? z.object(fromText(rest)) } : {}),
    // An unknown word in an address is somebody's tracking; in a body it is a mistake that is told.
    ...(!inQuery && !upload && filled(rest) ? { body: sent ?? z.strictObject(rest) } : {}),
    answers: { [status]: place.answers ?? asked.action.output },
    async run(call) {
      const asking = call as Asking
      const body = upload ? { ...asking.body, ...upload(await readFile(call.request)) } : asking.body
      const done = await ask(asked, place, { ...asking, body })
      return as ? as(done, asking) : done
    },
  })
}
