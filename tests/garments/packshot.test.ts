import { describe, expect, test } from 'vitest'
import {
  colourise,
  finishPicture,
  packshotInput,
  pictureGate,
  renderLightMap,
  renderPackshot,
} from '../../src/garments/packshot/index.ts'
import type { PackshotInput } from '../../src/garments/packshot/index.ts'
import { makeTile } from '../../src/garments/drawing/cloth.ts'
import { deltaE } from '../../src/garments/packshot/colour.ts'
import { completeMeasures } from '../../src/garments/packshot/input.ts'
import { encodeLabelled } from '../../src/garments/labelled.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
import { TEXTURES } from '../../src/garments/types.ts'
import type { Category, MeasureCode, Measures, StyleSpec } from '../../src/garments/types.ts'

const of = (category: Category, more: Partial<PackshotInput> = {}): PackshotInput => ({
  category,
  gender: category === 'dress' || category.endsWith('skirt') ? 'women' : 'men',
  construction: {},
  measures: {},
  textures: { shell: { texture: 'twill', repeatMm: 0 } },
  colours: { shell: '#586244' },
  seed: 11,
  view: 'front',
  sizePx: 256,
  scale: 1,
  ...more,
})

/** The usual garment of a category, made shorter or longer and wider or slimmer. */
const extreme = (category: Category, length: number, width: number): Measures => {
  const usual = completeMeasures(category, {})
  const lengths = new Set<MeasureCode>(['bodyLength', 'sleeveLength', 'waistLength', 'inseam', 'outseam'])
  const depths = new Set<MeasureCode>([
    'armhole',
    'frontRise',
    'backRise',
    'frontNeckDrop',
    'backNeckDrop',
    'collarHeight',
    'hoodHeight',
    'ribHeight',
    'cuffHeight',
    'waistband',
    'neckWidth',
  ])
  return Object.fromEntries(
    Object.entries(usual).map(([code, mm]) => [
      code,
      depths.has(code as MeasureCode) ? mm : mm * (lengths.has(code as MeasureCode) ? length : width),
    ]),
  )
}

describe('the picture agrees with the size chart', () => {
  test.each(CATEGORIES)(
    '%s: every measure that can be seen is within five percent in the usual, a short wide and a long slim size',
    (category) => {
      for (const [length, width] of [
        [1, 1],
        [0.86, 1.14],
        [1.16, 0.88],
      ] as const) {
        const { silhouette: s } = renderLightMap(
          of(category, { measures: extreme(category, length, width), sizePx: 300 }),
        )
        expect(Object.keys(s.measured).length).toBeGreaterThanOrEqual(3)
        for (const [code, mm] of Object.entries(s.measured))
          expect(
            Math.abs(mm / s.expected[code as MeasureCode]! - 1),
            `${code} of ${category} × ${length}/${width}`,
          ).toBeLessThan(0.05)
        expect(s.coverage).toBeGreaterThan(0.45)
        expect(s.coverage).toBeLessThan(0.85)
      }
    },
  )

  test('a longer coat is longer in the picture, in proportion to its width', () => {
    const box = (bodyLength: number) =>
      renderLightMap(of('coat', { measures: { bodyLength, halfChest: 560 } })).silhouette.box
    const [short, long] = [box(900), box(1200)]
    expect(long.h / long.w).toBeGreaterThan((short.h / short.w) * 1.1)
  })
})

describe('one light map', () => {
  test('serves every colourway: same folds, other colours, each near its hex', async () => {
    const light = renderLightMap(of('tee', { textures: { shell: { texture: 'jersey', repeatMm: 0 } }, sizePx: 320 }))
    for (const shell of ['#e8e2d4', '#1f2a44', '#a63d2f', '#7d8a4e']) {
      const input = of('tee', {
        textures: { shell: { texture: 'jersey', repeatMm: 0 } },
        sizePx: 320,
        colours: { shell },
      })
      const figures = await pictureGate(await finishPicture(light, input.colours), input)
      expect(figures.deltaE, shell).toBeLessThan(10)
    }
  })

  test('is the same bytes for the same style and seed, and drapes otherwise for another seed', () => {
    const bytes = (seed: number) =>
      Buffer.from(colourise(renderLightMap(of('shirt', { seed, sizePx: 128 })).map, { shell: '#88aacc' }))
    expect(bytes(3).equals(bytes(3))).toBe(true)
    expect(bytes(3).equals(bytes(4))).toBe(false)
  })
})

