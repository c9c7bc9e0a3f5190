/** What buyers send back: to be decided, received and exchanged; and what it says of each style. */
import type { Localized } from '../../../core/values.ts'
import type { Production } from '../../../stages/7-production/actions.ts'
import { LEAST_DELIVERED, type Share } from '../../../stages/7-production/return-insight.ts'
import { RETURN_REASONS, RETURN_STATES } from '../../../stages/7-production/shipping.ts'
import { Layout } from '../layout.tsx'
import { Badge, Field, Heading, More, NOTHING_SENT, Refusal, Table, type Sent, type Tone } from '../parts.tsx'
import { count, moment, say, type View } from '../view.ts'
import { RETURN_KIND, RETURN_REASON, RETURN_STATE, wordFor } from '../words.ts'

type Row = Awaited<ReturnType<Production['returns']>>[number]
type Told = Awaited<ReturnType<Production['tellReturns']>>[number]

export interface ReturnsPageProps {
  view: View
  rows: readonly Row[]
  more: string | undefined
  filter: string
  insight: readonly Told[]
  mayAct: boolean
  sent: Sent
}

const TONES: Readonly<Record<string, Tone>> = {
  asked: 'warn',
  accepted: 'accent',
  'to-send': 'warn',
  declined: 'plain',
}

/** `12 of 140: 8.6 % (5.0–14.4 %)`, or that there are too few to say. */
function told(view: View, { returned, delivered, share }: Share): string {
  const of = say(view, {
    zh: `${count(view, returned)} / ${count(view, delivered)} 件`,
    en: `${count(view, returned)} of ${count(view, delivered)}`,
  })
  if (!share) return say(view, { zh: `${of}（样本太少）`, en: `${of} (too few to say)` })
  const percent = (value: number): string => count(view, value * 100, 1)
  return `${of}${say(view, { zh: '，', en: ': ' })}${percent(share.value)} % (${percent(share.low)}–${percent(share.high)} %)`
}

function Step({ view, row, sent }: { view: View; row: Row; sent: Sent }) {
  const at = `/console/returns/${row.id}`
  const own = sent.values['returnId'] === row.id ? sent : NOTHING_SENT
  if (row.state === 'asked')
    return (
      <form class="form" method="post" action={`${at}/decide`}>
        <Field
          view={view}
          sent={own}
          name="answer"
          label={{ zh: '给买家的话', en: 'To the buyer' }}
          required
          maxLength={1000}
        />
        <div class="actions">
          <button type="submit" name="accept" value="yes" class="primary small">
            {say(view, { zh: '同意', en: 'Accept' })}
          </button>
          <button type="submit" name="accept" value="" class="danger small">
            {say(view, { zh: '不同意', en: 'Decline' })}
          </button>
        </div>
      </form>
    )
  if (row.state === 'accepted')
    return (
      <form class="actions" method="post" action={`${at}/back`}>
        <button type="submit" name="good" value="yes" class="primary small">
          {say(view, { zh: '已收到，可再用', en: 'It is back, as new' })}
        </button>
        <button type="submit" name="good" value="" class="second small">
          {say(view, { zh: '已收到，不可再用', en: 'It is back, spoiled' })}
        </button>
      </form>
    )
  if (row.state === 'to-send')
    return (
      <form class="form" method="post" action={`${at}/sent`}>
        <Field view={view} sent={own} name="carrier" label={{ zh: '承运商', en: 'Carrier' }} required maxLength={100} />
        <Field
          view={view}
          sent={own}
          name="trackingNumber"
          label={{ zh: '运单号', en: 'Tracking number' }}
          required
          maxLength={100}
        />
        <button type="submit" class="primary small">
          {say(view, { zh: '换货已寄出', en: 'The exchange has left' })}
        </button>
      </form>
    )
  return <>–</>
}

