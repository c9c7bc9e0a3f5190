import { Converter } from 'opencc-js/t2cn'
import { stripNames } from './names.ts'
import { VOCABULARY } from './vocabulary/index.ts'
import type { Term } from './vocabulary/term.ts'

export interface Hit {
  term: Term
  /** As it stands in the normalised text. */
  surface: string
  start: number
}

export interface Matcher {
  /** Every term said in the text, in order; what is negated or only part of a set phrase is not. */
  hits(text: string): Hit[]
  /** Their ids, each once. */
  terms(text: string): string[]
  /** Their ids and those of what is said inside them: 牛仔外套 → denim-jacket, jacket, denim. */
  attributes(text: string): string[]
}

/** Words that hold a term and do not mean it. Whole, they are stepped over. */
const SET_PHRASES = (
  '马甲线|最高领导|领导人|领导|成立领|高领导|领域|领先|本领|红色预警|橙色预警|黄色预警|蓝色预警|红色旅游|红色经典|红色文化|红色基因|绿色通道|绿色出行|绿色环保' +
  '|白色情人节|白色污染|黑色星期五|黑色幽默|灰色地带|灰色收入|黄色网站|粉色收入|运动会|运动员|运动场|奥运|青春有你|青春期|空气清新|格子间|抽象派|大衣柜|放大衣' +
  '|高潮|热潮|潮湿|潮水|退潮|涨潮|大潮|思潮|浪潮|潮汐|潮汕|潮州|受潮|棉花糖|棉签|棉条|木棉|海绵|锦绣|绣球|刺绣工厂|皮草莓|短裤衩|西装革履|牛仔很忙|对称轴|日常生活' +
  '|民族主义|民族团结|少数民族|中华民族|生态环保|环保部|环保局|中国风险|印花税|风衣袖|针织厂|裙带|石榴裙下|裙楼|连裤袜|丝绸之路|几何学|音乐节|植物园|植物人|动物园|动物界' +
  '|家居馆|居家隔离|居家办公|居家医学|街头采访|中式英语|欧美国家|欧美股市|摇滚乐|朋克养生|蛋糕店|生日蛋糕|奶油蛋糕|蝴蝶结婚|飞行员|法式面包|美式咖啡|美式足球|西部大开发' +
  '|校园暴力|校园霸凌|婚礼现场|旅行社|海边城市|户外广告|职场霸凌|街头斗殴|春潮|常规赛|非常规|套装修|打火机与公主裙|拉链式|口袋妖怪'
).split('|')
const SET_PHRASES_EN =
  'top ten|dress code|dress rehearsal|trench warfare|paper tiger|blanket ban|straight away|bow out|spot check|check out|check in'.split(
    '|',
  )

const NEGATED = /(?:没有|没|无需|无|不带|不含|不要|不用|不是|不算|去掉|拒绝|告别|不|非|免)$/
const NEGATORS = new Set(['no', 'not', 'without', 'never', 'non', 'sans', 'minus'])

/** Clothing is being talked about: lets everyday words (红色, casual) count as terms. */
const CLOTHING_ZH =
  /[穿衣裤裙鞋帽袖领衫袄]|服装|服饰|造型|时尚|时装|搭配|穿搭|版型|面料|上身|单品|款式|裁剪|剪裁|秀场|衣橱/
const CLOTHING_EN =
  /\b(?:outfits?|wear(?:ing|s)?|worn|fashion|styl(?:e|es|ing|ish)|wardrobe|runway|collection|garments?|cloth(?:es|ing)|looks?|tailoring|hems?|necklines?|lapels?|textiles?|fabrics?)\b/

const toSimplified = Converter({ from: 't', to: 'cn' })

/**
 * One form for matching: compatibility forms folded (Ｔ恤 → t恤), accents dropped (bouclé), lower case, traditional
 * characters made simplified.
 */
export const normalise = (text: string): string =>
  toSimplified(text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase())

/** Plurals folded to one form, alike in the vocabulary and in the text: it need not be the true singular. */
export function foldPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(?:sh|ch|x|z|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

interface Word {
  text: string
  start: number
  end: number
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[a-z0-9]+/g)].map((m) => ({ text: foldPlural(m[0]), start: m.index, end: m.index + m[0].length }))

const phraseOf = (surface: string): string =>
  wordsOf(normalise(surface))
    .map((word) => word.text)
    .join(' ')

type Entry = Term | 'set phrase'

