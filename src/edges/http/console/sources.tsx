import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may, type Actor } from '../../../core/actor.ts'
import type { Problem } from '../../../core/errors.ts'
import { parse } from '../../../core/parse.ts'
import { COLUMN_ROLES } from '../../../engines/ports.ts'
import type { Line } from '../../line.ts'
import { SourcePage, SourcesPage, type SourcesPageProps } from '../../ui/console/sources.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { attempt, given, paramOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'
import { chooseFile, readUpload, withUploads } from '../uploads.ts'

/** The columns of a table that was refused because it is not clear which of them count. */
function columnsFound({ extra }: Problem): string[] {
  const found = extra.field === 'columns' ? (extra.details as { found?: unknown } | undefined)?.found : undefined
  return Array.isArray(found) ? found.filter((name): name is string => typeof name === 'string' && name !== '') : []
}

/** `column-units: 支付件数` of a form, as the reader is told it. */
function columnsIn(fields: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const named = COLUMN_ROLES.flatMap((role) => {
    const column = fields[`column-${role}`]?.trim()
    return column ? [[role, column] as const] : []
  })
  return named.length ? Object.fromEntries(named) : undefined
}

type Fields = Readonly<Record<string, string>>
type Outcome = Partial<Pick<SourcesPageProps, 'feed' | 'upload' | 'uploaded' | 'asked'>>

interface File {
  name: string
  type: string
  bytes: Uint8Array
}

/** What a table's columns are, a person can say here: the file is kept and need not be chosen again. */
async function keptFor(
  { trends }: Line,
  actor: Actor,
  fields: Fields,
  { name, type, bytes }: File,
): Promise<{ kept: string; fields: Fields }> {
  return {
    kept: await trends.keepUpload(actor, { bytes }),
    fields: given({ ...fields, fileName: name, contentType: type }) as Fields,
  }
}

/** Store what was sent, or ask about its columns first. */
async function takeUpload(line: Line, actor: Actor, fields: Fields, file: File): Promise<Outcome> {
  const { trends } = line
  const sent = { ...fields, columns: columnsIn(fields), fileName: file.name, contentType: file.type, bytes: file.bytes }
  const upload = parse(trends.upload.action.input, given(sent))
  // A table of sales is read by columns that were guessed: a person says yes to them first.
  if (!fields['kept']) {
    const preview = await trends.previewUpload(actor, upload)
    if (preview.format === 'sales') return { asked: { ...(await keptFor(line, actor, fields, file)), preview } }
  }
  return { uploaded: await trends.upload(actor, upload) }
}

/** A form with a file, or with the mark of one that was kept; a refusal of its columns becomes a question. */
async function uploaded(line: Line, request: FastifyRequest): Promise<{ shown: Outcome; failure?: Problem }> {
  const { actor } = request
  let fields: Fields = {}
  let sent: File | undefined
  const result = await attempt(async () => {
    const upload = await readUpload(request)
    fields = upload.fields
    const kept = fields['kept']
    if (!upload.file && !kept) throw chooseFile()
    const { name, type } = upload.file ?? { name: fields['fileName'] ?? '', type: fields['contentType'] ?? '' }
    const bytes = upload.file?.bytes ?? (await line.trends.keptUpload(actor, { kept: kept ?? '' }))
    sent = { name, type, bytes }
    return takeUpload(line, actor, fields, sent)
  })
  if ('done' in result) return { shown: result.done }
  const { failure } = result
  const found = columnsFound(failure)
  if (!found.length || !sent) return { shown: { upload: { values: fields, failure } }, failure }
  const preview = { columns: [], found, notes: [failure.text], kept: 0, leftOut: 0 }
  return { shown: { asked: { ...(await keptFor(line, actor, fields, sent)), preview } }, failure }
}

/** Where trends are read from: feeds by their address, and files that people upload. */
export function registerSourcePages(server: FastifyInstance, line: Line): void {
  const { trends } = line
  const show = pagesOf(line)

  const list = async (request: FastifyRequest, reply: FastifyReply, shown: Outcome, failure?: Problem) => {
    const rows = await trends.listSources(request.actor)
    return show(
      reply,
      (view) => (
        <SourcesPage
          view={view}
          sources={rows}
          mayAct={may(request.actor, 'trends')}
          feed={shown.feed ?? NOTHING_SENT}
          upload={shown.upload ?? NOTHING_SENT}
          uploaded={shown.uploaded}
          asked={shown.asked}
        />
      ),
      { at: '/console/sources', ...(failure ? { status: failure.status } : {}) },
    )
  }
  server.get('/console/sources', { config: { access: 'read' } }, (request, reply) => list(request, reply, {}))
  formRoute(server, trends.addSource, {
    path: '/console/sources',
    after: (_params, done) => `/console/sources/${done.id}`,
    again: (request, reply, sent) => list(request, reply, { feed: sent }, sent.failure),
  })
  withUploads(server, (inner) =>
    inner.post('/console/uploads', { config: { access: 'trends' } }, async (request, reply) => {
      const { shown, failure } = await uploaded(line, request)
      return list(request, reply, shown, failure)
    }),
  )

  const one = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { source, ingests } = await trends.getSource(request.actor, { id: paramOf(request, 'id') })
    const troubles = await line.operations.troubles(request.actor, { about: `source:${source.id}` })
    return show(
      reply,
      (view) => (
        <SourcePage
          view={view}
          troubles={troubles}
          source={source}
          ingests={ingests}
          mayAct={may(request.actor, 'trends')}
          sent={sent}
        />
      ),
      { at: `/console/sources/${source.id}`, ...(sent.failure ? { status: sent.failure.status } : {}) },
    )
  }
  const changed = { after: ({ id = '' }) => `/console/sources/${id}`, again: one }
  server.get('/console/sources/:id', { config: { access: 'read' } }, (request, reply) =>
    one(request, reply, NOTHING_SENT),
  )
  formRoute(server, trends.fetchNow, { path: '/console/sources/:id/fetch', ...changed })
  for (const [way, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    formRoute(server, trends.setSourceEnabled, {
      path: `/console/sources/:id/${way}`,
      always: { enabled },
      ...changed,
    })
}
