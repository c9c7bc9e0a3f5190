import { expect, test } from 'vitest'
import { canonicalJson, hashOf } from '../../src/core/canonical.ts'
import { dayIn, formatMoney, newId, weekOf } from '../../src/core/values.ts'

test('ids made later sort later', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect([...ids].sort()).toEqual(ids)
})

test('a day belongs to the business time zone, not to UTC', () => {
  expect(dayIn(new Date('2026-11-21T18:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-22')
})

test('a week is named by its Monday', () => {
  expect(weekOf('2026-11-22')).toBe('2026-11-16')
  expect(weekOf('2026-11-16')).toBe('2026-11-16')
})

test('money is printed from minor units in the language of the reader', () => {
  expect(formatMoney(54050, 'CNY', 'zh')).toBe('¥540.50')
  expect(formatMoney(54050, 'CNY', 'en')).toContain('540.50')
})

test('equal values have one canonical form, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [1, { d: 'x', c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":"x"}]}')
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }))
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/)
})