interface Index {
  han: ReadonlyMap<string, Entry>
  latin: ReadonlyMap<string, Entry>
  /** How long the longest entry is that begins with this character, or word: mostly none does. */
  longestHan: ReadonlyMap<string, number>
  mostWords: ReadonlyMap<string, number>
}

const beginnings = (entries: Iterable<readonly [beginning: string, length: number]>): Map<string, number> => {
  const longest = new Map<string, number>()
  for (const [beginning, length] of entries) longest.set(beginning, Math.max(length, longest.get(beginning) ?? 0))
  return longest
}

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** @throws Error when two terms claim the same words: each surface means one thing */
function indexOf(terms: readonly Term[]): Index {
  const han = new Map<string, Entry>()
  const latin = new Map<string, Entry>()
  const add = (surface: string, entry: Entry) => {
    const [map, key] = hasHan(surface) ? [han, normalise(surface)] : [latin, phraseOf(surface)]
    const taken = map.get(key)
    if (taken && taken !== entry)
      throw new Error(
        `vocabulary: "${surface}" is claimed by ${[taken, entry].map((e) => (e === 'set phrase' ? e : e.id)).join(' and ')}`,
      )
    map.set(key, entry)
  }
  for (const term of terms) for (const surface of [...term.zh, ...term.en]) add(surface, term)
  for (const phrase of SET_PHRASES) add(phrase, 'set phrase')
  for (const phrase of SET_PHRASES_EN) add(phrase, 'set phrase')
  const phrases = [...latin.keys()].map((phrase) => phrase.split(' '))
  return {
    han,
    latin,
    longestHan: beginnings([...han.keys()].map((key) => [key.charAt(0), key.length])),
    mostWords: beginnings(phrases.map((words) => [words[0] ?? '', words.length])),
  }
}

function hanHits(text: string, index: Index): Hit[] {
  const hits: Hit[] = []
  for (let start = 0; start < text.length;) {
    let step = 1
    const longest = index.longestHan.get(text.charAt(start)) ?? 0
    for (let length = Math.min(longest, text.length - start); length > 0; length--) {
      const surface = text.slice(start, start + length)
      const entry = index.han.get(surface)
      if (!entry) continue
      if (entry !== 'set phrase' && !NEGATED.test(text.slice(Math.max(0, start - 2), start)))
        hits.push({ term: entry, surface, start })
      step = length
      break
    }
    start += step
  }
  return hits
}

/** Words of one phrase have nothing but a space, hyphen or apostrophe between them. */
const joined = (text: string, words: readonly Word[]): boolean =>
  words.every((word, i) => {
    const next = words[i + 1]
    return !next || /^[\s'’-]{1,2}$/.test(text.slice(word.end, next.start))
  })

function latinHits(text: string, index: Index): Hit[] {
  const words = wordsOf(text)
  const hits: Hit[] = []
  for (let i = 0; i < words.length;) {
    let step = 1
    const most = index.mostWords.get(words[i]?.text ?? '') ?? 0
    for (let count = Math.min(most, words.length - i); count > 0; count--) {
      const run = words.slice(i, i + count)
      const entry = index.latin.get(run.map((word) => word.text).join(' '))
      const first = run[0]
      if (!entry || !first || !joined(text, run)) continue
      const denied = NEGATORS.has(words[i - 1]?.text ?? '') || words[i + count]?.text === 'free'
      if (entry !== 'set phrase' && !denied)
        hits.push({ term: entry, surface: text.slice(first.start, run.at(-1)?.end), start: first.start })
      step = count
      break
    }
    i += step
  }
  return hits
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/**
 * Terms by dictionary on the raw text: longest match first, no segmentation (word segmenters cut 连/衣裙 and cost a
 * quarter of the recall), English on word boundaries. An everyday word counts only where clothing is spoken of.
 */
export function openMatcher(terms: readonly Term[] = VOCABULARY): Matcher {
  const index = indexOf(terms)
  const hits = (raw: string): Hit[] => {
    const text = normalise(stripNames(raw).text)
    const found = [...hanHits(text, index), ...latinHits(text, index)].sort((a, b) => a.start - b.start)
    const clothing = found.some((hit) => !hit.term.weak) || CLOTHING_ZH.test(text) || CLOTHING_EN.test(text)
    return clothing ? found : []
  }
  return {
    hits,
    terms: (text) => unique(hits(text).map((hit) => hit.term.id)),
    attributes: (text) => unique(hits(text).flatMap((hit) => [hit.term.id, ...hit.term.parts])),
  }
}
