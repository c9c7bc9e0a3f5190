/**
 * What a body may be, decided before anything is made of it: its size, its fields, its depth, its encoding. A stranger's
 * request then costs the event loop a millisecond or two, whatever it holds.
 */
import { isUtf8 } from 'node:buffer'
import { parse as parseForm } from 'node:querystring'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Access } from './access.ts'
import { refused } from './messages.ts'

/** Bytes of a body that somebody may send who has not said who they are, and of anybody else's. */
export const PUBLIC_BYTES = 65_536
const OWN_BYTES = 1_048_576
/** Fields of a form, members and elements of a stranger's JSON. The largest order form has some 200. */
export const MOST_FIELDS = 1000
/** Nothing of ours nests deeper than ten; what walks a value by itself must not run out of stack. */
const DEEPEST = 40

/** Anybody may call these: whoever is to be known proves it in the handler. What is no route has no access at all. */
export const isOpen = (access: Access | undefined): boolean =>
  access === undefined || access === 'public' || access === 'link' || access === 'signature'

const tooMany = (): Problem => refused('input.too-many', { most: MOST_FIELDS })
const tooDeep = (): Problem => refused('input.too-deep', { deepest: DEEPEST })
const notUtf8 = (said: Localized): Problem => refused('input.charset', { said })
const malformed = (en: string, zh: string): Problem => refused('input.malformed', { what: { en, zh } })

/** Counts what a JSON text holds without building it. @throws Problem 413, 422 */
function weigh(bytes: Buffer, mostFields: number): void {
  let [fields, depth, quoted] = [0, 0, false]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (quoted) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) quoted = false
    } else if (byte === 0x22) quoted = true
    else if (byte === 0x2c) fields++
    else if (byte === 0x7b || byte === 0x5b) {
      fields++
      if (++depth > DEEPEST) throw tooDeep()
    } else if (byte === 0x7d || byte === 0x5d) depth--
    if (fields > mostFields) throw tooMany()
  }
}

/** @throws Problem 413 for more fields than anybody's form has */
function countForm(bytes: Buffer): void {
  let fields = 1
  for (const byte of bytes) if (byte === 0x26 && ++fields > MOST_FIELDS) throw tooMany()
}

/** Every text of ours is UTF-8; what says it is something else would be read wrongly. @throws Problem 415 */
function checkCharset(request: FastifyRequest, bytes: Buffer): void {
  const said = /;\s*charset\s*=\s*"?([^";\s]{1,40})/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (said && !/^(utf-?8|us-ascii)$/i.test(said)) throw notUtf8({ en: said, zh: ` ${said}` })
  if (!isUtf8(bytes)) throw notUtf8({ en: 'not', zh: '其他编码' })
}

/** Bodies are read by these and by nothing else; a route that takes files or signed bytes has readers of its own. */
export function registerBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    route.bodyLimit ??= isOpen(route.config?.access) ? PUBLIC_BYTES : OWN_BYTES
  })
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    const encoding = request.headers['content-encoding']
    if (!encoding || /^\s*identity\s*$/i.test(encoding)) return done()
    return done(refused('input.encoding', { encoding: encoding.slice(0, 40) }))
  })
  server.removeAllContentTypeParsers()
  const json = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer
    try {
      if (!bytes.length) throw malformed('it says it is JSON and is empty', '声明为 JSON 但内容为空')
      checkCharset(request, bytes)
      weigh(bytes, isOpen(request.routeOptions.config.access) ? MOST_FIELDS : Infinity)
    } catch (error) {
      return done(error as Error)
    }
    return json(request, bytes.toString('utf8'), (error, value) =>
      done(error ? malformed('it is not JSON, or names __proto__', '不是有效的 JSON，或含有 __proto__') : null, value),
    )
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer
    try {
      countForm(bytes)
      checkCharset(request, bytes)
      done(null, parseForm(bytes.toString('utf8'), '&', '=', { maxKeys: MOST_FIELDS }))
    } catch (error) {
      done(error as Error)
    }
  })
}
