/** Whoever got a letter that was not about an order of their own chooses whether to get such letters. */
import { Layout } from '../layout.tsx'
import { Heading, Told } from '../parts.tsx'
import { say, type View } from '../view.ts'

export interface UnsubscribePageProps {
  view: View
  token: string
  wants: boolean
  /** It was chosen just now. */
  done: boolean
}

export function UnsubscribePage({ view, token, wants, done }: UnsubscribePageProps) {
  const title = say(view, { zh: '邮件订阅', en: 'Letters you get' })
  return (
    <Layout view={view} title={title} face="shop">
      <div class="slip">
        <Heading title={title} />
        {done ? <Told>{say(view, { zh: '已保存。', en: 'Saved.' })}</Told> : null}
        <p>
          {wants
            ? say(view, {
                zh: '您会收到我们发给所有买家的消息，以及与您自己订单有关的通知。',
                en: 'You get what we write to everybody who ordered, and whatever is about an order of your own.',
              })
            : say(view, {
                zh: '您只会收到与自己订单有关的通知，不再收到其他邮件。',
                en: 'You get letters about your own orders, and no others.',
              })}
        </p>
        <form method="post" action={`/unsubscribe?token=${encodeURIComponent(token)}`}>
          <input type="hidden" name="wants" value={wants ? 'no' : 'yes'} />
          <button type="submit" class={wants ? 'primary wide' : 'second wide'}>
            {wants
              ? say(view, { zh: '只接收与我的订单有关的邮件', en: 'Only what is about my own orders' })
              : say(view, { zh: '重新接收其他邮件', en: 'Send me the others again' })}
          </button>
        </form>
      </div>
    </Layout>
  )
}
