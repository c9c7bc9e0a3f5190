import type { Cancellation, ProductionOrder } from '../../../db/rows.ts'
import { IN_HAND } from '../../../stages/6-dispatch/life.ts'
import { Badge, Field, NOTHING_SENT, type Sent, type Tone } from '../parts.tsx'
import { longDay, moment, say, type View } from '../view.ts'
import { CANCELLATION_FOLLOW, CANCELLATION_STATE, wordFor } from '../words.ts'

const TONES: Record<Cancellation['state'], Tone> = {
  asked: 'warn',
  agreed: 'bad',
  refused: 'plain',
  withdrawn: 'plain',
}

/** How its place in the story looks; what is open stands out by itself. */
const MARKS: Readonly<Record<Cancellation['state'], string | undefined>> = {
  asked: undefined,
  agreed: 'done',
  refused: 'stale',
  withdrawn: 'stale',
}

const follows = (view: View) =>
  ['replace', 'release'].map((value) => ({ value, label: wordFor(view, CANCELLATION_FOLLOW, value) }))

/** What one request came to, in a sentence or two. */
function Story({ view, row, factory }: { view: View; row: Cancellation; factory: string }) {
  const asker = row.side === 'house' ? say(view, { zh: '商家', en: 'We' }) : factory
  const answer =
    row.answer === 'shipped' ? say(view, { zh: '工厂已发货。', en: 'The factory shipped it.' }) : row.answer
  return (
    <li class={MARKS[row.state]}>
      <strong>
        {say(view, {
          zh: `${asker}请求取消${row.side === 'house' ? `（${factory}）` : ''}`,
          en: `${asker} asked to cancel${row.side === 'house' ? ` (${factory})` : ''}`,
        })}
      </strong>{' '}
      <Badge tone={TONES[row.state]}>{wordFor(view, CANCELLATION_STATE, row.state)}</Badge>{' '}
      <span class="soft small">
        {moment(view, row.askedAt)}
        {row.answeredAt ? ` → ${moment(view, row.answeredAt)}` : ''}
      </span>
      <p>{row.reason}</p>
      {row.follow ? (
        <p class="small soft">
          {say(view, { zh: '后续：', en: 'Then: ' })}
          {wordFor(view, CANCELLATION_FOLLOW, row.follow)}
        </p>
      ) : null}
      {answer ? (
        <p class="small">
          {row.state === 'withdrawn'
            ? say(view, { zh: '说明：', en: 'Note: ' })
            : say(view, { zh: '答复：', en: 'Answer: ' })}
          {answer}
        </p>
      ) : null}
      {row.promisedBefore &&
      row.promisedAfter &&
      longDay(view, row.promisedBefore) !== longDay(view, row.promisedAfter) ? (
        <p class="small">
          {say(view, { zh: '承诺到货：', en: 'Promised: ' })}
          {longDay(view, row.promisedBefore)} → <strong>{longDay(view, row.promisedAfter)}</strong>
        </p>
      ) : null}
    </li>
  )
}

function Decide({ view, order, row, sent }: { view: View; order: ProductionOrder; row: Cancellation; sent: Sent }) {
  const path = `/console/orders/${order.id}/cancellation/${row.id}`
  const which = (step: string) => <input type="hidden" name="step" value={step} />
  const of = (step: string) => (sent.values['step'] === step ? sent : NOTHING_SENT)
  const agreeing = (
    <form class="form" method="post" action={`${path}/agree`}>
      {which('agree')}
      <Field
        view={view}
        sent={of('agree')}
        name="follow"
        label={{ zh: '同意后如何处理', en: 'What follows' }}
        options={follows(view)}
        value={row.follow ?? 'replace'}
      />
      {row.side === 'house' ? (
        <Field
          view={view}
          sent={of('agree')}
          name="reason"
          label={{ zh: '由谁、何时同意', en: 'Who agreed, and when' }}
          required
          maxLength={1000}
        />
      ) : null}
      <button type="submit" class="danger">
        {row.side === 'house'
          ? say(view, { zh: '登记工厂已同意', en: 'Record that it agreed' })
          : say(view, { zh: '同意取消', en: 'Agree to cancel' })}
      </button>
    </form>
  )
  if (row.side === 'house')
    return (
      <div class="stack">
        <p class="section-note">
          {say(view, {
            zh: '等待工厂答复；在其同意之前订单继续有效。',
            en: 'The factory answers next; until it agrees the order stays valid.',
          })}
        </p>
        <div class="actions">
          <form method="post" action={`${path}/withdraw`}>
            {which('withdraw')}
            <button type="submit" class="second">
              {say(view, { zh: '撤回请求', en: 'Withdraw the request' })}
            </button>
          </form>
        </div>
        <details class="fold" open={sent.values['step'] === 'agree'}>
          <summary>{say(view, { zh: '工厂已电话同意', en: 'The factory agreed by telephone' })}</summary>
          {agreeing}
        </details>
      </div>
    )
  return (
    <div class="section two">
      {agreeing}
      <form class="stack" method="post" action={`${path}/refuse`}>
        {which('refuse')}
        <Field
          view={view}
          sent={of('refuse')}
          name="reason"
          label={{ zh: '不同意的原因（工厂可见）', en: 'Why not (the factory reads it)' }}
          required
          maxLength={1000}
        />
        <button type="submit" class="second">
          {say(view, { zh: '不同意，订单继续', en: 'Refuse, the order goes on' })}
        </button>
      </form>
    </div>
  )
}

/** Calling an accepted order off: what was asked and answered, and what this person may do next. */
export function Cancelling(props: {
  view: View
  order: ProductionOrder
  cancellations: readonly Cancellation[]
  factoryName: (id: string) => string
  mayAct: boolean
  sent: Sent
}) {
  const { view, order, cancellations, factoryName, mayAct, sent } = props
  const open = cancellations.find(({ state }) => state === 'asked')
  const mayAsk = mayAct && !open && IN_HAND.includes(order.state)
  if (!cancellations.length && !mayAsk) return null
  return (
    <section class="section" id="cancellation">
      <h2>{say(view, { zh: '取消', en: 'Cancellation' })}</h2>
      {cancellations.length ? (
        <ol class="timeline">
          {cancellations.map((row) => (
            <Story view={view} row={row} factory={factoryName(row.factoryId)} />
          ))}
        </ol>
      ) : null}
      {open && mayAct ? <Decide view={view} order={order} row={open} sent={sent} /> : null}
      {mayAsk ? (
        <details class="fold" open={sent.values['step'] === 'cancel'}>
          <summary>{say(view, { zh: '与工厂协商取消', en: 'Ask the factory to cancel' })}</summary>
          <form class="form" method="post" action={`/console/orders/${order.id}/cancellation`}>
            <input type="hidden" name="step" value="cancel" />
            <p class="section-note">
              {say(view, {
                zh: '工厂同意后才会取消，之前订单继续有效。',
                en: 'It is cancelled when the factory agrees; until then the order stays valid.',
              })}
            </p>
            <Field
              view={view}
              sent={sent.values['step'] === 'cancel' ? sent : NOTHING_SENT}
              name="reason"
              label={{ zh: '原因（工厂可见）', en: 'Reason (the factory reads it)' }}
              required
              maxLength={1000}
            />
            <Field
              view={view}
              sent={sent}
              name="follow"
              label={{ zh: '取消后如何处理', en: 'What follows' }}
              options={follows(view)}
            />
            <button type="submit" class="danger">
              {say(view, { zh: '发出取消请求', en: 'Ask to cancel' })}
            </button>
          </form>
        </details>
      ) : null}
    </section>
  )
}
