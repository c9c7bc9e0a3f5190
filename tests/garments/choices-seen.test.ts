/**
 * Picture, flats and tech pack come from one parameter set: whatever a buyer or a designer can choose is seen in all
 * three, in the view its callout names.
 */
import { describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import type { Block } from '../../src/garments/blocks/types.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { svgText } from '../../src/garments/linework/svg-pen.ts'
import { flatWithSpots } from '../../src/garments/flats/index.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { colourise, packshotInput, renderLightMap } from '../../src/garments/packshot/index.ts'
import { draftBase } from '../../src/garments/pattern.ts'
import { calloutsOf, placedCallouts } from '../../src/garments/techpack/callouts.ts'
import type { SizeDraft, StyleSpec } from '../../src/garments/types.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'

/** What lies inside the garment, where no picture of its outside can show it, and why that is so. */
const INSIDE: Readonly<Record<string, string>> = {
  'coat lining': 'fully lined or not, the closed coat shows the same facing and collar',
  'jacket lining': 'fully lined or not, the closed jacket shows the same facing and collar',
  'pencil-skirt lining': 'hangs from the waist seam under the skirt and ends above its hem',
  'full-skirt lining': 'hangs from the waist seam under the skirt and ends above its hem',
  'dress lining': 'ends at the facings of neck and armholes',
}
/** Choices that count only beside another. */
const BESIDE: Readonly<Record<string, Record<string, string>>> = { 'dress vent': { skirt: 'pencil' } }
/** Every cloth and trim in a colour of its own, as a style may have them. */
const COLOURS = {
  shell: '#8f877a',
  lining: '#7a2f2f',
  contrast: '#2f4d7a',
  rib: '#5c6b50',
  button: '#f2ecd9',
  zip: '#c3c7cb',
  buckle: '#d8b040',
  thread: '#ebe6d8',
}
/** A picture as small as a shop's thumbnail: what is not seen there is not seen. */
const SIZE = 320
/** Levels of 255 from which on the eye tells two pixels apart, and how many of them make a difference of pictures. */
const LEVELS = 12
const ENOUGH = 20

type View = 'front' | 'back'
class Look {
  readonly spec: StyleSpec
  readonly #base: SizeDraft
  readonly #flats = new Map<View, ReturnType<typeof flatWithSpots>>()
  readonly #pictures = new Map<View, Uint8Array>()
  constructor(block: Block, construction: Record<string, string>) {
    const spec = sampleSpec(block.category, block.gender, MATERIALS, { construction })
    this.spec = { ...spec, colourways: [{ ...spec.colourways[0]!, colours: COLOURS }] }
    this.#base = draftBase(this.spec)
  }
  flat(view: View): ReturnType<typeof flatWithSpots> {
    const known = this.#flats.get(view) ?? flatWithSpots(this.#input(view), view)
    this.#flats.set(view, known)
    return known
  }
  picture(view: View): Uint8Array {
    const known = this.#pictures.get(view) ?? colourise(renderLightMap(this.#input(view)).map, COLOURS)
    this.#pictures.set(view, known)
    return known
  }
  /** What the callout of a choice says, and whether it is led to its place. */
  callout(slot: string): { words: string; view: string; led: boolean } | undefined {
    const callout = calloutsOf(this.spec).find(({ feature }) => feature === `slot:${slot}`)
    if (!callout) return undefined
    const { view, words } = callout
    if (view === 'inside') return { words: words.en, view, led: false }
    const spots = { front: {}, back: {}, [view]: this.flat(view).spots }
    return { words: words.en, view, led: placedCallouts([callout], spots).length === 1 }
  }
  #input(view: View) {
    return packshotInput(this.spec, this.#base, this.spec.colourways[0]!.id, view, { sizePx: SIZE, scale: 1 })
  }
}

function differing(a: Uint8Array, b: Uint8Array): number {
  let count = 0
  for (let i = 0; i < a.length; i += 3) if ([0, 1, 2].some((c) => Math.abs(a[i + c]! - b[i + c]!) > LEVELS)) count++
  return count
}

const choicesOf = ({ construction }: Block) =>
  construction.map(({ slot, options }) => [slot, ...options.map(({ value }) => value).toSorted()].join(' ')).toSorted()

test('women’s garments offer what men’s of the same category do, so that one of the two tells for both', () => {
  for (const category of CATEGORIES) {
    const [first, ...rest] = BLOCKS.filter((block) => block.category === category).map(choicesOf)
    for (const other of rest) expect(other, category).toEqual(first)
  }
})

test('what is said to lie inside is a choice that exists, and its callout says so too', () => {
  for (const key of Object.keys(INSIDE)) {
    const [category, slot] = key.split(' ')
    const block = BLOCKS.find((each) => each.category === category)!
    expect(block.construction.map((each) => each.slot)).toContain(slot)
    const spec = sampleSpec(block.category, block.gender, MATERIALS)
    expect(calloutsOf(spec).find(({ feature }) => feature === `slot:${slot}`)?.view, key).toBe('inside')
  }
})

describe('every choice is seen in picture, flat and tech pack', () => {
  // men's and women's by turns: lapped left over right and right over left
  test.each(CATEGORIES)('%s', (category) => {
    const gender = CATEGORIES.indexOf(category) % 2 ? 'men' : 'women'
    const offered = BLOCKS.filter((each) => each.category === category)
    const block = offered.find((each) => each.gender === gender) ?? offered[0]!
    const bases = new Map<string, Look>()
    const baseFor = (beside: Record<string, string>): Look => {
      const key = JSON.stringify(beside)
      const known = bases.get(key) ?? new Look(block, beside)
      bases.set(key, known)
      return known
    }
    const unseen: string[] = []
    for (const { slot, default: usual, options } of block.construction) {
      if (INSIDE[`${category} ${slot}`]) continue
      const beside = BESIDE[`${category} ${slot}`] ?? {}
      const base = baseFor(beside)
      for (const { value } of options) {
        if (value === usual) continue
        const name = `${category} ${slot} ${value}`
        const look = new Look(block, { ...beside, [slot]: value })
        const said = look.callout(slot)
        const before = base.callout(slot)
        const view = (said ?? before)?.view as View
        if (said?.words === before?.words) unseen.push(`${name}: no callout tells it from "${usual}"`)
        if (said && !said.led) unseen.push(`${name}: its callout has no place on the ${view} flat`)
        if (svgText(look.flat(view).drawing) === svgText(base.flat(view).drawing))
          unseen.push(`${name}: the ${view} flat is that of "${usual}"`)
        const pixels = differing(look.picture(view), base.picture(view))
        if (pixels < ENOUGH) unseen.push(`${name}: ${pixels} px of the ${view} picture differ from "${usual}"`)
      }
    }
    expect(unseen).toEqual([])
  })
})

/** A garment's front as drawn when a counted parameter is set. */
function countedFlat(block: Block, parameter: string, count: number): string {
  const spec = sampleSpec(block.category, block.gender, MATERIALS, { parameters: { [parameter]: count } })
  const input = packshotInput(spec, { measures: {} }, spec.colourways[0]!.id, 'front')
  return svgText(flatWithSpots(input, 'front').drawing)
}

test('as many buttons, rows and panels are drawn as the pattern has', () => {
  const counted = BLOCKS.filter(({ gender }) => gender === 'women').flatMap((block) =>
    block.parameters.filter(({ unit }) => unit === 'pc').map((parameter) => ({ block, parameter })),
  )
  expect(counted.map(({ block, parameter }) => `${block.category} ${parameter.key}`)).toEqual([
    'coat buttonRows',
    'shirt buttons',
    'waistcoat buttons',
    'full-skirt panels',
  ])
  for (const { block, parameter } of counted) {
    const { key, min, max, default: usual } = parameter
    const drawings = [min, usual, max].map((count) => countedFlat(block, key, count))
    expect(new Set(drawings).size, `${block.category} ${key}`).toBe(drawings.length)
  }
  const shirt = BLOCKS.find(({ category }) => category === 'shirt')!
  for (const count of [5, 9]) expect(countedFlat(shirt, 'buttons', count).match(/r="5.6"/g)?.length).toBe(count)
})
