/**
 * G0: text from feeds is data. Before a designer or a model sees it, names of brands and persons are taken out, and so
 * is anything that reads like an instruction to a model; what was taken out is told.
 */
import { marksIn } from './likeness.ts'
import { MARK_LIST, SURNAMES } from './rights-list.ts'

export interface Removed {
  what: 'brand' | 'person' | 'instruction'
  words: string
}

export interface Cleaned {
  text: string
  removed: Removed[]
}

/** Marks of an attempt to speak to a model through a headline. */
const INSTRUCTIONS: readonly RegExp[] = [
  /ignore|disregard|forget|override|bypass/i,
  /(system|developer)\s*(prompt|message|instruction)/i,
  /\b(you are|act as|pretend to|respond with|reply with|output only|print the)\b/i,
  /<\|.*?\|>|\[\/?(INST|SYS)\]|###\s*(instruction|system|assistant|user)|```/i,
  /<\/?(system|assistant|user|tool|trends?|data|instructions?)\b[^>]*>/i,
  /忽略(上面|以上|之前|前面|所有)?.{0,6}(指令|要求|提示|规则)|无视.{0,6}(指令|规则)|系统提示词|你现在是|请扮演|按以下指令/,
  /\b(api[_ -]?key|password|token)\b/i,
]

const MOST_CHARACTERS = 160

/** Control characters, direction marks and zero-width letters hide words from a reader, not from a model. */
// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu

/** "肖某某同款", "某某机场街拍": a surname and one or two characters before what is worn after them. */
const PERSON_ZH = new RegExp(`([${SURNAMES}][\\p{Script=Han}]{1,2})(?=同款|机场|街拍|私服|代言|上身|穿搭|同求)`, 'gu')
const PERSON_EN =
  /\b([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?=(?:'s|’s)? (?:wears|wore|wearing|steps out|stuns|is seen|look|style|outfit|spotted))/g

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A headline without brands, persons and instructions; empty where nothing safe is left of it. */
export function cleanSource(raw: string): Cleaned {
  const removed: Removed[] = []
  let text = raw.normalize('NFKC').replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim()
  const marker = INSTRUCTIONS.find((pattern) => pattern.test(text))
  if (marker) return { text: '', removed: [{ what: 'instruction', words: text.slice(0, MOST_CHARACTERS) }] }
  for (const { owner, found } of marksIn(text).filter(({ likeness }) => likeness === 1)) {
    const aliases = MARK_LIST.find((mark) => mark.owner === owner)?.aliases ?? [found]
    for (const alias of [found, ...aliases])
      text = text.replace(
        new RegExp(
          /\p{Script=Han}/u.test(alias) ? escaped(alias) : `(?<![\\p{L}\\p{N}])${escaped(alias)}(?![\\p{L}\\p{N}])`,
          'giu',
        ),
        '',
      )
    removed.push({ what: 'brand', words: found })
  }
  for (const pattern of [PERSON_ZH, PERSON_EN])
    text = text.replace(pattern, (name: string) => {
      removed.push({ what: 'person', words: name })
      return ''
    })
  return {
    text: text
      .replace(/\s+/g, ' ')
      .replace(/^[\s,，:：·|-]+/, '')
      .trim()
      .slice(0, MOST_CHARACTERS),
    removed,
  }
}
