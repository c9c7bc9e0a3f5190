/** The form that clothes hang on is the body of the size table: a tape says so. */
import { describe, expect, test } from 'vitest'
import { formOf } from '../../../src/garments/drape/form/form.ts'
import { read } from '../../../src/garments/drape/form/grid.ts'
import { surfaceOf } from '../../../src/garments/drape/form/surface.ts'
import { roundOf } from '../../../src/garments/drape/form/tape.ts'
import { SIZE_SYSTEMS } from '../../../src/garments/sizes.ts'

const SIZES = Object.values(SIZE_SYSTEMS).flatMap(({ id, gender, sizes }) =>
  sizes.map(({ label, body }) => ({ name: `${id} ${label}`, gender, body })),
)

test.each(SIZES)('$name is within 3 mm of its tape, everywhere', ({ gender, body }) => {
  const { readings } = formOf(body, gender)
  expect(Object.keys(readings)).toEqual(
    expect.arrayContaining([
      'neck',
      'chest',
      'waist',
      'hips',
      'seat',
      'thigh',
      'knee',
      'biceps',
      'wrist',
      'backLength',
    ]),
  )
  const off = Object.entries(readings).map(([key, { want, is }]) => [key, Math.abs(want - is)] as const)
  expect(off.filter(([, mm]) => mm > 3)).toEqual([])
})

describe('the grid that cloth is held away by', () => {
  const { gender, body } = SIZES[9]!
  const form = formOf(body, gender)

  test('reads the same girths as the tape, to half a cell, and the same section', () => {
    const { at } = surfaceOf(form.grid)
    for (const [key, y] of [
      ['waist', form.y.waist],
      ['hips', form.y.hips],
      ['chest', form.y.bust],
    ] as const) {
      const points: [number, number][] = []
      for (let i = 0; i < at.length; i += 3)
        if (Math.abs((at[i + 1] ?? 0) - y) < form.grid.cell * 0.6) points.push([at[i] ?? 0, at[i + 2] ?? 0])
      // Vertices of half a cell up and down: a little wider than the section itself.
      expect(Math.abs(roundOf(points) - form.readings[key]!.want)).toBeLessThan(14)
    }
    const out = new Float64Array(3)
    const { a, b, z } = form.section(form.y.waist)
    expect(Math.abs(read(form.grid, a, form.y.waist, z, out))).toBeLessThan(3)
    expect(Math.abs(read(form.grid, 0, form.y.waist, z + b, out))).toBeLessThan(3)
    expect(out[2]).toBeGreaterThan(0.9)
  })

  test('is the same twice, and the same left and right', () => {
    expect(formOf(body, gender).grid.d).toEqual(form.grid.d)
    const out = new Float64Array(3)
    expect(read(form.grid, 61, form.y.seat, 33, out)).toBe(read(form.grid, -61, form.y.seat, 33, out))
  })
})

test('a body without a measure is named, not guessed', () => {
  const { waist: _, ...rest } = SIZES[0]!.body
  expect(() => formOf(rest as typeof rest & { waist: number }, 'men')).toThrow('"waist"')
})
