/**
 * Refine a style with a sentence in Chinese or English ("短一点，领子换成布的", "longer, navy, no belt"): rules that need
 * no model. Every change is listed with what it was and what it is; what was not understood is said, never guessed.
 */
import {
  blockFor,
  normalise,
  type ChoiceNote,
  type ClampNote,
  type Material,
  type StyleSpec,
} from '../../../garments/index.ts'
import { attributesOf, complete } from '../designer/compose.ts'
import type { BriefTrend } from '../designer/designer.ts'
import { both, sayValue } from '../designer/facts.ts'
import { lexiconFor } from './lexicon.ts'
import type { Meaning } from './meaning.ts'
import { tokenize, type Token } from './tokens.ts'
import { SENTENCE_LIMIT } from '../model.ts'
import { worded } from '../designer/parametric.ts'
import type { Change, Clause, Draft, NotUnderstood } from './draft.ts'
import { applyColours } from './colours.ts'
import { bestFidelity } from '../designer/fidelity.ts'
import { kindWish, sayInstead, type KindWish } from './kind.ts'
import { applyConstruction } from './construction.ts'
import { applyMaterials } from './materials.ts'
import { applyParameters } from './parameters.ts'

export interface Refinement {
  spec: StyleSpec
  changes: Change[]
  notUnderstood: NotUnderstood[]
  clamped: ClampNote[]
}

/** Traditional characters that the vocabulary of garments is written with, each before its simplified form. */
const PAIRS =
  '長长領领寬宽鬆松緊紧帶带釦扣鈕钮紐纽藍蓝綠绿紅红黃黄換换變变裡里裏里襯衬減减輕轻淺浅點点麼么無无貼贴鍊链鏈链雙双單单絨绒紋纹顏颜個个給给對对駝驼麥麦圓圆擺摆連连縮缩縫缝線线銀银銅铜質质門门號号請请幫帮會会嗎吗這这還还來来釐厘襠裆褲裤襬摆風风製制'
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  Array.from({ length: PAIRS.length / 2 }, (_, i) => [PAIRS.charAt(2 * i), PAIRS.charAt(2 * i + 1)]),
)

/** Full-width to half-width, lower case, traditional characters of the vocabulary to simplified. */
export function tidy(sentence: string): string {
  const plain = sentence.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'")
  return [...plain].map((char) => SIMPLIFIED.get(char) ?? char).join('')
}

const clauseOf = (tokens: readonly Token[], sentence: string, carried: boolean): Clause => {
  const meanings = tokens.flatMap((token) => token.meanings)
  const all = <K extends Meaning['kind']>(kind: K) =>
    meanings.filter((meaning): meaning is Extract<Meaning, { kind: K }> => meaning.kind === kind)
  const heard = new Set<Meaning>()
  const [from, to] = [Math.min(...tokens.map((token) => token.from)), Math.max(...tokens.map((token) => token.to))]
  return {
    text: sentence.slice(from, to).trim(),
    tokens,
    negated: carried || all('not').length > 0,
    all,
    heard,
    first: (kind) => {
      const [meaning] = all(kind)
      if (meaning) heard.add(meaning)
      return meaning
    },
    hear: (...kinds) => kinds.forEach((kind) => all(kind).forEach((meaning) => heard.add(meaning))),
    has: (kind) => meanings.some((meaning) => meaning.kind === kind),
  }
}

/** Words that say how, or nothing: they are not missed. */
const SAYS_HOW: ReadonlySet<Meaning['kind']> = new Set([
  'not',
  'add',
  'too',
  'less',
  'degree',
  'filler',
  'break',
  'cloth',
  'colourway',
  'unknown',
])

const isPart = ({ meanings }: Token): boolean => meanings.some(({ kind }) => kind === 'aspect' || kind === 'slot')
const isMove = ({ meanings }: Token): boolean => meanings.some(({ kind }) => kind === 'towards' || kind === 'amount')
const isBreak = ({ meanings }: Token): boolean => meanings.some(({ kind }) => kind === 'break')
/** Joins two parts that one wish is about ("袖子和领子短一点", "sleeves and hem shorter"). */
const JOINS: ReadonlySet<string> = new Set(['和', '与', '以及', '还有', '、', 'and', '&', '/'])

