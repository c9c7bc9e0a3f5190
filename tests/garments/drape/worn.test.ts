/** A garment as it is worn is drawn from the drape of its own pieces, or is refused with what was wrong. */
import { afterAll, describe, expect, test } from 'vitest'
import { drapeHash, isWorn, worn, type WornInput } from '../../../src/garments/drape/worn/worn.ts'
import {
  type Category,
  draftStyle,
  type Gender,
  MATERIALS,
  openStudio,
  sampleSpec,
} from '../../../src/garments/index.ts'

const inputOf = (category: Category, gender: Gender, more: Partial<WornInput> = {}): WornInput => {
  const spec = sampleSpec(category, gender, MATERIALS)
  const size = draftStyle(spec).sizes.find((each) => each.size === spec.sizes.base)!
  const { materials, seed } = spec
  const colourings = [{ shell: '#2f5f8f', rib: '#2f5f8f' }]
  return { size, gender, materials, seed, sides: ['front', 'back'], colourings, heightPx: 160, deadlineMs: 600_000, ...more } // prettier-ignore
}

const studio = openStudio({ threads: 1 })
afterAll(() => studio.close())

test('a T-shirt is sewn, hung and pictured in a thread, which says how far it is; its drape serves other colours', async () => {
  const input = inputOf('tee', 'men')
  const told: number[] = []
  const outcome = await studio.worn(input, { onProgress: ({ share }) => told.push(share) })
  if (!isWorn(outcome)) throw new Error(outcome.why.en)
  expect(told.length).toBeGreaterThan(3)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  const [front, back] = outcome.pictures
  expect([front!.side, back!.side]).toEqual(['front', 'back'])
  expect([front!.width, front!.height]).toEqual([128, 160])
  const at = (rgb: Uint8Array, x: number, y: number): number[] => [
    ...rgb.subarray(3 * (y * 128 + x), 3 * (y * 128 + x) + 3),
  ]
  // the chest is of the cloth's colour, the corner is wall
  const [red, green, blue] = at(front!.rgb, 64, 60)
  expect(blue! - red!).toBeGreaterThan(40)
  expect(green!).toBeLessThan(blue!)
  expect(Math.max(...at(front!.rgb, 3, 3)) - Math.min(...at(front!.rgb, 3, 3))).toBeLessThan(12)

  const { kept } = outcome
  expect(kept.hash).toBe(drapeHash(input))
  const again = worn({ ...input, kept })
  expect(isWorn(again) && again.pictures.map(({ rgb }) => Buffer.from(rgb).toString('base64'))).toEqual(
    outcome.pictures.map(({ rgb }) => Buffer.from(rgb).toString('base64')),
  )
  const red2 = worn({ ...input, kept, sides: ['front'], colourings: [{ shell: '#a02020', rib: '#a02020' }] })
  if (!isWorn(red2)) throw new Error(red2.why.en)
  const [r, , b] = at(red2.pictures[0]!.rgb, 64, 60)
  expect(r! - b!).toBeGreaterThan(40)
})

test('a drape is known by pieces, body, cloth and seed, and not by colours or sides', () => {
  const input = inputOf('tee', 'men')
  const hash = drapeHash(input)
  expect(drapeHash({ ...input, seed: input.seed + 1 })).not.toBe(hash)
  expect(drapeHash({ ...input, size: { ...input.size, body: { ...input.size.body, chest: 999 } } })).not.toBe(hash)
  const heavy = { ...input.materials, shell: { ...input.materials.shell!, gsm: 260 } }
  expect(drapeHash({ ...input, materials: heavy })).not.toBe(hash)
  const renamed = {
    ...input.materials,
    shell: { ...input.materials.shell!, pricePerMetre: 1, name: { zh: '布', en: 'cloth' } },
  }
  expect(drapeHash({ ...input, materials: renamed })).toBe(hash)
})

describe('what is not fit to be shown is refused, and says why in both languages', () => {
  test.each([
    ['lapels that nobody rolls yet', inputOf('jacket', 'men'), 'place', /lapel/],
    ['no time', inputOf('tee', 'men', { deadlineMs: 0 }), 'deadline', /in time/],
    [
      'a body without a chest',
      inputOf('tee', 'men', { size: { ...inputOf('tee', 'men').size, body: {} } }),
      'body',
      /body/,
    ],
  ] as const)('%s', (_, input, reason, words) => {
    const outcome = worn(input)
    if (isWorn(outcome)) throw new Error('it was shown')
    expect(outcome.reason).toBe(reason)
    expect(outcome.why.en).toMatch(words)
    expect(outcome.why.zh).toMatch(/[\u4e00-\u9fff]/)
  })
})
