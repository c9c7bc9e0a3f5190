/** A pattern is marked where it is sewn: buttonholes, mouths of pockets, ends of zips; in every size, as drawn and as bought. */
import { describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import type { Block } from '../../src/garments/blocks/types.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { countButtons, billOfMaterials } from '../../src/garments/bom.ts'
import { DEFAULT_RULES } from '../../src/garments/cost.ts'
import { boxOf, chain, distance, lengthOf, nearestOnRing } from '../../src/garments/geometry.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { packshotInput } from '../../src/garments/packshot/index.ts'
import { completeMeasures } from '../../src/garments/packshot/input.ts'
import type { Layout } from '../../src/garments/drawing/layout.ts'
import { layoutOf } from '../../src/garments/packshot/layouts.ts'
import { normalise } from '../../src/garments/pattern.ts'
import { seamFeatures } from './support-marks.ts'
import type { Category, Draft, Gender, Piece, Point, SizeDraft, StyleSpec } from '../../src/garments/types.ts'
import { draftOf } from '../support/drafts.ts'

type Asked = Pick<Partial<StyleSpec>, 'construction' | 'parameters'>
const drafted = (category: Category, gender: Gender, asked: Asked) => {
  const { spec } = normalise(sampleSpec(category, gender, MATERIALS, asked))
  return { spec, draft: draftOf(spec) }
}
const pictured = (spec: StyleSpec, size: SizeDraft, view: 'front' | 'back'): Layout =>
  layoutOf(
    packshotInput(spec, size, spec.colourways[0]!.id, view, { sizePx: 64, scale: 1 }),
    completeMeasures(spec.category, size.measures),
  )
const bought = (spec: StyleSpec, draft: Draft, size: string): number =>
  billOfMaterials({ spec, draft, consumption: [], rules: DEFAULT_RULES })
    .filter(({ code }) => code.startsWith('BTN-'))
    // one spare of each kind
    .reduce((sum, { quantity }) => sum + Math.max(0, quantity[size]! - 1), 0)

const inside = (ring: readonly Point[], p: Point): boolean => {
  let odd = false
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((p.y - a.y) / (b.y - a.y)) * (b.x - a.x)) odd = !odd
  }
  return odd
}

/** The slots of each category that decide what is buttoned, each option of them once. */
const SLOTS: Readonly<Partial<Record<Category, readonly string[]>>> = {
  coat: ['closure', 'collar', 'shoulder', 'belt'],
  jacket: ['closure', 'cuff'],
  shirt: ['closure', 'collar', 'cuff', 'pocket'],
  waistcoat: ['hem'],
  trousers: ['closure', 'waist'],
  chinos: ['closure', 'backPocket'],
}
const BUTTONED = BLOCKS.flatMap((block) =>
  block.construction
    .filter(({ slot }) => SLOTS[block.category]?.includes(slot))
    .flatMap(({ slot, options }) => options.map(({ value }) => ({ [slot]: value })))
    .map((construction) => ({
      name: `${block.category} ${block.gender} ${Object.values(construction).join()}`,
      block,
      construction,
    })),
)
const FRONTS = /^front(Left|Right)?$|^buttonholePlacket$/
const marksOn = (piece: Piece, kind: 'button' | 'buttonhole') => piece.lines.filter((line) => line.kind === kind)
const topOf = (size: SizeDraft): number => boxOf(size.pieces.find(({ id }) => /^front(Left|Right)?$/.test(id))!.seam).y0
const heights = (size: SizeDraft, kind: 'button' | 'buttonhole', of: RegExp): number[] => {
  const ys = size.pieces
    .filter(({ id }) => of.test(id))
    .flatMap((piece) => marksOn(piece, kind).map(({ points: [a, b = a] }) => (a!.y + b!.y) / 2 - topOf(size)))
  return [...new Set(ys.map((y) => Math.round(y)))].toSorted((a, b) => a - b)
}

