import { Layout } from '../layout.tsx'
import { Badge, Heading, More, Table, type Tone } from '../parts.tsx'
import type { ProductionOrder } from '../../../db/rows.ts'
import { COURSE, OVER } from '../../../stages/6-dispatch/life.ts'
import { longDay, say, units, type View } from '../view.ts'
import { MESSAGE_STATE, ORDER_STATE, wordFor } from '../words.ts'

export function orderTone({ state, lateNoticedAt }: ProductionOrder): Tone {
  if (state === 'unplaced' || (lateNoticedAt && !OVER.includes(state))) return 'bad'
  if (state === 'placing' || state === 'on-hold') return 'warn'
  if (state === 'delivered') return 'good'
  return state === 'cancelled' ? 'plain' : 'accent'
}

/** How a message to a factory fares. */
export function MessageBadge({ view, state }: { view: View; state: string }) {
  const over = state === 'failed' ? 'bad' : 'plain'
  return <Badge tone={state === 'sent' ? 'good' : over}>{wordFor(view, MESSAGE_STATE, state)}</Badge>
}

export const OrderBadge = ({ view, order }: { view: View; order: ProductionOrder }) => (
  <>
    <Badge tone={orderTone(order)}>{wordFor(view, ORDER_STATE, order.state)}</Badge>
    {order.lateNoticedAt && !OVER.includes(order.state) ? (
      <>
        {' '}
        <Badge tone="bad">{say(view, { zh: '可能延误', en: 'may be late' })}</Badge>
      </>
    ) : null}
  </>
)

/** The stages an order goes through, those behind it solid. */
export function OrderSteps({ view, state }: { view: View; state: ProductionOrder['state'] }) {
  const at = COURSE.indexOf(state)
  return (
    <ol class="steps">
      {COURSE.map((step, index) => (
        <li
          class={index <= at ? 'done' : undefined}
          {...(index === at ? { 'aria-current': 'step' as const, class: 'done here' } : {})}
        >
          {wordFor(view, ORDER_STATE, step)}
        </li>
      ))}
    </ol>
  )
}

export interface OrderRow {
  order: ProductionOrder
  factory: string | undefined
}

export interface OrdersPageProps {
  view: View
  rows: readonly OrderRow[]
  more: string | undefined
  filter: string
}

const FILTERS = [
  { value: '', label: { zh: '全部', en: 'All' } },
  { value: 'open', label: { zh: '进行中', en: 'Under way' } },
  { value: 'unplaced', label: { zh: '未派出', en: 'Unplaced' } },
  { value: 'late', label: { zh: '可能延误', en: 'May be late' } },
  { value: 'delivered', label: { zh: '已交货', en: 'Handed over' } },
  { value: 'cancelled', label: { zh: '已取消', en: 'Cancelled' } },
]

export function OrdersPage({ view, rows, more, filter }: OrdersPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '生产单', en: 'Production orders' })} face="console">
      <Heading title={say(view, { zh: '生产单', en: 'Production orders' })} />
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        {FILTERS.map(({ value, label }) => (
          <a
            href={value ? `/console/orders?show=${value}` : '/console/orders'}
            {...(value === filter ? { 'aria-current': 'page' as const } : {})}
          >
            {say(view, label)}
          </a>
        ))}
      </nav>
      <Table
        rows={rows}
        empty={say(view, {
          zh: '没有生产单。达到起做量的款会自动生成。',
          en: 'No production orders. One is made when a style reaches its threshold.',
        })}
        columns={[
          {
            head: say(view, { zh: '单号', en: 'Number' }),
            cell: ({ order }) => <a href={`/console/orders/${order.id}`}>{order.number}</a>,
          },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: ({ order }) => <OrderBadge view={view} order={order} />,
          },
          { head: say(view, { zh: '批次', en: 'Lot' }), number: true, cell: ({ order }) => order.lot },
          {
            head: say(view, { zh: '件数', en: 'Units' }),
            number: true,
            cell: ({ order }) => units(view, order.units),
          },
          { head: say(view, { zh: '工厂', en: 'Factory' }), cell: ({ factory }) => factory ?? '–' },
          {
            head: say(view, { zh: '承诺到货', en: 'Promised' }),
            cell: ({ order }) => <span class="nowrap">{longDay(view, order.promisedAt)}</span>,
          },
        ]}
      />
      <More view={view} href={more} />
    </Layout>
  )
}
