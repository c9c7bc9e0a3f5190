/** All that one person has ordered, behind one link, and how to get that link. */
import type { Erasure, Preview } from '../../../stages/0-house/people/planning.ts'
import { BY_TEXT } from '../../../core/person.ts'
import { spokenPhone } from '../../../core/phone.ts'
import type { Demand } from '../../../stages/5-demand/actions.ts'
import { PRIVACY_PATH } from '../../../core/notice.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, More, Picture, Refusal, Told, type Sent } from '../parts.tsx'
import { longDay, say, units, type View } from '../view.ts'
import type { OwnMile } from './own-parcels.tsx'
import { priceRows } from './own-price.tsx'
import { stateOf } from './preorder.tsx'
import { storyOf, Timeline } from './timeline.tsx'

type Own = Awaited<ReturnType<Demand['ordersOf']>>
export type OwnOrder = Own['orders'][number] & { mile: OwnMile }

const path = (step: string, token: string): string => `/orders/${step}?token=${encodeURIComponent(token)}`

/** As its owner knows it. */
const spoken = (reach: string): string => (reach.startsWith(BY_TEXT) ? spokenPhone(reach.slice(BY_TEXT.length)) : reach)

/** Where the link is asked for: it goes to the address of the orders, and nowhere else. */
export function OrdersLinkPage({ view, sent, done }: { view: View; sent: Sent; done: boolean }) {
  const title = say(view, { zh: '我的订单', en: 'My orders' })
  return (
    <Layout view={view} title={title} face="shop">
      <div class="slip">
        <Heading
          title={title}
          lead={say(view, {
            zh: '用预订时的邮箱或手机号打开您的全部预订：进展、价格、修改、取消，以及我们保存的信息。',
            en: 'Open everything you have ordered with one address: where it is, what it costs, what can be changed or cancelled, and what we keep of you.',
          })}
        />
        {done ? (
          <Told>
            {say(view, {
              zh: '如果有用此邮箱提交的预订，链接已发出，30 天内有效。没有收到？请查看垃圾邮件。',
              en: 'If anything was ordered with this address, a link is on its way; it holds for 30 days. Nothing came? Look into the spam folder.',
            })}
          </Told>
        ) : null}
        <Refusal view={view} sent={sent} fields={['reach']} />
        <form class="form" method="post" action="/orders/link">
          <Field
            view={view}
            sent={sent}
            name="reach"
            label={{ zh: '预订时的邮箱或手机号', en: 'The e-mail or mobile number you ordered with' }}
            required
            maxLength={254}
            autoComplete="email"
          />
          <button type="submit" class="primary wide">
            {say(view, { zh: '发送链接或验证码', en: 'Send me a link or a code' })}
          </button>
        </form>
      </div>
    </Layout>
  )
}

/** Where the code that went to a telephone is typed. */
export function OrdersCodePage({ view, reach, sent }: { view: View; reach: string; sent: Sent }) {
  const title = say(view, { zh: '输入验证码', en: 'Type the code' })
  return (
    <Layout view={view} title={title} face="shop">
      <div class="slip">
        <Heading
          title={title}
          lead={say(view, {
            zh: `如果有用 ${reach} 提交的预订，短信验证码已发出。`,
            en: `If anything was ordered with ${reach}, a code is on its way to it.`,
          })}
        />
        <Refusal view={view} sent={sent} fields={['code', 'reach']} />
        <form class="form" method="post" action="/orders/code">
          <input type="hidden" name="reach" value={reach} />
          <Field
            view={view}
            sent={sent}
            name="code"
            label={{ zh: '短信验证码', en: 'Code' }}
            required
            maxLength={12}
            autoComplete="one-time-code"
          />
          <button type="submit" class="primary wide">
            {say(view, { zh: '打开我的订单', en: 'Open my orders' })}
          </button>
        </form>
        <p class="hint">
          <a href="/orders">{say(view, { zh: '没有收到？重新获取', en: 'Nothing came? Ask again' })}</a>
        </p>
      </div>
    </Layout>
  )
}

function Order({ view, order }: { view: View; order: OwnOrder }) {
  const { preorder, campaign, card, lot, mile, changes, token } = order
  const { tone, word } = stateOf(view, preorder, lot, mile)
  const colour = (id: string) => say(view, card.colourways.find((each) => each.id === id)?.name ?? { zh: id, en: id })
  return (
    <section class="slip cut">
      <div class="with-thumb">
        <span class="thumb">
          {campaign.takenDownAt ? null : <Picture view={view} pictures={card.front} alt="" sizes="3.5rem" />}
        </span>
        <div>
          <h2>
            <a href={`/preorders/${preorder.id}?token=${encodeURIComponent(token)}`}>{say(view, card.names)}</a>
          </h2>
          <Badge tone={tone}>{word}</Badge>
        </div>
      </div>
      <Facts
        rows={[
          ...preorder.lines.map(
            ({ size, colourway, quantity }) =>
              [`${colour(colourway)} · ${size}`, <span class="num">{units(view, quantity)}</span>] as const,
          ),
          ...priceRows(view, preorder, campaign, lot),
          ...(mile.order ? [[say(view, { zh: '预计送达', en: 'With you by' }), longDay(view, mile.order.promisedAt)] as const] : []), // prettier-ignore
        ]}
      />
      <details class="fold">
        <summary>{say(view, { zh: '进展', en: 'So far' })}</summary>
        <Timeline view={view} story={storyOf(view, preorder, lot, mile, changes)} />
      </details>
      <p>
        <a class="button" href={`/preorders/${preorder.id}?token=${encodeURIComponent(token)}`}>
          {say(view, { zh: '查看、修改或取消', en: 'Look at it, change or cancel it' })}
        </a>
      </p>
    </section>
  )
}

