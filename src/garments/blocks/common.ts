/** The small vocabulary the block files are written in. */
import type { Localized } from '../../core/values.ts'
import { crossingsAt } from '../geometry.ts'
import type { Body } from '../sizes.ts'
import type { DrawnLine, Gender, MeasureCode, Point, RecipeVersion } from '../types.ts'
import type { Drafted } from './engine.ts'
import type { Chosen, ConstructionSlot, Context, EdgeRule, Parameter, SeamPair, SeamSpec, Shape } from './types.ts'

export const both = (zh: string, en: string): Localized => ({ zh, en })

type Range = readonly [min: number, max: number, preset: number, step?: number]

/** A finished length of the base size that the engine's option is solved for. */
export const fitted = (
  key: MeasureCode,
  label: Localized,
  [min, max, preset, step = 5]: Range,
  option: string,
  start: number | ((asked: number, body: Body) => number),
  slope: (body: Body) => number,
): Parameter => ({
  key,
  label,
  unit: 'mm',
  min,
  max,
  default: preset,
  step,
  drive: { kind: 'fit', measure: key, option, start, slope, ...shareOf(option) },
})

/** Options of the engine that are a share of a measure of the body. Cuffs are not: the hand in them grows by percentages. */
const SHARES: Readonly<Record<string, string>> = {
  chestEase: 'chest',
  waistEase: 'waist',
  hipsEase: 'hips',
  seatEase: 'seat',
  bicepsEase: 'biceps',
  kneeEase: 'knee',
  sleeveLengthBonus: 'shoulderToWrist',
}
const shareOf = (option: string): { of?: string } => {
  const of = SHARES[option]
  return of === undefined ? {} : { of }
}

/** A percentage that goes to the engine as a fraction. */
export const percent = (
  key: string,
  label: Localized,
  [min, max, preset, step = 1]: Range,
  option = key,
): Parameter => ({
  key,
  label,
  unit: '%',
  min,
  max,
  default: preset,
  step,
  drive: { kind: 'option', option, scale: 0.01, ...shareOf(option) },
})

/** A length our own recipe uses. */
export const own = (
  key: string,
  label: Localized,
  [min, max, preset, step = 1]: Range,
  unit: Parameter['unit'] = 'mm',
): Parameter => ({
  key,
  label,
  unit,
  min,
  max,
  default: preset,
  step,
  drive: { kind: 'own' },
})

/** A slot of closed choices; the first is the default. */
export const slot = <const Name extends string, const Value extends string>(
  name: Name,
  label: Localized,
  options: readonly [readonly [Value, string, string], ...(readonly [Value, string, string])[]],
): ConstructionSlot<Name, Value> => ({
  slot: name,
  label,
  default: options[0][0],
  options: options.map(([value, zh, en]) => ({ value, label: { zh, en } })),
})

/**
 * A style's choices by name, as a drawing asks for them. A slot that was left out has its usual option.
 * @throws RangeError for an option that the slot does not have: it would be drawn as another
 */
export function choicesIn<const Slots extends readonly ConstructionSlot[]>(
  slots: Slots,
  construction: Readonly<Record<string, string>>,
): Chosen<Slots> {
  const chosen = slots.map(({ slot: name, default: usual, options }): [string, string] => {
    const value = construction[name] ?? usual
    if (options.some((option) => option.value === value)) return [name, value]
    throw new RangeError(`"${value}" is no ${name}: ${options.map((option) => option.value).join(', ')}`)
  })
  return Object.fromEntries(chosen) as Chosen<Slots>
}

/** Lined or not: the one slot that every lined category words the same. */
export const LINING = slot('lining', both('里布', 'Lining'), [
  ['full', '全里', 'Fully lined'],
  ['none', '无里', 'Unlined'],
])

export const LABELS = {
  bodyLength: both('衣长', 'Body length'),
  sleeveLength: both('袖长', 'Sleeve length'),
  chestEase: both('胸围放松量', 'Chest ease'),
  waistEase: both('腰围放松量', 'Waist ease'),
  hipsEase: both('下摆放松量', 'Hem ease'),
  seatEase: both('臀围放松量', 'Seat ease'),
  bicepsEase: both('袖肥放松量', 'Bicep ease'),
  cuffEase: both('袖口放松量', 'Cuff ease'),
  shoulderEase: both('肩宽放松量', 'Shoulder ease'),
  armholeDepth: both('袖窿加深', 'Armhole depth'),
  collarHeight: both('领高', 'Collar height'),
  ribHeight: both('罗纹高', 'Rib height'),
  hemDepth: both('底边折边', 'Hem allowance'),
} as const

