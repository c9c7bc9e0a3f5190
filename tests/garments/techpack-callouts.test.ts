import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import type { Drawing } from '../../src/garments/linework/drawing.ts'
import { svgText } from '../../src/garments/linework/svg-pen.ts'
import { flatDrawing, flatWithSpots } from '../../src/garments/flats/index.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { packshotInput } from '../../src/garments/packshot/input.ts'
import { leadersCross, placeLeaders, RISE } from '../../src/garments/techpack/callout-layout.ts'
import type { LabelField, Leader, Pin } from '../../src/garments/techpack/callout-layout.ts'
import { calloutsOf, placedCallouts } from '../../src/garments/techpack/callouts.ts'
import type { FlatSpots, NumberedCallout, PlacedCallout } from '../../src/garments/techpack/callouts.ts'
import { constructionRows } from '../../src/garments/techpack/construction.ts'
import { flatsFor } from '../../src/garments/techpack/cutting.ts'
import { numberedCallouts, planFlats } from '../../src/garments/techpack/flat-plan.ts'
import { newSheet } from '../../src/garments/techpack/pdf.ts'
import { calloutsFor, documentFiles } from '../../src/garments/techpack/index.ts'
import { buildBrief } from '../../src/garments/techpack/brief.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
import type { Category, Gender, Point, StyleSpec } from '../../src/garments/types.ts'
import { techPackInput } from './support-draft.ts'

interface Drawn {
  name: string
  spec: StyleSpec
  callouts: NumberedCallout[]
  flats: { front: Drawing; back: Drawing }
  spots: FlatSpots
  placed: (NumberedCallout & PlacedCallout)[]
}
const VIEWS = ['front', 'back'] as const

function drawn(name: string, spec: StyleSpec): Drawn {
  const of = (view: 'front' | 'back') =>
    flatWithSpots(packshotInput(spec, { measures: {} }, spec.colourways[0]!.id, view), view)
  const [front, back] = [of('front'), of('back')]
  const spots = { front: front.spots, back: back.spots }
  const flats = { front: front.drawing, back: back.drawing }
  const callouts = numberedCallouts(spec, { ...flats, spots })
  return { name, spec, callouts, flats, spots, placed: placedCallouts(callouts, spots) }
}
/** The block's own choices, or of every slot the option after as many. */
function styleOf(category: Category, gender: Gender, turned = 0): StyleSpec {
  const spec = sampleSpec(category, gender, MATERIALS, {})
  const block = BLOCKS.find((each) => each.category === category && each.gender === gender)!
  const construction = Object.fromEntries(
    block.construction.map(({ slot, default: usual, options }) => {
      const at = options.findIndex(({ value }) => value === usual)
      return [slot, options[(at + turned) % options.length]!.value]
    }),
  )
  return { ...spec, construction }
}

let usual: Drawn[]
let all: Drawn[]
beforeAll(() => {
  // A drawing takes a tenth of a second, and women's are men's mirrored: each is drawn with choices of its own.
  const first = CATEGORIES.map((category) => BLOCKS.find((block) => block.category === category)!)
  usual = first.map(({ category, gender }) => drawn(`${category} ${gender}`, styleOf(category, gender)))
  const women = BLOCKS.filter(({ gender }) => gender === 'women')
  all = [
    ...usual,
    ...women.map(({ category, gender }) => drawn(`${category} ${gender} +1`, styleOf(category, gender, 1))),
    drawn('coat men +2', styleOf('coat', 'men', 2)),
  ]
})

const field: LabelField = { left: 200, right: 640, centre: 420, top: 90, bottom: 560 }
/** Leaders of one view, the flat drawn into the field as the page does it. */
function leadersOf({ flats, placed }: Drawn, view: 'front' | 'back', height = 44): Leader[] {
  const [x, y, w, h] = flats[view].box
  const scale = Math.min((field.right - field.left - 40) / w, (field.bottom - field.top) / h)
  const on = (p: Point): Point => ({
    x: field.centre + (p.x - x - w / 2) * scale,
    y: (field.top + field.bottom) / 2 + (p.y - y - h / 2) * scale,
  })
  const middle = on({ x: 0, y: 0 }).x
  const pins = placed
    .filter((spot) => spot.view === view)
    .map(({ feature, at, twin }): Pin => ({ key: feature, at: on(at), height, ...(twin ? { twin: on(twin) } : {}) }))
  return placeLeaders({ ...field, centre: middle }, pins)
}
const crossingsOf = (leaders: readonly Leader[]): [string, string][] =>
  leaders.flatMap((a, i) =>
    leaders.slice(i + 1).flatMap((b): [string, string][] => (leadersCross(a, b) ? [[a.key, b.key]] : [])),
  )
