import type { ComponentChildren } from 'preact'
import { LadderChart, ThresholdBar } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { Badge, DesignBadge, Swatch, Told } from '../parts.tsx'
import type { Campaign, StyleCard } from '../../../db/rows.ts'
import { countedUnits, ladderOf } from '../../../stages/4-storefront/model.ts'
import { dealWords } from '../../../stages/4-storefront/saying.ts'
import { count, ending, endTold, longDay, remaining, say, units, type View } from '../view.ts'
import { CAMPAIGN_STATE, GENDER, SEASON, wordFor } from '../words.ts'
import { categoryName, endOf, gatheredSoFar, isMade, isOver, PriceNow } from './list.tsx'
import { Rungs, type ShownRung } from './rungs.tsx'
import type { StyleFacts } from './style-pieces.tsx'

export interface ShopStyleProps {
  view: View
  now: Date
  /** Where this installation is reached: link previews want whole addresses. */
  baseUrl: string
  campaign: Campaign
  card: StyleCard
  facts: StyleFacts
  number: string
  category: string
  /** Colourway shown in the gallery. */
  colour: string
  /** What does not change with the count, drawn or kept (style-pieces.tsx). */
  pieces: Readonly<Record<'gallery' | 'order' | 'about' | 'sizes' | 'answers' | 'ask', ComponentChildren>>
  /** What has just been done: `ordered`, `asked`. */
  done: 'ordered' | 'asked' | undefined
  /** The rungs with what was pledged up to a price; none where nothing was. */
  pledges: readonly ShownRung[]
  /** Days in which what was received may be sent back; 0: it may not. */
  returnDays?: number
  /** Minutes until the letter goes out; 0: it is on its way. */
  waitMinutes?: number
  /** The link of a partner led here. */
  via?: Via | undefined
}

/** The link of a partner, by its code. */
export interface Via {
  code: string
  /** Whose it is; none where it leads nowhere any more. */
  name: string | undefined
}

/** Whose link it is that somebody came by, or that it is nobody's any more. */
export const Through = ({ view, via }: { view: View; via: Via | undefined }) =>
  via ? (
    <p class={via.name === undefined ? 'refusal' : 'told'} role="status">
      {via.name === undefined
        ? say(view, {
            zh: '您使用的合作方链接已失效。仍可照常预订，订单将直接由我们处理，不归属任何合作方。',
            en: 'The partner’s link that you came by is no longer in use. You can order all the same: your order then comes to us directly and belongs to no partner.',
          })
        : say(view, {
            zh: `您正通过“${via.name}”的链接预订：同一款、同一批、同一价格。`,
            en: `You order through ${via.name}: the same style, the same lot and the same price as everybody’s.`,
          })}
    </p>
  ) : null

/** An address of the shop, with the partner's link that led here. */
export const carrying = (path: string, via: Via | undefined, query = ''): string => {
  const all = [via ? `p=${encodeURIComponent(via.code)}` : '', query].filter(Boolean).join('&')
  return all ? `${path}?${all}` : path
}

/** Whether it takes pre-orders at that moment. */
export const isOpen = ({ state, opensAt, closesAt, pausedAt, stoppedAt }: Campaign, now: Date) =>
  !pausedAt && !stoppedAt && (state === 'open' || state === 'dispatching') && opensAt <= now && closesAt > now

