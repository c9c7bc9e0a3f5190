import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

export function SignInPage({ view, sent, next }: { view: View; sent: Sent; next: string }) {
  return (
    <Layout view={view} title={say(view, { zh: '登录', en: 'Sign in' })} face="shop">
      <Heading
        title={say(view, { zh: '登录工作台', en: 'Sign in' })}
        lead={say(view, {
          zh: '买手和运营管理员从这里登录。买家不需要账号，工厂使用各自的邀请链接。',
          en: 'For merchandisers and operators. Buyers need no account, and factories use their invitation link.',
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
    </Layout>
  )
}
