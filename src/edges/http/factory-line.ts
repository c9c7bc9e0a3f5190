import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import { refused } from './messages.ts'

/** Callbacks are small; the files of a brief are fetched, never sent here. */
const CALLBACK_BYTES = 65_536

/** What a factory's own system talks to: signed callbacks, the brief's files behind signed links, the truth by polling. */
export function registerFactoryLine(server: FastifyInstance, { dispatch, production }: Line): void {
  // A signature covers the very bytes that came, so inside this scope bodies stay bytes.
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: CALLBACK_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Params: { factoryId: string } }>(
      '/factory/callbacks/:factoryId',
      { config: { access: 'signature' } },
      async (request) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        return dispatch.receiveCallback({ factoryId: request.params.factoryId, headers: request.headers, rawBody })
      },
    )
  })

  server.get<{ Params: { orderId: string; name: string }; Querystring: { expires?: string; signature?: string } }>(
    '/factory/files/:orderId/:name',
    { config: { access: 'link' } },
    async (request, reply) => {
      const { expires = '', signature = '' } = request.query
      const file = await dispatch.briefFile(request.actor, { ...request.params, expires, signature })
      return reply
        .type(file.mime)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('digest', `sha-256=${Buffer.from(file.sha256, 'hex').toString('base64')}`)
        .header('cache-control', 'private, max-age=3600')
        .send(file.bytes)
    },
  )

  /** Polling with the portal's token: a GET that tells the truth. */
  server.get<{ Params: { orderId: string } }>(
    '/factory/orders/:orderId',
    { config: { access: 'link' } },
    async (request) => {
      const token = /^Portal (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
      const actor = token ? await dispatch.portalActor(token) : undefined
      if (!actor) throw refused('factories.token')
      const [progress, agreed] = await Promise.all([
        production.progress(actor, { id: request.params.orderId }),
        dispatch.agreed(actor, { id: request.params.orderId }),
      ])
      return { ...progress, agreed: agreed ?? null }
    },
  )
}
