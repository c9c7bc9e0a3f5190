/**
 * How the two pages of flats are laid out, worked out before anything is drawn: the callouts are numbered as their
 * numbers stand on the page, and the brief, which carries the numbers, is written before its pages.
 */
import type { Localized } from '../../core/values.ts'
import type { Spot } from '../flats/index.ts'
import type { Drawing } from '../linework/drawing.ts'
import type { StyleSpec } from '../types.ts'
import { RISE, placeLeaders } from './callout-layout.ts'
import type { LabelField, Leader } from './callout-layout.ts'
import { calloutsOf, placedCallouts } from './callouts.ts'
import type { FlatSpots, NumberedCallout } from './callouts.ts'
import { newSheet } from './pdf.ts'
import type { Sheet } from './pdf.ts'
import { placeDrawing } from './pdf-pen.ts'
import type { Pictures } from './techpack-front.ts'
import { FIRST_LINE, PAGE, WIDTH } from './techpack-page.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}
/** A callout with a place on a flat, in the flat's own units. */
export interface Led extends Spot {
  key: string
  view: 'front' | 'back'
  words: Localized
}
export interface ViewPlan {
  /** Where the drawing and the words beside it go, points. */
  box: Box
  /** The drawing alone, with room for its numbers. */
  drawing: Box
  /** Size of the Chinese words, points, and how wide a block of words may be. */
  size: number
  width: number
  /** In the order they are numbered. */
  leaders: readonly Leader[]
}
export interface FlatPlan {
  front: ViewPlan
  back: ViewPlan
}

/** Of a number's circle. */
export const RADIUS = 7.5
/** Between a number and its words, and between the drawing's box and the numbers. */
export const SPACE = 5
const FAN = 8
const NARROW = 160
const WIDE = 210
/** Chinese size; English is set a little smaller. The last is the least that is still read at arm's length. */
const SIZES = [9, 8.5, 8, 7.5]
export const englishSize = (size: number): number => size * 0.88

/** A figure stays on one line with its unit. */
export const kept = (words: string): string => words.replace(/(\d) (?=[a-z针])|(?<=工序|operation) (?=\d)/g, '$1\u00a0')

const wordsHeight = (sheet: Sheet, words: Localized, width: number, size: number): number =>
  sheet.height(kept(words.zh), { size, width }) + sheet.height(kept(words.en), { size: englishSize(size), width }) + 1

/** The list of callouts without a place on a drawing. */
export const LIST = {
  columns: 3,
  column: WIDTH / 3,
  words: WIDTH / 3 - 2 * RADIUS - SPACE - 14,
  size: 8,
  gap: 6,
  head: 18,
}
export const rowHeight = (sheet: Sheet, row: readonly Localized[]): number =>
  Math.max(...row.map((words) => wordsHeight(sheet, words, LIST.words, LIST.size))) + LIST.gap

function listHeight(sheet: Sheet, hidden: readonly Localized[]): number {
  let tall = hidden.length ? LIST.head : 0
  for (let i = 0; i < hidden.length; i += LIST.columns) tall += rowHeight(sheet, hidden.slice(i, i + LIST.columns))
  return tall
}

/** Height of the strip of pictures below the front. */
export const STRIP = 92
/** Between the drawing's words and what stands below them. */
const CLEAR = 14
/** The pictures that are shown below the front flat. */
export const stripOf = (pictures: Pictures): Uint8Array[] =>
  [pictures.back, ...(pictures.details ?? [])].filter((shot) => shot !== undefined).slice(0, 6)

