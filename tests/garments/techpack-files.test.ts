import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../src/core/canonical.ts'
import { Problem } from '../../src/core/errors.ts'
import {
  a0PatternPdf,
  briefSchema,
  missingGlyphs,
  techPackFiles,
  techPackPdf,
  tiledPatternPdf,
} from '../../src/garments/techpack/index.ts'
import type { Brief, TechPackFile, TechPackInput } from '../../src/garments/techpack/index.ts'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { draftStyle } from '../../src/garments/pattern.ts'
import { constructionRows } from '../../src/garments/techpack/construction.ts'
import { measureDiagram } from '../../src/garments/techpack/measure-diagram.ts'
import { typesetter } from '../../src/garments/techpack/glyphs.ts'
import { newSheet } from '../../src/garments/techpack/pdf.ts'
import type { Drawing } from '../../src/garments/linework/drawing.ts'
import { svgText } from '../../src/garments/linework/svg-pen.ts'
import { drawOn } from '../../src/garments/techpack/pdf-pen.ts'
import { readPdf } from './support-pdf.ts'
import type { ReadPage } from './support-pdf.ts'
import { techPackInput } from './support-draft.ts'

let input: TechPackInput
let files: TechPackFile[]
let brief: Brief
let pages: ReadPage[]
const file = (name: string): TechPackFile => {
  const found = files.find((entry) => entry.name === name)
  if (!found) throw new Error(`no file ${name} among ${files.map((entry) => entry.name).join(', ')}`)
  return found
}
const svgOf = (name: string): string => file(name).bytes.toString('utf8')

beforeAll(async () => {
  const front = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#4a4f37' } })
    .png()
    .toBuffer()
  input = { ...techPackInput('tee'), pictures: { front } }
  files = await techPackFiles(input)
  brief = briefSchema.parse(JSON.parse(file('brief.json').bytes.toString('utf8')))
  pages = await readPdf(file('techpack.pdf').bytes)
})

test('a factory gets the brief first and every file it names, with its true hash and size', () => {
  expect(files[0]!.name).toBe('brief.json')
  expect(brief.files.map((entry) => entry.name)).toEqual(files.slice(1).map((entry) => entry.name))
  for (const entry of brief.files) {
    const real = file(entry.name)
    expect([entry.sha256, entry.bytes]).toEqual([sha256(real.bytes), real.bytes.length])
    expect(real.sha256).toBe(entry.sha256)
  }
  for (const kind of [
    'tech-pack',
    'qc-sheet',
    'pattern-svg',
    'pattern-pdf',
    'pattern-dxf',
    'marker',
    'flat',
    'picture',
  ])
    expect(
      brief.files.some((entry) => entry.kind === kind),
      kind,
    ).toBe(true)
})

test('the same style and order give the same bytes', async () => {
  const again = await techPackFiles(input)
  expect(again.map((entry) => [entry.name, entry.sha256])).toEqual(files.map((entry) => [entry.name, entry.sha256]))
})

test('an incomplete brief makes no file at all', async () => {
  const { shipBy: _, ...order } = input.order
  await expect(techPackFiles({ ...input, order })).rejects.toThrow(Problem)
  await expect(techPackFiles({ ...input, order })).rejects.toThrow(/ship-by date: is missing/)
})

test('the tech pack has all twelve sections in Chinese and English, on A4 landscape', () => {
  const all = pages.map((page) => page.text).join('\n')
  for (const [zh, en] of [
    ['封面', 'Cover'],
    ['款式图', 'Flats'],
    ['配色', 'Colourways'],
    ['物料清单', 'Bill of materials'],
    ['测量部位与测量方法', 'Points of measure'],
    ['放码规格表', 'Graded specification'],
    ['缝制工艺', 'Construction'],
    ['图案位置', 'Artwork placement'],
    ['标识', 'Labels'],
    ['包装', 'Packing'],
    ['样衣评语', 'Sample comments'],
    ['质量控制', 'Quality control'],
    ['裁片表', 'Cut pieces'],
    ['排料图', 'Markers'],
  ] as const) {
    expect(all).toContain(zh)
    expect(all).toContain(en)
  }
  for (const page of pages) expect([Math.round(page.width), Math.round(page.height)]).toEqual([297, 210])
})

