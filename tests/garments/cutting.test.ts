import { expect, test } from 'vitest'
import { openStudio } from '../../src/garments/index.ts'
import { improvedLays, laysFor } from '../../src/garments/techpack/index.ts'
import { techPackInput } from './support-draft.ts'

const { style } = techPackInput('tee')
const [a = '', b = '', c = ''] = style.spec.sizes.list
const quantities = { [a]: 7, [b]: 20, [c]: 13 }
const garmentsIn = (lays: ReturnType<typeof laysFor>, role: string) => {
  const cut: Record<string, number> = {}
  for (const { ratio, plies, marker } of lays)
    if (marker.role === role)
      for (const [size, copies] of Object.entries(ratio)) cut[size] = (cut[size] ?? 0) + copies * plies
  return cut
}

test('lays cut exactly what was ordered, of every cloth', () => {
  const lays = laysFor(style, quantities)
  const roles = new Set(lays.map(({ marker }) => marker.role))
  expect(roles).toContain('shell')
  for (const role of roles) expect(garmentsIn(lays, role)).toEqual(quantities)
})

test('searching on never takes more cloth, and cuts the same garments of the same pieces', async () => {
  const lays = laysFor(style, quantities)
  const better = await improvedLays(style, lays, 1500)
  const cloth = (of: typeof lays) => of.reduce((sum, { clothMm }) => sum + clothMm, 0)
  expect(cloth(better)).toBeLessThanOrEqual(cloth(lays))
  expect(garmentsIn(better, 'shell')).toEqual(quantities)
  const pieces = (of: typeof lays) =>
    of.map(({ marker }) => marker.placements.map(({ piece, size }) => `${piece} ${size}`).toSorted())
  expect(pieces(better)).toEqual(pieces(lays))
  for (const [i, { marker, plies, clothMm }] of better.entries()) {
    const before = lays[i]!
    // Cloth of a lay is its plies of the marker; what is lost at the ends of a ply stays what it was.
    expect(clothMm - plies * marker.lengthMm).toBeCloseTo(before.clothMm - before.plies * before.marker.lengthMm, 6)
  }
})

test('without time to search the lays are as they were', async () => {
  const lays = laysFor(style, quantities)
  expect(await improvedLays(style, lays, 0)).toEqual(lays)
})

test('an incomplete brief is refused before its markers are searched', async () => {
  await using studio = openStudio({ threads: 1 })
  const { lays: _lays, flats: _flats, ...input } = techPackInput('tee')
  const order = { ...input.order, shipBy: null }
  // A search of ten minutes would end at the job's deadline instead, with another problem.
  await expect(
    studio.documents({ ...input, order, quantities, markerMs: 600_000 }, { deadlineMs: 60_000 }),
  ).rejects.toMatchObject({ code: 'brief.incomplete' })
}, 90_000)
