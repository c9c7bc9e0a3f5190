/** Points of measure: the words, tolerances and checks every block shares. */
import type { Context, MeasurePoint } from './blocks/types.ts'
import type { Draft, MeasureCode, Measures, PointOfMeasure, SizeDraft } from './types.ts'
import { round1 } from './geometry.ts'

type Row = readonly [zh: string, en: string, howZh: string, howEn: string, tolerance: number]

/** Tolerances are the ± usual in a buyer's measurement sheet for woven goods; knits add to them (see `knit`). */
const ROWS: Readonly<Record<MeasureCode, Row>> = {
  bodyLength: ['衣长', 'Body length', '由肩颈点垂直量至底边', 'From high point shoulder straight down to the hem', 10],
  halfChest: ['1/2胸围', 'Half chest', '平铺，于袖窿底点横量', 'Flat, across at the underarm point', 10],
  halfWaist: ['1/2腰围', 'Half waist', '平铺，于腰线横量', 'Flat, straight across at the waist', 10],
  halfHem: ['1/2下摆', 'Half hem', '平铺，沿底边横量', 'Flat, along the hem edge from side to side', 10],
  shoulder: ['肩宽', 'Shoulder width', '由左肩端点横量至右肩端点', 'Straight from shoulder point to shoulder point', 6],
  acrossFront: ['前胸宽', 'Across front', '前片袖窿中部横量', 'Across the front at mid armhole', 6],
  acrossBack: ['后背宽', 'Across back', '后片袖窿中部横量', 'Across the back at mid armhole', 6],
  sleeveLength: [
    '袖长',
    'Sleeve length',
    '由肩端点沿袖中线量至袖口',
    'From shoulder point along the sleeve to its edge',
    8,
  ],
  halfBicep: ['1/2袖肥', 'Half bicep', '平铺，于袖窿底点横量袖宽', 'Flat, across the sleeve at the underarm', 6],
  halfElbow: ['1/2袖肘', 'Half elbow', '平铺，于袖肘处横量', 'Flat, across the sleeve at the elbow', 6],
  halfCuff: ['1/2袖口', 'Half cuff', '平铺，沿袖口横量', 'Flat, along the sleeve edge', 5],
  armhole: [
    '袖窿直量',
    'Armhole, straight',
    '由肩端点直量至袖窿底点',
    'Straight from shoulder point to underarm point',
    6,
  ],
  neckWidth: ['领宽', 'Neck width', '左右肩颈点之间横量', 'Between the high point shoulders, seam to seam', 5],
  frontNeckDrop: [
    '前领深',
    'Front neck drop',
    '肩颈点连线垂直量至前领窝',
    'From the line of the shoulder points to the front neck seam',
    5,
  ],
  backNeckDrop: [
    '后领深',
    'Back neck drop',
    '肩颈点连线垂直量至后领窝',
    'From the line of the shoulder points to the back neck seam',
    4,
  ],
  halfNeckStretched: [
    '1/2领围（拉开）',
    'Half neck, stretched',
    '沿领口拉平至不再伸长，横量；不得小于此值',
    'Neck edge pulled flat until it gives no more, straight across; no less than this',
    8,
  ],
  collarHeight: ['领高', 'Collar height', '后中处量领面高', 'Height of the collar at centre back', 4],
  hoodHeight: ['帽高', 'Hood height', '由领缝垂直量至帽顶', 'From the neck seam to the top of the hood', 8],
  hoodDepth: ['帽宽', 'Hood depth', '帽子平铺，最宽处横量', 'Hood flat, across its widest', 8],
  ribHeight: ['罗纹高', 'Rib height', '下摆罗纹的高度', 'Height of the hem rib', 4],
  cuffHeight: ['袖口高', 'Cuff height', '袖克夫或袖口罗纹的高度', 'Height of the cuff or cuff rib', 4],
  waistLength: [
    '腰节长',
    'Waist length',
    '由肩颈点垂直量至腰线',
    'From high point shoulder straight down to the waist',
    8,
  ],
  halfHip: ['1/2臀围', 'Half hip', '平铺，于臀部最宽处横量', 'Flat, across at the fullest hip', 10],
  frontRise: [
    '前浪',
    'Front rise',
    '由腰头上口沿前浪量至裆底',
    'From the top of the waistband along the front to the crotch seam',
    6,
  ],
  backRise: [
    '后浪',
    'Back rise',
    '由腰头上口沿后浪量至裆底',
    'From the top of the waistband along the back to the crotch seam',
    6,
  ],
  inseam: ['内长', 'Inseam', '由裆底沿内缝量至裤脚口', 'From the crotch along the inside seam to the leg opening', 8],
  outseam: [
    '裤长',
    'Outseam',
    '由腰头上口沿侧缝量至裤脚口',
    'From the top of the waistband along the side seam to the leg opening',
    10,
  ],
  halfThigh: ['1/2横裆', 'Half thigh', '平铺，裆底处横量裤腿', 'Flat, across the leg at the crotch', 6],
  halfKnee: ['1/2膝围', 'Half knee', '平铺，膝线处横量裤腿', 'Flat, across the leg at the knee', 6],
  halfLegOpening: ['1/2脚口', 'Half leg opening', '平铺，沿脚口横量', 'Flat, along the leg opening', 5],
  waistband: ['腰头高', 'Waistband height', '腰头的高度', 'Height of the waistband', 3],
}

