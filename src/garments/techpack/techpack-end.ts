/** Sections 8 to 12 and the appendices: cut pieces, markers. */
import { DEFECT_WORDS, ROLE_WORDS } from './words.ts'
import type { Drawing } from '../linework/drawing.ts'
import type { SizeDraft } from '../types.ts'
import { boxOf, heartOf } from './geometry.ts'
import { FAINT, INK, RULE, SOFT, table } from './pdf.ts'
import type { Cell } from './pdf.ts'
import { layoutOf } from './piece-layout.ts'
import { drawOn } from './pdf-pen.ts'
import { PAGE, WIDTH, both, facts } from './techpack-page.ts'
import type { Pages, Section } from './techpack-page.ts'

const ARTWORK: Section = { n: 8, title: both('图案位置', 'Artwork placement') }
const LABELS: Section = { n: 9, title: both('标识', 'Labels') }
const PACKING: Section = { n: 10, title: both('包装', 'Packing') }
const COMMENTS: Section = { n: 11, title: both('样衣评语', 'Sample comments') }
const QUALITY: Section = { n: 12, title: both('质量控制', 'Quality control') }
const PIECES: Section = { n: 0, title: both('附录 A  裁片表', 'Appendix A  Cut pieces') }
const MARKERS: Section = { n: 0, title: both('附录 B  排料图', 'Appendix B  Markers') }

/** Section 8; returns y below it, so that a style without artwork does not waste a page. */
export function artworkPage(pages: Pages): number {
  const { sheet, brief } = pages
  const { statement, items } = brief.techPack.artwork
  let y = pages.open(ARTWORK)
  y += sheet.text(statement.zh, PAGE.left, y, { size: 9.5, width: WIDTH })
  y += sheet.text(statement.en, PAGE.left, y, { size: 8, width: WIDTH, colour: SOFT }) + 10
  if (!items.length) return y
  return table(
    sheet,
    [
      { head: both('图案', 'Artwork'), share: 2 },
      { head: both('工艺', 'Technique'), share: 2 },
      { head: both('位置', 'Placement'), share: 3 },
      { head: both('宽 × 高 mm', 'Width × height'), share: 1.4 },
      { head: both('文件', 'File'), share: 2 },
    ],
    items.map((item) => [item.name, item.technique, item.placement, `${item.widthMm} × ${item.heightMm}`, item.file]),
    { x: PAGE.left, y, width: WIDTH, bottom: PAGE.bottom },
    { size: 8.5, next: () => ({ y: pages.open(ARTWORK, true), bottom: PAGE.bottom }) },
  )
}

/** Labels and the hang tag need some 380 points of height. */
const LABELS_FROM = 180

const LABEL_WORDS = {
  brand: both('主标', 'Brand'),
  size: both('尺码标', 'Size'),
  care: both('洗涤标', 'Care'),
  fibre: both('成分标', 'Fibre'),
  origin: both('产地标', 'Origin'),
  hangtag: both('吊牌', 'Hang tag'),
} as const

