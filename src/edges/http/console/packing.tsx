/** A lot at the warehouse: its pick list, its shipments, and the parcels that leave for its buyers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { SHIPMENT_STATES } from '../../../stages/7-production/shipping.ts'
import type { Line } from '../../line.ts'
import { PackingPage } from '../../ui/console/packing.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { attempt, field, fromRow, paramOf, queryOf } from '../forms.ts'
import { piecesIn } from '../quantities-in.ts'
import { registerPackingFiles } from '../packing-files.ts'
import { pagesOf } from '../pages.ts'
import { chooseFile, readUpload, withUploads } from '../uploads.ts'

const PER_PAGE = 50
const here = '/console/orders/:id/packing'
const packingQuery = z.object({ show: z.enum(['', ...SHIPMENT_STATES]).catch(''), after: fromRow })

interface Shown {
  sent?: Sent
  counted?: Sent
  imported?: { sent: number; known: number; open: number }
  errors?: Awaited<ReturnType<Line['production']['importParcels']>>['errors']
  status?: number
}

export function registerPackingPages(server: FastifyInstance, line: Line): void {
  const { production, storefront } = line
  const show = pagesOf(line)

  const packingPage = async (request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) => {
    const id = paramOf(request, 'id')
    const { show: filter, after } = queryOf(request, packingQuery)
    const packing = await production.packing(request.actor, { id })
    const [found, { card }] = await Promise.all([
      production.shipments(request.actor, { id, state: filter || undefined, after, limit: PER_PAGE + 1 }),
      storefront.card(request.actor, { id: packing.order.campaignId }),
    ])
    const rows = found.slice(0, PER_PAGE)
    const more = `/console/orders/${id}/packing?${filter ? `show=${filter}&` : ''}after=${rows.at(-1)?.id}`
    const sent = shown.sent ?? NOTHING_SENT
    return show(
      reply,
      (view) => (
        <PackingPage
          view={view}
          packing={packing}
          rows={rows}
          more={found.length > PER_PAGE ? more : undefined}
          filter={filter}
          colourName={(colour) => card.colourways.find((each) => each.id === colour)?.name[view.lang] ?? colour}
          mayAct={may(request.actor, 'factories')}
          mayKnow={may(request.actor, 'people')}
          sent={sent}
          counted={shown.counted}
          colours={card.colourways.map(({ id: colour, name }) => ({ id: colour, name: name[view.lang] }))}
          imported={shown.imported}
          errors={shown.errors ?? []}
        />
      ),
      {
        at: `/console/orders/${id}/packing`,
        status: shown.status ?? sent.failure?.status ?? shown.counted?.failure?.status ?? 200,
      },
    )
  }
  server.get(here, { config: { access: 'read' } }, (request, reply) => packingPage(request, reply))
  registerPackingFiles(server, line, { path: '/console/orders/:id', access: 'people' })
  const done = {
    access: 'factories',
    after: ({ id }: Readonly<Record<string, string>>) => `/console/orders/${id}/packing`,
    again: (request: FastifyRequest, reply: FastifyReply, sent: Sent) => packingPage(request, reply, { sent }),
  } as const
  formRoute(server, production.recordParcels, {
    path: `${here}/parcels`,
    ...done,
    read: (form) => ({
      parcels: [
        {
          shipment: field(form, 'shipment').trim().toUpperCase(),
          carrier: field(form, 'carrier').trim(),
          trackingNumber: field(form, 'trackingNumber').trim(),
        },
      ],
    }),
  })
  formRoute(server, production.countPieces, {
    path: '/console/orders/:id/pieces',
    ...done,
    again: (request, reply, counted) => packingPage(request, reply, { counted }),
    read: piecesIn,
  })
  formRoute(server, production.receive, {
    path: `${here}/received`,
    ...done,
    read: (form) => ({ shipments: [field(form, 'shipment')] }),
  })
  formRoute(server, production.shipDirect, {
    path: '/console/orders/:id/direct',
    access: done.access,
    after: done.after,
  })
  registerList(server, line, packingPage)
}

/** A list of parcels as a warehouse sends it back. */
function registerList(
  server: FastifyInstance,
  { production }: Line,
  packingPage: (request: FastifyRequest, reply: FastifyReply, shown: Shown) => Promise<FastifyReply>,
): void {
  withUploads(server, (inner) =>
    inner.post(`${here}/import`, { config: { access: 'factories' } }, async (request, reply) => {
      const result = await attempt(async () => {
        const { file } = await readUpload(request)
        if (!file) throw chooseFile()
        return production.importParcels(request.actor, {
          id: paramOf(request, 'id'),
          list: file.bytes,
          fileName: file.name,
        })
      })
      if ('failure' in result) return packingPage(request, reply, { sent: { values: {}, failure: result.failure } })
      const { errors, ...imported } = result.done
      return packingPage(request, reply, errors.length ? { errors, status: 422 } : { imported })
    }),
  )
}
