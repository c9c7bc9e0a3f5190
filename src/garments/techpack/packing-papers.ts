/** What goes with the goods: packing list, a mark for every carton, a sticker for every size and colour. */
import Papa from 'papaparse'
import type { Brief } from './brief-schema/index.ts'
import { drawBars } from './bars.ts'
import { type Carton, cartonsIn, cartonsOf } from './packing-list.ts'
import { INK, newSheet, RULE, SOFT, table, type Cell, type Sheet } from './pdf.ts'
import { both } from './techpack-page.ts'

const A4 = { width: 595.28, height: 841.89, left: 34, right: 561.28, bottom: 806 }
const A5 = { width: 595.28, height: 419.53 }

type Run = NonNullable<Brief['techPack']['packing']['list']>[number]
const runsOf = (brief: Brief): readonly Run[] => brief.techPack.packing.list ?? []
const countOf = ({ from, to }: Run): number => to - from + 1
const wayOf = (brief: Brief, id: string) =>
  brief.techPack.colourways.find((way) => way.id === id)?.name ?? { zh: id, en: id }
const unitsOf = ({ units }: Pick<Run, 'units'>): number => Object.values(units).reduce((sum, count) => sum + count, 0)
const sizesOf = ({ units }: Pick<Run, 'units'>): string =>
  Object.entries(units)
    .map(([size, count]) => `${size} × ${count}`)
    .join('  ')
const total = (runs: readonly Run[], each: (run: Run) => number): number =>
  Math.round(runs.reduce((sum, run) => sum + each(run) * countOf(run), 0) * 100) / 100
/** m³ of a carton. */
const volumeOf = ({ techPack }: Brief): number =>
  techPack.packing.carton.sizeMm.reduce((all, mm) => all * (mm / 1000), 1)

function open(sheet: Sheet, brief: Brief, title: { zh: string; en: string }): number {
  const { order, style } = brief
  sheet.doc.addPage({ size: 'A4', margin: 0 })
  sheet.text(`${title.zh}  ${title.en}`, A4.left, 28, { size: 15, weight: 'bold' })
  sheet.text(`${style.number} · ${style.names.zh} ${style.names.en}`, A4.left, 50, { size: 9, width: 340 })
  sheet.text(`订单 Order ${order.number} · 批次 lot ${order.lot}`, A4.right, 30, { size: 8.5, align: 'right' })
  sheet.text(`收货 to ${order.shipTo.name} ${order.shipTo.city} ${order.shipTo.country}`, A4.right, 42, {
    size: 8,
    align: 'right',
    colour: SOFT,
  })
  sheet.doc.moveTo(A4.left, 76).lineTo(A4.right, 76).lineWidth(1).stroke(INK)
  return 86
}

