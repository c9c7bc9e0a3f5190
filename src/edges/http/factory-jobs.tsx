/** What a factory that is signed in sees and does: its offers, its orders, its reports. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import { problem, type Problem } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { refusedRows } from '../../stages/7-production/parcel-rows.ts'
import type { Line } from '../line.ts'
import { FactoryCalledOffPage } from '../ui/factory/cancelling.tsx'
import { FactoryHomePage } from '../ui/factory/home.tsx'
import { FactoryJobPage } from '../ui/factory/jobs.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import { formRoute } from './form-route.ts'
import { attempt, field, given, numberIn, paramOf, queryOf, typed, type Form } from './forms.ts'
import { registerPackingFiles } from './packing-files.ts'
import { pagesOf } from './pages.ts'
import { piecesIn } from './quantities-in.ts'
import { chooseFile, readUpload, withUploads } from './uploads.ts'

export type FactoryActor = Extract<Actor, { kind: 'factory' }>

const ORDERS_SHOWN = 50
const ORDERS_SEARCHED = 100

const doneQuery = z.object({ done: z.string().max(40).optional() })

/** An answer on a phone: amounts in whole units, days without a time. */
function counterOf(form: Form) {
  const [price, shipBy] = [numberIn(form, 'price'), typed(form, 'shipBy')]
  return given({
    offerId: field(form, 'offerId'),
    price: price === undefined ? undefined : Math.round(price * 100),
    shipBy: shipBy && /^\d{4}-\d{2}-\d{2}$/.test(shipBy) ? `${shipBy}T12:00:00Z` : shipBy,
    note: typed(form, 'note'),
  })
}

/** What a form reports: a stage, and for a shipment its parcel. */
function reportOf(form: Form) {
  const [carrier, trackingNumber] = [typed(form, 'carrier'), typed(form, 'trackingNumber')]
  const shipped = field(form, 'state') === 'shipped' && field(form, 'step') === 'shipped'
  return {
    // One form has several buttons: each stage is a report of its own, and pressed twice it is one.
    reportId: `${field(form, 'reportId') || newId()}:${field(form, 'state')}`,
    state: field(form, 'state'),
    ...given({
      note: typed(form, 'note'),
      details: shipped ? { parcels: [{ carrier: carrier ?? '', trackingNumber: trackingNumber ?? '' }] } : undefined,
    }),
  }
}

/** A field of a parcel is a field of the form. */
const parcelField = (failure: Problem): Problem => {
  const name = /parcels\.0\.(\w+)$/.exec(failure.extra.field ?? '')?.[1]
  return name ? problem(failure.code, failure.status, failure.text, { ...failure.extra, field: name }) : failure
}

/** The first page behind the door. */
export async function showHome(
  line: Line,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: FactoryActor,
  sent: Sent = NOTHING_SENT,
) {
  const { dispatch, context } = line
  const [factory, offers, orders, cancellations] = await Promise.all([
    dispatch.factory(actor, { id: actor.id }),
    dispatch.openOffers(actor),
    dispatch.listOrders(actor, { limit: ORDERS_SHOWN }),
    dispatch.factoryCancellations(actor),
  ])
  reply.header('cache-control', 'no-store')
  return pagesOf(line)(
    reply,
    (view) => (
      <FactoryHomePage
        view={view}
        now={context.clock.now()}
        factory={factory}
        offers={offers}
        orders={orders}
        cancellations={cancellations}
        sent={sent.failure ? { values: {}, failure: sent.failure } : NOTHING_SENT}
        done={queryOf(request, doneQuery).done}
      />
    ),
    { at: '/factory', status: sent.failure?.status ?? 200 },
  )
}

interface Shown {
  answer?: Sent
  report?: Sent
  cancel?: Sent
  /** A list of parcels that was refused. */
  parcels?: Sent
  /** A count of pieces that was refused. */
  pieces?: Sent
}

const UNSENT: Required<Shown> = {
  answer: NOTHING_SENT,
  report: NOTHING_SENT,
  cancel: NOTHING_SENT,
  parcels: NOTHING_SENT,
  pieces: NOTHING_SENT,
}

