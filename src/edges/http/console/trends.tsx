import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem, type Problem } from '../../../core/errors.ts'
import { COLUMN_ROLES } from '../../../engines/ports.ts'
import { TERM_KINDS } from '../../../stages/1-trends/vocabulary/term.ts'
import { may } from '../../../core/actor.ts'
import type { Line } from '../../line.ts'
import { SourcePage, SourcesPage, type SourcesPageProps } from '../../ui/console/sources.tsx'
import { RunPage } from '../../ui/console/styles.tsx'
import { TrendPage, TrendsPage } from '../../ui/console/trends.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import {
  attempt,
  field,
  formOf,
  given,
  goTo,
  numberIn,
  paramOf,
  queryText,
  sentBack,
  typed,
  type Form,
} from '../forms.ts'
import { pagesOf } from '../pages.ts'
import { readUpload, withUploads } from '../uploads.ts'

const PER_PAGE = 50

/** Amounts are typed in whole units of the currency and kept in minor ones. */
const minorIn = (form: Form, name: string): number | undefined => {
  const amount = numberIn(form, name)
  return amount === undefined ? undefined : Math.round(amount * 100)
}

function requestOf(form: Form) {
  const [min, max] = [minorIn(form, 'priceMin'), minorIn(form, 'priceMax')]
  const gender = typed(form, 'gender')
  return given({
    trendIds: [...(form['trendIds'] ?? [])],
    count: numberIn(form, 'count'),
    categories: form['categories'] ? [...form['categories']] : undefined,
    genders: gender ? [gender] : undefined,
    season: typed(form, 'season'),
    priceBand: max === undefined ? undefined : { min: min ?? 0, max },
  })
}

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

