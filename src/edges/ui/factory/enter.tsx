/** The portal's door: who comes with a link, and who comes without one. */
import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, Told, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

/** Behind a link: one button, because following it must not open anything by itself. */
export function FactoryDoorPage({ view, name, token }: { view: View; name: string; token: string }) {
  return (
    <Layout view={view} title={say(view, { zh: '工厂端', en: 'Factory portal' })} face="factory">
      <Heading
        title={name}
        eyebrow={say(view, { zh: '工厂端', en: 'Factory portal' })}
        lead={say(view, {
          zh: '进入后，这台设备可使用 30 天；7 天不用会自动退出。公用设备用完请点“退出”。',
          en: 'This device stays signed in for 30 days, or until it is unused for 7. On a shared one, press "Leave" at the end.',
        })}
      />
      <form class="form" method="post" action="/factory/enter">
        <input type="hidden" name="token" value={token} />
        <button type="submit" class="primary wide">
          {say(view, { zh: `以“${name}”进入`, en: `Enter as ${name}` })}
        </button>
      </form>
    </Layout>
  )
}

/** For somebody who came without a link, or with one that is over: how to get in. */
export function FactoryEnterPage({ view, sent, done }: { view: View; sent: Sent; done?: 'link' | undefined }) {
  return (
    <Layout view={view} title={say(view, { zh: '工厂端', en: 'Factory portal' })} face="factory">
      <Heading
        title={say(view, { zh: '工厂端', en: 'Factory portal' })}
        lead={say(view, {
          zh: '请打开邀请链接进入。没有链接时，可以获取一封带链接的邮件。',
          en: 'Open your link to come in. Without one, have one sent to you.',
        })}
      />
      {done === 'link' ? (
        <Told>
          {say(view, {
            zh: '如果该邮箱是已登记工厂的联系邮箱，链接已发出，一小时内有效。没有收到？请查看垃圾邮件，或联系商家。',
            en: 'If this is the address of a registered factory, a link is on its way; it is good for an hour. Nothing came? Look into the spam folder, or ask the house.',
          })}
        </Told>
      ) : null}
      <Refusal view={view} sent={sent} fields={['email']} />
      <form class="form" method="post" action="/factory/link">
        <h2>{say(view, { zh: '发送链接给我', en: 'Send me a link' })}</h2>
        <Field
          view={view}
          sent={sent}
          name="email"
          type="email"
          autoComplete="email"
          label={{ zh: '工厂的联系邮箱', en: 'The factory’s e-mail address' }}
          required
        />
        <button type="submit" class="primary wide">
          {say(view, { zh: '发送链接', en: 'Send the link' })}
        </button>
      </form>
      <details class="section">
        <summary>{say(view, { zh: '粘贴链接或令牌', en: 'Paste a link or its token' })}</summary>
        <form class="form" method="post" action="/factory/enter">
          <Field view={view} sent={sent} name="token" type="password" label={{ zh: '令牌', en: 'Token' }} required />
          <button type="submit" class="second wide">
            {say(view, { zh: '进入', en: 'Enter' })}
          </button>
        </form>
      </details>
    </Layout>
  )
}
