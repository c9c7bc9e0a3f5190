import type { Localized } from '../../../core/values.ts'
import type { Cancellation, ProductionOrder } from '../../../db/rows.ts'
import { IN_HAND } from '../../../stages/6-dispatch/life.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, NOTHING_SENT, type Sent } from '../parts.tsx'
import { moment, say, units, type View } from '../view.ts'

/** Our own request, while the house has not answered. */
function Waiting({ view, open, sent, path }: { view: View; open: Cancellation; sent: Sent; path: string }) {
  return (
    <div class="decide">
      <Badge tone="warn">
        {say(view, { zh: '已请求取消，等待商家答复', en: 'You asked to cancel; the house answers' })}
      </Badge>
      <p>{open.reason}</p>
      <p class="soft">
        {say(view, { zh: '在商家答复之前订单继续有效。', en: 'Until it answers the order stays valid.' })}
      </p>
      <details class="fold" open={sent.values['step'] === 'withdraw'}>
        <summary>{say(view, { zh: '又可以生产了？', en: 'You can make it after all?' })}</summary>
        <form class="stack" method="post" action={`${path}/${open.id}/withdraw`}>
          <input type="hidden" name="step" value="withdraw" />
          <Field
            view={view}
            sent={sent.values['step'] === 'withdraw' ? sent : NOTHING_SENT}
            name="reason"
            label={{ zh: '说明（选填，商家可见）', en: 'Note (optional; the house reads it)' }}
            maxLength={1000}
          />
          <button type="submit" class="second">
            {say(view, { zh: '撤回取消请求，继续生产', en: 'Withdraw the request, and go on' })}
          </button>
        </form>
      </details>
    </div>
  )
}

/** The house's request, with its two answers. */
function Asked({ view, open, sent, path }: { view: View; open: Cancellation; sent: Sent; path: string }) {
  return (
    <div class="decide factory-actions">
      <h2>{say(view, { zh: '商家请求取消本单', en: 'The house asks to cancel this order' })}</h2>
      <p>{open.reason}</p>
      <p class="soft">
        {say(view, {
          zh: '在您同意之前，订单继续有效，请照常生产。',
          en: 'Until you agree the order stays valid: go on with it.',
        })}
      </p>
      <form method="post" action={`${path}/${open.id}/agree`}>
        <button type="submit" class="danger wide">
          {say(view, { zh: '同意取消，停止生产', en: 'Agree, and stop work' })}
        </button>
      </form>
      <details open={sent.values['step'] === 'refuse'}>
        <summary>{say(view, { zh: '不同意', en: 'Refuse' })}</summary>
        <form class="stack" method="post" action={`${path}/${open.id}/refuse`}>
          <input type="hidden" name="step" value="refuse" />
          <Field view={view} sent={sent} name="reason" label={{ zh: '原因', en: 'Reason' }} required maxLength={1000} />
          <button type="submit" class="second">
            {say(view, { zh: '不同意，继续生产', en: 'Refuse, and go on' })}
          </button>
        </form>
      </details>
    </div>
  )
}

/** The house's request with its two answers, the factory's own while it waits, or the way to ask. */
export function FactoryCancelling(props: {
  view: View
  order: ProductionOrder
  open: Cancellation | undefined
  sent: Sent
  requestId: string
}) {
  const { view, order, open, sent, requestId } = props
  const path = `/factory/jobs/${order.id}/cancellation`
  if (open?.side === 'factory') return <Waiting view={view} open={open} sent={sent} path={path} />
  if (open) return <Asked view={view} open={open} sent={sent} path={path} />
  if (!IN_HAND.includes(order.state)) return null
  const mine = sent.values['step'] === 'cancel' ? sent : NOTHING_SENT
  return (
    <details class="fold" open={sent.values['step'] === 'cancel'}>
      <summary>{say(view, { zh: '无法生产本单？', en: 'You cannot make this?' })}</summary>
      <form class="stack" method="post" action={path}>
        <input type="hidden" name="step" value="cancel" />
        <input type="hidden" name="requestId" value={requestId} />
        <p class="soft">
          {say(view, {
            zh: '请尽早告诉我们。商家同意后本单才取消，之前继续有效。',
            en: 'Tell us as early as you can. The order is cancelled once the house agrees; until then it stays valid.',
          })}
        </p>
        <Field view={view} sent={mine} name="reason" label={{ zh: '原因', en: 'Reason' }} required maxLength={1000} />
        <button type="submit" class="danger">
          {say(view, { zh: '请求取消', en: 'Ask to cancel' })}
        </button>
      </form>
    </details>
  )
}

function endingOf({ state, side }: Cancellation, isShipped: boolean): Localized {
  const mine = side === 'factory'
  if (state === 'refused')
    return mine
      ? { zh: '商家未同意取消，订单继续有效。', en: 'The house did not agree to cancel; the order stays valid.' }
      : { zh: '贵厂未同意取消，订单继续有效。', en: 'You did not agree to cancel; the order stays valid.' }
  if (isShipped)
    return { zh: '本单已发货，取消请求自动结束。', en: 'The order has shipped; that ended the request to cancel.' }
  return mine
    ? { zh: '贵厂已撤回取消请求，订单继续有效。', en: 'You withdrew your request to cancel; the order stays valid.' }
    : {
        zh: '商家已撤回取消请求，订单继续有效，请照常生产。',
        en: 'The house withdrew its request to cancel; the order stays valid: go on with it.',
      }
}

/** How the last request ended while the order goes on, so that nobody has to remember what was last said. */
export function FactoryRequestOver({ view, row }: { view: View; row: Cancellation }) {
  const isShipped = row.answer === 'shipped'
  return (
    <section class="section">
      <p>
        {say(view, endingOf(row, isShipped))}{' '}
        {row.answeredAt ? <span class="soft small">{moment(view, row.answeredAt)}</span> : null}
      </p>
      {row.answer && !isShipped ? <p class="small">{row.answer}</p> : null}
    </section>
  )
}

/** An order that was called off with this factory: what there is left to know. */
export function FactoryCalledOffPage({
  view,
  order,
  cancellation,
}: {
  view: View
  order: Pick<ProductionOrder, 'number' | 'units'>
  cancellation: Cancellation
}) {
  return (
    <Layout view={view} title={order.number} face="factory">
      <Heading
        title={order.number}
        eyebrow={<a href="/factory">{say(view, { zh: '返回列表', en: 'Back to the list' })}</a>}
        lead={say(view, {
          zh: '本单已与贵厂协商取消。请停止生产，无需再报告进度。',
          en: 'This order is called off with you. Please stop work on it; no more reports are needed.',
        })}
      >
        <Badge>{say(view, { zh: '已取消', en: 'Called off' })}</Badge>
      </Heading>
      <Facts
        rows={[
          [say(view, { zh: '件数', en: 'Units' }), units(view, order.units)],
          [
            say(view, { zh: '提出方', en: 'Asked for by' }),
            cancellation.side === 'factory'
              ? say(view, { zh: '贵厂', en: 'you' })
              : say(view, { zh: '商家', en: 'the house' }),
          ],
          [say(view, { zh: '原因', en: 'Reason' }), cancellation.reason],
          [
            say(view, { zh: '取消时间', en: 'Called off' }),
            cancellation.answeredAt ? moment(view, cancellation.answeredAt) : '–',
          ],
        ]}
      />
    </Layout>
  )
}
