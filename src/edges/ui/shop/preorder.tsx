import { Layout } from '../layout.tsx'
import type { Contact } from '../../../stages/5-demand/contact.ts'
import { AddressFields, CONTACT_FIELDS, contactRows, KindFields, PhoneField } from './contact.tsx'
import { Badge, Facts, Field, Heading, Picture, Refusal, Told, type Sent, type Tone } from '../parts.tsx'
import type { Localized } from '../../../core/values.ts'
import type { Campaign, Lot, Preorder, StyleCard } from '../../../db/rows.ts'
import { endedBy, pricesOf } from '../../../stages/4-storefront/model.ts'
import { dealWords } from '../../../stages/4-storefront/saying.ts'
import { unitsOf } from '../../../stages/5-demand/model.ts'
import { countingAt, readPledge, settledAt, type PledgedLine } from '../../../stages/5-demand/pledges.ts'
import { count, ending, endTold, price, say, units, type View } from '../view.ts'
import { PREORDER_STATE, SHIPMENT_STATE, wordFor } from '../words.ts'
import { ChangeForm, NoMoreChanges } from './change.tsx'
import { OwnParcels, type OwnMile } from './own-parcels.tsx'
import { RETURN_FIELDS, Returns, type OwnReturns } from './returns.tsx'
import { Short } from './short.tsx'
import { priceRows } from './own-price.tsx'
import { TERMS_PATH } from './terms.tsx'
import { storyOf, Timeline } from './timeline.tsx'

/** What a buyer may have done here. */
export const BUYERS_ACTS = ['confirmed', 'cancelled', 'contact', 'lines', 'received', 'chosen', 'asked'] as const
export type BuyersAct = (typeof BUYERS_ACTS)[number]

const DONE: Record<BuyersAct, Localized> = {
  confirmed: { zh: '谢谢，您的预订已确认。', en: 'Thank you, your pre-order is confirmed.' },
  received: { zh: '谢谢，已登记您收到商品。', en: 'Thank you, we have noted that you have it.' },
  cancelled: { zh: '您的预订已取消。', en: 'Your pre-order is cancelled.' },
  contact: { zh: '收货信息已保存。', en: 'Saved.' },
  lines: { zh: '已按新的尺码、配色和件数保存。', en: 'Saved as you have it now.' },
  chosen: { zh: '已按您的选择处理。', en: 'Done as you chose.' },
  asked: { zh: '退换申请已提交，审核后会通知您。', en: 'Your request has arrived. We look at it and write to you.' },
}

export interface PreorderPageProps {
  view: View
  now: Date
  preorder: Preorder
  campaign: Campaign
  /** The one it is in, as it stands; none while it gathers. */
  lot: Lot | undefined
  /** Where the lot and the buyer's own parcels are. */
  mile: OwnMile
  /** What was sent back, once there is something to send back. */
  returning?: OwnReturns | undefined
  card: StyleCard
  contact: Contact
  /** When its buyer changed it. */
  changes: readonly { at: Date }[]
  token: string
  /** To everything of the same person. */
  mine: string
  sent: Sent
  /** What the buyer has just done. */
  done: BuyersAct | undefined
}

const TONES: Record<Preorder['state'], Tone> = {
  pending: 'warn',
  confirmed: 'good',
  'in-lot': 'accent',
  fulfilled: 'good',
  cancelled: 'plain',
  released: 'plain',
}

/** Why it was let go with its campaign. */
function released(view: View, campaign: Campaign): string {
  const by = endedBy(campaign)
  if (by === 'taken-down')
    return say(view, {
      zh: '本款已下架，不会投产。预订已取消，不收任何费用。',
      en: 'We have withdrawn the style from sale and do not make it. Your pre-order is released and you pay nothing.',
    })
  if (by === 'stopped')
    return say(view, {
      zh: '我们已提前停止本款预售，您的这份不会投产。预订已取消，不收任何费用。',
      en: 'We stopped the campaign before its end, and what you ordered will not be made. Your pre-order is released and you pay nothing.',
    })
  if (campaign.state === 'closed')
    return say(view, {
      zh: '上一批之后的预订不足以再做一批，您的这份不会投产。预订已自动取消，不收任何费用。',
      en: 'Too few pieces were ordered after the last lot for another one, so yours will not be made. Your pre-order is released and you pay nothing.',
    })
  return say(view, {
    zh: '本款未达起做量，不会投产。预订已自动取消，不收任何费用。',
    en: 'The style did not reach its threshold and will not be made. Your pre-order is released and you pay nothing.',
  })
}

