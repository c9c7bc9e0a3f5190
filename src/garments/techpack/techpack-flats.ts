/** Section 2: front and back, each with numbered leaders to the places its construction callouts speak of. */
import type { Brief } from './brief-schema.ts'
import { RISE, placeLeaders } from './callout-layout.ts'
import type { LabelField, Leader, Pin } from './callout-layout.ts'
import type { PlacedCallout } from './callouts.ts'
import { ACCENT, SOFT } from './pdf.ts'
import type { Sheet } from './pdf.ts'
import { drawSvg, viewBoxOf } from './svg-to-pdf.ts'
import type { Pictures } from './techpack-front.ts'
import { PAGE, WIDTH, both, heading, picture } from './techpack-page.ts'
import type { Pages, Section } from './techpack-page.ts'

type Callout = Brief['techPack']['flats']['callouts'][number]
interface Box {
  x: number
  y: number
  width: number
  height: number
}

const FLATS: Section = { n: 2, title: both('款式图', 'Flats') }
const VIEWS = { front: both('正面', 'Front'), back: both('背面', 'Back'), inside: both('里面', 'Inside') }
const RADIUS = 7.5
/** Between a number and its words, and between the drawing's box and the numbers. */
const SPACE = 5
const FAN = 8
const NARROW = 160
const WIDE = 210
/** Chinese size; English is set a little smaller. The last is the least that is still read at arm's length. */
const SIZES = [9, 8.5, 8, 7.5]
const english = (size: number): number => size * 0.88

/** A figure stays on one line with its unit. */
const kept = (words: string): string => words.replace(/(\d) (?=[a-z针])|(?<=工序|operation) (?=\d)/g, '$1\u00a0')

function wordsHeight(sheet: Sheet, { words }: Callout, width: number, size: number): number {
  return (
    sheet.height(kept(words.zh), { size, width }) + sheet.height(kept(words.en), { size: english(size), width }) + 1
  )
}

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

function sayWords(sheet: Sheet, { words }: Callout, box: Omit<Box, 'height'>, size: number, right = false): void {
  const say = (said: string, y: number, em: number, colour?: string): number => {
    const width = balanced(sheet, said, box.width, em)
    const x = right ? box.x + box.width - width : box.x
    return sheet.text(said, x, y, { size: em, width, align: right ? 'right' : 'left', ...(colour ? { colour } : {}) })
  }
  const zh = say(kept(words.zh), box.y, size)
  say(kept(words.en), box.y + zh + 1, english(size), SOFT)
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
  svg: string,
  callouts: readonly Callout[],
  spots: readonly PlacedCallout[],
  box: Box,
): void {
  const margin = NARROW + SPACE + 2 * RADIUS + FAN
  const place = drawSvg(sheet, svg, {
    x: box.x + margin,
    y: box.y,
    width: box.width - 2 * margin,
    height: box.height,
  })
  const [vx, vy] = viewBoxOf(svg)
  const onPage = ({ x, y }: { x: number; y: number }) => ({
    x: place.x + (x - vx) * place.scale,
    y: place.y + (y - vy) * place.scale,
  })
  const left = place.x - FAN - RADIUS
  const right = place.x + place.width + FAN + RADIUS
  const width = Math.min(WIDE, left - RADIUS - SPACE - box.x)
  const field: LabelField = {
    left,
    right,
    centre: onPage({ x: 0, y: 0 }).x,
    top: box.y,
    bottom: box.y + box.height,
  }
  const said = new Map(callouts.map((callout) => [callout.n, callout]))
  const laid = (size: number): Leader[] =>
    placeLeaders(
      field,
      spots.flatMap(({ n, at, twin }): Pin[] => {
        const callout = said.get(n)
        if (!callout) return []
        const height = wordsHeight(sheet, callout, width, size)
        return [{ n, at: onPage(at), height, ...(twin ? { twin: onPage(twin) } : {}) }]
      }),
    )
  const fits = (leaders: readonly Leader[], size: number): boolean =>
    leaders.every(({ n, label }) => {
      const callout = said.get(n)
      return !callout || label.y - RISE + wordsHeight(sheet, callout, width, size) <= field.bottom + 1
    })
  const size = SIZES.find((each) => fits(laid(each), each)) ?? SIZES.at(-1)!
  const leaders = laid(size)
  for (const each of leaders) leader(sheet, each)
  for (const { n, side, label } of leaders) {
    const callout = said.get(n)
    if (!callout) continue
    number(sheet, n, label.x, label.y)
    const x = side === 'left' ? label.x - RADIUS - SPACE - width : label.x + RADIUS + SPACE
    sayWords(sheet, callout, { x, y: label.y - RISE, width }, size, side === 'left')
  }
}

