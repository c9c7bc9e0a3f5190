/** Shops that sell in our pools: who they are, what they get, what they sold. */
import type { Currency, Localized } from '../../../core/values.ts'
import { PARTNER_KINDS, type PartnerView } from '../../../stages/5-demand/partners/model.ts'
import type { Statement } from '../../../stages/5-demand/partners/statement.ts'
import { Proved } from '../account/own.tsx'
import { Layout } from '../layout.tsx'
import {
  Badge,
  Facts,
  Field,
  Heading,
  More,
  NOTHING_SENT,
  Outcome,
  Refusal,
  Table,
  Tick,
  Time,
  type Outcomes,
  type Sent,
} from '../parts.tsx'
import { count, money, price, say, type View } from '../view.ts'
import { PARTNER_KIND, wordFor } from '../words.ts'

const FIELDS = ['name', 'kind', 'contactName', 'contactEmail', 'commission', 'trusted']

/** A key that was just made: shown this once. */
const Issued = ({ view, issued }: { view: View; issued: string | undefined }) =>
  issued ? (
    <div class="secret" role="status">
      <p>
        <strong>
          {say(view, {
            zh: '请现在交给合作方保存：密钥只显示这一次。',
            en: 'Hand it to the partner now: the key is shown only once.',
          })}
        </strong>
      </p>
      <code>{issued}</code>
    </div>
  ) : null

const StateBadge = ({ view, partner }: { view: View; partner: PartnerView }) =>
  partner.stoppedAt ? (
    <Badge tone="warn">{say(view, { zh: '已停用', en: 'Stopped' })}</Badge>
  ) : (
    <Badge tone="good">{say(view, { zh: '合作中', en: 'Sells' })}</Badge>
  )

function PartnerFields({ view, sent, partner }: { view: View; sent: Sent; partner?: PartnerView }) {
  return (
    <>
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="name"
          label={{ zh: '名称', en: 'Name' }}
          value={partner?.name}
          required
          maxLength={80}
        />
        <Field
          view={view}
          sent={sent}
          name="kind"
          label={{ zh: '类型', en: 'Kind' }}
          value={partner?.kind}
          options={PARTNER_KINDS.map((value) => ({ value, label: wordFor(view, PARTNER_KIND, value) }))}
        />
        <Field
          view={view}
          sent={sent}
          name="contactName"
          label={{ zh: '联系人', en: 'Contact' }}
          value={partner?.contactName ?? ''}
          maxLength={120}
        />
        <Field
          view={view}
          sent={sent}
          name="contactEmail"
          type="email"
          label={{ zh: '联系邮箱', en: 'E-mail of the contact' }}
          value={partner?.contactEmail ?? ''}
          required
          maxLength={254}
        />
        <Field
          view={view}
          sent={sent}
          name="commission"
          type="number"
          label={{ zh: '佣金', en: 'Commission' }}
          hint={{
            zh: '占成交单价的百分比，从毛利中支付；只对此后的预订生效。',
            en: 'Of the price that everybody pays, out of the house’s margin; for what is ordered from now on.',
          }}
          value={partner?.commission ?? 0}
          min={0}
          max={60}
          step={0.01}
          suffix="%"
          required
        />
      </div>
      <Tick
        view={view}
        name="trusted"
        checked={sent.failure ? sent.values['trusted'] !== undefined : (partner?.trusted ?? false)}
        label={{
          zh: '由其核实买家：在“由可信方核实”的预售中，它用密钥提交的预订立即计入',
          en: 'Vouches for its buyers: where a campaign is verified by whom the house trusts, orders by its key count at once',
        }}
      />
    </>
  )
}

export interface PartnersPageProps {
  view: View
  partners: readonly PartnerView[]
  more: string | undefined
  mayAct: boolean
  sent: Sent
}