interface Where {
  stands: Lot | undefined
  /** The buyer's own parcel has left. */
  sent: boolean
  /** Too few pieces came, and the buyer has not chosen. */
  short: boolean
  /** What was chosen when too few pieces came. */
  chosen: NonNullable<OwnMile['shipment']>['chosen']
}

/** Why one buyer is let go of a lot that is made. */
function letGo(view: View, chosen: Where['chosen']): string {
  if (chosen === 'wait')
    return say(view, {
      zh: '到货数量不足，您选择了等下一批：预订已转到下一批，请使用邮件中的新链接查看。本批不收任何费用。',
      en: 'Too few pieces came and you chose to wait: your order counts for the next lot now, behind the new link in your letter. You pay nothing for this one.',
    })
  if (chosen === 'release' || chosen === 'silence')
    return say(view, {
      zh: '到货数量不足，这份预订已取消，不收任何费用。',
      en: 'Too few pieces came, and this pre-order is released. You pay nothing.',
    })
  return say(view, {
    zh: '我们未能按承诺日期送达，这份预订已取消，不收任何费用。',
    en: 'We did not keep the date that we promised, and this pre-order is cancelled. You pay nothing.',
  })
}

/** Of a confirmed pledge: how many of its pieces count at the price that is reached now. */
function countsNow(view: View, pledge: readonly PledgedLine[], campaign: Campaign): string {
  const { unitPrice } = pricesOf(campaign)
  const now = price(view, unitPrice, campaign.currency)
  const counting = unitsOf(countingAt(pledge, unitPrice))
  const all = units(view, unitsOf(pledge))
  if (counting === 0)
    return say(view, {
      zh: `已确认。目前单价 ${now}，高于您的限价，暂不计入；降到您的限价即计入。`,
      en: `Confirmed. The price is ${now} now, above your highest price, so it does not count yet; it does as soon as it falls to it. `,
    })
  return counting === unitsOf(pledge)
    ? say(view, {
        zh: `已确认。目前单价 ${now}，您的 ${all}全部计入。`,
        en: `Confirmed. At the price reached now, ${now}, all your ${all} count. `,
      })
    : say(view, {
        zh: `已确认。目前单价 ${now}，您的 ${all}中有 ${count(view, counting)} 件计入。`,
        en: `Confirmed. At the price reached now, ${now}, ${count(view, counting)} of your ${all} count. `,
      })
}

/** Its lot went at a price that none of it accepts. */
const isLeftOut = ({ state, pledged }: Preorder, lot: Lot | undefined): boolean =>
  state === 'released' && lot !== undefined && pledged !== null && !settledAt(readPledge(pledged) ?? [], lot.unitPrice)

/** Why it was let go, of its lot or with its campaign. */
function endedWithout(
  view: View,
  preorder: Preorder,
  campaign: Campaign,
  { stands, chosen }: Pick<Where, 'stands' | 'chosen'>,
): string {
  const { lot } = preorder
  if (stands && isLeftOut(preorder, stands))
    return say(view, {
      zh: `这一批已按单价 ${price(view, stands.unitPrice, stands.currency)} 投产，高于您的限价，不包含您的这份。预订已取消，不收任何费用。`,
      en: `Your lot went into production at ${price(view, stands.unitPrice, stands.currency)} each, above your highest price, so yours is not part of it. Your pre-order is released and you pay nothing.`,
    })
  if (lot !== null && stands?.state !== 'called-off') return letGo(view, chosen)
  if (lot !== null)
    return say(view, {
      zh: '这一批无法继续生产，已停止。预订已取消，不收任何费用。',
      en: 'Production of your lot was stopped and it will not be made. Your pre-order is released and you pay nothing.',
    })
  return released(view, campaign)
}

