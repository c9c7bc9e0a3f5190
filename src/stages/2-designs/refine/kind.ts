/**
 * Wishes that a refinement cannot fulfil, because they ask for another pattern: another category ("做成裙子") or the other
 * gender ("make it a women's jacket"). They are recognised, so that a person is told what to do instead.
 */
import type { Localized } from '../../../core/values.ts'
import {
  BLOCKS,
  type Category,
  CATEGORY_NAMES,
  type CategoryDefinition,
  DEFINITIONS,
  type Gender,
  type StyleSpec,
} from '../../../garments/index.ts'
import { both } from '../designer/facts.ts'

/** What to design instead, from the same trends. */
export interface Instead {
  category: Category
  gender: Gender
  /** Those of the style's trends that such a garment can follow: with the others it would be refused. */
  trendIds?: readonly string[]
}

export interface KindWish {
  /** As they were said. */
  words: string
  /** Undefined where it is such a garment already. */
  instead: Instead | undefined
  reason: Localized
}

/** Garments as people name them; the first kind is meant unless the style is another of them. */
type Kinds = ReadonlyMap<string, readonly Category[]>

/** Whose own name a word is comes before those that it is true of as well. */
const kindsIn = (lang: 'zh' | 'en'): Kinds => {
  const kinds = new Map<string, Category[]>()
  const all: readonly CategoryDefinition[] = DEFINITIONS
  for (const said of [all.map(({ words }) => words.called[lang]), all.map(({ words }) => words.also?.[lang] ?? [])])
    for (const [i, words] of said.entries())
      for (const word of words) kinds.set(word, [...(kinds.get(word) ?? []), DEFINITIONS[i]!.id])
  return kinds
}
const ZH = kindsIn('zh')
const EN = kindsIn('en')

