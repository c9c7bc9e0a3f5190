/**
 * Names and stories in Chinese and English, made of a style's own data: cloth, cut, details, colours. They say that
 * the style is a design not yet made, claim nothing absolute (《广告法》第九条) and promise nothing the data do not hold.
 */
import type { Localized } from '../../../core/values.ts'
import {
  type Block,
  type CategoryDefinition,
  definitionOf,
  type StyleSpec,
  type Texture,
} from '../../../garments/index.ts'
import {
  both,
  detailsOf,
  FIT_LABELS,
  fitClass,
  LENGTH_LABELS,
  lengthClass,
  lengthCm,
  sayComposition,
  type Detail,
} from './facts.ts'
import type { Chance } from './random.ts'

export const NAME_LIMITS = { zh: 30, en: 60 } as const
/** Story: characters in Chinese, words in English. */
export const STORY_LIMITS = { zh: [60, 160], en: [40, 90] } as const

/** What a hand feels: a character of the weave, not a claim about quality. */
const HANDLE: Readonly<Record<Texture, readonly Localized[]>> = {
  melton: [both('呢面密实、有骨感', 'dense, with body'), both('挺括有型', 'firm and shaped')],
  twill: [
    both('斜纹清晰、垂感自然', 'with a clear diagonal and an easy drape'),
    both('挺而不硬', 'crisp but not stiff'),
  ],
  denim: [both('布身硬朗', 'sturdy'), both('越穿越贴合身形', 'that settles with wear')],
  herringbone: [both('人字纹细密', 'with a fine broken zigzag'), both('纹理含蓄', 'quietly patterned')],
  corduroy: [both('绒条饱满', 'with full cords'), both('触感柔软', 'soft to the touch')],
  jersey: [both('柔软贴身', 'soft on the skin'), both('弹性舒展', 'that moves with the body')],
  rib: [both('弹力贴合', 'stretchy and close'), both('罗纹立体', 'with raised ribs')],
  quilt: [both('绗线分明、轻而保暖', 'light and warm, with clear quilting lines'), both('蓬松轻便', 'lofty and light')],
  satin: [both('光泽柔和、垂坠', 'with a soft sheen and drape'), both('顺滑轻盈', 'smooth and light')],
  fur: [both('绒毛浓密', 'with a thick pile'), both('蓬松柔软', 'fluffy and soft')],
  check: [both('格纹醒目', 'with a clear check'), both('色织格纹', 'in a woven check')],
  stripe: [both('条纹利落', 'with a clean stripe'), both('色织条纹', 'in a woven stripe')],
  poplin: [both('平整清爽', 'smooth and fresh'), both('细密平滑', 'fine and even')],
  terry: [both('内里毛圈、手感厚实', 'with loops inside and a full hand'), both('厚实有型', 'that holds its shape')],
  fleece: [both('里面抓绒、暖和柔软', 'brushed inside, warm and soft'), both('绒感细腻', 'with a fine nap')],
  canvas: [both('布身硬挺', 'stiff and plain'), both('水洗后手感自然', 'with a washed hand')],
  linen: [both('麻感自然、透气', 'dry and airy'), both('自带自然褶皱', 'with its natural creases')],
  houndstooth: [both('千鸟格经典', 'in a houndstooth weave'), both('格纹细密', 'finely patterned')],
}