/** What the state means for the buyer, and what happens next. */
function meaning(view: View, preorder: Preorder, campaign: Campaign, { stands, sent, short, chosen }: Where): string {
  const { state } = preorder
  const pledge = readPledge(preorder.pledged)
  const closing = ending(view, campaign.closesAt)
  if ((state === 'pending' || state === 'confirmed') && campaign.stoppedAt)
    return say(view, {
      zh: '我们已停止本款预售，不会再投产。您的预订即将取消，不收任何费用。',
      en: 'We have stopped this campaign and make no more of it. Your pre-order is about to be released, and you pay nothing.',
    })
  switch (state) {
    case 'pending':
      return say(view, {
        zh: '这份预订还没有计入起做量。请按下面的按钮确认。',
        en: 'This pre-order does not count yet. Please confirm it with the button below.',
      })
    case 'confirmed':
      return `${pledge ? countsNow(view, pledge, campaign) : say(view, { zh: '已确认并计入起做量。', en: 'Confirmed, and it counts. ' })}${say(
        view,
        dealWords(campaign, endTold(campaign.closesAt, view.timeZone)) ?? {
          zh: '之前的批次已投产，您的预订计入下一批，够量即投产。投产前可随时取消。',
          en: 'Earlier lots are in production; yours goes when enough has gathered for the next. Until production you can cancel.',
        },
      )}${say(view, {
        zh: `到 ${closing} 仍未投产则自动取消，不收费用。`,
        en: ` If it is not made by ${closing} or at that time, it ends by itself and you pay nothing.`,
      })}`
    case 'in-lot':
      if (short)
        return say(view, {
          zh: '这一批已到货，但数量不足，请在下面选择处理方式。',
          en: 'Your lot is there, with too few pieces. Please choose below what we shall do.',
        })
      if (sent)
        return say(view, {
          zh: '您的包裹已寄出，单号见下。',
          en: 'Your parcel has left. Its number stands below.',
        })
      return stands?.state === 'arrived'
        ? say(view, {
            zh: '这一批已到达我们的仓库，正准备为您打包；寄出时我们会通知您。',
            en: 'Your lot is at our warehouse. We pack yours by itself and write to you when it leaves.',
          })
        : say(view, {
            zh: '这一批已成批，不能再更改。工厂接单、到仓和寄出时，我们都会通知您。',
            en: 'Your lot is full and can no longer be changed. We write when a factory takes it, when it is at our warehouse, and when yours leaves.',
          })
    case 'fulfilled':
      return say(view, { zh: '您已收到这份预订的商品。', en: 'You have received what you ordered.' })
    case 'cancelled':
      return say(view, { zh: '这份预订已取消，不收任何费用。', en: 'This pre-order is cancelled. You pay nothing.' })
    case 'released':
      return endedWithout(view, preorder, campaign, { stands, chosen })
  }
}

/** The state as its buyer reads it: where the lot is, until their own parcel has left. */
export function stateOf(
  view: View,
  { state }: Preorder,
  lot: Lot | undefined,
  { shipment }: OwnMile,
): { tone: Tone; word: string } {
  const word = () => {
    if (state === 'fulfilled') return say(view, { zh: '已签收', en: 'Received' })
    if (state !== 'in-lot') return wordFor(view, PREORDER_STATE, state)
    if (shipment?.state === 'sent') return wordFor(view, SHIPMENT_STATE, 'sent')
    return lot?.state === 'arrived'
      ? say(view, { zh: '已到我们的仓库', en: 'At our warehouse' })
      : wordFor(view, PREORDER_STATE, state)
  }
  return { tone: TONES[state], word: word() }
}

/** What was ordered; as long as that is not decided, with the price up to which it counts. */
function lineRows(view: View, preorder: Preorder, campaign: Campaign, colourName: (id: string) => string) {
  const waits = preorder.state === 'pending' || preorder.state === 'confirmed'
  const lines: readonly PledgedLine[] = (waits && readPledge(preorder.pledged)) || preorder.lines
  return lines.map(
    ({ size, colourway, quantity, atMost }) =>
      [
        `${colourName(colourway)} · ${size}`,
        <span class="num">
          {units(view, quantity)}
          {atMost === undefined ? '' : upTo(view, atMost, campaign)}
        </span>,
      ] as const,
  )
}

