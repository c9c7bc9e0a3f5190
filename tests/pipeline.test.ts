import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EVENTS } from '../src/core/events.ts'
import { definePipeline } from '../src/core/pipeline.ts'
import { pipeline } from '../src/pipeline.ts'

test('the map shows the eight stages in the order of the line', () => {
  expect(Object.keys(pipeline)).toEqual([
    'trends',
    'designs',
    'approvals',
    'storefront',
    'demand',
    'dispatch',
    'production',
    'reorders',
  ])
})

test('an event that nothing emits is refused', () => {
  expect(() => definePipeline({ demand: { on: ['storefront.opened'], emits: [] } })).toThrow(/nothing emits/)
})

test('an arrow that points backwards must be declared', () => {
  const stages = {
    dispatch: { on: ['demand.lot-frozen'], emits: [] },
    reorders: { on: [], emits: ['demand.lot-frozen'] },
  } as const
  expect(() => definePipeline(stages)).toThrow(/backwards/)
  expect(() => definePipeline(stages, ['reorders→dispatch'])).not.toThrow()
})

test('every event of the catalogue is emitted by a stage of the map, and by its code', () => {
  const emitted = new Set(
    Object.values(pipeline).flatMap((stage) => [
      ...stage.emits,
      ...Object.values('every' in stage ? stage.every : {}).map((entry) => (entry as { emits: string }).emits),
    ]),
  )
  expect(Object.keys(EVENTS).filter((name) => !emitted.has(name as never))).toEqual([])
})

test('the README shows the line as the map has it', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const stage of Object.keys(pipeline)) expect(readme).toMatch(new RegExp(stage, 'i'))
})