/** Options of a point: other words or tolerance where a garment measures it its own way. */
interface Special {
  tolerance?: number
  how?: MeasurePoint['how']
  name?: MeasurePoint['name']
  when?: (ctx: Context) => boolean
}

/** One point of measure of a block. */
export function pom(code: MeasureCode, special: Special = {}): MeasurePoint {
  const [zh, en, howZh, howEn, tolerance] = ROWS[code]
  return {
    code,
    name: special.name ?? { zh, en },
    how: special.how ?? { zh: howZh, en: howEn },
    tolerance: special.tolerance ?? tolerance,
    ...(special.when ? { when: special.when } : {}),
  }
}

/** Girths that must grow with every size; every other measure must at least not shrink. */
export const STRICT_CODES: readonly MeasureCode[] = ['halfChest', 'halfWaist', 'halfHip']

/** A measure that shrinks, or a girth that stands still, from one size to the next. */
export interface MonotoneFault {
  code: MeasureCode
  from: string
  to: string
  step: number
}

/** Every place where a size chart does not grow: shrinking by more than rounding (0.1 mm), or a girth that rests. */
export function monotoneFaults(sizes: readonly Pick<SizeDraft, 'size' | 'measures'>[]): MonotoneFault[] {
  const faults: MonotoneFault[] = []
  for (let i = 1; i < sizes.length; i++) {
    const [small, large] = [sizes[i - 1], sizes[i]]
    if (!small || !large) continue
    for (const code of Object.keys(large.measures) as MeasureCode[]) {
      const step = round1((large.measures[code] ?? 0) - (small.measures[code] ?? 0))
      const strict = STRICT_CODES.includes(code)
      if (strict ? step <= 0 : step < -0.1) faults.push({ code, from: small.size, to: large.size, step })
    }
  }
  return faults
}

/** The size chart's rows: each point with the step from size to size, in the order of the sizes. */
export const gradePoints = (points: readonly MeasurePoint[], charts: readonly Measures[]): PointOfMeasure[] =>
  points.map(({ code, name, how, tolerance }) => ({
    code,
    name,
    how,
    tolerance,
    grade: charts.slice(1).map((chart, i) => round1((chart[code] ?? 0) - (charts[i]?.[code] ?? 0))),
  }))

/** The measure of one code in one size. @throws RangeError when the size was drafted without it */
export function measureOf(draft: Draft, size: string, code: MeasureCode): number {
  const value = draft.sizes.find((s) => s.size === size)?.measures[code]
  if (value === undefined) throw new RangeError(`no ${code} in size ${size}`)
  return value
}
