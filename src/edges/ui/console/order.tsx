import type { StandingTrouble } from '../../../db/outbox.ts'
import type { Currency } from '../../../core/values.ts'
import type { Production } from '../../../stages/7-production/actions.ts'
import type { Brief } from '../../../garments/index.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, Refusal, Table, Time, Values, type Sent, type Tone } from '../parts.tsx'
import type {
  Allocation,
  Attempt,
  Cancellation,
  Lot,
  Message,
  Offer,
  ProductionOrder,
  Progress,
} from '../../../db/rows.ts'
import { count, longDay, moment, money, percent, say, units, type View } from '../view.ts'
import { LOT_REASON, OFFER_STATE, ORDER_STATE, wordFor } from '../words.ts'
import { BriefSent } from './brief.tsx'
import { Cancelling } from './cancelling.tsx'
import { MessageBadge, OrderBadge, OrderSteps } from './orders.tsx'
import { ProgressStory } from './progress.tsx'
import { QuantityMatrix } from './quantities.tsx'
import { Troubles } from './troubles.tsx'
import { IN_HAND, ORDER_STATES, REPORTED_STATES } from '../../../stages/6-dispatch/life.ts'

/** What a merchandiser may note for a factory that telephoned, in the order of making. */
const REPORTABLE = ORDER_STATES.filter((state) => (REPORTED_STATES as readonly string[]).includes(state))

export interface OrderPageProps {
  view: View
  /** What failed for good about it, and waits to be tried again. */
  troubles?: readonly StandingTrouble[]
  order: ProductionOrder
  lot: Lot | undefined
  /** As it was sent, with fresh links; none before the first factory was asked. */
  brief: Brief | undefined
  rounds: readonly Allocation[]
  offers: readonly Offer[]
  cancellations: readonly Cancellation[]
  messages: readonly Message[]
  attempts: readonly Attempt[]
  reports: readonly Progress[]
  /** Its factory sends to the buyers itself. */
  direct: boolean
  /** The inspection that it failed last, and a manager's word on it. */
  inspection: Awaited<ReturnType<Production['progress']>>['inspection']
  mayClear: boolean
  factoryName: (id: string) => string
  styleName: string
  colourName: (id: string) => string
  sizes: readonly string[]
  campaignHref: string
  mayAct: boolean
  sent: Sent
}

const OFFER_TONES: Record<Offer['state'], Tone> = {
  offered: 'accent',
  accepted: 'good',
  declined: 'plain',
  countered: 'warn',
  expired: 'bad',
  withdrawn: 'plain',
}

/** What a factory asked for instead of what was offered. */
export function CounterWords({ view, offer, currency }: { view: View; offer: Offer; currency: Currency }) {
  const asked = (offer.counter ?? {}) as { price?: number; shipBy?: string; note?: string }
  return (
    <ul class="small">
      {asked.price === undefined ? null : (
        <li>
          {say(view, { zh: '加工费改为 ', en: 'CMT ' })}
          <strong class="num">{money(view, asked.price, currency)}</strong>
          {say(view, { zh: '（我方报价 ', en: ' (we offered ' })}
          {money(view, offer.price, currency)}
          {say(view, { zh: '）', en: ')' })}
        </li>
      )}
      {asked.shipBy ? (
        <li>
          {say(view, { zh: '发货改为 ', en: 'Ship by ' })}
          <strong>{longDay(view, new Date(asked.shipBy))}</strong>
        </li>
      ) : null}
      {asked.note ? <li>{asked.note}</li> : null}
    </ul>
  )
}

/** No factory took it: ask again, with the date or a later one, or let its buyers go. */
function Unplaced({ view, order, sent }: OrderPageProps) {
  return (
    <div class="decide section">
      <p>
        {say(view, {
          zh: '没有工厂接单，买家仍在等待。可以重新派单；承诺到货日太近时，请推迟日期（会告知买家）；确实无法生产时，请放弃并取消买家的预订。',
          en: 'No factory took it, and its buyers wait. Ask again; with a later date where the promised one has become too near (its buyers are told); or give it up where nobody can make it.',
        })}
      </p>
      <div class="actions">
        <form method="post" action={`/console/orders/${order.id}/retry`}>
          <button type="submit" class="primary">
            {say(view, { zh: '重新派单', en: 'Ask the factories again' })}
          </button>
        </form>
        <form method="post" action={`/console/orders/${order.id}/retry`}>
          <button type="submit" class="second" name="newDate" value="yes">
            {say(view, { zh: '推迟日期并重新派单', en: 'Ask again with a later date' })}
          </button>
        </form>
      </div>
      <form class="form" method="post" action={`/console/orders/${order.id}/give-up`}>
        <Field
          view={view}
          sent={sent}
          name="reason"
          label={{ zh: '放弃的原因', en: 'Why it is given up' }}
          required
          maxLength={1000}
        />
        <button type="submit" class="danger">
          {say(view, { zh: '放弃，并取消买家的预订', en: 'Give it up, and let its buyers go' })}
        </button>
      </form>
    </div>
  )
}

