import { CATEGORIES, CATEGORY_NAMES } from '../../../garments/index.ts'
import { CURRENCIES } from '../../../core/values.ts'
import { Proved } from '../account/own.tsx'
import { Layout } from '../layout.tsx'
import {
  Badge,
  Facts,
  Field,
  Heading,
  More,
  Refusal,
  Table,
  Tick,
  Time,
  Told,
  type Sent,
  type Tone,
} from '../parts.tsx'
import type { Attempt, Factory, Message, ProductionOrder } from '../../../db/rows.ts'
import { count, say, units, type View } from '../view.ts'
import { FACTORY_STATE, wordFor } from '../words.ts'
import { categoryName } from '../shop/list.tsx'
import { MessageBadge, OrderBadge } from './orders.tsx'

const TONES: Record<Factory['state'], Tone> = { invited: 'warn', active: 'good', paused: 'plain', disabled: 'bad' }
export const FactoryBadge = ({ view, factory }: { view: View; factory: Factory }) => (
  <Badge tone={TONES[factory.state]}>{wordFor(view, FACTORY_STATE, factory.state)}</Badge>
)

/** What is shown once and stored nowhere in the clear. */
export interface Issued {
  secret?: string | undefined
  portalLink?: string | undefined
  until?: Date | undefined
}

export function IssuedBox({ view, issued }: { view: View; issued: Issued }) {
  return (
    <div class="secret" role="status">
      <p>
        <strong>
          {say(view, { zh: '请现在保存：以下内容只显示这一次。', en: 'Save this now: it is shown only once.' })}
        </strong>
      </p>
      {issued.secret ? (
        <>
          <p class="small">{say(view, { zh: 'Webhook 签名密钥', en: 'Webhook signing secret' })}</p>
          <code>{issued.secret}</code>
        </>
      ) : null}
      {issued.until ? (
        <p class="small soft">
          {say(view, { zh: '旧密钥并行有效至 ', en: 'The old secret signs beside it until ' })}
          <Time view={view} at={issued.until} />
        </p>
      ) : null}
      {issued.portalLink ? (
        <>
          <p class="small">{say(view, { zh: '工厂端邀请链接', en: 'Invitation link to the factory’s portal' })}</p>
          <code>{issued.portalLink}</code>
        </>
      ) : null}
    </div>
  )
}

export interface FactoriesPageProps {
  view: View
  factories: readonly Factory[]
  more: string | undefined
  mayAct: boolean
  sent: Sent
  ticked: ReadonlySet<string>
}