describe('buttons and their holes', () => {
  test.each(BUTTONED)(
    '$name: inside their piece and clear of its seam, as many as are bought, in every size',
    ({ block, construction }) => {
      const { spec, draft } = drafted(block.category, block.gender, { construction })
      for (const size of draft.sizes) {
        for (const piece of size.pieces)
          for (const { kind, points } of piece.lines.filter((line) => line.kind.startsWith('button')))
            for (const p of points) {
              const where = `${size.size} ${piece.id} ${kind} ${JSON.stringify(p)}`
              expect(inside(piece.seam, p), where).toBe(true)
              expect(nearestOnRing(p, piece.seam).distance, where).toBeGreaterThan(4)
            }
        const counted = Object.values(countButtons(size)).reduce((sum, n) => sum + n, 0)
        expect(counted, size.size).toBe(bought(spec, draft, size.size))
      }
    },
  )

  const PLACKETS = (['men', 'women'] as const).flatMap((gender) =>
    (['plain', 'placket'] as const).flatMap((closure) => [5, 9].map((buttons) => ({ gender, closure, buttons }))),
  )
  test.each(PLACKETS)(
    "a $gender's shirt, $closure, $buttons buttons: holes in the piece they are sewn in, as high as the buttons, as drawn, as bought",
    ({ gender, closure, buttons }) => {
      const { spec, draft } = drafted('shirt', gender, { construction: { closure }, parameters: { buttons } })
      const over = gender === 'men' ? 'frontLeft' : 'frontRight'
      for (const size of draft.sizes) {
        const carrier = size.pieces.find(({ id }) => id === (closure === 'placket' ? 'buttonholePlacket' : over))!
        expect(marksOn(carrier, 'buttonhole')).toHaveLength(buttons)
        for (const { id, lines } of size.pieces)
          if (FRONTS.test(id) && id !== carrier.id)
            expect(lines.filter(({ kind }) => kind === 'buttonhole')).toHaveLength(0)
        expect(heights(size, 'buttonhole', FRONTS)).toEqual(heights(size, 'button', FRONTS))
        const drawn = pictured(spec, size, 'front').trims.flatMap((t) =>
          t.kind === 'button' && /^(placket|body)$/.test(t.over) ? [Math.round(t.at.y)] : [],
        )
        const marked = heights(size, 'buttonhole', FRONTS)
        expect(drawn).toHaveLength(marked.length)
        for (const [i, y] of drawn.toSorted((a, b) => a - b).entries())
          expect(Math.abs(y - marked[i]!) / size.measures.bodyLength!).toBeLessThan(0.02)
        // one more closes the stand
        expect(countButtons(size).front).toBe(buttons + 1)
      }
      // graded: the lowest stands lower in a larger size, or at least no higher
      const lowest = draft.sizes.map((size) => heights(size, 'buttonhole', FRONTS).at(-1)!)
      expect(lowest).toEqual(lowest.toSorted((a, b) => a - b))
    },
  )

  test('a concealed coat has its buttonholes in the fly, as far apart as the buttons of its front', () => {
    for (const gender of ['men', 'women'] as const)
      for (const collar of ['notched', 'fur', 'stand'])
        for (const size of drafted('coat', gender, { construction: { closure: 'concealed', collar } }).draft.sizes) {
          const [front, fly] = ['front', 'flyShield'].map((id) => size.pieces.find((piece) => piece.id === id)!) as [
            Piece,
            Piece,
          ]
          expect(marksOn(front, 'buttonhole')).toHaveLength(0)
          const gaps = (ys: number[]) => ys.slice(1).map((y, i) => y - ys[i]!)
          const [holes, buttons] = [marksOn(fly, 'buttonhole'), marksOn(front, 'button')].map((marks) =>
            marks.map(({ points: [p] }) => p!.y),
          ) as [number[], number[]]
          expect(holes).toHaveLength(buttons.length)
          for (const [i, gap] of gaps(holes).entries()) expect(gap).toBeCloseTo(gaps(buttons)[i]!, 0)
        }
  })

  test('a waistband closes on itself: hole and button meet when the front edge lies on its notch', () => {
    for (const category of ['trousers', 'chinos'] as const)
      for (const { pieces } of drafted(category, 'men', {}).draft.sizes) {
        const band = pieces.find(({ id }) => id === 'waistband')!
        const end = boxOf(band.seam).x1
        const edge = Math.min(...band.notches.map(({ x }) => x))
        const button = marksOn(band, 'button')[0]!.points[0]!
        const hole = marksOn(band, 'buttonhole')[0]!.points
        const lapped = hole.map(({ x }) => x - end + edge).toSorted((a, b) => a - b)
        expect(button.x).toBeGreaterThan(lapped[0]!)
        expect(button.x).toBeLessThan(lapped[1]!)
        expect(hole[0]!.y).toBe(button.y)
      }
  })

  test('a skirt that closes with a hook is drawn without a button that nobody buys', () => {
    for (const category of ['pencil-skirt', 'full-skirt'] as const) {
      const { spec, draft } = drafted(category, 'women', { construction: { closure: 'back-zip' } })
      const drawn = pictured(spec, draft.sizes[2]!, 'back').trims.filter(({ kind }) => kind === 'button')
      expect(drawn).toHaveLength(bought(spec, draft, draft.sizes[2]!.size))
    }
  })
})

