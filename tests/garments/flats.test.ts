import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { flatAnchors, flatDrawing, measureLetter } from '../../src/garments/flats/index.ts'
import type { PackshotInput } from '../../src/garments/packshot/index.ts'
import { CATEGORIES } from '../../src/garments/types.ts'
import type { Category } from '../../src/garments/types.ts'

const of = (category: Category, construction: Record<string, string> = {}): PackshotInput => ({
  category,
  gender: 'men',
  construction,
  measures: {},
  textures: {},
  colours: { shell: '#444444' },
  seed: 3,
  view: 'front',
  sizePx: 256,
})

describe('technical flats', () => {
  test.each(CATEGORIES)('%s has a front and a back that a browser can draw', async (category) => {
    for (const view of ['front', 'back'] as const) {
      const svg = flatDrawing(of(category), view)
      expect(svg).not.toMatch(/NaN|undefined|Infinity/)
      const { width, height } = await sharp(Buffer.from(svg)).metadata()
      expect(Math.min(width ?? 0, height ?? 0)).toBeGreaterThan(300)
    }
    expect(flatDrawing(of(category), 'front')).not.toBe(flatDrawing(of(category), 'back'))
  })

  test('stitch lines are dashed and every button of the coat is drawn', () => {
    const svg = flatDrawing(
      of('coat', { closure: 'double-breasted', collar: 'fur', pocket: 'none', belt: 'none' }),
      'front',
    )
    expect(svg).toContain('stroke-dasharray="4 2.6"')
    expect(svg.match(/r="14.5"/g)?.length).toBe(8)
  })

  test('how-to-measure arrows carry letters in the order of the size chart, in millimetres of the garment', () => {
    const svg = flatDrawing({ ...of('tee'), measures: { halfChest: 520, bodyLength: 700, shoulder: 440 } }, 'front', {
      measures: ['bodyLength', 'halfChest', 'shoulder'],
    })
    expect([...svg.matchAll(/data-measure="([A-Z]+)"/g)].map((m) => m[1])).toEqual(['A', 'B', 'C'])
    const chest = /data-measure="B"><path d="M(-?[\d.]+) [\d.]+L(-?[\d.]+)/.exec(svg)
    expect(Number(chest?.[2]) - Number(chest?.[1])).toBeCloseTo(520, 0)
    expect(measureLetter(27)).toBe('AB')
  })

  test('callouts point at parts that exist and pass over those that do not', () => {
    const keys = flatAnchors(of('shirt'), 'front').map((a) => a.key)
    expect(keys).toContain('placket')
    const svg = flatDrawing(of('shirt'), 'front', { callouts: ['placket', 'no-such-part'] })
    expect(svg).toContain('data-callout="placket"')
    expect(svg).not.toContain('no-such-part')
  })
})
