import { countedUnits, ladderOf, standingOf } from '../../../stages/4-storefront/model.ts'
import type { Currency } from '../../../core/values.ts'
import type { StandingTrouble } from '../../../db/outbox.ts'
import type { Chance } from '../../../core/reach.ts'
import { CumulativeChart, LadderChart, type CumulativePoint } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Heading, More, NOTHING_SENT, Picture, Table, Time, type Sent } from '../parts.tsx'
import type { Campaign, Preorder, StyleCard } from '../../../db/rows.ts'
import { readPledge, type PledgedLine } from '../../../stages/5-demand/pledges.ts'
import { Rungs, type ShownRung } from '../shop/rungs.tsx'
import { endOf, gatheredSoFar, isOver } from '../shop/list.tsx'
import { chance as said, count, ending, longDay, percent, price, remaining, say, units, type View } from '../view.ts'
import { CLOSING, PREORDER_STATE, wordFor } from '../words.ts'
import { CampaignBadge, InquiryBox, type InquiryRow } from './campaigns.tsx'
import { Hand, type HandProps } from './hand.tsx'
import { PatternsSection, type Patterns } from './patterns.tsx'
import { QuantityMatrix } from './quantities.tsx'
import { Troubles } from './troubles.tsx'

export interface LotRow {
  number: number
  units: number
  buyers: number
  unitPrice: number
  ownPrice: number
  givenAway: number
}

/** What became of the campaign so far, and what its prices gave away. */
function Lots({ view, rows, currency }: { view: View; rows: readonly LotRow[]; currency: Currency }) {
  const given = rows.reduce((sum, { givenAway }) => sum + givenAway, 0)
  return (
    <section class="section">
      <h2>{say(view, { zh: '批次', en: 'Lots' })}</h2>
      <Table
        rows={rows}
        empty=""
        columns={[
          { head: say(view, { zh: '批次', en: 'Lot' }), cell: (row) => count(view, row.number) },
          { head: say(view, { zh: '件数', en: 'Units' }), number: true, cell: (row) => count(view, row.units) },
          { head: say(view, { zh: '买家', en: 'Buyers' }), number: true, cell: (row) => count(view, row.buyers) },
          {
            head: say(view, { zh: '实付单价', en: 'Everybody pays' }),
            number: true,
            cell: (row) => price(view, row.unitPrice, currency),
          },
          {
            head: say(view, { zh: '按本批件数的单价', en: 'Price of its own units' }),
            number: true,
            cell: (row) => price(view, row.ownPrice, currency),
          },
          {
            head: say(view, { zh: '让利', en: 'Given away' }),
            number: true,
            cell: (row) => price(view, row.givenAway, currency),
          },
        ]}
      />
      {given > 0 ? (
        <p class="soft">
          {say(view, {
            zh: `合计让利 ${price(view, given, currency)}：单价低于按本批件数应有的价格。`,
            en: `${price(view, given, currency)} of margin given away: less was asked than lots of these sizes cost by themselves.`,
          })}
        </p>
      ) : null}
    </section>
  )
}

export interface CampaignPageProps {
  view: View
  /** What failed for good about it, and waits to be tried again. */
  troubles?: readonly StandingTrouble[]
  now: Date
  campaign: Campaign
  card: StyleCard
  number: string
  cells: readonly {
    size: string
    colourway: string
    pending: number
    confirmed: number
    pledged: number
    inLots: number
    released: number
  }[]
  points: readonly CumulativePoint[]
  /** None once it cannot be asked any more: the campaign is over, or its first lot has gone. */
  chance: Chance | null
  preorders: readonly Preorder[]
  lots?: readonly LotRow[]
  /** The rungs with what was pledged up to a price; none where nothing was. */
  pledges?: readonly ShownRung[]
  /** What in its demand is worth a second look. */
  patterns?: Patterns
  more: string | undefined
  inquiries: readonly InquiryRow[]
  hand: HandProps
  /** What was typed into a form of its hand and refused. */
  sent: Sent
}

const colourNamer =
  (view: View, card: StyleCard) =>
  (id: string): string =>
    say(view, card.colourways.find((each) => each.id === id)?.name ?? { zh: id, en: id })

