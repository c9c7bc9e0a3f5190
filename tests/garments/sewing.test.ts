/** The seam graph: every edge of every piece is sewn, hemmed, folded, bound, laid on or left open on purpose. */
import { describe, expect, test } from 'vitest'
import type { Block } from '../../src/garments/blocks/types.ts'
import { BLOCKS, definitionOf } from '../../src/garments/categories/index.ts'
import { distance, lengthOf } from '../../src/garments/geometry.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { checkProducible, draftStyle } from '../../src/garments/pattern.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { sewingFaults } from '../../src/garments/sewing/check.ts'
import { clothFacts } from '../../src/garments/sewing/cloth.ts'
import { balance } from '../../src/garments/sewing/notches.ts'
import { resolveSewing } from '../../src/garments/sewing/resolve.ts'
import { Ring } from '../../src/garments/sewing/ring.ts'
import type { Plan } from '../../src/garments/sewing/types.ts'
import { seamName, SEAM_IDS } from '../../src/garments/sewing/words.ts'
import { hemmed, sew } from '../../src/garments/sewing/write.ts'
import type { Piece, SizeDraft, StyleSpec } from '../../src/garments/types.ts'
import { draftOf } from '../support/drafts.ts'

const SEWN = BLOCKS.filter(({ recipe }) => recipe.sewing)
const specOf = (block: Block, construction: Record<string, string> = {}): StyleSpec =>
  sampleSpec(block.category, block.gender, MATERIALS, { construction })
const drafted = (block: Block, construction: Record<string, string> = {}): readonly SizeDraft[] =>
  (Object.keys(construction).length ? draftStyle : draftOf)(specOf(block, construction)).sizes

/** As many styles as the longest choice has options: every option of every choice is in one of them. */
const stylesOf = ({ construction }: Block): Record<string, string>[] =>
  Array.from({ length: Math.max(...construction.map(({ options }) => options.length)) }, (_, i) =>
    Object.fromEntries(construction.map(({ slot, options }) => [slot, options[i % options.length]!.value])),
  )

const square = (id: string): Piece => {
  const anchors = { tl: { x: 0, y: 0 }, tr: { x: 100, y: 0 }, br: { x: 100, y: 100 }, bl: { x: 0, y: 100 } }
  const seam = Object.values(anchors)
  const cut = [
    { x: -10, y: -10 },
    { x: 110, y: -10 },
    { x: 110, y: 110 },
    { x: -10, y: 110 },
  ]
  const name = { zh: id, en: id }
  return {
    id,
    name,
    role: 'shell',
    count: 1,
    mirrored: false,
    cut,
    seam,
    grainDeg: 90,
    notches: [],
    lines: [],
    anchors,
  }
}
const sized = (pieces: Piece[], plans: Plan[]): SizeDraft => ({
  size: 'M',
  body: {},
  pieces,
  measures: {},
  seamPairs: [],
  sewn: resolveSewing(plans, pieces),
})

describe('what is declared', () => {
  const cases = SEWN.flatMap((block) =>
    stylesOf(block).map((construction, i) => ({ name: `${block.gender} ${block.category} ${i}`, block, construction })),
  )
  test.each(cases)('$name: no edge is left out and none is taken twice, in every size', ({ block, construction }) => {
    for (const size of drafted(block, construction)) {
      const faults = sewingFaults(size).filter(({ kind }) => kind === 'unsewn' || kind === 'twice')
      expect(faults.map(({ text }) => `${size.size} ${text.en}`)).toEqual([])
    }
  })

  test('every garment declares its seams', () => {
    expect(BLOCKS.filter(({ recipe }) => !recipe.sewing).map(({ category }) => category)).toEqual([])
  })

  test('a seam has a word in both languages, and says which side it is on', () => {
    for (const id of SEAM_IDS) expect(seamName(id).zh).toMatch(/[一-鿿]/)
    expect(seamName('side.left')).toEqual({ zh: '左侧缝', en: 'Side seam, left' })
  })

  test('the same style has the same graph; a style of the first recipe has none', () => {
    const block = SEWN[0]!
    expect(draftStyle(specOf(block)).sizes).toEqual(drafted(block))
    const { recipe: _recipe, ...first } = specOf(block)
    const [size] = draftOf(first).sizes
    expect(size!.sewn).toBeUndefined()
    expect(size!.pieces.every(({ anchors }) => anchors === undefined)).toBe(true)
  })
})

describe('cloth that a designer may choose', () => {
  const thickest = ({ category }: Block) => {
    const { textures, gsm } = definitionOf(category).cloth.shell
    const shells = Object.values(MATERIALS).filter(
      (m) => m.roles.includes('shell') && textures.includes(m.texture) && m.gsm >= gsm[0] && m.gsm <= gsm[1],
    )
    const thick = (shell: (typeof shells)[number]) => clothFacts({ shell }).thickMm
    return shells.reduce((most, shell) => (thick(shell) > thick(most) ? shell : most))
  }
  const turned = SEWN.filter(({ category }) => category === 'coat' || category === 'jacket' || category === 'shirt')
  test.each(turned.map((block) => ({ name: `${block.gender} ${block.category}`, block })))(
    '$name: the collar is turned and still fits in the thickest',
    ({ block }) => {
      const spec = specOf(block)
      const { sizes } = draftStyle({ ...spec, materials: { ...spec.materials, shell: thickest(block) } })
      expect(sizes.flatMap((size) => sewingFaults(size).map(({ text }) => `${size.size} ${text.en}`))).toEqual([])
    },
  )
})

