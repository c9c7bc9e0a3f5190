import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

export function SignInPage({ view, sent, next }: { view: View; sent: Sent; next: string }) {
  return (
    <Layout view={view} title={say(view, { zh: '登录', en: 'Sign in' })} face="shop">
      <Heading
        title={say(view, { zh: '登录工作台', en: 'Sign in' })}
        lead={say(view, {
          zh: '买手和管理人员从这里登录。买家不需要账号，工厂使用各自的邀请链接。',
          en: 'For those who work here. Buyers need no account, and factories use their invitation link.',
        })}
      />
      <form class="form" method="post" action="/sign-in">
        <Refusal view={view} sent={sent} />
        <input type="hidden" name="next" value={next} />
        <Field
          view={view}
          sent={sent}
          name="email"
          type="email"
          label={{ zh: '邮箱', en: 'E-mail' }}
          required
          autoComplete="email"
        />
        <Field
          view={view}
          sent={sent}
          name="password"
          type="password"
          label={{ zh: '密码', en: 'Password' }}
          required
          autoComplete="current-password"
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登录', en: 'Sign in' })}
        </button>
      </form>
      <p>
        <a href="/forgot-password">{say(view, { zh: '忘记密码？', en: 'Forgotten your password?' })}</a>
      </p>
    </Layout>
  )
}

/** The second step: what the app shows, or a recovery code. */
export function SignInCodePage({ view, sent, ticket, next }: { view: View; sent: Sent; ticket: string; next: string }) {
  return (
    <Layout view={view} title={say(view, { zh: '输入验证码', en: 'The second step' })} face="shop">
      <Heading
        title={say(view, { zh: '输入验证码', en: 'The second step' })}
        lead={say(view, {
          zh: '请输入手机验证器上的六位数字；手机不在身边时可用恢复码。',
          en: 'Type the six digits your authenticator app shows; without your phone, one of your recovery codes.',
        })}
      />
      <form class="form" method="post" action="/sign-in/code">
        <Refusal view={view} sent={sent} fields={['code']} />
        <input type="hidden" name="ticket" value={ticket} />
        <input type="hidden" name="next" value={next} />
        <Field
          view={view}
          sent={sent}
          name="code"
          label={{ zh: '验证码或恢复码', en: 'Code' }}
          required
          maxLength={40}
          autoComplete="one-time-code"
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登录', en: 'Sign in' })}
        </button>
      </form>
    </Layout>
  )
}
