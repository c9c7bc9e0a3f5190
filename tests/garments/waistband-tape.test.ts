/** A waistband is stiffened with tape that is bought by the metre in its width, where it is a band that is fused. */
import { expect, test } from 'vitest'
import { boxOf } from '../../src/garments/geometry.ts'
import { type Category, DEFAULT_RULES, deriveStyle, type Gender, MATERIALS, operationsOf, sampleSpec, type StyleSpec } from '../../src/garments/index.ts' // prettier-ignore
import { techPackFiles } from '../../src/garments/techpack/index.ts'
import { derivedOf } from '../support/drafts.ts'
import { techPackInput } from './support-draft.ts'
import { readPdf } from './support-pdf.ts'

const specOf = (category: Category, gender: Gender, more: Partial<StyleSpec> = {}): StyleSpec =>
  sampleSpec(category, gender, MATERIALS, more)
const tapesOf = (spec: StyleSpec) => derivedOf(spec).derived.bom.filter(({ code }) => code.startsWith('TAPE-WAIST-'))
const rolesOf = (spec: StyleSpec): string[] => derivedOf(spec).derived.bom.map(({ role }) => role)

test('trousers take tape as long as their band in every size, as wide as it is high, and no cloth is cut for it', () => {
  const spec = specOf('trousers', 'men')
  const { draft, derived } = derivedOf(spec)
  const [tape, ...more] = tapesOf(spec)
  expect(more).toEqual([])
  expect(tape).toMatchObject({ code: `TAPE-WAIST-${spec.parameters['waistband']}`, unit: 'm', wastePercent: 3 })
  for (const { size, pieces } of draft.sizes) {
    const band = boxOf(pieces.find(({ id }) => id === 'waistband')!.seam)
    expect(tape!.quantity[size]).toBeCloseTo((band.x1 - band.x0) / 1000, 3)
    expect(pieces.filter(({ id }) => id === 'waistbandInterlining')).toEqual([])
  }
  const metres = draft.sizes.map(({ size }) => tape!.quantity[size]!)
  expect(metres).toEqual([...metres].sort((a, b) => a - b))
  expect(tape!.unitPrice).toBeGreaterThan(0)
  expect(derived.cost.base.lines.find(({ key }) => key === 'trims')!.basis.en).toContain(tape!.name.en)
})

test('a higher band takes wider tape, and that costs more', () => {
  const [low, high] = [30, 50].map(
    (waistband) => tapesOf(specOf('trousers', 'women', { parameters: { waistband } }))[0]!,
  )
  expect([low!.code, high!.code]).toEqual(['TAPE-WAIST-30', 'TAPE-WAIST-50'])
  expect(high!.unitPrice).toBeGreaterThan(low!.unitPrice)
})

test('skirts take it too; chinos beside the interlining of their welts', () => {
  for (const category of ['pencil-skirt', 'full-skirt'] as const) {
    const skirt = specOf(category, 'women')
    expect(tapesOf(skirt)).toHaveLength(1)
    expect(rolesOf(skirt)).not.toContain('interlining')
    expect(skirt.materials).not.toHaveProperty('interlining')
  }
  const chinos = specOf('chinos', 'men', { construction: { backPocket: 'welt' } })
  expect(tapesOf(chinos)).toHaveLength(1)
  expect(rolesOf(chinos)).toContain('interlining')
})

test('what no band stiffens has none: elastic waists, dresses, shirts', () => {
  const elastic = specOf('trousers', 'men', { construction: { waist: 'elastic' } })
  for (const spec of [elastic, specOf('dress', 'women'), specOf('shirt', 'men')]) expect(tapesOf(spec)).toEqual([])
})

test('it is fused before the band is sewn, and stands in the brief and the tech pack', async () => {
  const spec = specOf('trousers', 'men')
  const { draft, derived } = derivedOf(spec)
  const base = draft.sizes.find(({ size }) => size === spec.sizes.base)!
  const steps = operationsOf(spec, base, derived.bom)
  const fused = steps.findIndex(({ code }) => code === 'fuse-tape')
  expect(steps[fused]).toMatchObject({ phase: 'fuse', machine: 'fusing' })
  expect(fused).toBeLessThan(steps.findIndex(({ code }) => code === 'waistband'))
  const files = await techPackFiles(techPackInput('trousers', 'men'))
  const brief = files.find(({ name }) => name === 'brief.json')!.bytes.toString('utf8')
  expect(brief).toContain('TAPE-WAIST-')
  const pack = await readPdf(files.find(({ name }) => name === 'techpack.pdf')!.bytes)
  expect(pack.map(({ text }) => text).join('\n')).toContain('腰衬带')
})

test('trousers of the second recipe are interlined with cloth, as they were sold', () => {
  const before = specOf('trousers', 'men', { recipe: 2 })
  const { derived } = deriveStyle(before, DEFAULT_RULES)
  expect(derived.bom.filter(({ code }) => code.startsWith('TAPE-'))).toEqual([])
  expect(derived.bom.map(({ role }) => role)).toContain('interlining')
})