/** Sizes of women's garments differ from men's in most ranges: pick by gender. */
export const by = <T>(gender: Gender, men: T, women: T): T => (gender === 'men' ? men : women)

export const hem = (from: string, to: string, mm: EdgeRule['mm'], via?: string): EdgeRule => ({
  from,
  to,
  mm,
  ...(via === undefined ? {} : { via }),
})

/** A rectangle with corners tl, tr, br, bl; the grain runs along its height. */
export const rectangle = (width: number, height: number, x = 0, y = 0): Shape => {
  const points = {
    tl: { x, y },
    tr: { x: x + width, y },
    br: { x: x + width, y: y + height },
    bl: { x, y: y + height },
  }
  return { ring: [points.tl, points.tr, points.br, points.bl], points }
}

/** A polygon whose corners have names, in order. */
export const polygon = (points: Record<string, Point>): Shape => ({ ring: Object.values(points), points })

export const line = (kind: DrawnLine['kind'], ...points: Point[]): DrawnLine => ({ kind, points })

/** Named points of a part as one drawn line. */
export const through = (d: Drafted, part: string, kind: DrawnLine['kind'], ...names: string[]): DrawnLine =>
  line(kind, ...names.map((name) => d.point(part, name)))

/** Numbered points of a part (`button1`, `button2` …) as single marks. */
export function marks(d: Drafted, part: string, kind: 'button' | 'buttonhole', stem: string, width = 0): DrawnLine[] {
  const lines: DrawnLine[] = []
  for (let i = 1; d.has(part, `${stem}${i}`); i++) {
    const p = d.point(part, `${stem}${i}`)
    lines.push(
      kind === 'button' ? line(kind, p) : line(kind, { x: p.x - width / 2, y: p.y }, { x: p.x + width / 2, y: p.y }),
    )
  }
  return lines
}

/** A buttonhole across at a button's place: a thread beyond it towards the edge, the rest inwards. @param inwards −1 where the edge is at the right */
export const holeAcross = ({ x, y }: Point, length: number, inwards: 1 | -1 = 1): DrawnLine =>
  line('buttonhole', { x: x - 3 * inwards, y }, { x: x + (length - 3) * inwards, y })

/** An upright buttonhole around a button's place. */
export const holeDown = ({ x, y }: Point, length: number): DrawnLine =>
  line('buttonhole', { x, y: y - length / 2 }, { x, y: y + length / 2 })

/** Where an eyelet is set: a mark as wide as it is outside. */
export const eyelet = ({ x, y }: Point): DrawnLine => line('guide', { x: x - 5.5, y }, { x: x + 5.5, y })

export const pair = (a: string, b: string, lengthA: number, lengthB: number, easeMax: number): SeamPair => ({
  a,
  b,
  lengthA,
  lengthB,
  easeMax,
})

export const is =
  (slotName: string, ...values: string[]) =>
  (ctx: Context): boolean =>
    values.includes(ctx.choice(slotName))
/** From recipe 3 on a fitted waistband is stiffened with tape that is bought in its width, and not with cloth cut for it. */
export const taped = (recipe: RecipeVersion = 1): boolean => recipe >= 3
/** A style of recipe 1, and of any later one. */
export const before2 = (ctx: Context): boolean => ctx.recipe < 2
export const since2 = (ctx: Context): boolean => ctx.recipe >= 2
export const isNot =
  (slotName: string, ...values: string[]) =>
  (ctx: Context): boolean =>
    !values.includes(ctx.choice(slotName))

const seam = (zh: string, en: string, stitch: string, seamClass: string, perCm: number): Omit<SeamSpec, 'key'> => ({
  where: both(zh, en),
  stitch,
  seamClass,
  perCm,
})

