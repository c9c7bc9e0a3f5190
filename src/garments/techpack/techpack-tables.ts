/** Sections 4 to 7: bill of materials, points of measure, graded specification, construction. */
import type { Localized } from '../../core/values.ts'
import type { Measures } from '../types.ts'
import type { Brief } from './brief-schema/index.ts'
import { measureDiagram } from './measure-diagram.ts'
import { ACCENT, RULE, SOFT, table } from './pdf.ts'
import type { Cell, Column } from './pdf.ts'
import { drawOn } from './pdf-pen.ts'
import { PAGE, WIDTH, both } from './techpack-page.ts'
import type { Pages, Section } from './techpack-page.ts'
import { PHASES } from '../operations/words.ts'
import { DOES } from './seam-table.ts'
import { ROLE_WORDS, UNIT_WORDS } from './words.ts'

const BOM: Section = { n: 4, title: both('物料清单', 'Bill of materials') }
const MEASURES: Section = { n: 5, title: both('测量部位与测量方法', 'Points of measure and how to measure') }
const GRADING: Section = { n: 6, title: both('放码规格表', 'Graded specification') }
const CONSTRUCTION: Section = { n: 7, title: both('缝制工艺', 'Construction') }
const POSITIONS: Section = { n: 6, title: both('定位尺寸', 'Positions of pockets, buttons and lines') }
const SEAM_TABLE: Section = { n: 7, title: both('缝型表', 'Seam table') }
const OPERATIONS: Section = { n: 7, title: both('工序表', 'Order of operations') }

/** Runs a table over as many pages of a section as it needs. */
function tableSection(
  pages: Pages,
  section: Section,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  size = 8,
  reserve = 0,
): number {
  const y = pages.open(section)
  return table(
    pages.sheet,
    columns,
    rows,
    { x: PAGE.left, y, width: WIDTH, bottom: PAGE.bottom - reserve },
    { size, next: () => ({ y: pages.open(section, true), bottom: PAGE.bottom - reserve }) },
  )
}

/** What a table leaves unsaid, below its last row: one line, or more that run over the whole width. */
function noteBelow({ sheet }: Pages, y: number, words: string, lines: 'line' | 'lines' = 'line'): void {
  const [room, wrapped] = lines === 'line' ? [10, {}] : [16, { width: WIDTH }]
  sheet.text(words, PAGE.left, Math.min(y + 6, PAGE.bottom - room), { size: 7.5, colour: SOFT, ...wrapped })
}

/** Columns of several of these tables. */
const NUMBER: Column = { head: both('', ''), share: 0.45, align: 'center' }
const POINT = both('测量部位', 'Point of measure')
const STITCH: Column = { head: both('线迹', 'ISO 4915'), share: 0.8 }
const SEAM: Column = { head: both('缝型', 'ISO 4916'), share: 0.9 }

/** Stitches per inch, as a sewing floor counts them. */
const perInch = (perCm: number): string => figure(Math.round(perCm * 25.4) / 10)
/** A name, and how often it comes where that is more than once. */
const timesOf = (name: Localized, times: number): Localized =>
  times > 1 ? both(`${name.zh} × ${times}`, `${name.en} × ${times}`) : name

const figure = (value: number): string => String(Math.round(value * 1000) / 1000)

/** Least to most over the sizes that a row has. */
function spanOf(sizes: readonly string[], bySize: Readonly<Record<string, number>>): string {
  const used = sizes.flatMap((size) => bySize[size] ?? [])
  const [least, most] = [Math.min(...used), Math.max(...used)]
  return least === most ? figure(least) : `${figure(least)}–${figure(most)}`
}

