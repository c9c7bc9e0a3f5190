/** The inspector's sheet: sampling plan, measurements to fill in, faults to count, verdict. A4 portrait. */
import type { Brief } from './brief-schema/index.ts'
import { ACCENT, INK, RULE, SOFT, newSheet, table } from './pdf.ts'
import type { Cell, Column, Sheet } from './pdf.ts'
import { both } from './techpack-page.ts'
import { DEFECT_WORDS } from './words.ts'

const PAGE = { width: 595.28, height: 841.89, left: 34, right: 561.28, bottom: 806 }
const WIDTH = PAGE.right - PAGE.left
/** Garments whose measures are written side by side on one sheet. */
const SAMPLES = 5

const CHECKS = [
  both('面料、颜色与确认样一致', 'cloth and colour as the approved sample'),
  both('标签、吊牌齐全正确', 'labels and hang tags complete and right'),
  both('已全部过检针机', 'all through the needle detector'),
  both('包装、箱唛、数量正确', 'packing, carton marks, quantities right'),
] as const

function open(sheet: Sheet, brief: Brief, title: { zh: string; en: string }): number {
  const { doc } = sheet
  doc.addPage({ size: 'A4', margin: 0 })
  sheet.text(`${title.zh}  ${title.en}`, PAGE.left, 28, { size: 15, weight: 'bold' })
  sheet.text(`${brief.style.number} · ${brief.style.names.zh} ${brief.style.names.en}`, PAGE.left, 50, {
    size: 9,
    width: 340,
  })
  sheet.text(`订单 Order ${brief.order.number} · 批次 lot ${brief.order.lot}`, PAGE.right, 30, {
    size: 8.5,
    align: 'right',
  })
  sheet.text(
    `版次 rev. ${brief.techPack.cover.revision} · 哈希 hash ${brief.style.hash.sent.slice(0, 12)}`,
    PAGE.right,
    42,
    {
      size: 8,
      align: 'right',
      colour: SOFT,
    },
  )
  doc.moveTo(PAGE.left, 76).lineTo(PAGE.right, 76).lineWidth(1).stroke(INK)
  return 86
}

/** A line to write on, with its label. */
function field(sheet: Sheet, label: string, x: number, y: number, width: number): void {
  sheet.text(label, x, y, { size: 8, colour: SOFT })
  const from = x + sheet.width(label, { size: 8 }) + 5
  sheet.doc
    .moveTo(from, y + 11)
    .lineTo(x + width, y + 11)
    .lineWidth(0.5)
    .stroke(INK)
}

/** @returns PDF bytes; `issuedAt` is the file's creation date */
export async function qcSheetPdf(brief: Brief): Promise<Buffer> {
  const sheet = newSheet(`${brief.style.number} QC`, brief.issuedAt)
  const begun = open(sheet, brief, both('检验单', 'Inspection sheet'))
  const sampled = drawPlan(sheet, brief, begun)
  const checked = drawChecks(sheet, sampled)
  drawTally(sheet, brief, checked)
  drawMeasures(sheet, brief, open(sheet, brief, both('尺寸检验', 'Measurements')))
  return await sheet.end()
}

/** Where a table goes on when a sheet is full. */
const nextOf = (sheet: Sheet, brief: Brief) => (): { y: number; bottom: number } => ({
  y: open(sheet, brief, both('检验单（续）', 'Inspection sheet, continued')),
  bottom: PAGE.bottom - 34,
})

/** Who inspects where and when, and how many are drawn. @returns where the sheet goes on */
function drawPlan(sheet: Sheet, brief: Brief, from: number): number {
  const { inspection } = brief.techPack.quality
  let y = from
  field(sheet, '检验日期 Date', PAGE.left, y, 160)
  field(sheet, '检验员 Inspector', PAGE.left + 175, y, 170)
  field(sheet, '地点 Place', PAGE.left + 360, y, WIDTH - 360)
  y += 26
  sheet.text(
    `批量 lot ${inspection.lot} · 抽样 draw ${inspection.draw} · ISO 2859-1 正常检验一次抽样，水平 II  single sampling, normal, level II`,
    PAGE.left,
    y,
    { size: 8.5 },
  )
  return table(
    sheet,
    [
      { head: both('疵点类别', 'Fault class'), share: 1.6 },
      { head: both('AQL', 'AQL'), share: 0.7, align: 'right' },
      { head: both('字码', 'Letter'), share: 0.9, align: 'center' },
      { head: both('样本量', 'Sample'), share: 1, align: 'right' },
      { head: both('接收 ≤', 'Accept'), share: 0.9, align: 'right' },
      { head: both('拒收 ≥', 'Reject'), share: 0.9, align: 'right' },
      { head: both('实际疵点数', 'Found'), share: 1.4, align: 'center' },
      { head: both('判定', 'Verdict'), share: 1.2, align: 'center' },
    ],
    inspection.plans.map((plan): Cell[] => [
      DEFECT_WORDS[plan.class],
      plan.aql === 0 ? '0' : plan.aql.toFixed(1),
      plan.letter === plan.planLetter ? plan.letter : `${plan.letter} → ${plan.planLetter}`,
      { strong: String(plan.sample) },
      { strong: String(plan.accept) },
      { strong: String(plan.reject) },
      '',
      '',
    ]),
    { x: PAGE.left, y: y + 16, width: WIDTH, bottom: PAGE.bottom },
    { size: 8.5 },
  )
}

