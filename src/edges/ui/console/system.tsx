/** Pages of whoever runs the installation: accounts and keys, events, parked work, letters. */
import { ROLES, SCOPES } from '../../../core/actor.ts'
import { Layout } from '../layout.tsx'
import { Badge, Field, Heading, More, Refusal, Table, Tick, Time, Told, Values, type Sent } from '../parts.tsx'
import type { Delivery, EventRow } from '../../../db/rows.ts'
import { count, moment, say, type View } from '../view.ts'
import { EVENT, ROLE, SCOPE, who, wordFor, type ActorNames } from '../words.ts'

export interface AccountRow {
  id: string
  email: string
  name: string
  role: string
  createdAt: Date
  disabledAt: Date | null
}
export interface KeyRow {
  id: string
  prefix: string
  name: string
  scopes: readonly string[]
  createdAt: Date
  revokedAt: Date | null
}

export interface AccountsPageProps {
  view: View
  users: readonly AccountRow[]
  keys: readonly KeyRow[]
  account: Sent
  keySent: Sent
  /** A key that was just made: shown this once. */
  issued: string | undefined
  done: string | undefined
}

export function AccountsPage(props: AccountsPageProps) {
  const { view, users, keys, account, keySent, issued, done } = props
  return (
    <Layout view={view} title={say(view, { zh: '账号与密钥', en: 'Accounts and keys' })} face="console">
      <Heading title={say(view, { zh: '账号与密钥', en: 'Accounts and keys' })} />
      {issued ? (
        <div class="secret" role="status">
          <p>
            <strong>
              {say(view, { zh: '请现在保存：密钥只显示这一次。', en: 'Save it now: the key is shown only once.' })}
            </strong>
          </p>
          <code>{issued}</code>
        </div>
      ) : null}
      {done === 'account' ? <Told>{say(view, { zh: '账号已开通。', en: 'The account is made.' })}</Told> : null}
      <section>
        <h2>{say(view, { zh: '账号', en: 'Accounts' })}</h2>
        <Table
          rows={users}
          empty="–"
          columns={[
            { head: say(view, { zh: '姓名', en: 'Name' }), cell: ({ name }) => name },
            { head: say(view, { zh: '邮箱', en: 'E-mail' }), cell: ({ email }) => email },
            { head: say(view, { zh: '角色', en: 'Role' }), cell: ({ role }) => wordFor(view, ROLE, role) },
            {
              head: say(view, { zh: '开通于', en: 'Since' }),
              cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
            },
            {
              head: '',
              cell: ({ disabledAt }) => (disabledAt ? <Badge>{say(view, { zh: '已停用', en: 'Off' })}</Badge> : null),
            },
          ]}
        />
      </section>
      <section class="section">
        <h2>{say(view, { zh: 'API 密钥', en: 'API keys' })}</h2>
        <Table
          rows={keys}
          empty={say(view, { zh: '还没有密钥。', en: 'No keys yet.' })}
          columns={[
            { head: say(view, { zh: '名称', en: 'Name' }), cell: ({ name }) => name },
            {
              head: say(view, { zh: '开头', en: 'Begins' }),
              cell: ({ prefix }) => <span class="mono">{prefix}…</span>,
            },
            {
              head: say(view, { zh: '权限', en: 'May' }),
              cell: ({ scopes }) => scopes.map((scope) => wordFor(view, SCOPE, scope)).join('、'),
            },
            {
              head: say(view, { zh: '创建于', en: 'Made' }),
              cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
            },
            {
              head: '',
              cell: ({ id, revokedAt }) =>
                revokedAt ? (
                  <Badge>{say(view, { zh: '已撤销', en: 'Revoked' })}</Badge>
                ) : (
                  <form method="post" action={`/console/keys/${id}/revoke`}>
                    <button type="submit" class="danger small">
                      {say(view, { zh: '撤销', en: 'Revoke' })}
                    </button>
                  </form>
                ),
            },
          ]}
        />
      </section>
      <div class="two section">
        <form class="form" method="post" action="/console/accounts">
          <h2>{say(view, { zh: '开通账号', en: 'A new account' })}</h2>
          <Refusal view={view} sent={account} fields={['name', 'email', 'password']} />
          <Field view={view} sent={account} name="name" label={{ zh: '姓名', en: 'Name' }} required maxLength={80} />
          <Field view={view} sent={account} name="email" type="email" label={{ zh: '邮箱', en: 'E-mail' }} required />
          <Field
            view={view}
            sent={account}
            name="password"
            type="password"
            label={{ zh: '初始密码', en: 'First password' }}
            hint={{ zh: '至少 10 个字符。', en: 'At least 10 characters.' }}
            required
            minLength={10}
            autoComplete="new-password"
          />
          <div class="fields">
            <Field
              view={view}
              sent={account}
              name="role"
              label={{ zh: '角色', en: 'Role' }}
              options={ROLES.map((value) => ({ value, label: wordFor(view, ROLE, value) }))}
            />
            <Field
              view={view}
              sent={account}
              name="lang"
              label={{ zh: '语言', en: 'Language' }}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </div>
          <button type="submit" class="primary">
            {say(view, { zh: '开通', en: 'Make it' })}
          </button>
        </form>
        <form class="form" method="post" action="/console/keys">
          <h2>{say(view, { zh: '新的 API 密钥', en: 'A new API key' })}</h2>
          <Refusal view={view} sent={keySent} fields={['name', 'scopes']} />
          <Field
            view={view}
            sent={keySent}
            name="name"
            label={{ zh: '用途', en: 'What for' }}
            required
            maxLength={80}
          />
          <fieldset class="ticks">
            <legend>{say(view, { zh: '权限', en: 'May' })}</legend>
            {SCOPES.map((scope) => (
              <Tick
                view={view}
                name="scopes"
                value={scope}
                label={SCOPE[scope] ?? { zh: scope, en: scope }}
                checked={scope === 'read'}
              />
            ))}
          </fieldset>
          {keySent.failure?.extra.field === 'scopes' ? (
            <p class="field-error" role="alert">
              {keySent.failure.say(view.lang)}
            </p>
          ) : null}
          <button type="submit" class="primary">
            {say(view, { zh: '创建', en: 'Make it' })}
          </button>
        </form>
      </div>
    </Layout>
  )
}

