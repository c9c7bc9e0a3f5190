import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canMove, isFinal } from '../../src/core/states.ts'
import { allocate, type AllocationInputs, type Candidate } from '../../src/stages/6-dispatch/allocation.ts'
import { countsAgainst } from '../../src/stages/6-dispatch/histories.ts'
import {
  CALLBACK_TYPES,
  CANCELLATION_MOVES,
  cancellationAnswerSchema,
  houseCancellationSchema,
  MESSAGE_TYPES,
  OFFER_MOVES,
} from '../../src/stages/6-dispatch/model.ts'
import { PREORDER_MOVES } from '../../src/stages/5-demand/model.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, n))

describe('a request to cancel', () => {
  test('is answered once, whichever way', () => {
    expect((['agreed', 'refused', 'withdrawn'] as const).every((state) => isFinal(CANCELLATION_MOVES, state))).toBe(
      true,
    )
    expect(canMove(CANCELLATION_MOVES, 'asked', 'agreed')).toBe(true)
  })

  test('is what undoes an acceptance, and lets go a pre-order that is in a lot', () => {
    expect(OFFER_MOVES.accepted).toEqual(['withdrawn'])
    expect(PREORDER_MOVES['in-lot']).toEqual(['fulfilled', 'released'])
  })

  test('of the house says what follows, and a refusal says why', () => {
    expect(houseCancellationSchema.safeParse({ reason: 'x' }).success).toBe(false)
    expect(houseCancellationSchema.safeParse({ reason: ' ', follow: 'release' }).success).toBe(false)
    expect(cancellationAnswerSchema.safeParse({ cancellationId: '1', agree: false }).success).toBe(false)
    expect(cancellationAnswerSchema.safeParse({ cancellationId: '1', agree: true }).success).toBe(true)
  })
})

test('an order given up counts against its factory; one the house calls off only when it was overdue', () => {
  expect(countsAgainst({ side: 'factory', answeredAt: day(1), shipBy: day(9) })).toBe(true)
  expect(countsAgainst({ side: 'house', answeredAt: day(1), shipBy: day(9) })).toBe(false)
  expect(countsAgainst({ side: 'house', answeredAt: day(10), shipBy: day(9) })).toBe(true)
})

test('a factory that is out of the order is not asked again, however cheap, and the ranking says why', () => {
  const factory = (id: string, price: number): Candidate => ({
    id,
    name: id,
    state: 'active',
    verified: true,
    categories: ['tee'],
    moq: 1,
    maxUnits: 1000,
    weeklyCapacity: 1000,
    leadDays: 10,
    price,
    currency: 'CNY',
    complianceClass: 'A',
    committedUnits: 0,
    history: { done: 0, late: 0, inspected: 0, failed: 0, leadDays: [] },
    recentUnits: 0,
  })
  const inputs: AllocationInputs = {
    version: 1,
    units: 40,
    category: 'tee',
    safetyClass: 'B',
    currency: 'CNY',
    now: day(1).toISOString(),
    shipBy: day(28).toISOString(),
    ceiling: null,
    terms: { latePenalty: 0, rework: 0, maxSharePercent: 60, explorationPercent: 0, explorationUnits: 0 },
    recentOrders: 0,
    askedBefore: 1,
    factories: [factory('cheap', 500), factory('dear', 900)],
  }
  expect(allocate(inputs).map(({ factoryId, rank }) => [factoryId, rank])).toEqual([
    ['cheap', 1],
    ['dear', 2],
  ])
  const [next, out] = allocate({ ...inputs, excluded: ['cheap'] })
  expect(next).toMatchObject({ factoryId: 'dear', rank: 1 })
  expect(out).toMatchObject({ factoryId: 'cheap', rank: null })
  expect(out?.reasons[0]?.en).toContain('called off')
})

test('every message and callback stands in the published list, and none is both', () => {
  const page = readFileSync('docs/webhooks.md', 'utf8')
  const types = [...MESSAGE_TYPES, ...CALLBACK_TYPES]
  expect(types.filter((type) => !page.includes(`| \`${type}\` |`))).toEqual([])
  expect(new Set<string>(types).size).toBe(types.length)
})