function Offers(props: OrderPageProps) {
  const { view, order, offers, factoryName, mayAct } = props
  return (
    <section class="section">
      <h2>{say(view, { zh: '派单', en: 'Offers' })}</h2>
      <Table
        rows={offers}
        empty={say(view, { zh: '还没有向工厂派单。', en: 'No factory has been asked yet.' })}
        columns={[
          { head: '#', number: true, cell: ({ rank }) => rank },
          {
            head: say(view, { zh: '工厂', en: 'Factory' }),
            cell: ({ factoryId }) => <a href={`/console/factories/${factoryId}`}>{factoryName(factoryId)}</a>,
          },
          {
            head: say(view, { zh: '答复', en: 'Answer' }),
            cell: (offer) => (
              <>
                <Badge tone={OFFER_TONES[offer.state]}>{wordFor(view, OFFER_STATE, offer.state)}</Badge>
                {offer.reason ? <p class="small soft">{offer.reason}</p> : null}
                {offer.counter ? <CounterWords view={view} offer={offer} currency={order.currency} /> : null}
                {offer.state === 'countered' && mayAct ? (
                  <div class="actions">
                    <form method="post" action={`/console/orders/${order.id}/offers/${offer.id}/counter`}>
                      <button type="submit" class="primary small" name="accept" value="yes">
                        {say(view, { zh: '接受还价', en: 'Accept the counter-offer' })}
                      </button>
                    </form>
                    <form method="post" action={`/console/orders/${order.id}/offers/${offer.id}/counter`}>
                      <button type="submit" class="second small" name="accept" value="">
                        {say(view, { zh: '不接受，问下一家', en: 'Refuse, ask the next' })}
                      </button>
                    </form>
                  </div>
                ) : null}
              </>
            ),
          },
          {
            head: say(view, { zh: '加工费', en: 'CMT' }),
            number: true,
            cell: ({ price }) => money(view, price, order.currency),
          },
          {
            head: say(view, { zh: '最迟发货', en: 'Ship by' }),
            cell: ({ shipBy }) => <span class="nowrap">{longDay(view, shipBy)}</span>,
          },
          {
            head: say(view, { zh: '答复期限', en: 'Answer by' }),
            cell: ({ answerBy }) => <Time view={view} at={answerBy} />,
          },
        ]}
      />
      {order.state === 'unplaced' && mayAct ? <Unplaced {...props} /> : null}
      {order.givenUpFor === null ? null : (
        <p class="section-note">
          {say(view, { zh: '未派出，已放弃并告知买家：', en: 'Nobody took it; given up, and its buyers told: ' })}
          {order.givenUpFor}
        </p>
      )}
    </section>
  )
}

/** Why this factory: the ranking, and the inputs it was made from. */
function Round(props: { view: View; round: Allocation; currency: Currency; newest: boolean }) {
  const { view, round, currency, newest } = props
  return (
    <details class="fold" open={newest}>
      <summary>
        {say(view, { zh: `第 ${round.round} 轮选厂`, en: `Choosing a factory, round ${round.round}` })}{' '}
        <span class="soft small">{moment(view, round.at)}</span>
      </summary>
      <Table
        rows={round.ranking}
        empty={say(view, { zh: '没有可选的工厂。', en: 'There was no factory to choose from.' })}
        columns={[
          { head: '#', number: true, cell: ({ rank }) => rank ?? '–' },
          {
            head: say(view, { zh: '工厂', en: 'Factory' }),
            cell: ({ name, isNew, reasons }) => (
              <>
                {name} {isNew ? <Badge>{say(view, { zh: '新工厂', en: 'new' })}</Badge> : null}
                {reasons.map((reason) => (
                  <span class="how">{say(view, reason)}</span>
                ))}
              </>
            ),
          },
          {
            head: say(view, { zh: '预期成本', en: 'Expected cost' }),
            number: true,
            cell: ({ expectedCost }) => money(view, Math.round(expectedCost), currency),
          },
          {
            head: say(view, { zh: '加工费', en: 'CMT' }),
            number: true,
            cell: ({ price }) => money(view, price, currency),
          },
          {
            head: say(view, { zh: '延误概率', en: 'P(late)' }),
            number: true,
            cell: ({ lateRisk }) => percent(view, lateRisk, 1),
          },
          {
            head: say(view, { zh: '验货不合格', en: 'P(fails)' }),
            number: true,
            cell: ({ failRisk }) => percent(view, failRisk, 1),
          },
          {
            head: say(view, { zh: '综合评分', en: 'Score' }),
            number: true,
            cell: ({ score }) => count(view, score, 2),
          },
        ]}
      />
      <details class="fold">
        <summary>{say(view, { zh: '当时的全部输入', en: 'Everything that was known' })}</summary>
        <Values value={round.inputs} />
      </details>
    </details>
  )
}

