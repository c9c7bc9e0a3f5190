import { UNIT_WORDS, type Brief } from '../../../garments/index.ts'
import { BriefFiles } from '../brief-files.tsx'
import { FactoryParcels } from './parcels.tsx'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, Outcome, Refusal, Table, type Outcomes, type Sent } from '../parts.tsx'
import type { Cancellation, Offer, ProductionOrder, Progress } from '../../../db/rows.ts'
import type { Agreed } from '../../../stages/6-dispatch/model.ts'
import { CounterWords } from '../console/order.tsx'
import { COURSE } from '../../../stages/6-dispatch/life.ts'
import { OrderBadge, OrderSteps } from '../console/orders.tsx'
import { FactoryCancelling, FactoryRequestOver } from './cancelling.tsx'
import { Inspection } from './inspection.tsx'
import { PiecesForm } from '../console/pieces.tsx'
import { QuantityMatrix } from '../console/quantities.tsx'
import { count, longDay, moment, money, remaining, say, units, type View } from '../view.ts'
import { MATERIAL_ROLE, ORDER_STATE, wordFor } from '../words.ts'

export interface FactoryWorkProps {
  view: View
  now: Date
  order: ProductionOrder
  brief: Brief
  /** What counts once the order is this factory's: the brief says what was offered. */
  agreed: Agreed | undefined
  /** The open offer, while there is one. */
  offer: Offer | undefined
  /** Accepted: this factory makes it. */
  mine: boolean
  reports: readonly Progress[]
  answer: Sent
  report: Sent
  /** The request to cancel that waits for an answer, ours or its own. */
  cancellation: Cancellation | undefined
  /** The last request that ended without an agreement. */
  ended: Cancellation | undefined
  cancel: Sent
  /** Where it sends the order to the buyers itself: a list of parcels that was refused. */
  parcels?: Sent | undefined
  /** Where it makes the order: a count of pieces that was refused. */
  pieces?: Sent | undefined
  /** What was counted last; nothing: as many as were ordered. */
  counted?: readonly { size: string; colourway: string; came: number }[]
  done: string | undefined
  /** New for each rendering: a report sent twice is one report. */
  reportId: string
}

function Answer({
  view,
  now,
  order,
  offer,
  sent,
}: {
  view: View
  now: Date
  order: ProductionOrder
  offer: Offer
  sent: Sent
}) {
  const path = `/factory/jobs/${order.id}`
  const which = <input type="hidden" name="offerId" value={offer.id} />
  return (
    <div class="decide factory-actions">
      <p>
        <strong class="price">{money(view, offer.price, order.currency)}</strong>{' '}
        {say(view, { zh: '/ 件加工费', en: 'CMT each' })}
      </p>
      <p>
        {say(view, { zh: '最迟发货 ', en: 'Ship by ' })}
        <strong>{longDay(view, offer.shipBy)}</strong>
      </p>
      <p>
        <Badge tone="accent">
          {say(view, {
            zh: `请在 ${moment(view, offer.answerBy)} 前答复（${remaining(view, now, offer.answerBy)}）`,
            en: `Answer by ${moment(view, offer.answerBy)} (${remaining(view, now, offer.answerBy)})`,
          })}
        </Badge>
      </p>
      <Refusal view={view} sent={sent} fields={['price', 'shipBy', 'note', 'reason']} />
      <form method="post" action={`${path}/accept`}>
        {which}
        <button type="submit" class="primary wide">
          {say(view, { zh: '接单', en: 'Accept' })}
        </button>
      </form>
      <details open={sent.values['step'] === 'counter'}>
        <summary>{say(view, { zh: '还价或改期', en: 'Make a counter-offer' })}</summary>
        <form class="stack" method="post" action={`${path}/counter`}>
          {which}
          <input type="hidden" name="step" value="counter" />
          <div class="fields">
            <Field
              view={view}
              sent={sent}
              name="price"
              type="number"
              label={{ zh: '加工费 / 件', en: 'CMT each' }}
              min={0.01}
              step={0.01}
              suffix={order.currency}
            />
            <Field view={view} sent={sent} name="shipBy" type="date" label={{ zh: '发货日期', en: 'Ship by' }} />
          </div>
          <Field view={view} sent={sent} name="note" label={{ zh: '说明', en: 'Note' }} maxLength={1000} />
          <button type="submit" class="second">
            {say(view, { zh: '发送还价', en: 'Send the counter-offer' })}
          </button>
        </form>
      </details>
      <details open={sent.values['step'] === 'decline'}>
        <summary>{say(view, { zh: '谢绝', en: 'Decline' })}</summary>
        <form class="stack" method="post" action={`${path}/decline`}>
          {which}
          <input type="hidden" name="step" value="decline" />
          <Field view={view} sent={sent} name="reason" label={{ zh: '原因', en: 'Reason' }} required maxLength={1000} />
          <button type="submit" class="danger">
            {say(view, { zh: '谢绝该单', en: 'Decline the offer' })}
          </button>
        </form>
      </details>
    </div>
  )
}

