/** A whole style with its order, as the tests of the factory's papers need it. */
import { DEFAULT_RULES } from '../../src/garments/cost.ts'
import { clothOf } from '../../src/garments/derive.ts'
import { styleHash } from '../../src/garments/hash.ts'
import { mixedMarker } from '../../src/garments/marker.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import type { Drawing } from '../../src/garments/linework/drawing.ts'
import type { Category, Gender, MaterialRole, StyleSpec } from '../../src/garments/types.ts'
import type { TechPackInput } from '../../src/garments/techpack/index.ts'
import { derivedOf } from '../support/drafts.ts'

/** A plain drawing with everything the flats use: group, path, circle, text. */
const flat = (words: string): Drawing => ({
  box: [0, 0, 400, 500],
  parts: [
    [
      {
        shape: 'g',
        fill: 'none',
        stroke: '#222',
        strokeWidth: 2,
        children: [
          {
            shape: 'path',
            d: [
              ['M', 150, 40],
              ['L', 60, 80],
              ['L', 20, 240],
              ['L', 70, 250],
              ['L', 100, 150],
              ['L', 100, 460],
              ['H', 300],
              ['L', 300, 150],
              ['L', 330, 250],
              ['L', 380, 240],
              ['L', 340, 80],
              ['L', 250, 40],
              ['Q', 200, 80, 150, 40],
              ['Z'],
            ],
          },
          {
            shape: 'path',
            d: [
              ['M', 100, 445],
              ['L', 300, 445],
            ],
            dash: [6, 4],
          },
          { shape: 'circle', cx: 200, cy: 120, r: 5 },
        ],
      },
      { shape: 'text', x: 200, y: 490, size: 16, anchor: 'middle', words },
    ],
  ],
})

/** Units of a lot of `total`, spread over sizes with the middle ones heaviest, and over the colourways. */
export function quantitiesOf(spec: StyleSpec, total: number): { size: string; colourway: string; units: number }[] {
  const sizes = spec.sizes.list
  const weights = sizes.map((_, i) => 1 + Math.min(i, sizes.length - 1 - i))
  const sum = weights.reduce((a, b) => a + b, 0) * spec.colourways.length
  const rows = spec.colourways.flatMap((way) =>
    sizes.map((size, i) => ({
      size,
      colourway: way.id,
      units: Math.max(1, Math.floor(((weights[i] ?? 1) * total) / sum)),
    })),
  )
  const base = rows.find((row) => row.size === spec.sizes.base)
  if (base) base.units += total - rows.reduce((n, row) => n + row.units, 0)
  return rows
}

/** A complete input: a style from its block's defaults, sold, priced and laid out for `units` garments. */
export function techPackInput(
  category: Category,
  gender: Gender = 'men',
  units = 120,
  overrides: Partial<StyleSpec> = {},
): TechPackInput {
  const asked = sampleSpec(category, gender, MATERIALS, {
    names: category === 'coat' ? { zh: '双排扣军大衣', en: 'Double-breasted overcoat' } : { zh: '基础款', en: 'Basic' },
    ...overrides,
  })
  const { spec, derived, draft } = derivedOf(asked)
  const hash = styleHash(spec, derived, DEFAULT_RULES)
  const quantities = quantitiesOf(spec, units)
  const bySize = Object.fromEntries(
    spec.sizes.list.map((size) => [size, quantities.filter((q) => q.size === size).reduce((n, q) => n + q.units, 0)]),
  )
  const lays = (
    Object.entries(spec.materials) as [MaterialRole, NonNullable<StyleSpec['materials']['shell']>][]
  ).flatMap(([role, material]) => {
    const pieces = Object.fromEntries(
      draft.sizes.map((size) => [size.size, size.pieces.filter((p) => p.role === role)]),
    )
    return mixedMarker(pieces, clothOf(role, material), bySize, { stripMm: 10 }).spreads.map((spread) => ({
      marker: spread.marker,
      plies: spread.plies,
    }))
  })
  return {
    id: '01938f00-0000-7000-8000-000000000001',
    issuedAt: '2026-11-22T02:00:00Z',
    order: {
      number: 'PO-2026-0042',
      lot: 1,
      currency: 'CNY',
      price: { basis: 'cmt', unit: 9500 },
      quantities,
      totalUnits: units,
      shipBy: '2026-12-18',
      shipTo: {
        name: '杭州分拨中心',
        contact: '李婷',
        phone: '+86 571 0000 0000',
        lines: ['余杭区文一西路 969 号 3 号库'],
        city: '杭州',
        region: '浙江',
        postalCode: '311121',
        country: 'CN',
      },
    },
    style: {
      id: '01938f00-0000-7000-8000-0000000000aa',
      number: 'FC-26W-0107',
      version: 3,
      hash: { approved: hash, sold: hash, sent: hash },
      spec,
      derived,
      draft,
    },
    house: {
      brand: 'FIRSTCUT',
      maker: '初裁服饰（杭州）有限公司',
      makerAddress: '浙江省杭州市余杭区文一西路 969 号',
      origin: { zh: '中国制造', en: 'Made in China' },
    },
    revisions: [
      { revision: 1, date: '2026-11-10', by: '王敏', change: { zh: '首版', en: 'first issue' } },
      { revision: 2, date: '2026-11-20', by: '王敏', change: { zh: '衣长加长 20 mm', en: 'body length +20 mm' } },
    ],
    lays,
    comments: [
      {
        sample: '头样 proto',
        date: '2026-11-15',
        by: '王敏',
        words: { zh: '袖山吃势偏大，已改版。', en: 'Too much ease in the sleeve head; pattern corrected.' },
        done: true,
      },
    ],
    flats: { front: flat('front'), back: flat('back') },
  }
}
