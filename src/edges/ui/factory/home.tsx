import { Layout } from '../layout.tsx'
import { Badge, Heading, Outcome, Refusal, Table, type Outcomes, type Sent } from '../parts.tsx'
import type { Cancellation, Factory, Offer, ProductionOrder } from '../../../db/rows.ts'
import { FactoryBadge } from '../console/factories.tsx'
import { OrderBadge } from '../console/orders.tsx'
import { longDay, moment, money, remaining, say, units, type View } from '../view.ts'

export interface FactoryHomeProps {
  view: View
  now: Date
  factory: Factory
  offers: readonly { offer: Offer; order: ProductionOrder }[]
  orders: readonly ProductionOrder[]
  /** Open requests to cancel, and orders called off. */
  cancellations: readonly {
    order: { id: string; number: string; units: number }
    cancellation: Cancellation
  }[]
  sent: Sent
  done: string | undefined
}

const DONE: Outcomes = {
  confirmed: { zh: '谢谢，您现在可以收到派单了。', en: 'Thank you; you can get offers now.' },
  cancelled: { zh: '该单已取消，请停止生产。', en: 'The order is called off. Please stop work on it.' },
  declined: { zh: '已谢绝该单。', en: 'The offer is declined.' },
}

function Offers({ view, now, offers }: Pick<FactoryHomeProps, 'view' | 'now' | 'offers'>) {
  return (
    <section class="section">
      <h2>{say(view, { zh: '待答复', en: 'Waiting for your answer' })}</h2>
      <div class="stack">
        {offers.length ? (
          offers.map(({ offer, order }) => (
            <a class="door offer" href={`/factory/jobs/${order.id}`}>
              <h3>
                {order.number} · {units(view, order.units)}
              </h3>
              <p>
                {say(view, { zh: '加工费 ', en: 'CMT ' })}
                <strong class="num">{money(view, offer.price, order.currency)}</strong>
                {say(view, { zh: ' / 件，最迟发货 ', en: ' each, ship by ' })}
                {longDay(view, offer.shipBy)}
              </p>
              <p>
                {offer.state === 'countered' ? (
                  <Badge tone="warn">
                    {say(view, { zh: '已还价，等待商家答复', en: 'You countered; the house answers next' })}
                  </Badge>
                ) : (
                  <Badge tone="accent">
                    {say(view, {
                      zh: `请在 ${moment(view, offer.answerBy)} 前答复（${remaining(view, now, offer.answerBy)}）`,
                      en: `Answer by ${moment(view, offer.answerBy)} (${remaining(view, now, offer.answerBy)})`,
                    })}
                  </Badge>
                )}
              </p>
            </a>
          ))
        ) : (
          <p class="empty">{say(view, { zh: '目前没有待答复的派单。', en: 'No offer waits for you.' })}</p>
        )}
      </div>
    </section>
  )
}

function CalledOff({ view, rows }: { view: View; rows: FactoryHomeProps['cancellations'] }) {
  return (
    <section class="section">
      <h2>{say(view, { zh: '已取消', en: 'Called off' })}</h2>
      <Table
        rows={rows}
        empty="–"
        columns={[
          {
            head: say(view, { zh: '单号', en: 'Number' }),
            cell: ({ order }) => <a href={`/factory/jobs/${order.id}`}>{order.number}</a>,
          },
          { head: say(view, { zh: '原因', en: 'Reason' }), cell: ({ cancellation }) => cancellation.reason },
          {
            head: say(view, { zh: '件数', en: 'Units' }),
            number: true,
            cell: ({ order }) => units(view, order.units),
          },
          {
            head: say(view, { zh: '时间', en: 'When' }),
            cell: ({ cancellation }) => (cancellation.answeredAt ? moment(view, cancellation.answeredAt) : '–'),
          },
        ]}
      />
    </section>
  )
}

/** What waits for an answer, soonest first, then the work in hand. */
export function FactoryHomePage({ view, now, factory, offers, orders, cancellations, sent, done }: FactoryHomeProps) {
  const own = orders.filter(({ factoryId, state }) => factoryId === factory.id && state !== 'cancelled')
  const off = cancellations.filter(({ cancellation }) => cancellation.state === 'agreed')
  const askedFor = (id: string) =>
    cancellations.find(({ order, cancellation }) => order.id === id && cancellation.state === 'asked')?.cancellation
  return (
    <Layout view={view} title={factory.name} face="factory">
      <Heading title={factory.name} eyebrow={say(view, { zh: '工厂端', en: 'Factory portal' })}>
        <FactoryBadge view={view} factory={factory} />
        <form method="post" action="/factory/leave">
          <button type="submit" class="link-button">
            {say(view, { zh: '退出', en: 'Leave' })}
          </button>
        </form>
      </Heading>
      <Outcome view={view} done={done} words={DONE} />
      <Refusal view={view} sent={sent} />
      {factory.state === 'invited' && !factory.endpoint ? (
        <form method="post" action="/factory/confirm" class="decide factory-actions">
          <p>
            {say(view, {
              zh: '确认愿意接单后，我们会按品类、产能和交期给您派单。每单都可以接、还价或谢绝。',
              en: 'Say that you want orders, and we offer you what fits your machines, capacity and lead time. You may accept, counter or decline each.',
            })}
          </p>
          <button type="submit" class="primary wide">
            {say(view, { zh: '确认，开始接单', en: 'Yes, send us offers' })}
          </button>
        </form>
      ) : null}
      <Offers view={view} now={now} offers={offers} />
      <section class="section">
        <h2>{say(view, { zh: '我的生产单', en: 'Your orders' })}</h2>
        <Table
          rows={own}
          empty={say(view, { zh: '还没有生产单。', en: 'No orders yet.' })}
          columns={[
            {
              head: say(view, { zh: '单号', en: 'Number' }),
              cell: (order) => <a href={`/factory/jobs/${order.id}`}>{order.number}</a>,
            },
            {
              head: say(view, { zh: '状态', en: 'State' }),
              cell: (order) => (
                <>
                  <OrderBadge view={view} order={order} />{' '}
                  {askedFor(order.id) ? (
                    <Badge tone="bad">
                      {askedFor(order.id)?.side === 'house'
                        ? say(view, { zh: '商家请求取消，请答复', en: 'Cancellation asked: please answer' })
                        : say(view, { zh: '已请求取消', en: 'You asked to cancel' })}
                    </Badge>
                  ) : null}
                </>
              ),
            },
            { head: say(view, { zh: '件数', en: 'Units' }), number: true, cell: (order) => units(view, order.units) },
            { head: say(view, { zh: '到货期限', en: 'Promised' }), cell: (order) => longDay(view, order.promisedAt) },
          ]}
        />
      </section>
      {off.length ? <CalledOff view={view} rows={off} /> : null}
    </Layout>
  )
}