type Worn = CategoryDefinition['cloth']['worn']
/** Zipped hoodies are worn open over something, the rest closed; each season has its own way of wearing. */
const WEAR: Readonly<Record<StyleSpec['season'], Readonly<Record<Worn, readonly Localized[]>>>> = {
  spring: {
    outer: [
      both('适合春日早晚添衣', 'For cool spring mornings'),
      both('早春出行轻松搭配', 'Easy over a shirt in early spring'),
    ],
    top: [
      both('春日单穿或叠穿皆可', 'On its own or layered in spring'),
      both('换季时很好搭', 'Easy to pair between seasons'),
    ],
    bottom: [
      both('春日配薄针织或衬衫', 'With a light knit or a shirt in spring'),
      both('换季通勤好搭配', 'For spring weekdays'),
    ],
  },
  summer: {
    outer: [
      both('空调房与夜晚可披', 'For cool rooms and summer evenings'),
      both('夏日轻薄外搭', 'A light layer for summer'),
    ],
    top: [both('夏日单穿清爽', 'To wear on its own in summer'), both('适合炎热天气', 'For warm weather')],
    bottom: [both('夏日配背心或T恤', 'With a T-shirt in summer'), both('适合炎热天气', 'For warm weather')],
  },
  autumn: {
    outer: [
      both('秋日通勤与周末都可穿', 'For autumn weekdays and weekends'),
      both('适合早秋到初冬', 'From early autumn to the first frost'),
    ],
    top: [
      both('秋日单穿或内搭', 'On its own or under a jacket in autumn'),
      both('早晚温差大时好叠穿', 'To layer when evenings cool'),
    ],
    bottom: [
      both('秋日配短靴或乐福鞋', 'With boots or loafers in autumn'),
      both('秋日通勤与周末都可穿', 'For autumn weekdays and weekends'),
    ],
  },
  winter: {
    outer: [
      both('内搭毛衣也留有余量', 'With room for a jumper underneath'),
      both('冬日外出穿着', 'For cold days outdoors'),
    ],
    top: [both('冬日叠穿打底', 'To layer under a coat in winter'), both('冬日室内单穿', 'For winter days indoors')],
    bottom: [
      both('冬日配短靴与长外套', 'With boots and a long coat in winter'),
      both('冬日内搭打底也合适', 'With tights or a base layer in winter'),
    ],
  },
  'all-season': {
    outer: [both('四季皆可搭配', 'To wear all year round'), both('日常外搭', 'An everyday layer')],
    top: [both('四季皆可搭配', 'To wear all year round'), both('日常穿着', 'For every day')],
    bottom: [both('四季皆可搭配', 'To wear all year round'), both('日常穿着', 'For every day')],
  },
}

const STATUS: readonly Localized[] = [
  both(
    '本款为数字设计稿，尚未生产，达到起做量后按单裁制。',
    'This is a digital design, not yet made: it is cut only when enough pieces are ordered.',
  ),
  both(
    '目前是尚未生产的设计稿，凑够起做量才开裁。',
    'It is a design and has not been made yet; cutting starts once the order count is reached.',
  ),
  both(
    '设计稿阶段，尚未生产，按实际预订数量制作。',
    'Still a design and not yet made, it will be sewn to the number ordered.',
  ),
]

const lower = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const length = (text: string): number => [...text].length
export const wordCount = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

