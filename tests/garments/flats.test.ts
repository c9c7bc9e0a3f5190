import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { flatDrawing } from '../../src/garments/flats/index.ts'
import type { PackshotInput } from '../../src/garments/packshot/index.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
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

  test('a cloth other than the shell has a tone of its own, so that a contrast hood is not a plain one', () => {
    const hood = (chosen: string) => flatDrawing(of('hoodie', { hood: chosen }), 'front')
    expect(hood('contrast')).toContain('fill="#bdbdbd"')
    expect(hood('self')).not.toContain('fill="#bdbdbd"')
  })

  test('a pressed crease is a long-dashed line down each leg', () => {
    const creases = (front: string) =>
      flatDrawing(of('trousers', { front }), 'front').match(/stroke-dasharray="22 5 5 5"/g)?.length ?? 0
    expect([creases('pleat'), creases('flat')]).toEqual([2, 0])
  })
})