const isContent = ({ meanings }: Token): boolean => !SAYS_HOW.has(meanings[0]?.kind ?? 'filler')
const isAdding = ({ meanings }: Token): boolean => meanings.some(({ kind }) => kind === 'add')

/**
 * A wish that begins without a comma: "加长5厘米领子高一点" has a new direction behind a part, "蓝色加个腰带" adds one, and what
 * stands behind a part that is added ("加个腰带蓝色") is not about it.
 */
function beginsAnother(current: readonly Token[], rest: readonly Token[]): boolean {
  const [next, ...behind] = rest
  if (!next || !/\p{Script=Han}/u.test(next.text)) return false
  const last = current.findLastIndex(isContent)
  const added = last >= 0 && isPart(current[last]!) && current.slice(0, last).some(isAdding)
  if (added && isContent(next) && !isMove(next) && !isPart(next)) return current.filter(isContent).length === 1
  if (isAdding(next)) return last >= 0 && isPart(behind.find((token) => token.meanings[0]?.kind !== 'filler') ?? next)
  if (!isPart(next) || !(added || current.some(isMove))) return false
  const until = behind.findIndex((token) => isBreak(token) || isPart(token))
  return behind.slice(0, until < 0 ? behind.length : until).some(isMove)
}

/** Nothing but parts of a garment: what is to become of them is said of the next one. */
const onlyParts = (tokens: readonly Token[]): boolean =>
  tokens.some(isPart) && tokens.every((token) => isPart(token) || token.meanings[0]?.kind === 'filler')

/**
 * Wishes of a sentence; a "no" is carried over 和, 、 and "or" ("不要腰带和毛领"), not over a comma or "and". Parts that are
 * joined share what is said of the last one.
 */
function clausesOf(sentence: string, tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = []
  let current: Token[] = []
  let waiting: Token[][] = []
  let carried = false
  const close = () => {
    if (current.length === 0) return
    const said = current.filter((token) => !isPart(token))
    const shared = said.some(({ meanings }) => meanings[0]?.kind !== 'filler') ? waiting : []
    for (const parts of waiting)
      clauses.push(clauseOf(shared.includes(parts) ? [...parts, ...said] : parts, sentence, carried))
    clauses.push(clauseOf(current, sentence, carried))
    waiting = []
  }
  tokens.forEach((token, i) => {
    const pause = token.meanings.find((meaning) => meaning.kind === 'break')
    if (!pause) {
      if (beginsAnother(current, tokens.slice(i))) {
        close()
        current = []
      }
      current.push(token)
      return
    }
    if (JOINS.has(token.text) && onlyParts(current)) waiting.push(current)
    else {
      close()
      carried = pause.carry && (clauses.at(-1)?.negated ?? false)
    }
    current = []
  })
  close()
  for (const parts of waiting) clauses.push(clauseOf(parts, sentence, carried))
  return clauses
}

export const NO_IDEA = both(
  '没有看懂这部分。可以说长短、宽窄、领子、门襟、口袋、腰带、颜色或面料，例如“短5厘米”“改成藏青色”。',
  'This part was not understood. Say length, fit, collar, closure, pockets, belt, colour or cloth, as in “5 cm shorter” or “navy”.',
)
const LEFT_OVER = both('这个词没有用上，请单独说一句。', 'This was not taken up. Say it in a sentence of its own.')

/** Words that have a meaning of their own and moved nothing: "blue khaki" has two colours, and one was taken. */
const unheardIn = ({ tokens, heard }: Clause): string[] =>
  tokens
    .filter(({ meanings }) => !meanings.some((meaning) => SAYS_HOW.has(meaning.kind) || heard.has(meaning)))
    .map(({ text }) => text)

