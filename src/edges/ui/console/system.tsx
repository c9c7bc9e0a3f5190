/** Pages of whoever runs the installation: events, parked work, letters. */
import { Layout } from '../layout.tsx'
import { Heading, More, Table, Time, Told, Values } from '../parts.tsx'
import type { Localized } from '../../../core/values.ts'
import type { Delivery, EventRow } from '../../../db/rows.ts'
import { count, moment, say, type View } from '../view.ts'
import { EVENT, who, wordFor, type ActorNames } from '../words.ts'

export interface EventsPageProps {
  view: View
  events: readonly EventRow[]
  name: string | undefined
  /** All there are, for the filter. */
  kinds: readonly string[]
  names: ActorNames
  more: string | undefined
}

export function EventsPage({ view, events, name, kinds, names, more }: EventsPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '事件', en: 'Events' })} face="console">
      <Heading
        title={say(view, { zh: '事件', en: 'Events' })}
        lead={say(view, {
          zh: '发生过什么、谁做的。只增不改。',
          en: 'What happened and who did it. Only added to, never changed.',
        })}
      >
        <form method="get" action="/console/events" class="row">
          <label>
            <span class="hidden">{say(view, { zh: '事件', en: 'Event' })}</span>
            <select name="name">
              <option value="">{say(view, { zh: '全部', en: 'all' })}</option>
              {kinds.map((each) => (
                <option value={each} selected={each === name}>
                  {wordFor(view, EVENT, each)} · {each}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="second small">
            {say(view, { zh: '查看', en: 'Show' })}
          </button>
        </form>
      </Heading>
      <Table
        rows={events}
        empty={say(view, { zh: '没有事件。', en: 'No events.' })}
        columns={[
          { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
          {
            head: say(view, { zh: '事件', en: 'Event' }),
            cell: (event) => (
              <>
                {wordFor(view, EVENT, event.name)}
                <span class="how mono">{event.name}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '谁', en: 'Who' }),
            cell: ({ actor }) => <span title={actor}>{who(view, actor, names)}</span>,
          },
          { head: say(view, { zh: '内容', en: 'What' }), cell: ({ payload }) => <Values value={payload} /> },
        ]}
      />
      <More view={view} href={more} />
    </Layout>
  )
}

export interface DeliveriesPageProps {
  view: View
  rows: readonly { delivery: Delivery; name: string; payload: Record<string, unknown> }[]
  retried: number | undefined
  /** What is broken in the database, in its own words. */
  damage: readonly string[]
  /** Why what is stored may be lost all the same. */
  warning: Localized | undefined
}

export function DeliveriesPage({ view, rows, retried, damage, warning }: DeliveriesPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '待处理', en: 'Parked work' })} face="console">
      <Heading
        title={say(view, { zh: '搁置的工作', en: 'Parked work' })}
        lead={say(view, {
          zh: '多次尝试仍失败的步骤停在这里，等人看过再试。',
          en: 'Steps that failed too often stop here until somebody has had a look.',
        })}
      />
      {damage.length ? (
        <div class="notice bad" role="alert">
          <p>
            {say(view, {
              zh: '数据库已损坏。请停止所有 Firstcut 进程，并用 “firstcut restore” 恢复最近的备份。检查结果：',
              en: 'The database is damaged. Stop every Firstcut process and restore the last backup with “firstcut restore”. What was found:',
            })}
          </p>
          <ul class="mono">
            {damage.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {warning ? (
        <div class="notice bad" role="alert">
          <p>{say(view, warning)}</p>
        </div>
      ) : null}
      {retried === undefined ? null : (
        <Told>{say(view, { zh: `${retried} 项将重新尝试。`, en: `${retried} will be tried again.` })}</Told>
      )}
      <Table
        rows={rows}
        empty={say(view, { zh: '没有搁置的工作。', en: 'Nothing is parked.' })}
        columns={[
          { head: say(view, { zh: '事件', en: 'Event' }), cell: ({ name }) => <span class="mono">{name}</span> },
          {
            head: say(view, { zh: '步骤', en: 'Step' }),
            cell: ({ delivery }) => <span class="mono">{delivery.listener}</span>,
          },
          {
            head: say(view, { zh: '次数', en: 'Tries' }),
            number: true,
            cell: ({ delivery }) => count(view, delivery.attempts),
          },
          {
            head: say(view, { zh: '最后的错误', en: 'Last error' }),
            cell: ({ delivery, payload }) => (
              <details class="small">
                <summary>{(delivery.lastError ?? '').split('\n')[0]}</summary>
                <pre>{delivery.lastError}</pre>
                <Values value={payload} />
              </details>
            ),
          },
          {
            head: '',
            cell: ({ delivery }) => (
              <form method="post" action="/console/deliveries/retry">
                <input type="hidden" name="ids" value={delivery.id} />
                <button type="submit" class="primary small">
                  {say(view, { zh: '再试一次', en: 'Try again' })}
                </button>
              </form>
            ),
          },
        ]}
      />
      {rows.length > 1 ? (
        <form method="post" action="/console/deliveries/retry" class="section">
          {rows.map(({ delivery }) => (
            <input type="hidden" name="ids" value={delivery.id} />
          ))}
          <button type="submit" class="second">
            {say(view, { zh: '全部再试', en: 'Try all of them again' })}
          </button>
        </form>
      ) : null}
    </Layout>
  )
}

export interface LetterRow {
  id: string
  to: string
  subject: string
  date: string
  text: string
}

/** A letter's text with its own links to follow, and nothing else made of it. */
function LetterText({ text, baseUrl }: { text: string; baseUrl: string }) {
  const pieces = text.split(/(https?:\/\/\S+)/)
  return <pre>{pieces.map((piece) => (piece.startsWith(`${baseUrl}/`) ? <a href={piece}>{piece}</a> : piece))}</pre>
}

export function MailPage({
  view,
  letters,
  baseUrl,
}: {
  view: View
  letters: readonly LetterRow[] | undefined
  baseUrl: string
}) {
  return (
    <Layout view={view} title={say(view, { zh: '信件', en: 'Letters' })} face="console">
      <Heading
        title={say(view, { zh: '信件', en: 'Letters' })}
        lead={say(view, {
          zh: '没有配置邮件服务器时，信件存为文件，可以在这里查看。',
          en: 'Without a mail server letters are kept as files; they can be read here.',
        })}
      />
      {letters === undefined ? (
        <p class="empty">
          {say(view, {
            zh: '信件由邮件服务器发送，这里没有副本。',
            en: 'Letters go out by the mail server; there are no copies here.',
          })}
        </p>
      ) : (
        <div class="stack">
          {letters.length ? null : <p class="empty">{say(view, { zh: '还没有信件。', en: 'No letters yet.' })}</p>}
          {letters.map(({ to, subject, date, text }) => (
            <article class="letter">
              <p class="small soft">
                {to} · {Number.isNaN(Date.parse(date)) ? date : moment(view, new Date(date))}
              </p>
              <h2>{subject}</h2>
              <LetterText text={text} baseUrl={baseUrl} />
            </article>
          ))}
        </div>
      )}
    </Layout>
  )
}
