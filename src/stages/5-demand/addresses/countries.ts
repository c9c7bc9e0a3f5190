/** Countries and regions that letters can be addressed to, and which parts an address has there. */
import { getCountries } from 'libphonenumber-js/max'
import { formatAddress } from 'localized-address-format'
import type { Lang } from '../../../core/values.ts'

export const CHINA = 'CN'

const LOCALES: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' }
const NAMES: Record<Lang, Intl.DisplayNames> = {
  zh: new Intl.DisplayNames([LOCALES.zh], { type: 'region' }),
  en: new Intl.DisplayNames([LOCALES.en], { type: 'region' }),
}
/** Names that the library has otherwise than they are printed here. */
const OWN: Record<Lang, Readonly<Record<string, string>>> = {
  zh: { HK: '中国香港', MO: '中国澳门', TW: '中国台湾' },
  en: { HK: 'Hong Kong, China', MO: 'Macao, China', TW: 'Taiwan, China' },
}

/** ISO 3166-1 codes. */
export const COUNTRIES: readonly string[] = getCountries().filter((code) => NAMES.en.of(code) !== code)
const known = new Set(COUNTRIES)
export const isCountry = (code: string): boolean => known.has(code)

export const countryName = (code: string, lang: Lang): string => OWN[lang][code] ?? NAMES[lang].of(code) ?? code

const lists = new Map<Lang, readonly { value: string; label: string }[]>()
/** All of them by name, China first. */
export function countryOptions(lang: Lang): readonly { value: string; label: string }[] {
  const found = lists.get(lang)
  if (found) return found
  const compare = new Intl.Collator(LOCALES[lang]).compare
  const options = COUNTRIES.map((value) => ({ value, label: countryName(value, lang) })).toSorted(
    (a, b) => Number(b.value === CHINA) - Number(a.value === CHINA) || compare(a.label, b.label),
  )
  lists.set(lang, options)
  return options
}

/** Without a state or province nothing arrives: where towns of one name are many. */
const WITH_REGION = new Set('AE AU BR CA ES IN IT JP KR MX RU TW US'.split(' '))
/** Without a postcode nothing arrives. Elsewhere it may be left out: a parcel is led by the place. */
const WITH_POSTCODE = new Set(
  'AT AU BE BG BR CA CH CZ DE DK EE ES FI FR GB GR HR HU IN IT JP KR LT LU LV MX NL NO PL PT RO RU SE SG SI SK TW UA US'.split(
    ' ',
  ),
)

export interface Form {
  /** Whether an address there has such a part at all, and whether it is needed. */
  region: 'needed' | 'possible' | 'none'
  city: 'needed' | 'none'
  postcode: 'needed' | 'possible' | 'none'
}

const forms = new Map<string, Form>()
/** Read from the order in which an address of that country is printed. */
export function formOf(country: string): Form {
  const found = forms.get(country)
  if (found) return found
  const printed = formatAddress({
    postalCountry: country,
    administrativeArea: '{region}',
    locality: '{city}',
    postalCode: '{postcode}',
    addressLines: ['{street}'],
  }).join(' ')
  const part = (name: string, needed: boolean) => {
    if (needed) return 'needed'
    return printed.includes(`{${name}}`) ? 'possible' : 'none'
  }
  const form: Form = {
    region: part('region', WITH_REGION.has(country)),
    city: printed.includes('{city}') ? 'needed' : 'none',
    postcode: part('postcode', WITH_POSTCODE.has(country)),
  }
  forms.set(country, form)
  return form
}