const closingWord = (view: View, { closing, closingUnits }: Campaign): string =>
  `${wordFor(view, CLOSING, closing)}${closingUnits === null ? '' : ` (${units(view, closingUnits)})`}`

/** It closed with enough units from too few buyers: a person says what becomes of it. */
const Undecided = ({ view, campaign, mayAct }: { view: View; campaign: Campaign; mayAct: boolean }) => (
  <div class="told" role="status">
    <p>
      {say(view, {
        zh: `已截止：${units(view, campaign.lotUnits)}已够起做量，但只有 ${count(view, campaign.lotBuyers)} 位买家，少于要求的 ${count(view, campaign.minBuyers)} 位。可以仍然投产，也可以停止预售、释放买家。`,
        en: `It closed with ${units(view, campaign.lotUnits)}, which is enough, from ${count(view, campaign.lotBuyers)} of at least ${count(view, campaign.minBuyers)} buyers. Make it all the same, or stop it below and release them.`,
      })}
    </p>
    {mayAct ? (
      <form method="post" action={`/console/campaigns/${campaign.id}/make`}>
        <button type="submit" class="primary">
          {say(view, { zh: '仍然投产', en: 'Make it all the same' })}
        </button>
      </form>
    ) : null}
  </div>
)

/** Counts that must never be mixed: what counts now, what is being made, what is not verified, what was let go. */
function Demand({ view, campaign, card, cells }: CampaignPageProps) {
  const colourName = colourNamer(view, card)
  const tables = [
    { key: 'confirmed', title: say(view, { zh: '已确认（计入本批）', en: 'Verified, for the lot now gathering' }) },
    {
      key: 'pledged',
      title: say(view, { zh: '限价更低（目前不计入）', en: 'Pledged for a lower price, not counted now' }),
    },
    { key: 'inLots', title: say(view, { zh: '已投产', en: 'In lots already' }) },
    { key: 'pending', title: say(view, { zh: '待确认（不计入）', en: 'Not verified, not counted' }) },
    { key: 'released', title: say(view, { zh: '已确认，未达起做量而释放', en: 'Verified, released unmade' }) },
  ] as const
  return (
    <div class="stack">
      {tables.map(({ key, title }) => {
        const lines = cells
          .filter((cell) => cell[key] > 0)
          .map(({ size, colourway, ...cell }) => ({ size, colourway, quantity: cell[key] }))
        return lines.length ? (
          <div class="stack-tight">
            <h3>{title}</h3>
            <QuantityMatrix view={view} lines={lines} colourName={colourName} sizes={campaign.sizes} />
          </div>
        ) : null
      })}
      {cells.length ? null : <p class="empty">{say(view, { zh: '还没有预订。', en: 'No pre-orders yet.' })}</p>}
    </div>
  )
}

/** How far it has come, or, once it is over and everybody released, how far it had come. */
function Reached({ view, campaign, points }: CampaignPageProps) {
  if (campaign.state === 'released') {
    const reached = points.at(-1)?.units ?? 0
    return (
      <>
        <p class="gathering-figure">{gatheredSoFar(view, { ...campaign, lotUnits: reached })}</p>
        <p class="soft">
          {campaign.stoppedAt
            ? say(view, {
                zh: '预售被提前停止，买家已全部释放并收到通知，分文未收。',
                en: 'Stopped before its end: every buyer was released and told, and nobody pays.',
              })
            : say(view, {
                zh: '截止时未达起做量，买家已全部释放并收到通知，分文未收。',
                en: 'Below the threshold when it ended: every buyer was released and told, and nobody pays.',
              })}
        </p>
      </>
    )
  }
  return (
    <>
      <p class="gathering-figure">{gatheredSoFar(view, campaign)}</p>
      <p class="soft">
        {say(view, {
          zh: `${count(view, campaign.lotBuyers)} 位买家，累计 ${units(view, campaign.totalUnits)}，待确认 ${units(view, campaign.pendingUnits)}`,
          en: `${count(view, campaign.lotBuyers)} buyers, ${units(view, campaign.totalUnits)} in all, ${units(view, campaign.pendingUnits)} pending`,
        })}
      </p>
    </>
  )
}

