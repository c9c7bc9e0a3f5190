import { expect, test } from 'vitest'
import { lazily } from '../../src/core/lazily.ts'

test('what few need is loaded once, by the first who does; what could not be loaded is tried again', async () => {
  let tries = 0
  const load = lazily(async () => {
    if (++tries === 1) throw new Error('too many open files')
    return tries
  })
  await expect(load()).rejects.toThrow('too many open files')
  expect(await Promise.all([load(), load()])).toEqual([2, 2])
  expect(await load()).toBe(2)
})