/** Section 9. @param above y below section 8: labels follow on the same page where there is room for them */
export function labelsPage(pages: Pages, above: number): void {
  const { sheet, brief } = pages
  const { labels } = brief.techPack
  const top = above < LABELS_FROM ? pages.below(LABELS, above + 10) : pages.open(LABELS)
  const right = 230
  table(
    sheet,
    [
      { head: both('标类', 'Label'), share: 1.1 },
      { head: both('内容', 'Words'), share: 4.4 },
      { head: both('位置', 'Placement'), share: 2.4 },
      { head: both('宽 × 高 mm', 'W × H'), share: 1.2 },
      { head: both('固定方式', 'Attached'), share: 1.5 },
    ],
    labels.items.map((item) => [
      LABEL_WORDS[item.kind],
      item.words,
      item.placement,
      `${item.widthMm} × ${item.heightMm}`,
      item.attach,
    ]),
    { x: PAGE.left, y: top, width: WIDTH - right - 16, bottom: PAGE.bottom },
    { size: 8 },
  )
  // The hang tag as it is printed: Chinese law asks for these items in Chinese.
  const x = PAGE.right - right
  const g = labels.gb5296
  const rows: [string, string][] = [
    ['产品名称', g.productName.zh],
    ['号型', g.size],
    ['成分', g.fibre.zh],
    ['维护方法', g.care.map((c) => c.words.zh).join('；')],
    ['执行标准', g.standard],
    ['安全类别', `GB 18401 ${g.safetyClass}类`],
    ['贮藏', g.storage.zh],
    ['制造者', g.maker],
    ['地址', g.makerAddress],
  ]
  const heights = rows.map(([, value]) => sheet.height(value, { size: 8, width: right - 88 }) + 5)
  const tall = heights.reduce((sum, h) => sum + h, 0) + 52
  sheet.doc.roundedRect(x, top, right, tall, 6).lineWidth(0.8).stroke(RULE)
  sheet.doc
    .circle(x + right / 2, top + 13, 4)
    .lineWidth(0.8)
    .stroke(RULE)
  sheet.text(brief.techPack.cover.brand, x + right / 2, top + 22, { size: 11, weight: 'bold', align: 'center' })
  let y = top + 44
  for (const [i, [label, value]] of rows.entries()) {
    sheet.text(label, x + 12, y, { size: 8, colour: SOFT })
    sheet.text(value, x + 74, y, { size: 8, width: right - 86 })
    y += heights[i] ?? 0
  }
  sheet.text('吊牌内容（GB 5296.4） Hang tag items', x, top + tall + 6, { size: 7.5, colour: SOFT })
}

export function packingPage(pages: Pages): void {
  const { sheet, brief } = pages
  const { packing, comments } = brief.techPack
  const top = pages.open(PACKING)
  const end = table(
    sheet,
    [
      { head: both('项目', 'Item'), share: 1.2 },
      { head: both('要求', 'Requirement'), share: 6 },
    ],
    [
      [both('折叠', 'Folding'), packing.folding],
      [both('单件包装', 'Unit packing'), packing.unit],
      [
        both('外箱', 'Carton'),
        both(
          `每箱最多 ${packing.carton.maxUnits} 件，毛重不超过 ${packing.carton.maxKg} kg，箱规 ${packing.carton.sizeMm.join(' × ')} mm，预计 ${packing.cartons} 箱`,
          `up to ${packing.carton.maxUnits} pieces, gross ${packing.carton.maxKg} kg at most, ${packing.carton.sizeMm.join(' × ')} mm, about ${packing.cartons} cartons`,
        ),
      ],
      [both('装箱配比', 'Assortment'), packing.assortment],
      [both('箱唛', 'Carton marks'), packing.marks],
    ],
    { x: PAGE.left, y: top, width: WIDTH, bottom: PAGE.bottom },
    { size: 9 },
  )
  let y = pages.below(COMMENTS, end + 22)
  y += sheet.text(comments.required.zh, PAGE.left, y, { size: 9.5, width: WIDTH })
  y += sheet.text(comments.required.en, PAGE.left, y, { size: 8, width: WIDTH, colour: SOFT }) + 10
  // Blank rows so that the floor can write on the print.
  const blank: Cell[][] = Array.from({ length: Math.max(0, 5 - comments.items.length) }, () => ['', '', '', '', ''])
  table(
    sheet,
    [
      { head: both('样衣', 'Sample'), share: 1.4 },
      { head: both('日期', 'Date'), share: 1.2 },
      { head: both('评语人', 'By'), share: 1.4 },
      { head: both('评语', 'Comment'), share: 6 },
      { head: both('已解决', 'Settled'), share: 0.9 },
    ],
    [
      ...comments.items.map((item): Cell[] => [item.sample, item.date, item.by, item.words, item.done ? '✓' : '–']),
      ...blank,
    ],
    { x: PAGE.left, y, width: WIDTH, bottom: PAGE.bottom },
    {
      size: 8.5,
      rowHeight: 32,
      next: () => ({ y: pages.open(COMMENTS, true), bottom: PAGE.bottom }),
    },
  )
}