const listEn = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`

/** Details in the order they deserve: asked for by a trend, then chosen, then the block's own. */
function tellable(spec: StyleSpec, block: Block): Detail[] {
  const asked = new Set(
    spec.attributes.filter(({ evidence }) => evidence.length > 0).map(({ key, value }) => `${key}=${value}`),
  )
  const details = detailsOf(spec, block).map((detail) => ({ ...detail, label: fullLabel(detail) }))
  const rank = ({ slot, option, special }: Detail) => {
    if (asked.has(`${slot}=${option}`)) return 0
    return special ? 1 : 2
  }
  return distinct(details).sort((a, b) => rank(a) - rank(b))
}

/** Options are often adjectives beside their slot ("French" cuff, "切角"袖克夫): away from it they need its noun. */
function fullLabel({ label, slotLabel }: Detail): Localized {
  const zhNoun = /(领|袋|袖|口|摆|褶|省|襻|扣|襟|带|帽|里|腰|背|衩|克夫|绳|头|拉链)$/.test(label.zh)
  const enNoun =
    /(collar|cuffs?|pockets?|neck|flaps?|welts?|pleats?|darts?|belt|placket|front|epaulettes|buckle|back|hood|hem|sleeves?|vent|zip|waistband|waist|lining|lined|drawstring|rib|yoke|lapels?)\b/i
  // "Lined in contrast" says of a hood what it is like, and stands behind it.
  if (/^lined (in|with)\b/i.test(label.en)) return { zh: label.zh, en: `${slotLabel.en} ${lower(label.en)}` }
  return {
    zh: zhNoun ? label.zh : `${label.zh}${slotLabel.zh}`,
    en: enNoun.test(label.en) ? label.en : `${label.en} ${slotLabel.en.toLowerCase()}`,
  }
}

/** Names often repeat the head noun of an option ("翻领" in "领型"): do not say it twice. */
const distinct = (details: readonly Detail[]): Detail[] => {
  const seen = new Set<string>()
  return details.filter(({ label }) => !seen.has(label.zh) && seen.add(label.zh))
}

const styleOf = (spec: StyleSpec): Localized | undefined => {
  const style = spec.attributes.find((attribute) => attribute.key === 'style')
  return style?.label
}

/** The first of some texts that is short enough; the last is always short. */
const fitting = (limit: number, candidates: readonly string[]): string =>
  candidates.find((text) => length(text) <= limit) ?? [...(candidates.at(-1) ?? '')].slice(0, limit).join('')

export function nameOf(spec: StyleSpec, block: Block, random: Chance): Localized {
  const noun = random.pick(definitionOf(spec.category).words.nouns)
  const shell = spec.materials.shell
  const cloth = both(shell?.name.zh ?? '', (shell?.name.en ?? '').replace(/ (coating|trench)\b/, ''))
  const [fit, long] = [fitClass(spec, block), lengthClass(spec, block)]
  const special = fit !== 'regular' ? FIT_LABELS[fit] : undefined
  const shape = long !== 'regular' ? LENGTH_LABELS[long] : special
  const fitWord = long !== 'regular' ? special : undefined
  const details = tellable(spec, block).filter(({ slot }) => slot !== 'lining' && slot !== 'sleeve')
  const parts = { noun, cloth, style: styleOf(spec), shape, fitWord, first: details[0], second: details[1] }
  return { zh: chineseName(parts), en: englishName(parts) }
}

/** What a name may be put together from. */
interface NameParts {
  noun: Localized
  cloth: Localized
  style: Localized | undefined
  shape: Localized | undefined
  fitWord: Localized | undefined
  first: Detail | undefined
  second: Detail | undefined
}

function chineseName({ noun, cloth, style, shape, fitWord, first, second }: NameParts): string {
  const zhCloth = cloth.zh
    .replace(/（.*?）|^[\d×]+[安支坑]?(精梳)?|^(中厚|厚重|重磅|薄型|弹力)|面料$|料$/g, '')
    .replace(/(?<=汗|绒|帆)布$/, '布')
  const tail = `${shape?.zh ?? ''}${noun.zh}`
  return fitting(NAME_LIMITS.zh, [
    `${style?.zh ?? ''}${fitWord?.zh ?? ''}${zhCloth}${first?.label.zh ?? ''}${second?.label.zh ?? ''}${tail}`,
    `${style?.zh ?? ''}${zhCloth}${first?.label.zh ?? ''}${tail}`,
    `${zhCloth}${first?.label.zh ?? ''}${tail}`,
    `${zhCloth}${tail}`,
  ])
}

function englishName({ noun, cloth, style, shape, fitWord, first, second }: NameParts): string {
  const front = [style?.en, fitWord?.en, shape?.en, lower(cloth.en)].filter(Boolean).join(' ')
  const short = [shape?.en, lower(cloth.en)].filter(Boolean).join(' ')
  const withDetails = (...some: (Detail | undefined)[]) => {
    const words = some.flatMap((detail) => (detail ? [lower(detail.label.en)] : []))
    return words.length > 0 ? ` with ${listEn(words)}` : ''
  }
  const en = fitting(NAME_LIMITS.en, [
    `${front} ${noun.en}${withDetails(first, second)}`,
    `${front} ${noun.en}${withDetails(first)}`,
    `${short} ${noun.en}${withDetails(first)}`,
    `${short} ${noun.en}`,
    `${shape?.en ?? ''} ${noun.en}`.trim(),
  ])
  return capital(en.trim())
}

/** Sentences in order of importance; each is added while the whole stays within the limit. */
const assemble = (
  parts: readonly string[],
  order: readonly number[],
  limit: number,
  measure: (text: string) => number,
  glue: string,
): string => {
  let chosen: number[] = []
  for (const index of order) {
    const next = [...chosen, index].sort((a, b) => a - b)
    if (measure(next.map((i) => parts[i]).join(glue)) <= limit) chosen = next
  }
  return chosen.map((i) => parts[i]).join(glue)
}

/** The one sentence or the other about something, where there is anything to be said of it. */
function told<T>(about: T | undefined, first: boolean, sentences: (about: T) => [string, string]): string {
  if (about === undefined) return ''
  const [one, other] = sentences(about)
  return first ? one : other
}

export function storyOf(spec: StyleSpec, block: Block, random: Chance, trends: readonly Localized[] = []): Localized {
  const shell = spec.materials.shell
  const [noun] = definitionOf(spec.category).words.nouns
  const fit = FIT_LABELS[fitClass(spec, block)]
  const long = LENGTH_LABELS[lengthClass(spec, block)]
  const handle = shell ? random.pick(HANDLE[shell.texture]) : both('', '')
  const joined = /^(with|that|in) /.test(handle.en) ? ` ${handle.en}` : `, ${handle.en}`
  const composition = shell ? sayComposition(shell.composition) : both('', '')
  const wear = random.pick(WEAR[spec.season][definitionOf(spec.category).cloth.worn])
  const status = random.pick(STATUS)
  const details = tellable(spec, block).slice(0, 4)
  const cm = lengthCm(spec, block)
  const [fabricFirst, trendFirst] = [random.next() < 0.5, random.next() < 0.5]
  const colours = spec.colourways.map(({ name }) => name)
  const trend = trends[0]

  const zhCloth = told(shell, fabricFirst, ({ gsm, name }) => [
    `面料选用${gsm}克${name.zh}（${composition.zh}），${handle.zh}。`,
    `${gsm}克${name.zh}，成分${composition.zh}，${handle.zh}。`,
  ])
  const zhCut = `${fit.zh}版型，${long.zh}${cm === undefined ? '' : `，${spec.sizes.base}码长约${cm}厘米`}，${wear.zh}。`
  const zhDetails = details.length > 0 ? `细节：${details.map(({ label }) => label.zh).join('、')}。` : ''
  const zhColours = `配色：${colours.map(({ zh }) => zh).join('、')}。`
  const zhTrend = told(trend, trendFirst, ({ zh }) => [
    `灵感来自近期热议的“${zh}”。`,
    `把大家常聊的“${zh}”做成日常能穿的${noun.zh}。`,
  ])
  const zhPads = ['先看设计、再决定要不要，喜欢就加入预订。', '尺码表、用料和价格都由同一套版型数据算出。']

  const enCloth = told(shell, fabricFirst, ({ gsm, name }) => [
    `Cut from ${gsm} gsm ${lower(name.en)} (${composition.en})${joined}.`,
    `${capital(lower(name.en))}, ${gsm} gsm, ${composition.en}, ${handle.en}.`,
  ])
  const enCut = `The fit is ${fit.en.replace('-fit', '')} and the length ${long.en.replace('-length', '')}${cm === undefined ? '' : `, about ${cm} cm in size ${spec.sizes.base}`}.`
  const enWear = `${wear.en}.`
  const enDetails = details.length > 0 ? `Details: ${listEn(details.map(({ label }) => lower(label.en)))}.` : ''
  const enColours = `It comes in ${listEn(colours.map(({ en }) => lower(en)))}.`
  const enTrend = told(trend, trendFirst, ({ en }) => [
    `The idea comes from “${en}”, which people are talking about.`,
    `It takes up “${en}”, much talked about lately, for every day.`,
  ])
  const enPad =
    'Look at the design first and pre-order only if you like it; sizes, cloth and price come from one set of pattern data.'

  const order = trendFirst ? [0, 1, 2, 3, 4, 5] : [1, 0, 2, 3, 4, 5]
  const arrange = <T>(items: readonly T[]): T[] => order.flatMap((i) => items[i] ?? [])
  // Importance: cloth, status, cut, details, trend, colours.
  const zhParts = arrange([zhTrend, zhCloth, zhCut, zhDetails, zhColours, status.zh])
  const enParts = arrange([enTrend, enCloth, `${enCut} ${enWear}`, enDetails, enColours, status.en])
  const rank = (parts: readonly string[], wanted: readonly string[]) => wanted.map((text) => parts.indexOf(text))
  let zh = assemble(
    zhParts,
    rank(zhParts, [zhCloth, status.zh, zhCut, zhDetails, zhTrend, zhColours]),
    STORY_LIMITS.zh[1],
    length,
    '',
  )
  let en = assemble(
    enParts.filter(Boolean),
    rank(
      enParts.filter(Boolean),
      [enCloth, status.en, `${enCut} ${enWear}`, enDetails, enTrend, enColours].filter(Boolean),
    ),
    STORY_LIMITS.en[1],
    wordCount,
    ' ',
  )
  for (const pad of zhPads) if (length(zh) < STORY_LIMITS.zh[0]) zh += pad
  if (wordCount(en) < STORY_LIMITS.en[0]) en += ` ${enPad}`
  return { zh, en }
}