const column = (leaders: readonly Leader[], side: Leader['side']): number[] =>
  leaders.filter((each) => each.side === side).map(({ label }) => label.y)

/** The outlines a flat is made of, read from the drawing itself. */
const outlinesOf = (svg: string): Point[][] =>
  [...svg.matchAll(/<g data-part="[^"]*"><path d="([^"]*)Z"/g)].map(([, d]) => pointsOf(d ?? ''))
const pointsOf = (d: string): Point[] =>
  [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
function offCloth(outlines: readonly Point[][], p: Point): number {
  let nearest = Infinity
  for (const outline of outlines) {
    let within = false
    for (const [i, a] of outline.entries()) {
      const b = outline[(i + 1) % outline.length]!
      if (a.y > p.y !== b.y > p.y && p.x < a.x + ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y)) within = !within
      const l = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1
      const t = Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / l))
      nearest = Math.min(nearest, Math.hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y)))
    }
    if (within) return 0
  }
  return nearest
}

test('a seam that is on its part is drawn up to the part’s edge and no further', () => {
  for (const { name, flats } of usual)
    for (const view of VIEWS)
      for (const [, id, inner] of svgText(flats[view]).matchAll(/<g data-part="([^"]*)">(.*?)<\/g>/g)) {
        const [outline, ...lines] = [...(inner ?? '').matchAll(/<path d="([^"]*)"/g)].map(([, d]) => pointsOf(d ?? ''))
        const beside = (p: Point): number => offCloth([outline!], p)
        for (const line of lines.filter((each) => each.some((p) => beside(p) < 1)))
          for (const end of [line[0]!, line.at(-1)!]) expect(beside(end), `${name} ${view} ${id}`).toBeLessThan(2)
      }
})

describe('callouts of a style', () => {
  test('every category of men and women is there, and has at least four callouts led to their place', () => {
    for (const category of CATEGORIES) expect(usual.some(({ spec }) => spec.category === category)).toBe(true)
    for (const { category, gender } of BLOCKS)
      expect(all.some(({ spec }) => spec.category === category && spec.gender === gender)).toBe(true)
    for (const { name, placed } of all) expect(placed.length, name).toBeGreaterThanOrEqual(4)
  })

  test('numbers run from 1 without a gap, the front before the back, what no drawing shows last', () => {
    for (const { name, callouts, placed } of all) {
      expect(
        callouts.map(({ n }) => n),
        name,
      ).toEqual(callouts.map((_, i) => i + 1))
      const rank = ({ n, view }: NumberedCallout): number =>
        placed.some((spot) => spot.n === n) ? VIEWS.indexOf(view as 'front') : 2
      const ranks = callouts.map(rank)
      expect(ranks, name).toEqual(ranks.toSorted())
      expect(new Set(callouts.map(({ feature }) => feature)).size, name).toBe(callouts.length)
    }
  })

  test('on every page numbers run down the left column and then down the right', () => {
    for (const { name, callouts, flats, placed } of all) {
      const hidden = callouts.filter(({ n }) => !placed.some((spot) => spot.n === n)).map(({ words }) => words)
      const led = placed.map((spot) => ({ ...spot, key: spot.feature }))
      // as the page is drawn: from the numbered callouts, whatever order they come in
      const plan = planFlats(newSheet('', '2026-01-01T00:00:00Z'), flats, led.toReversed(), hidden, {})
      let last = 0
      for (const view of VIEWS)
        for (const side of ['left', 'right'] as const) {
          const column = plan[view].leaders.filter((leader) => leader.side === side)
          const downwards = column.toSorted((a, b) => a.label.y - b.label.y)
          for (const { key } of downwards) {
            const n = placed.find(({ feature }) => feature === key)!.n
            expect(n, `${name} ${view} ${side} ${key}`).toBe(last + 1)
            last = n
          }
        }
      expect(last, name).toBe(placed.length)
    }
  })

  test('an operation said beside a flat is the one of that number in the table of seams', () => {
    for (const { name, spec, callouts } of all) {
      const rows = constructionRows(spec)
      const said = callouts.filter(({ feature }) => feature.startsWith('seam:'))
      expect(said.length, name).toBeGreaterThan(1)
      for (const { operation, words } of said) {
        const row = rows.find(({ n }) => n === operation)
        expect(words.zh.startsWith(row?.operation.zh ?? '–'), `${name} ${words.zh}`).toBe(true)
        expect(words.zh).toContain(`（工序 ${operation}）`)
      }
    }
  })

  test('only what lies inside has no place on a drawing, as the block proposes its styles', () => {
    for (const { name, callouts, placed } of usual) {
      const unplaced = callouts.filter(({ n }) => !placed.some((spot) => spot.n === n))
      expect([name, unplaced.map(({ feature }) => feature)]).toEqual([
        name,
        callouts.filter(({ view }) => view === 'inside').map(({ feature }) => feature),
      ])
    }
  })

  test('whatever is chosen, a leader ends on the garment and within its flat', () => {
    for (const { name, flats, placed, callouts } of all)
      for (const view of VIEWS) {
        const [x, y, w, h] = flats[view].box
        const outlines = outlinesOf(svgText(flats[view]))
        for (const { n, at, twin } of placed.filter((spot) => spot.view === view))
          for (const p of [at, ...(twin ? [twin] : [])]) {
            const what = `${name} ${view} ${callouts[n - 1]?.feature}`
            expect(p.x > x && p.x < x + w && p.y > y && p.y < y + h, what).toBe(true)
            expect(offCloth(outlines, p), what).toBeLessThan(5)
          }
      }
  })

  test('a choice that another has made idle asks for nothing', () => {
    const features = (category: Category, construction: Record<string, string>): string[] => {
      const spec = sampleSpec(category, 'women', MATERIALS, {})
      return calloutsOf({ ...spec, construction: { ...spec.construction, ...construction } }).map((c) => c.feature)
    }
    expect(features('shirt', { sleeve: 'long' })).toContain('slot:cuff')
    expect(features('shirt', { sleeve: 'short' })).not.toContain('slot:cuff')
    expect(features('dress', { skirt: 'flared' })).not.toContain('slot:vent')
    expect(features('dress', { skirt: 'pencil' })).toContain('slot:vent')
    expect(features('trousers', { waist: 'elastic' })).not.toContain('slot:closure')
  })

  test('what is worked at the back is led to on the back', () => {
    const viewOf = (name: string, feature: string): string | undefined =>
      usual.find((each) => each.name === name)?.callouts.find((each) => each.feature === feature)?.view
    expect(viewOf('trousers men', 'slot:backPocket')).toBe('back')
    expect(viewOf('coat men', 'slot:belt')).toBe('back')
    expect(viewOf('dress women', 'slot:closure')).toBe('back')
    expect(viewOf('pencil-skirt women', 'slot:vent')).toBe('back')
    expect(viewOf('full-skirt women', 'slot:closure')).toBe('front')
  })
})