test('every page names the style, the revision, the hash and its own number', () => {
  expect(pages.length).toBeGreaterThanOrEqual(12)
  for (const [i, page] of pages.entries()) {
    for (const words of [brief.style.number, brief.order.number, brief.style.hash.sent.slice(0, 12)])
      expect(page.text).toContain(words)
    expect(page.text).toContain(`${i + 1} / ${pages.length}`)
  }
})

test('the figures on paper are the figures of the brief', () => {
  const cover = pages[0]!.text
  for (const words of [
    '2026-12-18',
    '¥95.00',
    '¥11,400.00',
    '杭州分拨中心',
    brief.style.hash.sent,
    'body length +20 mm',
  ])
    expect(cover).toContain(words)
  const graded = pages.find((page) => page.text.includes('Graded specification'))!.text
  for (const row of brief.techPack.grading)
    for (const value of Object.values(row.values)) expect(graded).toContain(String(value))
  const bom = pages.find((page) => page.text.includes('Bill of materials'))!.text
  for (const row of brief.techPack.bom.slice(0, 3))
    expect(bom.replace(/\s/g, '')).toContain(row.supplierRef.replace(/\s/g, ''))
  const quality = pages.find((page) => page.text.includes('Quality control'))!.text
  expect(quality).toContain('ISO 2859-1')
})

test('the inspector’s sheet has the lot’s sample, every fault and every measure with its tolerance', async () => {
  const sheet = (await readPdf(file('qc-sheet.pdf').bytes)).map((page) => page.text).join('\n')
  for (const words of ['检验单', 'lot 120', 'draw 20', '断针', '合格，准予发货']) expect(sheet).toContain(words)
  for (const fault of brief.techPack.quality.defects) expect(sheet).toContain(fault.words.en.slice(0, 20))
  for (const row of brief.techPack.measures) expect(sheet).toContain(`±${row.toleranceMm}`)
})

test('the 100 mm square on the tiled and on the plotter pattern measures 100 mm', async () => {
  const base = input.style.draft.sizes.find((size) => size.size === brief.style.sizes.base)!
  const tiled = await readPdf(
    await tiledPatternPdf(base, { number: 'X', name: input.style.spec.names }, input.issuedAt),
    true,
  )
  const plotter = await readPdf(file('pattern-plotter.pdf').bytes, true)
  for (const page of [tiled[0]!, plotter[0]!]) {
    const squares = page.rectangles.filter(([w, h]) => Math.abs(w - 100) < 0.02 && Math.abs(h - 100) < 0.02)
    expect(squares).toHaveLength(1)
  }
  expect([Math.round(tiled[1]!.width), Math.round(tiled[1]!.height)]).toEqual([210, 297])
  expect(tiled.slice(1).some((page) => page.text.includes('前片'))).toBe(true)
  expect(tiled[0]!.text).toContain(`${tiled.length - 1} 页`)
})

test('true-scale patterns start the print dialog at actual size, and lie on the paper of either side of the Atlantic', async () => {
  const patterns = files.filter(({ kind }) => kind === 'pattern-pdf')
  expect(patterns.map(({ name }) => name).filter((name) => name.includes('letter'))).toHaveLength(
    input.style.draft.sizes.length,
  )
  for (const { name, bytes } of patterns)
    expect(bytes.toString('latin1'), name).toMatch(/\/ViewerPreferences\b[^]*\/PrintScaling \/None/)
  const base = input.style.draft.sizes.find((size) => size.size === brief.style.sizes.base)!
  const style = { number: 'X', name: input.style.spec.names }
  const letter = await readPdf(await tiledPatternPdf(base, style, input.issuedAt, 'letter'), true)
  expect(letter[1]!.width).toBeCloseTo(215.9, 0)
  expect(letter[1]!.height).toBeCloseTo(279.4, 0)
  expect(letter[0]!.text).toContain('Letter')
  // The frame of a tile leaves the bare edge that every printer needs.
  expect(letter[1]!.rectangles.some(([w, h]) => Math.abs(w - 195.9) < 0.1 && Math.abs(h - 259.4) < 0.1)).toBe(true)
  expect(letter[0]!.rectangles.filter(([w, h]) => Math.abs(w - 100) < 0.02 && Math.abs(h - 100) < 0.02)).toHaveLength(1)
})