export function PartnersPage({ view, partners, more, mayAct, sent }: PartnersPageProps) {
  const title = say(view, { zh: '合作方', en: 'Partners' })
  return (
    <Layout view={view} title={title} face="console">
      <Heading
        title={title}
        lead={say(view, {
          zh: '渠道、连锁牵头人和团购组织者：各用自己的链接或密钥，把预订带进同一个拼单。',
          en: 'Channels, leaders of chains and group buyers: each brings orders into the same pools, by its own links or its own key.',
        })}
      />
      <Table
        rows={partners}
        empty={say(view, { zh: '还没有合作方。', en: 'No partners yet.' })}
        columns={[
          {
            head: say(view, { zh: '名称', en: 'Name' }),
            cell: ({ id, name }) => <a href={`/console/partners/${id}`}>{name}</a>,
          },
          { head: say(view, { zh: '类型', en: 'Kind' }), cell: ({ kind }) => wordFor(view, PARTNER_KIND, kind) },
          { head: say(view, { zh: '合作码', en: 'Code' }), cell: ({ code }) => <span class="mono">{code}</span> },
          {
            head: say(view, { zh: '佣金', en: 'Commission' }),
            number: true,
            cell: ({ commission }) => `${count(view, commission, 2)} %`,
          },
          {
            head: say(view, { zh: '专属条件', en: 'Agreements' }),
            number: true,
            cell: ({ agreements }) => count(view, agreements.length),
          },
          { head: say(view, { zh: '状态', en: 'State' }), cell: (row) => <StateBadge view={view} partner={row} /> },
          {
            head: say(view, { zh: '开通于', en: 'Since' }),
            cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
          },
        ]}
      />
      <More view={view} href={more} />
      {mayAct ? (
        <Proved view={view} what={{ zh: '开通合作方', en: 'New partners' }}>
          <form class="form section" method="post" action="/console/partners">
            <h2>{say(view, { zh: '开通合作方', en: 'A new partner' })}</h2>
            <Refusal view={view} sent={sent} fields={FIELDS} />
            <PartnerFields view={view} sent={sent} />
            <button type="submit" class="primary">
              {say(view, { zh: '开通', en: 'Make it' })}
            </button>
          </form>
        </Proved>
      ) : null}
    </Layout>
  )
}

/** A campaign that it can sell now, with its links there. */
export interface SellsIn {
  campaignId: string
  style: string
  name: Localized
  currency: Currency
  link: string
  pool: string
}

export interface PartnerPageProps {
  view: View
  partner: PartnerView
  statement: Statement
  campaigns: readonly SellsIn[]
  issued?: string | undefined
  mayAct: boolean
  /** What was typed into the form of its own data and refused. */
  sent: Sent
  /** The same of the form of its terms. */
  termsSent: Sent
  done: string | undefined
}

const DONE: Outcomes = {
  changed: { zh: '已保存。', en: 'Saved.' },
  stopped: {
    zh: '已停用：其密钥和链接不再带来预订，已有的预订不受影响。',
    en: 'Stopped: its key and its links bring nothing any more. What it sold stays.',
  },
  resumed: { zh: '已恢复合作。', en: 'It sells again.' },
  terms: { zh: '条件已更改，对此后的预订生效。', en: 'Agreed, for what is ordered from now on.' },
}

/** What it gets in a campaign, in a few words. */
function termsIn(view: View, { agreements, commission }: PartnerView, { campaignId, currency }: SellsIn): string {
  const own = agreements.find((each) => each.campaignId === campaignId)
  if (own?.price != null)
    return say(view, {
      zh: `专属单价 ${price(view, own.price, currency)}`,
      en: `its own price, ${price(view, own.price, currency)}`,
    })
  return `${count(view, own?.commission ?? commission, 2)} %`
}

const Links = ({ view, partner, campaigns }: Pick<PartnerPageProps, 'view' | 'partner' | 'campaigns'>) => (
  <Table
    rows={campaigns}
    empty={say(view, { zh: '目前没有在售的预售。', en: 'Nothing is on sale just now.' })}
    columns={[
      {
        head: say(view, { zh: '款式', en: 'Style' }),
        cell: (row) => (
          <>
            <a href={`/console/campaigns/${row.campaignId}`}>{say(view, row.name)}</a>
            <span class="how">{row.style}</span>
          </>
        ),
      },
      {
        head: say(view, { zh: '推广链接', en: 'Its links' }),
        cell: ({ link, pool }) => (
          <>
            <code class="mono break">{link}</code>
            <span class="how">
              {say(view, { zh: '拼单页：', en: 'Pool: ' })}
              <code class="mono break">{pool}</code>
            </span>
          </>
        ),
      },
      { head: say(view, { zh: '条件', en: 'It gets' }), cell: (row) => termsIn(view, partner, row) },
    ]}
  />
)

