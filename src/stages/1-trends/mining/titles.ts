/** Titles as they are mined: cut, with where they speak of clothing. */
import type { Matcher } from '../matching.ts'
import { cut, type Cut } from './tokens.ts'

export interface MinedTitle extends Cut {
  raw: string
  url: string | null
  day: string
  week: string
  source: string
  /** Where it speaks of clothing, from and to, in characters of `text`. */
  clothing: readonly (readonly [from: number, to: number])[]
  /** Known terms in it. */
  terms: readonly string[]
}

const CLOTHES_ZH = /[鞋裙裤衣衫袄靴帽袜袖袍]|旗袍|西装|套装|汉服|婚纱|礼服|制服|时装|时髦|服饰|服装/g
const WEARING_ZH = /(?:穿|戴)(?!越|透|插|帮|孔|刺)|穿搭|上身|同款|身着|换装|衣橱|单品|时尚|潮流|走秀/g
const WEARING_EN =
  /\b(?:outfits?|wear(?:ing|s)?|worn|fashion|wardrobe|runway|garments?|cloth(?:es|ing)|shoes?|boots?|sneakers?|skirts?|dress(?:es)?|coats?|jackets?|jeans|hems?|sleeves?|fabrics?|tailoring)\b/g

/** @param all whether the source is about clothing, so that every title is */
export function minedTitle(
  title: Pick<MinedTitle, 'raw' | 'url' | 'day' | 'week' | 'source'>,
  matcher: Matcher,
): MinedTitle {
  const parts = cut(title.raw)
  const hits = matcher.hits(parts.text)
  const clothing = hits.map(({ start, surface }) => [start, start + surface.length] as const)
  for (const sign of [CLOTHES_ZH, WEARING_ZH, WEARING_EN])
    for (const found of parts.text.matchAll(sign)) clothing.push([found.index, found.index + found[0].length])
  return { ...title, ...parts, clothing, terms: [...new Set(hits.map(({ term }) => term.id))] }
}

/** Does the title speak of clothing elsewhere than here? */
export const elsewhere = ({ clothing }: MinedTitle, from: number, to: number): boolean =>
  clothing.some(([a, b]) => b <= from || a >= to)
