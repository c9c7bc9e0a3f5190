/** Files of a lot that is packed, for us and for a factory that packs it: the list with addresses, and the slips. */
import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import type { Access } from './access.ts'
import { paramOf } from './forms.ts'

/** @param path of the order's page; both are personal and go into no cache */
export function registerPackingFiles(
  server: FastifyInstance,
  { production }: Line,
  { path, access }: { path: string; access: Access },
): void {
  server.get(`${path}/shipments.csv`, { config: { access } }, async (request, reply) => {
    const csv = await production.exportShipments(request.actor, { id: paramOf(request, 'id'), lang: request.lang })
    return (
      reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="shipments.csv"')
        // A byte order mark, without which spreadsheets read Chinese as something else.
        .send(`\uFEFF${csv}`)
    )
  })
  server.get(`${path}/slips.pdf`, { config: { access } }, async (request, reply) => {
    const { bytes } = await production.slips(request.actor, { id: paramOf(request, 'id') })
    return reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="slips.pdf"')
      .send(bytes)
  })
}
