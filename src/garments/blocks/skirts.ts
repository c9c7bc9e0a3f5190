/** What pencil and full skirts share: waistband, points of measure, seams. Women's only. */
import { pom } from '../measures.ts'
import { both, is, line, only, rectangle, SEAMS, worded } from './common.ts'
import type { Drafted } from './engine.ts'
import type { Context, CutRow, MeasurePoint, SeamSpec } from './types.ts'

const OVERLAP = 30
export const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')
export const bandHeight = (ctx: Context): number => ctx.parameter('waistband')
export const lined = is('lining', 'full')

export const SKIRT_POINTS = (side: MeasurePoint[]): MeasurePoint[] => [
  pom('bodyLength', {
    name: both('裙长', 'Skirt length'),
    how: both('由腰缝沿后中量至底边', 'From the waist seam down the centre back to the hem'),
  }),
  pom('halfWaist', { how: both('平铺，沿腰头下口横量', 'Flat, along the lower edge of the waistband') }),
  pom('halfHip'),
  pom('halfThigh', {
    name: both('1/2中围', 'Half width at mid length'),
    how: both('平铺，裙长一半处横量', 'Flat, across at half the skirt length'),
  }),
  pom('halfHem'),
  pom('outseam', {
    name: both('侧缝长', 'Side length'),
    how: both('由腰头上口沿侧缝量至底边', 'From the top of the waistband down the side seam to the hem'),
  }),
  ...side,
  pom('waistband'),
]

/** Seams of a skirt: the long ones, the hem, and what every skirt has. */
export const stitchesOf = (long: readonly SeamSpec[], bottom: SeamSpec): SeamSpec[] => [
  ...long,
  SEAMS.waistband,
  SEAMS.overlock,
  worded(SEAMS.zip, '绱隐形拉链', 'Setting the concealed zip'),
  bottom,
  only(SEAMS.lining, lined),
]

export const waistbandRows = (girth: (d: Drafted, ctx: Context) => number, part: string): CutRow[] => [
  {
    id: 'waistband',
    part,
    role: 'shell',
    count: 1,
    grainDeg: 0,
    shape: (d, ctx) => {
      const { ring, points } = rectangle(girth(d, ctx) + OVERLAP, 2 * bandHeight(ctx))
      // Where the edge of the zip meets the band, outside and inside.
      const ends = { edge: { x: OVERLAP, y: 2 * bandHeight(ctx) }, innerEdge: { x: OVERLAP, y: 0 } }
      return { ring, points: { ...points, ...ends } }
    },
    placed: (_, ctx) => [{ x: OVERLAP, y: 2 * bandHeight(ctx), kind: 'single' }],
    lines: (d, ctx) => [line('fold', { x: 0, y: bandHeight(ctx) }, { x: girth(d, ctx) + OVERLAP, y: bandHeight(ctx) })],
    why: 'Drawn here in the height the style asks for.',
  },
  {
    id: 'waistbandInterlining',
    part,
    role: 'interlining',
    count: 1,
    grainDeg: 0,
    shape: (d, ctx) => rectangle(girth(d, ctx) + OVERLAP, bandHeight(ctx)),
    recipes: [1, 2],
    why: 'The band is fused on its outside; from the third recipes on with tape, bought in its width.',
  },
]
