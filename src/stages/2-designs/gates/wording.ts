/**
 * G5: words. Absolute and banned claims (《中华人民共和国广告法》第九条、第十七条; 《反不正当竞争法》第八条), brands,
 * lengths, language, and facts that must equal the data.
 */
import type { Block, Derived, StyleSpec } from '../../../garments/index.ts'
import { FIBRES } from '../../../garments/index.ts'
import { NAME_LIMITS, STORY_LIMITS, wordCount } from '../designer/words.ts'
import { marksIn } from './likeness.ts'

export interface WordFault {
  kind: 'absolute' | 'claim' | 'brand' | 'length' | 'language' | 'fact' | 'status'
  severity: 'block' | 'review'
  words: string
  zh: string
  en: string
}

/** Absolute terms of 广告法 第九条 (三) and what supervisors treat alike. */
const ABSOLUTE_ZH =
  /国家级|世界级|最高级|宇宙级|顶级|顶尖|极品|极致|第一(?!次|步|粒|颗|件|排|批)|唯一|首个|首选|独家|独一无二|绝无仅有|史无前例|前所未有|万能|100%(?:正品|满意|有效)|全网(?:最|第一)|全国(?:最|第一)|销量冠军|王牌|领袖|领导品牌|No\.?\s*1|(?<!尽)最(?!近|初|后|终|多(?:可|能|\d)|少|大限度|小|低(?:洗涤|温度)|高(?:洗涤|温度)|新一期)/giu
