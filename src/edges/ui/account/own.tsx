/** One's own account: password, second factor, where one is signed in. */
import type { ComponentChildren } from 'preact'
import type { Localized } from '../../../core/values.ts'
import type { OfferedFactor } from '../../../stages/0-house/identity/second-factor.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, Refusal, Table, Time, Told, type Sent } from '../parts.tsx'
import { count, say, type View } from '../view.ts'
import { ROLE, wordFor } from '../words.ts'
import { NewPassword } from './new-password.tsx'

export interface SessionRow {
  id: string
  createdAt: Date
  lastSeenAt: Date
  agent: string | null
  network: string | null
  here: boolean
}

export interface OwnAccountPageProps {
  view: View
  account: { email: string; name: string; role: string; secondFactor: boolean; codesLeft: number }
  sessions: readonly SessionRow[]
  sent: Sent
  /** Recovery codes that were just made: shown this once. */
  codes: readonly string[] | undefined
  done: string | undefined
}

const DONE = new Map<string, Localized>([
  ['password', { zh: '密码已更改，其他设备上的登录已失效。', en: 'The password is changed. You are signed out everywhere else.' }], // prettier-ignore
  ['factor-on', { zh: '两步验证已开启。', en: 'The second factor is on.' }],
  ['factor-off', { zh: '两步验证已关闭。', en: 'The second factor is off.' }],
  ['ended', { zh: '登录已结束。', en: 'Signed out there.' }],
])

function Codes({ view, codes }: { view: View; codes: readonly string[] }) {
  return (
    <div class="secret" role="status">
      <p>
        <strong>
          {say(view, {
            zh: '请现在保存这些恢复码：只显示这一次，每个只能用一次。手机不在身边时用它登录。',
            en: 'Save these recovery codes now: they are shown only once, and each works once. They let you in without your phone.',
          })}
        </strong>
      </p>
      <pre>{codes.join('\n')}</pre>
    </div>
  )
}

function Press({
  view,
  action,
  label,
  look = 'second small',
}: {
  view: View
  action: string
  label: Localized
  look?: string
}) {
  return (
    <form method="post" action={action}>
      <button type="submit" class={look}>
        {say(view, label)}
      </button>
    </form>
  )
}

export function OwnAccountPage({ view, account, sessions, sent, codes, done }: OwnAccountPageProps) {
  const told = done === undefined ? undefined : DONE.get(done)
  return (
    <Layout view={view} title={say(view, { zh: '我的账号', en: 'My account' })} face="console">
      <Heading title={say(view, { zh: '我的账号', en: 'My account' })} lead={account.name} />
      {told ? <Told>{say(view, told)}</Told> : null}
      {codes ? <Codes view={view} codes={codes} /> : null}
      <Refusal view={view} sent={sent} fields={['current', 'password']} />
      <div class="two section">
        <div class="stack">
          <Facts
            rows={[
              [say(view, { zh: '邮箱', en: 'E-mail' }), account.email],
              [say(view, { zh: '角色', en: 'Role' }), wordFor(view, ROLE, account.role)],
            ]}
          />
          <h2>{say(view, { zh: '两步验证', en: 'Second factor' })}</h2>
          {account.secondFactor ? (
            <>
              <p>
                {say(view, {
                  zh: `已开启。剩余 ${account.codesLeft} 个恢复码。`,
                  en: `It is on. ${count(view, account.codesLeft)} recovery ${account.codesLeft === 1 ? 'code is' : 'codes are'} left.`,
                })}
              </p>
              <div class="actions">
                <Press
                  view={view}
                  action="/account/second-factor/codes"
                  label={{ zh: '重新生成恢复码', en: 'New recovery codes' }}
                />
                <Press
                  view={view}
                  action="/account/second-factor/off"
                  label={{ zh: '关闭', en: 'Turn it off' }}
                  look="danger small"
                />
              </div>
            </>
          ) : (
            <>
              <p>
                {say(view, {
                  zh: '登录时除密码外，再输入手机验证器上的六位验证码。密码泄露时账号仍然安全。',
                  en: 'Beside the password, signing in then asks for six digits from an app on your phone. A password that leaks opens nothing by itself.',
                })}
              </p>
              <p>
                <a class="button" href="/account/second-factor">
                  {say(view, { zh: '开启两步验证', en: 'Turn it on' })}
                </a>
              </p>
            </>
          )}
        </div>
        <form class="form" method="post" action="/account/password">
          <h2>{say(view, { zh: '更改密码', en: 'Another password' })}</h2>
          <Field
            view={view}
            sent={sent}
            name="current"
            type="password"
            label={{ zh: '当前密码', en: 'Present password' }}
            required
            autoComplete="current-password"
          />
          <NewPassword view={view} sent={sent} label={{ zh: '新密码', en: 'New password' }} />
          <button type="submit" class="primary">
            {say(view, { zh: '更改', en: 'Change it' })}
          </button>
        </form>
      </div>
      <section class="section" id="sessions">
        <h2>{say(view, { zh: '已登录的设备', en: 'Where you are signed in' })}</h2>
        <Table
          rows={sessions}
          empty="–"
          columns={[
            {
              head: say(view, { zh: '浏览器', en: 'Browser' }),
              cell: ({ agent, here }) => (
                <>
                  {agent ?? say(view, { zh: '未知', en: 'unknown' })}{' '}
                  {here ? <Badge tone="good">{say(view, { zh: '本机', en: 'this one' })}</Badge> : null}
                </>
              ),
            },
            {
              head: say(view, { zh: '网络', en: 'Network' }),
              cell: ({ network }) => <span class="mono nowrap">{network ?? '–'}</span>,
            },
            {
              head: say(view, { zh: '登录于', en: 'Signed in' }),
              cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
            },
            {
              head: say(view, { zh: '最近使用', en: 'Last used' }),
              cell: ({ lastSeenAt }) => <Time view={view} at={lastSeenAt} />,
            },
            {
              head: '',
              cell: ({ id, here }) =>
                here ? null : (
                  <Press
                    view={view}
                    action={`/account/sessions/${id}/end`}
                    label={{ zh: '结束', en: 'Sign out there' }}
                  />
                ),
            },
          ]}
        />
        {sessions.length > 1 ? (
          <p class="more">
            <Press
              view={view}
              action="/account/sessions/end-others"
              label={{ zh: '结束其他全部登录', en: 'Sign out everywhere else' }}
            />
          </p>
        ) : null}
      </section>
    </Layout>
  )
}

