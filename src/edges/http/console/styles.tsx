import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { problem, type Problem } from '../../../core/errors.ts'
import { parse } from '../../../core/parse.ts'
import { dayIn, type Lang, type Localized } from '../../../core/values.ts'
import { dayAfter } from '../../../core/zones.ts'
import { refineSchema } from '../../../stages/3-approvals/model.ts'
import type { Line } from '../../line.ts'
import { PreferencesPage } from '../../ui/console/preferences.tsx'
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
  queryOf,
  sentBack,
  ticked,
  typed,
  type Form,
} from '../forms.ts'
import { refused, words } from '../messages.ts'
import { fromForm } from '../form-fields.ts'
import { formRoute } from '../form-route.ts'
import { pagesOf } from '../pages.ts'
import { chooseFile, readUpload, withUploads } from '../uploads.ts'

const PER_PAGE = 24
/** Campaigns that are looked through for those of a style. */
const LOOKED_THROUGH = 100

type Refined = Awaited<ReturnType<Line['approvals']['refine']>>

/** A sentence that changed nothing is no error of the machine's, but the person has to know why. */
function nothingChanged({ notUnderstood, clamped }: Refined): Problem {
  // What may be designed instead is offered beside the form, with its reason.
  const others = notUnderstood.filter(({ instead }) => !instead)
  const said = (lang: Lang) => others.map(({ words, reason }) => `“${words}”: ${reason[lang]}`)
  const why = { en: said('en').join('; '), zh: said('zh').join('；') }
  const anew = !others.length && !clamped.length && notUnderstood.length > 0
  const again = words.all(anew ? 'unchanged.anew' : 'unchanged.again')
  const limit = clamped.length ? words.all('unchanged.limit') : { en: '', zh: '' }
  // English sentences stand apart; Chinese ones end in a full stop as wide as a blank.
  const after = ({ en, zh }: Localized): Localized => ({ en: en && ` ${en}`, zh })
  return refused(
    'approvals.unchanged',
    { why: after(why), limit: after(limit), again: after(again) },
    { field: 'sentence', details: { notUnderstood } },
  )
}