export interface EventsPageProps {
  view: View
  events: readonly EventRow[]
  name: string | undefined
  /** All there are, for the filter. */
  kinds: readonly string[]
  names: ActorNames
  more: string | undefined
}

export function EventsPage({ view, events, name, kinds, names, more }: EventsPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '事件', en: 'Events' })} face="console">
      <Heading
        title={say(view, { zh: '事件', en: 'Events' })}
        lead={say(view, {
          zh: '发生过什么、谁做的。只增不改。',
          en: 'What happened and who did it. Only added to, never changed.',
        })}
      >
        <form method="get" action="/console/events" class="row">
          <label>
            <span class="hidden">{say(view, { zh: '事件', en: 'Event' })}</span>
            <select name="name">
              <option value="">{say(view, { zh: '全部', en: 'all' })}</option>
              {kinds.map((each) => (
                <option value={each} selected={each === name}>
                  {wordFor(view, EVENT, each)} · {each}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="second small">
            {say(view, { zh: '查看', en: 'Show' })}
          </button>
        </form>
      </Heading>
      <Table
        rows={events}
        empty={say(view, { zh: '没有事件。', en: 'No events.' })}
        columns={[
          { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
          {
            head: say(view, { zh: '事件', en: 'Event' }),
            cell: (event) => (
              <>
                {wordFor(view, EVENT, event.name)}
                <span class="how mono">{event.name}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '谁', en: 'Who' }),
            cell: ({ actor }) => <span title={actor}>{who(view, actor, names)}</span>,
          },
          { head: say(view, { zh: '内容', en: 'What' }), cell: ({ payload }) => <Values value={payload} /> },
        ]}
      />
      <More view={view} href={more} />
    </Layout>
  )
}

export interface DeliveriesPageProps {
  view: View
  rows: readonly { delivery: Delivery; name: string; payload: Record<string, unknown> }[]
  retried: number | undefined
}

export function DeliveriesPage({ view, rows, retried }: DeliveriesPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '待处理', en: 'Parked work' })} face="console">
      <Heading
        title={say(view, { zh: '搁置的工作', en: 'Parked work' })}
        lead={say(view, {
          zh: '多次尝试仍失败的步骤停在这里，等人看过再试。',
          en: 'Steps that failed too often stop here until somebody has had a look.',
        })}
      />
      {retried === undefined ? null : (
        <Told>{say(view, { zh: `${retried} 项将重新尝试。`, en: `${retried} will be tried again.` })}</Told>
      )}
      <Table
        rows={rows}
        empty={say(view, { zh: '没有搁置的工作。', en: 'Nothing is parked.' })}
        columns={[
          { head: say(view, { zh: '事件', en: 'Event' }), cell: ({ name }) => <span class="mono">{name}</span> },
          {
            head: say(view, { zh: '步骤', en: 'Step' }),
            cell: ({ delivery }) => <span class="mono">{delivery.listener}</span>,
          },
          {
            head: say(view, { zh: '次数', en: 'Tries' }),
            number: true,
            cell: ({ delivery }) => count(view, delivery.attempts),
          },
          {
            head: say(view, { zh: '最后的错误', en: 'Last error' }),
            cell: ({ delivery, payload }) => (
              <details class="small">
                <summary>{(delivery.lastError ?? '').split('\n')[0]}</summary>
                <pre>{delivery.lastError}</pre>
                <Values value={payload} />
              </details>
            ),
          },
          {
            head: '',
            cell: ({ delivery }) => (
              <form method="post" action="/console/deliveries/retry">
                <input type="hidden" name="ids" value={delivery.id} />
                <button type="submit" class="primary small">
                  {say(view, { zh: '再试一次', en: 'Try again' })}
                </button>
              </form>
            ),
          },
        ]}
      />
      {rows.length > 1 ? (
        <form method="post" action="/console/deliveries/retry" class="section">
          {rows.map(({ delivery }) => (
            <input type="hidden" name="ids" value={delivery.id} />
          ))}
          <button type="submit" class="second">
            {say(view, { zh: '全部再试', en: 'Try all of them again' })}
          </button>
        </form>
      ) : null}
    </Layout>
  )
}

