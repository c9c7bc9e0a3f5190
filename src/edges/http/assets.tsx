import type { FastifyInstance } from 'fastify'
import { notFound } from '../../core/errors.ts'
import { assets } from '../ui/assets.ts'

/** The stylesheet and the script. Asked for with the tag of their content they may be kept for ever. */
export function registerAssets(server: FastifyInstance): void {
  server.get<{ Params: { name: string }; Querystring: { v?: string } }>(
    '/assets/:name',
    { config: { access: 'public' } },
    async (request, reply) => {
      const file = assets.get(request.params.name)
      if (!file) throw notFound({ en: 'file', zh: '文件' }, request.params.name)
      return reply
        .type(file.type)
        .header('etag', `"${file.tag}"`)
        .header(
          'cache-control',
          request.query.v === file.tag ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
        )
        .send(file.bytes)
    },
  )
}
