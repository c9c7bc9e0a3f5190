/** Garments sewn and hung on their form: what comes out is at rest, closed, and as long and wide as it was cut. */
import { describe, expect, test } from 'vitest'
import { faultsOf, figuresOf } from '../../../src/garments/drape/checks.ts'
import { crossingsOf, strayedOf } from '../../../src/garments/drape/crossings.ts'
import { drape, DrapeError, type DrapeInput } from '../../../src/garments/drape/drape.ts'
import type { Category, Gender } from '../../../src/garments/types.ts'
import { specOf, threeSizes } from './support-drape.ts'

const inputOf = (category: Category, gender: Gender, which = 1): DrapeInput => {
  const { materials, seed } = specOf(category, gender)
  return { size: threeSizes(category, gender)[which]!, gender, materials, seed }
}

describe.each([
  ['tee', 'women'],
  ['pencil-skirt', 'women'],
  ['trousers', 'men'],
  ['shirt', 'men'],
] as const)('a %s for %s', (category, gender) => {
  test('hangs on its form with no fault', { timeout: 240_000 }, () => {
    const input = inputOf(category, gender)
    const shares: number[] = []
    const draped = drape(input, { deadlineMs: 200_000, onProgress: (share) => shares.push(share) })
    const figures = figuresOf(draped)
    expect(faultsOf(figures), JSON.stringify(figures)).toEqual([])
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })
})

test('the same seed gives the same bytes, another one another drape', { timeout: 240_000 }, () => {
  const input = inputOf('tee', 'women', 0)
  const coarse = { edge: 34, deadlineMs: 200_000 }
  const first = drape(input, coarse)
  expect(drape(input, coarse).at).toEqual(first.at)
  expect(drape({ ...input, seed: 2 }, coarse).at).not.toEqual(first.at)
})

describe('what cannot be draped is named', () => {
  const input = inputOf('tee', 'men', 0)
  const reasonOf = (what: () => unknown): string | undefined => {
    try {
      what()
    } catch (error) {
      return error instanceof DrapeError ? `${error.reason}: ${error.message}` : String(error)
    }
    return undefined
  }

  test('a body outside the tables', () =>
    expect(reasonOf(() => drape({ ...input, size: { ...input.size, body: { chest: 900 } } }))).toMatch(
      /^body: .*measure/,
    ))

  test('a garment without a cloth', () =>
    expect(reasonOf(() => drape({ ...input, materials: {} }))).toMatch(/^cloth: .*material/))

  test('a piece that has no place on the form', () => {
    const pieces = input.size.pieces.map((piece) => (piece.id === 'sleeve' ? { ...piece, id: 'wing' } : piece))
    const rename = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('"sleeve"', '"wing"')) as T
    expect(reasonOf(() => drape({ ...input, size: { ...rename(input.size), pieces } }))).toMatch(/^place: .*"wing"/)
  })

  test('a front with a lapel, which is not rolled yet', () =>
    expect(reasonOf(() => drape(inputOf('coat', 'men')))).toMatch(/^place: .*lapel/))

  test('a draft that has no seam graph', () => {
    const { sewn: _, ...size } = input.size
    expect(reasonOf(() => drape({ ...input, size }))).toMatch(/^place: /)
  })

  test('a drape that takes too long: nobody waits for ever', () => {
    let ms = 0
    const clock = () => (ms += 10_000)
    expect(reasonOf(() => drape(input, { edge: 40, deadlineMs: 60_000, now: clock }))).toMatch(/^deadline: /)
  })
})

describe('cloth through cloth', () => {
  // Two crossed triangles: one level, one upright through its middle.
  const at = Float64Array.of(0, 0, 0, 30, 0, 0, 0, 0, 30, 6, -4, 6, 6, 9, 6, 9, 9, 9)
  const triangles = Uint32Array.of(0, 1, 2, 3, 4, 5)
  const each = Uint32Array.of(0, 1, 2, 3, 4, 5)

  test('is counted by its edges', () => expect(crossingsOf(at, triangles, each)).toHaveLength(2))

  test('and brought back by the end that is nearer', () => {
    const [strayed] = strayedOf(at, triangles, each)
    expect(strayed?.particle).toBe(3)
    expect(strayed?.y).toBeCloseTo(1)
  })

  test('what is sewn together does not cross', () => {
    const sewn = Uint32Array.of(0, 1, 2, 0, 4, 5)
    expect(crossingsOf(at, triangles, sewn)).toEqual([])
  })
})

test('limits are limits: each figure alone makes a drape fall back', () => {
  const good = {
    gapMm: 0.5,
    crossings: 0,
    nearestMm: 1,
    speed: 1,
    levelPercent: 0.5,
    level: '',
    lengthPercent: -0.5,
    unsewn: 0,
  }
  expect(faultsOf(good)).toEqual([])
  for (const [key, value] of [
    ['gapMm', 3],
    ['crossings', 1],
    ['nearestMm', -0.1],
    ['speed', 6],
    ['levelPercent', -3.1],
    ['lengthPercent', 1.6],
    ['unsewn', 1],
    ['speed', Number.NaN],
  ] as const)
    expect(faultsOf({ ...good, [key]: value })).toEqual([key])
})
