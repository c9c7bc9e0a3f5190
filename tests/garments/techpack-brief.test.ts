import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { canonicalJson } from '../../src/core/canonical.ts'
import { Problem } from '../../src/core/errors.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { colouredParts } from '../../src/garments/bom.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { draftStyle } from '../../src/garments/pattern.ts'
import {
  assertComplete,
  briefJsonSchema,
  briefJsonSchemaFile,
  briefSchema,
  briefSchema1,
  buildBrief,
  calloutsFor,
  completeness,
  withLinks,
} from '../../src/garments/techpack/index.ts'
import type { Brief, BriefDraft, BriefFile, TechPackInput } from '../../src/garments/techpack/index.ts'
import { techPackInput } from './support-draft.ts'

/** A schema file as JSON Schema 2020-12 writes it, as far as ours uses it. */
interface Node {
  title?: string
  'x-title-zh'?: string
  type?: string
  properties?: Record<string, Node>
  required?: string[]
  items?: Node
  anyOf?: Node[]
  additionalProperties?: Node | boolean
}

const FILES: [string, BriefFile['kind']][] = [
  ['techpack.pdf', 'tech-pack'],
  ['qc-sheet.pdf', 'qc-sheet'],
  ['flat-front.svg', 'flat'],
  ['flat-back.svg', 'flat'],
  ['pattern-plotter.pdf', 'pattern-pdf'],
  ['pattern-all-sizes.dxf', 'pattern-dxf'],
]
let input: TechPackInput
let files: BriefFile[]
let brief: Brief

beforeAll(() => {
  input = techPackInput('tee')
  const markers = input.lays.map(({ marker }, i): [string, BriefFile['kind']] => [
    `marker-${marker.role}-${i + 1}.svg`,
    'marker',
  ])
  files = [...FILES, ...markers].map(([name, kind]) => ({
    name,
    kind,
    mime: 'application/octet-stream',
    sha256: 'a'.repeat(64),
    bytes: 10,
    url: null,
  }))
  brief = assertComplete(buildBrief({ ...input, callouts: calloutsFor(input), files }))
})

const copy = (): BriefDraft => structuredClone(brief) as BriefDraft
const sentence = (draft: BriefDraft): string =>
  completeness(draft)
    .missing.map((m) => `${m.path}: ${m.message.en} ${m.message.zh}`)
    .join('\n')

test.each([
  ['tee', [], ['lining', 'button', 'zip', 'buckle']],
  ['coat', ['lining', 'button'], ['zip', 'buckle']],
  ['zip-hoodie', ['zip'], ['lining', 'button', 'buckle']],
  ['trousers', ['button', 'zip', 'pocketing'], ['buckle']],
] as const)('the colourways of a %s name the colours of what it is made of, and no others', (category, has, not) => {
  const palette = { lining: '#222222', button: '#333333', zip: '#444444', buckle: '#555555', pocketing: '#666666' }
  const plain = sampleSpec(category, 'men', MATERIALS)
  const colourways = plain.colourways.map((way) => ({ ...way, colours: { ...way.colours, ...palette } }))
  const draft = draftStyle({ ...plain, colourways })
  const parts = colouredParts(plain, draft, colourways[0]!)
  expect(parts).toEqual(expect.arrayContaining(['shell', 'thread', ...has]))
  for (const part of not) expect(parts).not.toContain(part)
})

test('a brief that says everything passes the gate and is valid by the published schema', () => {
  expect(completeness(brief)).toEqual({ missing: [] })
  expect(briefSchema.safeParse(JSON.parse(canonicalJson(brief))).success).toBe(true)
})

test('a brief carries all its sections and the order’s own figures', () => {
  expect(Object.keys(brief.techPack)).toEqual([
    'cover',
    'flats',
    'colourways',
    'bom',
    'measures',
    'grading',
    'construction',
    'seams',
    'operations',
    'positions',
    'artwork',
    'labels',
    'packing',
    'comments',
    'quality',
  ])
  expect(brief.order.price).toEqual({ basis: 'cmt', unit: 9500, total: 9500 * 120 })
  expect(brief.order.quantities.reduce((n, line) => n + line.units, 0)).toBe(120)
  expect(brief.techPack.quality.inspection).toMatchObject({ lot: 120, draw: 20 })
  expect(brief.style.hash.approved).toBe(brief.style.hash.sent)
})