const upTo = (view: View, atMost: number, { currency }: Campaign): string =>
  say(view, {
    zh: `，单价不高于 ${price(view, atMost, currency)}`,
    en: `, up to ${price(view, atMost, currency)} each`,
  })

/** The terms of sale under which it was ordered. */
const termsRows = (view: View, { terms }: Preorder) => {
  if (terms === null) return []
  const version = terms.split(':')[0] ?? ''
  return [
    [
      say(view, { zh: '已同意的预售条款', en: 'Terms of sale accepted' }),
      <a href={`${TERMS_PATH}/${version}`}>{say(view, { zh: `第 ${version} 版`, en: `version ${version}` })}</a>,
    ] as const,
  ]
}

/** The buyer's own page behind the letter's link: look, confirm, cancel. Opening it changes nothing. */
export function PreorderPage(props: PreorderPageProps) {
  const { view, preorder, campaign, lot, card, contact, token, sent, done } = props
  const isOut = isLeftOut(preorder, lot)
  // What becomes of a lot is told to whoever is in it.
  const mile: OwnMile = isOut ? { making: [], parcels: [], mayCancel: false } : props.mile
  const link = (step: string) => `/preorders/${preorder.id}/${step}?token=${encodeURIComponent(token)}`
  const colourName = (id: string) =>
    say(view, card.colourways.find((each) => each.id === id)?.name ?? { zh: id, en: id })
  const isSent = mile.shipment?.state === 'sent'
  const stands = stateOf(view, preorder, lot, mile)
  const changeable = preorder.state === 'pending' || preorder.state === 'confirmed'
  /** Nothing of it is shown any more. */
  const down = campaign.takenDownAt !== null
  return (
    <Layout view={view} title={say(view, { zh: '我的预订', en: 'Your pre-order' })} face="shop">
      <div class={changeable ? 'slip' : 'slip cut'}>
        {done ? <Told>{say(view, DONE[done])}</Told> : null}
        {changeable && sent.failure?.extra.field?.startsWith('lines') ? null : (
          <Refusal view={view} sent={sent} fields={[...CONTACT_FIELDS, ...RETURN_FIELDS]} />
        )}
        <div class="with-thumb">
          <span class="thumb">{down ? null : <Picture view={view} pictures={card.front} alt="" sizes="3.5rem" />}</span>
          <div>
            <h1>{say(view, { zh: '我的预订', en: 'Your pre-order' })}</h1>
            {down ? say(view, card.names) : <a href={`/shop/${campaign.slug}`}>{say(view, card.names)}</a>}
          </div>
        </div>
        <p>
          <Badge tone={stands.tone}>{stands.word}</Badge>
        </p>
        <p>
          {meaning(view, preorder, campaign, {
            stands: lot,
            sent: isSent,
            short: mile.short !== undefined,
            chosen: mile.shipment?.chosen ?? null,
          })}
        </p>
        <Facts
          rows={[
            ...lineRows(view, preorder, campaign, colourName),
            [say(view, { zh: '合计', en: 'Together' }), <span class="num">{units(view, preorder.units)}</span>],
            ...priceRows(view, preorder, campaign, isOut ? undefined : lot),
            [say(view, { zh: '截止日期', en: 'Closes' }), ending(view, campaign.closesAt)],
            [say(view, { zh: '姓名', en: 'Name' }), preorder.name],
            ...contactRows(view, contact),
            ...termsRows(view, preorder),
          ]}
        />
        <Short view={view} mile={mile} colourName={colourName} action={link('short')} sent={sent} />
        <Timeline view={view} story={storyOf(view, preorder, isOut ? undefined : lot, mile, props.changes)} />
        <OwnParcels
          view={view}
          mile={mile}
          colourName={colourName}
          action={link('received')}
          cancel={link('cancel-late')}
        />
        {props.returning ? (
          <Returns view={view} own={props.returning} colourName={colourName} action={link('returns')} sent={sent} />
        ) : null}
        <Acts {...props} link={link} />
        <p class="hint">
          <a href={props.mine}>
            {say(view, { zh: '我的全部订单，以及我们保存的信息', en: 'All my orders, and what is kept of me' })}
          </a>
        </p>
      </div>
    </Layout>
  )
}

