/** Section 2: front and back, each with numbered leaders to the places its construction callouts speak of. */
import type { Localized } from '../../core/values.ts'
import type { Drawing } from '../linework/drawing.ts'
import type { Brief } from './brief-schema/index.ts'
import { RISE } from './callout-layout.ts'
import type { Leader } from './callout-layout.ts'
import type { PlacedCallout } from './callouts.ts'
import { belowOf, englishSize, kept, LIST, planFlats, RADIUS, rowHeight, SPACE, STRIP, stripOf } from './flat-plan.ts'
import type { Box, ViewPlan } from './flat-plan.ts'
import { ACCENT, SOFT } from './pdf.ts'
import type { Sheet } from './pdf.ts'
import { drawOn } from './pdf-pen.ts'
import type { Pictures } from './techpack-front.ts'
import { PAGE, both, heading, picture } from './techpack-page.ts'
import type { Pages, Section } from './techpack-page.ts'

type Callout = Brief['techPack']['flats']['callouts'][number]
/** A callout of the brief and the place it is led to. */
export type NumberedSpot = PlacedCallout & Pick<Callout, 'n'>

const FLATS: Section = { n: 2, title: both('款式图', 'Flats') }
const VIEWS = { front: both('正面', 'Front'), back: both('背面', 'Back') }

function number(sheet: Sheet, n: number, x: number, y: number): void {
  sheet.doc.circle(x, y, RADIUS).lineWidth(0.8).fillAndStroke('#ffffff', ACCENT)
  sheet.text(String(n), x, y - 6, { size: 8.5, weight: 'bold', align: 'center', colour: ACCENT })
}

/** The least width that takes no further line: no single character is left on the last one. */
function balanced(sheet: Sheet, words: string, width: number, size: number): number {
  const tall = sheet.height(words, { size, width })
  if (tall < size * 2) return width
  let [low, high] = [width / 2, width]
  while (high - low > 4) {
    const half = (low + high) / 2
    if (sheet.height(words, { size, width: half }) > tall) low = half
    else high = half
  }
  return high
}

function sayWords(sheet: Sheet, words: Localized, box: Omit<Box, 'height'>, size: number, right = false): void {
  const say = (said: string, y: number, em: number, colour?: string): number => {
    const width = balanced(sheet, said, box.width, em)
    const x = right ? box.x + box.width - width : box.x
    return sheet.text(said, x, y, { size: em, width, align: right ? 'right' : 'left', ...(colour ? { colour } : {}) })
  }
  const zh = say(kept(words.zh), box.y, size)
  say(kept(words.en), box.y + zh + 1, englishSize(size), SOFT)
}

/** A thin line with a light rim, so that it reads over the drawing's own lines, and a dot where it ends. */
function leader(sheet: Sheet, { label, at }: Leader): void {
  const { doc } = sheet
  const length = Math.hypot(at.x - label.x, at.y - label.y) || 1
  const from = {
    x: label.x + ((at.x - label.x) / length) * RADIUS,
    y: label.y + ((at.y - label.y) / length) * RADIUS,
  }
  for (const [width, colour] of [
    [2, '#ffffff'],
    [0.7, ACCENT],
  ] as const)
    doc.moveTo(from.x, from.y).lineTo(at.x, at.y).lineWidth(width).stroke(colour)
  doc.circle(at.x, at.y, 1.9).lineWidth(0.6).fillAndStroke(ACCENT, '#ffffff')
}

/** The drawing in the middle of the box, numbers at its margins, words outside the numbers. */
function flatWithLeaders(
  sheet: Sheet,
  flat: Drawing,
  { drawing, leaders, size, width }: ViewPlan,
  callouts: ReadonlyMap<string, Callout>,
): void {
  drawOn(sheet, flat, drawing)
  for (const each of leaders) leader(sheet, each)
  for (const { key, side, label } of leaders) {
    const { n, words } = callouts.get(key)!
    number(sheet, n, label.x, label.y)
    const x = side === 'left' ? label.x - RADIUS - SPACE - width : label.x + RADIUS + SPACE
    sayWords(sheet, words, { x, y: label.y - RISE, width }, size, side === 'left')
  }
}

function list(sheet: Sheet, callouts: readonly Callout[], top: number): void {
  let y = heading(sheet, both('图上不可见的部位', 'Not visible on the drawings'), PAGE.left, top) + 2
  for (let i = 0; i < callouts.length; i += LIST.columns) {
    const row = callouts.slice(i, i + LIST.columns)
    for (const [column, { n, words }] of row.entries()) {
      const x = PAGE.left + column * LIST.column
      number(sheet, n, x + RADIUS, y + RISE)
      sayWords(sheet, words, { x: x + 2 * RADIUS + SPACE, y, width: LIST.words }, LIST.size)
    }
    y += rowHeight(
      sheet,
      row.map(({ words }) => words),
    )
  }
}

/**
 * Front and back with what is said of them, as {@link planFlats} lays them out.
 * @param placed where callouts point; those that are not in it are listed
 */
export function flatsPages(
  pages: Pages,
  flats: { front: Drawing; back: Drawing },
  placed: readonly NumberedSpot[],
  pictures: Pictures,
): void {
  const { sheet, brief } = pages
  const { callouts } = brief.techPack.flats
  const spots = new Map(placed.map((spot) => [spot.n, spot]))
  const led = callouts.flatMap((callout) => {
    const spot = spots.get(callout.n)
    return spot ? [{ ...spot, key: spot.feature, words: callout.words, callout }] : []
  })
  const hidden = callouts.filter(({ n }) => !spots.has(n))
  const said = new Map(led.map(({ key, callout }) => [key as string, callout]))
  const plan = planFlats(
    sheet,
    flats,
    led,
    hidden.map(({ words }) => words),
    pictures,
  )
  for (const view of ['front', 'back'] as const) {
    const top = pages.open(FLATS, view === 'back')
    sheet.text(`${VIEWS[view].zh} ${VIEWS[view].en}`, PAGE.width / 2, top - 24, {
      size: 11,
      weight: 'bold',
      align: 'center',
    })
    flatWithLeaders(sheet, flats[view], plan[view], said)
    const y = belowOf(plan[view])
    if (view === 'back' && hidden.length) list(sheet, hidden, y)
    if (view === 'front')
      for (const [i, shot] of stripOf(pictures).entries())
        picture(sheet, shot, { x: PAGE.left + i * 130, y, width: 122, height: STRIP - 4 })
  }
}