function viewPlan(sheet: Sheet, flat: Drawing, led: readonly Led[], box: Box): ViewPlan {
  const margin = NARROW + SPACE + 2 * RADIUS + FAN
  const drawing = { x: box.x + margin, y: box.y, width: box.width - 2 * margin, height: box.height }
  const place = placeDrawing(flat, drawing)
  const [vx, vy] = flat.box
  const onPage = ({ x, y }: { x: number; y: number }) => ({
    x: place.x + (x - vx) * place.scale,
    y: place.y + (y - vy) * place.scale,
  })
  const left = place.x - FAN - RADIUS
  const field: LabelField = {
    left,
    right: place.x + place.width + FAN + RADIUS,
    centre: onPage({ x: 0, y: 0 }).x,
    top: box.y,
    bottom: box.y + box.height,
  }
  const width = Math.min(WIDE, left - RADIUS - SPACE - box.x)
  const tall = new Map(
    SIZES.map((size) => [size, new Map(led.map(({ key, words }) => [key, wordsHeight(sheet, words, width, size)]))]),
  )
  const heightOf = (key: string, size: number): number => tall.get(size)?.get(key) ?? 0
  const laid = (size: number): Leader[] =>
    placeLeaders(
      field,
      led.map(({ key, at, twin }) => ({
        key,
        at: onPage(at),
        height: heightOf(key, size),
        ...(twin ? { twin: onPage(twin) } : {}),
      })),
    )
  const fits = (leaders: readonly Leader[], size: number): boolean =>
    leaders.every(({ key, label }) => label.y - RISE + heightOf(key, size) <= field.bottom + 1)
  let [size, leaders] = [SIZES[0]!, laid(SIZES[0]!)]
  for (const smaller of SIZES.slice(1)) if (!fits(leaders, size)) [size, leaders] = [smaller, laid(smaller)]
  return { box, drawing, size, width, leaders }
}

/**
 * Two pages, so that a drawing is large enough to sew from and its words large enough to read: the front with the
 * pictures below it, the back with the list of what no drawing shows. Both flats have the same box, hence one scale.
 */
export function planFlats(
  sheet: Sheet,
  flats: { front: Drawing; back: Drawing },
  led: readonly Led[],
  hidden: readonly Localized[],
  pictures: Pictures,
): FlatPlan {
  const below = Math.max(stripOf(pictures).length ? STRIP : 0, listHeight(sheet, hidden))
  const height = PAGE.bottom - FIRST_LINE - (below ? below + CLEAR : 0)
  const box = { x: PAGE.left, y: FIRST_LINE, width: WIDTH, height }
  const of = (view: 'front' | 'back'): ViewPlan =>
    viewPlan(
      sheet,
      flats[view],
      led.filter((each) => each.view === view),
      box,
    )
  return { front: of('front'), back: of('back') }
}
/** y of what stands below the drawings. */
export const belowOf = ({ box }: ViewPlan): number => box.y + box.height + CLEAR

/**
 * The callouts of a style with their numbers: down the left of the front flat, down its right, the same on the back, and
 * then what no drawing shows.
 * @param flats without spots nothing is led to its place, and all are numbered as they come
 * @throws Problem 422 where the category has no block
 */
export function numberedCallouts(
  spec: StyleSpec,
  flats: { front: Drawing; back: Drawing; spots?: FlatSpots },
  pictures: Pictures = {},
): NumberedCallout[] {
  const callouts = calloutsOf(spec)
  const words = new Map(callouts.map((callout) => [callout.feature as string, callout.words]))
  const placed = flats.spots ? placedCallouts(callouts, flats.spots) : []
  const led = placed.map((spot): Led => ({ ...spot, key: spot.feature, words: words.get(spot.feature)! }))
  const hidden = callouts.filter(({ feature }) => !led.some(({ key }) => key === feature))
  const plan = planFlats(
    // a sheet that only measures words
    newSheet('', new Date(0).toISOString()),
    flats,
    led,
    hidden.map((callout) => callout.words),
    pictures,
  )
  const order = [...plan.front.leaders, ...plan.back.leaders].map(({ key }) => key)
  return [...order.map((key) => callouts.find(({ feature }) => feature === key)!), ...hidden].map((callout, i) => ({
    n: i + 1,
    ...callout,
  }))
}