/** @returns where the sheet goes on */
function drawChecks(sheet: Sheet, from: number): number {
  let y = from + 12
  for (const [i, words] of CHECKS.entries()) {
    const x = PAGE.left + (i % 2) * (WIDTH / 2)
    sheet.doc
      .rect(x, y + 1, 9, 9)
      .lineWidth(0.7)
      .stroke(INK)
    sheet.text(`${words.zh} ${words.en}`, x + 14, y - 0.5, { size: 8, width: WIDTH / 2 - 18 })
    if (i % 2) y += 17
  }
  return y + 6
}

/** The faults with room to count them, the verdict and the signature. */
function drawTally(sheet: Sheet, brief: Brief, from: number): void {
  const { quality } = brief.techPack
  const tally: Column[] = [
    { head: both('类别', 'Class'), share: 0.9 },
    { head: both('疵点', 'Fault'), share: 5.2 },
    { head: both('计数', 'Tally'), share: 2.2 },
    { head: both('合计', 'Sum'), share: 0.8 },
  ]
  const end = table(
    sheet,
    tally,
    [
      ...quality.defects.map((row): Cell[] => [DEFECT_WORDS[row.class].zh, `${row.words.zh}  ${row.words.en}`, '', '']),
      ['', '', '', ''],
    ],
    { x: PAGE.left, y: from, width: WIDTH, bottom: PAGE.bottom - 34 },
    { size: 8, rowHeight: 21, next: nextOf(sheet, brief) },
  )
  const y = Math.max(end + 10, PAGE.bottom - 22)
  for (const [i, words] of [
    both('合格，准予发货', 'passed, may ship'),
    both('不合格，返修复检', 'failed, mend and inspect again'),
  ].entries()) {
    sheet.doc
      .rect(PAGE.left + i * 150, y, 10, 10)
      .lineWidth(0.8)
      .stroke(ACCENT)
    sheet.text(`${words.zh} ${words.en}`, PAGE.left + i * 150 + 15, y - 1, { size: 8.5 })
  }
  field(sheet, '签字 Signature', PAGE.left + 375, y - 1, WIDTH - 375)
}

/** A table to write the measures of some garments into, each beside what it should be. */
function drawMeasures(sheet: Sheet, brief: Brief, y: number): void {
  const { quality, measures, grading } = brief.techPack
  sheet.text(
    `测量 measure ${quality.measureSample} 件 garments · 单位 mm · 每张可记 ${SAMPLES} 件，可复印 ${SAMPLES} per sheet, copy as needed`,
    PAGE.left,
    y,
    { size: 8.5 },
  )
  const sizes = brief.style.sizes.list
  const graded = new Map(grading.map((row) => [row.code, row]))
  const rows = measures.map((row): Cell[] => [
    { strong: row.letter },
    row.name,
    `±${row.toleranceMm}`,
    ...sizes.map((size) => String(graded.get(row.code)?.values[size] ?? '')),
    ...Array.from({ length: SAMPLES }, () => ''),
  ])
  const top = y + 16
  const end = table(
    sheet,
    [
      { head: both('', ''), share: 0.5, align: 'center' },
      { head: both('测量部位', 'Point of measure'), share: 2.7 },
      { head: both('公差', 'Tol.'), share: 0.9, align: 'right' },
      ...sizes.map((size): Column => ({ head: both(size, ''), share: 1.3, align: 'right' })),
      ...Array.from({ length: SAMPLES }, (_, i): Column => ({
        head: both(`样${i + 1}`, `No ${i + 1}`),
        share: 1.15,
        align: 'center',
      })),
    ],
    rows,
    { x: PAGE.left, y: top, width: WIDTH, bottom: PAGE.bottom },
    { size: 7.5, rowHeight: 27, next: nextOf(sheet, brief) },
  )
  // Upright rules between the cells that are written in.
  const shares = 0.5 + 2.7 + 0.9 + 1.3 * sizes.length + 1.15 * SAMPLES
  for (let i = 0; i <= SAMPLES; i++) {
    const x = PAGE.right - ((SAMPLES - i) * 1.15 * WIDTH) / shares
    sheet.doc.moveTo(x, top).lineTo(x, end).lineWidth(0.4).stroke(RULE)
  }
  field(sheet, '备注 Remarks', PAGE.left, Math.min(end + 16, PAGE.bottom - 14), WIDTH)
}