/** The notice the law and decency ask for: what is sold here is a design. */
const WhatItIs = ({ view, campaign }: { view: View; campaign: Campaign }) => (
  <div class="stack-tight small">
    <p class="row">
      <DesignBadge view={view} />
      <Badge tone="uncut">{say(view, { zh: '数字商品', en: 'Digital product' })}</Badge>
    </p>
    <p class="soft">
      {isOver(campaign)
        ? say(view, {
            zh: '这件衣服由 AI 设计，先预售、后生产。图片、尺码表和工厂的工艺单出自同一组参数。',
            en: 'This garment was designed with AI and sold before it was to be made. Picture, size chart and the factory’s brief come from the same parameters.',
          })
        : say(view, {
            zh: `这是一件由 AI 设计、尚未生产的衣服。图片、尺码表和工厂的工艺单出自同一组参数：您看到的就是将要生产的。到 ${ending(view, campaign.closesAt)} 未达起做量，预订自动取消，不收任何费用。`,
            en: `This garment was designed with AI and has not been made yet. Picture, size chart and the factory’s brief come from the same parameters: what you see is what will be made. If it does not reach its threshold by ${ending(view, campaign.closesAt)}, your pre-order ends by itself and you pay nothing.`,
          })}
    </p>
  </div>
)

/** How a campaign ended, in a headline and a sentence. */
function endingOf(view: View, campaign: Campaign): { figure: string; why: string } {
  const day = longDay(view, endOf(campaign))
  const made = isMade(campaign)
  if (campaign.stoppedAt)
    return {
      figure: made
        ? gatheredSoFar(view, campaign)
        : say(view, { zh: '预售已停止，不生产', en: 'Not made: we stopped it' }),
      why: say(view, {
        zh: `预售已于 ${day} 提前停止。尚未成批的预订全部取消，不收任何费用。`,
        en: `We stopped this campaign on ${day}. Pre-orders that were in no lot are released, and nobody pays for them.`,
      }),
    }
  if (made)
    return {
      figure: gatheredSoFar(view, campaign),
      why: say(view, { zh: `预售已于 ${day} 结束。`, en: `The campaign ended on ${day}.` }),
    }
  return {
    figure: say(view, { zh: '未达起做量，不生产', en: 'Not made: below its threshold' }),
    why: say(view, {
      zh: `到 ${day} 未满 ${units(view, campaign.thresholdUnits)}，预订已全部取消，分文未收。`,
      en: `By ${day} it had fewer than ${units(view, campaign.thresholdUnits)}. Every pre-order was released and nobody pays.`,
    }),
  }
}

/** How a campaign ended, in place of what it still needs. */
export function Ended({ view, campaign }: { view: View; campaign: Campaign }) {
  const { figure, why } = endingOf(view, campaign)
  return (
    <div class={isMade(campaign) ? 'gathering made' : 'gathering'}>
      <p class="gathering-figure">{figure}</p>
      <p class="small">
        {why} <a href="/shop">{say(view, { zh: '看看正在预售的款式', en: 'See what is open for pre-order' })}</a>
      </p>
    </div>
  )
}

/** Why it takes no pre-order just now, although it is not over. */
function notOpen(view: View, campaign: Campaign): string {
  if (campaign.state === 'scheduled')
    return say(view, {
      zh: `预售将于 ${longDay(view, campaign.opensAt)} 开始。`,
      en: `Pre-orders open on ${longDay(view, campaign.opensAt)}.`,
    })
  if (campaign.pausedAt)
    return say(view, {
      zh: '本款暂停接受新预订，请稍后再来。已提交的预订不受影响。',
      en: 'This campaign takes no new pre-orders just now. Come back later; what has been ordered stays as it is.',
    })
  return `${wordFor(view, CAMPAIGN_STATE, campaign.state)}${say(view, { zh: '，不再接受预订。', en: '. It takes no more pre-orders.' })}`
}

/** What is missing to the goal; past it, what has come together. */
function missingTo(view: View, campaign: Campaign): string {
  const missing = Math.max(0, campaign.thresholdUnits - campaign.lotUnits)
  const buyersMissing = Math.max(0, campaign.minBuyers - campaign.lotBuyers)
  if (campaign.state === 'dispatching' || campaign.collecting) return gatheredSoFar(view, campaign)
  return missing > 0
    ? say(view, {
        zh: `还差 ${count(view, missing)} 件起做，已有 ${count(view, campaign.lotBuyers)} 位买家`,
        en: `${units(view, missing)} missing before it is made; ${count(view, campaign.lotBuyers)} ${campaign.lotBuyers === 1 ? 'buyer' : 'buyers'} so far`,
      })
    : say(view, {
        zh: `件数已够，还差 ${count(view, buyersMissing)} 位买家`,
        en: `Enough units; ${count(view, buyersMissing)} more ${buyersMissing === 1 ? 'buyer' : 'buyers'} needed`,
      })
}

