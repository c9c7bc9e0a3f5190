/**
 * The house's named colours. The values are our own; traditional Chinese names are used where the trade uses them.
 * `family` is what people say when they mean any of a group ("绿色", "green").
 */
import type { Localized } from '../../../core/values.ts'
import { VOCABULARY } from '../../1-trends/door.ts'
import { chromaOf, deltaE, labOf, type Lab } from './colour.ts'

export const COLOUR_FAMILIES = [
  'black',
  'white',
  'grey',
  'beige',
  'brown',
  'red',
  'pink',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'navy',
  'purple',
] as const
export type ColourFamily = (typeof COLOUR_FAMILIES)[number]

export interface NamedColour {
  id: string
  name: Localized
  hex: string
  family: ColourFamily
  lab: Lab
}

const ROWS: readonly (readonly [id: string, zh: string, en: string, hex: string, family: ColourFamily])[] = [
  ['ink-black', '墨黑', 'Ink black', '#1d1e21', 'black'],
  ['soft-black', '炭黑', 'Soft black', '#2a2a2c', 'black'],
  ['raven', '鸦青', 'Raven', '#39424b', 'black'],
  ['ivory', '象牙白', 'Ivory', '#f2ecdc', 'white'],
  ['moon-white', '月白', 'Moon white', '#e3eaea', 'white'],
  ['chalk', '粉白', 'Chalk', '#f3f2ee', 'white'],
  ['oatmilk', '燕麦奶白', 'Oat milk', '#e9e0d0', 'white'],
  ['silver-grey', '银灰', 'Silver grey', '#b9bcbf', 'grey'],
  ['mist', '雾灰', 'Mist grey', '#9fa5a6', 'grey'],
  ['slate', '石板灰', 'Slate', '#6b7278', 'grey'],
  ['iron', '铁灰', 'Iron grey', '#4d5256', 'grey'],
  ['charcoal', '深炭灰', 'Charcoal', '#3a3d40', 'grey'],
  ['smoke-purple-grey', '藕荷灰', 'Lotus grey', '#9a8f98', 'grey'],
  ['sand', '沙色', 'Sand', '#cdb891', 'beige'],
  ['oat', '燕麦色', 'Oat', '#d6c6a9', 'beige'],
  ['apricot-beige', '杏色', 'Apricot beige', '#e3c9a6', 'beige'],
  ['flax', '亚麻色', 'Flax', '#c9b38b', 'beige'],
  ['stone', '石色', 'Stone', '#b8ab95', 'beige'],
  ['khaki', '卡其', 'Khaki', '#a78f63', 'beige'],
  ['camel', '驼色', 'Camel', '#b58a57', 'brown'],
  ['caramel', '焦糖色', 'Caramel', '#a6682f', 'brown'],
  ['sandalwood', '檀色', 'Sandalwood', '#8a5a44', 'brown'],
  ['tea', '茶褐', 'Tea brown', '#7a5a3c', 'brown'],
  ['walnut', '胡桃棕', 'Walnut', '#5f4631', 'brown'],
  ['espresso', '咖啡色', 'Espresso', '#463329', 'brown'],
  ['cinnabar', '朱砂红', 'Cinnabar', '#c8402f', 'red'],
  ['palace-red', '宫墙红', 'Palace red', '#9c2f2b', 'red'],
  ['crimson', '绯红', 'Crimson', '#b3273a', 'red'],
  ['rouge', '胭脂', 'Rouge', '#9d2f45', 'red'],
  ['burgundy', '酒红', 'Burgundy', '#6b2331', 'red'],
  ['date-red', '枣红', 'Jujube red', '#7d2a26', 'red'],
  ['lotus-pink', '藕粉', 'Lotus pink', '#dcb3b0', 'pink'],
  ['peach-blossom', '桃花粉', 'Peach blossom', '#eba9ab', 'pink'],
  ['dusty-rose', '豆沙粉', 'Dusty rose', '#b97f80', 'pink'],
  ['begonia', '海棠粉', 'Begonia', '#d56a7d', 'pink'],
  ['persimmon', '柿子橙', 'Persimmon', '#d9642c', 'orange'],
  ['amber', '琥珀', 'Amber', '#c4812f', 'orange'],
  ['rust', '铁锈红', 'Rust', '#a24a2a', 'orange'],
  ['terracotta', '陶土色', 'Terracotta', '#b5654a', 'orange'],
  ['goose-yellow', '鹅黄', 'Gosling yellow', '#f0d878', 'yellow'],
  ['ginkgo', '银杏黄', 'Ginkgo yellow', '#dfb640', 'yellow'],
  ['turmeric', '姜黄', 'Turmeric', '#c9952c', 'yellow'],
  ['butter', '黄油色', 'Butter', '#f1e3ac', 'yellow'],
  ['olive', '橄榄绿', 'Olive', '#5d6037', 'green'],
  ['army-green', '军绿', 'Army green', '#4b5338', 'green'],
  ['moss', '苔绿', 'Moss', '#6f7a45', 'green'],
  ['sage', '鼠尾草绿', 'Sage', '#a3ae93', 'green'],
  ['bamboo', '竹青', 'Bamboo', '#6f8f72', 'green'],
  ['pine', '松柏绿', 'Pine', '#2f4d3c', 'green'],
  ['matcha', '抹茶绿', 'Matcha', '#a9b56c', 'green'],
  ['bean-green', '豆绿', 'Pea green', '#93b27b', 'green'],
  ['jade', '玉色', 'Jade', '#7fb8a2', 'teal'],
  ['celadon', '青瓷', 'Celadon', '#8fb5a8', 'teal'],
  ['peacock', '孔雀蓝', 'Peacock', '#1f6e7a', 'teal'],
  ['stone-green', '石青', 'Azurite teal', '#2c6673', 'teal'],
  ['sky', '天青', 'Sky', '#a5c6d6', 'blue'],
  ['lake', '湖蓝', 'Lake blue', '#4f9bb8', 'blue'],
  ['haze-blue', '雾霾蓝', 'Haze blue', '#8199ac', 'blue'],
  ['denim-blue', '牛仔蓝', 'Denim blue', '#4a6585', 'blue'],
  ['sapphire', '宝石蓝', 'Sapphire', '#28508c', 'blue'],
  ['klein', '群青', 'Ultramarine', '#2b3f94', 'blue'],
  ['indigo', '靛蓝', 'Indigo', '#2f3f63', 'navy'],
  ['navy', '藏青', 'Navy', '#232f4b', 'navy'],
  ['midnight', '夜幕蓝', 'Midnight', '#1d2433', 'navy'],
  ['lilac', '丁香紫', 'Lilac', '#b7a6c6', 'purple'],
  ['taro', '香芋紫', 'Taro', '#a793ad', 'purple'],
  ['wisteria', '藤紫', 'Wisteria', '#7d6a9c', 'purple'],
  ['aubergine', '茄紫', 'Aubergine', '#4a3047', 'purple'],
]