describe('numbers beside a flat', () => {
  test('no leader crosses another, on any style', () => {
    for (const each of all)
      for (const view of VIEWS)
        expect([each.name, view, crossingsOf(leadersOf(each, view))]).toEqual([each.name, view, []])
  })

  test('numbers of one side are evenly spaced, and their words have room one below the other', () => {
    for (const each of all)
      for (const view of VIEWS)
        for (const side of ['left', 'right'] as const) {
          const ys = column(leadersOf(each, view), side)
          const steps = ys.slice(1).map((y, i) => y - ys[i]!)
          for (const step of steps) {
            expect(step, each.name).toBeCloseTo(steps[0]!, 6)
            expect(step, each.name).toBeGreaterThanOrEqual(44)
          }
          if (ys.length) expect(Math.min(...ys), each.name).toBeGreaterThanOrEqual(field.top + RISE - 1e-9)
          if (ys.length) expect(Math.max(...ys) - RISE + 44, each.name).toBeLessThanOrEqual(field.bottom + 1e-9)
        }
  })

  test('a number stands on the side of what it points at; a pair is pointed at on the nearer half', () => {
    for (const each of all)
      for (const view of VIEWS)
        for (const { at, side } of leadersOf(each, view)) {
          if (side === 'left') expect(at.x, each.name).toBeLessThan(field.centre + 8)
          else expect(at.x, each.name).toBeGreaterThan(field.centre - 8)
        }
  })

  test('leaders that would cross in the order of height are put in an order in which they do not', () => {
    // both spots lie lower than their numbers can stand: the upper number's way to the near one bars the lower's to the far
    const near: Pin = { key: 'near', at: { x: 215, y: 551 }, height: 40 }
    const far: Pin = { key: 'far', at: { x: 410, y: 555 }, height: 40 }
    const leaders = placeLeaders(field, [near, far])
    const [upper, lower] = leaders.map(({ label }) => label)
    const asSorted: Leader[] = [
      { key: 'near', side: 'left', label: upper!, at: near.at },
      { key: 'far', side: 'left', label: lower!, at: far.at },
    ]
    expect(crossingsOf(asSorted)).toEqual([['near', 'far']])
    expect(leaders.map(({ key }) => key)).toEqual(['far', 'near'])
    expect(crossingsOf(leaders)).toEqual([])
  })

  test('any eight spots on a garment can be led to without crossing', () => {
    let seed = 7
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 40; round++) {
      const pins = Array.from({ length: 8 }, (_, i): Pin => {
        const at = { x: 230 + random() * 380, y: 100 + random() * 450 }
        const paired = random() < 0.4
        return { key: String(i + 1), at, height: 40, ...(paired ? { twin: { x: 840 - at.x, y: at.y } } : {}) }
      })
      const leaders = placeLeaders(field, pins)
      expect(
        leaders
          .map(({ key }) => key)
          .toSorted()
          .join(''),
      ).toBe('12345678')
      expect(placeLeaders(field, pins.toReversed()), `round ${round}`).toEqual(leaders)
      expect(crossingsOf(leaders), `round ${round}`).toEqual([])
    }
  })
})