export function Gathering({ view, now, campaign }: { view: View; now: Date; campaign: Campaign }) {
  const dispatching = campaign.state === 'dispatching'
  const told = dealWords(campaign, endTold(campaign.closesAt, view.timeZone))
  return (
    <div class={dispatching || campaign.collecting ? 'gathering made' : 'gathering'} data-live="gathering">
      <p class="gathering-figure">
        {dispatching
          ? say(view, {
              zh: `累计预订 ${units(view, campaign.totalUnits)}`,
              en: `${units(view, campaign.totalUnits)} pre-ordered`,
            })
          : say(view, {
              zh: `${count(view, campaign.lotUnits)} / ${count(view, campaign.thresholdUnits)} 件`,
              en: `${count(view, campaign.lotUnits)} of ${count(view, campaign.thresholdUnits)} units`,
            })}
      </p>
      <ThresholdBar
        units={dispatching ? campaign.thresholdUnits : campaign.lotUnits}
        threshold={campaign.thresholdUnits}
        label={gatheredSoFar(view, campaign)}
      />
      <p class="small">
        {missingTo(view, campaign)}
        {campaign.pendingUnits > 0
          ? say(view, {
              zh: `；另有 ${count(view, campaign.pendingUnits)} 件待确认，未计入`,
              en: `; ${count(view, campaign.pendingUnits)} more wait for confirmation and do not count yet`,
            })
          : ''}
        {say(view, { zh: '。', en: '.' })}
      </p>
      {told ? <p class="small">{say(view, told)}</p> : null}
      <p class="progress-line">
        <span>
          {say(view, {
            zh: `截止 ${ending(view, campaign.closesAt)}`,
            en: `Closes ${ending(view, campaign.closesAt)}`,
          })}
        </span>
        <span class="soft">{remaining(view, now, campaign.closesAt)}</span>
      </p>
      <p class="small soft">
        {say(view, {
          zh: `成批后 ${campaign.promisedDays} 天内送达。`,
          en: `With you within ${campaign.promisedDays} days after its lot is full.`,
        })}
      </p>
    </div>
  )
}

/** What happens when fewer pieces come than were ordered (docs/parcels.md). */
const SHORT_RULE = {
  zh: '若到货的合格数量少于预订数量，按确认先后供货，整份优先；其余买家可先收部分、改选尚有余量的尺码或配色、等下一批（如有）或取消，没有收到的商品不收费。',
  en: 'Should fewer good pieces come than were ordered, whoever confirmed first is served first, whole orders before parts. The others may take a part, another size or colour that is left, wait for the next lot where there is one, or be released; nobody pays for what they do not get.',
}

/** What may be sent back, as the house has it. */
const returnRule = (days: number) =>
  days > 0
    ? {
        zh: `签收后 ${days} 天内可在您的预订页面申请退换；换货有余量则寄出，否则计入下一批，都没有时如实告知。`,
        en: `Within ${days} ${days === 1 ? 'day' : 'days'} after you have it you may ask on your own page to send it back or to exchange it: for one that is left, else in the next lot; if there is neither we say so.`,
      }
    : { zh: '按单生产，不支持退换。', en: 'Made to order: it is not taken back or exchanged.' }

