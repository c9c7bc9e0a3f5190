import type { ComponentChildren } from 'preact'
import { Layout } from '../layout.tsx'
import { Heading, Table } from '../parts.tsx'
import type { EventRow } from '../../../db/rows.ts'
import { count, moment, say, type View } from '../view.ts'
import { EVENT, ORDER_STATE, who, wordFor, type ActorNames } from '../words.ts'

export interface Todo {
  value: number
  label: { zh: string; one: string; many: string }
  href: string
  /** Somebody is waiting for it, or money is at stake. */
  urgent?: boolean
}

export interface OverviewProps {
  view: View
  /** The map of the line with its counts, and what it looks for by itself: drawn or kept (map.tsx). */
  pieces: Readonly<Record<'map' | 'chores', ComponentChildren>>
  todo: readonly Todo[]
  events: readonly EventRow[]
  names: ActorNames
}

/** The page of what an event is about, where there is one. */
function pageOf({ payload }: EventRow): string | undefined {
  const pages = { orderId: 'orders', styleId: 'styles', campaignId: 'campaigns', sourceId: 'sources' }
  for (const [key, page] of Object.entries(pages))
    if (typeof payload[key] === 'string') return `/console/${page}/${payload[key]}`
  return undefined
}

/** The line itself: where everything stands, and what waits for a person. */
export function OverviewPage({ view, pieces, todo, events, names }: OverviewProps) {
  const open = todo.filter(({ value }) => value > 0)
  return (
    <Layout view={view} title={say(view, { zh: '总览', en: 'Overview' })} face="console">
      <Heading title={say(view, { zh: '产线总览', en: 'The line' })} />
      {pieces.map}
      <section class="section" data-live="todo">
        <h2>{say(view, { zh: '现在需要您处理', en: 'What needs you now' })}</h2>
        {open.length ? (
          <div class="todo">
            {open.map(({ value, label, href, urgent }) => (
              <a href={href} class={urgent ? 'urgent' : undefined}>
                <strong>{count(view, value)}</strong>
                <span>{say(view, { zh: label.zh, en: value === 1 ? label.one : label.many })}</span>
              </a>
            ))}
          </div>
        ) : (
          <p class="empty">
            {say(view, {
              zh: '没有待处理的事项。产线在自己运转。',
              en: 'Nothing waits for you. The line runs by itself.',
            })}
          </p>
        )}
      </section>
      <section class="section" data-live="events">
        <div class="section-head">
          <h2>{say(view, { zh: '最近发生', en: 'What happened last' })}</h2>
          <a href="/console/events">{say(view, { zh: '全部事件', en: 'All events' })}</a>
        </div>
        <Table
          rows={events}
          empty={say(view, { zh: '还没有发生任何事。', en: 'Nothing has happened yet.' })}
          columns={[
            {
              head: say(view, { zh: '时间', en: 'When' }),
              cell: ({ at }) => <span class="num nowrap">{moment(view, at)}</span>,
            },
            {
              head: say(view, { zh: '事件', en: 'Event' }),
              cell: (event) => {
                const page = pageOf(event)
                const { state } = event.payload
                const stage = event.name === 'production.progressed' && typeof state === 'string' ? state : undefined
                const word = wordFor(view, EVENT, event.name) + (stage ? `: ${wordFor(view, ORDER_STATE, stage)}` : '')
                return page ? <a href={page}>{word}</a> : word
              },
            },
            {
              head: say(view, { zh: '谁', en: 'Who' }),
              cell: ({ actor }) => <span class="soft">{who(view, actor, names)}</span>,
            },
          ]}
        />
      </section>
      <section class="section">
        <h2>{say(view, { zh: '系统自动完成', en: 'What the line looks for by itself' })}</h2>
        {pieces.chores}
      </section>
    </Layout>
  )
}