export function StatementTable({ view, statement }: { view: View; statement: Statement }) {
  const forHouse = statement.rows.some(({ margin }) => margin)
  return (
    <>
      <Table
        rows={statement.rows}
        empty={say(view, { zh: '还没有带来预订。', en: 'It has brought no orders yet.' })}
        columns={[
          {
            head: say(view, { zh: '款式', en: 'Style' }),
            cell: (row) => (
              <>
                {say(view, row.name)}
                <span class="how">
                  {row.style}
                  {row.lot === null ? '' : say(view, { zh: ` · 第 ${row.lot} 批`, en: ` · lot ${row.lot}` })}
                </span>
              </>
            ),
          },
          {
            head: say(view, { zh: '条件', en: 'Terms' }),
            cell: (row) =>
              row.price === null ? `${count(view, row.commission ?? 0, 2)} %` : price(view, row.price, row.currency),
          },
          { head: say(view, { zh: '有效预订', en: 'Orders' }), number: true, cell: (row) => count(view, row.orders) },
          {
            head: say(view, { zh: '收集中', en: 'Gathering' }),
            number: true,
            cell: ({ pieces }) => count(view, pieces.confirmed),
          },
          {
            head: say(view, { zh: '生产中', en: 'Being made' }),
            number: true,
            cell: ({ pieces }) => count(view, pieces.inLot),
          },
          {
            head: say(view, { zh: '已签收', en: 'Received' }),
            number: true,
            cell: ({ pieces }) => count(view, pieces.fulfilled),
          },
          {
            head: say(view, { zh: '取消 / 释放', en: 'Cancelled, released' }),
            number: true,
            cell: ({ pieces }) => `${count(view, pieces.cancelled)} / ${count(view, pieces.released)}`,
          },
          {
            head: say(view, { zh: '每件分成', en: 'Share of one' }),
            number: true,
            cell: (row) => (row.share === null ? '–' : money(view, row.share, row.currency)),
          },
          ...(forHouse
            ? [
                {
                  head: say(view, { zh: '每件毛利（分成后）', en: 'Margin of one (left)' }),
                  number: true,
                  cell: (row: Statement['rows'][number]) =>
                    row.margin
                      ? `${money(view, row.margin.unit, row.currency)} (${money(view, row.margin.left, row.currency)})`
                      : '–',
                },
              ]
            : []),
          {
            head: say(view, { zh: '预计', en: 'To be earned' }),
            number: true,
            cell: (row) => money(view, row.expected, row.currency),
          },
          {
            head: say(view, { zh: '已得', en: 'Earned' }),
            number: true,
            cell: (row) => money(view, row.earned, row.currency),
          },
        ]}
      />
      {statement.totals.map((all) => (
        <p>
          {say(view, {
            zh: `合计 ${count(view, all.orders)} 笔有效预订、${count(view, all.pieces)} 件；已得 ${money(view, all.earned, all.currency)}，预计另得 ${money(view, all.expected, all.currency)}。取消和释放的不计分成；买家签收后才算已得。`,
            en: `${count(view, all.orders)} orders that stand, ${count(view, all.pieces)} pieces: ${money(view, all.earned, all.currency)} earned, ${money(view, all.expected, all.currency)} more expected. What was cancelled or released earns nothing; the rest is earned when its buyers have it.`,
          })}
        </p>
      ))}
    </>
  )
}