export function ShopStylePage(props: ShopStyleProps) {
  const { view, now, campaign, card, facts, pieces, number, category, colour, done } = props
  const open = isOpen(campaign, now)
  const here = `/shop/${campaign.slug}`
  return (
    <Layout
      view={view}
      title={say(view, card.names)}
      face="shop"
      description={say(view, facts.story)}
      shared={facts.preview && { baseUrl: props.baseUrl, picture: facts.preview }}
    >
      {done === 'ordered' && props.waitMinutes ? (
        <Told>
          {say(view, {
            zh: `预订已保存。您的网络或邮箱在一小时内已发出过多确认邮件，本次的邮件会在约 ${props.waitMinutes} 分钟后自动发出，无需再次提交。收到后请打开链接确认，确认后才计入起做量。`,
            en: `Your pre-order is stored. Too many letters were asked for from your network or for this address within the hour: yours goes out by itself in about ${props.waitMinutes} minutes, so do not order again. Then open its link to confirm; only then does it count.`,
          })}
        </Told>
      ) : done === 'ordered' ? (
        <Told>
          {say(view, {
            zh: '预订已收到。请打开邮件中的链接确认，确认后才计入起做量；投产前可随时用同一链接取消。',
            en: 'Your pre-order has arrived. Open the link in the letter we send you to confirm it: only then does it count. Until production you can cancel with the same link.',
          })}
        </Told>
      ) : done === 'asked' ? (
        <Told>
          {say(view, {
            zh: '咨询已提交，我们会通过邮件回复您。',
            en: 'Your question has arrived. We answer by e-mail.',
          })}
        </Told>
      ) : null}
      <Through view={view} via={props.via} />
      <div class="style-page">
        {pieces.gallery}
        <div class="buy">
          <div class="buy-head">
            <p class="eyebrow">
              {number} · {wordFor(view, GENDER, facts.gender)} · {categoryName(view, category)} ·{' '}
              {wordFor(view, SEASON, facts.season)}
            </p>
            <h1>{say(view, card.names)}</h1>
            <p class="buy-price" data-live="price">
              <PriceNow view={view} campaign={campaign} />
            </p>
          </div>
          <WhatItIs view={view} campaign={campaign} />
          {isOver(campaign) ? (
            <Ended view={view} campaign={campaign} />
          ) : (
            <>
              <Gathering view={view} now={now} campaign={campaign} />
              <div data-live="ladder">
                <LadderChart
                  view={view}
                  ladder={ladderOf(campaign)}
                  currency={campaign.currency}
                  units={countedUnits(campaign)}
                  threshold={campaign.thresholdUnits}
                />
                <Rungs view={view} campaign={campaign} pledges={props.pledges} />
                <p class="small soft">
                  {say(view, {
                    zh: '每批所有买家按该批投产时达到的最低阶梯价付款，不会高于下单时写明的最高单价。',
                    en: 'Everybody in a lot pays the lowest price it reached when it went into production, never more than the most that was named when ordering.',
                  })}
                </p>
                <p class="small soft">{say(view, SHORT_RULE)}</p>
                {props.returnDays === undefined ? null : (
                  <p class="small soft">{say(view, returnRule(props.returnDays))}</p>
                )}
              </div>
            </>
          )}
          <div>
            <p class="field-label">{say(view, { zh: '看配色', en: 'See a colour' })}</p>
            <div class="colours">
              {card.colourways.map((each) => (
                <a
                  href={carrying(here, props.via, `colour=${encodeURIComponent(each.id)}`)}
                  {...(each.id === colour ? { 'aria-current': 'true' as const } : {})}
                >
                  <Swatch colourway={each} />
                  {say(view, each.name)}
                </a>
              ))}
            </div>
          </div>
          {open ? pieces.order : isOver(campaign) ? null : <p class="refusal">{notOpen(view, campaign)}</p>}
        </div>
        {pieces.about}
      </div>

      {pieces.sizes}
      <section class="section two" id="questions">
        {pieces.answers}
        {pieces.ask}
      </section>
    </Layout>
  )
}
