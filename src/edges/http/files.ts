import type { FastifyInstance } from 'fastify'
import { notFound } from '../../core/errors.ts'
import { own } from '../../core/own.ts'
import type { Line } from '../line.ts'

const TYPES: Record<string, string> = { webp: 'image/webp', avif: 'image/avif', png: 'image/png', jpg: 'image/jpeg' }
/** First bytes of each: a brief or a pattern that somebody knows the hash of is not handed out as a picture. */
const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'RIFF' ||
  bytes.subarray(4, 8).toString('latin1') === 'ftyp' ||
  bytes.readUInt32BE(0) === 0x89504e47 ||
  bytes.readUInt16BE(0) === 0xffd8

/**
 * Pictures by the hash of their content: they never change, but a style may be taken down. So whoever looked keeps one for
 * a day, what stands between asks again after some minutes, and what was taken down is kept by nobody.
 */
export function registerFiles(server: FastifyInstance, { context, storefront }: Line): void {
  server.get<{ Params: { file: string } }>(
    '/pictures/:file',
    { config: { access: 'public' } },
    async (request, reply) => {
      const [hash = '', ending = ''] = request.params.file.split('.')
      const type = own(TYPES, ending)
      const bytes = type && (await context.engines.files.has(hash)) ? await context.engines.files.get(hash) : undefined
      if (!bytes || bytes.length < 12 || !isPicture(bytes))
        throw notFound({ en: 'picture', zh: '图片' }, request.params.file)
      const { everybody } = await storefront.picture(request.actor, { file: hash })
      const etag = `"${hash}"`
      reply
        .type(type ?? '')
        .header('cache-control', everybody ? 'public, max-age=86400, s-maxage=300' : 'private, no-store')
        .header('etag', etag)
        .header('x-content-type-options', 'nosniff')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.send(bytes)
    },
  )
}
