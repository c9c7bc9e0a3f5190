import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, Told, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'
import { NewPassword } from './new-password.tsx'

export function ForgotPasswordPage({ view, sent, asked }: { view: View; sent: Sent; asked: boolean }) {
  return (
    <Layout view={view} title={say(view, { zh: '忘记密码', en: 'A forgotten password' })} face="shop">
      <Heading
        title={say(view, { zh: '忘记密码', en: 'A forgotten password' })}
        lead={say(view, {
          zh: '我们会寄一封邮件，用其中的链接设置新密码。',
          en: 'We send a letter with a link to set a new one.',
        })}
      />
      {asked ? (
        <Told>
          {say(view, {
            zh: '如果该邮箱有账号，邮件已经寄出，一小时内有效。没有收到时请检查垃圾邮件，或联系管理员。',
            en: 'If there is an account with this address, a letter is on its way; its link counts for an hour. If nothing comes, look among the junk, or ask an admin.',
          })}
        </Told>
      ) : null}
      <form class="form" method="post" action="/forgot-password">
        <Refusal view={view} sent={sent} />
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
        <button type="submit" class="primary">
          {say(view, { zh: '寄送链接', en: 'Send the letter' })}
        </button>
      </form>
      <p>
        <a href="/sign-in">{say(view, { zh: '返回登录', en: 'Back to signing in' })}</a>
      </p>
    </Layout>
  )
}

export function ResetPasswordPage({ view, sent, token }: { view: View; sent: Sent; token: string | undefined }) {
  return (
    <Layout view={view} title={say(view, { zh: '设置新密码', en: 'A new password' })} face="shop">
      <Heading title={say(view, { zh: '设置新密码', en: 'A new password' })} />
      {token === undefined ? (
        <>
          <p class="refusal" role="alert">
            {say(view, {
              zh: '该链接已使用或已超过一小时。',
              en: 'This link was used already or is older than an hour.',
            })}
          </p>
          <p>
            <a class="button" href="/forgot-password">
              {say(view, { zh: '重新申请', en: 'Ask for a new letter' })}
            </a>
          </p>
        </>
      ) : (
        <form class="form" method="post" action="/reset-password">
          <Refusal view={view} sent={sent} fields={['password']} />
          <input type="hidden" name="token" value={token} />
          <NewPassword view={view} sent={sent} label={{ zh: '新密码', en: 'New password' }} />
          <button type="submit" class="primary">
            {say(view, { zh: '设置', en: 'Set it' })}
          </button>
        </form>
      )}
    </Layout>
  )
}
