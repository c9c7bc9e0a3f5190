/** Telephone numbers as they are dialled from anywhere, not as people write them. */
import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max'

/** E.164, and behind `;ext=` the extension (RFC 3966): `+862155550100;ext=12`. */
export type Phone = string

export interface ReadPhone {
  phone: Phone
  /** Where it rings, by ISO 3166-1; none for a number of no country. */
  country: string | undefined
  /** Whether a text message may arrive there: a landline gets none. */
  takesTexts: boolean
}

const MOBILE: readonly NumberType[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE', 'PERSONAL_NUMBER']

/** As a machine writes what most buyers here have: which ranges are mobiles' is told by the first five of its digits. */
const CHINESE = /^\+86(1\d{4})\d{6}$/
/** Ranges that were asked of the library before: ten thousand at most. */
const ranges = new Map<string, boolean>()

function isChineseMobile(typed: string): boolean {
  const [, range] = CHINESE.exec(typed) ?? []
  if (!range) return false
  let known = ranges.get(range)
  if (known === undefined) {
    const found = parsePhoneNumberFromString(typed)
    ranges.set(range, (known = found?.isValid() === true && found.getType() === 'MOBILE'))
  }
  return known
}

/**
 * A number as somebody typed it, with a country code or as it is dialled in their country.
 * @param country ISO 3166-1 of that country
 * @returns nothing where no such number exists
 */
export function readPhone(typed: string, country: string): ReadPhone | undefined {
  if (isChineseMobile(typed)) return { phone: typed, country: 'CN', takesTexts: true }
  const written = typed.replace(/[\s,，]*(?:转|分机)[.:：\s]*/u, ' ext. ').replace(/^\s*00(?=[1-9])/, '+')
  const found = parsePhoneNumberFromString(written, country as CountryCode)
  if (!found?.isValid()) return undefined
  return {
    phone: `${found.number}${found.ext ? `;ext=${found.ext}` : ''}`,
    country: found.country,
    takesTexts: !found.ext && MOBILE.includes(found.getType()),
  }
}

/** `+86 138 0013 8000`: for people to read. */
export function spokenPhone(phone: Phone): string {
  const [number = '', extension] = phone.split(';ext=')
  const found = parsePhoneNumberFromString(number)?.formatInternational() ?? number
  return extension ? `${found} ext. ${extension}` : found
}
