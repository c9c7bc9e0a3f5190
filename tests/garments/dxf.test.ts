import { createRequire } from 'node:module'
import type { IDxf, IEntity, IPolylineEntity, ITextEntity } from 'dxf-parser'
import { beforeAll, expect, test } from 'vitest'
import { areaOf, boxOf, nearestOn } from '../../src/garments/techpack/geometry.ts'
import { nestedDxf, patternDxf } from '../../src/garments/techpack/index.ts'
import type { Draft, Piece } from '../../src/garments/types.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { draftStyle } from '../../src/garments/pattern.ts'

// The package exports its class as the module itself, which its own types deny.
const DxfParser = createRequire(import.meta.url)('dxf-parser') as new () => { parseSync: (text: string) => IDxf | null }

const style = { number: 'FC-26W-0107', name: 'Shirt “Été” 衬衫', base: '175/92A', date: '2026-11-22' }
let draft: Draft
let text: string
let blocks: Record<string, { entities: IEntity[] }>

beforeAll(() => {
  draft = draftStyle(sampleSpec('shirt', 'men', MATERIALS))
  text = nestedDxf(draft, style)
  const read = new DxfParser().parseSync(text)
  if (!read) throw new Error('the reader found no drawing')
  blocks = read.blocks as unknown as typeof blocks
  expect(read.header['$ACADVER']).toBe('AC1009')
  expect(read.entities.filter((entity) => entity.type === 'INSERT')).toHaveLength(Object.keys(blocks).length)
})

const on = (entities: readonly IEntity[], layer: string, type: string): IEntity[] =>
  entities.filter((entity) => entity.layer === layer && entity.type === type)
const words = (entities: readonly IEntity[]): string[] =>
  entities.flatMap((e) => (e.type === 'TEXT' ? [(e as ITextEntity).text] : []))
const blockOf = (size: string, piece: Piece): IEntity[] => {
  const found = Object.values(blocks).filter((block) => {
    const said = words(block.entities)
    return said.includes(`Piece Name: ${piece.name.en}`) && said.includes(`Size: ${size}`)
  })
  expect(found).toHaveLength(1)
  return found[0]?.entities ?? []
}
const points = (entity: IEntity | undefined) => (entity as IPolylineEntity).vertices.map((v) => ({ x: v.x, y: -v.y }))

test('a CAD reader finds one block for every piece of every size', () => {
  expect(Object.keys(blocks)).toHaveLength(draft.sizes.reduce((n, size) => n + size.pieces.length, 0))
  for (const name of Object.keys(blocks)) expect(name).toMatch(/^[A-Z0-9_$-]{1,31}$/)
})

test('cut and sew lines come back closed, with the area and the place they were drafted with', () => {
  for (const size of draft.sizes)
    for (const piece of size.pieces) {
      const block = blockOf(size.size, piece)
      for (const [layer, outline] of [
        ['1', piece.cut],
        ['14', piece.seam],
      ] as const) {
        const [line, ...more] = on(block, layer, 'POLYLINE')
        expect(more).toEqual([])
        expect((line as IPolylineEntity).shape).toBe(true)
        expect(areaOf(points(line)) / areaOf(outline)).toBeCloseTo(1, 4)
        const [got, want] = [boxOf(points(line)), boxOf(outline)]
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(got[key]).toBeCloseTo(want[key], 1)
      }
    }
})

test('every piece says its name, size, quantity, material and style, and has a grain line inside', () => {
  const base = draft.sizes[2]!
  for (const piece of base.pieces) {
    const block = blockOf(base.size, piece)
    const said = words(on(block, '1', 'TEXT'))
    expect(said).toContain(`Quantity: ${piece.count}`)
    expect(said.some((line) => line.startsWith('Material: '))).toBe(true)
    expect(said).toContain('Style Name: FC-26W-0107')
    expect(words(on(block, '15', 'TEXT'))[0]).toContain(
      `Piece Name ${piece.name.en}, Size ${base.size}, Quantity ${piece.count}`,
    )
    expect(on(block, '7', 'LINE')).toHaveLength(1)
  }
})

test('notches stand on the cutter’s edge, a double one as two points', () => {
  const base = draft.sizes[2]!
  let seen = 0
  for (const piece of base.pieces) {
    const notches = on(blockOf(base.size, piece), '4', 'POINT') as (IEntity & { position: { x: number; y: number } })[]
    expect(notches).toHaveLength(piece.notches.reduce((n, notch) => n + (notch.kind === 'double' ? 2 : 1), 0))
    for (const { position } of notches) {
      const p = { x: position.x, y: -position.y }
      const edge = nearestOn(piece.cut, p)
      expect(Math.hypot(edge.x - p.x, edge.y - p.y)).toBeLessThan(0.01)
      seen++
    }
  }
  expect(seen).toBeGreaterThan(4)
})

test('the file is plain ASCII whatever the style is called', () => {
  // oxlint-disable-next-line no-control-regex
  expect(text).toMatch(/^[\x0d\x0a\x20-\x7e]*$/)
  expect(text).toContain('Style Name: FC-26W-0107 Shirt "Ete"')
})

test('one size alone holds its own pieces only', () => {
  const [small] = draft.sizes
  const read = new DxfParser().parseSync(patternDxf([small!], style))
  expect(Object.keys(read?.blocks ?? {})).toHaveLength(small!.pieces.length)
})