export interface LetterRow {
  id: string
  to: string
  subject: string
  date: string
  text: string
}

/** A letter's text with its own links to follow, and nothing else made of it. */
function LetterText({ text, baseUrl }: { text: string; baseUrl: string }) {
  const pieces = text.split(/(https?:\/\/\S+)/)
  return <pre>{pieces.map((piece) => (piece.startsWith(`${baseUrl}/`) ? <a href={piece}>{piece}</a> : piece))}</pre>
}

export function MailPage({
  view,
  letters,
  baseUrl,
}: {
  view: View
  letters: readonly LetterRow[] | undefined
  baseUrl: string
}) {
  return (
    <Layout view={view} title={say(view, { zh: '信件', en: 'Letters' })} face="console">
      <Heading
        title={say(view, { zh: '信件', en: 'Letters' })}
        lead={say(view, {
          zh: '没有配置邮件服务器时，信件存为文件，可以在这里查看。',
          en: 'Without a mail server letters are kept as files; they can be read here.',
        })}
      />
      {letters === undefined ? (
        <p class="empty">
          {say(view, {
            zh: '信件由邮件服务器发送，这里没有副本。',
            en: 'Letters go out by the mail server; there are no copies here.',
          })}
        </p>
      ) : letters.length ? (
        <div class="stack">
          {letters.map(({ to, subject, date, text }) => (
            <article class="letter">
              <p class="small soft">
                {to} · {Number.isNaN(Date.parse(date)) ? date : moment(view, new Date(date))}
              </p>
              <h2>{subject}</h2>
              <LetterText text={text} baseUrl={baseUrl} />
            </article>
          ))}
        </div>
      ) : (
        <p class="empty">{say(view, { zh: '还没有信件。', en: 'No letters yet.' })}</p>
      )}
    </Layout>
  )
}
