import { own } from '../../../core/own.ts'
import { CATEGORY_NAMES } from '../../../garments/index.ts'
import { pricesOf, standingOf } from '../../../stages/4-storefront/model.ts'
import type { OnSale } from '../../../stages/4-storefront/shelf.ts'
import { ThresholdBar } from '../charts.tsx'
import { Html } from '../html.tsx'
import { Layout } from '../layout.tsx'
import { Badge, DesignBadge, Heading, More, Picture, Swatch } from '../parts.tsx'
import type { Campaign, StyleCard } from '../../../db/rows.ts'
import { count, price, percent, remaining, say, units, type View } from '../view.ts'

/** What is shown of a campaign that is sold: nothing that changes without being seen. */
export type Sold = OnSale['campaign']

export interface ShopRow {
  campaign: Sold
  number: string
  category: string
  card: StyleCard
}

export interface ShopListProps {
  view: View
  /** HTML of the {@link Card}s, one after the other, or what stands for it; empty where nothing is sold. */
  cards: string
  /** Address of the following page. */
  more: string | undefined
  category: string | undefined
  categories: readonly string[]
}

export const categoryName = (view: View, category: string): string =>
  say(view, own(CATEGORY_NAMES, category) ?? { zh: category, en: category })

/** Price now → price at the next rung, and how many units are still missing to it. */
export function PriceNow({ view, campaign }: { view: View; campaign: Sold }) {
  const { unitPrice, next } = pricesOf(campaign)
  // What each lot that was made cost is said to its buyers; the campaign has no price any more.
  if (isOver(campaign) && campaign.pricing === 'lot') return null
  return (
    <>
      <span class="price">{price(view, unitPrice, campaign.currency)}</span>
      {isOver(campaign) ? null : next ? (
        <span class="price-next">
          {say(view, {
            zh: `再凑 ${count(view, next.unitsMissing)} 件，降到 `,
            en: `${count(view, next.unitsMissing)} more units bring it to `,
          })}
          <strong>{price(view, next.unitPrice, campaign.currency)}</strong>
        </span>
      ) : (
        <span class="price-next">{say(view, { zh: '已是最低阶梯价', en: 'the lowest price is reached' })}</span>
      )}
    </>
  )
}

/** Over for good: after at least one lot, or with everybody released; or a person has stopped it. */
export const isOver = ({ state, stoppedAt }: Pick<Campaign, 'state' | 'stoppedAt'>): boolean =>
  stoppedAt !== null || state === 'closed' || state === 'released'

/** Ended by its date it ended then, however many minutes later somebody closed it. */
export const endOf = ({ endedAt, stoppedAt, closesAt }: Pick<Campaign, 'endedAt' | 'stoppedAt' | 'closesAt'>): Date => {
  const ended = endedAt ?? stoppedAt
  return ended && ended < closesAt ? ended : closesAt
}

/** Over, and not without a lot. */
export const isMade = ({ state, stoppedAt, lot }: Pick<Campaign, 'state' | 'stoppedAt' | 'lot'>): boolean =>
  state === 'closed' || (stoppedAt !== null && lot > 1)

/** How far the present lot has come, in words; the first lot counts to the threshold, later ones only gather. */
export function gatheredSoFar(view: View, campaign: Sold): string {
  const { lotUnits, totalUnits, thresholdUnits, lot } = campaign
  const state = standingOf(campaign)
  if (isMade(campaign)) {
    const made = units(view, totalUnits - lotUnits)
    return say(view, { zh: `共投产 ${made}`, en: `${made} made in all` })
  }
  if (state === 'released' && lotUnits === 0)
    return say(view, {
      zh: `未达 ${units(view, thresholdUnits)}`,
      en: `fewer than ${units(view, thresholdUnits)}`,
    })
  if (state === 'dispatching')
    return say(view, {
      zh: `第 ${lot} 批已预订 ${units(view, lotUnits)}`,
      en: `${units(view, lotUnits)} for lot ${lot}`,
    })
  if (state === 'collecting')
    return say(view, {
      zh: `已达起做量，已预订 ${units(view, lotUnits)}`,
      en: `goal reached, ${units(view, lotUnits)} so far`,
    })
  return say(view, {
    zh: `已预订 ${count(view, lotUnits)} / ${count(view, thresholdUnits)} 件（${percent(view, Math.min(1, lotUnits / thresholdUnits))}）`,
    en: `${count(view, lotUnits)} of ${count(view, thresholdUnits)} units (${percent(view, Math.min(1, lotUnits / thresholdUnits))})`,
  })
}

