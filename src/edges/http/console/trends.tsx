import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TERM_KINDS } from '../../../stages/1-trends/vocabulary/term.ts'
import type { Line } from '../../line.ts'
import { RunPage } from '../../ui/console/styles.tsx'
import { TrendPage, TrendsPage } from '../../ui/console/trends.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { formOf, given, numberIn, paramOf, queryOf, typed, type Form } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50
const WEEKS_SHOWN = 26

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

/** What people talk about, and designs asked for from it. */
export function registerTrendPages(server: FastifyInstance, line: Line): void {
  const { trends, designs } = line
  const show = pagesOf(line)
  const query = trends.listTrends.action.input.pick({ week: true, kind: true, sort: true, cursor: true })

  const list = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, chosen: ReadonlySet<string>) => {
    const asked = queryOf(request, query)
    const [page, weeks] = await Promise.all([
      trends.listTrends(request.actor, { ...asked, limit: PER_PAGE }),
      trends.scoredWeeks(request.actor, { limit: WEEKS_SHOWN }),
    ])
    const [missing, troubles] = await Promise.all([
      designs.listUnfollowed(request.actor, given({ month: page.week?.slice(0, 7) })),
      page.week === undefined ? [] : line.operations.troubles(request.actor, { about: `week:${page.week}` }),
    ])
    const next = new URLSearchParams(
      given({
        week: page.week,
        kind: asked.kind,
        sort: asked.sort === 'combined' ? undefined : asked.sort,
        cursor: page.next,
      }) as Record<string, string>,
    )
    return show(
      reply,
      (view) => (
        <TrendsPage
          view={view}
          week={page.week}
          newest={page.newest}
          weeks={weeks}
          trends={page.trends}
          more={page.next === undefined ? undefined : `/console/trends?${next}`}
          kind={asked.kind}
          kinds={TERM_KINDS}
          sort={asked.sort}
          sent={sent}
          chosen={chosen}
          missing={missing}
          troubles={troubles}
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
      trends.getTrend(request.actor, { id }),
      trends.trendSeries(request.actor, { id }),
    ])
    return show(reply, (view) => <TrendPage view={view} trend={trend} series={series} />)
  })

  formRoute(server, designs.requestDesigns, {
    path: '/console/runs',
    read: requestOf,
    after: (_params, { id }) => `/console/runs/${id}`,
    again: (request, reply, sent) => list(request, reply, sent, new Set(formOf(request)['trendIds'])),
  })
  server.get('/console/runs/:id', { config: { access: 'read' } }, async (request, reply) => {
    const id = paramOf(request, 'id')
    const [run, styles] = await Promise.all([
      designs.getRun(request.actor, { id }),
      designs.listStyles(request.actor, { runId: id, limit: 24 }),
    ])
    const labels = await Promise.all(run.trendIds.map((trendId) => trends.getTrend(request.actor, { id: trendId })))
    return show(reply, (view) => <RunPage view={view} run={run} rows={styles.items} trends={labels} />)
  })
}