export function bomPages(pages: Pages): void {
  const { brief } = pages
  const sizes = brief.style.sizes.list
  const ways = brief.techPack.colourways
  const columns: Column[] = [
    { head: both('类别', 'Group'), share: 1.15 },
    { head: both('物料', 'Material'), share: 2 },
    { head: both('规格与成分', 'Specification'), share: 3.5 },
    { head: both('供应商货号', 'Supplier ref.'), share: 1.7 },
    { head: both('使用部位', 'Placement'), share: 2.9 },
    { head: both('颜色', 'Colour'), share: 1.4 },
    { head: both('单位', 'Unit'), share: 0.8 },
    { head: both(`单耗 ${sizes[0] ?? ''}–${sizes.at(-1) ?? ''}`, 'Per garment'), share: 1.6, align: 'right' },
    { head: both('损耗', 'Waste'), share: 0.8, align: 'right' },
    { head: both('订单用量', 'For the order'), share: 1.2, align: 'right' },
  ]
  const rows = brief.techPack.bom.map((row): Cell[] => {
    const cloth = row.cloth
    const colour = ways.map((way) => row.colours[way.id]).filter((hex) => hex !== undefined)
    return [
      ROLE_WORDS[row.role],
      row.name,
      cloth
        ? both(
            `${row.specification.zh}；门幅 ${cloth.widthMm / 10} cm，缩率 经${cloth.shrinkageWarp}/纬${cloth.shrinkageWeft}%`,
            `${row.specification.en}; width ${cloth.widthMm / 10} cm, shrinkage ${cloth.shrinkageWarp}/${cloth.shrinkageWeft} %`,
          )
        : row.specification,
      row.supplierRef,
      row.placement,
      colour[0]
        ? { swatch: colour[0], words: colour.length > 1 ? `${colour[0]} +${colour.length - 1}` : colour[0] }
        : '–',
      row.weight ? `kg\n${UNIT_WORDS[row.unit].zh} ${UNIT_WORDS[row.unit].en}` : UNIT_WORDS[row.unit],
      row.weight
        ? `${spanOf(sizes, row.weight.consumption)}\n${spanOf(sizes, row.consumption)}`
        : spanOf(sizes, row.consumption),
      `${figure(row.wastePercent)}%`,
      {
        strong: row.weight
          ? `${figure(row.weight.orderQuantity)} kg\n${figure(row.orderQuantity)} m`
          : figure(row.orderQuantity),
      },
    ]
  })
  tableSection(pages, BOM, columns, rows, 7.5)
}

/** @throws Error naming a measure the drawing has no place for: a table row without a drawing is a fault of ours */
export function measurePages(pages: Pages): void {
  const { brief, sheet } = pages
  const rows = brief.techPack.measures
  const top = pages.open(MEASURES)
  const values: Measures = Object.fromEntries(rows.map((row) => [row.code, row.baseMm]))
  const { drawing, unplaced } = measureDiagram(brief.style.category, rows, values)
  if (unplaced.length) throw new Error(`the how-to-measure drawing has no place for ${unplaced.join(', ')}`)
  const left = 392
  sheet.doc
    .rect(PAGE.left, top, left, PAGE.bottom - top - 14)
    .lineWidth(0.5)
    .stroke(RULE)
  drawOn(sheet, drawing, { x: PAGE.left + 8, y: top + 8, width: left - 16, height: PAGE.bottom - top - 30 })
  sheet.text('示意图，按基码尺寸绘制  Schematic, drawn from the base size', PAGE.left, PAGE.bottom - 9, {
    size: 7,
    colour: SOFT,
  })
  table(
    sheet,
    [
      { head: both('', ''), share: 0.5, align: 'center' },
      { head: POINT, share: 2.3 },
      { head: both('测量方法', 'How to measure'), share: 4.2 },
      { head: both('公差 ±mm', 'Tolerance'), share: 1, align: 'right' },
      { head: both(`基码 ${brief.style.sizes.base}`, 'Base, mm'), share: 1.2, align: 'right' },
    ],
    rows.map((row) => [
      { strong: row.letter },
      row.name,
      row.how,
      figure(row.toleranceMm),
      { strong: figure(row.baseMm) },
    ]),
    { x: PAGE.left + left + 14, y: top, width: WIDTH - left - 14, bottom: PAGE.bottom },
    { size: rows.length > 12 ? 7.5 : 8, next: () => ({ y: pages.open(MEASURES, true), bottom: PAGE.bottom }) },
  )
}

