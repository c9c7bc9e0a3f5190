/** From the seam graph to triangles: what is worn on the outside, sewn point for point. */
import { describe, expect, test } from 'vitest'
import { areaOf, nearestOnRing } from '../../../src/garments/geometry.ts'
import { meshOf } from '../../../src/garments/drape/mesh.ts'
import { clip, panelsOf } from '../../../src/garments/drape/panels.ts'
import { stitchingOf } from '../../../src/garments/drape/stitches.ts'
import type { Category, Gender, SizeDraft } from '../../../src/garments/types.ts'
import { threeSizes } from './support-drape.ts'

const GARMENTS: readonly (readonly [Category, Gender])[] = [
  ['tee', 'men'],
  ['sweatshirt', 'women'],
  ['shirt', 'men'],
  ['full-skirt', 'women'],
  ['pencil-skirt', 'women'],
  ['dress', 'women'],
  ['trousers', 'men'],
  ['chinos', 'women'],
  ['waistcoat', 'men'],
]
const assembled = (size: SizeDraft) => {
  const panels = panelsOf(size)
  return { panels, ...stitchingOf(size, panels) }
}

describe.each(GARMENTS)('a %s for %s', (category, gender) => {
  const sizes = threeSizes(category, gender)

  test('every seam of the outside is sewn, and nothing of what lies under it', () => {
    for (const size of sizes) {
      const { panels, stitching, left } = assembled(size)
      expect(left).toEqual([])
      const outside = new Set(panels.map(({ key }) => key))
      for (const entry of size.sewn ?? []) {
        if (entry.does !== 'sewn' || entry.seam === 'waistbandEnd') continue
        const keys = [...entry.a.stretches, ...entry.b.stretches].map(({ piece, copy }) => `${piece}#${copy}`)
        if (keys.every((key) => outside.has(key))) expect(stitching.map(({ seam }) => seam)).toContain(entry.id)
      }
      expect([...outside].filter((key) => /Lining|Facing|Interlining|pocket|Tape/.test(key))).toEqual([])
    }
  })

  test('both sides of a seam have the same number of vertices, and every panel is covered', () => {
    for (const size of sizes) {
      const { panels, stitching } = assembled(size)
      const mesh = meshOf(panels, stitching, 16)
      const covered = panels.map(() => 0)
      const used = new Set<number>()
      for (let i = 0; i < mesh.triangles.length; i += 3) {
        const [a = 0, b = 0, c = 0] = mesh.triangles.subarray(i, i + 3)
        const at = (v: number) => ({ x: mesh.flat[2 * v] ?? 0, y: mesh.flat[2 * v + 1] ?? 0 })
        covered[mesh.panelOf[a]!]! += areaOf([at(a), at(b), at(c)])
        for (const v of [a, b, c]) used.add(v)
      }
      expect(used.size).toBe(mesh.vertices)
      panels.forEach(({ ring, mouths }, i) => {
        const outline = [...mesh.loops[i]!].map((v) => ({ x: mesh.flat[2 * v] ?? 0, y: mesh.flat[2 * v + 1] ?? 0 }))
        expect(covered[i]).toBeCloseTo(areaOf(outline), 0)
        if (!mouths.length) expect(Math.abs(areaOf(outline) / areaOf(ring.points) - 1)).toBeLessThan(0.01)
        const tips = outline.filter((p) => nearestOnRing(p, ring.points).distance > 0.1)
        if (!mouths.length) expect(tips).toEqual([])
        for (const { tip } of mouths) expect(tips).toContainEqual(tip)
      })
      stitching.forEach((_, of) => {
        const pairs = mesh.stitchOf.reduce((n, k) => n + Number(k === of), 0)
        expect(pairs).toBeGreaterThan(0)
      })
      for (let i = 0; i < mesh.stitches.length; i += 2) expect(mesh.stitches[i]).not.toBe(mesh.stitches[i + 1])
    }
  })

  test('the same pieces make the same mesh', () => {
    const [size] = sizes
    const make = () => {
      const { panels, stitching } = assembled(size!)
      return meshOf(panels, stitching, 16)
    }
    const [first, second] = [make(), make()]
    expect(first.flat).toEqual(second.flat)
    expect(first.triangles).toEqual(second.triangles)
    expect(first.stitches).toEqual(second.stitches)
  })
})

test('a doubled band is its half, without the underlap; its ends are fastened', () => {
  const [size] = threeSizes('trousers', 'men')
  const { panels, stitching } = assembled(size!)
  const band = panels.find(({ piece }) => piece.id === 'waistband')
  const cut = band!.piece.seam
  expect(band?.layers).toBe(2)
  expect(areaOf(band!.ring.points)).toBeLessThan(0.5 * areaOf(cut))
  expect(stitching.some(({ seam }) => seam === 'fastened')).toBe(true)
})

test('what lies on one side of a line stays', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 80 },
    { x: 0, y: 80 },
  ]
  const low = clip(square, { x: 0, y: 40 }, { x: 100, y: 40 }, { x: 50, y: 80 })
  expect(areaOf(low)).toBeCloseTo(4000)
  expect(low.every(({ y }) => y >= 40)).toBe(true)
})
