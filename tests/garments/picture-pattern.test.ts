/** The picture is what the pattern says: necks as deep and wide, buttons where they are marked, seams where panels meet. */
import { describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import type { Block } from '../../src/garments/blocks/types.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { flatDrawing } from '../../src/garments/flats/index.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { colourise, packshotInput, renderLightMap } from '../../src/garments/packshot/index.ts'
import { completeMeasures } from '../../src/garments/packshot/input.ts'
import type { Layout } from '../../src/garments/drawing/layout.ts'
import { layoutOf } from '../../src/garments/packshot/layouts.ts'
import { draftBase, normalise } from '../../src/garments/pattern.ts'
import { constructionRows } from '../../src/garments/techpack/construction.ts'
import type { MeasureCode, SizeDraft, StyleSpec } from '../../src/garments/types.ts'

type View = 'front' | 'back'
interface Made {
  spec: StyleSpec
  size: SizeDraft
}

function made(
  block: Pick<Block, 'category' | 'gender'>,
  asked: Pick<Partial<StyleSpec>, 'construction' | 'parameters'>,
) {
  const { spec } = normalise(sampleSpec(block.category, block.gender, MATERIALS, asked))
  return { spec, size: draftBase(spec) }
}
const inputOf = ({ spec, size }: Made, view: View, sizePx = 64) =>
  packshotInput(spec, size, spec.colourways[0]!.id, view, { sizePx, scale: 1 })
const layoutOfView = (garment: Made, view: View): Layout =>
  layoutOf(inputOf(garment, view), completeMeasures(garment.spec.category, garment.size.measures))

const NECKS: readonly MeasureCode[] = ['neckWidth', 'frontNeckDrop', 'backNeckDrop']
/** Lapels are folded open over the neck seam: laid out flat it is measured, in the picture it is not seen. */
const rolled = ({ category, construction }: StyleSpec): boolean =>
  category === 'jacket' || construction['collar'] === 'notched'

describe('necks are drawn as deep and as wide as they are cut', () => {
  const necked = BLOCKS.filter(({ points }) => points.some(({ code }) => code === 'frontNeckDrop'))
  test('of every garment of the upper body', () => {
    expect(new Set(necked.map(({ category }) => category))).toEqual(
      new Set(['coat', 'jacket', 'shirt', 'tee', 'sweatshirt', 'hoodie', 'zip-hoodie', 'waistcoat', 'dress']),
    )
  })

  test.each(necked.map((block) => [`${block.category} ${block.gender}`, block] as const))(
    '%s: every neckline, at its least and its most',
    (_, block) => {
      const collars = block.construction.find(({ slot }) => slot === 'collar')?.options.map(({ value }) => value)
      const about = block.parameters.filter(({ key }) => /^neck|^frontNeck/.test(key))
      const all = (bound: 'min' | 'max') => Object.fromEntries(about.map((p) => [p.key, p[bound]]))
      const bounds = about.length ? [{}, all('min'), all('max')] : [{}]
      for (const collar of collars ?? [undefined])
        for (const parameters of bounds) {
          const garment = made(block, { parameters, ...(collar ? { construction: { collar } } : {}) })
          const name = `${collar ?? ''} ${JSON.stringify(parameters)}`
          for (const view of ['front', 'back'] as const) {
            const { measured } = renderLightMap(inputOf(garment, view)).silhouette
            const seen = NECKS.filter((code) => code !== (view === 'front' ? 'backNeckDrop' : 'frontNeckDrop'))
            for (const code of view === 'front' && rolled(garment.spec) ? [] : seen) {
              const asked = garment.size.measures[code]
              if (asked) expect(Math.abs(measured[code]! / asked - 1), `${name} ${code} ${view}`).toBeLessThan(0.05)
            }
          }
        }
    },
    30_000,
  )
})

/** How far below the high point shoulder the fronts are buttoned, from the top down, mm: by their holes, or the buttons. */
function holesOf({ size: { pieces } }: Made): number[] {
  const front = pieces.find(({ id }) => /^front(Left|Right)?$/.test(id))!
  const top = Math.min(...front.seam.map(({ y }) => y))
  const marks = pieces
    .filter(({ id }) => /^front(Left|Right)?$|^buttonholePlacket$/.test(id))
    .flatMap(({ lines }) => lines.filter(({ kind }) => kind.startsWith('button')))
  const holes = marks.filter(({ kind }) => kind === 'buttonhole')
  const heights = (holes.length ? holes : marks).map(({ points: [a, b = a] }) => Math.round((a!.y + b!.y) / 2 - top))
  return [...new Set(heights)].toSorted((a, b) => a - b)
}

describe('buttons are where the pattern has its buttonholes', () => {
  const CASES = BLOCKS.flatMap((block) => {
    const closures = block.construction.find(({ slot }) => slot === 'closure')?.options.map(({ value }) => value)
    const counted = block.parameters.find(({ key }) => key === 'buttons' || key === 'buttonRows')
    if (!['coat', 'jacket', 'shirt', 'waistcoat'].includes(block.category)) return []
    return (closures ?? [''])
      .filter((value) => value !== 'concealed')
      .flatMap((closure) =>
        (counted ? [counted.min, counted.max] : [0]).map((count) => ({
          name: `${block.category} ${block.gender} ${closure} ${count || ''}`,
          block,
          closure,
          parameters: counted ? { [counted.key]: count } : {},
        })),
      )
  })
  test('in coats, jackets, shirts and waistcoats', () => expect(CASES.length).toBeGreaterThan(20))

  test.each(CASES)('$name: as many, at the same heights, in picture and flat', ({ block, closure, parameters }) => {
    const garment = made(block, { parameters, ...(closure ? { construction: { closure } } : {}) })
    const holes = holesOf(garment)
    const layout = layoutOfView(garment, 'front')
    const columns = closure === 'double-breasted' ? 2 : 1
    const drawn = layout.trims.flatMap((t) =>
      t.kind === 'button' && /^(front-top|placket|body)$/.test(t.over) ? [t] : [],
    )
    expect(drawn).toHaveLength(holes.length * columns)
    const length = garment.size.measures.bodyLength!
    const heights = [...new Set(drawn.map(({ at }) => at.y))].toSorted((a, b) => a - b)
    expect(heights).toHaveLength(holes.length)
    for (const [i, y] of heights.entries())
      expect(Math.abs(y - holes[i]!) / length, `button ${i + 1}`).toBeLessThan(0.02)
    const svg = flatDrawing(inputOf(garment, 'front'), 'front')
    for (const { at, radius } of drawn)
      expect(svg).toContain(
        `<circle cx="${Math.round(at.x * 10) / 10}" cy="${Math.round(at.y * 10) / 10}" r="${radius}" fill="#fff"/>`,
      )
  })

  /** Where a ring crosses a height on the side of its front edge: the nearer one to the centre. */
  const edgeAt = (ring: readonly { x: number; y: number }[], y: number): number => {
    const crossings = ring.flatMap((a, i) => {
      const b = ring[(i + 1) % ring.length]!
      return a.y !== b.y && (a.y - y) * (b.y - y) <= 0 ? [a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)] : []
    })
    return Math.min(Math.abs(Math.min(...crossings)), Math.abs(Math.max(...crossings)))
  }
  const BUTTONED = CASES.filter(({ block: { category } }) => category === 'coat' || category === 'jacket')
  test.each(BUTTONED)('$name: the edge runs clear of them, in pattern and picture alike', (each) => {
    const { block, closure, parameters } = each
    const garment = made(block, { parameters, construction: { closure } })
    const front = garment.size.pieces.find(({ id }) => id === 'front')!
    const layout = layoutOfView(garment, 'front')
    const [drawn] = layout.trims.flatMap((t) => (t.kind === 'button' && t.over === 'front-top' ? [t] : []))
    const [cut] = front.lines.find(({ kind }) => kind === 'button')!.points
    const beyond = edgeAt(front.seam, cut!.y) - Math.abs(cut!.x)
    expect(beyond).toBeGreaterThan(drawn!.radius + 5)
    const shown = edgeAt(layout.parts.find(({ id }) => id === 'front-top')!.outline, drawn!.at.y + 1)
    expect(Math.abs(shown - Math.abs(drawn!.at.x) - beyond)).toBeLessThan(6)
  })

  test('double-breasted coats have their columns as far apart as the pattern', () => {
    const garment = made({ category: 'coat', gender: 'men' }, { construction: { closure: 'double-breasted' } })
    const front = garment.size.pieces.find(({ id }) => id === 'front')!
    const marked = front.lines.filter(({ kind }) => kind === 'button').map(({ points: [at] }) => Math.abs(at!.x))
    const drawn = layoutOfView(garment, 'front').trims.filter((t) => t.kind === 'button' && t.over === 'front-top')
    for (const t of drawn) if ('at' in t) expect(Math.abs(t.at.x)).toBeCloseTo(marked[0]!, 0)
  })

  const COATS = (['men', 'women'] as const).flatMap((gender) =>
    (['notched', 'fur', 'stand'] as const).flatMap((collar) =>
      [2, 3, 4, 5].map((buttonRows) => ({ gender, collar, buttonRows })),
    ),
  )
  test.each(COATS)(
    "a $gender's coat with a $collar collar, a full belt and $buttonRows rows has no button under its belt",
    ({ gender, collar, buttonRows }) => {
      const garment = made(
        { category: 'coat', gender },
        { construction: { collar, belt: 'full' }, parameters: { buttonRows } },
      )
      const layout = layoutOfView(garment, 'front')
      const rows = layout.trims.flatMap((t) => (t.kind === 'button' && t.over === 'front-top' ? [t] : []))
      expect(new Set(rows.map(({ at }) => at.y)).size).toBe(buttonRows)
      // 46 mm of belt; its hanging end may cross a button
      const middle = garment.size.measures.waistLength!
      for (const { at, radius } of rows)
        expect(Math.abs(at.y - middle), `a button at ${at.y}, the belt at ${middle}`).toBeGreaterThan(radius + 23)
    },
  )

  test.each(['men', 'women'] as const)("a %s's coat without lapels is buttoned up to its neck", (gender) => {
    const first = (collar: string) => holesOf(made({ category: 'coat', gender }, { construction: { collar } }))[0]!
    expect(first('stand')).toBeLessThan(first('fur'))
    expect(first('fur')).toBeLessThan(first('notched') - 80)
  })

  test('no button is sewn beside the cloth: the front of a waistcoat reaches below its last one', () => {
    for (const hem of ['pointed', 'rounded', 'square']) {
      const layout = layoutOfView(made({ category: 'waistcoat', gender: 'men' }, { construction: { hem } }), 'front')
      const front = layout.parts.find(({ id }) => id === 'body')!
      for (const t of layout.trims)
        if (t.kind === 'button')
          expect(Math.max(...front.outline.map(({ y }) => y)), hem).toBeGreaterThan(t.at.y + t.radius)
    }
  })
})

