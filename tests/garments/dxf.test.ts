import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IDxf, IEntity, IPolylineEntity, ITextEntity } from 'dxf-parser'
import { beforeAll, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { gradedPieces } from '../../src/garments/techpack/grading.ts'
import { areaOf, inside } from '../../src/garments/geometry.ts'
import { boxOf, nearestOn } from '../../src/garments/techpack/geometry.ts'
import { gradedDxf, patternDxf } from '../../src/garments/techpack/index.ts'
import type { Draft, Piece, Point } from '../../src/garments/types.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { draftOf } from '../support/drafts.ts'

// The package exports its class as the module itself, which its own types deny.
const DxfParser = createRequire(import.meta.url)('dxf-parser') as new () => { parseSync: (text: string) => IDxf | null }

const style = { number: 'FC-26W-0107', name: 'Shirt “Été” 衬衫', base: '175/92A', date: '2026-11-22' }
/** What a reader that is not ours makes of a file. */
const EZDXF = `
import ezdxf, json, sys
from ezdxf import recover
def found(name):
  doc, audit = recover.readfile(name)
  pieces = [block for block in doc.blocks if not block.name.startswith('*')]
  inside = [entity for block in pieces for entity in block]
  return {
    'errors': len(audit.errors),
    'names': [e.dxf.text for e in inside if e.dxftype() == 'TEXT' and e.dxf.text.startswith('Piece Name: ')],
    'layers': sorted({e.dxf.layer for e in inside}),
    'points': sum(len(e.vertices) for e in inside if e.dxftype() == 'POLYLINE' and e.dxf.layer == '1'),
  }
print(json.dumps([found(name) for name in sys.argv[1:]]))`
interface Found {
  errors: number
  names: string[]
  layers: string[]
  points: number
}
/** Debian's own Python has Debian's ezdxf; another may stand before it. */
const python = ['python3', '/usr/bin/python3'].find((each) => spawnSync(each, ['-c', 'import ezdxf']).status === 0)

type Groups = (readonly [code: number, value: string])[]
/** The blocks of a file as groups, read by hand: the other reader leaves code 50 of a point out. */
function groupsOfBlocks(file: string): Groups[] {
  const lines = file.split('\r\n')
  const blocksFound: Groups[] = []
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const group = [Number(lines[i]), lines[i + 1] ?? ''] as const
    if (group[0] === 0 && group[1] === 'BLOCK') blocksFound.push([])
    blocksFound.at(-1)?.push(group)
  }
  return blocksFound
}

/** Depth and angle of the notches of a piece. */
function notchesIn(all: readonly Groups[], size: string, piece: Piece) {
  const own = all.filter((block) =>
    [`Piece Name: ${piece.name.en}`, `Size: ${size}`].every((said) =>
      block.some(([code, value]) => code === 1 && value === said),
    ),
  )
  expect(own).toHaveLength(1)
  return (own[0] ?? []).flatMap((group, i, block) => {
    if (group[1] !== 'POINT' || block[i + 1]?.[1] !== '4') return []
    const value = (code: number) => Number(block.slice(i + 1, i + 6).find(([each]) => each === code)?.[1])
    return [{ x: value(10), y: value(20), depth: value(30), angle: value(50) }]
  })
}

/** The rule table as its specification has it. */
function readRules(table: string) {
  const word = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(table)?.[1]?.trim() ?? ''
  const rules = new Map<number, [number, number][]>()
  for (const [, number, body] of table.matchAll(/RULE: DELTA (\d+)\r\n([\s\d.,-]*)/g))
    rules.set(
      Number(number),
      (body ?? '').trim().split(/\r\n/).map((row) => row.split(',').map(Number) as [number, number]), // prettier-ignore
    )
  const sizes = word('SIZE LIST').split(' ')
  expect(Number(word('NUMBER OF SIZES'))).toBe(sizes.length)
  for (const rule of rules.values()) expect(rule).toHaveLength(sizes.length)
  expect(table.trimEnd().endsWith('END')).toBe(true)
  return { sizes, sample: word('SAMPLE SIZE'), rules }
}

let draft: Draft
let text: string
let blocks: Record<string, { entities: IEntity[] }>

