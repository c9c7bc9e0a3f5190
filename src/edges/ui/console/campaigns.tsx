import { may } from '../../../core/actor.ts'
import { pricesOf, standingOf, type Standing } from '../../../stages/4-storefront/model.ts'
import { ThresholdBar } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { Badge, Field, Heading, More, Picture, Refusal, Table, Tick, type Sent, type Tone } from '../parts.tsx'
import type { Campaign, Inquiry } from '../../../db/rows.ts'
import { gatheredSoFar, isOver, type ShopRow } from '../shop/list.tsx'
import { count, moment, price, remaining, say, type View } from '../view.ts'
import { CAMPAIGN_STATE, wordFor } from '../words.ts'

const TONES: Record<Standing, Tone> = {
  stopping: 'warn',
  scheduled: 'plain',
  open: 'accent',
  collecting: 'good',
  undecided: 'warn',
  dispatching: 'good',
  closed: 'plain',
  released: 'plain',
}

/** How it stands in one word, what a person did with it first. */
function standing(campaign: Campaign): string {
  if (campaign.takenDownAt) return 'taken-down'
  if (campaign.stoppedAt && campaign.endedAt) return 'stopped'
  return campaign.pausedAt && !isOver(campaign) ? 'paused' : standingOf(campaign)
}

const TONE_BY_HAND: Readonly<Record<string, Tone>> = { 'taken-down': 'bad', stopped: 'plain', paused: 'warn' }

export const CampaignBadge = ({ view, campaign }: { view: View; campaign: Campaign }) => {
  const name = standing(campaign)
  const tone = TONE_BY_HAND[name] ?? TONES[standingOf(campaign)]
  return <Badge tone={tone}>{wordFor(view, CAMPAIGN_STATE, name)}</Badge>
}

export interface CampaignsPageProps {
  view: View
  now: Date
  rows: readonly (ShopRow & { campaign: Campaign })[]
  more: string | undefined
}

export function CampaignsPage({ view, now, rows, more }: CampaignsPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '预售', en: 'Campaigns' })} face="console">
      <Heading title={say(view, { zh: '预售', en: 'Campaigns' })} />
      <Table
        rows={rows}
        empty={say(view, {
          zh: '还没有预售。通过审款的款式会自动开始预售。',
          en: 'No campaigns yet. An approved style opens as one by itself.',
        })}
        columns={[
          {
            head: say(view, { zh: '款式', en: 'Style' }),
            cell: ({ campaign, card, number }) => (
              <span class="with-thumb">
                <span class="thumb">
                  <Picture view={view} pictures={card.front} alt="" sizes="3.5rem" />
                </span>
                <span>
                  <a href={`/console/campaigns/${campaign.id}`}>{say(view, card.names)}</a>
                  <span class="how">{number}</span>
                </span>
              </span>
            ),
          },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: ({ campaign }) => <CampaignBadge view={view} campaign={campaign} />,
          },
          {
            head: say(view, { zh: '进度', en: 'Progress' }),
            cell: ({ campaign }) => (
              <>
                <ThresholdBar
                  units={campaign.state === 'open' ? campaign.lotUnits : campaign.totalUnits}
                  threshold={campaign.thresholdUnits}
                  label={gatheredSoFar(view, campaign)}
                />
                <span class="small">{gatheredSoFar(view, campaign)}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '待确认', en: 'Pending' }),
            number: true,
            cell: ({ campaign }) => count(view, campaign.pendingUnits),
          },
          {
            head: say(view, { zh: '单价', en: 'Price' }),
            number: true,
            cell: ({ campaign }) => price(view, pricesOf(campaign).unitPrice, campaign.currency),
          },
          {
            head: say(view, { zh: '浏览', en: 'Views' }),
            number: true,
            cell: ({ campaign }) => count(view, campaign.views),
          },
          {
            head: say(view, { zh: '截止', en: 'Closes' }),
            cell: ({ campaign }) => (
              <span class="nowrap">
                {isOver(campaign) ? say(view, { zh: '已结束', en: 'ended' }) : remaining(view, now, campaign.closesAt)}
              </span>
            ),
          },
        ]}
      />
      <More view={view} href={more} />
    </Layout>
  )
}

export interface InquiryRow {
  inquiry: Inquiry
  slug: string
  styleName: string
}

/** One question with its answer, or the form to give one. */
export function InquiryBox({ view, row, sent }: { view: View; row: InquiryRow; sent: Sent }) {
  const { inquiry } = row
  const mine = sent.values['inquiryId'] === inquiry.id
  const own: Sent = mine ? sent : { values: {} }
  return (
    <article class="letter stack" id={inquiry.id}>
      <p class="small soft">
        <a href={`/shop/${row.slug}`}>{row.styleName}</a> {inquiry.email ? `· ${inquiry.email} ` : ''}·{' '}
        {moment(view, inquiry.askedAt)}
      </p>
      <p class="pre-line">{inquiry.question}</p>
      {inquiry.answer ? (
        <>
          <p class="pre-line soft">{inquiry.answer}</p>
          <p class="small">
            {inquiry.published ? (
              <Badge tone="good">{say(view, { zh: '已公开', en: 'Published' })}</Badge>
            ) : (
              <Badge>{say(view, { zh: '仅回复本人', en: 'To the sender only' })}</Badge>
            )}
          </p>
        </>
      ) : null}
      {inquiry.answer || may(view.actor, 'campaigns') ? null : (
        <p class="small soft">{say(view, { zh: '尚未回复', en: 'Not answered yet' })}</p>
      )}
      {inquiry.answer || !may(view.actor, 'campaigns') ? null : (
        <form class="form" method="post" action={`/console/inquiries/${inquiry.id}/answer`}>
          <Refusal view={view} sent={own} fields={['answer']} />
          <Field
            view={view}
            sent={own}
            name="answer"
            label={{ zh: '回复', en: 'Answer' }}
            rows={3}
            required
            maxLength={4000}
          />
          <Tick
            view={view}
            name="publish"
            checked={!mine || own.values['publish'] !== undefined}
            label={{ zh: '同时公开在款式页面', en: 'Also publish it on the style’s page' }}
          />
          <button type="submit" class="primary small">
            {say(view, { zh: '发送回复', en: 'Send the answer' })}
          </button>
        </form>
      )}
    </article>
  )
}

export interface InquiriesPageProps {
  view: View
  rows: readonly InquiryRow[]
  open: boolean
  more: string | undefined
  sent: Sent
}

export function InquiriesPage({ view, rows, open, more, sent }: InquiriesPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '咨询', en: 'Questions' })} face="console">
      <Heading title={say(view, { zh: '买家咨询', en: 'Questions of buyers' })} />
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        <a href="/console/inquiries" {...(open ? { 'aria-current': 'page' as const } : {})}>
          {say(view, { zh: '待回复', en: 'To answer' })}
        </a>
        <a href="/console/inquiries?show=all" {...(open ? {} : { 'aria-current': 'page' as const })}>
          {say(view, { zh: '全部', en: 'All' })}
        </a>
      </nav>
      <div class="stack">
        {rows.length ? (
          rows.map((row) => <InquiryBox view={view} row={row} sent={sent} />)
        ) : (
          <p class="empty">{say(view, { zh: '没有待回复的咨询。', en: 'No question waits for an answer.' })}</p>
        )}
      </div>
      <More view={view} href={more} />
    </Layout>
  )
}