/** The sampling plan and the list of faults; also the head of the inspector's own sheet. */
export function samplingTable(pages: Pages, box: { x: number; y: number; width: number; bottom: number }): number {
  const { sheet, brief } = pages
  return table(
    sheet,
    [
      { head: both('疵点类别', 'Fault class'), share: 1.5 },
      { head: both('AQL', 'AQL'), share: 0.8, align: 'right' },
      { head: both('字码', 'Letter'), share: 0.9, align: 'center' },
      { head: both('样本量', 'Sample'), share: 1, align: 'right' },
      { head: both('接收 ≤', 'Accept'), share: 1, align: 'right' },
      { head: both('拒收 ≥', 'Reject'), share: 1, align: 'right' },
    ],
    brief.techPack.quality.inspection.plans.map((plan) => [
      DEFECT_WORDS[plan.class],
      plan.aql === 0 ? '0' : plan.aql.toFixed(1),
      plan.letter === plan.planLetter ? plan.letter : `${plan.letter} → ${plan.planLetter}`,
      { strong: plan.every ? `${plan.sample}（全检 all）` : String(plan.sample) },
      { strong: String(plan.accept) },
      { strong: String(plan.reject) },
    ]),
    box,
    { size: 9 },
  )
}

export function qualityPage(pages: Pages): void {
  const { sheet, brief } = pages
  const { quality } = brief.techPack
  const top = pages.open(QUALITY)
  const left = 320
  let y = facts(
    sheet,
    [
      [both('批量', 'Lot'), String(quality.inspection.lot), true],
      [both('抽样', 'Draw'), String(quality.inspection.draw), true],
      [both('测量', 'Measure'), String(quality.measureSample), true],
    ],
    { x: PAGE.left, y: top, width: left },
    3,
  )
  y = samplingTable(pages, { x: PAGE.left, y: y + 2, width: left, bottom: PAGE.bottom }) + 8
  for (const words of [
    both(
      'ISO 2859-1（GB/T 2828.1）正常检验一次抽样，一般检验水平 II。',
      'ISO 2859-1 single sampling, normal inspection, general level II.',
    ),
    both(
      '字码后的箭头表示按标准改用的方案；致命疵点一件即拒收。',
      'An arrow names the plan the standard sends to; one critical fault rejects the lot.',
    ),
    both(
      '测量件按各尺码比例抽取，全部测量部位均须在公差内。',
      'Garments to measure are drawn across the sizes; every point within tolerance.',
    ),
    both(
      '不合格批：全检返修后重新送检，费用由工厂承担。',
      "A rejected lot is sorted and mended in full and inspected again at the factory's cost.",
    ),
  ]) {
    y += sheet.text(words.zh, PAGE.left, y, { size: 8, width: left })
    y += sheet.text(words.en, PAGE.left, y, { size: 7.2, width: left, colour: SOFT }) + 4
  }
  table(
    sheet,
    [
      { head: both('类别', 'Class'), share: 1 },
      { head: both('疵点', 'Fault'), share: 5 },
    ],
    quality.defects.map((row) => [DEFECT_WORDS[row.class], row.words]),
    { x: PAGE.left + left + 20, y: top, width: WIDTH - left - 20, bottom: PAGE.bottom },
    { size: 7.5, next: () => ({ y: pages.open(QUALITY, true), bottom: PAGE.bottom }) },
  )
}