/** What a card of the shop depends on beside its row and its reader's language: how long there is left, and its place. */
export const cardGiven = (view: Pick<View, 'lang'>, now: Date, { campaign }: ShopRow, index: number): string =>
  `${remaining(view, now, campaign.closesAt)} ${isEager(index)}`

/** The first row is seen at once. */
const isEager = (index: number): boolean => index < 3

export function Card({ view, now, row, index }: { view: View; now: Date; row: ShopRow; index: number }) {
  const { campaign, card } = row
  const standing = standingOf(campaign)
  const dispatching = standing === 'dispatching'
  return (
    <article class="card">
      <Picture
        view={view}
        pictures={card.front}
        alt={say(view, {
          zh: `${card.names.zh}，设计稿正面图`,
          en: `${card.names.en}, design picture, front`,
        })}
        sizes="(max-width: 40rem) 92vw, (max-width: 70rem) 45vw, 23rem"
        eager={isEager(index)}
      />
      <div class="card-top">
        {campaign.pausedAt ? (
          <Badge tone="warn">{say(view, { zh: '暂停预订', en: 'Paused' })}</Badge>
        ) : dispatching || standing === 'collecting' ? (
          <Badge tone="good">{say(view, { zh: '已达起做量', en: 'Threshold reached' })}</Badge>
        ) : (
          <DesignBadge view={view} />
        )}
        <span class="swatches">
          {card.colourways.map((colourway) => (
            <Swatch colourway={colourway} size={18} />
          ))}
          <span class="hidden">{card.colourways.map(({ name }) => say(view, name)).join(', ')}</span>
        </span>
      </div>
      <h2>
        <a href={`/shop/${campaign.slug}`}>{say(view, card.names)}</a>
      </h2>
      <p>
        <PriceNow view={view} campaign={campaign} />
      </p>
      <div>
        <ThresholdBar
          units={dispatching ? campaign.thresholdUnits : campaign.lotUnits}
          threshold={campaign.thresholdUnits}
          label={gatheredSoFar(view, campaign)}
        />
        <p class="progress-line">
          <span>{gatheredSoFar(view, campaign)}</span>
          <span class="soft">{remaining(view, now, campaign.closesAt)}</span>
        </p>
      </div>
    </article>
  )
}

/** Where the cards come, in a page that is kept without them. Nobody's words look like it: what is typed is escaped. */
export const CARDS_HERE = '<!--cards-->'

/** A page with its cards. */
export function withCards(html: string, cards: readonly Buffer[]): Buffer {
  const at = html.indexOf(CARDS_HERE)
  if (at < 0) return Buffer.from(html)
  return Buffer.concat([Buffer.from(html.slice(0, at)), ...cards, Buffer.from(html.slice(at + CARDS_HERE.length))])
}

export function ShopListPage({ view, cards, more, category, categories }: ShopListProps) {
  return (
    <Layout
      view={view}
      title={say(view, { zh: '正在预售', en: 'Open for pre-order' })}
      face="shop"
      description={say(view, {
        zh: '尚未生产的设计稿，够起做量才投产，凑单越多越便宜。',
        en: 'Designs that are made once enough people want them; the more join, the less each pays.',
      })}
    >
      <Heading
        title={say(view, { zh: '正在预售', en: 'Open for pre-order' })}
        lead={say(view, {
          zh: '这里的每一款都还没有生产。够起做量才投产，凑单的人越多单价越低；达不到就自动取消，分文不收。',
          en: 'None of these exists yet. Each is made once enough people want it, and the price falls as more join. If too few do, it ends and nobody pays.',
        })}
      />
      {categories.length > 1 ? (
        <nav class="filters" aria-label={say(view, { zh: '品类', en: 'Category' })}>
          <a href="/shop" {...(category ? {} : { 'aria-current': 'page' as const })}>
            {say(view, { zh: '全部', en: 'All' })}
          </a>
          {categories.map((each) => (
            <a
              href={`/shop?category=${encodeURIComponent(each)}`}
              {...(category === each ? { 'aria-current': 'page' as const } : {})}
            >
              {categoryName(view, each)}
            </a>
          ))}
        </nav>
      ) : null}
      {cards ? (
        <div class="grid" data-live="grid">
          <Html of={cards} />
        </div>
      ) : (
        <p class="empty">
          {say(view, {
            zh: '目前没有正在预售的款。新设计通过审款后会出现在这里。',
            en: 'Nothing is open just now. New designs appear here as soon as they are approved.',
          })}
        </p>
      )}
      <More view={view} href={more} />
    </Layout>
  )
}