interface Words {
  text: string
  x: number
  y: number
  width: number
}
/** The words of a page with their place in points, y downwards. */
async function wordsOf(bytes: Uint8Array): Promise<Words[][]> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages: Words[][] = []
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n)
    const { height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str.trim()
          ? [{ text: item.str.trim(), x: item.transform[4], y: height - item.transform[5], width: item.width }]
          : [],
      ),
    )
  }
  await document.destroy()
  return pages
}

describe('the flats of a tech pack', () => {
  const input = techPackInput('pencil-skirt', 'women')
  const flats = flatsFor(input.style)
  const callouts = calloutsFor({ ...input, flats })
  let pages: Words[][]
  let files: Awaited<ReturnType<typeof documentFiles>>
  beforeAll(async () => {
    files = await documentFiles({ ...input, flats })
    const pack = files.find(({ name }) => name === 'techpack.pdf')!
    pages = (await wordsOf(pack.bytes)).filter((page) => page.some(({ text }) => text.startsWith('款式图')))
  })
  const body = (page: readonly Words[]): Words[] => page.filter(({ y }) => y > 88 && y < 566)

  test('every number of the brief stands once beside the drawings, and no other', () => {
    const brief = buildBrief({ ...input, callouts })
    expect(brief.techPack?.flats?.callouts?.map((each) => each?.n)).toEqual(callouts.map(({ n }) => n))
    const numbers = pages.flatMap((page) => body(page).filter(({ text }) => /^\d+$/.test(text)))
    expect(numbers.map(({ text }) => Number(text)).toSorted((a, b) => a - b)).toEqual(callouts.map(({ n }) => n))
  })

  test('every callout is said in Chinese and English', () => {
    const text = pages
      .flatMap(body)
      .map((each) => each.text)
      .join('')
      .replaceAll(/\s/g, '')
    for (const { words } of callouts)
      for (const said of [words.zh, words.en]) expect(text).toContain(said.replace(/\s/g, ''))
  })

  test('what no drawing shows is listed below one, and no words stand over a drawing', () => {
    const lists = pages.map((page) => body(page).find(({ text }) => text.startsWith('图上不可见')))
    expect(lists.map((list) => list !== undefined)).toEqual([false, true])
    for (const [i, page] of pages.entries()) {
      const end = lists[i]?.y ?? 566
      const listed = body(page).filter(({ y }) => y > end)
      expect(
        listed
          .map(({ text }) => text)
          .join('')
          .includes('里布'),
      ).toBe(i === 1)
      const beside = body(page).filter(({ y }) => y < end)
      const numbers = beside.filter(({ text }) => /^\d+$/.test(text))
      const left = Math.min(...numbers.map(({ x }) => x))
      const right = Math.max(...numbers.map(({ x }) => x))
      expect(right - left).toBeGreaterThan(200)
      for (const { text, x, width } of beside)
        expect(x + width <= left + 12 || x >= right - 4, `${text} at ${x}`).toBe(true)
    }
  })

  test('the flats that are files of their own stay plain', () => {
    for (const view of VIEWS) {
      const file = files.find(({ name }) => name === `flat-${view}.svg`)!.bytes.toString('utf8')
      const base = input.style.draft.sizes.find(({ size }) => size === input.style.spec.sizes.base)!
      const { spec } = input.style
      expect(file).toBe(flatDrawing(packshotInput(spec, base, spec.colourways[0]!.id, view), view))
      expect(file).not.toMatch(/data-callout|<text/)
    }
  })
})