/** Will the goal be reached? While nobody can tell, that is what is said. */
function Reaching({ view, chance }: { view: View; chance: Chance }) {
  const { probability, interval, basis, enough } = chance
  const from = {
    zh: `依据 ${count(view, basis.buyers)} 位已确认买家、${units(view, basis.units)}、已过时间 ${percent(view, basis.elapsed)}`,
    en: `from ${basis.buyers === 1 ? '1 verified buyer' : `${count(view, basis.buyers)} verified buyers`}, ${units(view, basis.units)}, ${percent(view, basis.elapsed)} of the time`,
  }
  if (!enough)
    return (
      <p>
        {say(view, { zh: '能否达到起做量：', en: 'Will the threshold be reached? ' })}
        <strong>{say(view, { zh: '为时尚早，还看不出', en: 'Too early to say' })}</strong>{' '}
        <span class="soft small">{say(view, { zh: `（${from.zh}）`, en: `(${from.en})` })}</span>
      </p>
    )
  const range = {
    zh: `${said(view, interval[0])}–${said(view, interval[1])}`,
    en: `${said(view, interval[0])} to ${said(view, interval[1])}`,
  }
  const end = [
    count(view, chance.units.low),
    count(view, chance.units.high),
    count(view, chance.buyers.low),
    count(view, chance.buyers.high),
  ]
  return (
    <p>
      {say(view, { zh: '达到起做量的可能性 ', en: 'Chance of reaching the threshold ' })}
      <strong class="num">{said(view, probability)}</strong>{' '}
      <span class="soft small">
        {say(view, {
          zh: `（${range.zh}，${from.zh}；预计截止时 ${end[0]}–${end[1]} 件、${end[2]}–${end[3]} 位买家）`,
          en: `(${range.en}, ${from.en}; by the end ${end[0]} to ${end[1]} pieces from ${end[2]} to ${end[3]} buyers, four times out of five)`,
        })}
      </span>
    </p>
  )
}

