/** Sections 1 and 3: cover, colourways. */
import { CATEGORY_NAMES } from '../categories/index.ts'
import { isDark } from './colour.ts'
import { ACCENT, INK, RULE, SOFT, table } from './pdf.ts'
import type { Cell, Column } from './pdf.ts'
import { PAGE, WIDTH, both, facts, heading, money, picture } from './techpack-page.ts'
import type { Pages, Section } from './techpack-page.ts'
import { GENDER_WORDS, SEASON_WORDS } from './words.ts'

export interface Pictures {
  /** PNG or JPEG, of the first colourway. */
  front?: Uint8Array
  back?: Uint8Array
  details?: readonly Uint8Array[]
  /** The front in the other colourways, by id. */
  colourways?: Readonly<Record<string, Uint8Array>>
}

const COVER: Section = { n: 1, title: both('封面', 'Cover') }
/** Height of a coloured part: its name, its values, its codes. */
const PART = 34
const COLOURWAYS: Section = { n: 3, title: both('配色', 'Colourways') }

/** Units by size (columns) and colourway (rows) with totals both ways. */
export function quantityTable(pages: Pages, box: { x: number; y: number; width: number; bottom: number }): number {
  const { brief, sheet } = pages
  const sizes = brief.style.sizes.list
  const units = (size: string | undefined, way: string | undefined): number =>
    brief.order.quantities
      .filter((line) => (size === undefined || line.size === size) && (way === undefined || line.colourway === way))
      .reduce((sum, line) => sum + line.units, 0)
  const say = (n: number): string => (n ? String(n) : '–')
  const columns: Column[] = [
    { head: both('配色', 'Colourway'), share: 2.2 },
    ...sizes.map((size): Column => ({ head: both(size, size), share: 1, align: 'right' })),
    { head: both('合计', 'Total'), share: 1.1, align: 'right' },
  ]
  const rows: Cell[][] = brief.techPack.colourways
    .filter((way) => units(undefined, way.id))
    .map((way): Cell[] => [
      way.name,
      ...sizes.map((size) => say(units(size, way.id))),
      { strong: String(units(undefined, way.id)) },
    ])
  rows.push([
    { strong: '合计 Total' },
    ...sizes.map((size): Cell => ({ strong: say(units(size, undefined)) })),
    { strong: String(brief.order.totalUnits) },
  ])
  return table(sheet, columns, rows, box, { size: 8.5 })
}

export function coverPage(pages: Pages, pictures: Pictures, unprintable: readonly string[]): void {
  const { sheet, brief } = pages
  const { doc } = sheet
  const { order, style, techPack } = brief
  const top = pages.open(COVER)
  const left = { x: PAGE.left, width: 292 }
  picture(sheet, pictures.front, { x: left.x, y: top, width: left.width, height: 372 })
  let y = top + 382
  const ways = techPack.colourways
  const wide = Math.min(92, left.width / Math.max(1, Math.min(3, ways.length)))
  for (const [i, way] of ways.slice(0, 6).entries()) {
    const x = left.x + (i % 3) * wide
    const row = y + Math.floor(i / 3) * 40
    const shell = way.parts[0]?.hex ?? '#ffffff'
    doc.rect(x, row, 26, 26).fillAndStroke(shell, RULE)
    sheet.text(way.name.zh, x + 31, row + 1, { size: 8, width: wide - 33 })
    sheet.text(way.name.en, x + 31, row + 13, { size: 7, colour: SOFT, width: wide - 33 })
  }

  const x = PAGE.left + left.width + 24
  const width = PAGE.right - x
  sheet.text(style.number, x, top - 6, { size: 24, weight: 'bold' })
  sheet.text(style.names.zh, x, top + 26, { size: 13, weight: 'bold', width })
  sheet.text(style.names.en, x, top + 44, { size: 10, colour: SOFT, width })
  const story = sheet.text(`${techPack.cover.story.zh} ${techPack.cover.story.en}`, x, top + 61, { size: 8, width })
  y = top + 61 + story + 8
  doc.moveTo(x, y).lineTo(PAGE.right, y).lineWidth(0.5).stroke(RULE)
  const to = order.shipTo
  y = facts(
    sheet,
    [
      [both('最迟发货', 'Ship by'), order.shipBy, true],
      [both('总件数', 'Units'), String(order.totalUnits), true],
      [
        order.price.basis === 'cmt'
          ? both('加工费报价（件）', 'CMT offered, each')
          : both('包工包料报价（件）', 'Full package, each'),
        money(order.price.unit, order.currency),
        true,
      ],
      [both('报价总额', 'Total as offered'), money(order.price.total, order.currency), true],
      [both('订单号', 'Order'), `${order.number} · 批次 lot ${order.lot}`],
      [
        both('品类', 'Category'),
        `${GENDER_WORDS[style.gender].zh}${CATEGORY_NAMES[style.category].zh} ${GENDER_WORDS[style.gender].en}'s ${CATEGORY_NAMES[style.category].en.toLowerCase()}`,
      ],
      [both('季节', 'Season'), `${SEASON_WORDS[style.season].zh} ${SEASON_WORDS[style.season].en}`],
    ],
    { x, y: y + 8, width },
    4,
  )
  const address = [
    to.name,
    to.contact,
    to.phone,
    ...to.lines,
    [to.postalCode, to.city, to.region].filter(Boolean).join(' '),
    to.country,
  ]
    .filter(Boolean)
    .join('，')
  y = facts(sheet, [[both('收货地址', 'Ship to'), address]], { x, y, width }, 1)
  y = quantityTable(pages, { x, y: y + 2, width, bottom: 480 }) + 10
  const hash = style.hash.sent
  sheet.text('版本哈希 Style hash（审批 = 销售 = 下发 approved = sold = sent）', x, y, { size: 7, colour: SOFT })
  sheet.text(hash, x, y + 10, { size: 8, width })
  y = heading(sheet, both('修订记录', 'Revision log'), x, y + 28)
  table(
    sheet,
    [
      { head: both('版次', 'Rev.'), share: 0.7 },
      { head: both('日期', 'Date'), share: 1.3 },
      { head: both('修订人', 'By'), share: 1.5 },
      { head: both('内容', 'Change'), share: 5 },
    ],
    techPack.cover.revisions.slice(-4).map((row) => [String(row.revision), row.date, row.by, row.change]),
    { x, y, width, bottom: PAGE.bottom },
    { size: 8 },
  )
  if (unprintable.length)
    sheet.text(
      `字库缺字 characters printed otherwise: ${unprintable.join(' ')} – 以 brief.json 为准 see brief.json`,
      PAGE.left,
      PAGE.bottom - 9,
      {
        size: 7,
        colour: ACCENT,
      },
    )
}

