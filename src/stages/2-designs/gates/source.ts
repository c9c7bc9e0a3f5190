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

/** Marks of an attempt to speak to a model through a headline; "Forget skinny jeans" is fashion and none. */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override|bypass|neglect)\b.{0,40}\b(instructions?|prompts?|rules?|previous|prior|above|earlier|guidelines?|policy|policies|context|constraints?|everything|told)\b/i,
  /\b(ignore|disregard|override|bypass)\b.{0,30}\b(approve|reply|respond|output|print|answer|set|choose)\b/i,
  /(system|developer)\s*(prompt|message|instruction)/i,
  /\b(you are now|you are an?|from now on,? you|act as|pretend to|respond with|reply with|answer with|output only|print the|return only)\b/i,
  /(^|[\s"'.;:!?])(system|assistant|developer|user)\s*[:：]/i,
  /<\|.*?\|>|\[\/?(INST|SYS)\]|#{2,}\s*(instructions?|system|assistant|user|response|answer)|`{3}/i,
  /<\/?(system|assistant|user|tool|trends?|data|instructions?)\b[^>]*>/i,
  // What looks like our answers, like a message of the protocol, or like the fence around the data.
  /["'“”]?(designs|parameters|construction|notUnderstood|tool_calls|role|nameZh|storyZh|shell|marginPercent)["'“”]\s*[:：]/i,
  /\b(trend data|wish)\s+(begin|end)\b/i,
  /忽略(上面|以上|之前|前面|所有|先前)?.{0,8}(指令|要求|提示|规则|限制)|无视.{0,8}(指令|规则|要求)|系统提示词|系统指令|你现在是|请扮演|按以下指令|(输出|返回|回复)(以下|如下|这段)?\s*json|从现在起你/i,
  /\b(api[_ -]?key|password|access token)\b/i,
]

const MOST_CHARACTERS = 160

/**
 * Control characters, direction marks, zero-width and blank letters, variation selectors and tag characters hide words
 * from a reader, not from a model.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|[\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/gu

/** Letters of other scripts that pass for Latin ones. */
const LOOKALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('аaеeоoрpсcуyхxіiѕsԁdѵvԛqԝwοoαaιiνvρpτtυuɡgɪi'.matchAll(/(.)(.)/gu), ([, odd = '', latin = '']) => [
    odd,
    latin,
  ]),
)

/** What is written in tag characters, which no screen shows: each stands for an ASCII character. */
const tagged = (raw: string): string =>
  [...raw]
    .map((char) => char.codePointAt(0) ?? 0)
    .filter((code) => code > 0xe0000 && code < 0xe007f)
    .map((code) => String.fromCharCode(code - 0xe0000))
    .join('')

/** Whether a text speaks to a model, in any of the ways it may have been made to look otherwise. */
function speaksToModel(raw: string): boolean {
  const plain = raw.normalize('NFKC')
  const latin = (text: string) => [...text].map((char) => LOOKALIKE[char.toLowerCase()] ?? char).join('')
  const readings = [plain.replace(HIDDEN, ' '), plain.replace(HIDDEN, ''), tagged(plain)]
  return readings
    .flatMap((text) => [text, latin(text)])
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .some((text) => INSTRUCTIONS.some((pattern) => pattern.test(text)))
}

/** "肖某某同款", "某某机场街拍": a surname and one or two characters before what is worn after them. */
const PERSON_ZH = new RegExp(`([${SURNAMES}][\\p{Script=Han}]{1,2})(?=同款|机场|街拍|私服|代言|上身|穿搭|同求)`, 'gu')
const PERSON_EN =
  /\b([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?=(?:'s|’s)? (?:wears|wore|wearing|steps out|stuns|is seen|look|style|outfit|spotted))/g

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A headline without brands, persons and instructions; empty where nothing safe is left of it. */
export function cleanSource(raw: string): Cleaned {
  const removed: Removed[] = []
  let text = raw.normalize('NFKC').replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim()
  if (speaksToModel(raw)) return { text: '', removed: [{ what: 'instruction', words: text.slice(0, MOST_CHARACTERS) }] }
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