export function FactoriesPage({ view, factories, more, mayAct, sent, ticked }: FactoriesPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '工厂', en: 'Factories' })} face="console">
      <Heading title={say(view, { zh: '工厂', en: 'Factories' })} />
      <Table
        rows={factories}
        empty={say(view, { zh: '还没有登记工厂。', en: 'No factory is registered yet.' })}
        columns={[
          {
            head: say(view, { zh: '工厂', en: 'Factory' }),
            cell: (factory) => (
              <>
                <a href={`/console/factories/${factory.id}`}>{factory.name}</a>
                <span class="how">{factory.country}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: (factory) => <FactoryBadge view={view} factory={factory} />,
          },
          {
            head: say(view, { zh: '品类', en: 'Makes' }),
            cell: ({ categories }) => categories.map((each) => categoryName(view, each)).join('、'),
          },
          { head: say(view, { zh: '起订量', en: 'MOQ' }), number: true, cell: ({ moq }) => count(view, moq) },
          {
            head: say(view, { zh: '周产能', en: 'A week' }),
            number: true,
            cell: ({ weeklyCapacity }) => count(view, weeklyCapacity),
          },
          { head: say(view, { zh: '交期（天）', en: 'Lead days' }), number: true, cell: ({ leadDays }) => leadDays },
          {
            head: say(view, { zh: '接单方式', en: 'Takes orders by' }),
            cell: ({ endpoint }) => (endpoint ? 'Webhook' : say(view, { zh: '工厂端', en: 'Portal' })),
          },
        ]}
      />
      <More view={view} href={more} />
      {mayAct ? (
        <section class="section">
          <Proved view={view} what={{ zh: '登记工厂', en: 'Register a factory' }}>
            <h2>{say(view, { zh: '登记工厂', en: 'Register a factory' })}</h2>
            <form class="form" method="post" action="/console/factories">
              <Refusal
                view={view}
                sent={sent}
                fields={[
                  'name',
                  'country',
                  'contactEmail',
                  'endpoint',
                  'moq',
                  'maxUnits',
                  'weeklyCapacity',
                  'leadDays',
                  'address',
                ]}
              />
              <div class="fields">
                <Field
                  view={view}
                  sent={sent}
                  name="name"
                  label={{ zh: '名称', en: 'Name' }}
                  required
                  maxLength={200}
                />
                <Field
                  view={view}
                  sent={sent}
                  name="country"
                  label={{ zh: '国家或地区', en: 'Country' }}
                  value="CN"
                  required
                />
                <Field
                  view={view}
                  sent={sent}
                  name="contactEmail"
                  type="email"
                  label={{ zh: '联系邮箱', en: 'E-mail' }}
                />
                <Field
                  view={view}
                  sent={sent}
                  name="lang"
                  label={{ zh: '语言', en: 'Language' }}
                  options={[
                    { value: 'zh', label: '中文' },
                    { value: 'en', label: 'English' },
                  ]}
                />
                <Field
                  view={view}
                  sent={sent}
                  name="moq"
                  type="number"
                  label={{ zh: '起订量', en: 'MOQ' }}
                  value={30}
                  min={1}
                  required
                />
                <Field
                  view={view}
                  sent={sent}
                  name="maxUnits"
                  type="number"
                  label={{ zh: '单次最多', en: 'Most in one order' }}
                  value={5000}
                  min={1}
                  required
                />
                <Field
                  view={view}
                  sent={sent}
                  name="weeklyCapacity"
                  type="number"
                  label={{ zh: '周产能', en: 'Units a week' }}
                  value={500}
                  min={0}
                  required
                />
                <Field
                  view={view}
                  sent={sent}
                  name="leadDays"
                  type="number"
                  label={{ zh: '交期（天）', en: 'Lead time, days' }}
                  value={14}
                  min={1}
                  required
                />
                <Field
                  view={view}
                  sent={sent}
                  name="complianceClass"
                  label={{ zh: '安全类别', en: 'Safety class' }}
                  value="B"
                  options={['A', 'B', 'C'].map((value) => ({ value, label: `GB 18401 ${value}` }))}
                />
                <Field
                  view={view}
                  sent={sent}
                  name="currency"
                  label={{ zh: '币种', en: 'Currency' }}
                  options={CURRENCIES.map((value) => ({ value, label: value }))}
                />
              </div>
              <Field view={view} sent={sent} name="address" label={{ zh: '地址', en: 'Address' }} maxLength={400} />
              <Field
                view={view}
                sent={sent}
                name="endpoint"
                type="url"
                label={{ zh: 'Webhook 接收地址', en: 'Webhook endpoint' }}
                hint={{
                  zh: '有自己的系统就填写；没有则留空，工厂用链接在手机上接单。',
                  en: 'For a factory with a system of its own. Without one it takes orders on its phone, by a link.',
                }}
              />
              <fieldset class="ticks">
                <legend>{say(view, { zh: '能做的品类', en: 'What it makes' })}</legend>
                {CATEGORIES.map((category) => (
                  <Tick
                    view={view}
                    name="categories"
                    value={category}
                    label={CATEGORY_NAMES[category]}
                    checked={ticked.has(category)}
                  />
                ))}
              </fieldset>
              <button type="submit" class="primary">
                {say(view, { zh: '登记', en: 'Register' })}
              </button>
            </form>
          </Proved>
        </section>
      ) : null}
    </Layout>
  )
}

export interface FactoryPageProps {
  view: View
  factory: Factory
  orders: readonly ProductionOrder[]
  messages: readonly { message: Message; attempts: readonly Attempt[] }[]
  issued: Issued | undefined
  mayAct: boolean
  /** Earlier secrets still sign. */
  rotating: boolean
  sent: Sent
  done: string | undefined
}