export function gradingPages(pages: Pages): void {
  const { brief } = pages
  const sizes = brief.style.sizes.list
  const point = new Map(brief.techPack.measures.map((row) => [row.code, row]))
  const columns: Column[] = [
    NUMBER,
    { head: POINT, share: 2.4 },
    { head: both('公差', '± mm'), share: 0.8, align: 'right' },
    ...sizes.map((size): Column => ({
      head: both(size === brief.style.sizes.base ? `${size} *` : size, ''),
      share: 1,
      align: 'right',
    })),
    { head: both('', ''), share: 0.3 },
    { head: both('档差规则（mm）', 'Grade rule, mm'), share: 2 },
  ]
  const signed = (step: number): string => (step > 0 ? `+${figure(step)}` : figure(step))
  const ruleOf = ({ rule, steps }: Brief['techPack']['grading'][number]) => {
    if (rule !== 'even') return both(steps.map(signed).join(' / '), 'from size to size')
    return steps[0] ? both(`每档 ${signed(steps[0])}`, `${signed(steps[0])} per size`) : both('不放码', 'not graded')
  }
  const rows = brief.techPack.grading.map((row): Cell[] => {
    const said = point.get(row.code)
    return [
      { strong: said?.letter ?? '' },
      said?.name ?? row.code,
      figure(said?.toleranceMm ?? 0),
      ...sizes.map((size): Cell => {
        const value = figure(row.values[size] ?? Number.NaN)
        return size === brief.style.sizes.base ? { strong: value } : value
      }),
      undefined,
      ruleOf(row),
    ]
  })
  const y = tableSection(pages, GRADING, columns, rows, rows.length > 14 ? 7.5 : 8.5, 16)
  noteBelow(
    pages,
    y,
    `* 基码 base size · 单位 mm · 号型系统 size system ${brief.style.sizes.system} · 成衣尺寸，整烫后平铺测量 finished measures, pressed, lying flat`,
  )
}

/** Where marks lie, in every size: what a marker-out measures when the pattern is not at hand. */
export function positionPages(pages: Pages): void {
  const { techPack, style } = pages.brief
  const positions = techPack.positions ?? []
  if (!positions.length) return
  const { list } = style.sizes
  const inSizes = (bySize: Readonly<Record<string, number>>): string => {
    const values = list.map((size) => bySize[size] ?? 0)
    return values.every((value) => value === values[0]) ? figure(values[0] ?? 0) : values.map((value) => figure(value)).join(' · ') // prettier-ignore
  }
  const extent = ({ size }: (typeof positions)[number]): string => {
    const own = size?.[style.sizes.base]
    return own ? [own.width, own.height].filter(Boolean).map(figure).join(' × ') || '–' : '–'
  }
  const rows = positions.map((each): Cell[] => [
    each.name,
    timesOf(each.what, each.count),
    inSizes(each.fromTop),
    inSizes(each.fromEdge),
    each.spacing ? inSizes(each.spacing) : '–',
    extent(each),
  ])
  const y = tableSection(
    pages,
    POSITIONS,
    [
      { head: both('裁片', 'Piece'), share: 2 },
      { head: both('标记', 'Mark'), share: 2.6 },
      { head: both('距最高点', 'Down from the highest point'), share: 2.8 },
      { head: both('距近边', 'In from the nearer edge'), share: 2.8 },
      { head: both('间距', 'Spacing'), share: 2.2 },
      { head: both('大小（基码）', 'Extent, base size'), share: 1.6 },
    ],
    rows,
    8,
    20,
  )
  noteBelow(pages, y, `mm · 净缝线上量取 on the sew line · 各码依次 sizes in order: ${list.join(' · ')}`)
}

const LAYERS = { shell: both('面', 'shell'), lining: both('里', 'lining'), inside: both('内', 'inside') } as const

/** Every seam and edge as the pattern has it, in the order of sewing. */
export function seamPages(pages: Pages): void {
  const { seams } = pages.brief.techPack
  if (!seams) return
  const rows = seams.map((row): Cell[] => [
    { strong: String(row.n) },
    timesOf(row.name, row.times),
    LAYERS[row.layer],
    DOES[row.does],
    row.pieces,
    row.stitch ?? '–',
    row.seam ?? '–',
    row.stitchesPerCm ? perInch(row.stitchesPerCm) : '–',
    row.allowanceMm ? figure(row.allowanceMm) : '–',
    figure(row.lengthMm),
    row.easeMm === null || Math.abs(row.easeMm) < 1 ? '–' : `${row.easeMm > 0 ? '+' : ''}${figure(row.easeMm)}`,
  ])
  const y = tableSection(
    pages,
    SEAM_TABLE,
    [
      NUMBER,
      { head: both('缝、边', 'Seam or edge'), share: 2.2 },
      { head: both('层', 'Layer'), share: 0.7 },
      { head: both('做法', 'How'), share: 0.9 },
      { head: both('裁片', 'Pieces'), share: 4.2 },
      STITCH,
      SEAM,
      { head: both('针/英寸', 'SPI'), share: 0.7, align: 'right' },
      { head: both('缝份 mm', 'Allowance'), share: 0.9, align: 'right' },
      { head: both('长度 mm', 'Length'), share: 0.8, align: 'right' },
      { head: both('吃势 mm', 'Ease'), share: 0.8, align: 'right' },
    ],
    rows,
    7.5,
    24,
  )
  noteBelow(
    pages,
    y,
    '取自基码纸样：缝份为裁边至净缝线的距离（最宽处），吃势为前者比后者长出的量。 From the pattern of the base size: the allowance is what is cut beyond the sew line (the widest of its pieces), ease is how much longer the first side is than the second.',
    'lines',
  )
}