export interface OwnOrdersPageProps {
  view: View
  reach: string
  orders: readonly OwnOrder[]
  token: string
  /** The id of the last one, where there are more. */
  next: string | undefined
}

export function OwnOrdersPage({ view, reach, orders, token, next }: OwnOrdersPageProps) {
  const title = say(view, { zh: '我的订单', en: 'My orders' })
  return (
    <Layout view={view} title={title} face="shop">
      <div class="stack own-orders">
        <Heading title={title} lead={spoken(reach)} />
        {orders.length ? null : <p class="empty">{say(view, { zh: '没有预订。', en: 'There are no orders.' })}</p>}
        {orders.map((order) => (
          <Order view={view} order={order} />
        ))}
        <More view={view} href={next && `${path('mine', token)}&before=${encodeURIComponent(next)}`} />
        <section class="slip">
          <h2>{say(view, { zh: '我们保存的信息', en: 'What we keep of you' })}</h2>
          <p class="small soft">
            {say(view, {
              zh: '您可以下载我们保存的全部内容，或要求删除。',
              en: 'Take away everything we hold on you, or have it erased.',
            })}{' '}
            <a href={PRIVACY_PATH}>{say(view, { zh: '隐私说明', en: 'Privacy notice' })}</a>
          </p>
          <div class="actions">
            <form method="post" action={path('export', token)}>
              <button type="submit" class="second">
                {say(view, { zh: '下载（JSON）', en: 'Take it away (JSON)' })}
              </button>
            </form>
            <a class="button" href={path('erase', token)}>
              {say(view, { zh: '删除…', en: 'Have it erased …' })}
            </a>
          </div>
        </section>
      </div>
    </Layout>
  )
}

interface OwnErasurePageProps {
  view: View
  reach: string
  token: string
  /** What would go and what would stay. */
  preview: Preview | undefined
  done: Erasure | undefined
}

const Stays = ({ view, kept }: { view: View; kept: Preview['kept'] }) =>
  kept.length ? (
    <>
      <h2>{say(view, { zh: '暂时不能删除，以及原因', en: 'What cannot go yet, and why' })}</h2>
      <ul>
        {kept.map(({ why }) => (
          <li>{say(view, why)}</li>
        ))}
      </ul>
    </>
  ) : null

/** What would go, what cannot yet and why; then, once it was done, what went. */
export function OwnErasurePage({ view, reach, token, preview, done }: OwnErasurePageProps) {
  const title = say(view, { zh: '删除我的信息', en: 'Have my data erased' })
  const shown = done ?? preview
  const erased = shown?.erased ?? { preorders: 0, inquiries: 0, letters: 0, accounts: 0 }
  return (
    <Layout view={view} title={title} face="shop">
      <div class="slip">
        <Heading title={title} lead={spoken(reach)} />
        {done ? <Told>{say(view, { zh: '已删除。', en: 'Erased.' })}</Told> : null}
        <Facts
          rows={[
            [
              say(view, { zh: '已结束的预订', en: 'Orders that have ended' }),
              <span class="num">{erased.preorders}</span>,
            ],
            [say(view, { zh: '咨询', en: 'Questions' }), <span class="num">{erased.inquiries}</span>],
            [say(view, { zh: '邮件', en: 'Letters' }), <span class="num">{erased.letters}</span>],
          ]}
        />
        <Stays view={view} kept={shown?.kept ?? []} />
        {done ? null : (
          <form method="post" action={path('erase', token)}>
            <p class="small soft">
              {say(view, {
                zh: '姓名、邮箱、电话和地址会被删除，件数和价格不变。无法撤销。',
                en: 'Name, e-mail, telephone and address go; how much was ordered at which price stays. It cannot be taken back.',
              })}
            </p>
            <button type="submit" class="danger wide">
              {say(view, { zh: '删除', en: 'Erase it' })}
            </button>
          </form>
        )}
        <p class="hint">
          <a href={path('mine', token)}>{say(view, { zh: '返回我的订单', en: 'Back to my orders' })}</a>
        </p>
      </div>
    </Layout>
  )
}