/** The seams of a garment's side that a pocket opens in: panels on both sides of it, from the waist down. */
describe('pockets in side seams', () => {
  const CASES: { name: string; block: Pick<Block, 'category' | 'gender'>; asked: Asked }[] = [
    ...([4, 8, 12] as const).map((panels) => ({
      name: `full skirt of ${panels} panels`,
      block: { category: 'full-skirt', gender: 'women' } as const,
      asked: { construction: { pocket: 'seam', closure: 'back-zip' }, parameters: { panels } },
    })),
    ...(['flared', 'pencil'] as const).map((skirt) => ({
      name: `${skirt} dress`,
      block: { category: 'dress', gender: 'women' } as const,
      asked: { construction: { pocket: 'seam', skirt } },
    })),
    ...(['men', 'women'] as const).flatMap((gender) =>
      (['band', 'elastic'] as const).map((waist) => ({
        name: `${gender}'s trousers, ${waist}`,
        block: { category: 'trousers', gender } as const,
        asked: { construction: { pocket: 'seam', waist } },
      })),
    ),
  ]

  test.each(CASES)(
    '$name: both panels and the bag are notched at the same distances, in every size',
    ({ block, asked }) => {
      const { spec, draft } = drafted(block.category, block.gender, asked)
      for (const size of draft.sizes) {
        const { panels, bag } = seamFeatures(size)
        expect(panels).toHaveLength(2)
        const [from, to] = bag
        for (const [i, panel] of panels.entries()) {
          expect(panel.mouth, panel.piece.id).toHaveLength(2)
          expect(Math.abs(panel.mouth[0]! - from!), `${panel.piece.id} top`).toBeLessThan(1)
          expect(Math.abs(panel.mouth[1]! - to!), `${panel.piece.id} bottom`).toBeLessThan(1)
          expect(Math.abs(panel.mouth[1]! - panels[1 - i]!.mouth[1]!)).toBeLessThan(1)
          // cut through the allowance beside them: they lie as far from the cutter's edge as the allowance is wide
          for (const at of panel.at)
            expect(nearestOnRing(at, panel.piece.cut).distance).toBeCloseTo(spec.seamAllowanceMm, 0)
        }
      }
    },
  )

  test.each(CASES)('$name: the mouth is drawn where the notches are', ({ block, asked }) => {
    const { spec, draft } = drafted(block.category, block.gender, asked)
    for (const size of draft.sizes) {
      const [from, to] = seamFeatures(size).bag
      const layout = pictured(spec, size, 'front')
      const { waistLength = 0, waistband = 0 } = size.measures
      const waist = spec.category === 'dress' ? waistLength : waistband
      const mouth =
        spec.category === 'trousers'
          ? layout.parts
              .find(({ id }) => id === 'leg-right')!
              .seams!.map(({ path }) => path.map(({ y }) => y))
              .find((ys) => Math.abs(ys.at(-1)! - ys[0]! - (to! - from!)) < 10)!
          : layout.parts.find(({ id }) => id === 'pocket-1')!.outline.map(({ y }) => y)
      expect(Math.abs(Math.min(...mouth) - waist - from!)).toBeLessThan(10)
      expect(Math.abs(Math.max(...mouth) - waist - to!)).toBeLessThan(10)
    }
  })

  test("a women's coat: the chest pocket in the princess seam is notched on both of its panels, as far apart", () => {
    const sizes = (chestPocket: string) =>
      drafted('coat', 'women', { construction: { chestPocket } }).draft.sizes.map(({ pieces }) =>
        ['front', 'side'].map((id) => pieces.find((piece) => piece.id === id)!),
      )
    const without = sizes('none')
    for (const [i, panels] of sizes('welt').entries()) {
      const gaps = panels.map((panel, p) => {
        const [top, bottom] = panel.notches.filter((notch) =>
          without[i]![p]!.notches.every((other) => Math.hypot(other.x - notch.x, other.y - notch.y) > 0.5),
        )
        return lengthOf(chain(panel.seam, top!, bottom!))
      })
      expect(gaps[0]).toBeGreaterThan(80)
      expect(Math.abs(gaps[0]! - gaps[1]!)).toBeLessThan(1)
    }
  })

  test('whoever has no pockets has no notches for them', () => {
    for (const [category, slot] of [
      ['full-skirt', 'none'],
      ['dress', 'none'],
      ['trousers', 'none'],
    ] as const)
      for (const size of drafted(category, 'women', { construction: { pocket: slot } }).draft.sizes) {
        expect(size.pieces.some(({ id }) => id === 'pocketBag' || id === 'skirtPanelSide')).toBe(false)
      }
  })

  test('a full skirt is cut in as many panels as were asked for, whichever of them are marked', () => {
    for (const construction of [{ closure: 'side-zip' }, { closure: 'back-zip' }, { pocket: 'seam' }])
      for (const panels of [4, 8, 12]) {
        const [size] = drafted('full-skirt', 'women', { construction, parameters: { panels } }).draft.sizes
        const cut = size!.pieces.filter(({ id }) => /^skirtPanel(Zip|Side)?$/.test(id))
        expect(cut.reduce((sum, { count }) => sum + count, 0)).toBe(panels)
        for (const { count, id } of cut) if (id !== 'skirtPanel') expect(count % 2, id).toBe(0)
      }
  })
})

