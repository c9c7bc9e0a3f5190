import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'
import { NewPassword } from './new-password.tsx'

/** The first account of an empty installation. */
export function FirstRunPage({ view, sent }: { view: View; sent: Sent }) {
  return (
    <Layout view={view} title={say(view, { zh: '创建首个账号', en: 'The first account' })} face="shop">
      <Heading
        title={say(view, { zh: '创建首个账号', en: 'The first account' })}
        lead={say(view, {
          zh: '这个账号是管理员：可以审款，也可以开通其他账号。',
          en: 'It belongs to an admin: it may approve designs, and make the other accounts.',
        })}
      />
      <form class="form" method="post" action="/first-run">
        <Refusal view={view} sent={sent} fields={['email', 'name', 'password']} />
        <Field
          view={view}
          sent={sent}
          name="name"
          label={{ zh: '姓名', en: 'Name' }}
          required
          maxLength={80}
          autoComplete="name"
        />
        <Field
          view={view}
          sent={sent}
          name="email"
          type="email"
          label={{ zh: '邮箱', en: 'E-mail' }}
          required
          maxLength={254}
          autoComplete="email"
        />
        <NewPassword view={view} sent={sent} label={{ zh: '密码', en: 'Password' }} />
        <button type="submit" class="primary">
          {say(view, { zh: '创建并登录', en: 'Make it and sign in' })}
        </button>
      </form>
    </Layout>
  )
}