/** Dark on white in every colour scheme: cameras want it so. */
function QrCode({ view, modules }: { view: View; modules: OfferedFactor['modules'] }) {
  const dark = modules.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      class="qr"
      width={240}
      height={240}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={say(view, { zh: '验证器二维码', en: 'Code for the authenticator app' })}
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={dark.join('')} fill="#000000" />
    </svg>
  )
}

export function SecondFactorPage({ view, offer, sent }: { view: View; offer: OfferedFactor; sent: Sent }) {
  return (
    <Layout view={view} title={say(view, { zh: '开启两步验证', en: 'Turn the second factor on' })} face="console">
      <Heading
        title={say(view, { zh: '开启两步验证', en: 'Turn the second factor on' })}
        lead={say(view, {
          zh: '用手机上的验证器扫描二维码，再输入它显示的六位数字。',
          en: 'Take a picture of the code with the authenticator app on your phone, then type the six digits it shows.',
        })}
      />
      <div class="two">
        <div class="stack">
          <QrCode view={view} modules={offer.modules} />
          <p class="small">
            {say(view, { zh: '不能扫描时请手动输入：', en: 'Or type it in: ' })}
            <code class="mono">{offer.secret}</code>
          </p>
        </div>
        <form class="form" method="post" action="/account/second-factor">
          <Refusal view={view} sent={sent} fields={['code']} />
          <input type="hidden" name="offer" value={offer.offer} />
          <Field
            view={view}
            sent={sent}
            name="code"
            label={{ zh: '六位验证码', en: 'Six digits' }}
            required
            maxLength={10}
            autoComplete="one-time-code"
          />
          <button type="submit" class="primary">
            {say(view, { zh: '开启', en: 'Turn it on' })}
          </button>
        </form>
      </div>
    </Layout>
  )
}

export function ConfirmPage({ view, sent, next }: { view: View; sent: Sent; next: string }) {
  return (
    <Layout view={view} title={say(view, { zh: '再次验证身份', en: 'Once more: who is it?' })} face="console">
      <Heading
        title={say(view, { zh: '再次验证身份', en: 'Once more: who is it?' })}
        lead={say(view, {
          zh: '接下来的操作关系到密钥、接收地址或角色。验证后 15 分钟内不再询问。',
          en: 'What comes next is about keys, endpoints or roles. For 15 minutes afterwards you are not asked again.',
        })}
      />
      <form class="form" method="post" action="/confirm">
        <Refusal view={view} sent={sent} fields={['proof']} />
        <input type="hidden" name="next" value={next} />
        <Field
          view={view}
          sent={sent}
          name="proof"
          type="password"
          label={{ zh: '密码或验证码', en: 'Password, or a code of your app' }}
          required
          maxLength={200}
          autoComplete="current-password"
        />
        <button type="submit" class="primary">
          {say(view, { zh: '继续', en: 'Go on' })}
        </button>
      </form>
    </Layout>
  )
}

/** A form for what is dear where it may be sent now; otherwise the way to prove who it is. */
export function Proved({ view, children, what }: { view: View; children: ComponentChildren; what: Localized }) {
  if (view.confirmed !== false) return <>{children}</>
  return (
    <div class="form">
      <h2>{say(view, what)}</h2>
      <p>
        {say(view, {
          zh: '需要先再次验证身份。',
          en: 'This needs you to prove once more who you are.',
        })}
      </p>
      <p>
        <a class="button" href={`/confirm?next=${encodeURIComponent(view.path)}`}>
          {say(view, { zh: '验证身份', en: 'Prove it' })}
        </a>
      </p>
    </div>
  )
}