describe('a zip and pockets in one side seam', () => {
  test('the zip moves to the centre back, which is said in both languages, and everything follows', () => {
    const asked = sampleSpec('full-skirt', 'women', MATERIALS, {
      construction: { closure: 'side-zip', pocket: 'seam' },
      parameters: { panels: 6 },
    })
    const { spec, settled, clamped } = normalise(asked)
    expect(settled).toMatchObject([{ slot: 'closure', asked: 'side-zip', used: 'back-zip' }])
    expect(settled[0]!.reason.zh).toMatch(/拉链.*后中/)
    expect(settled[0]!.reason.en).toMatch(/zip.*centre back/)
    expect(clamped).toMatchObject([{ parameter: 'panels', used: 8 }])
    expect(normalise(spec)).toMatchObject({ settled: [], clamped: [] })
    const draft = draftOf(asked)
    const size = draft.sizes[2]!
    expect(size.pieces.find(({ id }) => id === 'pocketBag')!.count).toBe(4)
    const bom = billOfMaterials({ spec, draft, consumption: [], rules: DEFAULT_RULES })
    expect(bom.find(({ code }) => code === 'ZIP-INV-3')!.placement.en).toBe('Centre back seam')
    expect(pictured(spec, size, 'back').trims.some(({ kind }) => kind === 'zip')).toBe(true)
    expect(pictured(spec, size, 'front').trims.some(({ kind }) => kind === 'zip')).toBe(false)
  })

  test('whoever asks for one of them only has it as asked', () => {
    for (const construction of [{ closure: 'side-zip' }, { closure: 'back-zip', pocket: 'seam' }])
      expect(normalise(sampleSpec('full-skirt', 'women', MATERIALS, { construction })).settled).toEqual([])
  })
})

