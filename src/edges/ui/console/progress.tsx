import type { Cancellation, Offer, ProductionOrder, Progress } from '../../../db/rows.ts'
import type { Report as Reported } from '../../../stages/7-production/model.ts'
import { count, longDay, moment, percent, say, units, type View } from '../view.ts'
import { ORDER_STATE, wordFor } from '../words.ts'

/** What a factory reported besides the stage: its inspection, its parcels, how far it is. */
function ReportDetails({ view, details }: { view: View; details: Reported['details'] }) {
  const { inspected, defects, passed, parcels = [], percent: share, expectedAt } = details
  const said = [
    inspected === undefined
      ? ''
      : say(view, { zh: `抽检 ${count(view, inspected)} 件`, en: `${count(view, inspected)} inspected` }),
    defects === undefined
      ? ''
      : say(view, {
          zh: `疵点 ${count(view, defects)} 处`,
          en: `${count(view, defects)} ${defects === 1 ? 'defect' : 'defects'}`,
        }),
    passed === true ? say(view, { zh: '合格', en: 'passed' }) : '',
    passed === false ? say(view, { zh: '不合格', en: 'failed' }) : '',
    share === undefined
      ? ''
      : say(view, { zh: `完成 ${percent(view, share / 100)}`, en: `${percent(view, share / 100)} done` }),
    expectedAt === undefined
      ? ''
      : say(view, {
          zh: `预计 ${longDay(view, new Date(expectedAt))}`,
          en: `expected ${longDay(view, new Date(expectedAt))}`,
        }),
  ].filter(Boolean)
  return (
    <>
      {said.length ? <p class="small">{said.join(say(view, { zh: '，', en: ', ' }))}</p> : null}
      {parcels.map(({ carrier, trackingNumber, units: packed }) => (
        <p class="small">
          {carrier} <span class="mono">{trackingNumber}</span>
          {packed === undefined ? '' : ` · ${units(view, packed)}`}
        </p>
      ))}
    </>
  )
}

function Report({ view, report, former }: { view: View; report: Progress; former: boolean }) {
  return (
    <li class={report.outcome === 'applied' && !former ? 'done' : 'stale'}>
      <strong>{wordFor(view, ORDER_STATE, report.state)}</strong>{' '}
      <span class="soft small">
        {moment(view, report.at)} · #{report.sequence}
        {former ? say(view, { zh: ' · 前一家工厂', en: ' · factory before' }) : ''}
        {report.outcome === 'stale' ? say(view, { zh: ' · 过时，未采用', en: ' · out of date, not applied' }) : ''}
      </span>
      {report.note ? <p>{report.note}</p> : null}
      <ReportDetails view={view} details={report.details} />
    </li>
  )
}

/** What happened to an order, factory by factory: taken, reported on, and where it was called off, that. */
export function ProgressStory(props: {
  view: View
  order: ProductionOrder
  offers: readonly Offer[]
  cancellations: readonly Cancellation[]
  reports: readonly Progress[]
  factoryName: (id: string) => string
}) {
  const { view, order, offers, cancellations, reports, factoryName } = props
  const off = cancellations.filter(({ state }) => state === 'agreed')
  const step = (words: string, at: Date | null | undefined, more = '') =>
    at ? (
      <li class="done">
        <strong>{words}</strong>{' '}
        <span class="soft small">
          {moment(view, at)}
          {more}
        </span>
      </li>
    ) : null
  const taken = (at: Date | null | undefined, factoryId: string | null) =>
    step(
      wordFor(view, ORDER_STATE, 'accepted'),
      at,
      order.placement > 1 && factoryId ? ` · ${factoryName(factoryId)}` : '',
    )
  const reportsIn = (placement: number) =>
    reports
      .filter((report) => report.placement === placement)
      .map((report) => <Report view={view} report={report} former={placement < order.placement} />)
  const calledOff = ({ answeredAt, factoryId, follow }: Cancellation) =>
    step(
      follow === 'release'
        ? say(view, { zh: '协商取消，释放买家', en: 'Called off, buyers released' })
        : say(view, { zh: '协商取消，重新派单', en: 'Called off, placed anew' }),
      answeredAt,
      ` · ${factoryName(factoryId)}`,
    )
  // The last one of a cancelled order ended the present placement; all others ended one before.
  const last = order.state === 'cancelled' ? off.at(-1) : undefined
  return (
    <ol class="timeline">
      {step(say(view, { zh: '生成生产单', en: 'Order made' }), order.createdAt)}
      {off
        .filter((row) => row !== last)
        .map((row, index) => (
          <>
            {taken(offers.find(({ id }) => id === row.offerId)?.answeredAt, row.factoryId)}
            {reportsIn(index + 1)}
            {calledOff(row)}
          </>
        ))}
      {taken(order.acceptedAt, order.factoryId)}
      {reportsIn(order.placement)}
      {last ? calledOff(last) : null}
    </ol>
  )
}