const keyed = <K extends string>(seams: Record<K, Omit<SeamSpec, 'key'>>): Record<K, SeamSpec> => {
  const entries = Object.entries<Omit<SeamSpec, 'key'>>(seams).map(([key, spec]) => [key, { key, ...spec }])
  return Object.fromEntries(entries) as Record<K, SeamSpec>
}

/** A seam in a garment's own words: trousers have no sleeves to hem. */
export const worded = (spec: SeamSpec, zh: string, en: string): SeamSpec => ({ ...spec, where: both(zh, en) })
/** A seam that only some choices of the garment have. */
export const only = (spec: SeamSpec, when: NonNullable<SeamSpec['when']>): SeamSpec => ({ ...spec, when })

/** Seam groups as ISO 4915 (stitch types) and ISO 4916 (seam classes) name them. */
export const SEAMS = keyed({
  knitAssembly: seam('肩缝、侧缝、袖底缝、绱袖', 'Shoulder, side, sleeve and armhole seams', '514', '1.01.01', 4.5),
  knitTape: seam('后领包条、肩缝加带', 'Back neck and shoulder tape', '301', '2.02.03', 4),
  knitHem: seam('下摆、袖口折边', 'Bottom and sleeve hems', '406', '6.02.01', 4.5),
  ribJoin: seam('领口、袖口、下摆绱罗纹', 'Joining ribs at neck, cuffs and hem', '514', '1.01.01', 4.5),
  ribCover: seam('罗纹拼缝压线', 'Cover stitch over the rib seams', '605', '2.01.01', 4.5),
  shirtFell: seam('侧缝、袖底缝（埋夹）', 'Side and sleeve seams, felled', '401', '2.04.03', 5),
  shirtLock: seam('过肩、门襟、领、袖克夫', 'Yoke, placket, collar and cuffs', '301', '1.06.02', 5),
  shirtHem: seam('下摆卷边', 'Rolled bottom hem', '301', '6.03.01', 5),
  buttonhole: seam('锁眼', 'Buttonholes', '304', '–', 12),
  buttonSew: seam('钉扣', 'Button sewing', '107', '–', 0),
  eyelet: seam('圆头锁眼', 'Eyelet buttonholes', '404', '–', 10),
  tailored: seam('大身、袖子合缝（分缝）', 'Body and sleeve seams, pressed open', '301', '1.01.01', 4),
  lining: seam('里布合缝', 'Lining seams', '301', '1.01.01', 4),
  blindHem: seam('下摆、袖口撬边', 'Blind-stitched bottom and sleeve hems', '103', '6.03.03', 2.5),
  topstitch: seam('止口、领、袋面明线', 'Topstitch on edges, collar and pockets', '301', '5.31.01', 3.5),
  trouserInseam: seam('内侧缝、后裆缝', 'Inseam and seat seam', '401', '1.01.01', 4.5),
  trouserSide: seam('侧缝', 'Side seam', '516', '1.01.01', 4.5),
  waistband: seam('绱腰头', 'Attaching the waistband', '301', '3.05.01', 4.5),
  overlock: seam('毛边锁边', 'Raw edges neatened', '504', '6.01.01', 4.5),
  bartack: seam('袋口、裤襻打枣', 'Bartacks at pockets and loops', '304', '–', 14),
  zip: seam('绱拉链', 'Setting the zip', '301', '4.07.03', 4),
})

/** A group of seams by its key. */
export type StitchKey = keyof typeof SEAMS

/** Flat width at a height of a part that is drafted on its fold at x = 0. */
export const widthOnFold = (d: Drafted, part: string, y: number): number =>
  2 * (crossingsAt(d.ring(part), y).at(-1) ?? 0)

/** A rib band, doubled over: finished height × 2, short side joined. */
export const ribBand = (edge: number, share: number, height: number): Shape => rectangle(edge * share, height * 2)

/** A patch pocket with a shallow point, finished width × height. */
export const patchPocket = (width: number, height: number): Shape =>
  polygon({
    tl: { x: 0, y: 0 },
    tr: { x: width, y: 0 },
    br: { x: width, y: height * 0.87 },
    tip: { x: width / 2, y: height },
    bl: { x: 0, y: height * 0.87 },
  })

/** The fold of a doubled band. */
export const foldLine = (width: number, y: number) => [line('fold', { x: 0, y }, { x: width, y })]