function Messages({ view, order, messages, attempts, mayAct }: OrderPageProps) {
  return (
    <section class="section">
      <h2>{say(view, { zh: '发给工厂的消息', en: 'Messages to factories' })}</h2>
      {messages.length ? null : <p class="empty">{say(view, { zh: '还没有消息。', en: 'No messages yet.' })}</p>}
      {messages.map((message) => {
        const own = attempts.filter(({ messageId }) => messageId === message.id)
        return (
          <details class="fold">
            <summary>
              <span class="mono">{message.type}</span> <MessageBadge view={view} state={message.state} />{' '}
              <span class="soft small">
                {moment(view, message.createdAt)} ·{' '}
                {say(view, { zh: `${own.length} 次尝试`, en: `${own.length} attempts` })}
              </span>
            </summary>
            <Table
              rows={own}
              empty={say(view, { zh: '尚未尝试发送。', en: 'Not tried yet.' })}
              columns={[
                { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
                { head: 'HTTP', number: true, cell: ({ status }) => status ?? '–' },
                { head: 'ms', number: true, cell: ({ durationMs }) => count(view, durationMs) },
                {
                  head: say(view, { zh: '回答', en: 'Answer' }),
                  cell: ({ answer, error }) => <span class="mono">{error ?? answer ?? ''}</span>,
                },
              ]}
            />
            {mayAct ? (
              <form method="post" action={`/console/orders/${order.id}/messages/${message.id}/replay`}>
                <button type="submit" class="second small">
                  {say(view, { zh: '重新发送', en: 'Send it again' })}
                </button>
              </form>
            ) : null}
          </details>
        )
      })}
    </section>
  )
}

/** A lot that failed its inspection stays where it is, unless a manager says why it may leave. */
function FailedInspection({ view, order, inspection, mayClear, sent }: OrderPageProps) {
  if (!inspection || order.state === 'cancelled') return null
  const { clearance } = inspection
  if (clearance)
    return (
      <p class="told">
        {say(view, { zh: '验货未通过，经理已放行：', en: 'It failed its inspection; a manager let it go: ' })}
        {clearance.reason}
      </p>
    )
  return (
    <section class="section">
      <p class="refusal">
        {say(view, {
          zh: '最近一次验货未通过，本批不能出厂：请返工后重新验货，或由经理说明原因后放行。',
          en: 'The last inspection failed, and the lot may not leave: it is reworked and inspected again, or a manager lets it go with a reason.',
        })}
      </p>
      {mayClear ? (
        <form class="form" method="post" action={`/console/orders/${order.id}/clear`}>
          <Field
            view={view}
            sent={sent}
            name="reason"
            label={{ zh: '放行原因', en: 'Why it may leave' }}
            required
            maxLength={1000}
          />
          <button type="submit" class="danger">
            {say(view, { zh: '放行', en: 'Let it leave' })}
          </button>
        </form>
      ) : null}
    </section>
  )
}

/** Where its buyers' parcels are, once it is where they are packed. */
function PackingLink({ view, order, direct, mayAct }: Pick<OrderPageProps, 'view' | 'order' | 'direct' | 'mayAct'>) {
  if (order.state === 'delivered' || direct)
    return (
      <p class="section">
        <a class="button" href={`/console/orders/${order.id}/packing`}>
          {say(view, { zh: '打包寄送', en: 'Packing and parcels' })}
        </a>
      </p>
    )
  if (!mayAct || !IN_HAND.includes(order.state)) return null
  return (
    <details class="section">
      <summary>{say(view, { zh: '由工厂直接寄给买家', en: 'Let the factory send to the buyers' })}</summary>
      <form class="stack" method="post" action={`/console/orders/${order.id}/direct`}>
        <p class="section-note">
          {say(view, {
            zh: '工厂会看到本单买家的姓名、电话和地址，以便逐单寄出；此操作不能撤回。',
            en: 'The factory sees the names, telephones and addresses of this order’s buyers, to send each their own. This cannot be taken back.',
          })}
        </p>
        <button type="submit" class="second">
          {say(view, { zh: '交给工厂寄出', en: 'Let it send them' })}
        </button>
      </form>
    </details>
  )
}

export function OrderPage(props: OrderPageProps) {
  const { view, order, lot, brief, rounds, styleName, colourName, sizes, campaignHref, factoryName, mayAct, sent } =
    props
  return (
    <Layout view={view} title={order.number} face="console">
      <Heading
        title={order.number}
        eyebrow={
          <>
            <a href="/console/orders">{say(view, { zh: '生产单', en: 'Production orders' })}</a> ·{' '}
            <a href={campaignHref}>{styleName}</a>
          </>
        }
      >
        <OrderBadge view={view} order={order} />
      </Heading>
      <Refusal view={view} sent={sent} fields={['note', 'reason']} />
      <FailedInspection {...props} />
      <Troubles view={view} rows={props.troubles} />
      <OrderSteps view={view} state={order.state} />
      <PackingLink {...props} />
      <section class="section two two-matrix">
        <Facts
          rows={[
            [
              say(view, { zh: '批次', en: 'Lot' }),
              `${order.lot}${lot ? ` · ${wordFor(view, LOT_REASON, lot.reason)}` : ''}`,
            ],
            [say(view, { zh: '件数', en: 'Units' }), units(view, order.units)],
            [
              say(view, { zh: '买家', en: 'Buyers' }),
              lot ? say(view, { zh: `${count(view, lot.buyers)} 位`, en: count(view, lot.buyers) }) : '–',
            ],
            [say(view, { zh: '买家单价', en: 'Buyers pay' }), lot ? money(view, lot.unitPrice, lot.currency) : '–'],
            [say(view, { zh: '工厂', en: 'Factory' }), order.factoryId ? factoryName(order.factoryId) : '–'],
            [
              say(view, { zh: '约定加工费', en: 'Agreed CMT' }),
              order.agreedPrice === null ? '–' : money(view, order.agreedPrice, order.currency),
            ],
            [say(view, { zh: '承诺到货', en: 'Promised' }), longDay(view, order.promisedAt)],
            [say(view, { zh: '款式指纹', en: 'Style hash' }), <span class="mono">{order.styleHash}</span>],
          ]}
        />
        {lot ? <QuantityMatrix view={view} lines={lot.quantities} colourName={colourName} sizes={sizes} /> : null}
      </section>
      <section class="section">
        <h2>{say(view, { zh: '进度', en: 'Progress' })}</h2>
        <ProgressStory {...props} />
        {mayAct && order.factoryId && order.state !== 'delivered' && order.state !== 'cancelled' ? (
          <form class="form section" method="post" action={`/console/orders/${order.id}/report`}>
            <h3>{say(view, { zh: '代工厂登记进度', en: 'Report for the factory' })}</h3>
            <Field
              view={view}
              sent={sent}
              name="state"
              label={{ zh: '阶段', en: 'Stage' }}
              options={REPORTABLE.map((value) => ({ value, label: wordFor(view, ORDER_STATE, value) }))}
            />
            <Field view={view} sent={sent} name="note" label={{ zh: '备注', en: 'Note' }} maxLength={2000} />
            <button type="submit" class="second">
              {say(view, { zh: '登记', en: 'Record' })}
            </button>
          </form>
        ) : null}
      </section>
      {brief ? <BriefSent view={view} brief={brief} /> : null}
      <Cancelling {...props} />
      <Offers {...props} />
      {rounds.length ? (
        <section class="section">
          <h2>{say(view, { zh: '为什么选这家工厂', en: 'Why this factory' })}</h2>
          <p class="section-note">
            {say(view, {
              zh: '预期成本 = 加工费 + 延误概率 × 延误损失 + 不合格概率 × 返工成本。被筛掉的工厂排在最后并说明原因。',
              en: 'Expected cost = CMT + P(late) × penalty + P(fails inspection) × rework. Factories that were ruled out stand last, with the reason.',
            })}
          </p>
          {rounds.map((round, index) => (
            <Round view={view} round={round} currency={order.currency} newest={index === 0} />
          ))}
        </section>
      ) : null}
      <Messages {...props} />
    </Layout>
  )
}
