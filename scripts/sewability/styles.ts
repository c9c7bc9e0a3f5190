/**
 * Styles that try a block: every pair of two choices, or of a choice and a parameter's end, or of two ends, is in one of
 * them; and styles at random. The same list every time.
 */
import { random } from '../../src/core/random.ts'
import {
  type Block,
  MATERIALS,
  newestRecipe,
  sampleSpec,
  SIZE_SYSTEMS,
  type StyleSpec,
} from '../../src/garments/index.ts'

/** One thing that can be chosen: its levels are tried against each other's. */
interface Factor {
  key: string
  kind: 'slot' | 'parameter'
  levels: readonly (string | number)[]
}
type Row = (string | number)[]

const factorsOf = (block: Block): Factor[] => [
  ...block.construction.map(({ slot, options }): Factor => ({
    key: slot,
    kind: 'slot',
    levels: options.map(({ value }) => value),
  })),
  ...block.parameters.map(({ key, min, max, default: usual }): Factor => ({
    key,
    kind: 'parameter',
    levels: [...new Set([usual, min, max])],
  })),
]

/** Rows of levels in which every pair of levels of two factors occurs (greedy: near the fewest, not the fewest). */
export function allPairs(factors: readonly Factor[]): Row[] {
  const open = new Set<string>()
  const name = (i: number, a: number, j: number, b: number): string =>
    i < j ? `${i}.${a} ${j}.${b}` : `${j}.${b} ${i}.${a}`
  factors.forEach((first, i) =>
    factors.forEach((second, j) => {
      if (i < j) first.levels.forEach((_, a) => second.levels.forEach((__, b) => open.add(name(i, a, j, b))))
    }),
  )
  const rows: Row[] = []
  while (open.size) {
    const [pair = ''] = open
    const [i = 0, a = 0, j = 0, b = 0] = pair.split(/[. ]/).map(Number)
    const chosen = new Map([
      [i, a],
      [j, b],
    ])
    factors.forEach(({ levels }, k) => {
      if (chosen.has(k)) return
      const gains = levels.map((_, level) => [...chosen].filter(([f, l]) => open.has(name(k, level, f, l))).length)
      chosen.set(k, gains.indexOf(Math.max(...gains)))
    })
    for (const [f, l] of chosen) for (const [g, m] of chosen) if (f < g) open.delete(name(f, l, g, m))
    rows.push(factors.map(({ levels }, k) => levels[chosen.get(k) ?? 0] ?? ''))
  }
  return rows
}

/** All sizes of the house's system for a wearer, or of the letters. */
function sizesOf(block: Block, letters: boolean): StyleSpec['sizes'] {
  const system = SIZE_SYSTEMS[`${letters ? 'alpha' : 'gbt1335'}-${block.gender}`]
  if (!system) throw new RangeError(`no size system for ${block.gender}`)
  return { system: system.id, base: system.base, list: system.sizes.map(({ label }) => label) }
}

const styleOf = (block: Block, factors: readonly Factor[], row: Row, letters: boolean): StyleSpec => {
  const of = (kind: Factor['kind']) =>
    factors.flatMap((factor, k) => (factor.kind === kind ? [[factor.key, row[k]]] : []))
  return sampleSpec(block.category, block.gender, MATERIALS, {
    ...newestRecipe(),
    construction: Object.fromEntries(of('slot')) as Record<string, string>,
    parameters: Object.fromEntries(of('parameter')) as Record<string, number>,
    sizes: sizesOf(block, letters),
  })
}

/** Every pair of a block's choices and of its parameters' ends, in all sizes of both systems by turns. */
export function pairedStyles(block: Block): StyleSpec[] {
  const factors = factorsOf(block)
  return allPairs(factors).map((row, i) => styleOf(block, factors, row, i % 2 === 1))
}

/** So many styles of some blocks at random, in all sizes. */
export function randomStyles(blocks: readonly Block[], count: number, seed = 13): StyleSpec[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const block = blocks[i % blocks.length]
    if (!block) throw new RangeError('no blocks')
    const factors = factorsOf(block)
    const row = factors.map(({ kind, key, levels }): string | number => {
      if (kind === 'slot') return levels[Math.floor(next() * levels.length)] ?? ''
      const { min = 0, max = 0, step = 1 } = block.parameters.find((p) => p.key === key) ?? {}
      return min + Math.round((next() * (max - min)) / step) * step
    })
    return styleOf(block, factors, row, i % 3 === 2)
  })
}

/** So many of a list, evenly from its whole length. */
export const spread = <T>(all: readonly T[], count: number): T[] =>
  all.filter((_, i) => Math.floor((i * count) / all.length) !== Math.floor(((i - 1) * count) / all.length))
