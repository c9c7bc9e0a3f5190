/** Section 7 of the tech pack: the seams of a garment in its own words. */
import { describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { constructionRows, seamsOf } from '../../src/garments/techpack/construction.ts'
import type { Category } from '../../src/garments/types.ts'

describe('seams are named as the garment has them', () => {
  const said = (category: Category, construction: Record<string, string> = {}): string => {
    const { gender } = BLOCKS.find((block) => block.category === category)!
    const spec = sampleSpec(category, gender, MATERIALS, { construction })
    return constructionRows(spec)
      .map(({ operation }) => `${operation.zh} ${operation.en}`)
      .join('\n')
  }

  test('what has no sleeves has no sleeve to hem, to set or to band', () => {
    for (const category of ['trousers', 'chinos', 'pencil-skirt', 'full-skirt', 'waistcoat'] as const)
      expect(said(category), category).not.toMatch(/袖口|袖克夫|绱袖|sleeve|cuff/i)
    expect(said('dress', { sleeve: 'none' })).not.toMatch(/袖口|绱袖|sleeve/i)
    expect(said('dress', { sleeve: 'long' })).toMatch(/袖口.*sleeve/)
    expect(said('shirt', { sleeve: 'short' })).not.toMatch(/袖克夫|cuff/i)
  })

  test('each hem has its own word', () => {
    expect(said('trousers')).toContain('脚口撬边 Blind-stitched leg hems')
    expect(said('pencil-skirt')).toContain('裙摆撬边 Blind-stitched skirt hem')
    expect(said('full-skirt')).toContain('裙摆卷边 Rolled skirt hem')
    expect(said('coat')).toContain('下摆、袖口撬边 Blind-stitched bottom and sleeve hems')
    expect(said('zip-hoodie', { rib: 'hem' })).toContain('下摆、袖口折边')
    expect(said('zip-hoodie', { rib: 'rib' })).not.toContain('折边')
  })

  test('a seam that another choice leaves out is not asked for', () => {
    expect(said('coat', { lining: 'none' })).not.toContain('里布')
    expect(said('trousers', { waist: 'elastic' })).not.toMatch(/拉链|锁眼/)
    expect(said('trousers', { closure: 'button' })).not.toContain('拉链')
    expect(said('trousers', { pocket: 'none', backPocket: 'none' })).not.toContain('袋口')
  })

  test('whatever is chosen, no seam is listed twice', () => {
    for (const { category, gender, construction } of BLOCKS)
      for (const { slot, options } of construction)
        for (const { value } of options) {
          const keys = seamsOf(sampleSpec(category, gender, MATERIALS, { construction: { [slot]: value } })).map(
            ({ key }) => key,
          )
          expect(new Set(keys).size, `${category} ${slot} ${value}: ${keys.join(' ')}`).toBe(keys.length)
        }
  })
})
