/** The drawing and the pattern are one garment: nothing is drawn that is not made, nothing made that is not drawn or known to be out of sight. */
import { describe, expect, test } from 'vitest'
import { BLOCKS, draftStyle, MATERIALS, sampleSpec, shownFaults, type StyleSpec } from '../../src/garments/index.ts'
import { trimsOf } from '../../src/garments/bom.ts'
import { normalise } from '../../src/garments/pattern.ts'
import { sightOfStyle } from '../../src/garments/shown/check.ts'
import { PARTS, PIECES, ROWS } from '../../src/garments/shown/rules.ts'

type Block = (typeof BLOCKS)[number]
const styleOf = (block: Block, construction: Record<string, string>, more: Partial<StyleSpec> = {}): StyleSpec =>
  normalise(sampleSpec(block.category, block.gender, MATERIALS, { construction, ...more })).spec
/** Pieces, drawn parts and rows of trims of all that was looked at. */
const [cut, drawn, bought] = [new Set<string>(), new Set<string>(), new Set<string>()]
function faultsOf(spec: StyleSpec): string[] {
  const draft = draftStyle(spec)
  for (const { id } of draft.sizes[0]?.pieces ?? []) cut.add(id)
  for (const { id } of sightOfStyle(spec, draft).sight.parts) drawn.add(id)
  for (const { code } of trimsOf(spec, draft)) bought.add(code)
  return shownFaults(spec, draft).map(({ kind, what }) => `${kind} ${what}`)
}

/** Every option of every choice, beside others each time. */
function rowsOf({ construction }: Block): Record<string, string>[] {
  const longest = Math.max(...construction.map(({ options }) => options.length))
  return Array.from({ length: 2 * longest }, (_, i) =>
    Object.fromEntries(
      construction.map(({ slot, options }, k) => [
        slot,
        options[(i + Math.floor(i / longest) * k) % options.length]!.value,
      ]),
    ),
  )
}

describe('what is drawn is made, and what is made is drawn', () => {
  test.each(BLOCKS.map((block) => ({ name: `${block.gender} ${block.category}`, block })))(
    '$name, with every option of every choice',
    ({ block }) => {
      const told = rowsOf(block).flatMap((row) => faultsOf(styleOf(block, row)).map((fault) => [fault, row] as const))
      expect(told).toEqual([])
    },
    60_000,
  )

  test('whatever cloth it is cut from: denim makes no pocket and no yoke', () => {
    const denim = Object.values(MATERIALS).find(({ texture }) => texture === 'denim')!
    for (const block of BLOCKS.filter(({ category }) => category === 'chinos' || category === 'trousers')) {
      const plain = styleOf(block, {})
      const spec = { ...plain, materials: { ...plain.materials, shell: denim } }
      expect(faultsOf(spec)).toEqual([])
    }
  })

  test('a sleeveless dress without lining has its armholes bound', () => {
    const dress = BLOCKS.find(({ category }) => category === 'dress')!
    expect(faultsOf(styleOf(dress, { sleeve: 'none', lining: 'none' }))).toEqual([])
  })

  test('pockets that are there without others beside them are drawn', () => {
    const coat = BLOCKS.find(({ category }) => category === 'coat')!
    expect(faultsOf(styleOf(coat, { pocket: 'none', chestPocket: 'welt' }))).toEqual([])
  })
})

describe('what is wrong is told', () => {
  const trousers = BLOCKS.find(({ category }) => category === 'trousers')!
  const spec = styleOf(trousers, {})
  const draft = draftStyle(spec)
  const without = (id: string) => ({
    ...draft,
    sizes: draft.sizes.map((size) => ({ ...size, pieces: size.pieces.filter((piece) => piece.id !== id) })),
  })

  test('loops that are drawn and not cut', () => {
    const [fault] = shownFaults(spec, without('beltLoop'))
    expect(fault).toMatchObject({ kind: 'drawn-not-made' })
    expect(fault!.what).toContain('loop')
  })

  test('a piece that nothing shows', () => {
    const [first, ...more] = draft.sizes.map((size) => ({
      ...size,
      pieces: [...size.pieces, { ...size.pieces[0]!, id: 'epaulette', lines: [] }],
    }))
    expect(shownFaults(spec, { ...draft, sizes: [first!, ...more] })).toEqual([
      { kind: 'made-not-drawn', what: 'epaulette' },
    ])
  })

  test('a button more on the pattern than in the picture', () => {
    const sizes = draft.sizes.map((size) => ({
      ...size,
      pieces: size.pieces.map((piece) =>
        piece.id === 'waistband'
          ? { ...piece, lines: [...piece.lines, { kind: 'button' as const, points: [{ x: 30, y: 30 }] }] }
          : piece,
      ),
    }))
    expect(shownFaults(spec, { ...draft, sizes })).toEqual([
      { kind: 'made-not-drawn', what: 'buttons: 3 drawn, 4 made' },
    ])
  })
})

test.each([
  ['pieces', PIECES, cut],
  ['parts of a drawing', PARTS, drawn],
  ['rows of trims', ROWS, bought],
] as const)('every rule about %s is of use to some garment', (_, rules, found) => {
  // The first rule that fits counts: one that only fits what an earlier one took says nothing.
  const used = new Set([...found].map((each) => rules.findIndex(([id]) => id.test(each))))
  expect(rules.filter((__, i) => !used.has(i)).map(([id]) => String(id))).toEqual([])
})