describe('cloth', () => {
  test.each(TEXTURES)('%s has a texture of its own that tiles without a seam', (texture) => {
    const tile = makeTile(texture, 0, 0.8)
    const step = (x: number): number => {
      let sum = 0
      for (let y = 0; y < tile.n; y++) {
        const at = (c: number) => tile.data[(y * tile.n + c) * 4 + 2]! + tile.data[(y * tile.n + c) * 4 + 3]!
        sum += Math.abs(at(x) - at((x + tile.n - 1) % tile.n))
      }
      return sum
    }
    const inside = Math.max(...Array.from({ length: tile.n - 1 }, (_, x) => step(x + 1)))
    expect(step(0)).toBeLessThanOrEqual(inside * 1.25)
    expect(inside).toBeGreaterThan(0)
  })

  test('repeats as often as its material says: a 30 mm stripe twice as often as a 60 mm one', () => {
    const bands = (repeat: number): number => {
      const tile = makeTile('stripe', repeat, 0.5)
      let n = 0
      for (let x = 1; x < tile.n; x++) if (tile.data[x * 4 + 3]! >= 0.5 && tile.data[(x - 1) * 4 + 3]! < 0.5) n++
      return n / tile.sizeMm
    }
    expect(bands(30) * 1000).toBeCloseTo(1000 / 30, 0)
    expect(bands(60) * 1000).toBeCloseTo(1000 / 60, 0)
  })
})

describe('construction is seen', () => {
  const pixels = (input: PackshotInput) => Buffer.from(colourise(renderLightMap(input).map, input.colours))
  test.each([
    ['coat', 'closure', ['double-breasted', 'single-breasted', 'concealed']],
    ['coat', 'collar', ['notched', 'fur', 'stand']],
    ['coat', 'pocket', ['patch-flap', 'patch', 'flap', 'welt', 'none']],
    ['coat', 'belt', ['full', 'none']],
    ['coat', 'cuff', ['turn-up', 'plain']],
    ['coat', 'shoulder', ['plain', 'epaulette']],
    ['jacket', 'closure', ['one-button', 'two-button', 'three-button']],
    ['shirt', 'collar', ['classic', 'spread', 'button-down', 'band']],
    ['shirt', 'pocket', ['chest', 'two-flap', 'none']],
    ['shirt', 'hem', ['straight', 'curved']],
    ['jacket', 'chestPocket', ['welt', 'none']],
    ['waistcoat', 'hem', ['pointed', 'rounded', 'square']],
    ['waistcoat', 'pocket', ['welt', 'none']],
    ['trousers', 'front', ['flat', 'pleat']],
    ['trousers', 'hem', ['plain', 'turn-up']],
    ['trousers', 'waist', ['band', 'elastic']],
    ['trousers', 'belt', ['loops', 'none']],
    ['dress', 'skirt', ['flared', 'pencil']],
    ['dress', 'sleeve', ['short', 'none']],
    ['dress', 'belt', ['none', 'tie']],
    ['tee', 'collar', ['crew', 'v']],
    ['tee', 'pocket', ['none', 'chest']],
    ['hoodie', 'pocket', ['kangaroo', 'none']],
  ] as const)('%s: each choice of %s makes another picture', (category, slot, values) => {
    const seen = values.map((value) =>
      pixels(of(category, { construction: { [slot]: value }, sizePx: 128 })).toString('base64'),
    )
    expect(new Set(seen).size).toBe(values.length)
  })

  test('what was left out is drawn as usual; a choice that the garment does not have is refused, not drawn as another', () => {
    expect(() => renderLightMap(of('coat', { sizePx: 96 }))).not.toThrow()
    expect(() => renderLightMap(of('coat', { construction: { collar: 'unheard-of' }, sizePx: 96 }))).toThrow(
      '"unheard-of" is no collar: notched, fur, stand',
    )
  })
})