const GENDER_ZH: readonly (readonly [RegExp, Gender])[] = [
  [/(?:给)?(?:女款|女装|女式|女版|女士|女生|女性|女孩)(?:穿的?|款式?|版)?/u, 'women'],
  [/(?:给)?(?:男款|男装|男式|男版|男士|男生|男性|男孩)(?:穿的?|款式?|版)?/u, 'men'],
]
const GENDER_EN: readonly (readonly [RegExp, Gender])[] = [
  [
    /\b(?:for (?:women|ladies|girls|her)|women's(?:wear)?|womens(?:wear)?|womenswear|ladies'?|female)(?![\w'])/u,
    'women',
  ],
  [/\b(?:for (?:men|boys|him)|men's(?:wear)?|mens(?:wear)?|menswear|male)(?![\w'])/u, 'men'],
]

const anyOf = (kinds: Kinds): string => [...kinds.keys()].toSorted((a, b) => b.length - a.length).join('|')

/** "衬衫领", "西装面料": the garment's name only says what kind of collar or cloth. */
const PART_ZH = '(?!的?(?:领|袖|口袋|袋|扣|摆|肩|腰|面料|料|布|门襟|颜色|色|版型|长|里))'
const CHANGE_ZH =
  '(?:做成|改成|改做|改为|变成|变为|换成|换为|转成|做一?(?=[条件款个])|来一?(?=[条件款个])|想要一?(?=[条件款个]))'
const INTO_ZH = new RegExp(
  `(不要|别|不用|不想)?(?:把[它这]?(?:件|条|款)?)?(?:${CHANGE_ZH})[一]?[条件款个身]?([^，。,;；！!？?、]{0,8}?)(${anyOf(ZH)})${PART_ZH}`,
  'u',
)
const PART_EN =
  "(?![\\w'-])(?!\\s+(?:collars?|sleeves?|pockets?|lapels?|buttons?|cuffs?|fabrics?|cloth|cotton|materials?|hems?|shoulders?|colou?rs?|lining|length|fit)\\b)"
const INTO_EN = new RegExp(
  "(\\bnot? |\\bdon't |\\bnever )?" +
    '\\b(?:(?:make|turn|change|convert|switch|redo)\\b(?:\\s+(?:it|this|that|them|the style|this style))?(?:\\s+(?:into|to))?(?:\\s+an?)?' +
    "|(?:want|would like|'d like|need|prefer|rather have|as|into)\\s+an?)" +
    `\\s+((?:(?!like\\b|the\\b|with\\b|and\\b)[\\w'-]+\\s+){0,4}?)(${anyOf(EN)})${PART_EN}`,
  'u',
)
/** A clause that holds nothing but a garment's name and whom it is for. */
const BARE_ZH = new RegExp(`^(?:请|要|想要|一?[条件款个])*(${anyOf(ZH)})(?:吧|好吗|更好|可以吗|款)?$`, 'u')
const BARE_EN = new RegExp(`^(?:an?\\s+)?(${anyOf(EN)})(?:\\s+(?:please|instead))*$`, 'u')
const CLAUSE = /[，。,;；！!？?\n]|\.(?=\s|$)/u
/** What may stand around "女款" in a clause that says nothing else. */
const AROUND =
  /^(?:请|把|它|改成|改为|改|做成|做|变成|换成|换|要|想要|也|的|一|件|条|款|版|吧|make|turn|change|it|this|into|to|a|an|one|version|style|please|garment|\s)*$/u

const kindsOf = (word: string): readonly Category[] => ZH.get(word) ?? EN.get(word) ?? []

const GENDER_NAMES: Readonly<Record<Gender, Localized>> = {
  women: both('女装', 'women’s'),
  men: both('男装', 'men’s'),
}

const blockThere = (category: Category, gender: Gender): boolean =>
  BLOCKS.some((block) => block.category === category && block.gender === gender)

export const sayInstead = ({ category, gender }: Instead): Localized =>
  both(
    `${GENDER_NAMES[gender].zh}${CATEGORY_NAMES[category].zh}`,
    `${GENDER_NAMES[gender].en} ${CATEGORY_NAMES[category].en.toLowerCase()}`,
  )

function wishFor(spec: StyleSpec, words: string, kinds: readonly Category[], gender: Gender | undefined): KindWish {
  const [first = spec.category] = kinds
  const category = kinds.length === 0 || kinds.includes(spec.category) ? spec.category : first
  const wanted = gender ?? spec.gender
  // Skirts and dresses are drafted for women only; asked for as a man's, they are offered as what there is.
  const instead: Instead = { category, gender: blockThere(category, wanted) ? wanted : spec.gender }
  if (!blockThere(instead.category, instead.gender)) instead.gender = instead.gender === 'men' ? 'women' : 'men'
  if (instead.category === spec.category && instead.gender === spec.gender)
    return wanted === spec.gender
      ? {
          words,
          instead: undefined,
          reason: both('这一款本来就是，无需改动。', 'It is one already; nothing was changed.'),
        }
      : {
          words,
          instead: undefined,
          reason: both(
            `${CATEGORY_NAMES[category].zh}目前只有${GENDER_NAMES[spec.gender].zh}版型，无法改为${GENDER_NAMES[wanted].zh}。`,
            `There is only a ${GENDER_NAMES[spec.gender].en} block of the ${CATEGORY_NAMES[category].en.toLowerCase()}; it cannot be made as ${GENDER_NAMES[wanted].en}.`,
          ),
        }
  const said = sayInstead(instead)
  return {
    words,
    instead,
    reason: both(
      `改款不能更换品类或男女款，那需要另一套版型。请用同一趋势另做一款${said.zh}，本款保持不变。`,
      `A refinement cannot change the category or whom it is for: that takes another pattern. Make a new design from the same trend (${said.en}); this style stays as it is.`,
    ),
  }
}

/**
 * Take a wish for another category or gender out of a sentence.
 * @param said the sentence, tidied: half-width, lower case, simplified characters
 * @returns the wish, if there is one, and the sentence without it
 */
export function kindWish(spec: StyleSpec, said: string): { wish: KindWish | undefined; rest: string } {
  const into = INTO_ZH.exec(said) ?? INTO_EN.exec(said)
  if (into && into[1] === undefined) return spoken(spec, said, into)
  for (const part of said.split(CLAUSE)) {
    const clause = part.trim()
    const gender = genderIn(clause)
    const left = (gender ? clause.replace(gender.words, ' ') : clause).replaceAll(/\s+/g, ' ').trim()
    const bare = (BARE_ZH.exec(left.replaceAll(' ', '')) ?? BARE_EN.exec(left))?.[1]
    const kinds = bare === undefined ? [] : kindsOf(bare)
    if (bare !== undefined && kinds.includes(spec.category) && !gender) continue
    if (bare !== undefined || (gender && AROUND.test(left)))
      return { wish: wishFor(spec, clause, kinds, gender?.gender), rest: said.replace(part, '') }
    // Said in passing ("女款，短一点" has its own clause; "女士短一点的" has not): what is meant is not in doubt.
    if (gender && gender.gender !== spec.gender && !/不要|别|not|no\b/u.test(clause))
      return { wish: wishFor(spec, gender.words.trim(), [], gender.gender), rest: said.replace(gender.words, '') }
  }
  return { wish: undefined, rest: said }
}

/** "Make it a coat": what is wished for is said in so many words. */
function spoken(spec: StyleSpec, said: string, into: RegExpExecArray): ReturnType<typeof kindWish> {
  const words = into[0].trim()
  const before = `${into[2] ?? ''} ${words}`
  const tail = said.slice(into.index + into[0].length, into.index + into[0].length + 12)
  const gender = genderIn(before) ?? genderIn(/^\s*for \w+/u.exec(tail)?.[0] ?? '')
  const wish = wishFor(spec, words, kindsOf(into[3] ?? ''), gender?.gender)
  // "改成长裙" of a skirt is a wish about its length.
  if (!wish.instead && /[长短]/u.test(words)) return { wish: undefined, rest: said }
  const rest = said.replace(into[0], '，')
  return { wish, rest: gender ? rest.replace(gender.words, '') : rest }
}

function genderIn(text: string): { gender: Gender; words: string } | undefined {
  for (const [pattern, gender] of [...GENDER_ZH, ...GENDER_EN]) {
    const words = pattern.exec(text)?.[0]
    if (words !== undefined) return { gender, words }
  }
  return undefined
}
