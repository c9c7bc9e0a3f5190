import { PRIVACY_PATH } from '../../../core/notice.ts'
import { TERMS_PATH } from './terms.tsx'
import { Field, Refusal, Swatch, type Sent } from '../parts.tsx'
import { AddressFields, CONTACT_FIELDS, KindFields, PhoneField } from './contact.tsx'
import type { Localized } from '../../../core/values.ts'
import type { Campaign, Colourway } from '../../../db/rows.ts'
import { ladderOf } from '../../../stages/4-storefront/model.ts'
import { count, price, say, type View } from '../view.ts'

const Notice = ({ view }: { view: View }) => (
  <p class="hint">
    <a href={PRIVACY_PATH}>
      {say(view, {
        zh: '我们保存哪些信息、保存多久、如何删除',
        en: 'What we keep of you, for how long, and how to have it erased',
      })}
    </a>
  </p>
)

/** The name of the input for a size of a colourway; {@link quantityOf} in the route reads it back. */
export const quantityField = (colourway: string, size: string): string => `q:${colourway}:${size}`

/** The same for pieces that are added from a lower price on. */
export const moreField = (colourway: string, size: string): string => `m:${colourway}:${size}`

/** Prices that a buyer may name as the highest: those of the lot below what it costs at most. */
export function stepsOf(campaign: Campaign): number[] {
  if (campaign.pricing !== 'lot') return []
  const [first, ...lower] = [...new Set(ladderOf(campaign).map(({ unitPrice }) => unitPrice))]
  return first === undefined ? [] : lower
}

/** How buyers are verified. */
export type Verification = NonNullable<Campaign['verification']>

const EITHER = { zh: '发送确认链接或短信验证码', en: 'a link by letter or a code by text message' }
/** What is sent, so that a buyer confirms. */
const HOW: Record<Verification, Localized> = {
  email: { zh: '发一封确认邮件', en: 'a letter with a link' },
  sms: { zh: '发送短信验证码', en: 'a code by text message' },
  any: EITHER,
  trusted: EITHER,
}

interface QuantitiesProps {
  view: View
  campaign: Pick<Campaign, 'colourways' | 'sizes'>
  colourways: readonly Colourway[]
  /** What stands in the fields, by their names. */
  values: Readonly<Record<string, string>>
  refused: boolean
  /** Of the input for a size. */
  name?: (colourway: string, size: string) => string
  /** They are part of the sum beside the button. */
  counts?: boolean
}

/** How many of each size in each colour. */
export function Quantities({
  view,
  campaign,
  colourways,
  values,
  refused,
  name: nameOf = quantityField,
  counts = true,
}: QuantitiesProps) {
  return (
    <>
      {colourways
        .filter(({ id }) => campaign.colourways.includes(id))
        .map((colourway) => (
          <fieldset class="quantities" {...(refused ? { 'aria-invalid': 'true' as const } : {})}>
            <legend>
              <Swatch colourway={colourway} />
              {say(view, colourway.name)}
            </legend>
            <div class="quantity-row">
              {campaign.sizes.map((size) => {
                const name = nameOf(colourway.id, size)
                return (
                  <label>
                    {size}
                    <input
                      name={name}
                      type="text"
                      inputMode="numeric"
                      pattern="[0-9]*"
                      maxLength={5}
                      placeholder=" "
                      value={values[name] ?? ''}
                      {...(counts ? { 'data-quantity': true } : {})}
                      autoComplete="off"
                      aria-label={
                        counts
                          ? `${say(view, colourway.name)}, ${size}`
                          : say(view, {
                              zh: `降价后再加：${colourway.name.zh}, ${size}`,
                              en: `More at the lower price: ${colourway.name.en}, ${size}`,
                            })
                      }
                    />
                  </label>
                )
              })}
            </div>
          </fieldset>
        ))}
    </>
  )
}

/** The terms of sale that hold now, to be accepted; where other ones held before, that stands beside it. */
function Accept({ view, terms, sent }: { view: View; terms: number; sent: Sent }) {
  const refused = sent.failure?.extra.field === 'terms' ? sent.failure : undefined
  return (
    <div>
      <label class="tick">
        <input
          type="checkbox"
          name="terms"
          value={String(terms)}
          checked={!refused && sent.values['terms'] === String(terms)}
          required
          {...(refused ? { 'aria-invalid': 'true' as const } : {})}
        />
        <span>
          {say(view, { zh: '我已阅读并同意', en: 'I have read and accept the ' })}
          <a href={`${TERMS_PATH}/${terms}`} target="_blank" rel="noopener">
            {say(view, { zh: `《预售条款》（第 ${terms} 版）`, en: `terms of sale (version ${terms})` })}
          </a>
        </span>
      </label>
      {refused ? (
        <p class="field-error" role="alert">
          {refused.say(view.lang)}
        </p>
      ) : null}
    </div>
  )
}

export interface PreorderFormProps {
  view: View
  campaign: Campaign
  colourways: readonly Colourway[]
  unitPrice: number
  action: string
  /** How its buyer is verified: what is asked follows from it. */
  verification: Verification
  idempotencyKey: string
  /** The code of the partner whose link led here: goes along with the order, whatever is refused of it. */
  via?: string | undefined
  /** The version of the terms of sale that holds now; none where the house has none. */
  terms?: number | undefined
  sent: Sent
}

