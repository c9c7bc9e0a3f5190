import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EVENTS } from '../src/core/events.ts'
import { definePipeline } from '../src/core/pipeline.ts'
import { openWorker, type WorkerParts } from '../src/edges/worker.ts'
import { beside, pipeline } from '../src/pipeline.ts'

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

test('the map shows every chore of the line, each once', () => {
  const names = [...Object.values(pipeline), { chores: beside }].flatMap((stage) =>
    Object.keys('chores' in stage ? stage.chores : {}),
  )
  expect(names.sort()).toEqual([
    'backup',
    'confirmation letters',
    'expired keys',
    'half-written',
    'letters',
    'old limits',
    'old refusals',
    'old rows',
    'orders of a lot',
    'people',
    'pieces of a lot',
    'shipments of a lot',
    'views',
    'webhooks',
  ])
})

test('a chore that the map shows and nothing does, or the other way round, refuses to start', () => {
  const does = { zh: '看', en: 'look' }
  const start = (declared: object, provided: object) => () =>
    openWorker({
      pipeline: { demand: { on: [], emits: [], chores: declared } },
      stages: { demand: { reactions: {}, chores: provided } },
      beside: { declared: {}, chores: {} },
    } as unknown as WorkerParts)
  expect(start({ look: { does } }, {})).toThrow(/shows a chore "look" of demand, and nothing does it/)
  expect(start({}, { look: async () => 0 })).toThrow(/demand has a chore "look", which the map does not show/)
  expect(start({ look: { does } }, { look: async () => 0 })).not.toThrow()
})