test('the steps of the graded specification add up to its values', () => {
  const sizes = brief.style.sizes.list
  for (const row of brief.techPack.grading)
    for (const [i, step] of row.steps.entries())
      expect((row.values[sizes[i + 1]!] ?? 0) - (row.values[sizes[i]!] ?? 0)).toBe(step)
})

test('what the order needs of a material is its consumption by size times the pieces ordered', () => {
  const shell = brief.techPack.bom.find((row) => row.role === 'shell')!
  const needed = brief.order.quantities.reduce((sum, line) => sum + line.units * (shell.consumption[line.size] ?? 0), 0)
  expect(shell.orderQuantity).toBeGreaterThanOrEqual(needed - 1e-9)
  expect(shell.orderQuantity).toBeLessThan(needed + 0.011)
})

/** Every member of the brief that a factory needs, once per kind of row. */
function requiredMembers(node: Node, value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const found: (string | number)[][] = []
  if (Array.isArray(value)) return value.length && node.items ? requiredMembers(node.items, value[0], [...path, 0]) : []
  if (typeof value !== 'object' || value === null) return []
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const inner = (value as Record<string, unknown>)[key]
    if (node.required?.includes(key)) found.push([...path, key])
    if (inner !== undefined) found.push(...requiredMembers(child, inner, [...path, key]))
  }
  return found
}
function without(draft: BriefDraft, path: readonly (string | number)[]): BriefDraft {
  let holder = draft as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  delete holder[path.at(-1)!]
  return draft
}
const written = (path: readonly (string | number)[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i ? `.${step}` : step)).join('')

test('whichever required field is taken away, the gate refuses and names that field in both languages', () => {
  const root = briefJsonSchema() as Node
  const members = requiredMembers(root, brief)
  expect(members.length).toBeGreaterThan(200)
  for (const path of members) {
    const { missing } = completeness(without(copy(), path))
    const named = missing.find((m) => m.path === written(path))
    expect(named, written(path)).toBeDefined()
    let node: Node | undefined = root
    for (const step of path) node = typeof step === 'number' ? node?.items : node?.properties?.[step]
    expect(named!.message.en, written(path)).toContain(node!.title!)
    expect(named!.message.zh, written(path)).toContain(node!['x-title-zh']!)
    expect(named!.message.en).toMatch(/is missing|is not valid/)
  }
})

test('an empty text is as good as none', () => {
  const draft = copy()
  draft.order!.shipTo!.city = '  '
  expect(sentence(draft)).toContain('ship-to address, city')
  draft.techPack!.bom![0]!.supplierRef = ''
  expect(sentence(draft)).toMatch(/bill of materials, row 1 \(.+\), supplier reference: is missing/)
})

const refused = (change: (draft: BriefDraft) => void): string => {
  const draft = copy()
  change(draft)
  return sentence(draft)
}

test('a vague row of the bill of materials is sent back with an example of a clear one', () => {
  const said = refused((d) => {
    d.techPack!.bom![0]!.specification = { zh: '棉布', en: 'cotton fabric' }
  })
  expect(said).toContain('180 gsm 100% cotton jersey')
  expect(said).toContain('过于含糊')
  expect(refused((d) => (d.techPack!.bom![0]!.supplierRef = 'TBD'))).toContain('placeholder')
  expect(refused((d) => (d.techPack!.bom![0]!.cloth!.composition![0]!.percent = 60))).toContain('not to 100 %')
  expect(refused((d) => delete d.techPack!.bom![0]!.cloth)).toContain('cloth data')
})

test('a point of measure without a tolerance is not sent', () => {
  expect(refused((d) => delete d.techPack!.measures![2]!.toleranceMm)).toMatch(
    /points of measure, row 3 \(.+\), tolerance: is missing/,
  )
  expect(refused((d) => (d.techPack!.measures![2]!.toleranceMm = 0))).toMatch(/tolerance: is not valid/)
})

test('quantities that do not add up, or name what the style has not, are refused', () => {
  expect(refused((d) => (d.order!.totalUnits = 119))).toContain('the sizes and colourways add up to 120')
  expect(refused((d) => (d.order!.quantities![0]!.size = 'XXXL'))).toContain('"XXXL" is not in the size list')
  expect(refused((d) => (d.order!.quantities![0]!.colourway = 'pink'))).toContain('no colourway of the style')
  expect(refused((d) => (d.order!.price!.total = 1))).toContain('unit price × total units')
})