/** Seams between panels that a view shows: those that run from the waist down to the hem. */
const panelSeams = (garment: Made, view: View): number[] =>
  layoutOfView(garment, view)
    .parts.find(({ id }) => id === 'body')!
    .seams!.map(({ path }) => path)
    .filter((path) => path[0]!.y < path.at(-1)!.y - 100 && path.at(-1)!.y > garment.size.measures.bodyLength! - 5)
    .map((path) => path.at(-1)!.x)
const panelsCut = ({ size }: Made): number =>
  size.pieces.filter(({ id }) => /^skirtPanel(Zip|Side)?$/.test(id)).reduce((sum, { count }) => sum + count, 0)

describe('pockets in the side seams of flared skirts', () => {
  const skirt = (construction: Record<string, string>, panels?: number) =>
    made({ category: 'full-skirt', gender: 'women' }, { construction, ...(panels ? { parameters: { panels } } : {}) })

  test('a zip at the centre back takes panels by fours, so that a seam falls on each side', () => {
    for (const [asked, used] of [
      [4, 4],
      [6, 8],
      [8, 8],
      [10, 12],
      [12, 12],
    ] as const) {
      const spec = sampleSpec('full-skirt', 'women', MATERIALS, {
        construction: { closure: 'back-zip', pocket: 'seam' },
        parameters: { panels: asked },
      })
      const { spec: whole, clamped } = normalise(spec)
      expect(whole.parameters['panels']).toBe(used)
      expect(clamped).toEqual(asked === used ? [] : [{ parameter: 'panels', asked, used, min: 4, max: 12, unit: 'pc' }])
    }
  })

  test('whoever has no pockets there keeps the panels asked for', () => {
    for (const construction of [{ closure: 'back-zip' }, { closure: 'side-zip' }, {}]) {
      expect(panelsCut(skirt(construction, 6))).toBe(6)
      expect(panelsCut(skirt(construction, 10))).toBe(10)
    }
    // one seam at a side without its counterpart, or half a panel, cannot be sewn
    expect(panelsCut(skirt({}, 5))).toBe(6)
    expect(panelsCut(skirt({}, 6.5))).toBe(8)
  })

  test.each([
    ['back-zip', 'seam'],
    ['side-zip', 'none'],
    ['back-zip', 'none'],
  ])('%s with pocket %s: the picture has the seams that the pattern’s panels make', (closure, pocket) => {
    const garment = skirt({ closure, pocket })
    const [front, back] = [panelSeams(garment, 'front'), panelSeams(garment, 'back')]
    const atSides = closure === 'side-zip' || panelsCut(garment) % 4 === 0 ? 2 : 0
    expect(front.length + back.length + atSides).toBe(panelsCut(garment))
    if (pocket === 'seam') expect(atSides).toBe(2)
    if (closure === 'back-zip') expect(back.some((x) => Math.abs(x) < 1)).toBe(true)
  })

  test('the table of seams names side seams only where there are some', () => {
    const said = (construction: Record<string, string>) =>
      constructionRows(skirt(construction).spec).map(({ operation }) => operation.en)
    expect(said({ closure: 'back-zip' })).toContain('Panel seams')
    expect(said({ closure: 'back-zip', pocket: 'seam' })).toContain('Side and panel seams')
    expect(said({})).toContain('Side and panel seams')
  })

  test('a flared dress, whose zip is at the centre back, is cut and drawn the same way', () => {
    for (const [pocket, panels] of [
      ['none', 6],
      ['seam', 8],
    ] as const) {
      const dress = made({ category: 'dress', gender: 'women' }, { construction: { pocket } })
      expect(panelsCut(dress)).toBe(panels)
      const [front, back] = [panelSeams(dress, 'front'), panelSeams(dress, 'back')]
      expect(front.length + back.length + (pocket === 'seam' ? 2 : 0)).toBe(panels)
      expect(back.some((x) => Math.abs(x) < 1)).toBe(true)
    }
  })
})

test('rib is fine and soft where the cloth is pale, and still seen where it is dark', () => {
  const garment = made({ category: 'tee', gender: 'men' }, {})
  const { map, layout } = renderLightMap({ ...inputOf(garment, 'front', 640), view: 'detail-collar' })
  const band = layout.parts.findIndex(({ id }) => id === 'neck-band') + 1
  const levels = (rib: string): number[] => {
    const rgb = colourise(map, { shell: rib, rib })
    const found: number[] = []
    map.part.forEach((part, i) => {
      if (part === band) found.push(rgb[i * 3 + 1]!)
    })
    return found.toSorted((a, b) => a - b)
  }
  const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)]!
  for (const pale of ['#f4f2ee', '#e9e0cc'])
    expect(at(levels(pale), 0.05) / at(levels(pale), 0.95), pale).toBeGreaterThan(0.68)
  const dark = levels('#22262e')
  expect(at(dark, 0.95) - at(dark, 0.05)).toBeGreaterThan(12)
})