/** For whom a price is too high: the most that they pay, and more pieces from a lower price on. */
function Pledge(props: Pick<PreorderFormProps, 'view' | 'campaign' | 'colourways' | 'sent' | 'unitPrice'>) {
  const { view, campaign, sent, unitPrice } = props
  const steps = stepsOf(campaign)
  if (!steps.length) return null
  const tell = (each: number) => price(view, each, campaign.currency)
  const chosen = Boolean(sent.values['atMost'] || sent.values['moreAtMost'])
  return (
    <details class="fold" open={chosen}>
      <summary>{say(view, { zh: '只在更低的价格才要？', en: 'Only at a lower price?' })}</summary>
      <Field
        view={view}
        sent={sent}
        name="atMost"
        label={{ zh: '以上件数，单价最高', en: 'The pieces above, at most each' }}
        hint={{
          zh: '选了更低的价格，这些件数只有降到该价时才计入；降不到就自动取消，不收费用。',
          en: 'With a lower price they count only once the price falls to it. If it does not, they are not made and you pay nothing.',
        }}
        options={[
          {
            value: '',
            label: say(view, { zh: `${tell(unitPrice)}（任何价格都要）`, en: `${tell(unitPrice)}, at every price` }),
          },
          ...steps.map((each) => ({ value: String(each), label: tell(each) })),
        ]}
      />
      <Field
        view={view}
        sent={sent}
        name="moreAtMost"
        label={{ zh: '若降到这个价格，再加以下件数', en: 'If it falls to this price, I take these as well' }}
        options={[
          { value: '', label: say(view, { zh: '不加', en: 'No more' }) },
          ...steps.map((each) => ({ value: String(each), label: tell(each) })),
        ]}
      />
      <Quantities {...props} values={sent.values} name={moreField} counts={false} refused={false} />
    </details>
  )
}

/** Size × colour, who it is for, and the key that makes pressing twice harmless. */
export function PreorderForm({
  view,
  campaign,
  colourways,
  unitPrice,
  action,
  verification,
  idempotencyKey,
  via,
  terms,
  sent,
}: PreorderFormProps) {
  const refused = sent.failure?.extra.field?.startsWith('lines') ? sent.failure : undefined
  return (
    <form
      class="form"
      id="order"
      method="post"
      action={action}
      data-price={String(unitPrice)}
      data-currency={campaign.currency}
    >
      <h2>{say(view, { zh: '预订', en: 'Pre-order' })}</h2>
      {refused ? null : (
        <Refusal
          view={view}
          sent={sent}
          fields={['email', 'name', 'atMost', 'moreAtMost', 'terms', ...CONTACT_FIELDS]}
        />
      )}
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      {via ? <input type="hidden" name="p" value={via} /> : null}
      <div>
        <Quantities
          view={view}
          campaign={campaign}
          colourways={colourways}
          values={sent.values}
          refused={refused !== undefined}
        />
        {refused ? (
          <p class="field-error" role="alert">
            {refused.say(view.lang)}
          </p>
        ) : null}
        <p class="hint">
          {say(view, {
            zh: `填写各尺码件数。每位买家最多 ${count(view, campaign.perBuyerCap)} 件。`,
            en: `Fill in how many of each size. At most ${count(view, campaign.perBuyerCap)} per buyer.`,
          })}
        </p>
      </div>
      <Pledge view={view} campaign={campaign} colourways={colourways} sent={sent} unitPrice={unitPrice} />
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="name"
          label={{ zh: '姓名或店名', en: 'Your name, or your shop’s' }}
          required
          maxLength={120}
          autoComplete="name"
        />
        {verification === 'sms' ? null : (
          <Field
            view={view}
            sent={sent}
            name="email"
            type="email"
            label={{ zh: '邮箱', en: 'E-mail' }}
            hint={
              verification === 'email'
                ? undefined
                : { zh: '邮箱和手机至少填一项', en: 'Your e-mail or your mobile number, as you like' }
            }
            required={verification === 'email'}
            maxLength={254}
            autoComplete="email"
          />
        )}
        <PhoneField view={view} sent={sent} required={verification === 'sms'} />
      </div>
      <AddressFields view={view} sent={sent} later />
      <KindFields view={view} sent={sent} />
      {terms === undefined ? null : <Accept view={view} terms={terms} sent={sent} />}
      <p class="sum" data-sum aria-live="polite" />
      <button type="submit" class="primary wide">
        {say(view, {
          zh: `按 ${price(view, unitPrice, campaign.currency)} / 件或更低预订`,
          en: `Pre-order at ${price(view, unitPrice, campaign.currency)} or less each`,
        })}
      </button>
      <p class="hint">
        {say(view, {
          zh: `现在不收款。我们会${HOW[verification].zh}，确认后才计入起做量；投产前可随时取消。`,
          en: `You pay nothing now. We send ${HOW[verification].en}; it counts once you confirm, and you can cancel until production.`,
        })}
      </p>
      <Notice view={view} />
    </form>
  )
}

export function InquiryForm({ view, action, sent }: { view: View; action: string; sent: Sent }) {
  return (
    <form class="form" id="ask" method="post" action={action}>
      <h2>{say(view, { zh: '我要咨询', en: 'Ask about this style' })}</h2>
      <Refusal view={view} sent={sent} fields={['email', 'question']} />
      <Field
        view={view}
        sent={sent}
        name="question"
        label={{ zh: '问题', en: 'Your question' }}
        rows={4}
        required
        minLength={3}
        maxLength={2000}
      />
      <Field
        view={view}
        sent={sent}
        name="email"
        type="email"
        label={{ zh: '邮箱（用于回复）', en: 'E-mail, for the answer' }}
        required
        maxLength={254}
        autoComplete="email"
      />
      <button type="submit" class="second">
        {say(view, { zh: '提交咨询', en: 'Send the question' })}
      </button>
      <Notice view={view} />
    </form>
  )
}
