import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { LOG_FORMATS, type LogFormat } from '../../../stages/0-house/security.ts'
import type { Line } from '../../line.ts'
import { SecurityPage } from '../../ui/console/security.tsx'
import { queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50
const MOST = 2 ** 31 - 1

export const LOG_TYPES: Readonly<Record<LogFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

const filterQuery = z.object({ act: z.string().optional(), about: z.string().optional() })
const logQuery = filterQuery.extend({
  before: z.coerce.number().int().min(1).max(MOST).optional(),
  verify: z.string().optional(),
})

/** The security log: looked at, verified, taken away. */
export function registerSecurityPages(server: FastifyInstance, { security, operations }: Line): void {
  const show = pagesOf({ operations })

  server.get('/console/security', { config: { access: 'security' } }, async (request, reply) => {
    const { before, verify, ...filter } = queryOf(request, logQuery)
    const found = await security.list(request.actor, { ...filter, before, limit: PER_PAGE + 1 })
    const rows = found.slice(0, PER_PAGE)
    const verdict = verify ? await security.verify(request.actor) : undefined
    const tags = rows.flatMap(({ actor, subject }) => [actor, subject ?? '']).concat(filter.about ?? '')
    const names = await operations.names(request.actor, { tags })
    const query = new URLSearchParams(
      Object.entries({ ...filter, before: String(rows.at(-1)?.seq) }).filter(
        (each): each is [string, string] => !!each[1],
      ),
    )
    const more = found.length > PER_PAGE ? `/console/security?${query.toString()}` : undefined
    return show(reply, (view) => (
      <SecurityPage
        view={view}
        rows={rows}
        act={filter.act}
        about={filter.about}
        names={names}
        more={more}
        verdict={verdict}
      />
    ))
  })

  for (const format of LOG_FORMATS)
    server.get(`/console/security/export.${format}`, { config: { access: 'security' } }, async (request, reply) =>
      reply
        .type(LOG_TYPES[format])
        .header('content-disposition', `attachment; filename="security-log.${format}"`)
        .send(await security.export(request.actor, { format, ...queryOf(request, filterQuery) })),
    )
}