const COLUMNS = 3
const COLUMN = WIDTH / COLUMNS
const inColumn = COLUMN - 2 * RADIUS - SPACE - 14

/** Height of the list of callouts without a place on a drawing, its heading included. */
function listHeight(sheet: Sheet, callouts: readonly Callout[]): number {
  let tall = callouts.length ? 18 : 0
  for (let i = 0; i < callouts.length; i += COLUMNS)
    tall += Math.max(...callouts.slice(i, i + COLUMNS).map((each) => wordsHeight(sheet, each, inColumn, 8))) + 6
  return tall
}

function list(sheet: Sheet, callouts: readonly Callout[], top: number): void {
  let y = heading(sheet, both('图上不可见的部位', 'Not visible on the drawings'), PAGE.left, top) + 2
  for (let i = 0; i < callouts.length; i += COLUMNS) {
    const row = callouts.slice(i, i + COLUMNS)
    for (const [column, callout] of row.entries()) {
      const x = PAGE.left + column * COLUMN
      number(sheet, callout.n, x + RADIUS, y + RISE)
      sayWords(sheet, callout, { x: x + 2 * RADIUS + SPACE, y, width: inColumn }, 8)
    }
    y += Math.max(...row.map((each) => wordsHeight(sheet, each, inColumn, 8))) + 6
  }
}

const STRIP = 92
/** Between the drawing's words and what stands below them. */
const CLEAR = 14

/**
 * Two pages, so that a drawing is large enough to sew from and its words large enough to read: the front with the
 * pictures below it, the back with the list of what no drawing shows. Both flats have the same box, hence one scale.
 * @param placed where callouts point; those that are not in it are listed
 */
export function flatsPages(
  pages: Pages,
  flats: { front: string; back: string },
  placed: readonly PlacedCallout[],
  pictures: Pictures,
): void {
  const { sheet, brief } = pages
  const { callouts } = brief.techPack.flats
  const hidden = callouts.filter(({ n }) => !placed.some((spot) => spot.n === n))
  const shots = [pictures.back, ...(pictures.details ?? [])].filter((shot) => shot !== undefined).slice(0, 6)
  const below = Math.max(shots.length ? STRIP : 0, listHeight(sheet, hidden))
  for (const view of ['front', 'back'] as const) {
    const top = pages.open(FLATS, view === 'back')
    sheet.text(`${VIEWS[view].zh} ${VIEWS[view].en}`, PAGE.width / 2, top - 24, {
      size: 11,
      weight: 'bold',
      align: 'center',
    })
    const height = PAGE.bottom - top - (below ? below + CLEAR : 0)
    flatWithLeaders(
      sheet,
      flats[view],
      callouts,
      placed.filter((spot) => spot.view === view),
      { x: PAGE.left, y: top, width: WIDTH, height },
    )
    const y = top + height + CLEAR
    if (view === 'back' && hidden.length) list(sheet, hidden, y)
    if (view === 'front')
      for (const [i, shot] of shots.entries())
        picture(sheet, shot, { x: PAGE.left + i * 130, y, width: 122, height: STRIP - 4 })
  }
}
