import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatMoney } from '../../src/core/values.ts'
import { kgPerMetre } from '../../src/garments/bom/weight.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { barsOf } from '../../src/garments/techpack/bars.ts'
import { munsellOf, readColourCodes } from '../../src/garments/techpack/colour-codes.ts'
import { cartonsIn, cartonsOf, packingList } from '../../src/garments/techpack/packing-list.ts'
import { cartonMarksPdf, packingListCsv } from '../../src/garments/techpack/packing-papers.ts'
import { techPackFiles, type Brief, type TechPackFile, type TechPackInput } from '../../src/garments/techpack/index.ts'
import { techPackInput } from './support-draft.ts'
import { readPdf } from './support-pdf.ts'

let input: TechPackInput
let files: TechPackFile[]
let brief: Brief
const file = (name: string): Buffer => files.find((each) => each.name === name)!.bytes

beforeAll(async () => {
  const made = techPackInput('tee', 'men', 137)
  const [first] = made.style.spec.colourways
  const quantities = (made.order.quantities as Brief['order']['quantities']).map((line, i) =>
    i ? line : { ...line, gtin: '6901234567892' },
  )
  const house = { ...made.house, colourCodes: { [Object.values(first!.colours)[0]!.toLowerCase()]: '19-0509' } }
  input = { ...made, house, order: { ...made.order, quantities } }
  files = await techPackFiles(input)
  brief = JSON.parse(file('brief.json').toString('utf8')) as Brief
}, 120_000)

/** Bars as a scanner sees them: one line of light and dark, read by somebody else's program. */
function scanned(modules: string): string {
  const [module, quiet, height] = [3, 12, 40]
  const line = `${'0'.repeat(quiet)}${modules}${'0'.repeat(quiet)}`
  const width = line.length * module
  const grey = new Uint8ClampedArray(width * height)
  for (let i = 0; i < grey.length; i++) grey[i] = line[Math.floor((i % width) / module)] === '1' ? 0 : 255
  const reader = new MultiFormatReader()
  reader.setHints(
    new Map<DecodeHintType, unknown>([
      [
        DecodeHintType.POSSIBLE_FORMATS,
        [BarcodeFormat.CODE_128, BarcodeFormat.EAN_13, BarcodeFormat.EAN_8, BarcodeFormat.UPC_A],
      ],
    ]),
  )
  const source = new RGBLuminanceSource(grey, width, height)
  return reader.decode(new BinaryBitmap(new HybridBinarizer(source))).getText()
}

describe('the packing list', () => {
  const anyLines = fc.array(
    fc.record({
      size: fc.constantFrom('S', 'M', 'L', 'XL'),
      colourway: fc.constantFrom('olive', 'navy'),
      units: fc.integer({ min: 1, max: 90 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  test('holds exactly what was ordered, no carton too full, one colour to a carton', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 1, max: 50 }), (lines, maxUnits) => {
        const cartons = packingList({ number: 'PO-1', lot: 1, lines }, maxUnits, { S: 200, M: 210, L: 220, XL: 230 })
        const packed = (colourway: string, size: string): number =>
          cartons
            .filter((each) => each.colourway === colourway)
            .reduce((sum, { from, to, units }) => sum + (to - from + 1) * (units[size] ?? 0), 0)
        for (const colourway of ['olive', 'navy'])
          for (const size of ['S', 'M', 'L', 'XL'])
            expect(packed(colourway, size)).toBe(
              lines
                .filter((line) => line.size === size && line.colourway === colourway)
                .reduce((sum, { units }) => sum + units, 0),
            )
        for (const { units, netKg, grossKg } of cartons) {
          expect(Object.values(units).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(maxUnits)
          expect(grossKg).toBeGreaterThanOrEqual(netKg)
        }
        const numbers = cartons.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1))
        expect(new Set(cartons.map(({ code }) => code)).size).toBe(cartons.length)
      }),
    )
  })

  test('stands in the brief, on paper and as a table, and says the same in all three', async () => {
    const { list, cartons } = brief.techPack.packing
    expect(cartonsIn(list ?? [])).toBe(cartons)
    const each = cartonsOf(brief)
    expect(each).toHaveLength(cartons)
    const units = each.flatMap((carton) => Object.values(carton.units))
    expect(units.reduce((a, b) => a + b, 0)).toBe(137)
    const paper = (await readPdf(file('packing-list.pdf'))).map(({ text }) => text).join('\n')
    const table = file('packing-list.csv').toString('utf8')
    for (const { code } of list ?? []) expect(paper).toContain(code)
    for (const { code } of each) expect(table).toContain(code)
    const marks = await readPdf(file('carton-marks.pdf'))
    expect(marks).toHaveLength(cartons)
    for (const [i, page] of marks.entries()) {
      expect(page.text).toContain(`${i + 1} / ${cartons}`)
      for (const words of [brief.style.number, brief.order.number, brief.order.shipTo.name])
        expect(page.text).toContain(words)
    }
  })
})

test('a very large lot is packed in runs: its papers stay short, its table has every carton', async () => {
  const lines = [{ size: '175/92A', colourway: brief.order.quantities[0]!.colourway, units: 60_000 }]
  const list = packingList({ number: 'PO-1', lot: 1, lines }, 50, { '175/92A': 210 })
  const large = {
    ...brief,
    techPack: { ...brief.techPack, packing: { ...brief.techPack.packing, list, cartons: 1200 } },
  }
  expect(list).toHaveLength(1)
  expect(packingListCsv(large).trim().split('\r\n')).toHaveLength(1201)
  const [page, ...more] = await readPdf(await cartonMarksPdf(large))
  expect(more).toEqual([])
  expect(page!.text).toContain('1–1200 / 1200')
})