export const PALETTE: readonly NamedColour[] = ROWS.map(([id, zh, en, hex, family]) => ({
  id,
  name: { zh, en },
  hex,
  family,
  lab: labOf(hex),
}))

/** What a family is called, and the colour meant when nothing closer is said. */
export const FAMILY_WORDS: Readonly<
  Record<ColourFamily, { zh: readonly string[]; en: readonly string[]; typical: string }>
> = {
  black: { zh: ['黑色', '黑'], en: ['black'], typical: 'ink-black' },
  white: { zh: ['白色', '米白', '白'], en: ['white', 'off-white', 'cream'], typical: 'ivory' },
  grey: { zh: ['灰色', '灰'], en: ['grey', 'gray'], typical: 'slate' },
  beige: { zh: ['米色', '卡其色', '裸色'], en: ['beige', 'nude'], typical: 'oat' },
  brown: { zh: ['棕色', '褐色', '咖色', '棕'], en: ['brown', 'coffee'], typical: 'walnut' },
  red: { zh: ['红色', '大红', '中国红', '红'], en: ['red'], typical: 'palace-red' },
  pink: { zh: ['粉色', '粉红', '粉'], en: ['pink'], typical: 'lotus-pink' },
  orange: { zh: ['橙色', '橘色', '橙'], en: ['orange'], typical: 'persimmon' },
  yellow: { zh: ['黄色', '黄'], en: ['yellow'], typical: 'ginkgo' },
  green: { zh: ['绿色', '墨绿', '绿'], en: ['green', 'khaki green'], typical: 'pine' },
  teal: { zh: ['青色', '蓝绿色'], en: ['teal', 'turquoise'], typical: 'stone-green' },
  blue: { zh: ['蓝色', '蓝'], en: ['blue'], typical: 'sapphire' },
  navy: { zh: ['藏青色', '藏蓝', '海军蓝', '深蓝'], en: ['navy', 'navy blue', 'dark blue'], typical: 'navy' },
  purple: { zh: ['紫色', '紫'], en: ['purple', 'violet'], typical: 'wisteria' },
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A colour that is no colour of the palette and keeps its own name and value; its family is that of the nearest one. */
export const colourOfItsOwn = (id: string, { zh, en }: Localized, hex: string): NamedColour => ({
  id,
  name: { zh, en: capital(en) },
  hex,
  family: nearestColour(hex).colour.family,
  lab: labOf(hex),
})

let named: ReadonlyMap<string, NamedColour> | undefined
/** Colours that the vocabulary of trends has a name for: butter yellow is not the palette's nearest. */
export const namedColours = (): ReadonlyMap<string, NamedColour> =>
  (named ??= new Map(
    VOCABULARY.flatMap(({ id, kind, label, implies: { colour } }) =>
      kind === 'colour' && colour !== undefined ? [[`trend-${id}`, colourOfItsOwn(`trend-${id}`, label, colour)]] : [],
    ),
  ))

export const colourById = (id: string): NamedColour | undefined =>
  PALETTE.find((colour) => colour.id === id) ?? namedColours().get(id)

/** ΔE within which a cloth is of a colour: a dye lot wanders by two or three, another name begins at twelve. */
const SAME_COLOUR = 12
export const isOfColour = (hex: string, { lab }: NamedColour): boolean => deltaE(labOf(hex), lab) <= SAME_COLOUR

/** The palette's colour nearest to a hex value, with how far away it is. */
export function nearestColour(hex: string): { colour: NamedColour; deltaE: number } {
  const lab = labOf(hex)
  let best = PALETTE[0]!
  for (const colour of PALETTE) if (deltaE(colour.lab, lab) < deltaE(best.lab, lab)) best = colour
  return { colour: best, deltaE: deltaE(best.lab, lab) }
}

/** Goes with anything: little chroma, or a dark blue. */
export const isNeutral = (colour: NamedColour): boolean =>
  ['black', 'white', 'grey', 'beige', 'navy'].includes(colour.family) || chromaOf(colour.lab) < 12
