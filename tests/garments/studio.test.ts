import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import {
  DEFAULT_RULES,
  deriveStyle,
  MATERIALS,
  openStudio,
  packshotInput,
  sampleSpec,
  type Piece,
  type Studio,
} from '../../src/garments/index.ts'

const tee = (seed = 1) => sampleSpec('tee', 'men', MATERIALS, { seed })
const panel: Piece = {
  id: 'panel',
  name: { zh: '片', en: 'panel' },
  role: 'shell',
  count: 2,
  mirrored: true,
  cut: [
    { x: 0, y: 0 },
    { x: 310, y: 60 },
    { x: 250, y: 420 },
    { x: 20, y: 380 },
  ],
  seam: [],
  grainDeg: 90,
  notches: [],
  lines: [],
}
const cloth = { role: 'shell' as const, usableWidthMm: 1400, nap: false }
const search = (copies: number, budgetMs: number) => ({
  pieces: [{ piece: panel, size: 'M', copies }],
  cloth,
  budgetMs,
})

let studio: Studio
beforeAll(() => {
  studio = openStudio({ threads: 2 })
})
afterAll(() => studio.close())

describe('the studio', () => {
  test('works a style out on another thread exactly as it would here, and tells how far it is', async () => {
    const steps: string[] = []
    const there = await studio.derive(
      { spec: tee(), rules: DEFAULT_RULES },
      { onProgress: ({ step }) => steps.push(step) },
    )
    expect(there).toEqual(deriveStyle(tee(), DEFAULT_RULES))
    expect(new Set(steps)).toEqual(new Set(['draft', 'marker', 'cost']))
  })

  test('more jobs than threads wait their turn, and each gets its own answer', async () => {
    const jobs = [11, 12, 13, 14, 15].map((seed) => studio.derive({ spec: tee(seed), rules: DEFAULT_RULES }))
    expect(studio.load()).toMatchObject({ waiting: 3, running: 2 })
    const styles = await Promise.all(jobs)
    expect(styles.map((style) => style.spec.seed)).toEqual([11, 12, 13, 14, 15])
    expect(studio.load()).toEqual({ waiting: 0, running: 0, threads: 2 })
  })

  test('a style that no block knows comes back as the problem it is, in both languages', async () => {
    const wrong = studio.derive({ spec: { ...tee(), construction: { closure: 'velcro' } }, rules: DEFAULT_RULES })
    await expect(wrong).rejects.toBeInstanceOf(Problem)
    await expect(wrong).rejects.toMatchObject({ status: 422, text: { zh: expect.stringMatching(/[一-龥]/) } })
  })

  test('draws a view in several colourings from one light', async () => {
    const { spec, draft } = deriveStyle(tee(), DEFAULT_RULES)
    const base = draft.sizes.find((size) => size.size === spec.sizes.base)!
    const packshot = packshotInput(spec, base, spec.colourways[0]!.id, 'front', { sizePx: 128, scale: 1 })
    const colourings = [packshot.colours, { ...packshot.colours, shell: '#8a1f1f' }]
    const pictures = await studio.picture({ packshot, colourings })
    expect(pictures.map(({ width, height, data }) => [width, height, data.length])).toEqual([
      [128, 128, 128 * 128 * 3],
      [128, 128, 128 * 128 * 3],
    ])
    const middle = (64 * 128 + 64) * 3
    const [first, second] = pictures.map(({ data }) => [data[middle]!, data[middle + 1]!])
    expect(second![0]! - second![1]!).toBeGreaterThan(first![0]! - first![1]! + 30)
  })

  test('searches for a better marker, and a stopped search answers with its best so far', async () => {
    const stop = new AbortController()
    const lengths: string[] = []
    const marker = studio.improveMarker(search(6, 30_000), {
      signal: stop.signal,
      onProgress: ({ step }) => {
        lengths.push(step)
        stop.abort()
      },
    })
    expect((await marker).placements).toHaveLength(12)
    expect(lengths[0]).toMatch(/^\d+ mm$/)
  })

  test('what nobody waits for runs one at a time and lets others go first', async () => {
    const { spec, draft } = deriveStyle(tee(), DEFAULT_RULES)
    const packshot = packshotInput(spec, draft.sizes[0]!, spec.colourways[0]!.id, 'front', { sizePx: 256 })
    const done: string[] = []
    const unhurried = ['first', 'second'].map(async (name) => {
      await studio.picture({ packshot }, { background: true })
      done.push(name)
    })
    expect(studio.load()).toMatchObject({ waiting: 1, running: 1 })
    const asked = [1, 2].map(async () => {
      await studio.improveMarker(search(1, 10))
      done.push('asked')
    })
    expect(studio.load()).toMatchObject({ waiting: 2, running: 2 })
    await Promise.all([...unhurried, ...asked])
    expect(done.at(-1)).toBe('second')
    expect(done.filter((name) => name === 'asked')).toHaveLength(2)
  })

  test('a job that is called off while it waits never runs', async () => {
    const busy = [1, 2].map(() => studio.improveMarker(search(4, 300)))
    const stop = new AbortController()
    const waiting = studio.derive({ spec: tee(), rules: DEFAULT_RULES }, { signal: stop.signal })
    stop.abort(new Error('changed my mind'))
    await expect(waiting).rejects.toThrow('changed my mind')
    expect(studio.load().waiting).toBe(0)
    await Promise.all(busy)
  })

  test('a job over its deadline is ended with a problem, and the next one is served by a new thread', async () => {
    const late = studio.improveMarker(search(4, 60_000), { deadlineMs: 200 })
    await expect(late).rejects.toMatchObject({ code: 'studio.deadline', status: 504 })
    expect((await studio.improveMarker(search(1, 30))).placements).toHaveLength(2)
  })
})

describe('when a thread dies', () => {
  test('its job is rejected with a problem, and the studio goes on', async () => {
    await using small = openStudio({ threads: 1, memoryMb: 64 })
    // A marker of hundreds of thousands of pieces needs more memory than the thread has.
    const greedy = small.improveMarker(search(400_000, 60_000))
    await expect(greedy).rejects.toMatchObject({ code: 'studio.crashed', status: 500 })
    expect((await small.improveMarker(search(2, 30))).placements).toHaveLength(4)
  })
})

describe('closing', () => {
  test('running jobs finish, waiting ones are told, new ones refused', async () => {
    const closing = openStudio({ threads: 1 })
    const running = closing.improveMarker(search(3, 150))
    const waiting = closing.improveMarker(search(3, 150))
    const told = expect(waiting).rejects.toMatchObject({ code: 'studio.closed', status: 503 })
    await closing.close()
    expect((await running).placements).toHaveLength(6)
    await told
    await expect(closing.derive({ spec: tee(), rules: DEFAULT_RULES })).rejects.toMatchObject({ code: 'studio.closed' })
    expect(closing.load()).toEqual({ waiting: 0, running: 0, threads: 0 })
  })
})