/** One button for each stage that may come next; shipping asks for the parcel. */
function Report({ view, order, sent, reportId }: { view: View; order: ProductionOrder; sent: Sent; reportId: string }) {
  const at = COURSE.indexOf(order.state)
  // Shipping asks for its parcel below, and only what was shipped can arrive.
  const next = COURSE.slice(Math.max(1, at + 1)).filter(
    (state) => state !== 'shipped' && (state !== 'delivered' || order.state === 'shipped'),
  )
  const path = `/factory/jobs/${order.id}/report`
  const mayHold = at >= 0 && at < COURSE.indexOf('shipped')
  return (
    <div class="decide factory-actions">
      <h2>{say(view, { zh: '报告进度', en: 'Report progress' })}</h2>
      <Refusal view={view} sent={sent} fields={['carrier', 'trackingNumber']} />
      <form class="stack" method="post" action={path}>
        <input type="hidden" name="reportId" value={reportId} />
        <Field view={view} sent={sent} name="note" label={{ zh: '备注', en: 'Note' }} maxLength={2000} />
        <div class="actions">
          {next.map((state, index) => (
            <button type="submit" name="state" value={state} class={index === 0 ? 'primary' : 'second'}>
              {wordFor(view, ORDER_STATE, state)}
            </button>
          ))}
          {mayHold ? (
            <button type="submit" name="state" value="on-hold" class="danger">
              {wordFor(view, ORDER_STATE, 'on-hold')}
            </button>
          ) : null}
        </div>
      </form>
      {at < COURSE.indexOf('shipped') ? (
        <details open={sent.values['step'] === 'shipped'}>
          <summary>{say(view, { zh: '发货', en: 'Ship it' })}</summary>
          <form class="stack" method="post" action={path}>
            <input type="hidden" name="reportId" value={`${reportId}-s`} />
            <input type="hidden" name="step" value="shipped" />
            <div class="fields">
              <Field
                view={view}
                sent={sent}
                name="carrier"
                label={{ zh: '物流公司', en: 'Carrier' }}
                required
                maxLength={100}
              />
              <Field
                view={view}
                sent={sent}
                name="trackingNumber"
                label={{ zh: '运单号', en: 'Tracking number' }}
                required
                maxLength={100}
              />
            </div>
            <button type="submit" name="state" value="shipped" class="primary">
              {say(view, { zh: '已发货', en: 'Shipped' })}
            </button>
          </form>
        </details>
      ) : null}
    </div>
  )
}

