/** Briefs and model answers for the design stage's tests. */
import { CATEGORIES, DEFAULT_RULES, GENDERS, MATERIAL_LIBRARY } from '../../src/garments/index.ts'
import { briefTrend, type TrendRow } from '../../src/stages/2-designs/run/briefing.ts'
import type { DesignBrief } from '../../src/stages/2-designs/designer/designer.ts'
import type { DesignAnswer } from '../../src/stages/2-designs/model-designer/answer.ts'
import type { GenerationRecord, Ledger } from '../../src/stages/2-designs/model-designer/asking.ts'

export const trendRow = (
  id: string,
  term: string,
  zh: string,
  en: string,
  titles: readonly string[] = [],
): TrendRow => ({
  id,
  term,
  label: { zh, en },
  kind: 'garment',
  lift: 0.4,
  rise: 0.2,
  burst: 1.1,
  evidence: { items: titles.map((title) => ({ title, url: 'https://example.org/a', day: '2026-11-20', source: 's' })) },
})

export const OVERCOAT = trendRow('trend-overcoat', 'military-overcoat', '军大衣', 'military overcoat', [
  '东北大学生把军大衣穿成了时尚',
])

export const briefOf = (change: Partial<DesignBrief> = {}): DesignBrief => ({
  trends: [briefTrend(OVERCOAT).trend],
  count: 8,
  categories: [...CATEGORIES],
  genders: [...GENDERS],
  season: 'winter',
  priceBand: undefined,
  currency: 'CNY',
  materials: MATERIAL_LIBRARY,
  rules: DEFAULT_RULES,
  whatSold: [],
  fidelity: 0.6,
  seed: 7,
  subjectId: 'run-1',
  ...change,
})

const STORY_ZH =
  '这款双排扣大衣以厚实的呢料裁成，长度过膝，口袋宽大，领型利落，适合寒冷天气里叠穿毛衣外出。整体线条干净，扣位端正，日常通勤与周末出行都能穿。本款是尚未生产的设计稿，达到起做量后按单裁制。'
const STORY_EN =
  'A long coat with two rows of buttons, cut from a dense cloth, with generous pockets and a clean line at the collar. There is room for a jumper underneath, and it works on weekdays as well as at the weekend. It is a design and has not been made yet; it is cut only once enough people have ordered it.'

export const design = (change: Partial<DesignAnswer> = {}): DesignAnswer => ({
  category: 'coat',
  gender: 'men',
  parameters: [{ key: 'bodyLength', value: 1180 }],
  construction: [
    { slot: 'closure', option: 'double-breasted' },
    { slot: 'collar', option: 'fur' },
  ],
  shell: 'melton-680',
  colours: ['army-green', 'navy', 'camel'],
  nameZh: '军装风双排扣毛领大衣',
  nameEn: 'Military double-breasted coat with fur collar',
  storyZh: STORY_ZH,
  storyEn: STORY_EN,
  trends: ['trend-overcoat'],
  ...change,
})

/** Eight designs that differ, as a good model would answer. */
export const EIGHT: DesignAnswer[] = [
  design(),
  design({
    gender: 'women',
    parameters: [{ key: 'bodyLength', value: 900 }],
    shell: 'herringbone-420',
    colours: ['burgundy', 'ivory', 'raven'],
  }),
  design({
    parameters: [
      { key: 'bodyLength', value: 850 },
      { key: 'chestEase', value: 28 },
    ],
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'collar', option: 'stand' },
      { slot: 'belt', option: 'none' },
    ],
    shell: 'cotton-gabardine-240',
    colours: ['khaki', 'ink-black', 'sand'],
    storyZh: STORY_ZH.replace('呢料', '布料'),
  }),
  design({
    gender: 'women',
    parameters: [
      { key: 'bodyLength', value: 1200 },
      { key: 'chestEase', value: 26 },
    ],
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'belt', option: 'full' },
    ],
    shell: 'wool-check-400',
    colours: ['camel', 'navy', 'rust'],
  }),
  design({
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'shoulder', option: 'epaulette' },
      { slot: 'pocket', option: 'patch' },
    ],
    shell: 'melton-520',
    colours: ['navy', 'silver-grey', 'pine'],
  }),
  design({
    gender: 'women',
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'collar', option: 'stand' },
      { slot: 'lining', option: 'none' },
    ],
    shell: 'houndstooth-380',
    colours: ['chalk', 'charcoal', 'crimson'],
  }),
  design({
    parameters: [
      { key: 'bodyLength', value: 1300 },
      { key: 'chestEase', value: 9 },
    ],
    shell: 'quilt-180',
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'cuff', option: 'plain' },
      { slot: 'belt', option: 'none' },
    ],
    colours: ['olive', 'midnight', 'amber'],
  }),
  design({
    gender: 'women',
    parameters: [
      { key: 'bodyLength', value: 780 },
      { key: 'chestEase', value: 20 },
    ],
    shell: 'corduroy-300',
    construction: [
      { slot: 'closure', option: 'double-breasted' },
      { slot: 'pocket', option: 'welt' },
      { slot: 'chestPocket', option: 'welt' },
    ],
    colours: ['caramel', 'oat', 'pine'],
  }),
]

/** A ledger in memory, with budgets to spend. */
export function memoryLedger(budgets = { day: 1_000_000_000, style: 1_000_000_000 }) {
  const records: (GenerationRecord & { id: string })[] = []
  const spent = (of: (record: GenerationRecord) => boolean) =>
    records.filter(of).reduce((sum, record) => sum + record.costMicros, 0)
  const put = (record: GenerationRecord): string => {
    const id = `generation-${records.length + 1}`
    records.push({ ...record, id })
    return id
  }
  const ledger: Ledger = {
    reserve: async (record, styles) => {
      const room = (of: number, budget: number) => of < budget && of + record.costMicros <= budget
      if (
        !room(
          spent(() => true),
          budgets.day,
        )
      )
        return { ok: false, code: 'designs.budget-day' }
      const mine = spent(({ subjectId }) => subjectId === record.subjectId)
      if (!room(mine, budgets.style * styles)) return { ok: false, code: 'designs.budget-style' }
      return { ok: true, id: put(record) }
    },
    settle: async (id, record) => {
      const at = records.findIndex((each) => each.id === id)
      records[at] = { ...record, id }
    },
    earlier: async (purpose, subjectId, cacheKey) =>
      records
        .filter((r) => r.purpose === purpose && r.subjectId === subjectId && r.cacheKey === cacheKey)
        .map(({ id, ...record }) => ({ id, record })),
    cached: async (purpose, key) => {
      const known = records.find(
        (r) => r.purpose === purpose && r.cacheKey === key && (r.outcome === 'answered' || r.outcome === 'repaired'),
      )
      return known?.output === undefined ? undefined : { id: known.id, output: known.output, answered: known.answered }
    },
    keep: async (record) => put(record),
  }
  return { ledger, records }
}
