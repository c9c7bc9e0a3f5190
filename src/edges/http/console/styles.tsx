import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../../../core/actor.ts'
import { problem, type Problem } from '../../../core/errors.ts'
import { dayIn, type Localized } from '../../../core/values.ts'
import { dayAfter } from '../../../core/zones.ts'
import type { Line } from '../../line.ts'
import { MaterialsPage } from '../../ui/console/materials.tsx'
import { StylePage } from '../../ui/console/style.tsx'
import type { Previewed } from '../../ui/console/style-decide.tsx'
import { STYLE_FILTERS, StylesPage } from '../../ui/console/styles.tsx'
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
  ticked,
  typed,
  type Form,
} from '../forms.ts'
import { pagesOf } from '../pages.ts'
import { readUpload, withUploads } from '../uploads.ts'

const PER_PAGE = 24
/** Campaigns that are looked through for those of a style. */
const LOOKED_THROUGH = 100

type Refined = Awaited<ReturnType<Line['approvals']['refine']>>

/** A sentence that changed nothing is no error of the machine's, but the person has to know why. */
function nothingChanged({ notUnderstood, clamped }: Refined): Problem {
  // What may be designed instead is offered beside the form, with its reason.
  const others = notUnderstood.filter(({ instead }) => !instead)
  const why = (lang: 'zh' | 'en') =>
    others.map(({ words, reason }) => `“${words}”: ${reason[lang]}`).join(lang === 'zh' ? '；' : '; ')
  const again: Localized =
    others.length || clamped.length || !notUnderstood.length
      ? {
          zh: '请换一种说法，例如“短一点，领子换成布的”。',
          en: 'Say it another way, for example “longer, navy, no belt”.',
        }
      : { zh: '可以改为另做一款，见下方。', en: 'Have a new design made instead, see below.' }
  const limit: Localized = clamped.length
    ? { zh: '已到允许范围的边界。', en: 'It is at the limit of what the block allows.' }
    : { zh: '', en: '' }
  return problem(
    'approvals.unchanged',
    422,
    {
      zh: `没有改动。${why('zh')}${limit.zh}${again.zh}`,
      en: ['Nothing changed.', why('en'), limit.en, again.en].filter(Boolean).join(' '),
    },
    { field: 'sentence', details: { notUnderstood } },
  )
}

/** Terms as they were typed; the closing day follows from the days on sale, counted where the house is. */
function termsOf(form: Form, now: Date, timeZone: string) {
  const days = numberIn(form, 'campaignDays')
  if (days !== undefined && !(days >= 1 && days <= 120))
    throw problem(
      'campaigns.days',
      422,
      { en: 'A campaign lasts 1 to 120 days. Choose a number of days.', zh: '预售天数为 1–120 天，请重新填写。' },
      { field: 'campaignDays' },
    )
  return given({
    thresholdUnits: numberIn(form, 'thresholdUnits'),
    minBuyers: numberIn(form, 'minBuyers'),
    perBuyerCap: numberIn(form, 'perBuyerCap'),
    promisedDays: numberIn(form, 'promisedDays'),
    closesAt: days === undefined ? undefined : dayAfter(dayIn(now, timeZone), days),
  })
}

/** A problem's field inside `campaign` is a field of the form. */
const unnested = (failure: Problem): Problem =>
  failure.extra.field?.startsWith('campaign.')
    ? problem(failure.code, failure.status, failure.text, { ...failure.extra, field: failure.extra.field.slice(9) })
    : failure

