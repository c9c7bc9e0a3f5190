/** The order of operations: what a line is balanced by and labour is paid by, read from the pattern's own seams. */
import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { costOf, DEFAULT_RULES } from '../../src/garments/cost.ts'
import { deriveStyle, type DerivedStyle } from '../../src/garments/derive.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { MACHINES } from '../../src/garments/operations/machines.ts'
import { minutesOf, operationsOf, type Operation } from '../../src/garments/operations/list.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import type { Category, Gender, StyleSpec } from '../../src/garments/types.ts'
import { derivedOf } from '../support/drafts.ts'

const madeOf = (category: Category, gender: Gender, overrides: Partial<StyleSpec> = {}): DerivedStyle =>
  derivedOf(sampleSpec(category, gender, MATERIALS, overrides))
const baseOf = ({ draft, spec }: DerivedStyle) => draft.sizes.find(({ size }) => size === spec.sizes.base)!
const stepsOf = (made: DerivedStyle, own: Record<string, number> = {}): Operation[] =>
  operationsOf(made.spec, baseOf(made), made.derived.bom, own)

/** What a workshop asks for one of 100 pieces, CNY: the trade's own bands. */
const CMT: Readonly<Partial<Record<Category, readonly [number, number]>>> = {
  coat: [130, 220],
  jacket: [120, 200],
  dress: [45, 75],
  shirt: [28, 40],
  tee: [11, 16],
}

describe.each(BLOCKS.map(({ category, gender }) => ({ category, gender })))(
  '$category $gender',
  ({ category, gender }) => {
    let made: DerivedStyle
    let steps: Operation[]
    beforeAll(() => {
      made = madeOf(category, gender)
      steps = stepsOf(made)
    })

    test('has a step for every seam and every edge that is worked, each with words, a machine and minutes', () => {
      const { sewn } = baseOf(made)
      expect(steps.length).toBeGreaterThanOrEqual(20)
      expect(steps.length).toBeLessThanOrEqual(80)
      expect(steps.map(({ n }) => n)).toEqual(steps.map((_, i) => i + 1))
      expect(new Set(steps.map(({ code }) => code)).size).toBe(steps.length)
      const codes = steps.map(({ code }) => code)
      for (const { seam, does } of sewn ?? [])
        if (does !== 'open')
          expect(
            codes.some((code) => code === seam || code.startsWith(`${seam}-`)),
            seam,
          ).toBe(true)
      for (const { name, machine, stitch, minutes } of steps) {
        expect(name.zh).toMatch(/[\u4e00-\u9fff]/)
        expect(name.en).not.toMatch(/[\u4e00-\u9fff]/)
        expect(minutes).toBeGreaterThan(0)
        if (stitch) expect(MACHINES[machine].perMinute).toBeGreaterThan(0)
      }
      expect(steps[0]?.phase).toBe('cut')
      expect(steps.at(-1)?.phase).toBe('pack')
      expect(made.derived.making?.minutes).toBe(minutesOf(steps))
    })

    test.runIf(CMT[category])('costs what the trade asks for one of a hundred', () => {
      expect(steps).not.toEqual([])
      const line = made.derived.cost.base.lines.find(({ key }) => key === 'cmt')!
      const [least, most] = CMT[category]!
      expect(line.amount / 100).toBeGreaterThanOrEqual(least)
      expect(line.amount / 100).toBeLessThanOrEqual(most)
    })
  },
)

test('a pocket more in the pattern is steps more, and minutes more', () => {
  const [plain, pocketed] = (['none', 'chest'] as const).map((pocket) => madeOf('tee', 'men', { construction: { pocket } })) // prettier-ignore
  const codes = stepsOf(pocketed!).map(({ code }) => code)
  expect(codes.filter((code) => code.startsWith('pocket'))).toEqual(['pocketMouth-press', 'pocketMouth', 'pocket-shape', 'pocket']) // prettier-ignore
  expect(stepsOf(plain!).map(({ code }) => code).filter((code) => code.startsWith('pocket'))).toEqual([]) // prettier-ignore
  expect(minutesOf(stepsOf(pocketed!))).toBeGreaterThan(minutesOf(stepsOf(plain!)))
})

test('minutes that a house measured itself stand in for ours, in the list and in the cost', () => {
  const made = madeOf('shirt', 'men')
  const own = { neck: 2.5 }
  const before = stepsOf(made).find(({ code }) => code === 'neck')!
  expect(stepsOf(made, own).find(({ code }) => code === 'neck')?.minutes).toBe(2.5)
  expect(minutesOf(stepsOf(made, own))).toBeCloseTo(minutesOf(stepsOf(made)) + 2.5 - before.minutes, 2)
  const rules = { ...DEFAULT_RULES, terms: { ...DEFAULT_RULES.terms!, ownMinutes: own } }
  const again = deriveStyle(made.spec, rules)
  expect(again.derived.making).toEqual({ minutes: minutesOf(stepsOf(made, own)), own })
  const labour = (style: DerivedStyle) => style.derived.cost.base.lines.find(({ key }) => key === 'cmt')!.amount
  expect(labour(again)).toBeGreaterThan(labour(made))
})

test('fusing says temperature, time and pressure', () => {
  const fuse = stepsOf(madeOf('shirt', 'men')).find(({ phase }) => phase === 'fuse')!
  expect(fuse.machine).toBe('fusing')
  expect(fuse.note?.zh).toMatch(/温度 \d+ ℃，时间 \d+ 秒，压力 [\d.]+ bar/)
  expect(fuse.note?.en).toMatch(/\d+ °C .*\d+ s, [\d.]+ bar/)
})

test('a style of the first recipes has no list, and its labour is the category’s price', () => {
  const { recipe: _, ...first } = sampleSpec('shirt', 'men', MATERIALS)
  const made = derivedOf(first)
  expect(stepsOf(made)).toEqual([])
  expect(made.derived.making).toBeUndefined()
  const { category } = made.spec
  const cost = costOf({ category, bom: made.derived.bom, size: made.spec.sizes.base, units: 1, rules: DEFAULT_RULES })
  expect(cost.lines.find(({ key }) => key === 'cmt')?.amount).toBe(DEFAULT_RULES.cmt.shirt)
})
