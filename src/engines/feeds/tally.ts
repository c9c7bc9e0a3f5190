/** How many entries of a document were kept, changed and left out, and why. */
import type { Localized } from '../../core/values.ts'

type Reason = (n: number, examples: string) => Localized

const left =
  (en: string, zh: string): Reason =>
  (n, examples) => ({
    en: `${n} left out: ${en}${examples ? ` (${examples})` : ''}.`,
    zh: `略过 ${n} 条：${zh}${examples ? `（${examples}）` : ''}。`,
  })

const LEFT_OUT = {
  untitled: (n: number): Localized => ({
    en: `${n} entries without a title or a text were left out.`,
    zh: `${n} 个没有标题也没有正文的条目已略过。`,
  }),
  'no-entry': left('no title where one belongs', '缺少标题'),
  repeated: left('the same entry twice in one document', '同一文件中重复的条目'),
  advertisement: left('marked as advertisements', '标记为广告'),
  damaged: left('damaged beyond reading', '内容损坏，无法读取'),
  'no-date': left('rows whose date cannot be read', '日期无法识别的行'),
  'no-number': left('cells that are no number', '不是数字的单元格'),
  negative: left('values below zero', '小于零的值'),
  partial: left('periods marked as not complete (isPartial)', '标记为未完结的周期（isPartial）'),
  'line-broken': left('lines of JSON that cannot be read', '无法解析的 JSON 行'),
  'no-term': left('rows without a name', '没有名称的行'),
} as const satisfies Record<string, Reason>

const CHANGED = {
  'text-as-title': (n: number): Localized => ({
    en: `${n} entries without a title are named by the beginning of their text.`,
    zh: `${n} 个没有标题的条目以正文开头作为标题。`,
  }),
  'date-unreadable': (n: number, examples: string): Localized => ({
    en: `${n} dates could not be read or mean "no date" (${examples}); those entries count as undated.`,
    zh: `${n} 个日期无法识别或表示“无日期”（${examples}），相应条目按无日期处理。`,
  }),
  'no-zone': (n: number): Localized => ({
    en: `${n} entries name a time without a time zone: their day is taken as written.`,
    zh: `${n} 个条目的时间未注明时区，按所写日期计算。`,
  }),
  'shared-id': (n: number): Localized => ({
    en: `${n} different entries share an id; they are told apart by their titles.`,
    zh: `${n} 个不同条目使用了相同的 id，已按标题区分。`,
  }),
  mended: (n: number): Localized => ({
    en: `The markup around ${n} entries is broken; each was read by itself.`,
    zh: `${n} 个条目的标记有误，已逐条读取。`,
  }),
  'ambiguous-number': (n: number, examples: string): Localized => ({
    en: `${n} numbers can be read in two ways (${examples}); they were read as tables with this separator usually write them.`,
    zh: `${n} 个数字有两种读法（${examples}），已按此类分隔符的常用写法读取。`,
  }),
} as const satisfies Record<string, Reason>

export type LeftOut = keyof typeof LEFT_OUT
export type Changed = keyof typeof CHANGED

interface Count {
  n: number
  examples: string[]
}

export type Tally = ReturnType<typeof openTally>

export function openTally() {
  const kinds = { left: new Map<LeftOut, Count>(), changed: new Map<Changed, Count>() }
  const add = <K>(counts: Map<K, Count>, reason: K, example: string | undefined) => {
    const count = counts.get(reason) ?? { n: 0, examples: [] }
    count.n++
    const short = example?.replace(/\s+/g, ' ').trim().slice(0, 40)
    if (short && count.examples.length < 3 && !count.examples.includes(short)) count.examples.push(short)
    counts.set(reason, count)
  }
  const sum = (counts: Map<unknown, Count>) => [...counts.values()].reduce((total, { n }) => total + n, 0)
  const said = (examples: readonly string[]) => examples.map((one) => `"${one}"`).join(', ')
  return {
    leaveOut: (reason: LeftOut, example?: string) => add(kinds.left, reason, example),
    change: (reason: Changed, example?: string) => add(kinds.changed, reason, example),
    counts: () => ({ leftOut: sum(kinds.left), changed: sum(kinds.changed) }),
    notes: (): Localized[] => [
      ...[...kinds.left].map(([reason, { n, examples }]) => (LEFT_OUT[reason] as Reason)(n, said(examples))),
      ...[...kinds.changed].map(([reason, { n, examples }]) => (CHANGED[reason] as Reason)(n, said(examples))),
    ],
  }
}