test('the plotter file has a sheet of the roll’s width for every size', async () => {
  const plotter = await readPdf(file('pattern-plotter.pdf').bytes)
  expect(plotter.length).toBe(input.style.draft.sizes.length)
  for (const [i, page] of plotter.entries()) {
    expect(page.width).toBeCloseTo(1500, 0)
    expect(page.text).toContain(input.style.draft.sizes[i]!.size)
  }
})

test('the A0 file has upright sheets, each with the square, and every piece of every size once', async () => {
  const sheets = await readPdf(file('pattern-a0.pdf').bytes, true)
  for (const page of sheets) expect([Math.round(page.width), Math.round(page.height)]).toEqual([841, 1189])
  for (const size of input.style.draft.sizes) {
    const own = sheets.filter((page) => page.text.includes(`· ${size.size}`))
    expect(own.length).toBeGreaterThan(0)
    for (const piece of size.pieces) expect(own.some((page) => page.text.includes(piece.name.zh))).toBe(true)
    for (const page of own)
      expect(page.rectangles.filter(([w, h]) => Math.abs(w - 100) < 0.02 && Math.abs(h - 100) < 0.02)).toHaveLength(1)
  }
  // Nothing of a tee is larger than the sheet, so nothing is cut.
  expect(sheets.some((page) => page.text.includes('overlap'))).toBe(false)
})

test('a piece larger than A0 goes over sheets that say how they lie', async () => {
  const draft = draftStyle(sampleSpec('full-skirt', 'women', MATERIALS, { construction: {} }))
  const largest = draft.sizes.at(-1)!
  const big = largest.pieces.map((piece) => ({
    ...piece,
    cut: piece.cut.map(({ x, y }) => ({ x: x * 1.6, y: y * 1.6 })),
    seam: piece.seam.map(({ x, y }) => ({ x: x * 1.6, y: y * 1.6 })),
    lines: [],
    notches: [],
  }))
  const bytes = await a0PatternPdf(
    [{ ...largest, pieces: big }],
    { number: 'X', name: input.style.spec.names },
    input.issuedAt,
  )
  const sheets = await readPdf(bytes)
  expect(sheets.filter((page) => page.text.includes('overlap')).length).toBeGreaterThan(1)
  expect(sheets.some((page) => page.text.includes('第 2 行 1 列'))).toBe(true)
})

test('a narrow plotter gets a file of its own where every piece fits its roll', async () => {
  const narrow = await readPdf(file('pattern-plotter-914.pdf').bytes)
  for (const page of narrow) expect(page.width).toBeCloseTo(914, 0)
})

test('a pattern drawing is in millimetres and shows every piece once', async () => {
  const svg = svgOf('pattern-175-92a.svg')
  const [, width, box] = /width="([\d.]+)mm".*?viewBox="0 0 ([\d.]+)/.exec(svg) ?? []
  expect(width).toBe(box)
  const base = input.style.draft.sizes.find((size) => size.size === '175/92A')!
  for (const piece of base.pieces) {
    expect(svg.split(`data-piece="${piece.id}"`)).toHaveLength(2)
    expect(svg).toContain(piece.name.zh)
  }
  expect(svg).toContain('width="100" height="100"')
  expect(svgOf('pattern-nested.svg').match(/class="nest"/g)).toHaveLength(base.pieces.length)
  const { info } = await sharp(Buffer.from(svg)).resize({ width: 400 }).png().toBuffer({ resolveWithObject: true })
  expect(info.width).toBe(400)
})

test('a character the bundled font has not is found, and printed by its code, never as a box', async () => {
  expect(missingGlyphs('双排扣军大衣 Overcoat ±5 mm ½ ℃ “绗缝” 襻 裥')).toEqual([])
  expect(missingGlyphs('𠮷野家 หมวก')).toContain('𠮷')
  const type = typesetter()
  expect(type.printable('𠮷')).toBe('[U+20BB7]')
  expect(type.printable('winter’s coat')).toBe("winter's coat")
  expect(type.printable('Łódź')).toMatch(/^\[U\+0141\]ódz$/)
  const odd = structuredClone(brief)
  odd.order.shipTo.name = '𠮷祥服饰'
  const [cover] = await readPdf(
    await techPackPdf(odd, {
      flats: input.flats,
      markers: input.lays.map(() => input.flats.front),
      base: input.style.draft.sizes[2]!,
    }),
  )
  expect(cover!.text).toContain('[U+20BB7]祥服饰')
  expect(cover!.text).toContain('see brief.json')
})