/** What its buyer may do with it just now. */
function Acts(props: PreorderPageProps & { link: (step: string) => string }) {
  const { view, preorder, campaign, lot, card, contact, sent, link } = props
  const changeable = preorder.state === 'pending' || preorder.state === 'confirmed'
  const mayChange = changeable && preorder.pledged === null && !campaign.stoppedAt && props.now < campaign.closesAt
  return (
    <>
      {preorder.state === 'pending' && !campaign.stoppedAt ? (
        <form method="post" action={link('confirm')}>
          <button type="submit" class="primary wide">
            {say(view, { zh: '确认预订', en: 'Confirm the pre-order' })}
          </button>
        </form>
      ) : null}
      {mayChange ? (
        <ChangeForm
          view={view}
          preorder={preorder}
          campaign={campaign}
          colourways={card.colourways}
          sent={sent}
          action={link('lines')}
        />
      ) : null}
      {lot && preorder.state === 'in-lot' ? <NoMoreChanges view={view} at={lot.frozenAt} /> : null}
      {changeable || preorder.state === 'in-lot' ? (
        <ContactForm view={view} contact={contact} sent={sent} action={link('contact')} />
      ) : null}
      {changeable ? (
        <form method="post" action={link('cancel')}>
          <button type="submit" class="danger wide">
            {say(view, { zh: '取消预订', en: 'Cancel the pre-order' })}
          </button>
        </form>
      ) : null}
    </>
  )
}

/** Asked for as long as something may still be sent, and open while an address is missing. */
function ContactForm({ view, contact, sent, action }: { view: View; contact: Contact; sent: Sent; action: string }) {
  const refused = (CONTACT_FIELDS as readonly string[]).includes(sent.failure?.extra.field ?? '')
  return (
    <details class="fold" open={refused || !contact.address}>
      <summary>
        {contact.address
          ? say(view, { zh: '修改收货信息', en: 'Change where it is sent' })
          : say(view, { zh: '请填写收货地址', en: 'Please tell us where to send it' })}
      </summary>
      <form class="form" method="post" action={action}>
        <PhoneField view={view} sent={sent} contact={contact} />
        <AddressFields view={view} sent={sent} contact={contact} later={false} />
        <KindFields view={view} sent={sent} contact={contact} />
        <button type="submit" class={contact.address ? 'second wide' : 'primary wide'}>
          {say(view, { zh: '保存', en: 'Save' })}
        </button>
      </form>
    </details>
  )
}

/** Behind a link that is wrong or has expired: a new one goes to the address of the pre-order, and nowhere else. */
export function PreorderLinkPage({ view, id, sent, done }: { view: View; id: string; sent: Sent; done: boolean }) {
  return (
    <Layout view={view} title={say(view, { zh: '我的预订', en: 'Your pre-order' })} face="shop">
      <div class="slip">
        <Heading title={say(view, { zh: '重新获取链接', en: 'Have your link sent again' })} />
        {done ? (
          <Told>
            {say(view, {
              zh: '如果这是该预订的邮箱，新链接已发出。没有收到？请查看垃圾邮件。',
              en: 'If this is the address of the pre-order, a new link is on its way. Nothing came? Look into the spam folder.',
            })}
          </Told>
        ) : null}
        <Refusal view={view} sent={sent} fields={['email']} />
        <form method="post" action={`/preorders/${encodeURIComponent(id)}/link`}>
          <Field
            view={view}
            sent={sent}
            name="email"
            type="email"
            autoComplete="email"
            label={{ zh: '预订时填写的邮箱', en: 'The e-mail address you ordered with' }}
            required
          />
          <button type="submit" class="primary wide">
            {say(view, { zh: '发送新链接', en: 'Send a new link' })}
          </button>
        </form>
        <p class="hint">
          <a href={`/preorders/${encodeURIComponent(id)}/code`}>
            {say(view, { zh: '用手机号预订的？用短信验证码打开', en: 'Ordered by telephone? Open it with a code' })}
          </a>
        </p>
      </div>
    </Layout>
  )
}