export function colourwaysPage(pages: Pages, pictures: Pictures): void {
  const { sheet, brief } = pages
  const { doc } = sheet
  const ways = brief.techPack.colourways
  const perRow = Math.min(4, Math.max(2, ways.length))
  const gap = 14
  const wide = (WIDTH - gap * (perRow - 1)) / perRow
  const lines = Math.max(...ways.map((way) => way.parts.length))
  // One row of colourways has the height of the page to itself.
  const shown = ways.length <= perRow ? Math.max(104, Math.min(250, PAGE.bottom - 150 - lines * PART - 40)) : 104
  const tall = shown + 46 + lines * PART
  let y = 0
  for (const [i, way] of ways.entries()) {
    const column = i % perRow
    if (column === 0) {
      const next = y + tall + gap
      y = i > 0 && next <= PAGE.bottom - tall ? next : pages.open(COLOURWAYS, i > 0)
    }
    const x = PAGE.left + column * (wide + gap)
    const shot = pictures.colourways?.[way.id] ?? (i === 0 ? pictures.front : undefined)
    const shell = way.parts[0]?.hex ?? '#ffffff'
    if (shot) picture(sheet, shot, { x, y, width: wide, height: shown })
    else {
      doc.rect(x, y, wide, shown).fillAndStroke(shell, RULE)
      sheet.text(shell.toUpperCase(), x + wide - 8, y + shown - 16, {
        size: 8,
        align: 'right',
        colour: isDark(shell) ? '#ffffff' : INK,
      })
    }
    sheet.text(way.name.zh, x, y + shown + 6, { size: 11, weight: 'bold' })
    sheet.text(`${way.name.en} · ${way.id}`, x, y + shown + 21, { size: 8, colour: SOFT })
    for (const [n, part] of way.parts.entries()) {
      const at = y + shown + 38 + n * PART
      doc.rect(x, at, 30, 25).fillAndStroke(part.hex, RULE)
      sheet.text(`${part.name.zh} ${part.name.en}`, x + 37, at - 1, { size: 8 })
      sheet.text(
        `${part.hex.toUpperCase()}   L* ${part.lab[0]}  a* ${part.lab[1]}  b* ${part.lab[2]}`,
        x + 37,
        at + 9.5,
        { size: 7, colour: SOFT },
      )
      if (part.munsell)
        sheet.text(
          `Munsell ${part.munsell.notation} (ΔE ${part.munsell.deltaE})   本厂色号 house code: ${part.houseCode ?? '____________'}`,
          x + 37,
          at + 18,
          { size: 7, colour: SOFT },
        )
    }
  }
  sheet.text(
    '颜色值为 sRGB 与 CIELAB（D65/2°）。大货前须寄色样（lab dip）确认，色差 ΔE*ab ≤ 1.5。  sRGB and CIELAB (D65/2°); lab dips to be approved before bulk, ΔE*ab ≤ 1.5.',
    PAGE.left,
    PAGE.bottom - 10,
    { size: 7.5, colour: SOFT, width: WIDTH },
  )
}