describe('a knitted neck band', () => {
  test.each([
    ['tee', 'back'],
    ['tee', 'front'],
    ['sweatshirt', 'back'],
  ] as const)('%s, %s: no wall shows between the band and the cloth it is sewn to', (category, view) => {
    const colours = { shell: '#3a4030', rib: '#3a4030' }
    const { map } = renderLightMap(of(category, { view, colours, sizePx: 700 }))
    const pixels = colourise(map, colours)
    const half = completeMeasures(category, {}).neckWidth / 2
    const light = (x: number, y: number): boolean => pixels[3 * (y * map.width + x) + 1]! > 120
    const seen: string[] = []
    for (let x = 0; x < map.width; x++) {
      const mm = map.x0 + (x + 0.5) * map.mmPerPx
      // the label lies in the middle of the front's opening
      if (Math.abs(mm) > half + 4 || (view === 'front' && Math.abs(mm) < 25)) continue
      let y = 0
      while (light(x, y)) y++
      // past the soft edge of what is highest
      for (const end = y + 140 / map.mmPerPx, from = y + 2; y < end; y++) if (y > from && light(x, y)) seen.push(`${mm.toFixed(0)}, ${y}`) // prettier-ignore
    }
    expect(seen).toEqual([])
  })
})

describe('views', () => {
  test.each(['back', 'detail-collar', 'detail-cuff', 'detail-fabric'] as const)(
    '%s is drawn for every category',
    (view) => {
      for (const category of CATEGORIES) {
        const light = renderLightMap(of(category, { view, sizePx: 96 }))
        expect(light.silhouette.area, category).toBeGreaterThan(0.08)
      }
    },
  )

  test('a 4:5 picture is 4:5 and the garment still fits', async () => {
    const picture = await renderPackshot(of('trousers', { aspect: '4:5', sizePx: 300 }))
    expect([picture.width, picture.height]).toEqual([240, 300])
    expect(picture.data.length).toBe(240 * 300 * 3)
    expect(picture.silhouette.box.x).toBeGreaterThan(10)
  })
})

describe('gate G4', () => {
  test('gives a good picture good figures, as rendered and from its stored bytes', async () => {
    const input = of('coat', { sizePx: 480, colours: { shell: '#54603c' } })
    const picture = await renderPackshot(input)
    const own = await pictureGate(picture, input)
    expect(own.proportions).toBeLessThan(0.05)
    expect(own.deltaE).toBeLessThan(10)
    expect(own.sharpness).toBeGreaterThan(1.5)
    expect(own.contrast).toBeGreaterThan(60)
    const bytes = await encodeLabelled(picture, {
      format: 'webp',
      widthPx: 480,
      label: { contentProducer: 'test', produceId: '1', digitalSourceType: 'algorithmicMedia' },
    })
    const stored = await pictureGate(bytes, input)
    expect(Math.abs(stored.coverage - own.coverage)).toBeLessThan(0.12)
    expect(stored.deltaE).toBeLessThan(10)
  })

  test('notices the wrong colour and a blurred picture', async () => {
    const input = of('tee', { sizePx: 320 })
    const picture = await renderPackshot(input)
    expect((await pictureGate(picture, { ...input, colours: { shell: '#b02a2a' } })).deltaE).toBeGreaterThan(10)
    const grey = { ...picture, data: new Uint8Array(picture.data.length).fill(120) }
    const figures = await pictureGate(grey, input)
    expect(figures.sharpness).toBe(0)
    expect(figures.contrast).toBe(0)
  })

  test('CIEDE2000 gives Sharma’s published differences', () => {
    expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
    expect(deltaE([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4)
  })
})

describe('from a style', () => {
  const spec = {
    category: 'tee',
    gender: 'women',
    construction: { collar: 'v' },
    parameters: { bodyLength: 640, buttons: 3 },
    seed: 5,
    materials: { shell: { texture: 'jersey', repeatMm: 0 } },
    colourways: [{ id: 'ink', name: { zh: '墨', en: 'Ink' }, colours: { shell: '#222831' } }],
  } as unknown as StyleSpec

  test('the input takes cloth, colours, seed and what is counted from the parameter set and nothing else', () => {
    const input = packshotInput(spec, { measures: { halfChest: 500 } }, 'ink', 'front')
    expect(input.counts).toEqual({ buttons: 3 })
    expect(input).toMatchObject({
      category: 'tee',
      colours: { shell: '#222831' },
      seed: 5,
      textures: { shell: { texture: 'jersey' } },
      measures: { halfChest: 500 },
    })
  })

  test('an unknown colourway is refused with the ones there are', () => {
    expect(() => packshotInput(spec, { measures: {} }, 'rose', 'front')).toThrow(/ink/)
  })
})