export function piecesPage(pages: Pages): void {
  const { sheet, brief } = pages
  const rows = brief.pieces.map((piece): Cell[] => [
    piece.id,
    piece.name,
    ROLE_WORDS[piece.role],
    { strong: String(piece.count) },
    piece.mirrored
      ? both(
          `${piece.count - piece.mirrored} 正 + ${piece.mirrored} 反`,
          `${piece.count - piece.mirrored} + ${piece.mirrored} mirrored`,
        )
      : '–',
  ])
  table(
    sheet,
    [
      { head: both('代码', 'Piece'), share: 2 },
      { head: both('名称', 'Name'), share: 3 },
      { head: both('用料', 'Material'), share: 1.5 },
      { head: both('片数', 'Count'), share: 1, align: 'center' },
      { head: both('对称', 'Mirrored'), share: 2 },
    ],
    rows,
    { x: PAGE.left, y: pages.open(PIECES), width: WIDTH, bottom: PAGE.bottom },
    { size: 8, next: () => ({ y: pages.open(PIECES, true), bottom: PAGE.bottom }) },
  )
}

/** The base size's pieces in outline with their counts, as a cutter checks a bundle. */
export function piecesDrawing(pages: Pages, size: SizeDraft): void {
  const { sheet } = pages
  const { doc } = sheet
  const y = pages.open(PIECES, true)
  const room = { width: WIDTH, height: PAGE.bottom - y - 4 }
  const total = size.pieces.reduce((sum, piece) => sum + boxOf(piece.cut).width * boxOf(piece.cut).height, 0)
  // Paper in the page's own proportions wastes least of it.
  const widest = Math.max(...size.pieces.map((piece) => boxOf(piece.cut).width)) + 40
  const layout = layoutOf(size.pieces, Math.max(widest, Math.sqrt((total * 1.35 * room.width) / room.height)))
  const scale = Math.min(room.width / layout.width, room.height / layout.height)
  for (const { piece, dx, dy } of layout.laid) {
    doc.save().translate(PAGE.left, y).scale(scale).translate(dx, dy)
    for (const [i, p] of piece.cut.entries())
      if (i) doc.lineTo(p.x, p.y)
      else doc.moveTo(p.x, p.y)
    doc
      .closePath()
      .lineWidth(0.7 / scale)
      .fillAndStroke(FAINT, INK)
    doc.restore()
    const { at } = heartOf(piece.cut)
    const place = { x: PAGE.left + (at.x + dx) * scale, y: y + (at.y + dy) * scale }
    sheet.text(`${piece.name.zh} × ${piece.count}`, place.x, place.y - 5, { size: 6.5, align: 'center' })
  }
}

/**
 * Every lay with its figures and its drawing as wide as the page, as many to a page as go.
 * @param drawings SVG in the brief's order of markers
 */
export function markerPages(pages: Pages, drawings: readonly Drawing[]): void {
  const { sheet, brief } = pages
  let y = Infinity
  for (const [i, marker] of brief.markers.entries()) {
    const drawing = drawings[i]
    if (!drawing) throw new Error(`the marker ${marker.file} has no drawing`)
    const [, , vw, vh] = drawing.box
    const tall = Math.min((WIDTH * vh) / vw, 290)
    if (y + tall + 44 > PAGE.bottom) y = pages.open(MARKERS, i > 0)
    const mix = Object.entries(marker.mix).filter(([, n]) => n)
    y = facts(
      sheet,
      [
        [both('用料', 'Material'), `${ROLE_WORDS[marker.role].zh} ${ROLE_WORDS[marker.role].en}`],
        [both('有效幅宽', 'Usable width'), `${marker.widthMm} mm`],
        [both('排料长度', 'Marker length'), `${(marker.lengthMm / 1000).toFixed(2)} m`],
        [both('利用率', 'Utilisation'), `${(marker.utilisation * 100).toFixed(1)} %`],
        [both('铺布层数', 'Plies'), String(marker.plies)],
        [both('套排', 'Garments in it'), mix.map(([size, n]) => `${size} × ${n}`).join('  ')],
      ],
      { x: PAGE.left, y, width: WIDTH },
      6,
    )
    drawOn(sheet, drawing, { x: PAGE.left, y, width: WIDTH, height: tall })
    y += tall + 14
  }
}
