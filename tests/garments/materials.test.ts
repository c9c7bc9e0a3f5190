import { describe, expect, test } from 'vitest'
import { careLabel, fibreContent, fibreLabel, safetyClass } from '../../src/garments/labels.ts'
import {
  CARE,
  FIBRES,
  libraryMaterial,
  MATERIAL_LIBRARY,
  materialSchema,
  materialsCsvTemplate,
  materialsFor,
  materialsToCsv,
  parseMaterialsCsv,
} from '../../src/garments/materials.ts'
import { MATERIAL_ROLES, TEXTURES } from '../../src/garments/types.ts'

const melton = libraryMaterial('melton-680')
const table = materialsToCsv(MATERIAL_LIBRARY.slice(0, 3))

describe('the material library', () => {
  test('has at least 28 materials, each complete and possible, no id twice', () => {
    expect(MATERIAL_LIBRARY.length).toBeGreaterThanOrEqual(28)
    for (const material of MATERIAL_LIBRARY) expect(materialSchema.safeParse(material).error?.issues).toBeUndefined()
    expect(new Set(MATERIAL_LIBRARY.map((material) => material.id)).size).toBe(MATERIAL_LIBRARY.length)
  })

  test('has something for every role and every texture the renderer can draw', () => {
    for (const role of MATERIAL_ROLES) expect(materialsFor(role).length).toBeGreaterThan(0)
    expect(new Set(MATERIAL_LIBRARY.map((material) => material.texture))).toEqual(new Set(TEXTURES))
  })

  test('every cloth with a pile lies one way', () => {
    for (const material of MATERIAL_LIBRARY)
      if (['melton', 'corduroy', 'fur', 'fleece'].includes(material.texture)) expect(material.nap).toBe(true)
  })

  test('refuses what no cloth is: usable wider than full, fibres that are not 100 %, an unknown care code', () => {
    const wrong = [
      { ...melton, usableWidthMm: melton.widthMm + 1 },
      { ...melton, composition: [{ fibre: 'wool', percent: 90 }] },
      { ...melton, composition: [{ fibre: 'unobtainium', percent: 100 }] },
      { ...melton, care: ['boil'] },
      { ...melton, pricePerMetre: 45.5 },
      { ...melton, pricePerMetre: 0 },
      { ...melton, colour: 'red' },
    ]
    for (const material of wrong) expect(materialSchema.safeParse(material).success).toBe(false)
  })

  test('an unknown material is refused with the list of those there are', () => {
    expect(() => libraryMaterial('vibranium')).toThrowError(/melton-680/)
  })
})

