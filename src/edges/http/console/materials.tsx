/** The library that styles are made from: as a page, as a table, and filled from one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../../../core/actor.ts'
import type { Localized } from '../../../core/values.ts'
import type { Line } from '../../line.ts'
import { MaterialsPage } from '../../ui/console/materials.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { attempt } from '../forms.ts'
import { pagesOf } from '../pages.ts'
import { chooseFile, readUpload, withUploads } from '../uploads.ts'

interface Imported {
  sent?: Sent
  errors?: readonly { line: number; column: string; text: Localized }[]
  taken?: number
  notes?: readonly Localized[]
  status?: number
}
export function registerMaterialPages(server: FastifyInstance, line: Line): void {
  const { designs } = line
  const show = pagesOf(line)
  const materials = async (request: FastifyRequest, reply: FastifyReply, shown: Imported = {}) => {
    const rows = await designs.listMaterials(request.actor)
    return show(
      reply,
      (view) => (
        <MaterialsPage
          view={view}
          rows={rows}
          mayAct={may(request.actor, 'house')}
          sent={shown.sent ?? NOTHING_SENT}
          errors={shown.errors ?? []}
          taken={shown.taken}
          notes={shown.notes ?? []}
        />
      ),
      { at: '/console/materials', status: shown.status ?? 200 },
    )
  }
  const csv = (reply: FastifyReply, name: string, text: string) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      // A byte order mark, without which spreadsheets read Chinese as something else.
      .send(`\uFEFF${text}`)
  server.get('/console/materials', { config: { access: 'read' } }, (request, reply) => materials(request, reply))
  server.get('/console/materials.csv', { config: { access: 'read' } }, async (request, reply) =>
    csv(reply, 'materials.csv', await designs.exportMaterials(request.actor)),
  )
  server.get('/console/materials-template.csv', { config: { access: 'read' } }, async (_request, reply) =>
    csv(reply, 'materials-template.csv', designs.materialsTemplate()),
  )
  withUploads(server, (inner) =>
    inner.post('/console/materials', { config: { access: 'house' } }, async (request, reply) => {
      const result = await attempt(async () => {
        const { file } = await readUpload(request)
        if (!file) throw chooseFile()
        return designs.importMaterials(request.actor, { list: file.bytes, fileName: file.name })
      })
      if ('failure' in result)
        return materials(request, reply, {
          sent: { values: {}, failure: result.failure },
          status: result.failure.status,
        })
      const { taken, errors, notes } = result.done
      return materials(request, reply, errors.length ? { errors, status: 422 } : { taken, notes })
    }),
  )
}