describe('zips end at a notch', () => {
  const zipLength = (spec: StyleSpec, draft: Draft, size: string): number => {
    const row = billOfMaterials({ spec, draft, consumption: [], rules: DEFAULT_RULES }).find(({ code }) =>
      code.startsWith('ZIP'),
    )!
    const words = row.specification.en
    return Number(words.match(new RegExp(`${size}: (\\d+)`))?.[1] ?? words.match(/length (\d+)/)?.[1])
  }
  test.each([
    ['full-skirt', { closure: 'side-zip' }, 'skirtPanelZip'],
    ['full-skirt', { closure: 'back-zip' }, 'skirtPanelZip'],
    ['pencil-skirt', { closure: 'back-zip' }, 'skirtBack'],
    ['pencil-skirt', { closure: 'side-zip' }, 'skirtBack'],
    ['pencil-skirt', { closure: 'side-zip' }, 'skirtFront'],
  ] as const)('%s %j: the %s is marked as far down as the zip that is bought is long', (category, construction, id) => {
    const { spec, draft } = drafted(category, 'women', { construction })
    for (const size of draft.sizes) {
      const piece = size.pieces.find((each) => each.id === id)!
      const ends = piece.notches.filter(({ kind }) => kind === 'double')
      // one only: on the opened front the wearer's left
      expect(ends).toHaveLength(1)
      const down = piece.seam.map((from) => lengthOf(chain(piece.seam, from, ends[0]!)))
      const zip = zipLength(spec, draft, size.size)
      expect(zip).toBe(200)
      expect(Math.min(...down.map((mm) => Math.abs(mm - zip)))).toBeLessThan(1)
    }
  })

  test('a dress: what is left of the zip below the waist is what the bodice does not need', () => {
    for (const skirt of ['flared', 'pencil']) {
      const { spec, draft } = drafted('dress', 'women', { construction: { skirt } })
      for (const size of draft.sizes) {
        const panel = size.pieces.find(({ id }) => id === (skirt === 'flared' ? 'skirtPanelZip' : 'skirtBack'))!
        const end = panel.notches.find(({ kind }) => kind === 'double')!
        const corners = skirt === 'flared' ? panel.seam : [{ x: 0, y: 0 }]
        const below = Math.min(...corners.map((corner) => distance(corner, end)).filter((mm) => mm > 60))
        expect(below).toBeGreaterThan(120)
        expect(below).toBeLessThan(260)
        expect(zipLength(spec, draft, size.size)).toBeGreaterThan(below + 300)
      }
    }
  })

  test.each(['men', 'women'] as const)(
    'chinos (%s): the zip that is bought fits into the fly that is drawn',
    (gender) => {
      const { spec, draft } = drafted('chinos', gender, {})
      for (const size of draft.sizes) {
        const facing = boxOf(size.pieces.find(({ id }) => id === 'flyFacing')!.seam)
        const spare = facing.y1 - facing.y0 - zipLength(spec, draft, size.size)
        expect(spare, size.size).toBeGreaterThanOrEqual(20)
        expect(spare, size.size).toBeLessThan(40)
      }
    },
  )

  test("a fly: the facing reaches below the zip's end on the front", () => {
    const { spec, draft } = drafted('trousers', 'men', {})
    for (const size of draft.sizes) {
      const front = size.pieces.find(({ id }) => id === 'front')!
      expect(front.notches.filter(({ kind }) => kind === 'double')).toHaveLength(1)
      const facing = boxOf(size.pieces.find(({ id }) => id === 'flyFacing')!.seam)
      expect(facing.y1 - facing.y0).toBeCloseTo(zipLength(spec, draft, size.size) + 20, 0)
    }
  })
})