function BriefPart({ view, brief }: { view: View; brief: Brief }) {
  const { techPack, files } = brief
  const colourName = (id: string) =>
    say(view, techPack.colourways.find((each) => each.id === id)?.name ?? { zh: id, en: id })
  return (
    <>
      <section class="section">
        <h2>{say(view, { zh: '尺码与配色', en: 'Sizes and colours' })}</h2>
        <QuantityMatrix
          view={view}
          lines={brief.order.quantities.map(({ size, colourway, units: quantity }) => ({ size, colourway, quantity }))}
          colourName={colourName}
          sizes={brief.style.sizes.list}
        />
      </section>
      <section class="section">
        <h2>{say(view, { zh: '文件', en: 'Files' })}</h2>
        <BriefFiles view={view} files={files} />
      </section>
      <section class="section">
        <details class="fold">
          <summary>{say(view, { zh: '尺寸与公差', en: 'Measures and tolerances' })}</summary>
          <div class="table-frame">
            <table class="matrix">
              <thead>
                <tr>
                  <th scope="col">cm</th>
                  {brief.style.sizes.list.map((size) => (
                    <th scope="col">{size}</th>
                  ))}
                  <th scope="col">±</th>
                </tr>
              </thead>
              <tbody>
                {techPack.measures.map(({ code, letter, name, how, toleranceMm }) => {
                  const graded = techPack.grading.find((row) => row.code === code)
                  return (
                    <tr>
                      <th scope="row">
                        {letter} {say(view, name)}
                        <span class="how">{say(view, how)}</span>
                      </th>
                      {brief.style.sizes.list.map((size) => {
                        const value = graded?.values[size]
                        return <td>{value === undefined ? '–' : count(view, value / 10, 1)}</td>
                      })}
                      <td>{count(view, toleranceMm / 10, 1)}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        </details>
        <details class="fold">
          <summary>{say(view, { zh: '物料', en: 'Materials' })}</summary>
          <Table
            rows={techPack.bom}
            empty="–"
            columns={[
              { head: say(view, { zh: '类别', en: 'Group' }), cell: ({ role }) => wordFor(view, MATERIAL_ROLE, role) },
              {
                head: say(view, { zh: '物料', en: 'Material' }),
                cell: ({ name, specification }) => (
                  <>
                    {say(view, name)}
                    <span class="how">{say(view, specification)}</span>
                  </>
                ),
              },
              {
                head: say(view, { zh: '订单用量', en: 'For the order' }),
                number: true,
                cell: ({ orderQuantity, unit }) =>
                  `${count(view, orderQuantity, unit === 'm' ? 1 : 0)} ${say(view, UNIT_WORDS[unit])}`,
              },
              { head: say(view, { zh: '货号', en: 'Supplier ref.' }), cell: ({ supplierRef }) => supplierRef },
            ]}
          />
        </details>
        <details class="fold">
          <summary>{say(view, { zh: '工序', en: 'Construction' })}</summary>
          <ol class="stack-tight">
            {techPack.construction.map(({ n, operation, stitch, stitchName, allowanceMm }) => (
              <li>
                {n}. {say(view, operation)}{' '}
                <span class="soft small">
                  {stitch} {say(view, stitchName)}, {count(view, allowanceMm)} mm
                </span>
              </li>
            ))}
          </ol>
        </details>
        <details class="fold">
          <summary>{say(view, { zh: '验货', en: 'Inspection' })}</summary>
          <Inspection view={view} quality={techPack.quality} />
        </details>
      </section>
    </>
  )
}

/** What is offered while nothing is agreed. */
const termsOf = ({ units: ordered }: ProductionOrder, offer: Offer | undefined, { order }: Brief): Agreed => ({
  unit: offer?.price ?? order.price.unit,
  total: offer ? offer.price * ordered : order.price.total,
  shipBy: offer?.shipBy ?? new Date(`${order.shipBy}T12:00:00Z`),
})

const DONE: Outcomes = {
  accepted: { zh: '已接单，感谢！请按进度报告。', en: 'Accepted, thank you. Please report as you go on.' },
  countered: { zh: '还价已发出，等待商家答复。', en: 'Your counter-offer is sent; the house answers next.' },
  'cancel-asked': { zh: '已告知商家，等待答复。', en: 'The house is told and answers next.' },
  'cancel-refused': { zh: '已答复商家，订单继续。', en: 'The house is told; the order goes on.' },
  'cancel-withdrawn': { zh: '取消请求已撤回，订单继续。', en: 'Your request is withdrawn; the order goes on.' },
  reported: { zh: '进度已登记。', en: 'Your report is recorded.' },
}

/** What was counted last, or what was ordered. */
const goodPieces = (
  brief: Brief,
  counted: NonNullable<FactoryWorkProps['counted']>,
  colourway: string,
  size: string,
): number => {
  const of = (each: { size: string; colourway: string }) => each.size === size && each.colourway === colourway
  return counted.find(of)?.came ?? brief.order.quantities.find(of)?.units ?? 0
}

/** One order as the workshop needs it, on a phone first. */
export function FactoryJobPage(props: FactoryWorkProps) {
  const { view, now, order, brief, offer, mine, reports, answer, report, cancellation, ended, cancel, done, reportId } =
    props
  const { agreed, parcels, pieces, counted = [] } = props
  const { shipTo } = brief.order
  const price = agreed ?? termsOf(order, offer, brief)
  return (
    <Layout view={view} title={order.number} face="factory">
      <Heading
        title={`${order.number} · ${say(view, brief.style.names)}`}
        eyebrow={<a href="/factory">{say(view, { zh: '返回列表', en: 'Back to the list' })}</a>}
      >
        {mine ? <OrderBadge view={view} order={order} /> : null}
      </Heading>
      <Outcome view={view} done={done} words={DONE} />
      {offer?.state === 'offered' ? <Answer view={view} now={now} order={order} offer={offer} sent={answer} /> : null}
      {offer?.state === 'countered' ? (
        <div class="decide">
          <p>{say(view, { zh: '您的还价：', en: 'Your counter-offer:' })}</p>
          <CounterWords view={view} offer={offer} currency={order.currency} />
          <p class="soft">
            {say(view, { zh: '商家答复后会通知您。请勿开工。', en: 'The house will answer. Do not start work yet.' })}
          </p>
        </div>
      ) : null}
      {mine ? (
        <>
          <OrderSteps view={view} state={order.state} />
          <Refusal view={view} sent={cancel} fields={['reason']} />
          {cancellation ? (
            <section class="section">
              <FactoryCancelling view={view} order={order} open={cancellation} sent={cancel} requestId={reportId} />
            </section>
          ) : null}
          {ended && !cancellation ? <FactoryRequestOver view={view} row={ended} /> : null}
          {order.state === 'delivered' || order.state === 'cancelled' ? null : (
            <section class="section">
              <Report view={view} order={order} sent={report} reportId={reportId} />
            </section>
          )}
          {pieces && order.state !== 'cancelled' ? (
            <PiecesForm
              view={view}
              sent={pieces}
              action={`/factory/jobs/${order.id}/pieces`}
              sizes={brief.style.sizes.list}
              colours={brief.techPack.colourways.map(({ id, name }) => ({ id, name: say(view, name) }))}
              valueOf={(colourway, size) => goodPieces(brief, counted, colourway, size)}
            />
          ) : null}
          {parcels ? <FactoryParcels view={view} orderId={order.id} sent={parcels} /> : null}
          {cancellation ? null : (
            <FactoryCancelling view={view} order={order} open={undefined} sent={cancel} requestId={reportId} />
          )}
        </>
      ) : null}
      <section class="section">
        <Facts
          rows={[
            [say(view, { zh: '款号', en: 'Style' }), `${brief.style.number} v${brief.style.version}`],
            [say(view, { zh: '件数', en: 'Units' }), units(view, brief.order.totalUnits)],
            [
              say(view, { zh: '加工费', en: 'CMT' }),
              <>
                {`${money(view, price.unit, order.currency)} × ${count(view, order.units)} = ${money(view, price.total, order.currency)}`}
                {price.unit === brief.order.price.unit ? null : (
                  <p class="soft small">
                    {say(view, {
                      zh: `按双方约定；工艺单上仍为原报价 ${money(view, brief.order.price.unit, order.currency)}。`,
                      en: `As agreed; the tech pack still shows the ${money(view, brief.order.price.unit, order.currency)} that were offered.`,
                    })}
                  </p>
                )}
              </>,
            ],
            [say(view, { zh: '最迟发货', en: 'Ship by' }), longDay(view, price.shipBy)],
            [
              say(view, { zh: '收货地址', en: 'Ship to' }),
              [
                shipTo.name,
                shipTo.contact,
                shipTo.phone,
                ...shipTo.lines,
                shipTo.city,
                shipTo.region,
                shipTo.postalCode,
                shipTo.country,
              ]
                .filter(Boolean)
                .join(say(view, { zh: '，', en: ', ' })),
            ],
            [
              say(view, { zh: '款式指纹', en: 'Style hash' }),
              <span class="mono">{brief.style.hash.sent.slice(0, 24)}…</span>,
            ],
          ]}
        />
      </section>
      <BriefPart view={view} brief={brief} />
      {reports.length ? (
        <section class="section">
          <h2>{say(view, { zh: '历史', en: 'History' })}</h2>
          <ol class="timeline">
            {reports.map((each) => (
              <li class={each.outcome === 'applied' ? 'done' : 'stale'}>
                <strong>{wordFor(view, ORDER_STATE, each.state)}</strong>{' '}
                <span class="soft small">{moment(view, each.at)}</span>
                {each.note ? <p>{each.note}</p> : null}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </Layout>
  )
}
