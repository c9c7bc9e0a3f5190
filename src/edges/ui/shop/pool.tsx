/** A pool as a page to be shared: how far it has come, what everybody pays, who joined last, and the link to join by. */
import type { Campaign, StyleCard } from '../../../db/rows.ts'
import { Layout } from '../layout.tsx'
import { DesignBadge, Heading, Picture } from '../parts.tsx'
import { count, say, units, type View } from '../view.ts'
import { isOver } from './list.tsx'
import { Rungs } from './rungs.tsx'
import { carrying, Ended, Gathering, isOpen, Through, type Via } from './style.tsx'

export interface PoolPageProps {
  view: View
  now: Date
  baseUrl: string
  campaign: Campaign
  card: StyleCard
  number: string
  /** Names of those who joined last, in a form that identifies nobody. */
  joined: readonly string[]
  /** Partners that brought some of it. */
  shops: number
  via: Via | undefined
}

/** Who is in it: those who count, by the counts of the lot that gathers. */
function Joined({ view, campaign, joined, shops }: PoolPageProps) {
  const together = {
    zh: `本批已有 ${count(view, campaign.lotBuyers)} 位买家、${units(view, campaign.lotUnits)}（均已确认）`,
    en: `${count(view, campaign.lotBuyers)} ${campaign.lotBuyers === 1 ? 'buyer' : 'buyers'} and ${units(view, campaign.lotUnits)} in this lot, all verified`,
  }
  const through = {
    zh: shops ? `，由本店和 ${count(view, shops)} 家合作方共同拼单。` : '。',
    en: shops
      ? `; ${count(view, shops)} ${shops === 1 ? 'partner' : 'partners'} and this shop gather for it together.`
      : '.',
  }
  return (
    <section class="section">
      <h2>{say(view, { zh: '谁在拼', en: 'Who is in it' })}</h2>
      {isOver(campaign) ? null : (
        <p>
          {say(view, together)}
          {say(view, through)}
        </p>
      )}
      {joined.length ? (
        <>
          <ul class="names">
            {joined.map((name) => (
              <li>{name}</li>
            ))}
          </ul>
          <p class="small soft">
            {say(view, {
              zh: '最近加入的买家，姓名已缩写，仅显示一个字或首字母。',
              en: 'Those who joined last; of each name only a sign or the first letters are shown.',
            })}
          </p>
        </>
      ) : null}
    </section>
  )
}

export function PoolPage(props: PoolPageProps) {
  const { view, now, baseUrl, campaign, card, number, via } = props
  const open = isOpen(campaign, now)
  const style = `/shop/${campaign.slug}`
  const link = `${baseUrl}${carrying(`${style}/pool`, via?.name === undefined ? undefined : via)}`
  const names = say(view, card.names)
  return (
    <Layout
      view={view}
      title={say(view, { zh: `一起拼：${names}`, en: `Order together: ${names}` })}
      face="shop"
      description={say(view, {
        zh: `一起预订“${names}”，够量才投产，所有人同价。`,
        en: `Order “${names}” together: it is made when enough join, at one price for everybody.`,
      })}
    >
      <Heading
        title={names}
        eyebrow={
          <>
            <a href={carrying(style, via)}>{say(view, { zh: '款式页面', en: 'The style' })}</a> · {number}
          </>
        }
        lead={say(view, {
          zh: '同一款、同一批：人越多越便宜，每个人付同样的价格。',
          en: 'One style, one lot: the more join, the less it costs, and everybody pays the same.',
        })}
      />
      <Through view={view} via={via} />
      <div class="two">
        <div class="stack">
          <a href={carrying(style, via)}>
            <Picture view={view} pictures={card.front} alt={names} sizes="(min-width: 60rem) 30rem, 92vw" />
          </a>
          <p>
            <DesignBadge view={view} />
          </p>
        </div>
        <div class="stack">
          {isOver(campaign) ? (
            <Ended view={view} campaign={campaign} />
          ) : (
            <>
              <Gathering view={view} now={now} campaign={campaign} />
              <Rungs view={view} campaign={campaign} />
            </>
          )}
          {open ? (
            <p>
              <a class="button primary wide" href={carrying(style, via, '') + '#order'}>
                {say(view, { zh: '加入拼单', en: 'Join the pool' })}
              </a>
            </p>
          ) : null}
          <Joined {...props} />
          {open ? (
            <section class="section">
              <h2>{say(view, { zh: '邀请链接', en: 'Invite others' })}</h2>
              <div class="field">
                <label for="invite">
                  {say(view, { zh: '把这个链接发给想一起拼的人', en: 'Send this link to whoever may want one too' })}
                </label>
                <input id="invite" type="text" readOnly value={link} />
              </div>
            </section>
          ) : null}
        </div>
      </div>
    </Layout>
  )
}