function List({ view, rows, more, filter, mayAct, sent }: ReturnsPageProps) {
  const listed = (row: Row, lines: Row['lines']) =>
    lines.map(({ colourway, size, quantity }) => (
      <span class="how">
        {say(view, row.colourways.find(({ id }) => id === colourway)?.name ?? { zh: colourway, en: colourway })} ·{' '}
        {size} × {count(view, quantity)}
      </span>
    ))
  return (
    <section class="section">
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        {['', ...RETURN_STATES].map((value) => (
          <a
            href={value ? `/console/returns?show=${value}` : '/console/returns'}
            {...(value === filter ? { 'aria-current': 'page' as const } : {})}
          >
            {value ? wordFor(view, RETURN_STATE, value) : say(view, { zh: '全部', en: 'All' })}
          </a>
        ))}
      </nav>
      <Refusal view={view} sent={sent} fields={['answer', 'carrier', 'trackingNumber']} />
      <Table
        rows={rows}
        empty={say(view, { zh: '没有退换申请。', en: 'Nobody sends anything back.' })}
        columns={[
          {
            head: say(view, { zh: '单号', en: 'Shipment' }),
            cell: (row) => (
              <>
                <a href={`/console/orders/${row.orderId}/packing`} class="mono">
                  {row.shipment}
                </a>
                <span class="how">{say(view, row.style)}</span>
                <span class="how">{row.buyer}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: ({ state, askedAt }) => (
              <>
                <Badge tone={TONES[state] ?? 'good'}>{wordFor(view, RETURN_STATE, state)}</Badge>
                <span class="how">{moment(view, askedAt)}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '退换', en: 'What' }),
            cell: (row) => (
              <>
                {wordFor(view, RETURN_KIND, row.kind)}
                {listed(row, row.lines)}
                {row.want.length ? <span class="how">→</span> : null}
                {listed(row, row.want)}
              </>
            ),
          },
          {
            head: say(view, { zh: '原因', en: 'Why' }),
            cell: (row) => (
              <>
                {wordFor(view, RETURN_REASON, row.reason)}
                {row.words ? <span class="how">{row.words}</span> : null}
              </>
            ),
          },
          {
            head: say(view, { zh: '操作', en: 'Do' }),
            cell: (row) => (mayAct ? <Step view={view} row={row} sent={sent} /> : '–'),
          },
        ]}
      />
      <More view={view} href={more} />
    </section>
  )
}

const INTERVAL: Localized = {
  zh: `占已签收件数的比例，括号内为 95% 区间（Wilson）；少于 ${LEAST_DELIVERED} 件不报比例。同一订单的商品常一起退回，实际区间更宽。已拒绝的不计。`,
  en: `Shares of the pieces that buyers have, with their 95 % interval (Wilson); below ${LEAST_DELIVERED} pieces none is told. Pieces of one order come back together, so the truth is wider. What was declined is left out.`,
}

function Insight({ view, insight }: ReturnsPageProps) {
  if (!insight.length) return null
  return (
    <section class="section">
      <h2>{say(view, { zh: '各款退换原因', en: 'Why it comes back, by style' })}</h2>
      <p class="section-note">{say(view, INTERVAL)}</p>
      {insight.map((style) => (
        <article class="stack">
          <h3>{say(view, style.names)}</h3>
          <p>{told(view, style.all)}</p>
          <Table
            rows={style.reasons}
            empty="–"
            columns={[
              {
                head: say(view, { zh: '原因', en: 'Why' }),
                cell: ({ reason }) => wordFor(view, RETURN_REASON, reason),
              },
              { head: say(view, { zh: '比例', en: 'Share' }), cell: ({ of }) => told(view, of) },
            ]}
          />
          <Table
            rows={style.sizes}
            empty="–"
            columns={[
              { head: say(view, { zh: '尺码', en: 'Size' }), cell: ({ size }) => size },
              { head: say(view, { zh: '比例', en: 'Share' }), cell: ({ of }) => told(view, of) },
              ...RETURN_REASONS.map((reason) => ({
                head: wordFor(view, RETURN_REASON, reason),
                number: true,
                cell: ({ reasons }: Told['sizes'][number]) => count(view, reasons[reason] ?? 0),
              })),
            ]}
          />
          {style.measures.length ? (
            <Table
              rows={style.measures}
              empty="–"
              columns={[
                { head: say(view, { zh: '部位', en: 'Where' }), cell: ({ name }) => say(view, name) },
                {
                  head: say(view, { zh: '偏小（次）', en: 'Too small, returns' }),
                  number: true,
                  cell: ({ small }) => count(view, small),
                },
                {
                  head: say(view, { zh: '偏大（次）', en: 'Too large, returns' }),
                  number: true,
                  cell: ({ large }) => count(view, large),
                },
              ]}
            />
          ) : null}
        </article>
      ))}
    </section>
  )
}

export function ReturnsPage(props: ReturnsPageProps) {
  const { view } = props
  return (
    <Layout view={view} title={say(view, { zh: '退换', en: 'Returns' })} face="console">
      <Heading title={say(view, { zh: '退换', en: 'Returns and exchanges' })} />
      <List {...props} />
      <Insight {...props} />
    </Layout>
  )
}
