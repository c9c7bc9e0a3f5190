import { expect, test } from 'vitest'
import { random } from '../../src/core/random.ts'

test('a seed gives the numbers it always gave: styles are stored with theirs', () => {
  const next = random(42)
  expect([next(), next(), next()]).toEqual([0.6011037519201636, 0.44829055899754167, 0.8524657934904099])
  expect(random(-1)()).toBe(random(0xffffffff)())
})