/** One order, as far as this factory may see it: to answer, to report on, or called off. */
async function showJob(line: Line, request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) {
  const { dispatch, production, context } = line
  const { actor } = request
  const show = pagesOf(line)
  const id = paramOf(request, 'id') || paramOf(request, 'orderId')
  const about = (await dispatch.factoryCancellations(actor)).filter(({ order }) => order.id === id)
  const off = about.find(({ cancellation }) => cancellation.state === 'agreed')
  reply.header('cache-control', 'no-store')
  if (off) return show(reply, (view) => <FactoryCalledOffPage view={view} {...off} />, { at: `/factory/jobs/${id}` })
  const [brief, open, orders] = await Promise.all([
    dispatch.brief(actor, { id }),
    dispatch.openOffers(actor),
    dispatch.listOrders(actor, { limit: ORDERS_SEARCHED }),
  ])
  const asked = open.find(({ order }) => order.id === id)
  const mine = orders.find((order) => order.id === id && order.factoryId === (actor as FactoryActor).id)
  const said = mine ? await dispatch.cancellations(actor, { id }) : []
  const agreed = mine ? await dispatch.agreed(actor, { id }) : undefined
  const { reports = [], direct = false, pieces: counted = [] } = mine ? await production.progress(actor, { id }) : {}
  const order = mine ?? asked?.order
  if (!order) return reply.redirect('/factory', 303)
  const { answer, report, cancel, parcels, pieces } = { ...UNSENT, ...shown }
  const failure = Object.values(shown).find((sent: Sent) => sent.failure)?.failure
  return show(
    reply,
    (view) => (
      <FactoryJobPage
        view={view}
        now={context.clock.now()}
        order={order}
        brief={brief}
        agreed={agreed}
        offer={asked?.offer}
        mine={mine !== undefined}
        reports={reports}
        answer={answer}
        report={report}
        cancellation={about.find(({ cancellation }) => cancellation.state === 'asked')?.cancellation}
        ended={said.findLast(({ state }) => state === 'refused' || state === 'withdrawn')}
        cancel={cancel}
        done={queryOf(request, doneQuery).done}
        reportId={newId()}
        parcels={direct ? parcels : undefined}
        pieces={mine ? pieces : undefined}
        counted={counted}
      />
    ),
    { at: `/factory/jobs/${id}`, status: failure?.status ?? 200 },
  )
}

type Again = (request: FastifyRequest, reply: FastifyReply, sent: Sent) => Promise<FastifyReply>

/** @param server where whoever asks is a factory that is signed in */
export function registerFactoryJobs(server: FastifyInstance, line: Line): void {
  const { dispatch, production } = line
  const again =
    (shownAs: (sent: Sent) => Shown): Again =>
    (request, reply, sent) =>
      showJob(line, request, reply, shownAs(sent))
  const toJob = (done: string) => (params: Readonly<Record<string, string>>) =>
    `/factory/jobs/${params['id'] ?? params['orderId']}?done=${done}`

  server.get('/factory/jobs/:id', { config: { access: 'link' } }, (request, reply) => showJob(line, request, reply))
  formRoute(server, dispatch.confirmPortal, {
    path: '/factory/confirm',
    access: 'link',
    after: '/factory?done=confirmed',
    again: (request, reply, sent) => showHome(line, request, reply, request.actor as FactoryActor, sent),
  })

  const answer = { access: 'link', again: again((sent) => ({ answer: sent })) } as const
  const job = '/factory/jobs/:orderId'
  formRoute(server, dispatch.accept, { path: `${job}/accept`, ...answer, after: toJob('accepted') })
  formRoute(server, dispatch.counter, {
    path: `${job}/counter`,
    ...answer,
    after: toJob('countered'),
    read: counterOf,
  })
  formRoute(server, dispatch.decline, { path: `${job}/decline`, ...answer, after: '/factory?done=declined' })

  const cancel = { access: 'link', again: again((sent) => ({ cancel: sent })) } as const
  const asked = '/factory/jobs/:id/cancellation'
  formRoute(server, dispatch.askCancellation, { path: asked, ...cancel, after: toJob('cancel-asked') })
  formRoute(server, dispatch.answerCancellation, {
    path: `${asked}/:cancellationId/agree`,
    ...cancel,
    always: { agree: true },
    after: '/factory?done=cancelled',
  })
  formRoute(server, dispatch.answerCancellation, {
    path: `${asked}/:cancellationId/refuse`,
    ...cancel,
    always: { agree: false },
    after: toJob('cancel-refused'),
  })
  formRoute(server, dispatch.withdrawCancellation, {
    path: `${asked}/:cancellationId/withdraw`,
    ...cancel,
    after: toJob('cancel-withdrawn'),
  })
  registerPackingFiles(server, line, { path: '/factory/jobs/:id', access: 'link' })
  withUploads(server, (inner) =>
    inner.post('/factory/jobs/:id/parcels', { config: { access: 'link' } }, async (request, reply) => {
      const id = paramOf(request, 'id')
      const result = await attempt(async () => {
        const { file } = await readUpload(request)
        if (!file) throw chooseFile()
        const { errors } = await production.importParcels(request.actor, { id, list: file.bytes, fileName: file.name })
        if (errors.length) throw refusedRows(errors, 'list')
      })
      if ('failure' in result)
        return showJob(line, request, reply, { parcels: { values: {}, failure: result.failure } })
      return reply.redirect(toJob('reported')({ id }), 303)
    }),
  )
  formRoute(server, production.countPieces, {
    path: '/factory/jobs/:id/pieces',
    access: 'link',
    again: again((sent) => ({ pieces: sent })),
    after: toJob('reported'),
    read: piecesIn,
  })
  formRoute(server, production.report, {
    path: '/factory/jobs/:id/report',
    access: 'link',
    again: again((sent) => ({ report: sent.failure ? { ...sent, failure: parcelField(sent.failure) } : sent })),
    after: toJob('reported'),
    read: reportOf,
  })
}