/** The board of styles, one style with its decision, and the library they are made from. */
export function registerStylePages(server: FastifyInstance, line: Line): void {
  const { designs, approvals, storefront, trends, operations, context } = line
  const show = pagesOf(line)

  server.get('/console/styles', { config: { access: 'read' } }, async (request, reply) => {
    const asked = queryText(request, 'state') || 'proposed'
    const state = STYLE_FILTERS.find((each) => each === asked) ?? 'proposed'
    const cursor = queryText(request, 'cursor') || undefined
    const [page, runs] = await Promise.all([
      designs.listStyles(request.actor, given({ state: state === 'all' ? undefined : state, cursor, limit: PER_PAGE })),
      designs.listRuns(request.actor, { limit: 5 }),
    ])
    return show(reply, (view) => (
      <StylesPage
        view={view}
        rows={page.items}
        state={state}
        more={page.cursor === undefined ? undefined : `/console/styles?state=${state}&cursor=${page.cursor}`}
        runs={runs.items.filter((run) => run.state !== 'done')}
      />
    ))
  })

  interface Shown {
    approve?: Sent
    refine?: Sent
    reject?: Sent
    preview?: Previewed
    reference?: Sent
    status?: number
  }
  const stylePage = async (request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) => {
    const { actor } = request
    const id = paramOf(request, 'id')
    const version = Number(queryText(request, 'version')) || undefined
    const [found, calls, decisions, house, listed] = await Promise.all([
      designs.getStyle(actor, id, version),
      designs.callsAbout(actor, id),
      approvals.history(actor, id),
      operations.house(),
      storefront.list(request.actor, { limit: LOOKED_THROUGH, all: true }),
    ])
    const labels = await Promise.all(
      found.style.trendIds.map((trendId) => trends.getTrend(actor, { id: trendId }).catch(() => undefined)),
    )
    const names = await operations.names(
      actor,
      decisions.map(({ by }) => by),
    )
    const troubles = await operations.troubles(actor, `style:${id}`)
    const done = queryText(request, 'done') || undefined
    return show(
      reply,
      (view) => (
        <StylePage
          view={view}
          troubles={troubles}
          row={found}
          versions={found.versions}
          decisions={decisions}
          names={names}
          trends={labels.filter((each) => each !== undefined)}
          campaigns={listed.filter(({ campaign }) => campaign.styleId === id).map(({ campaign }) => campaign)}
          defaults={{ ...house, thresholdUnits: found.version.rules.thresholdUnits }}
          mayDecide={may(actor, 'approvals')}
          calls={calls}
          preview={shown.preview}
          reference={shown.reference ?? NOTHING_SENT}
          approve={shown.approve ?? NOTHING_SENT}
          refine={shown.refine ?? NOTHING_SENT}
          reject={shown.reject ?? NOTHING_SENT}
          done={done}
        />
      ),
      request.method === 'GET' ? {} : { status: shown.status ?? 200, at: `/console/styles/${id}` },
    )
  }
  server.get('/console/styles/:id', { config: { access: 'read' } }, (request, reply) => stylePage(request, reply))

  /** One of the forms on the style's page: run it, go on, or show the page with the refusal at its field. */
  const decide = (
    path: 'approve' | 'refine' | 'reject' | 'undo',
    done: string,
    work: (request: FastifyRequest, form: Form) => Promise<unknown>,
  ) =>
    server.post(`/console/styles/:id/${path}`, { config: { access: 'approvals' } }, async (request, reply) => {
      const form = formOf(request)
      const result = await attempt(() => work(request, form))
      if ('done' in result) return goTo(reply, `/console/styles/${paramOf(request, 'id')}?done=${done}`)
      const failure = unnested(result.failure)
      const sent = sentBack(form, failure)
      return stylePage(request, reply, { [path === 'undo' ? 'refine' : path]: sent, status: failure.status })
    })
  decide('approve', 'approved', async (request, form) => {
    const { timeZone } = await operations.house()
    return approvals.approve(request.actor, paramOf(request, 'id'), {
      version: numberIn(form, 'version'),
      secondLook: ticked(form, 'secondLook'),
      campaign: termsOf(form, context.clock.now(), timeZone),
    })
  })
  server.post('/console/styles/:id/preview', { config: { access: 'approvals' } }, async (request, reply) => {
    const form = formOf(request)
    const sentence = field(form, 'sentence')
    const result = await attempt(() =>
      designs.previewRefinement(request.actor, paramOf(request, 'id'), {
        version: numberIn(form, 'version'),
        sentence,
      }),
    )
    if ('failure' in result)
      return stylePage(request, reply, { refine: sentBack(form, result.failure), status: result.failure.status })
    return stylePage(request, reply, { refine: { values: { sentence } }, preview: { sentence, ...result.done } })
  })
  withUploads(server, (inner) =>
    inner.post('/console/styles/:id/reference', { config: { access: 'approvals' } }, async (request, reply) => {
      const result = await attempt(async () => {
        const { fields, file } = await readUpload(request)
        if (!file)
          throw problem('uploads.empty', 422, { en: 'Choose a file.', zh: '请选择要上传的文件。' }, { field: 'file' })
        const version = fields['version'] === undefined ? {} : { version: Number(fields['version']) }
        return designs.previewReference(request.actor, paramOf(request, 'id'), { ...version, bytes: file.bytes })
      })
      if ('failure' in result)
        return stylePage(request, reply, {
          reference: { values: {}, failure: result.failure },
          status: result.failure.status,
        })
      const { sentence } = result.done
      return stylePage(request, reply, { refine: { values: { sentence } }, preview: result.done })
    }),
  )
  decide('refine', 'refined', async (request, form) => {
    const refined = await approvals.refine(
      request.actor,
      paramOf(request, 'id'),
      given({
        version: numberIn(form, 'version'),
        sentence: field(form, 'sentence'),
        preview: typed(form, 'preview'),
      }),
    )
    if (refined.version === undefined) throw nothingChanged(refined)
  })
  decide('undo', 'undone', (request, form) =>
    approvals.undo(request.actor, paramOf(request, 'id'), { version: numberIn(form, 'version') }),
  )
  decide('reject', 'rejected', (request, form) =>
    approvals.reject(request.actor, paramOf(request, 'id'), {
      version: numberIn(form, 'version'),
      reason: field(form, 'reason'),
    }),
  )

  interface Imported {
    sent?: Sent
    errors?: readonly { line: number; column: string; text: Localized }[]
    taken?: number
    notes?: readonly Localized[]
    status?: number
  }
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
        if (!file)
          throw problem('uploads.empty', 422, { en: 'Choose a file.', zh: '请选择要上传的文件。' }, { field: 'file' })
        return designs.importMaterials(request.actor, file.bytes, file.name)
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