const ABSOLUTE_EN =
  /\b(the )?(best|finest|greatest|cheapest|perfect|ultimate|unbeatable|number one|no\.? ?1|world['’]?s (first|best|only)|world[- ]class|one and only|unrivalled|unrivaled|100% guaranteed|guaranteed|flawless|most (beautiful|comfortable|advanced|fashionable|popular|luxurious))\b/giu
/** Health, protection and origin claims that need proof nobody has for a garment that does not exist. */
const CLAIMS_ZH =
  /治疗|疗效|抗菌|抑菌|杀菌|防辐射|远红外|磁疗|防晒指数|UPF\s*\d+|防水(?!渍)|防火|阻燃|瘦身|减肥|丰胸|保健|负离子|纯手工|进口面料|意大利面料|有机认证|环保认证|零甲醛|A类|婴幼儿可穿|军用|军工|特供|专供|限量|清仓|跳楼价|原价|秒杀/gu
const CLAIMS_EN =
  /\b(antibacterial|anti-bacterial|antiviral|waterproof|fireproof|flame[- ]retardant|upf ?\d+|slimming effect|cures?|heals?|medical|organic|certified|eco-friendly|sustainable|carbon[- ]neutral|handmade|hand-made|imported|italian fabric|limited edition|military[- ]grade|infant[- ]safe|was £|was \$)\b/giu
const STATUS_ZH = /尚未生产|未生产|还没有?(?:做|生产)|设计稿/u
const STATUS_EN = /not yet made|has not been made|not been made yet|a design/iu

const fault = (
  kind: WordFault['kind'],
  severity: WordFault['severity'],
  words: string,
  zh: string,
  en: string,
): WordFault => ({ kind, severity, words, zh, en })

const allOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([hit]) => hit)

function claimFaults({ names, story }: StyleSpec): WordFault[] {
  const zh = `${names.zh}\n${story.zh}`
  const en = `${names.en}\n${story.en}`
  return [
    ...[...allOf(zh, ABSOLUTE_ZH), ...allOf(en, ABSOLUTE_EN)].map((words) =>
      fault(
        'absolute',
        'block',
        words,
        `含绝对化用语“${words}”，违反《广告法》第九条，请改写。`,
        `“${words}” is an absolute claim, which advertising law forbids. Reword it.`,
      ),
    ),
    ...[...allOf(zh, CLAIMS_ZH), ...allOf(en, CLAIMS_EN)].map((words) =>
      fault(
        'claim',
        'block',
        words,
        `“${words}”需要证明材料，本款尚未生产，无法证明，请删去。`,
        `“${words}” needs proof, and this garment has not been made. Take it out.`,
      ),
    ),
    ...marksIn(`${zh}\n${en}`).map(({ owner, found, likeness }) =>
      fault(
        'brand',
        likeness === 1 ? 'block' : 'review',
        found,
        `“${found}”与他人商标“${owner}”${likeness === 1 ? '相同' : '近似'}。`,
        `“${found}” ${likeness === 1 ? 'is' : 'is close to'} somebody’s trade mark (${owner}).`,
      ),
    ),
  ]
}

function lengthFaults({ names, story }: StyleSpec): WordFault[] {
  const faults: WordFault[] = []
  const size = (lang: 'zh' | 'en') => [...names[lang]].length
  for (const lang of ['zh', 'en'] as const)
    if (size(lang) < 2 || size(lang) > NAME_LIMITS[lang])
      faults.push(
        fault(
          'length',
          'block',
          names[lang],
          `名称${lang === 'zh' ? '' : '（英文）'}应为 2 到 ${NAME_LIMITS[lang]} 个字符，现为 ${size(lang)} 个。`,
          `The ${lang} name has ${size(lang)} characters; 2 to ${NAME_LIMITS[lang]} are allowed.`,
        ),
      )
  const [zh, en] = [[...story.zh].length, wordCount(story.en)]
  if (zh < STORY_LIMITS.zh[0] || zh > STORY_LIMITS.zh[1])
    faults.push(
      fault(
        'length',
        'review',
        story.zh.slice(0, 20),
        `中文文案应为 ${STORY_LIMITS.zh.join(' 到 ')} 字，现为 ${zh} 字。`,
        `The Chinese story has ${zh} characters; ${STORY_LIMITS.zh.join(' to ')} are wanted.`,
      ),
    )
  if (en < STORY_LIMITS.en[0] || en > STORY_LIMITS.en[1])
    faults.push(
      fault(
        'length',
        'review',
        story.en.slice(0, 20),
        `英文文案应为 ${STORY_LIMITS.en.join(' 到 ')} 词，现为 ${en} 词。`,
        `The English story has ${en} words; ${STORY_LIMITS.en.join(' to ')} are wanted.`,
      ),
    )
  return faults
}

/** A Chinese text is mostly Han characters, an English one mostly Latin letters, and neither is markup or an address. */
function languageFaults({ names, story }: StyleSpec): WordFault[] {
  const faults: WordFault[] = []
  const share = (text: string, script: RegExp) =>
    (text.match(script) ?? []).length / Math.max(1, (text.match(/\p{L}/gu) ?? []).length)
  for (const text of [names.zh, story.zh])
    if (share(text, /\p{Script=Han}/gu) < 0.6)
      faults.push(
        fault('language', 'block', text.slice(0, 30), '中文文案不是中文。', 'The Chinese text is not Chinese.'),
      )
  for (const text of [names.en, story.en])
    if (share(text, /\p{Script=Latin}/gu) < 0.9)
      faults.push(
        fault('language', 'block', text.slice(0, 30), '英文文案不是英文。', 'The English text is not English.'),
      )
  for (const text of [names.zh, names.en, story.zh, story.en])
    if (/https?:|www\.|<[a-z/!]|[{}]|\bundefined\b|\bnull\b|@\w+/iu.test(text))
      faults.push(
        fault(
          'language',
          'block',
          text.slice(0, 30),
          '文案含有链接、标记或占位内容。',
          'The text holds a link, markup or a placeholder.',
        ),
      )
  return faults
}

/** Words for fibres that people print, by fibre key. */
const FIBRE_WORDS: Readonly<Record<string, RegExp>> = {
  wool: /羊毛|纯毛|\bwool\b/iu,
  cashmere: /羊绒|\bcashmere\b/iu,
  silk: /真丝|桑蚕丝|丝绸|\bsilk\b/iu,
  linen: /亚麻(?!色)|\blinen\b/iu,
  cotton: /纯棉|全棉|棉质|(?<![夹牛])棉\d|\bcotton\b/iu,
  leather: /真皮|羊皮|牛皮|\bleather\b/iu,
  down: /羽绒|鹅绒|\bdown[- ]filled\b/iu,
  fur: /(?<!人造|仿)貂|狐狸毛|(?<!faux )\b(mink|fox fur|real fur)\b/iu,
}

const wrong = (words: string, is: string): WordFault =>
  fault(
    'fact',
    'block',
    words,
    `文案“${words}”与数据不符（${is}）。`,
    `“${words}” does not agree with the data (${is}).`,
  )

function factFaults(spec: StyleSpec, block: Block, derived: Derived | undefined): WordFault[] {
  const said = `${spec.names.zh}\n${spec.story.zh}\n${spec.names.en}\n${spec.story.en}`
  return [
    ...fibreFaults(said, spec),
    ...numberFaults(said, spec, block, derived),
    ...constructionFaults(said, spec.construction),
  ]
}

/** A fibre that no cloth of the style is made of. */
function fibreFaults(said: string, spec: StyleSpec): WordFault[] {
  const materials = Object.values(spec.materials)
  const fibres = new Set(materials.flatMap(({ composition }) => composition.map(({ fibre }) => fibre)))
  const named = materials.map(({ name }) => `${name.zh} ${name.en}`).join(' ')
  const names = [...fibres].map((f) => (FIBRES as Record<string, { zh: string } | undefined>)[f]?.zh ?? f)
  return Object.entries(FIBRE_WORDS).flatMap(([fibre, words]) => {
    const hit = words.exec(said)?.[0]
    return hit && !fibres.has(fibre) && !words.test(named) ? [wrong(hit, names.join('、'))] : []
  })
}

/** A share, a weight or a length that the style does not have. */
function numberFaults(said: string, spec: StyleSpec, block: Block, derived: Derived | undefined): WordFault[] {
  const faults: WordFault[] = []
  const materials = Object.values(spec.materials)
  const percents = new Set(materials.flatMap(({ composition }) => composition.map(({ percent }) => percent)))
  for (const [words, number] of said.matchAll(/(\d+(?:\.\d+)?)\s?[%％]/gu))
    if (!percents.has(Number(number))) faults.push(wrong(words, [...percents].map((p) => `${p}%`).join(' ')))
  const weights = new Set(materials.map(({ gsm }) => gsm))
  for (const [words, number] of said.matchAll(/(\d+)\s?(?:克|gsm|g\/m)/giu))
    if (!weights.has(Number(number))) faults.push(wrong(words, `${[...weights].join('、')} g/m²`))
  const lengths = [
    ...Object.entries(spec.parameters).flatMap(([key, value]) =>
      block.parameters.find((p) => p.key === key)?.unit === 'mm' ? [value] : [],
    ),
    ...(derived?.sizes ?? []).flatMap(({ measures }) => Object.values(measures)),
  ]
  for (const [words, number] of said.matchAll(/(\d+(?:\.\d+)?)\s?(?:厘米|cm\b)/giu))
    if (!lengths.some((mm) => Math.abs(mm - Number(number) * 10) <= 6)) faults.push(wrong(words, '版型尺寸 / measures'))
  return faults
}

/** A part that the style is made without. */
function constructionFaults(said: string, construction: StyleSpec['construction']): WordFault[] {
  const faults: WordFault[] = []
  const parts: readonly (readonly [slot: string, none: RegExp, words: RegExp])[] = [
    ['belt', /^none$/, /腰带(?!扣)|\bbelt(ed)?\b/iu],
    ['hood', /^none$/, /连帽|兜帽|\bhood(ed)?\b/iu],
    ['lining', /^none$/, /全里|里布|\bfully lined\b/iu],
  ]
  for (const [slot, none, words] of parts) {
    const option = construction[slot]
    const hit = words.exec(said)?.[0]
    if (hit && option !== undefined && none.test(option)) faults.push(wrong(hit, `${slot}: ${option}`))
  }
  const closure = construction['closure']
  const doubled = /双排扣|double-breasted/iu.exec(said)?.[0]
  if (doubled && closure !== undefined && closure !== 'double-breasted')
    faults.push(wrong(doubled, `closure: ${closure}`))
  return faults
}

/** Everything wrong with a style's words; empty = they may be printed. */
export function wordFaults(spec: StyleSpec, block: Block, derived?: Derived): WordFault[] {
  const status =
    STATUS_ZH.test(spec.story.zh) && STATUS_EN.test(spec.story.en)
      ? []
      : [
          fault(
            'status',
            'block',
            spec.story.zh.slice(-20),
            '文案必须说明这是尚未生产的设计稿。',
            'The story must say that this is a design and not yet made.',
          ),
        ]
  return [
    ...claimFaults(spec),
    ...lengthFaults(spec),
    ...languageFaults(spec),
    ...factFaults(spec, block, derived),
    ...status,
  ]
}