/** Terms as they were typed; the closing day follows from the days on sale, counted where the house is. */
function termsOf(form: Form, now: Date, timeZone: string) {
  const days = numberIn(form, 'campaignDays')
  if (days !== undefined && !(days >= 1 && days <= 120))
    throw refused('campaigns.days', undefined, { field: 'campaignDays' })
  return given({
    thresholdUnits: numberIn(form, 'thresholdUnits'),
    closing: typed(form, 'closing'),
    closingUnits: numberIn(form, 'closingUnits'),
    verification: typed(form, 'verification'),
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

/** Before the key of a measure, in the name of its slider. */
const MEASURE = 'parameters.'

const boardQuery = z.object({
  state: z.enum(STYLE_FILTERS).default('proposed'),
  cursor: z.string().max(200).optional(),
})
const styleQuery = z.object({
  version: z.coerce.number().int().min(1).optional(),
  /** What has just been done, in the address that a form led to. */
  done: z.string().max(40).optional(),
})

/** The board of styles, and one style with its decision. */
export function registerStylePages(server: FastifyInstance, line: Line): void {
  const { designs } = line
  const show = pagesOf(line)
  server.get('/console/styles', { config: { access: 'read' } }, async (request, reply) => {
    const { state, cursor } = queryOf(request, boardQuery)
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
  server.get('/console/preferences', { config: { access: 'read' } }, async (request, reply) => {
    const preferences = await designs.listPreferences(request.actor)
    return show(reply, (view) => <PreferencesPage view={view} {...preferences} />)
  })
  const page = stylePageOf(line)
  server.get('/console/styles/:id', { config: { access: 'read' } }, (request, reply) => page(request, reply))
  registerDecisions(server, line, page)
  registerPreviews(server, line, page)
}

/** What came back from one of the forms on the style's page. */
interface Shown {
  approve?: Sent
  refine?: Sent
  reject?: Sent
  preview?: Previewed
  reference?: Sent
  measures?: Sent
}
type ShowStyle = (request: FastifyRequest, reply: FastifyReply, shown?: Shown) => Promise<FastifyReply>

const stylePageOf = (line: Line): ShowStyle => {
  const { designs, approvals, storefront, trends, operations } = line
  const show = pagesOf(line)
  return async (request, reply, shown = {}) => {
    const { actor } = request
    const id = paramOf(request, 'id')
    const { version, done } = queryOf(request, styleQuery)
    const [found, calls, decisions, house, listed, troubles] = await Promise.all([
      designs.getStyle(actor, { id, version }),
      designs.callsAbout(actor, { id }),
      approvals.history(actor, { id }),
      operations.house(),
      storefront.list(actor, { limit: LOOKED_THROUGH }),
      operations.troubles(actor, { about: `style:${id}` }),
    ])
    const labels = await Promise.all(
      found.style.trendIds.map((trendId) => trends.getTrend(actor, { id: trendId }).catch(() => undefined)),
    )
    const names = await operations.names(actor, { tags: decisions.map(({ by }) => by) })
    const { approve = NOTHING_SENT, refine = NOTHING_SENT, reject = NOTHING_SENT, reference = NOTHING_SENT } = shown
    const { measures = NOTHING_SENT } = shown
    const failure = [approve, refine, reject, reference, measures].find((sent) => sent.failure)?.failure
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
          reference={reference}
          measures={measures}
          approve={approve}
          refine={refine}
          reject={reject}
          done={done}
        />
      ),
      request.method === 'GET' ? {} : { status: failure?.status ?? 200, at: `/console/styles/${id}` },
    )
  }
}

/** The decisions: each form runs its action and goes on, or shows the page with the refusal at its field. */
function registerDecisions(server: FastifyInstance, line: Line, page: ShowStyle): void {
  const { approvals, operations, context } = line
  const after = (done: string) => (params: Readonly<Record<string, string>>) =>
    `/console/styles/${params['id']}?done=${done}`
  formRoute(server, approvals.approve, {
    path: '/console/styles/:id/approve',
    read: async (form) => ({
      version: numberIn(form, 'version'),
      secondLook: ticked(form, 'secondLook'),
      campaign: termsOf(form, context.clock.now(), (await operations.house()).timeZone),
    }),
    after: after('approved'),
    again: (request, reply, { values, failure }) =>
      page(request, reply, { approve: failure ? { values, failure: unnested(failure) } : { values } }),
  })
  server.post('/console/styles/:id/refine', { config: { access: 'approvals' } }, async (request, reply) => {
    const form = formOf(request)
    const id = paramOf(request, 'id')
    const result = await attempt(async () => {
      const asked = parse(refineSchema, fromForm(refineSchema, form))
      const refined = await approvals.refine(request.actor, { id, ...asked })
      if (refined.version === undefined) throw nothingChanged(refined)
    })
    if ('done' in result) return goTo(reply, after('refined')({ id }))
    return page(request, reply, { refine: sentBack(form, result.failure) })
  })
  formRoute(server, approvals.undo, {
    path: '/console/styles/:id/undo',
    after: after('undone'),
    again: (request, reply, refine) => page(request, reply, { refine }),
  })
  formRoute(server, approvals.reject, {
    path: '/console/styles/:id/reject',
    after: after('rejected'),
    again: (request, reply, reject) => page(request, reply, { reject }),
  })
}

/** What would change, on the page itself: by a sentence, or by the colour of a picture. */
function registerPreviews(server: FastifyInstance, { designs }: Line, page: ShowStyle): void {
  formRoute(server, designs.previewRefinement, {
    path: '/console/styles/:id/preview',
    access: 'approvals',
    shown(request, reply, done) {
      const sentence = field(formOf(request), 'sentence')
      return page(request, reply, { refine: { values: { sentence } }, preview: done })
    },
    again: (request, reply, refine) => page(request, reply, { refine }),
  })
  formRoute(server, designs.previewRefinement, {
    path: '/console/styles/:id/measures',
    access: 'approvals',
    read: (form) => ({
      version: numberIn(form, 'version'),
      parameters: Object.fromEntries(
        Object.keys(form)
          .filter((name) => name.startsWith(MEASURE))
          .map((name) => [name.slice(MEASURE.length), numberIn(form, name)]),
      ),
    }),
    shown: (request, reply, done) => page(request, reply, { preview: done }),
    again: (request, reply, measures) => page(request, reply, { measures }),
  })
  withUploads(server, (inner) =>
    inner.post('/console/styles/:id/reference', { config: { access: 'approvals' } }, async (request, reply) => {
      const result = await attempt(async () => {
        const { fields, file } = await readUpload(request)
        if (!file) throw chooseFile()
        const version = fields['version'] === undefined ? {} : { version: Number(fields['version']) }
        return designs.previewReference(request.actor, { id: paramOf(request, 'id'), ...version, bytes: file.bytes })
      })
      if ('failure' in result) return page(request, reply, { reference: { values: {}, failure: result.failure } })
      const { sentence } = result.done
      return page(request, reply, { refine: { values: { sentence } }, preview: result.done })
    }),
  )
}