describe('bars', () => {
  test.each(['PO-2026-0042/1/C001', 'FC-26W-0107-olive-175/92A', '6901234567892', '96385074', '012345678905', '1'])(
    'a scanner reads %s',
    (words) => expect(scanned(barsOf(words).modules).replace(/^0?(?=12345678905$)/, '0')).toBe(words),
  )
  test('a trade number with a wrong check digit is no trade number, and is still read', () =>
    expect(scanned(barsOf('6901234567890').modules)).toBe('6901234567890'))
  test('what Code 128 cannot say is left out, never the bars', () =>
    expect(scanned(barsOf('军绿-M').modules)).toBe('---M'))
  test('a size that has a trade number shows it', async () => {
    const [page] = await readPdf(file('size-stickers.pdf'))
    expect(page!.text).toContain('6901234567892')
  })
})

describe('colours and weights', () => {
  test.each([
    ['#000000', 'N 0.5/'],
    ['#7f7f7f', 'N 5/'],
    ['#a63d2f', '7.5R 4/10'],
    ['#1b2a49', '7.5PB 2/4'],
  ])('the chip nearest to %s is %s', (hex, notation) => expect(munsellOf(hex).notation).toBe(notation))

  test('a chip is never further off than half a step of the book', () => {
    const channel = fc.integer({ min: 30, max: 220 }).map((n) => n.toString(16).padStart(2, '0'))
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        expect(munsellOf(`#${r}${g}${b}`).deltaE).toBeLessThan(12)
      }),
      { numRuns: 40 },
    )
  })

  test('every colour of the brief has its chip, and the house’s own code where it has one', () => {
    const parts = brief.techPack.colourways.flatMap((way) => way.parts)
    for (const part of parts) expect(part.munsell?.notation).toMatch(/^(N|[\d.]+[A-Z]{1,2}) /)
    expect(parts.some(({ houseCode }) => houseCode === '19-0509')).toBe(true)
  })

  test('codes are a line per colour, and the first that is none is told', () => {
    expect(readColourCodes('#4B5320 = 19-0509 TCX\n\n#fff000：暖黄 2').codes).toEqual({
      '#4b5320': '19-0509 TCX',
      '#fff000': '暖黄 2',
    })
    expect(readColourCodes('olive = 12').bad).toBe('olive = 12')
  })

  test('a knit is told in kilograms beside its metres; woven cloth in metres alone', () => {
    const knits = Object.values(MATERIALS).filter((material) => kgPerMetre(material) !== undefined)
    expect(new Set(knits.map(({ texture }) => texture))).toEqual(new Set(['jersey', 'rib', 'fleece', 'terry']))
    const shell = brief.techPack.bom.find(({ role }) => role === 'shell')!
    const { gsm, widthMm } = input.style.spec.materials.shell!
    expect(shell.weight!.kgPerMetre).toBeCloseTo((gsm * widthMm) / 1e6, 3)
    expect(shell.weight!.orderQuantity).toBeCloseTo(shell.orderQuantity * shell.weight!.kgPerMetre, 0)
  })
})

test('the seam table has every edge of the graph once, with the allowance that is cut', () => {
  const { seams } = brief.techPack
  const base = input.style.draft.sizes.find(({ size }) => size === input.style.spec.sizes.base)!
  const worked = base.sewn!.filter((entry) => entry.does !== 'open' || entry.why !== 'fused')
  expect(seams!.reduce((sum, { times }) => sum + times, 0)).toBe(worked.length)
  for (const row of seams!) {
    if (row.does === 'sewn') expect(row.stitch).toMatch(/^\d{3}$/)
    expect(row.pieces.zh).toMatch(/\S/)
  }
  const hem = seams!.find(({ does }) => does === 'hemmed')!
  expect(hem.allowanceMm).toBeGreaterThan(input.style.spec.seamAllowanceMm)
})

test('no paper of a factory says what buyers pay, what the house earns or what it may not go below', async () => {
  const { ladder, priceFloor, cost, currency } = input.style.derived
  const amounts = [...ladder.map(({ unitPrice }) => unitPrice), priceFloor, cost.base.total, cost.largest.total]
  const inMoney = amounts.flatMap((amount) => [
    formatMoney(amount, currency, 'zh'),
    formatMoney(amount, currency, 'en'),
  ])
  const asNumbers = amounts.flatMap((amount) => [(amount / 100).toFixed(2), `:${amount},`, `:${amount}}`])
  for (const { name, mime, bytes } of files) {
    if (name.startsWith('pattern-') && mime === 'application/pdf') continue
    const words =
      mime === 'application/pdf' ? (await readPdf(bytes)).map(({ text }) => text).join('\n') : bytes.toString('utf8')
    // A drawing is full of numbers: a coordinate may be one of these.
    const said = /dxf|svg|rul$/.test(name) ? inMoney : [...inMoney, ...asNumbers]
    for (const amount of said) expect(words.includes(amount), `${name} says ${amount}`).toBe(false)
    expect(words, name).not.toMatch(/零售|售价|毛利|retail|margin|price ladder|priceFloor|"ladder"|"cost"/i)
  }
}, 60_000)
