/** Where the code of a text message is typed: it confirms a pre-order, and opens its page. */
import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, Told, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

export interface CodePageProps {
  view: View
  /** Of the pre-order. */
  id: string
  sent: Sent
  /** The number that a new code was sent to just now, with its middle left out. */
  sentTo: string | undefined
}

export function CodePage({ view, id, sent, sentTo }: CodePageProps) {
  const here = `/preorders/${encodeURIComponent(id)}/code`
  return (
    <Layout view={view} title={say(view, { zh: '输入验证码', en: 'Type the code' })} face="shop">
      <div class="slip">
        <Heading title={say(view, { zh: '输入验证码', en: 'Type the code' })} />
        {sentTo ? (
          <Told>{say(view, { zh: `新验证码已发往 ${sentTo}。`, en: `A new code is on its way to ${sentTo}.` })}</Told>
        ) : (
          <p>
            {say(view, {
              zh: '我们已向您预订时填写的手机号发送短信验证码。输入后预订即确认并计入起做量，也可再次打开您的预订页面。',
              en: 'We have sent a code by text message to the number you ordered with. With it your pre-order is confirmed and counts; it also opens the page of your pre-order again.',
            })}
          </p>
        )}
        <Refusal view={view} sent={sent} fields={['code']} />
        <form class="form" method="post" action={here}>
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
            {say(view, { zh: '确认', en: 'Confirm' })}
          </button>
        </form>
        <form method="post" action={`${here}/again`}>
          <button type="submit" class="link-button">
            {say(view, { zh: '没有收到？重新发送', en: 'Nothing came? Send a new code' })}
          </button>
        </form>
      </div>
    </Layout>
  )
}