describe('what is wrong is told', () => {
  const all = (piece: string) => [`${piece}: tl > tr`, `${piece}: tr > br`, `${piece}: br > bl`, `${piece}: bl > tl`]

  test('an edge that was forgotten', () => {
    const [fault, ...more] = sewingFaults(
      sized([square('front')], [hemmed('hem', 'blindHem', all('front').slice(0, 3))]),
    )
    expect(more).toEqual([])
    expect(fault).toMatchObject({ kind: 'unsewn', at: 'front', mm: 100 })
    expect(fault!.text.zh).toContain('100 毫米')
  })

  test('an edge that is sewn twice', () => {
    const [fault] = sewingFaults(
      sized([square('front')], [hemmed('hem', 'blindHem', 'front'), hemmed('side', 'blindHem', 'front: tl > tr')]),
    )
    expect(fault).toMatchObject({ kind: 'twice', mm: 100 })
    expect(fault!.text.en).toMatch(/^front: 100 mm .*around 50, 0.*“Hem” and “Side seam”.*one of them/)
    expect(fault!.text.zh).toMatch(/^front：有 100 毫米.*“下摆”与“侧缝”.*只保留其中一处/)
  })

  test('two sides that do not fit, with both lengths and what to change', () => {
    const [one, two] = [square('front'), square('back')]
    const plans = [
      sew('side', 'tailored', ['front: tl > tr', 'front: tr > br'], 'back: tl > tr'),
      hemmed('hem', 'blindHem', [...all('front').slice(2), ...all('back').slice(1)]),
    ]
    const [fault, ...more] = sewingFaults(sized([one, two], plans))
    expect(more).toEqual([])
    expect(fault!.text.en).toMatch(/Side seam: front measures 200 mm, back 100 mm.*100 mm.*defaults/)
    expect(fault!.text.zh).toMatch(/侧缝：front长 200 毫米，back长 100 毫米.*默认值/)
    const spec = specOf(SEWN[0]!)
    const draft = { ...draftOf(spec), sizes: [sized([one, two], plans)] }
    const { problems, worstSeamMm } = checkProducible(draft, spec)
    expect(problems.map(({ en }) => en).join()).toContain('Size M: Side seam')
    // 100 mm less what a plain seam of 100 mm may differ by.
    expect(worstSeamMm).toBe(97.7)
  })

  test('a point that is not on the outline, and a piece that is not cut', () => {
    expect(() => sized([square('front')], [hemmed('hem', 'blindHem', 'front: tl > nowhere')])).toThrow(
      /nowhere.*tl, tr/,
    )
    expect(() => sized([square('front')], [sew('side', 'tailored', 'front: tl > tr', 'back: tl > tr')])).toThrow(/back/)
  })

  test('the mouth of a dart is folded away before its edge is measured', () => {
    const front: Piece = {
      ...square('front'),
      lines: [
        {
          kind: 'dart',
          points: [
            { x: 40, y: 0 },
            { x: 50, y: 60 },
            { x: 60, y: 0 },
          ],
        },
      ],
    }
    const [seam] = sized([front], [sew('waist', 'tailored', 'front: tl > tr', 'front: bl > br')]).sewn!
    expect(seam).toMatchObject({ a: { length: 80 }, b: { length: 100 }, ease: { is: -20 } })
  })
})

test('the back of a coat is as long at its side as the front, in small sizes and short coats as in large and long ones', () => {
  const sideOf = ({ sewn = [] }: SizeDraft): number[] =>
    sewn.flatMap((seam) => {
      if (seam.does !== 'sewn' || seam.seam !== 'side') return []
      const [a, b] = [seam.a, seam.b].map(({ stretches }) =>
        stretches.reduce((sum, { sewn }) => sum + Math.abs(sewn), 0),
      )
      return [Math.abs((a ?? 0) - (b ?? 0))]
    })
  for (const belt of ['half', 'none'])
    for (const bodyLength of [950, 1200]) {
      const spec = sampleSpec('coat', 'men', MATERIALS, { construction: { belt }, parameters: { bodyLength } })
      const list = ['160/80A', '175/92A', '190/104A', '165/84A', '185/100A'].toSorted()
      const off = draftStyle({ ...spec, sizes: { ...spec.sizes, list } }).sizes.flatMap(sideOf)
      expect(off.length).toBe(10)
      expect(Math.max(...off)).toBeLessThan(1)
    }
})

describe('notches', () => {
  test.each(SEWN.map((block) => ({ name: `${block.gender} ${block.category}`, block })))(
    '$name: a seam that needs a balance mark has it on both sides, at the same share of its way',
    ({ block }) => {
      for (const { pieces, sewn } of drafted(block))
        for (const seam of sewn ?? []) {
          if (seam.does !== 'sewn') continue
          for (const share of balance(seam))
            for (const side of [seam.a, seam.b]) {
              const [only] = side.stretches
              // Chains and darted edges are found by the same walk; here the plain ones are measured again.
              if (side.stretches.length > 1 || !only || Math.abs(only.length) !== only.sewn) continue
              const piece = pieces.find(({ id }) => id === only.piece)!
              const ring = new Ring(piece.seam)
              const along = share * only.sewn
              if (Math.min(along, only.sewn - along) < 14) continue
              const at = ring.at(only.from + Math.sign(only.length) * along)
              const near = Math.min(...piece.notches.map((notch) => distance(notch, at)))
              expect(near, `${seam.id} on ${piece.id} at ${share}`).toBeLessThan(15)
            }
        }
    },
  )
  test('lengths along an outline are lengths', () => {
    const ring = new Ring(square('front').seam)
    expect(ring.length).toBe(400)
    expect(lengthOf([ring.at(350), ring.at(400), ring.at(50)])).toBe(100)
    expect(ring.between(350, 50)).toBe(100)
    expect(ring.between(50, 350)).toBe(-100)
  })
})