test('lays that cut another number than was ordered are refused', () => {
  expect(refused((d) => (d.markers![0]!.plies = 99))).toMatch(/cut \d+ of size .+, but \d+ are ordered/)
})

test('approved, sold and sent must be one style', () => {
  expect(refused((d) => (d.style!.hash!.sold = 'b'.repeat(64)))).toContain('must be the same')
})

test('a ship-by date on or before the day of issue is refused', () => {
  expect(refused((d) => (d.order!.shipBy = '2026-11-22'))).toContain('is not after the day of issue')
})

test('a size that is ordered needs its consumption and its measures', () => {
  const size = brief.order.quantities[0]!.size
  expect(refused((d) => delete (d.techPack!.bom![0]!.consumption as Record<string, number>)[size])).toContain(
    `says nothing for size ${size}`,
  )
  expect(refused((d) => delete (d.techPack!.grading![0]!.values as Record<string, number>)[size])).toContain(
    `say nothing for size ${size}`,
  )
})

test('a brief without its tech pack, its patterns or a file’s hash is refused', () => {
  expect(refused((d) => (d.files = d.files!.filter((file) => file.kind !== 'pattern-dxf')))).toContain(
    'lack the DXF pattern',
  )
  expect(refused((d) => (d.files = d.files!.filter((file) => file.kind !== 'tech-pack')))).toContain('缺少工艺单 PDF')
  expect(refused((d) => delete d.files![0]!.sha256)).toMatch(/files, row 1 \(techpack.pdf\), SHA-256: is missing/)
  expect(refused((d) => (d.files = []))).toContain('files: is missing')
})

test('an order that knows neither price nor date nor address is refused before anything is drawn', () => {
  const { price: _, shipBy: __, shipTo: ___, ...order } = input.order
  const draft = buildBrief({ ...input, order, callouts: calloutsFor(input), files })
  let thrown: unknown
  try {
    assertComplete(draft)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Problem)
  const problem = thrown as Problem
  expect([problem.code, problem.status]).toEqual(['brief.incomplete', 422])
  for (const words of ['price offer', 'ship-by date', 'ship-to address']) expect(problem.say('en')).toContain(words)
  for (const words of ['加工报价', '最迟发货日期', '收货地址']) expect(problem.say('zh')).toContain(words)
  expect(problem.extra.details?.['missing']).toHaveLength(3)
})

test('links are put in when the brief is sent and only then', () => {
  expect(brief.files.every((file) => file.url === null)).toBe(true)
  const sent = withLinks(brief, (name) => `https://files.example/${name}?sig=1`)
  expect(sent.files[0]!.url).toBe('https://files.example/techpack.pdf?sig=1')
  expect(completeness(sent).missing).toEqual([])
})

test('every member of the published schema has a name in English and in Chinese', () => {
  const visit = (node: Node, path: string): void => {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      expect([`${path}.${key}`, child.title, child['x-title-zh']]).toEqual([
        `${path}.${key}`,
        expect.stringMatching(/./),
        expect.stringMatching(/./),
      ])
      visit(child, `${path}.${key}`)
      if (child.items) visit(child.items, `${path}.${key}[]`)
    }
  }
  const root = briefJsonSchema() as Node & Record<'$schema' | '$id', unknown>
  expect(root.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  visit(root, '')
})

test('the schema in docs is the one the code checks with', () => {
  const published = new URL('../../docs/brief.schema.json', import.meta.url)
  expect(existsSync(published)).toBe(true)
  expect(readFileSync(published, 'utf8')).toBe(briefJsonSchemaFile())
  const before = new URL('../../docs/brief.schema.1.json', import.meta.url)
  expect(readFileSync(before, 'utf8')).toBe(briefJsonSchemaFile(1))
})

test('a brief of version 1 stays valid by its own schema; a new one holds nothing of what buyers pay', () => {
  expect(brief.schema).toBe('firstcut.brief/2')
  expect(brief.order).not.toHaveProperty('rung')
  expect(JSON.stringify(brief)).not.toMatch(/"(rung|ladder|retail|unitPrice)"/)
  const old = {
    ...brief,
    schema: 'firstcut.brief/1',
    order: { ...brief.order, rung: { fromUnits: 100, unitPrice: 59900 } },
  }
  expect(briefSchema1.safeParse(old).success).toBe(true)
  expect(briefSchema1.safeParse(brief).success).toBe(false)
  expect(briefSchema.safeParse(old).success).toBe(false)
})