export const UNCHANGED = both('现在已经是这样了，无需改动。', 'It is like that already; nothing was changed.')

function applyClause(draft: Draft, clause: Clause): void {
  const said = draft.refused.length
  const before = draft.changes.length + said
  // Construction first: it decides which roles need a cloth; then cloth, then colour, then measures.
  const understood = [
    applyConstruction(draft, clause),
    applyMaterials(draft, clause),
    applyColours(draft, clause),
    applyParameters(draft, clause),
  ].some(Boolean)
  const unknown = clause.tokens.filter(({ meanings }) => meanings[0]?.kind === 'unknown').map(({ text }) => text)
  if (unknown.length > 0) draft.refused.push({ words: understood ? unknown.join(' ') : clause.text, reason: NO_IDEA })
  else if (
    !understood &&
    clause.tokens.some(({ meanings }) => !['filler', 'degree', 'add'].includes(meanings[0]?.kind ?? ''))
  )
    draft.refused.push({ words: clause.text, reason: NO_IDEA })
  else if (understood && draft.changes.length + draft.refused.length === before)
    draft.refused.push({ words: clause.text, reason: UNCHANGED })
  if (!understood) return
  const told = draft.refused.slice(said).map(({ words }) => words)
  const left = unheardIn(clause).filter((word) => !told.some((words) => words.includes(word)))
  if (left.length > 0) draft.refused.push({ words: left.join(' '), reason: LEFT_OVER })
}

/** Two clauses about the same field are one change: from the first state to the last. */
function merged(changes: readonly Change[]): Change[] {
  const byField = new Map<string, Change>()
  for (const change of changes) {
    const earlier = byField.get(change.field)
    byField.set(change.field, earlier ? { ...change, from: earlier.from } : change)
  }
  return [...byField.values()].filter(({ from, to }) => from.zh !== to.zh || from.en !== to.en)
}

/** Say values that were brought into range as what they became; one that stood at that bound before did not change. */
function withClamps(changes: Change[], clamped: readonly ClampNote[], before: StyleSpec): Change[] {
  return changes.flatMap((change) => {
    const note = clamped.find(({ parameter }) => change.field === `parameters.${parameter}`)
    if (!note) return [change]
    if (note.used === before.parameters[note.parameter]) return []
    const why =
      note.asked < note.min || note.asked > note.max
        ? both('超出版型范围', 'outside the block’s range')
        : both('所选工艺无法按此裁制', 'which these choices cannot be cut with')
    const [used, asked] = [sayValue(note.used, note.unit), sayValue(note.asked, note.unit)]
    return [
      {
        ...change,
        to: both(`${used.zh}（要求 ${asked.zh}，${why.zh}）`, `${used.en} (asked ${asked.en}, ${why.en})`),
      },
    ]
  })
}

/** A wish for another category or gender among what was not followed, with what to do instead. */
export function asRefused(
  { words, reason, instead }: KindWish,
  trends: readonly BriefTrend[],
  stock: readonly Material[],
): NotUnderstood {
  if (!instead) return { words, reason }
  const block = blockFor(instead.category, instead.gender)
  const trendIds = trends.filter((trend) => bestFidelity(trend, block, stock).score > 0).map(({ id }) => id)
  const alone = trends.length > 0 && trendIds.length === 0
  const name = sayInstead(instead)
  return {
    words,
    reason: alone
      ? both(
          `改款不能更换品类或男女款，那需要另一套版型；它所依据的趋势也做不成${name.zh}。可以不选趋势另做一款，本款保持不变。`,
          `A refinement cannot change the category or whom it is for, and its trends ask for no ${name.en}. One may be designed without a trend; this style stays as it is.`,
        )
      : reason,
    instead: { ...instead, trendIds },
  }
}

/**
 * Work a sentence into a style by rules.
 * @param stock materials the house has, for wishes about cloth
 * @param trends what the style was made from, so that attributes keep their evidence
 * @returns the new style (complete and normalised; the same object values where nothing was said), what changed, what
 * was not understood, and what was brought into range
 */