/** Every step in order, with machine, length and minutes; a column of minutes is what a line is balanced by. */
export function operationPages(pages: Pages): void {
  const { operations } = pages.brief.techPack
  if (!operations) return
  const rows = operations.rows.map((row): Cell[] => [
    { strong: String(row.n) },
    PHASES[row.phase],
    row.name,
    row.machine,
    row.stitch ?? '–',
    row.seam ?? '–',
    row.mm ? figure(row.mm / 10) : '–',
    { strong: row.minutes.toFixed(2) },
    row.note ?? '–',
  ])
  const y = tableSection(
    pages,
    OPERATIONS,
    [
      NUMBER,
      { head: both('阶段', 'Phase'), share: 1.1 },
      { head: both('工序', 'Operation'), share: 3.6 },
      { head: both('设备', 'Machine'), share: 2.4 },
      STITCH,
      SEAM,
      { head: both('长度 cm', 'Length'), share: 0.8, align: 'right' },
      { head: both('工时 分', 'Minutes'), share: 0.8, align: 'right' },
      { head: both('备注', 'Note'), share: 3 },
    ],
    rows,
    7.5,
    24,
  )
  noteBelow(
    pages,
    y,
    `合计 ${operations.minutes.toFixed(1)} 分 · ${operations.minutes.toFixed(1)} minutes in all · 基码，含 20% 宽放，为本公司估算，供排线参考 base size, 20 % allowance, our estimate, for line planning`,
  )
}

export function constructionPages(pages: Pages): void {
  const { brief, sheet } = pages
  const shown = new Map(brief.techPack.flats.callouts.map(({ n, operation }) => [operation, n]))
  const rows = brief.techPack.construction.map((row): Cell[] => [
    { strong: String(row.n) },
    row.operation,
    shown.has(row.n) ? String(shown.get(row.n)) : '–',
    { strong: row.stitch },
    row.stitchName,
    row.seam === '-' ? '–' : row.seam,
    row.stitchesPerCm ? figure(row.stitchesPerCm) : '–',
    row.stitchesPerCm ? perInch(row.stitchesPerCm) : '–',
    row.allowanceMm ? figure(row.allowanceMm) : '–',
    row.finish,
  ])
  const y = tableSection(
    pages,
    CONSTRUCTION,
    [
      { head: both('', ''), share: 0.4, align: 'center' },
      { head: both('工序', 'Operation'), share: 3 },
      { head: both('图号', 'On flat'), share: 0.8, align: 'center' },
      { head: both('线迹', 'ISO 4915'), share: 0.9 },
      { head: both('线迹名称', 'Stitch'), share: 2 },
      { head: both('缝型', 'ISO 4916'), share: 1 },
      { head: both('针/cm', 'Per cm'), share: 0.8, align: 'right' },
      { head: both('针/英寸', 'SPI'), share: 0.8, align: 'right' },
      { head: both('缝份 mm', 'Allowance'), share: 1, align: 'center' },
      { head: both('整理要求', 'Finish'), share: 3.6 },
    ],
    rows,
    8.5,
    70,
  )
  const general = [
    both(
      '针距允许偏差 ±10%；起落针回针 3 针；断线须重叠 10 mm 接缝。',
      'Density ±10 %; back-tack 3 stitches; broken thread is overlapped by 10 mm.',
    ),
    both(
      '用针：梭织 75/11–90/14 圆头；针织 75/11 球头。缝纫线与面料同色，色牢度不低于 4 级。',
      'Needles: 75/11–90/14 round for wovens, 75/11 ball point for knits. Thread matches the cloth, fastness grade 4 or better.',
    ),
    both('全部成衣过检针机，断针登记归档。', 'Every garment through the needle detector; broken needles are recorded.'),
  ]
  let at = Math.min(y + 12, PAGE.bottom - 66)
  for (const words of general) {
    sheet.doc.circle(PAGE.left + 3, at + 5.5, 1.6).fill(ACCENT)
    const zh = sheet.text(words.zh, PAGE.left + 12, at, { size: 8, width: WIDTH - 12 })
    at += zh + sheet.text(words.en, PAGE.left + 12, at + zh, { size: 7.2, width: WIDTH - 12, colour: SOFT }) + 3
  }
}
