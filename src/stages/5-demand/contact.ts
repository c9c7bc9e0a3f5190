/** Who a buyer is beside their name and e-mail: telephone, address, what kind of buyer. Personal, so it lies sealed. */
import { formatAddress } from 'localized-address-format'
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator'
import { z } from 'zod'
import { named } from '../../core/parse.ts'
import { readPhone, type Phone } from '../../core/phone.ts'
import { oneLine, said } from '../../core/typed.ts'
import type { Lang, Localized } from '../../core/values.ts'
import type { Vault } from '../../engines/ports.ts'
import { meant, placeOf, provinces, type City, type Division, type Province } from './addresses/china.ts'
import { CHINA, countryName, formOf, isCountry } from './addresses/countries.ts'
import { refused } from './messages.ts'

export const BUYER_KINDS = ['consumer', 'shop', 'cross-border'] as const
export type BuyerKind = (typeof BUYER_KINDS)[number]

const countryCode = z
  .string()
  .trim()
  .toUpperCase()
  .max(2)
  .superRefine((code, context) => {
    if (isCountry(code)) return
    context.addIssue(
      said({
        en: 'it must be the two letters of a country or region (ISO 3166), such as CN or DE',
        zh: '须为国家或地区的两位代码（ISO 3166），例如 CN 或 DE',
      }),
    )
  })

/** Where something can be sent. Every part as it is written there. */
export const addressSchema = z.strictObject({
  country: named(countryCode, '国家或地区', 'Country or region'),
  /** GB/T 2260, of the district or, where there is none, the city: known for every address in China. */
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .meta({ description: 'Of an address in China: GB/T 2260; may stand instead of region, city and district.' }),
  /** Province, state, prefecture. */
  region: named(oneLine(1, 120).optional(), '省份', 'Province or state'),
  city: named(oneLine(1, 120).optional(), '城市', 'City'),
  district: named(oneLine(1, 120).optional(), '区县', 'District'),
  street: named(oneLine(1, 200), '详细地址', 'Street and number'),
  more: named(oneLine(1, 200).optional(), '楼栋门牌', 'Building, floor, room'),
  postcode: named(oneLine(1, 20).optional(), '邮编', 'Postcode'),
})
export type Address = z.infer<typeof addressSchema>

const taxNumber = oneLine(5, 30).superRefine((typed, context) => {
  if (/^[\p{L}\p{Nd}][\p{L}\p{Nd} ./-]*$/u.test(typed) && /\p{Nd}/u.test(typed)) return
  context.addIssue(
    said({
      en: 'it must be a tax number as it stands on your invoices, such as 91310000MA1FL0000X or DE123456789',
      zh: '须为开票使用的税号，例如 91310000MA1FL0000X 或 DE123456789',
    }),
  )
})

export const contactShape = {
  phone: named(
    oneLine(1, 40).optional().meta({
      description: 'With its country code, or as it is dialled in the country of the address (China without one).',
    }),
    '手机或电话',
    'Telephone',
  ),
  kind: named(z.enum(BUYER_KINDS).optional(), '购买身份', 'You buy as'),
  company: named(oneLine(1, 200).optional(), '公司名称', 'Company'),
  taxNumber: named(taxNumber.optional(), '税号', 'Tax number'),
  address: named(addressSchema.optional(), '收货地址', 'Address'),
} as const
export const contactSchema = z.strictObject(contactShape)
export type Contact = z.infer<typeof contactSchema>

const at = (field: string) => ({ field: `address.${field}` })
const listed = (list: readonly Division[], lang: Lang): string =>
  list.length > 40
    ? list.slice(0, 40).map(({ name }) => name).join(lang === 'zh' ? '、' : ', ') + '…' // prettier-ignore
    : list.map(({ name }) => name).join(lang === 'zh' ? '、' : ', ')
const nameOf = (country: string): Localized => ({ zh: countryName(country, 'zh'), en: countryName(country, 'en') })
const both = (list: readonly Division[]): Localized => ({ zh: listed(list, 'zh'), en: listed(list, 'en') })

function provinceIn(typed: string | undefined): Province {
  if (typed === undefined) throw refused('addresses.region', undefined, at('region'))
  const found = meant(provinces(), typed)
  if (!found) throw refused('addresses.region#unknown', { typed, known: both(provinces()) }, at('region'))
  return found
}

function cityIn(province: Province, typed: string | undefined): City {
  const [only] = province.cities
  if (only && province.cities.length === 1 && (typed === undefined || meant([only], typed))) return only
  if (typed === undefined) throw refused('addresses.city', undefined, at('city'))
  const found = meant(province.cities, typed)
  if (!found)
    throw refused('addresses.place', { typed, within: province.name, known: both(province.cities) }, at('city'))
  return found
}

/** A city that has no districts has towns, which have no code and are taken as they are typed. */
function districtIn({ name, code, districts }: City, typed: string | undefined): { code: string; district?: string } {
  if (!districts.length) return typed === undefined ? { code } : { code, district: typed }
  if (typed === undefined) throw refused('addresses.district', { known: both(districts) }, at('district'))
  const found = meant(districts, typed)
  if (!found) throw refused('addresses.place', { typed, within: name, known: both(districts) }, at('district'))
  return { code: found.code, district: found.name }
}