/** What may be done with it. */
function Steering({ view, partner, campaigns, sent, termsSent }: PartnerPageProps) {
  const at = `/console/partners/${partner.id}`
  return (
    <div class="two section">
      <form class="form" method="post" action={at}>
        <h2>{say(view, { zh: '修改', en: 'Change it' })}</h2>
        <Refusal view={view} sent={sent} fields={FIELDS} />
        <PartnerFields view={view} sent={sent} partner={partner} />
        <button type="submit" class="primary">
          {say(view, { zh: '保存', en: 'Save' })}
        </button>
      </form>
      <div class="stack">
        {campaigns.length ? (
          <form class="form" method="post" action={`${at}/terms`}>
            <h2>{say(view, { zh: '某一预售的条件', en: 'Terms in one campaign' })}</h2>
            <p class="section-note">
              {say(view, {
                zh: '佣金或专属单价二选一；都不填则沿用通用佣金。有专属单价时，成交单价高出的部分归合作方；不会低于该批的底价。',
                en: 'A commission or a price of its own; with neither, what it gets everywhere. With a price of its own the partner gets what the pool’s price is above it, and never below the floor of a lot.',
              })}
            </p>
            <Refusal view={view} sent={termsSent} fields={['campaignId', 'commission', 'price']} />
            <Field
              view={view}
              sent={termsSent}
              name="campaignId"
              label={{ zh: '预售', en: 'Campaign' }}
              options={campaigns.map(({ campaignId, style, name }) => ({
                value: campaignId,
                label: `${style} · ${say(view, name)}`,
              }))}
            />
            <div class="fields">
              <Field
                view={view}
                sent={termsSent}
                name="commission"
                type="number"
                label={{ zh: '佣金', en: 'Commission' }}
                min={0}
                max={60}
                step={0.01}
                suffix="%"
              />
              <Field
                view={view}
                sent={termsSent}
                name="price"
                type="number"
                label={{ zh: '专属单价', en: 'A price of its own' }}
                min={0.01}
                step={0.01}
              />
            </div>
            <button type="submit" class="second">
              {say(view, { zh: '约定', en: 'Agree' })}
            </button>
          </form>
        ) : null}
        <div class="row">
          <form method="post" action={`${at}/${partner.stoppedAt ? 'resume' : 'stop'}`}>
            <button type="submit" class={partner.stoppedAt ? 'second' : 'danger'}>
              {partner.stoppedAt
                ? say(view, { zh: '恢复合作', en: 'Let it sell again' })
                : say(view, { zh: '停用', en: 'Stop it' })}
            </button>
          </form>
          <Proved view={view} what={{ zh: '更换密钥', en: 'A new key' }}>
            <form method="post" action={`${at}/key`}>
              <button type="submit" class="second">
                {say(view, { zh: '更换密钥（旧密钥立即失效）', en: 'A new key (the old one stops at once)' })}
              </button>
            </form>
          </Proved>
        </div>
      </div>
    </div>
  )
}

export function PartnerPage(props: PartnerPageProps) {
  const { view, partner, statement, issued, mayAct, done } = props
  return (
    <Layout view={view} title={partner.name} face="console">
      <Heading
        title={partner.name}
        eyebrow={
          <>
            <a href="/console/partners">{say(view, { zh: '合作方', en: 'Partners' })}</a> ·{' '}
            {wordFor(view, PARTNER_KIND, partner.kind)}
          </>
        }
      >
        <StateBadge view={view} partner={partner} />
      </Heading>
      <Issued view={view} issued={issued} />
      <Outcome view={view} done={done} words={DONE} />
      <Facts
        rows={[
          [
            say(view, { zh: '联系人', en: 'Contact' }),
            partner.contactEmail === null ? (
              <span class="soft">{say(view, { zh: '无权查看', en: 'not shown to your role' })}</span>
            ) : (
              [partner.contactName, partner.contactEmail].filter(Boolean).join(' · ')
            ),
          ],
          [say(view, { zh: '合作码', en: 'Code of its links' }), <span class="mono">{partner.code}</span>],
          [
            say(view, { zh: '密钥', en: 'Key' }),
            <>
              <span class="mono">{partner.keyPrefix}…</span> <Time view={view} at={partner.keyMadeAt} />
            </>,
          ],
          [say(view, { zh: '通用佣金', en: 'Commission' }), `${count(view, partner.commission, 2)} %`],
          [
            say(view, { zh: '由其核实买家', en: 'Vouches for its buyers' }),
            partner.trusted ? say(view, { zh: '是', en: 'yes' }) : say(view, { zh: '否', en: 'no' }),
          ],
        ]}
      />
      <section class="section">
        <h2>{say(view, { zh: '推广链接', en: 'Its links' })}</h2>
        <Links {...props} />
      </section>
      <section class="section" id="statement">
        <h2>{say(view, { zh: '对账单', en: 'Statement' })}</h2>
        <StatementTable view={view} statement={statement} />
        {statement.rows.length ? (
          <p>
            <a class="button small" href={`/console/partners/${partner.id}/statement.csv`}>
              {say(view, { zh: '下载 CSV', en: 'As CSV' })}
            </a>
          </p>
        ) : null}
      </section>
      {mayAct ? <Steering {...props} /> : null}
    </Layout>
  )
}

export const NO_FORMS = { sent: NOTHING_SENT, termsSent: NOTHING_SENT }