test('all words the factory papers are set in can be printed', () => {
  expect(missingGlyphs(file('brief.json').bytes.toString('utf8'))).toEqual([])
})

test('the how-to-measure drawing has a place for every point of measure of every block', () => {
  for (const block of BLOCKS) {
    const points = block.points.map((point, i) => ({ letter: String.fromCharCode(65 + i), code: point.code }))
    const measures = Object.fromEntries(points.map((point) => [point.code, 300]))
    const { drawing, unplaced } = measureDiagram(block.category, points, measures)
    expect([block.category, unplaced]).toEqual([block.category, []])
    for (const { letter } of points) expect(svgText(drawing)).toContain(`>${letter}</text>`)
  }
})

test('every seam of every block has a stitch with a name, a finish and an allowance', () => {
  for (const block of BLOCKS)
    for (const row of constructionRows(sampleSpec(block.category, block.gender, MATERIALS))) {
      expect(row.stitchName.zh, row.stitch).not.toBe(row.stitch)
      expect(row.seam).toMatch(/^(\d\.\d{2}(\.\d{2})?|-)$/)
      expect(row.finish.zh.length).toBeGreaterThan(3)
    }
})

test.skipIf(!existsSync('/usr/bin/pdftoppm'))('a drawing is the same in the file and on the page', async () => {
  const drawing: Drawing = {
    box: [-20, -10, 120, 120],
    ink: { fill: '#1d2733' },
    parts: [
      [{ shape: 'rect', x: -20, y: -10, width: 120, height: 120, fill: '#fff' }],
      [
        {
          shape: 'g',
          fill: 'none',
          stroke: '#a63d2f',
          strokeWidth: 3,
          join: 'round',
          cap: 'round',
          children: [
            {
              shape: 'path',
              d: [
                ['M', 0, 0],
                ['H', 90],
                ['V', 40],
                ['h', -30],
                ['v', 20],
                ['Q', 50, 90, 30, 60],
                ['C', 20, 40, 10, 90, 0, 50],
                ['Z'],
              ],
            },
            { shape: 'circle', cx: 70, cy: 20, r: 9, fill: '#7a3b8f' },
            { shape: 'rect', x: 55, y: 70, width: 40, height: 30, rx: 6, dash: [8, 6] },
          ],
        },
        { shape: 'rect', width: 30, height: 20, fill: '#d8e4f2' },
      ],
    ],
  }
  const sheet = newSheet('x', input.issuedAt)
  sheet.doc.addPage({ size: [240, 240], margin: 0 })
  drawOn(sheet, drawing, { x: 0, y: 0, width: 240, height: 240 })
  const folder = mkdtempSync(join(tmpdir(), 'drawing-'))
  try {
    writeFileSync(join(folder, 'page.pdf'), await sheet.end())
    const page = execFileSync('/usr/bin/pdftoppm', ['-r', '72', '-png', join(folder, 'page.pdf')])
    const seen = await Promise.all(
      [page, Buffer.from(svgText(drawing))].map((picture) =>
        sharp(picture, { density: 144 }).resize(240, 240).flatten({ background: '#fff' }).greyscale().raw().toBuffer(),
      ),
    )
    // two rasterisers smooth edges differently; a line that is missing or elsewhere makes hundreds of such pixels
    const apart = seen[0]!.filter((grey, i) => Math.abs(grey - seen[1]![i]!) > 100).length
    expect(apart).toBeLessThan(20)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.skipIf(!existsSync('/usr/bin/pdftotext'))(
  'poppler, another reader, extracts the same Chinese (skipped where poppler-utils is absent)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'techpack-'))
    try {
      writeFileSync(join(folder, 'techpack.pdf'), file('techpack.pdf').bytes)
      const text = execFileSync('/usr/bin/pdftotext', [join(folder, 'techpack.pdf'), '-'], { encoding: 'utf8' })
      for (const words of ['工艺单', '物料清单', '放码规格表', '断针', '初裁服饰']) expect(text).toContain(words)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