/** Names and code of a place in China, each of which may be missing where the others tell it. */
function inChina({ code, ...given }: Address): Pick<Address, 'code' | 'region' | 'city' | 'district'> {
  const place = code === undefined ? undefined : placeOf(code)
  const province = provinceIn(given.region ?? place?.province.name)
  const city = cityIn(province, given.city ?? place?.city?.name)
  const found = districtIn(city, given.district ?? place?.district?.name)
  // A code that says less than the names do is one of theirs.
  if (code !== undefined && ![province.code, city.code, found.code].includes(code))
    throw refused('addresses.code', { code }, at('code'))
  return { region: province.name, city: city.name, ...found }
}

/** In the form of its own country. */
function elsewhere(given: Address): Pick<Address, 'region' | 'city' | 'district'> {
  const { region, city, district } = given
  const form = formOf(given.country)
  if (given.code !== undefined) throw refused('addresses.code#elsewhere', undefined, at('code'))
  if (form.region === 'needed' && region === undefined)
    throw refused('addresses.needed-region', { country: nameOf(given.country) }, at('region'))
  if (form.city === 'needed' && city === undefined) throw refused('addresses.city', undefined, at('city'))
  return {
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
    ...(district === undefined ? {} : { district }),
  }
}

function postcodeOf({ country: code, postcode }: Address): string | undefined {
  if (postcode === undefined) {
    if (formOf(code).postcode === 'needed')
      throw refused('addresses.needed-postcode', { country: nameOf(code) }, at('postcode'))
    return undefined
  }
  const typed = postcode.normalize('NFKC').toUpperCase()
  if (postcodeValidatorExistsForCountry(code) && !postcodeValidator(typed, code))
    throw refused('addresses.postcode', { typed: postcode, country: nameOf(code) }, at('postcode'))
  return typed
}

/**
 * An address that a parcel can be sent to, with the names and codes its country has for it.
 * @param shipsTo countries that the house sends to; none named: everywhere
 * @throws Problem 422 on the part of the address that is missing or does not exist
 */
export function readAddress(given: Address, shipsTo: readonly string[] = []): Address {
  const { country, street, more } = given
  if (shipsTo.length && !shipsTo.includes(country))
    throw refused(
      'addresses.country',
      {
        country: nameOf(country),
        known: {
          zh: shipsTo.map((code) => countryName(code, 'zh')).join('、'),
          en: shipsTo.map((code) => countryName(code, 'en')).join(', '),
        },
      },
      at('country'),
    )
  const place = country === CHINA ? inChina(given) : elsewhere(given)
  const postcode = postcodeOf(given)
  return {
    country,
    ...place,
    street,
    ...(more === undefined ? {} : { more }),
    ...(postcode === undefined ? {} : { postcode }),
  }
}

/** @throws Problem 422 `buyers.phone` */
function phoneIn(typed: string, country: string): Phone {
  const read = readPhone(typed, country)
  if (!read) throw refused('buyers.phone', undefined, { field: 'phone' })
  return read.phone
}

/**
 * What somebody says of themselves, checked and in one form; the same again from what this returns.
 * @throws Problem 422 beside the field that is wrong
 */
export function readContact<C extends Contact>(given: C, shipsTo?: readonly string[]): C {
  const { phone, kind, company, taxNumber: tax, address } = given
  if (phone === undefined && kind === undefined && address === undefined) return given
  if (kind === 'cross-border' && company === undefined) throw refused('buyers.company', undefined, { field: 'company' })
  if (kind === 'cross-border' && tax === undefined) throw refused('buyers.tax', undefined, { field: 'taxNumber' })
  return {
    ...given,
    ...(phone === undefined ? {} : { phone: phoneIn(phone, address?.country ?? CHINA) }),
    ...(address === undefined ? {} : { address: readAddress(address, shipsTo) }),
  }
}

/** The address as it is printed on a parcel, without the name. @param lang also in which its country is named last */
export function addressLines(address: Address, lang: Lang): string[] {
  const { country, region, city, district, street, more, postcode } = address
  const lines = formatAddress({
    postalCountry: country,
    ...(region === undefined ? {} : { administrativeArea: region }),
    // A municipality is its own city and is written once.
    ...(city === undefined || city === region ? {} : { locality: city }),
    ...(district === undefined ? {} : { dependentLocality: district }),
    ...(postcode === undefined ? {} : { postalCode: postcode }),
    addressLines: [street, ...(more === undefined ? [] : [more])],
  }).filter((line) => line.trim() !== '')
  return [...lines, countryName(country, lang)]
}

/** What a row holds of it. */
export interface Held {
  now: Contact
  /** Once its buyer has changed something: the answer to the request that placed it, and the hash of what was asked. */
  first?: { bodyHash: string; text: string } | undefined
}

/** @returns null where there is nothing to keep */
export function sealContact(vault: Pick<Vault, 'seal'>, { now, first }: Held): string | null {
  const isEmpty = Object.values(now).every((each) => each === undefined)
  if (isEmpty && first === undefined) return null
  return vault.seal(JSON.stringify(first === undefined ? now : { ...now, first }))
}

export function openContact(vault: Pick<Vault, 'open'>, sealed: string | null): Held {
  if (sealed === null) return { now: {} }
  const { first, ...now } = JSON.parse(vault.open(sealed)) as Contact & Pick<Held, 'first'>
  return first === undefined ? { now } : { now, first }
}