/** A row for cartons packed alike, with what each should weigh and room for what it does; PDF bytes. */
export async function packingListPdf(brief: Brief): Promise<Buffer> {
  const sheet = newSheet(`${brief.style.number} packing list`, brief.issuedAt)
  const title = both('装箱单', 'Packing list')
  const runs = runsOf(brief)
  const cartons = cartonsIn(runs)
  const size = brief.techPack.packing.carton.sizeMm
  const rows = runs.map((run): Cell[] => [
    { strong: run.from === run.to ? String(run.from) : `${run.from}–${run.to}` },
    String(countOf(run)),
    run.code,
    wayOf(brief, run.colourway),
    sizesOf(run),
    { strong: String(unitsOf(run) * countOf(run)) },
    run.netKg.toFixed(2),
    run.grossKg.toFixed(2),
    '',
  ])
  const end = table(
    sheet,
    [
      { head: both('箱号', 'No.'), share: 1, align: 'center' },
      { head: both('箱数', 'Cartons'), share: 0.8, align: 'right' },
      { head: both('首箱箱码', 'First code'), share: 2 },
      { head: both('配色', 'Colourway'), share: 1.5 },
      { head: both('每箱尺码 × 件数', 'In each: size × units'), share: 2.4 },
      { head: both('件数', 'Units'), share: 0.9, align: 'right' },
      { head: both('每箱净重', 'Net, kg'), share: 0.9, align: 'right' },
      { head: both('每箱毛重', 'Gross, kg'), share: 0.9, align: 'right' },
      { head: both('实称 kg', 'As weighed'), share: 1.1 },
    ],
    [
      ...rows,
      [
        { strong: '合计 Total' },
        String(cartons),
        '',
        '',
        `${(volumeOf(brief) * cartons).toFixed(3)} m³`,
        { strong: String(total(runs, unitsOf)) },
        total(runs, ({ netKg }) => netKg).toFixed(2),
        total(runs, ({ grossKg }) => grossKg).toFixed(2),
        '',
      ],
    ],
    { x: A4.left, y: open(sheet, brief, title), width: A4.right - A4.left, bottom: A4.bottom - 40 },
    { size: 8, next: () => ({ y: open(sheet, brief, title), bottom: A4.bottom - 40 }) },
  )
  sheet.text(
    `外箱 ${size.join(' × ')} mm。重量为按纸样与面料克重的估算，以实称为准；与实际装箱不符时请在此更正后随货寄出。 Weights are reckoned from pattern and cloth; the scales decide. Correct this list where it was packed otherwise, and send it with the goods.`,
    A4.left,
    Math.min(end + 8, A4.bottom - 26),
    { size: 7.5, colour: SOFT, width: A4.right - A4.left },
  )
  return sheet.end()
}

/** The same for a warehouse's own program: a row per carton and size. */
export function packingListCsv(brief: Brief): string {
  const rows = cartonsOf(brief).flatMap((carton) =>
    Object.entries(carton.units).map(([size, units]) => [
      carton.n,
      carton.code,
      brief.order.number,
      brief.order.lot,
      brief.style.number,
      carton.colourway,
      size,
      units,
      skuOf(brief, size, carton.colourway),
      carton.netKg,
      carton.grossKg,
    ]),
  )
  return `\uFEFF${Papa.unparse(
    [
      ['carton', 'carton_code', 'order', 'lot', 'style', 'colourway', 'size', 'units', 'code', 'net_kg', 'gross_kg'],
      ...rows,
    ],
    { escapeFormulae: true },
  )}\r\n`
}

/** So many pages are still printed and looked through; of more cartons those packed alike share a page. */
const MARKS_AT_MOST = 400

interface Mark extends Pick<Carton, 'colourway' | 'units' | 'netKg' | 'grossKg' | 'code'> {
  /** `7`, or `1–120` where the page is printed as often as there are cartons and each is numbered by hand. */
  numbers: string
  copies: number
}
function marksOf(brief: Brief): Mark[] {
  const runs = runsOf(brief)
  if (cartonsIn(runs) <= MARKS_AT_MOST)
    return cartonsOf(brief).map(({ n, ...carton }) => ({ ...carton, numbers: String(n), copies: 1 }))
  return runs.map((run) => ({ ...run, numbers: run.from === run.to ? String(run.from) : `${run.from}–${run.to}`, copies: countOf(run) })) // prettier-ignore
}

/** A side of A5 for every carton: what a warehouse reads from a pallet away. */
export async function cartonMarksPdf(brief: Brief): Promise<Buffer> {
  const sheet = newSheet(`${brief.style.number} carton marks`, brief.issuedAt, { trueScale: true })
  const cartons = cartonsIn(runsOf(brief))
  for (const mark of marksOf(brief)) markPage(sheet, brief, mark, cartons)
  return sheet.end()
}

