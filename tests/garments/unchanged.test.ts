/**
 * What every garment came to before its code was moved: styles, patterns, markers, prices, drawings, pictures and
 * papers, as hashes. One set of choices of every block by default; all of them, and the papers, with UNCHANGED=all.
 * UNCHANGED=write writes the figures anew, for a change that is meant to change garments: say in the commit which. What is
 * left out (`-t coat`) keeps its figures; UNCHANGED=write-some writes the one set of every block.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/index.ts'
import { paperFigures, setsOf, styleFigures } from './support-unchanged.ts'

const STORED = new URL('./unchanged.json', import.meta.url)
const asked = process.env['UNCHANGED']
const writing = asked === 'write' || asked === 'write-some'
const whole = asked === 'all' || asked === 'write'

interface Figures {
  /** Sines and powers may differ in their last bit on another engine, and every hash with them. */
  engine: string
  styles: Record<string, Record<string, string>>
  papers: Record<string, Record<string, string>>
}
const engine = `V8 ${process.versions.v8.split('.').slice(0, 2).join('.')}`
const stored = JSON.parse(readFileSync(STORED, 'utf8')) as Figures
const now: Figures = { engine, styles: {}, papers: {} }

const cases = BLOCKS.flatMap((block, b) =>
  Array.from({ length: setsOf(block) }, (_, set) => ({ block, set, name: `${block.category} ${block.gender} ${set}` }))
    // another set of each block, so that the few together have many of the choices
    .filter(({ set }) => whole || set === b % setsOf(block)),
)

describe.skipIf(stored.engine !== engine && !writing)(`garments are what they were (${stored.engine})`, () => {
  test.each(cases)('$name', ({ block, set, name }) => {
    now.styles[name] = styleFigures(block, set)
    if (!writing) expect(now.styles[name]).toEqual(stored.styles[name])
  })

  test.runIf(whole).each(BLOCKS.map(({ category, gender }) => ({ category, gender, name: `${category} ${gender}` })))(
    'papers of $name',
    async ({ category, gender, name }) => {
      now.papers[name] = await paperFigures({ category, gender })
      if (!writing) expect(now.papers[name]).toEqual(stored.papers[name])
    },
  )

  test('nothing that was stored is left out', () => {
    const left = Object.keys(stored.styles).filter((name) => whole && !(name in now.styles))
    expect(writing ? [] : left).toEqual([])
  })
})

afterAll(() => {
  if (!writing) return
  const all: Figures = {
    engine,
    styles: { ...stored.styles, ...now.styles },
    papers: { ...stored.papers, ...now.papers },
  }
  writeFileSync(STORED, `${JSON.stringify(all, null, 1)}\n`)
})