export function CampaignPage(props: CampaignPageProps) {
  const { view, now, campaign, card, number, points, preorders, more, inquiries, sent } = props
  const colourName = colourNamer(view, card)
  return (
    <Layout view={view} title={say(view, card.names)} face="console">
      <Heading
        title={say(view, card.names)}
        eyebrow={
          <>
            <a href="/console/campaigns">{say(view, { zh: '预售', en: 'Campaigns' })}</a> · {number}
          </>
        }
      >
        <CampaignBadge view={view} campaign={campaign} />
        {campaign.takenDownAt ? null : (
          <a class="button small" href={`/shop/${campaign.slug}`}>
            {say(view, { zh: '商城页面', en: 'Its page in the shop' })}
          </a>
        )}
        <a class="button small" href={`/console/styles/${campaign.styleId}`}>
          {say(view, { zh: '款式资料', en: 'The style' })}
        </a>
      </Heading>
      <Troubles view={view} rows={props.troubles} />
      {standingOf(campaign) === 'undecided' ? (
        <Undecided view={view} campaign={campaign} mayAct={props.hand.mayAct} />
      ) : null}
      <div class="two" data-live="campaign">
        <div class="with-thumb">
          <span class="thumb thumb-large">
            <Picture view={view} pictures={card.front} alt="" sizes="9rem" />
          </span>
          <div>
            <Reached {...props} />
            {props.chance && !isOver(campaign) ? <Reaching view={view} chance={props.chance} /> : null}
          </div>
        </div>
        <Facts
          rows={[
            [
              say(view, { zh: '期间', en: 'From – to' }),
              `${longDay(view, campaign.opensAt)} – ${ending(view, endOf(campaign))}${isOver(campaign) ? '' : ` (${remaining(view, now, campaign.closesAt)})`}`,
            ],
            [say(view, { zh: '起做量', en: 'Threshold' }), units(view, campaign.thresholdUnits)],
            [say(view, { zh: '最少买家', en: 'Fewest buyers' }), count(view, campaign.minBuyers)],
            [say(view, { zh: '首批何时投产', en: 'The first lot goes' }), closingWord(view, campaign)],
            [say(view, { zh: '每人上限', en: 'Cap per buyer' }), units(view, campaign.perBuyerCap)],
            [
              say(view, { zh: '承诺交期', en: 'Promised' }),
              say(view, {
                zh: `投产后 ${campaign.promisedDays} 天`,
                en: `${campaign.promisedDays} days after production starts`,
              }),
            ],
            [
              say(view, { zh: '浏览 / 咨询', en: 'Views / questions' }),
              `${count(view, campaign.views)} / ${count(view, campaign.inquiries)}`,
            ],
            [
              say(view, { zh: '款式指纹', en: 'Style hash' }),
              <span class="mono">{campaign.styleHash.slice(0, 24)}…</span>,
            ],
          ]}
        />
      </div>
      <Hand campaign={campaign} sent={sent} {...props.hand} />
      <section class="section">
        <h2>{say(view, { zh: '累计预订', en: 'Verified units over time' })}</h2>
        <CumulativeChart
          view={view}
          points={points}
          from={campaign.opensAt}
          to={campaign.closesAt}
          now={now}
          threshold={campaign.thresholdUnits}
        />
      </section>
      <section class="section two two-sizes">
        <div>
          <h2>{say(view, { zh: '尺码与配色', en: 'Sizes and colours' })}</h2>
          <Demand {...props} />
        </div>
        <div>
          <h2>{say(view, { zh: '阶梯价', en: 'Price ladder' })}</h2>
          <LadderChart
            view={view}
            ladder={ladderOf(campaign)}
            currency={campaign.currency}
            units={countedUnits(campaign)}
            threshold={campaign.thresholdUnits}
          />
          {props.pledges?.length ? <Rungs view={view} campaign={campaign} pledges={props.pledges} /> : null}
        </div>
      </section>
      {props.lots?.length ? <Lots view={view} rows={props.lots} currency={campaign.currency} /> : null}
      {props.patterns ? <PatternsSection view={view} patterns={props.patterns} /> : null}
      <section class="section" id="questions">
        <h2>{say(view, { zh: '咨询', en: 'Questions' })}</h2>
        <div class="stack">
          {inquiries.length ? (
            inquiries.map((row) => <InquiryBox view={view} row={row} sent={NOTHING_SENT} />)
          ) : (
            <p class="empty">{say(view, { zh: '还没有咨询。', en: 'No questions yet.' })}</p>
          )}
        </div>
      </section>
      <section class="section" id="preorders">
        <h2>{say(view, { zh: '预订', en: 'Pre-orders' })}</h2>
        <Table
          rows={preorders}
          empty={say(view, { zh: '还没有预订。', en: 'No pre-orders yet.' })}
          columns={[
            { head: say(view, { zh: '时间', en: 'When' }), cell: ({ placedAt }) => <Time view={view} at={placedAt} /> },
            {
              head: say(view, { zh: '买家', en: 'Buyer' }),
              cell: ({ name, email }) =>
                email ? (
                  <>
                    {name}
                    <span class="how">{email}</span>
                  </>
                ) : (
                  <span class="soft">{say(view, { zh: '无权查看', en: 'not shown to your role' })}</span>
                ),
            },
            {
              head: say(view, { zh: '明细', en: 'Lines' }),
              cell: ({ lines, pledged }) =>
                ((readPledge(pledged) ?? lines) as PledgedLine[])
                  .map(
                    ({ size, colourway, quantity, atMost }) =>
                      `${colourName(colourway)} ${size} × ${quantity}${atMost === undefined ? '' : ` ≤ ${price(view, atMost, campaign.currency)}`}`,
                  )
                  .join(say(view, { zh: '，', en: ', ' })),
            },
            { head: say(view, { zh: '件数', en: 'Units' }), number: true, cell: (row) => count(view, row.units) },
            {
              head: say(view, { zh: '下单时单价', en: 'Shown price' }),
              number: true,
              cell: ({ shownPrice }) => price(view, shownPrice, campaign.currency),
            },
            {
              head: say(view, { zh: '状态', en: 'State' }),
              cell: ({ state, lot }) => (
                <>
                  <Badge
                    tone={
                      state === 'confirmed' || state === 'fulfilled' ? 'good' : state === 'in-lot' ? 'accent' : 'plain'
                    }
                  >
                    {wordFor(view, PREORDER_STATE, state)}
                  </Badge>
                  {lot ? <span class="soft small"> {say(view, { zh: `第 ${lot} 批`, en: `lot ${lot}` })}</span> : null}
                </>
              ),
            },
          ]}
        />
        <More view={view} href={more} />
      </section>
    </Layout>
  )
}
