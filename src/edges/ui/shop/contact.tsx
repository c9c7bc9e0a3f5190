/** Who a buyer is and where it is sent, as the form of a pre-order and the buyer's own page ask for it. */
import type { Contact } from '../../../stages/5-demand/contact.ts'
import { addressLines, BUYER_KINDS } from '../../../stages/5-demand/contact.ts'
import { provinces } from '../../../stages/5-demand/addresses/china.ts'
import { CHINA, countryOptions } from '../../../stages/5-demand/addresses/countries.ts'
import { spokenPhone } from '../../../core/phone.ts'
import type { Localized } from '../../../core/values.ts'
import { Field, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

/** Names of all that is asked here, so that a refusal of one of them stands beside it and not above the form. */
export const CONTACT_FIELDS = [
  'phone',
  'kind',
  'company',
  'taxNumber',
  'address.country',
  'address.code',
  'address.region',
  'address.city',
  'address.district',
  'address.street',
  'address.more',
  'address.postcode',
] as const

const KIND: Record<(typeof BUYER_KINDS)[number], Localized> = {
  consumer: { zh: '个人，自己穿', en: 'A person, to wear it' },
  shop: { zh: '店铺，转售', en: 'A shop, to sell it on' },
  'cross-border': { zh: '跨境店铺', en: 'A cross-border shop' },
}

interface Asked {
  view: View
  sent: Sent
  /** What is known already. */
  contact?: Contact
}

export function PhoneField({ view, sent, contact = {}, required = false }: Asked & { required?: boolean }) {
  return (
    <Field
      view={view}
      sent={sent}
      name="phone"
      type="tel"
      label={{ zh: '手机', en: 'Telephone' }}
      value={contact.phone ? spokenPhone(contact.phone) : undefined}
      maxLength={40}
      required={required}
      autoComplete="tel"
    />
  )
}

export function KindFields({ view, sent, contact = {} }: Asked) {
  const open = ['kind', 'company', 'taxNumber'].includes(sent.failure?.extra.field ?? '')
  return (
    <details class="fold" open={open || (contact.kind ?? 'consumer') !== 'consumer'}>
      <summary>{say(view, { zh: '以店铺或公司名义购买', en: 'Buying for a shop or a company' })}</summary>
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="kind"
          label={{ zh: '购买身份', en: 'You buy as' }}
          value={contact.kind ?? 'consumer'}
          options={BUYER_KINDS.map((value) => ({ value, label: say(view, KIND[value]) }))}
        />
        <Field
          view={view}
          sent={sent}
          name="company"
          label={{ zh: '公司名称', en: 'Company' }}
          value={contact.company}
          maxLength={200}
          autoComplete="organization"
        />
        <Field
          view={view}
          sent={sent}
          name="taxNumber"
          label={{ zh: '税号', en: 'Tax number' }}
          value={contact.taxNumber}
          hint={{ zh: '跨境店铺清关需要', en: 'A cross-border shop needs it for customs' }}
          maxLength={30}
          autoComplete="off"
        />
      </div>
    </details>
  )
}

/** Works as it is; the script offers cities and districts, and takes away what a country has not. */
export function AddressFields({ view, sent, contact = {}, later }: Asked & { later: boolean }) {
  const { address } = contact
  const part = (
    name: 'region' | 'city' | 'district' | 'street' | 'more' | 'postcode',
    label: Localized,
    more: Partial<Parameters<typeof Field>[0]>,
  ) => (
    <Field
      view={view}
      sent={sent}
      name={`address.${name}`}
      part={name}
      label={label}
      value={address?.[name]}
      {...more}
    />
  )
  return (
    <fieldset class="address" data-address>
      <legend>{say(view, { zh: '收货地址', en: 'Where it is sent' })}</legend>
      {later ? (
        <p class="hint">
          {say(view, {
            zh: '现在可以不填，发货前在您的预订页面补上即可。',
            en: 'You may leave this empty now and fill it in on your own page before it is sent.',
          })}
        </p>
      ) : null}
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="address.country"
          part="country"
          label={{ zh: '国家或地区', en: 'Country or region' }}
          value={address?.country ?? CHINA}
          options={countryOptions(view.lang)}
          autoComplete="country"
        />
        {part(
          'region',
          { zh: '省份 / 州', en: 'Province or state' },
          { list: 'regions', maxLength: 120, autoComplete: 'address-level1' },
        )}
        {part('city', { zh: '城市', en: 'City' }, { list: 'cities', maxLength: 120, autoComplete: 'address-level2' })}
        {part(
          'district',
          { zh: '区县', en: 'District (in China)' },
          { list: 'districts', maxLength: 120, autoComplete: 'address-level3' },
        )}
      </div>
      {part('street', { zh: '详细地址', en: 'Street and number' }, { maxLength: 200, autoComplete: 'address-line1' })}
      <div class="fields">
        {part(
          'more',
          { zh: '楼栋、门牌', en: 'Building, floor, room' },
          { maxLength: 200, autoComplete: 'address-line2' },
        )}
        {part('postcode', { zh: '邮编', en: 'Postcode' }, { maxLength: 20, autoComplete: 'postal-code' })}
      </div>
      <datalist id="regions">
        {provinces().map(({ name }) => (
          <option value={name} />
        ))}
      </datalist>
      <datalist id="cities" />
      <datalist id="districts" />
    </fieldset>
  )
}

/** What is known of it, to be read. */
export function contactRows(view: View, { phone, kind, company, taxNumber, address }: Contact) {
  return [
    ...(phone ? [[say(view, { zh: '手机', en: 'Telephone' }), spokenPhone(phone)] as const] : []),
    ...(kind && kind !== 'consumer' ? [[say(view, { zh: '购买身份', en: 'You buy as' }), say(view, KIND[kind])] as const] : []), // prettier-ignore
    ...(company ? [[say(view, { zh: '公司', en: 'Company' }), company] as const] : []),
    ...(taxNumber ? [[say(view, { zh: '税号', en: 'Tax number' }), taxNumber] as const] : []),
    ...(address
      ? [
          [
            say(view, { zh: '收货地址', en: 'Sent to' }),
            <span class="lines">{addressLines(address, view.lang).join('\n')}</span>,
          ] as const,
        ]
      : []),
  ]
}