beforeAll(() => {
  draft = draftOf(sampleSpec('shirt', 'men', MATERIALS))
  text = patternDxf(draft, style).toString('latin1')
  const read = new DxfParser().parseSync(text)
  if (!read) throw new Error('the reader found no drawing')
  blocks = read.blocks as unknown as typeof blocks
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

const rounded = ({ x, y }: Point) => ({ x: Math.round(x * 1000) / 1000 + 0, y: Math.round(y * 1000) / 1000 + 0 })
const apart = (outline: readonly Point[], p: Point): number => {
  const on = nearestOn(outline, p)
  return Math.hypot(on.x - p.x, on.y - p.y)
}

test('a CAD reader finds one block for every piece of every size', () => {
  expect(Object.keys(blocks)).toHaveLength(draft.sizes.reduce((n, size) => n + size.pieces.length, 0))
  for (const name of Object.keys(blocks)) expect(name).toMatch(/^[A-Z0-9_$-]{1,31}$/)
})

test('cut and sew lines come back closed, with the area and the place they were drafted with', () => {
  for (const size of draft.sizes)
    for (const piece of size.pieces) {
      const block = blockOf(size.size, piece)
      for (const [layer, check, outline] of [
        ['1', '84', piece.cut],
        ['14', '87', piece.seam],
      ] as const) {
        const [line, ...more] = on(block, layer, 'POLYLINE')
        expect(more).toEqual([])
        // What the drawn line is to be held against is the drafted one, point by point.
        const [drafted] = on(block, check, 'POLYLINE')
        expect(points(drafted).map(rounded)).toEqual(outline.map(rounded))
        for (const p of outline) expect(apart(points(line), p)).toBeLessThan(0.11)
        for (const p of points(line)) expect(apart(outline, p)).toBeLessThan(0.11)
        expect((line as IPolylineEntity).shape).toBe(true)
        expect(areaOf(points(line)) / areaOf(outline)).toBeCloseTo(1, 2)
        const [got, want] = [boxOf(points(line)), boxOf(outline)]
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(Math.abs(got[key] - want[key])).toBeLessThan(0.21)
      }
    }
})

test('every piece says its name, size, quantity, material and style, and has a grain line inside', () => {
  const base = draft.sizes[2]!
  for (const piece of base.pieces) {
    const block = blockOf(base.size, piece)
    const said = words(on(block, '1', 'TEXT'))
    const mirrored = piece.mirrored ? Math.floor(piece.count / 2) : 0
    expect(said).toContain(`Quantity: ${piece.count - mirrored},${mirrored}`)
    expect(said.some((line) => line.startsWith('Material: '))).toBe(true)
    expect(said).toContain('Style Name: FC-26W-0107')
    expect(words(on(block, '15', 'TEXT'))).toEqual([`${piece.name.en} ${base.size} x${piece.count}`])
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

test('each notch says how deep it is cut and which way: into the allowance, never through the sew line', () => {
  const base = draft.sizes[2]!
  const all = groupsOfBlocks(text)
  for (const piece of base.pieces) {
    for (const { x, y, depth, angle } of notchesIn(all, base.size, piece)) {
      const way = (angle * Math.PI) / 180
      const tip = { x: x + Math.cos(way) * depth, y: -(y + Math.sin(way) * depth) }
      expect(depth).toBeGreaterThanOrEqual(2)
      expect(inside(piece.cut, tip)).toBe(true)
      if (piece.seam.length && apart(piece.seam, { x, y: -y }) > 4) expect(inside(piece.seam, tip)).toBe(false)
    }
  }
})

test('neither header nor tables stand in the way of apparel CAD', () => {
  expect(text.startsWith('0\r\nSECTION\r\n2\r\nHEADER\r\n0\r\nENDSEC\r\n0\r\nSECTION\r\n2\r\nBLOCKS\r\n')).toBe(true)
  expect(text).not.toContain('TABLES')
})

test('a piece has as many points in one size as in another, for every garment', () => {
  for (const { category, gender } of BLOCKS) {
    const own = draftOf(sampleSpec(category, gender, MATERIALS))
    const graded = gradedPieces(own, own.sizes[2]!.size)
    for (const size of own.sizes) expect(size.pieces.filter(({ id }) => !graded.has(id))).toEqual([])
    for (const { cut, seam, pieces } of graded.values())
      for (const [line, drafted] of [
        [cut, pieces.map((piece) => piece.cut)],
        [seam, pieces.map((piece) => piece.seam)],
      ] as const) {
        if (!line) continue
        expect(new Set(line.sizes.map((points) => points.length)).size).toBe(1)
        // Of the largest size, whose points are furthest from the base's.
        for (const p of drafted.at(-1) ?? []) expect(apart(line.sizes.at(-1) ?? [], p)).toBeLessThan(0.11)
      }
  }
})

test('the base size and its rule table are every size of the nest', () => {
  const { dxf, rules } = gradedDxf(draft, style)
  const table = readRules(rules.toString('ascii'))
  expect(table.sizes).toEqual(draft.sizes.map(({ size }) => size))
  expect(table.sample).toBe(style.base)
  const read = new DxfParser().parseSync(dxf.toString('latin1'))
  const own = Object.values(read?.blocks ?? {}) as unknown as { entities: IEntity[] }[]
  const { pieces } = draft.sizes.find(({ size }) => size === style.base)!
  expect(own).toHaveLength(pieces.length)
  for (const piece of pieces) {
    const block = own.find(({ entities }) => words(entities).includes(`Piece Name: ${piece.name.en}`))!.entities
    const ruleAt = new Map(
      block.flatMap((entity) => {
        const { text: said, startPoint } = entity as ITextEntity
        return entity.type === 'TEXT' && said.startsWith('# ')
          ? [[`${startPoint.x},${startPoint.y}`, Number(said.slice(2))] as const]
          : []
      }),
    )
    for (const layer of ['1', '14'])
      for (const [n, size] of table.sizes.entries()) {
        const [line] = on(block, layer, 'POLYLINE') as IPolylineEntity[]
        const moved = line!.vertices.map(({ x, y }) => {
          const rule = table.rules.get(ruleAt.get(`${x},${y}`) ?? 0)
          const [dx, dy] = rule?.[n] ?? [NaN, NaN]
          return { x: x + dx, y: -(y + dy) }
        })
        const nest = points(on(blockOf(size, piece), layer, 'POLYLINE')[0])
        expect(moved).toHaveLength(nest.length)
        for (const [i, p] of moved.entries()) expect(Math.hypot(p.x - nest[i]!.x, p.y - nest[i]!.y)).toBeLessThan(0.02)
      }
  }
})

test('the same draft is graded from whichever size is asked for', () => {
  const from = (size: number) => gradedDxf(draft, { ...style, base: draft.sizes[size]!.size })
  const anew = gradedDxf(structuredClone(draft), { ...style, base: draft.sizes[0]!.size })
  from(2)
  expect(from(0).rules.equals(anew.rules)).toBe(true)
  expect(from(0).dxf.equals(anew.dxf)).toBe(true)
})

test('a base size that the draft has not is told, with those it has', () => {
  expect(() => gradedDxf(draft, { ...style, base: 'XS' })).toThrow(/no size “XS” to grade from.*175\/92A/)
})

test('Chinese CAD reads the names of pieces in Chinese', () => {
  const bytes = patternDxf(draft, style, { words: 'zh' })
  const read = new DxfParser().parseSync(new TextDecoder('gbk').decode(bytes))
  const said = Object.values(read?.blocks ?? {}).flatMap((block) =>
    words((block as unknown as { entities: IEntity[] }).entities),
  )
  for (const { name } of draft.sizes[0]!.pieces) expect(said).toContain(`Piece Name: ${name.zh}`)
  expect(said).toContain('Material: 面料')
  expect(said.join('')).not.toContain('?')
})

test.skipIf(!python)('a second reader finds the same pieces, layers and points (needs ezdxf)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-dxf-'))
  try {
    const files = [
      ['nest.dxf', patternDxf(draft, style)],
      ['gbk.dxf', patternDxf(draft, style, { words: 'zh' })],
      ['graded.dxf', gradedDxf(draft, style).dxf],
    ] as const
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    // All in one go: to load the reader takes longer than to read.
    const paths = files.map(([name]) => join(folder, name))
    const read = JSON.parse(execFileSync(python ?? '', ['-c', EZDXF, ...paths], { encoding: 'utf8' })) as Found[]
    for (const [i, [name]] of files.entries()) {
      const found = read[i]!
      const sizes = name === 'graded.dxf' ? 1 : draft.sizes.length
      const { pieces } = draft.sizes[0]!
      expect(found.errors).toBe(0)
      expect(found.names).toHaveLength(sizes * pieces.length)
      const names = pieces.map((piece) => `Piece Name: ${name === 'gbk.dxf' ? piece.name.zh : piece.name.en}`)
      expect(new Set(found.names)).toEqual(new Set(names))
      for (const layer of ['1', '2', '3', '4', '5', '7', '8', '14', '15', '84', '87'])
        expect(found.layers).toContain(layer)
      if (name === 'nest.dxf')
        expect(found.points).toBe(
          Object.values(blocks).reduce((sum, { entities }) => sum + points(on(entities, '1', 'POLYLINE')[0]).length, 0),
        )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the file is plain ASCII whatever the style is called', () => {
  // oxlint-disable-next-line no-control-regex
  expect(text).toMatch(/^[\x0d\x0a\x20-\x7e]*$/)
  expect(text).toContain('Style Name: FC-26W-0107 Shirt "Ete"')
})

test('one size alone holds its own pieces only', () => {
  const [small] = draft.sizes
  const read = new DxfParser().parseSync(patternDxf(draft, style, { sizes: [small!.size] }).toString('latin1'))
  expect(Object.keys(read?.blocks ?? {})).toHaveLength(small!.pieces.length)
})
