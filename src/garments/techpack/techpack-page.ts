/** The frame of every tech pack page: A4 landscape, head with style, revision and hash, page numbers. */
import type { Currency, Localized } from '../../core/values.ts'
import { formatMoney } from '../../core/values.ts'
import type { Brief } from './brief-schema/index.ts'
import { ACCENT, INK, RULE, SOFT } from './pdf.ts'
import type { Sheet } from './pdf.ts'

export const PAGE = { width: 841.89, height: 595.28, left: 34, right: 807.89, top: 62, bottom: 562 }
export const WIDTH = PAGE.right - PAGE.left
/** Height of a section's head, and y of the first free line below one at the top of a page. */
const HEAD = 28
export const FIRST_LINE = PAGE.top + HEAD

export const both = (zh: string, en: string): Localized => ({ zh, en })

export interface Section {
  /** Number among the twelve sections; 0 for an appendix. */
  n: number
  title: Localized
}

export interface Pages {
  sheet: Sheet
  brief: Brief
  /** A new page of a section; returns y of the first free line. */
  open: (section: Section, more?: boolean) => number
  /** A further section on the page that is open, below y; returns y of its first free line. */
  below: (section: Section, y: number) => number
  /** Write page numbers on all pages and close the file. */
  close: () => Promise<Buffer>
}

export const money = (amount: number, currency: Currency): string => formatMoney(amount, currency, 'zh')

export function pagesOf(sheet: Sheet, brief: Brief): Pages {
  const { doc } = sheet
  const cover = brief.techPack.cover
  const titles: Section[][] = []
  const head = (section: Section, y: number, more = false): number => {
    if (section.n) {
      doc.circle(PAGE.left + 9, y + 10, 9).fill(ACCENT)
      sheet.text(String(section.n), PAGE.left + 9, y + 3, {
        size: 10,
        weight: 'bold',
        align: 'center',
        colour: '#ffffff',
      })
    }
    const title = `${section.title.zh}  ${section.title.en}${more ? '（续 continued）' : ''}`
    sheet.text(title, PAGE.left + (section.n ? 25 : 0), y, { size: 13, weight: 'bold' })
    return y + HEAD
  }
  const open: Pages['open'] = (section, more = false) => {
    doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
    titles.push([section])
    sheet.text(cover.brand, PAGE.left, 18, { size: 9, weight: 'bold', colour: ACCENT })
    sheet.text('工艺单 Tech pack', PAGE.left, 31, { size: 8, colour: SOFT })
    sheet.text(brief.style.number, PAGE.left + 116, 15, { size: 13, weight: 'bold' })
    sheet.text(`${brief.style.names.zh}  ${brief.style.names.en}`, PAGE.left + 116, 32, { size: 8, width: 330 })
    const facts: [string, string][] = [
      ['订单 Order', brief.order.number],
      ['批次 Lot', String(brief.order.lot)],
      ['版次 Rev.', String(cover.revision)],
      ['哈希 Hash', brief.style.hash.sent.slice(0, 12)],
    ]
    let x = PAGE.right
    for (const [label, value] of facts.toReversed()) {
      const wide = Math.max(sheet.width(label, { size: 7 }), sheet.width(value, { size: 9, weight: 'bold' }))
      x -= wide
      sheet.text(label, x, 17, { size: 7, colour: SOFT })
      sheet.text(value, x, 29, { size: 9, weight: 'bold' })
      x -= 18
    }
    doc.moveTo(PAGE.left, 49).lineTo(PAGE.right, 49).lineWidth(1).stroke(INK)
    return head(section, PAGE.top, more)
  }
  return {
    sheet,
    brief,
    open,
    below: (section, y) => {
      titles.at(-1)?.push(section)
      return head(section, y)
    },
    close: async () => {
      for (const [i, sections] of titles.entries()) {
        doc.switchToPage(i)
        doc.moveTo(PAGE.left, 570).lineTo(PAGE.right, 570).lineWidth(0.5).stroke(RULE)
        const names = sections.map(({ n, title }) => `${n ? `${n} ` : ''}${title.zh} ${title.en}`)
        sheet.text(names.join(' · '), PAGE.left, 575, { size: 7, colour: SOFT })
        sheet.text(`签发 issued ${brief.issuedAt.slice(0, 10)} · ${brief.id}`, PAGE.width / 2, 575, {
          size: 7,
          colour: SOFT,
          align: 'center',
        })
        sheet.text(`${i + 1} / ${titles.length}`, PAGE.right, 575, { size: 8, weight: 'bold', align: 'right' })
      }
      return await sheet.end()
    },
  }
}

/** Label above, value below, in columns; returns y below. */
export function facts(
  sheet: Sheet,
  entries: readonly (readonly [label: Localized, value: string, strong?: boolean])[],
  box: { x: number; y: number; width: number },
  columns: number,
): number {
  const wide = box.width / columns
  let y = box.y
  for (let i = 0; i < entries.length; i += columns) {
    const row = entries.slice(i, i + columns)
    let tall = 0
    // A label that runs over two lines moves every value of its row down.
    const label = ([{ zh, en }]: (typeof row)[number]): string => `${zh} ${en}`
    const down = Math.max(...row.map((entry) => sheet.height(label(entry), { size: 7, width: wide - 8 }))) + 1
    for (const [n, entry] of row.entries()) {
      const [, value, strong] = entry
      const x = box.x + n * wide
      sheet.text(label(entry), x, y, { size: 7, colour: SOFT, width: wide - 8 })
      const used = sheet.text(value, x, y + down, {
        size: strong ? 11 : 9,
        weight: 'bold',
        width: wide - 8,
        colour: strong ? ACCENT : INK,
      })
      tall = Math.max(tall, used + down)
    }
    y += tall + 7
  }
  return y
}

/** A small heading inside a page. */
export function heading(sheet: Sheet, words: Localized, x: number, y: number): number {
  sheet.text(`${words.zh}  ${words.en}`, x, y, { size: 9.5, weight: 'bold' })
  return y + 16
}

/** A picture (PNG or JPEG) or a grey field that says there is none, inside a frame. */
export function picture(
  sheet: Sheet,
  bytes: Uint8Array | undefined,
  box: { x: number; y: number; width: number; height: number },
): void {
  const { doc } = sheet
  if (bytes)
    doc.image(Buffer.from(bytes), box.x, box.y, { fit: [box.width, box.height], align: 'center', valign: 'center' })
  else {
    doc.rect(box.x, box.y, box.width, box.height).fill('#f3f4f6')
    sheet.text('无图片 no picture', box.x + box.width / 2, box.y + box.height / 2 - 6, {
      size: 8,
      align: 'center',
      colour: SOFT,
    })
  }
  doc.rect(box.x, box.y, box.width, box.height).lineWidth(0.5).stroke(RULE)
}