function markPage(sheet: Sheet, brief: Brief, mark: Mark, cartons: number): void {
  const { order, style, techPack } = brief
  const origin = techPack.labels.items.find(({ kind }) => kind === 'origin')?.words
  sheet.doc.addPage({ size: [A5.width, A5.height], margin: 0 })
  sheet.doc
    .rect(20, 20, A5.width - 40, A5.height - 40)
    .lineWidth(1.5)
    .stroke(INK)
  const way = wayOf(brief, mark.colourway)
  sheet.text(techPack.cover.brand, 36, 32, { size: 20, weight: 'bold' })
  sheet.text(`${mark.numbers} / ${cartons}`, A5.width - 36, 30, { size: 26, weight: 'bold', align: 'right' })
  sheet.text(
    mark.copies > 1
      ? `印 ${mark.copies} 张，逐箱填写箱号 print ${mark.copies}, number each by hand: ________`
      : '箱号 / 总箱数  carton n of m',
    A5.width - 36,
    64,
    { size: 8, align: 'right', colour: SOFT },
  )
  const rows: [string, string][] = [
    ['收货 Consignee', `${order.shipTo.name}，${order.shipTo.city} ${order.shipTo.country}`],
    ['订单 Order', `${order.number} · 批次 lot ${order.lot}`],
    ['款号 Style', `${style.number}  ${style.names.zh} ${style.names.en}`],
    ['颜色 Colour', `${way.zh} ${way.en}`],
    ['尺码 Size', sizesOf(mark)],
    ['件数 Units', String(unitsOf(mark))],
    ['净重/毛重 N.W./G.W.', `${mark.netKg.toFixed(2)} / ${mark.grossKg.toFixed(2)} kg`],
    ['箱规 Measurement', `${techPack.packing.carton.sizeMm.join(' × ')} mm`],
    ['产地 Origin', origin ? `${origin.zh} ${origin.en}` : '–'],
  ]
  let y = 84
  for (const [label, value] of rows) {
    sheet.text(label, 36, y + 2, { size: 9, colour: SOFT })
    const tall = sheet.text(value, 150, y, { size: 12, width: A5.width - 190, weight: 'bold' })
    y += Math.max(22, tall + 6)
  }
  // One page for many cartons cannot bear the bars of one of them.
  const bars = mark.copies > 1 ? `${order.number}/${order.lot}` : mark.code
  drawBars(sheet, bars, { x: 36, y: Math.max(y + 4, A5.height - 100), width: A5.width - 72, height: 62 })
}

/** The trade number of a size and colour, or style, colour and size in one word. */
function skuOf({ order, style }: Brief, size: string, colourway: string): string {
  const gtin = order.quantities.find((line) => line.size === size && line.colourway === colourway)?.gtin
  return gtin ?? `${style.number}-${colourway}-${size}`
}

const STICKER = { across: 3, down: 8 } as const

/** One sticker for every size and colour, to be printed as often as there are garments; three by eight on A4. */
export async function stickersPdf(brief: Brief): Promise<Buffer> {
  const sheet = newSheet(`${brief.style.number} size stickers`, brief.issuedAt, { trueScale: true })
  const width = A4.width / STICKER.across
  const height = A4.height / STICKER.down
  const perPage = STICKER.across * STICKER.down
  for (const [i, { size, colourway, units }] of brief.order.quantities.entries()) {
    if (i % perPage === 0) sheet.doc.addPage({ size: 'A4', margin: 0 })
    const x = (i % STICKER.across) * width
    const y = Math.floor((i % perPage) / STICKER.across) * height
    sheet.doc.rect(x, y, width, height).lineWidth(0.3).stroke(RULE)
    const way = wayOf(brief, colourway)
    sheet.text(brief.style.number, x + 12, y + 8, { size: 8 })
    sheet.text(size, x + width - 12, y + 6, { size: 15, weight: 'bold', align: 'right' })
    sheet.text(`${way.zh} ${way.en}`, x + 12, y + 20, { size: 8 })
    sheet.text(`贴 ${units} 张 print ${units}`, x + 12, y + 31, { size: 6.5, colour: SOFT })
    drawBars(sheet, skuOf(brief, size, colourway), { x: x + 6, y: y + 44, width: width - 12, height: 52 })
  }
  return sheet.end()
}