export function FactoryPage({
  view,
  factory,
  orders,
  messages,
  issued,
  mayAct,
  rotating,
  sent,
  done,
}: FactoryPageProps) {
  const act = (path: string, label: { zh: string; en: string }, kind = 'second small') => (
    <form method="post" action={`/console/factories/${factory.id}/${path}`}>
      <button type="submit" class={kind}>
        {say(view, label)}
      </button>
    </form>
  )
  return (
    <Layout view={view} title={factory.name} face="console">
      <Heading
        title={factory.name}
        eyebrow={<a href="/console/factories">{say(view, { zh: '工厂', en: 'Factories' })}</a>}
      >
        <FactoryBadge view={view} factory={factory} />
      </Heading>
      {issued ? <IssuedBox view={view} issued={issued} /> : null}
      {done === 'ping' ? (
        <Told>
          {say(view, {
            zh: '接收地址已正确应答，工厂可以接单了。',
            en: 'The endpoint answered; the factory can take orders.',
          })}
        </Told>
      ) : null}
      <Refusal view={view} sent={sent} />
      <div class="two">
        <Facts
          rows={[
            [say(view, { zh: '国家或地区', en: 'Country' }), factory.country],
            [say(view, { zh: '地址', en: 'Address' }), factory.address ?? '–'],
            [say(view, { zh: '邮箱', en: 'E-mail' }), factory.contactEmail ?? '–'],
            [
              say(view, { zh: '品类', en: 'Makes' }),
              factory.categories.map((each) => categoryName(view, each)).join('、'),
            ],
            [
              say(view, { zh: '起订量 / 单次最多', en: 'MOQ / most' }),
              `${count(view, factory.moq)} / ${count(view, factory.maxUnits)}`,
            ],
            [say(view, { zh: '周产能', en: 'Units a week' }), count(view, factory.weeklyCapacity)],
            [
              say(view, { zh: '交期', en: 'Lead time' }),
              say(view, { zh: `${factory.leadDays} 天`, en: `${factory.leadDays} days` }),
            ],
            [say(view, { zh: '安全类别', en: 'Safety class' }), `GB 18401 ${factory.complianceClass}`],
            [
              say(view, { zh: '接收地址', en: 'Endpoint' }),
              <span class="mono">{factory.endpoint ?? say(view, { zh: '工厂端', en: 'portal' })}</span>,
            ],
            [say(view, { zh: '验证于', en: 'Verified' }), <Time view={view} at={factory.verifiedAt} />],
          ]}
        />
        {mayAct ? (
          <div class="stack">
            <h2>{say(view, { zh: '操作', en: 'What to do' })}</h2>
            <div class="actions">
              {factory.endpoint
                ? act('ping', { zh: '发送测试消息', en: 'Send a test message' }, 'primary small')
                : null}
              {factory.state === 'active' ? act('pause', { zh: '暂停接单', en: 'Pause' }) : null}
              {factory.state === 'paused' ? act('resume', { zh: '恢复接单', en: 'Resume' }) : null}
              {act('rotate-secret', { zh: '更换签名密钥', en: 'New signing secret' })}
              {act('replace-secret', { zh: '密钥泄露，立即更换', en: 'Secret leaked: replace now' })}
              {rotating ? act('revoke-old-secrets', { zh: '立即停用旧密钥', en: 'End the old secrets now' }) : null}
              {act('rotate-portal', { zh: '重新签发邀请链接', en: 'New invitation link' })}
            </div>
            <p class="small soft">
              {say(view, {
                zh: '更换密钥后，旧密钥会并行签名一段时间；“立即更换”和“立即停用”后旧密钥马上失效。重新签发邀请链接后，旧链接立即失效。',
                en: 'With a new secret the old one goes on signing for a while; “replace now” and “end now” stop it at once. An old invitation link stops working at once.',
              })}
            </p>
          </div>
        ) : null}
      </div>
      <section class="section">
        <h2>{say(view, { zh: '生产单', en: 'Production orders' })}</h2>
        <Table
          rows={orders}
          empty={say(view, { zh: '还没有生产单。', en: 'No orders yet.' })}
          columns={[
            {
              head: say(view, { zh: '单号', en: 'Number' }),
              cell: (order) => <a href={`/console/orders/${order.id}`}>{order.number}</a>,
            },
            { head: say(view, { zh: '状态', en: 'State' }), cell: (order) => <OrderBadge view={view} order={order} /> },
            { head: say(view, { zh: '件数', en: 'Units' }), number: true, cell: (order) => units(view, order.units) },
          ]}
        />
      </section>
      <section class="section">
        <h2>{say(view, { zh: '消息', en: 'Messages' })}</h2>
        <Table
          rows={messages}
          empty={say(view, { zh: '还没有消息。', en: 'No messages yet.' })}
          columns={[
            {
              head: say(view, { zh: '时间', en: 'When' }),
              cell: ({ message }) => <Time view={view} at={message.createdAt} />,
            },
            {
              head: say(view, { zh: '类型', en: 'Type' }),
              cell: ({ message }) => <span class="mono">{message.type}</span>,
            },
            {
              head: say(view, { zh: '状态', en: 'State' }),
              cell: ({ message }) => <MessageBadge view={view} state={message.state} />,
            },
            {
              head: say(view, { zh: '最近一次', en: 'Last attempt' }),
              cell: ({ attempts }) => {
                const last = attempts.at(-1)
                return last ? `${last.status ?? ''} ${last.error ?? ''}`.trim() : '–'
              },
            },
            {
              head: '',
              cell: ({ message }) =>
                mayAct ? act(`messages/${message.id}/replay`, { zh: '重新发送', en: 'Send again' }) : null,
            },
          ]}
        />
      </section>
    </Layout>
  )
}