/** What people talk about, where it was read, and designs asked for from it. */
export function registerTrendPages(server: FastifyInstance, line: Line): void {
  const { trends, designs } = line
  const show = pagesOf(line)

  const list = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, chosen: ReadonlySet<string>) => {
    const asked = {
      week: queryText(request, 'week') || undefined,
      kind: queryText(request, 'kind') || undefined,
      cursor: queryText(request, 'cursor') || undefined,
    }
    const [page, weeks] = await Promise.all([
      trends.listTrends(request.actor, given({ ...asked, limit: PER_PAGE })),
      trends.scoredWeeks(request.actor, 26),
    ])
    const next = new URLSearchParams(
      given({ week: page.week, kind: asked.kind, cursor: page.next }) as Record<string, string>,
    )
    return show(
      reply,
      (view) => (
        <TrendsPage
          view={view}
          week={page.week}
          weeks={weeks}
          trends={page.trends}
          more={page.next === undefined ? undefined : `/console/trends?${next}`}
          kind={asked.kind}
          kinds={TERM_KINDS}
          sent={sent}
          chosen={chosen}
        />
      ),
      sent.failure ? { status: sent.failure.status, at: '/console/trends' } : {},
    )
  }
  server.get('/console/trends', { config: { access: 'read' } }, (request, reply) =>
    list(request, reply, NOTHING_SENT, new Set()),
  )
  server.get('/console/trends/:id', { config: { access: 'read' } }, async (request, reply) => {
    const id = paramOf(request, 'id')
    const [trend, series] = await Promise.all([
      trends.getTrend(request.actor, id),
      trends.trendSeries(request.actor, id),
    ])
    return show(reply, (view) => <TrendPage view={view} trend={trend} series={series} />)
  })

  server.post('/console/runs', { config: { access: 'designs' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => designs.requestDesigns(request.actor, requestOf(form)))
    if ('done' in result) return goTo(reply, `/console/runs/${result.done.id}`)
    return list(request, reply, sentBack(form, result.failure), new Set(form['trendIds']))
  })
  server.get('/console/runs/:id', { config: { access: 'read' } }, async (request, reply) => {
    const id = paramOf(request, 'id')
    const [run, styles] = await Promise.all([
      designs.getRun(request.actor, id),
      designs.listStyles(request.actor, { runId: id, limit: 24 }),
    ])
    const labels = await Promise.all(run.trendIds.map((trendId) => trends.getTrend(request.actor, trendId)))
    return show(reply, (view) => <RunPage view={view} run={run} rows={styles.items} trends={labels} />)
  })

  const sources = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Partial<Pick<SourcesPageProps, 'feed' | 'upload' | 'uploaded' | 'asked'>>,
    failure?: Problem,
  ) => {
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
  server.get('/console/sources', { config: { access: 'read' } }, (request, reply) => sources(request, reply, {}))
  server.post('/console/sources', { config: { access: 'trends' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() =>
      trends.addSource(
        request.actor,
        given({
          name: field(form, 'name'),
          url: field(form, 'url'),
          lang: field(form, 'lang'),
          everyMinutes: numberIn(form, 'everyMinutes'),
        }),
      ),
    )
    if ('done' in result) return goTo(reply, `/console/sources/${result.done.id}`)
    return sources(request, reply, { feed: sentBack(form, result.failure) }, result.failure)
  })
  withUploads(server, (inner) =>
    inner.post('/console/uploads', { config: { access: 'trends' } }, async (request, reply) => {
      let fields: Record<string, string> = {}
      let sent: { name: string; type: string; bytes: Uint8Array } | undefined
      const result = await attempt(async (): Promise<Partial<Pick<SourcesPageProps, 'uploaded' | 'asked'>>> => {
        const upload = await readUpload(request)
        fields = upload.fields
        const kept = fields['kept']
        if (!upload.file && !kept)
          throw problem('uploads.empty', 422, { en: 'Choose a file.', zh: '请选择要上传的文件。' }, { field: 'file' })
        const file = upload.file ?? { name: fields['fileName'] ?? '', type: fields['contentType'] ?? '' }
        const bytes = upload.file?.bytes ?? (await trends.keptUpload(request.actor, kept ?? ''))
        sent = { name: file.name, type: file.type, bytes }
        const input = given({
          ...fields,
          columns: columnsIn(fields),
          fileName: file.name,
          contentType: file.type,
          bytes,
        })
        // A table of sales is read by columns that were guessed: a person says yes to them first.
        if (!kept) {
          const preview = await trends.previewUpload(request.actor, input)
          if (preview.format === 'sales')
            return {
              asked: {
                kept: await trends.keepUpload(request.actor, bytes),
                fields: given({ ...fields, fileName: file.name, contentType: file.type }) as Record<string, string>,
                preview,
              },
            }
        }
        return { uploaded: await trends.upload(request.actor, input) }
      })
      if ('done' in result) return sources(request, reply, result.done)
      const found = columnsFound(result.failure)
      // What a table's columns are, a person can say here: the file need not be chosen again.
      const asked =
        found.length && sent
          ? {
              kept: await trends.keepUpload(request.actor, sent.bytes),
              fields: given({ ...fields, fileName: sent.name, contentType: sent.type }) as Record<string, string>,
              preview: { columns: [], found, notes: [result.failure.text], kept: 0, leftOut: 0 },
            }
          : undefined
      if (asked) return sources(request, reply, { asked }, result.failure)
      return sources(request, reply, { upload: { values: fields, failure: result.failure } }, result.failure)
    }),
  )
  const source = async (request: FastifyRequest, reply: FastifyReply, failure?: Problem) => {
    const found = await trends.getSource(request.actor, paramOf(request, 'id'))
    const troubles = await line.operations.troubles(request.actor, `source:${found.source.id}`)
    return show(
      reply,
      (view) => (
        <SourcePage
          view={view}
          troubles={troubles}
          source={found.source}
          ingests={found.ingests}
          mayAct={may(request.actor, 'trends')}
          sent={failure ? { values: {}, failure } : NOTHING_SENT}
        />
      ),
      { at: `/console/sources/${found.source.id}`, ...(failure ? { status: failure.status } : {}) },
    )
  }
  server.get('/console/sources/:id', { config: { access: 'read' } }, (request, reply) => source(request, reply))
  const change = (path: string, work: (request: FastifyRequest) => Promise<unknown>) =>
    server.post(`/console/sources/:id/${path}`, { config: { access: 'trends' } }, async (request, reply) => {
      const result = await attempt(() => work(request))
      if ('failure' in result) return source(request, reply, result.failure)
      return goTo(reply, `/console/sources/${paramOf(request, 'id')}`)
    })
  change('fetch', (request) => trends.fetchNow(request.actor, paramOf(request, 'id')))
  change('enable', (request) => trends.setSourceEnabled(request.actor, paramOf(request, 'id'), true))
  change('disable', (request) => trends.setSourceEnabled(request.actor, paramOf(request, 'id'), false))
}
