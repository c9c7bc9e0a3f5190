import type { Pipeline } from '../../core/pipeline.ts'
import { Layout } from './layout.tsx'
import { LineMap } from './map.tsx'
import { Picture } from './parts.tsx'
import type { StyleCard } from '../../db/rows.ts'
import type { Sold } from './shop/list.tsx'
import { say, type View } from './view.ts'

export interface StartProps {
  view: View
  pipeline: Pipeline
  newest: readonly { campaign: Sold; card: StyleCard }[]
}

/** What it is, in one sentence and one picture, and the three doors. */
export function StartPage({ view, pipeline, newest }: StartProps) {
  const doors = [
    {
      href: '/shop',
      title: say(view, { zh: '逛预售', en: 'Look at the designs' }),
      text: say(view, {
        zh: '看设计稿，预订喜欢的款。凑单的人越多单价越低；达不到起做量，分文不收。',
        en: 'See designs, pre-order what you like. The price falls as more people join; below the threshold nobody pays.',
      }),
    },
    {
      href: '/console',
      title: say(view, { zh: '买手工作台', en: 'The merchandiser’s console' }),
      text: say(view, {
        zh: '看趋势、出设计、审款、盯预售与生产，一条线走到底。',
        en: 'Trends, designs, approvals, campaigns and production, one line from end to end.',
      }),
    },
    {
      href: '/docs',
      title: say(view, { zh: '接口与工厂对接', en: 'API and factories' }),
      text: say(view, {
        zh: '带签名的生产单、进度回传、商品接口。工厂请用邀请链接进入自己的页面。',
        en: 'Signed production briefs, progress callbacks, product feeds. Factories enter by their invitation link.',
      }),
    },
  ]
  return (
    <Layout
      view={view}
      title={say(view, { zh: '先有订单，再下第一剪', en: 'Nothing is cut until it is sold' })}
      face="shop"
    >
      <div class="start-hero">
        <div>
          <h1>{say(view, { zh: '先有订单，再下第一剪。', en: 'Nothing is cut until it is sold.' })}</h1>
          <p class="lead">
            {say(view, {
              zh: '从大家正在谈论的东西里设计还不存在的衣服，先让买家预订；够起做量，工厂才按订单数生产。图片、尺码、用料、价格和工艺单出自同一组参数，一个哈希可以验证。',
              en: 'Firstcut designs garments that do not exist yet from what people are talking about, lets buyers pre-order them, and has exactly what was ordered made. Picture, size chart, materials, price and factory brief come from one set of parameters; one hash proves it.',
            })}
          </p>
        </div>
        {newest.length ? (
          <div class="start-pictures">
            {newest.slice(0, 4).map(({ campaign, card }) => (
              <a href={`/shop/${campaign.slug}`}>
                <Picture
                  view={view}
                  pictures={card.front}
                  alt={say(view, card.names)}
                  sizes="(max-width: 40rem) 45vw, 17rem"
                  eager
                />
              </a>
            ))}
          </div>
        ) : null}
        <LineMap view={view} pipeline={pipeline} />
      </div>
      <div class="doors">
        {doors.map(({ href, title, text }) => (
          <a class="door" href={href}>
            <h2>{title}</h2>
            <p>{text}</p>
          </a>
        ))}
      </div>
    </Layout>
  )
}