describe('materials as a table', () => {
  test('what is written is read back unchanged', () => {
    expect(parseMaterialsCsv(materialsToCsv(MATERIAL_LIBRARY))).toEqual({ materials: MATERIAL_LIBRARY, errors: [] })
  })

  test('no cell is a formula to a spreadsheet, and it is read back as it was', () => {
    const formulas = ['=HYPERLINK("http://evil.example";"open")', '+1+1', '-2+3', '@SUM(1)', "'=quoted", "O'Neil 7"]
    const materials = formulas.map((supplierRef, i) => ({ ...melton, id: `cloth-${i}`, supplierRef }))
    const written = materialsToCsv(materials)
    expect(written).not.toMatch(/[\r\n,]"?[=+\-@]/)
    expect(parseMaterialsCsv(written)).toEqual({ materials, errors: [] })
  })

  test('the template is a table that can be imported as it is', () => {
    const { materials, errors } = parseMaterialsCsv(materialsCsvTemplate())
    expect(errors).toEqual([])
    expect(materials).toHaveLength(1)
    expect(materials[0]).toMatchObject({ id: 'melton-680', pricePerMetre: 6800, nap: true })
  })

  test('a spreadsheet in Chinese habits is read: 是, full-width semicolons, a byte order mark, blank lines', () => {
    const { materials, errors } = parseMaterialsCsv(
      `${table.replaceAll(',yes,', ',是,').replaceAll('; ', '；')}\r\n\r\n`,
    )
    expect(errors).toEqual([])
    expect(materials).toEqual(MATERIAL_LIBRARY.slice(0, 3))
  })

  test('wrong columns are refused, naming those that were expected', () => {
    expect(() => parseMaterialsCsv('name,price\nmelton,45\n')).toThrowError(
      expect.objectContaining({
        code: 'materials.csv-columns',
        text: {
          en: expect.stringMatching(/price_per_metre.*Found: name, price/),
          zh: expect.stringContaining('usable_width_mm'),
        },
      }),
    )
  })

  test('an empty export and a picture renamed to .csv are refused with a sentence', () => {
    expect(() => parseMaterialsCsv(table.split('\r\n')[0]!)).toThrowError(/no rows/)
    expect(() => parseMaterialsCsv('')).toThrowError(/missing/)
    expect(() => parseMaterialsCsv('\u0089PNG\r\n\u001a\n\u0000\u0000')).toThrowError(/missing/)
  })

  test('a bad row is told by line, column and remedy, and the good rows still come', () => {
    const { materials, errors } = parseMaterialsCsv(table.replace('wool 80; polyamide 20', 'wolle 80; polyamide 20'))
    expect(materials.map((material) => material.id)).toEqual(MATERIAL_LIBRARY.slice(1, 3).map((m) => m.id))
    expect(errors).toMatchObject([{ line: 2, column: 'composition' }])
    expect(errors[0]!.text.en).toMatch(/line 2.*wool/i)
    expect(errors[0]!.text.zh).toMatch(/第 2 行.*wool/)
  })

  test.each([
    ['width_mm', '1500', 'broad'],
    ['price_per_metre', '68.00', '68.005'],
    ['price_per_metre', '68.00', '-3'],
    ['currency', 'CNY', 'RMB'],
    ['nap', 'yes', 'maybe'],
    ['roles', 'shell', 'outside'],
    ['gsm', ',680,', ',5,'],
  ])('a wrong %s is refused', (column, right, wrong) => {
    const row = table.split('\r\n')[1]!
    const { materials, errors } = parseMaterialsCsv(`${table.split('\r\n')[0]}\r\n${row.replace(right, wrong)}\r\n`)
    expect(materials).toEqual([])
    expect(errors.map((error) => error.column)).toContain(column)
  })

  test('prices are taken digit by digit: 68.10 is 6810 fen, not 6809', () => {
    expect(parseMaterialsCsv(table.replace('68.00', '68.10')).materials[0]!.pricePerMetre).toBe(6810)
    expect(parseMaterialsCsv(table.replace('68.00', '0.07')).materials[0]!.pricePerMetre).toBe(7)
  })

  test('the same id twice is refused, naming both lines', () => {
    const [header, row] = table.split('\r\n')
    const { errors } = parseMaterialsCsv([header, row, row].join('\r\n'))
    expect(errors[0]!.text.en).toMatch(/Line 3.*line 2/)
  })

  test('a row that lost a cell is refused, not shifted', () => {
    const [header, row] = table.split('\r\n')
    const { materials, errors } = parseMaterialsCsv([header, row!.replace('melton-680,', '')].join('\r\n'))
    expect(materials).toEqual([])
    expect(errors[0]!.line).toBe(2)
  })
})

describe('labels', () => {
  test('every fibre and every care instruction has its words in both languages', () => {
    for (const words of [...Object.values(FIBRES), ...Object.values(CARE).map((entry) => entry.label)]) {
      expect(words.zh).toMatch(/[一-龥]/)
      expect(words.en).toMatch(/[a-z]/i)
    }
  })

  test('fibre percentages are of mass over all outer cloths, whole, and add up to 100', () => {
    const content = fibreContent([
      {
        composition: [
          { fibre: 'wool', percent: 80 },
          { fibre: 'polyamide', percent: 20 },
        ],
        massG: 1700,
      },
      { composition: [{ fibre: 'acrylic', percent: 100 }], massG: 100 },
    ])
    expect(content).toEqual([
      { fibre: 'wool', percent: 76 },
      { fibre: 'polyamide', percent: 19 },
      { fibre: 'acrylic', percent: 5 },
    ])
    const thirds = fibreContent([
      {
        composition: [
          { fibre: 'wool', percent: 33.3 },
          { fibre: 'silk', percent: 33.3 },
          { fibre: 'linen', percent: 33.4 },
        ],
        massG: 10,
      },
    ])
    expect(thirds.reduce((sum, part) => sum + part.percent, 0)).toBe(100)
  })

  test('the lining is named apart from the shell', () => {
    const label = fibreLabel(
      [{ composition: melton.composition, massG: 1500 }],
      [{ composition: [{ fibre: 'cupro', percent: 100 }], massG: 150 }],
    )
    expect(label.zh).toBe('面料：羊毛 80% 聚酰胺纤维 20%；里料：铜氨纤维 100%')
    expect(label.en).toBe('Shell: 80% wool, 20% polyamide; Lining: 100% cupro')
  })

  test('a garment is cared for as its most delicate cloth asks', () => {
    const codes = careLabel([libraryMaterial('poplin-115'), melton]).map((entry) => entry.code)
    expect(codes).toEqual(['no-wash', 'no-bleach', 'no-tumble', 'iron-medium', 'dry-clean-p'])
  })

  test('what touches the skin is class B, a coat class C', () => {
    expect(safetyClass('tee')).toBe('B')
    expect(safetyClass('coat')).toBe('C')
  })
})