export function refineByRules(
  spec: StyleSpec,
  sentence: string,
  stock: readonly Material[],
  trends: readonly BriefTrend[] = [],
): Refinement {
  const block = blockFor(spec.category, spec.gender)
  const { wish, rest } = kindWish(spec, tidy(sentence.slice(0, SENTENCE_LIMIT)))
  const draft: Draft = { spec, block, stock, changes: [], refused: wish ? [asRefused(wish, trends, stock)] : [] }
  for (const clause of clausesOf(rest, tokenize(rest, lexiconFor(block, stock)))) applyClause(draft, clause)
  return finish(spec, draft, trends)
}

/** Values that nobody spoke of and that follow from another choice: pockets in the side seams need seams there. */
function followed(
  spec: StyleSpec,
  { block, changes }: Draft,
  clamped: readonly ClampNote[],
  before: StyleSpec,
): Change[] {
  const asked = new Set(changes.map(({ field }) => field))
  return block.parameters.flatMap(({ key, label, unit }) => {
    const field = `parameters.${key}`
    const [was, is] = [before.parameters[key], spec.parameters[key]]
    const note = clamped.some(({ parameter }) => parameter === key)
    if (!note || asked.has(field) || was === undefined || is === undefined || was === is) return []
    return [{ field, label, from: sayValue(was, unit), to: sayValue(is, unit) }]
  })
}

/** Choices that gave way to others, as what they became and why; one that stays as it was is refused. */
function withSettled(
  changes: Change[],
  settled: readonly ChoiceNote[],
  before: StyleSpec,
  { block, refused }: Draft,
): Change[] {
  return settled.reduce<Change[]>((said, { slot, asked, used, reason }) => {
    const field = `construction.${slot}`
    const about = block.construction.find((each) => each.slot === slot)
    const labelOf = (value: string | undefined) =>
      about?.options.find((option) => option.value === value)?.label ?? both('–', '–')
    const others = said.filter((change) => change.field !== field)
    const was = before.construction[slot]
    if (was === used) {
      refused.push({ words: `${labelOf(asked).zh} / ${labelOf(asked).en}`, reason })
      return others
    }
    const [from, now] = [labelOf(was), labelOf(used)]
    const to = both(`${now.zh}（${reason.zh.replace(/。$/, '')}）`, `${now.en} (${reason.en.replace(/\.$/, '')})`)
    return [...others, { field, label: about?.label ?? both(slot, slot), from, to }]
  }, changes)
}

/** Normalise, bring materials, attributes and words in line, and collect the account. */
export function finish(before: StyleSpec, draft: Draft, trends: readonly BriefTrend[]): Refinement {
  const { block, stock } = draft
  if (draft.changes.length === 0) return { spec: before, changes: [], notUnderstood: draft.refused, clamped: [] }
  const { spec, clamped, settled } = normalise(complete(draft.spec, block, stock))
  const spoken = withSettled(withClamps(merged(draft.changes), clamped, before), settled, before, draft)
  const changes = spoken.length ? [...spoken, ...followed(spec, draft, clamped, before)] : []
  if (changes.length === 0) return { spec: before, changes, notUnderstood: draft.refused, clamped }
  const kept = new Map(
    before.attributes.map((attribute) => [`${attribute.key}=${attribute.value}`, attribute.evidence]),
  )
  const attributes = attributesOf(spec, block, trends).map((attribute) => ({
    ...attribute,
    evidence:
      attribute.evidence.length > 0 ? attribute.evidence : (kept.get(`${attribute.key}=${attribute.value}`) ?? []),
  }))
  const styles = before.attributes.filter(
    ({ key, value }) => key === 'style' && !attributes.some((a) => a.key === key && a.value === value),
  )
  const whole = worded({ ...spec, attributes: [...attributes, ...styles] }, block, trends)
  return {
    spec: whole,
    changes,
    notUnderstood: draft.refused,
    clamped,
  }
}
