/** Who may sign in, and which machines may call. */
import { ROLES, SCOPES } from '../../../core/actor.ts'
import { own } from '../../../core/own.ts'
import type { Localized } from '../../../core/values.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, Refusal, Table, Tick, Time, Told, type Sent } from '../parts.tsx'
import { NewPassword } from '../account/new-password.tsx'
import { Proved } from '../account/own.tsx'
import { count, say, type View } from '../view.ts'
import { ROLE, ROLE_MAY, SCOPE, wordFor } from '../words.ts'

export interface AccountRow {
  id: string
  email: string
  name: string
  role: string
  createdAt: Date
  disabledAt: Date | null
  secondFactor: boolean
}
export interface KeyRow {
  id: string
  prefix: string
  name: string
  scopes: readonly string[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  perMinute: number | null
  revokedAt: Date | null
}

export interface AccountsPageProps {
  view: View
  users: readonly AccountRow[]
  keys: readonly KeyRow[]
  account: Sent
  keySent: Sent
  passwordSent: Sent
  /** Why an account was not switched off or on. */
  changed: Sent
  /** The account of whoever looks: it is not switched off by itself. */
  self: string | undefined
  /** A key that was just made: shown this once. */
  issued: string | undefined
  done: string | undefined
}

/** A key that is made here ends, unless somebody says otherwise. */
const LASTS = ['30', '90', '365', ''] as const
const STANDARD_LAST = '90'

const DONE: Readonly<Record<string, Localized>> = {
  role: { zh: '角色已更改，该账号需重新登录。', en: 'The role is changed; its owner signs in again.' },
  ended: { zh: '该账号的登录已全部结束。', en: 'The account is signed out everywhere.' },
  factor: {
    zh: '两步验证已关闭，请让对方尽快重新开启。',
    en: 'The second factor is off. Have its owner turn it on again soon.',
  },
  account: { zh: '账号已开通。', en: 'The account is made.' },
  off: { zh: '账号已停用，其登录已全部失效。', en: 'The account is switched off and signed out everywhere.' },
  on: { zh: '账号已启用，请重新登录。', en: 'The account is switched on; its owner can sign in again.' },
  password: { zh: '密码已重设。', en: 'The new password is set.' },
}

const press = (view: View, id: string, path: string, label: Localized, look: string) => (
  <form method="post" action={`/console/accounts/${id}/${path}`}>
    <button type="submit" class={look}>
      {say(view, label)}
    </button>
  </form>
)

export function AccountsPage(props: AccountsPageProps) {
  const { view, users, keys, account, keySent, passwordSent, changed, self, issued, done } = props
  const told = done ? own(DONE, done) : undefined
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
      {told ? <Told>{say(view, told)}</Told> : null}
      <Refusal view={view} sent={changed} />
      <section class="section">
        <h2>{say(view, { zh: '账号', en: 'Accounts' })}</h2>
        <Table
          rows={users}
          empty="–"
          columns={[
            { head: say(view, { zh: '姓名', en: 'Name' }), cell: ({ name }) => name },
            { head: say(view, { zh: '邮箱', en: 'E-mail' }), cell: ({ email }) => email },
            {
              head: say(view, { zh: '角色', en: 'Role' }),
              cell: ({ id, role, name }) =>
                id === self ? (
                  wordFor(view, ROLE, role)
                ) : (
                  <form class="row" method="post" action={`/console/accounts/${id}/role`}>
                    <label>
                      <span class="hidden">{say(view, { zh: `${name} 的角色`, en: `Role of ${name}` })}</span>
                      <select name="role">
                        {ROLES.map((each) => (
                          <option value={each} selected={each === role}>
                            {wordFor(view, ROLE, each)}
                          </option>
                        ))}
                      </select>
                    </label>
                    <button type="submit" class="second small">
                      {say(view, { zh: '更改', en: 'Change' })}
                    </button>
                  </form>
                ),
            },
            {
              head: say(view, { zh: '开通于', en: 'Since' }),
              cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
            },
            {
              head: say(view, { zh: '状态', en: 'State' }),
              cell: ({ disabledAt, secondFactor }) => (
                <>
                  {disabledAt ? <Badge>{say(view, { zh: '已停用', en: 'Off' })}</Badge> : null}{' '}
                  {secondFactor ? (
                    <Badge tone="good">{say(view, { zh: '两步验证', en: 'Second factor' })}</Badge>
                  ) : null}
                  {secondFactor || disabledAt ? null : (
                    <span class="soft">{say(view, { zh: '仅密码', en: 'password only' })}</span>
                  )}
                </>
              ),
            },
            {
              head: '',
              cell: ({ id, disabledAt, secondFactor }) => (
                <div class="actions">
                  <a class="small" href={`/console/security?about=user:${id}`}>
                    {say(view, { zh: '日志', en: 'Log' })}
                  </a>
                  {id === self ? (
                    <a class="small" href="/account">
                      {say(view, { zh: '我的账号', en: 'My account' })}
                    </a>
                  ) : (
                    <>
                      {press(view, id, 'end-sessions', { zh: '结束登录', en: 'Sign out' }, 'second small')}
                      {secondFactor
                        ? press(
                            view,
                            id,
                            'second-factor-off',
                            { zh: '关闭两步验证', en: 'Second factor off' },
                            'second small',
                          )
                        : null}
                      {disabledAt
                        ? press(view, id, 'on', { zh: '启用', en: 'Switch on' }, 'second small')
                        : press(view, id, 'off', { zh: '停用', en: 'Switch off' }, 'danger small')}
                    </>
                  )}
                </div>
              ),
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
              cell: ({ prefix }) => <span class="mono nowrap">{prefix}…</span>,
            },
            {
              head: say(view, { zh: '权限', en: 'May' }),
              cell: ({ scopes }) =>
                scopes.map((scope) => wordFor(view, SCOPE, scope)).join(say(view, { zh: '、', en: ', ' })),
            },
            {
              head: say(view, { zh: '创建于', en: 'Made' }),
              cell: ({ createdAt }) => <Time view={view} at={createdAt} />,
            },
            {
              head: say(view, { zh: '最近使用', en: 'Last used' }),
              cell: ({ lastUsedAt }) => <Time view={view} at={lastUsedAt} />,
            },
            {
              head: say(view, { zh: '到期', en: 'Ends' }),
              cell: ({ expiresAt }) =>
                expiresAt ? <Time view={view} at={expiresAt} /> : say(view, { zh: '不到期', en: 'never' }),
            },
            {
              head: say(view, { zh: '每分钟', en: 'A minute' }),
              number: true,
              cell: ({ perMinute }) =>
                perMinute === null ? say(view, { zh: '不限', en: 'no limit' }) : count(view, perMinute),
            },
            {
              head: '',
              cell: ({ id, revokedAt, expiresAt }) =>
                revokedAt ? (
                  <Badge>
                    {expiresAt && expiresAt <= revokedAt
                      ? say(view, { zh: '已到期', en: 'Over' })
                      : say(view, { zh: '已撤销', en: 'Revoked' })}
                  </Badge>
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
      <section class="section">
        <h2>{say(view, { zh: '角色可以做什么', en: 'What a role may' })}</h2>
        <Facts rows={ROLES.map((role) => [wordFor(view, ROLE, role), wordFor(view, ROLE_MAY, role)] as const)} />
      </section>
      <Proved view={view} what={{ zh: '开通账号、重设密码、创建密钥', en: 'New accounts, passwords and keys' }}>
        <div class="two section">
          <form class="form" method="post" action="/console/accounts">
            <h2>{say(view, { zh: '开通账号', en: 'A new account' })}</h2>
            <Refusal view={view} sent={account} fields={['name', 'email', 'password']} />
            <Field view={view} sent={account} name="name" label={{ zh: '姓名', en: 'Name' }} required maxLength={80} />
            <Field view={view} sent={account} name="email" type="email" label={{ zh: '邮箱', en: 'E-mail' }} required />
            <NewPassword view={view} sent={account} label={{ zh: '初始密码', en: 'First password' }} />
            <div class="fields">
              <Field
                view={view}
                sent={account}
                name="role"
                label={{ zh: '角色', en: 'Role' }}
                value="merchandiser"
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
          <form class="form" method="post" action="/console/accounts/password">
            <h2>{say(view, { zh: '重设密码', en: 'A new password' })}</h2>
            <p class="section-note">
              {say(view, {
                zh: '该账号在所有设备上的登录随即失效。',
                en: 'Everywhere the account is signed in, it is signed out.',
              })}
            </p>
            <Refusal view={view} sent={passwordSent} fields={['password']} />
            <Field
              view={view}
              sent={passwordSent}
              name="user"
              label={{ zh: '账号', en: 'Account' }}
              options={users.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))}
            />
            <NewPassword view={view} sent={passwordSent} label={{ zh: '新密码', en: 'New password' }} />
            <button type="submit" class="second">
              {say(view, { zh: '重设', en: 'Set it' })}
            </button>
          </form>
          <form class="form" method="post" action="/console/keys">
            <h2>{say(view, { zh: '新的 API 密钥', en: 'A new API key' })}</h2>
            <Refusal view={view} sent={keySent} fields={['name', 'scopes', 'expiresInDays', 'perMinute']} />
            <Field
              view={view}
              sent={keySent}
              name="name"
              label={{ zh: '用途', en: 'What for' }}
              required
              maxLength={80}
            />
            <div class="fields">
              <Field
                view={view}
                sent={keySent}
                name="expiresInDays"
                label={{ zh: '有效期', en: 'Counts for' }}
                value={STANDARD_LAST}
                options={LASTS.map((days) => ({
                  value: days,
                  label: days
                    ? say(view, { zh: `${days} 天`, en: `${days} days` })
                    : say(view, { zh: '直到撤销', en: 'until it is revoked' }),
                }))}
              />
              <Field
                view={view}
                sent={keySent}
                name="perMinute"
                type="number"
                label={{ zh: '每分钟请求数上限', en: 'Requests a minute, at most' }}
                value={600}
                min={1}
                max={1_000_000}
                step={1}
                required
              />
            </div>
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
      </Proved>
    </Layout>
  )
}
