/** What a picture is made from: category, construction, the measures of the size shown, cloth and colours. */
import type {
  Category,
  Gender,
  MaterialRole,
  Measures,
  MeasureCode,
  Piece,
  Point,
  StyleSpec,
  Texture,
} from '../types.ts'
import { problem } from '../../core/errors.ts'

export const VIEWS = ['front', 'back', 'detail-collar', 'detail-cuff', 'detail-fabric'] as const
export type PackshotView = (typeof VIEWS)[number]

export interface PackshotInput {
  category: Category
  gender: Gender
  construction: Readonly<Record<string, string>>
  /** How many of what is counted (buttons, rows of them, panels), by the block's parameter; its usual number otherwise. */
  counts?: Readonly<Record<string, number>>
  /** Of the size shown, mm, from the draft. What the draft lacks is completed from the category's usual proportions. */
  measures: Measures
  /**
   * Where the front is buttoned, as its pattern marks it: mm from the centre front and below the high point shoulder,
   * from the top down. Spread over the front in the category's usual way where no pattern is at hand.
   */
  buttons?: readonly Point[]
  textures: Readonly<Partial<Record<MaterialRole, { texture: Texture; repeatMm: number }>>>
  /** sRGB hex per role, and for trims ('button', 'zip', 'thread', 'buckle'). */
  colours: Readonly<Record<string, string>>
  seed: number
  view: PackshotView
  /** Height in px; width too unless `aspect` is '4:5'. 64–4096. */
  sizePx: number
  aspect?: '1:1' | '4:5'
  /** Supersampling: pictures are rendered this much larger and scaled down with Lanczos. Default 1.4. */
  scale?: number
}

/** Where the fronts of a size are buttoned ({@link PackshotInput.buttons}), from the marks of its pattern pieces. */
export function frontButtons(pieces: readonly Piece[]): Point[] {
  const front = pieces.find(
    ({ id, lines }) => /^front(Left|Right)?$/.test(id) && lines.some(({ kind }) => kind === 'button'),
  )
  if (!front) return []
  // fronts are drafted with the centre front at x 0, and no point of theirs lies above the high point shoulder
  const top = front.seam.reduce((least, { y }) => Math.min(least, y), Infinity)
  return front.lines
    .flatMap(({ kind, points: [at] }) => (kind === 'button' && at ? [{ x: at.x, y: at.y - top }] : []))
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
}

const COUNTED = ['buttons', 'buttonRows', 'panels']

/**
 * Takes from a style what its picture needs. Colourway: by id; an unknown id is a problem, not a default.
 * @param size measures of the size shown and its pattern pieces, whose marks say where it is buttoned
 */
export function packshotInput(
  spec: StyleSpec,
  size: { measures: Measures; pieces?: readonly Piece[] },
  colourwayId: string,
  view: PackshotView,
  options: { sizePx?: number; aspect?: '1:1' | '4:5'; scale?: number } = {},
): PackshotInput {
  const colourway = spec.colourways.find((c) => c.id === colourwayId)
  if (!colourway)
    throw problem(
      'packshot.colourway',
      422,
      {
        en: `The style has no colourway "${colourwayId}". Choose one of: ${spec.colourways.map((c) => c.id).join(', ')}.`,
        zh: `该款没有配色“${colourwayId}”。可选：${spec.colourways.map((c) => c.id).join('、')}。`,
      },
      { field: 'colourwayId' },
    )
  const textures: Partial<Record<MaterialRole, { texture: Texture; repeatMm: number }>> = {}
  for (const [role, m] of Object.entries(spec.materials) as [MaterialRole, StyleSpec['materials'][MaterialRole]][])
    if (m) textures[role] = { texture: m.texture, repeatMm: m.repeatMm }
  return {
    category: spec.category,
    gender: spec.gender,
    construction: spec.construction,
    counts: Object.fromEntries(Object.entries(spec.parameters).filter(([key]) => COUNTED.includes(key))),
    measures: size.measures,
    ...(size.pieces ? { buttons: frontButtons(size.pieces) } : {}),
    textures,
    colours: colourway.colours,
    seed: spec.seed,
    view,
    sizePx: options.sizePx ?? 1024,
    ...(options.aspect ? { aspect: options.aspect } : {}),
    ...(options.scale ? { scale: options.scale } : {}),
  }
}

/** Every measure the drawing may ask for. */
export type Full = Readonly<Record<MeasureCode, number>>

const UPPER: Partial<Record<MeasureCode, number>> = {
  bodyLength: 720,
  halfChest: 540,
  shoulder: 450,
  sleeveLength: 630,
  halfBicep: 195,
  halfCuff: 115,
  armhole: 245,
  neckWidth: 180,
  frontNeckDrop: 85,
  backNeckDrop: 22,
  collarHeight: 70,
  hoodHeight: 350,
  hoodDepth: 260,
  ribHeight: 60,
  cuffHeight: 60,
}
const USUAL: Readonly<Record<Category, Partial<Record<MeasureCode, number>>>> = {
  coat: {
    ...UPPER,
    bodyLength: 1080,
    halfChest: 580,
    halfHem: 650,
    shoulder: 470,
    sleeveLength: 640,
    halfBicep: 215,
    halfCuff: 155,
    armhole: 275,
    waistLength: 440,
    collarHeight: 90,
  },
  jacket: { ...UPPER, bodyLength: 740, halfChest: 560, halfCuff: 140, armhole: 260 },
  shirt: { ...UPPER, bodyLength: 760, halfChest: 560, halfCuff: 115 },
  tee: {
    ...UPPER,
    bodyLength: 700,
    halfChest: 530,
    sleeveLength: 215,
    halfCuff: 180,
    halfBicep: 200,
    collarHeight: 20,
    ribHeight: 20,
  },
  sweatshirt: { ...UPPER, bodyLength: 690, halfChest: 570, halfCuff: 95, collarHeight: 25 },
  hoodie: { ...UPPER, bodyLength: 700, halfChest: 580, halfCuff: 95 },
  'zip-hoodie': { ...UPPER, bodyLength: 700, halfChest: 580, halfCuff: 95 },
  waistcoat: { ...UPPER, bodyLength: 600, halfChest: 510, shoulder: 340, frontNeckDrop: 280 },
  dress: {
    ...UPPER,
    bodyLength: 1020,
    halfChest: 460,
    halfWaist: 390,
    halfHem: 780,
    shoulder: 370,
    sleeveLength: 220,
    halfCuff: 150,
    halfBicep: 165,
    armhole: 210,
    waistLength: 410,
  },
  trousers: {
    halfWaist: 420,
    halfHip: 530,
    frontRise: 275,
    backRise: 385,
    inseam: 800,
    halfThigh: 315,
    halfKnee: 235,
    halfLegOpening: 200,
    waistband: 40,
  },
  chinos: {
    halfWaist: 420,
    halfHip: 520,
    frontRise: 265,
    backRise: 375,
    inseam: 790,
    halfThigh: 300,
    halfKnee: 215,
    halfLegOpening: 175,
    waistband: 40,
  },
  'pencil-skirt': { bodyLength: 600, halfWaist: 360, halfHip: 490, halfHem: 450, waistband: 35 },
  'full-skirt': { bodyLength: 700, halfWaist: 360, halfHip: 560, halfHem: 900, waistband: 40 },
}

/**
 * Measures as given, the missing ones from the category's usual proportions scaled to the given chest, waist or length,
 * so that a drawing never fails for a measure its pattern does not have.
 */
export function completeMeasures(category: Category, given: Measures): Full {
  const usual = USUAL[category]
  const keys: MeasureCode[] = ['halfChest', 'halfHip', 'halfWaist', 'bodyLength', 'inseam']
  const known = keys.find((k) => given[k] && usual[k])
  const ratio = known ? given[known]! / usual[known]! : 1
  const at = (k: MeasureCode, otherwise: number): number => {
    const v = given[k]
    return v !== undefined && v > 0 ? v : usual[k] !== undefined ? usual[k] * ratio : otherwise
  }
  const chest = at('halfChest', at('halfHip', 500))
  const length = at('bodyLength', 700)
  const shoulder = at('shoulder', chest * 0.82)
  const bicep = at('halfBicep', chest * 0.36)
  const cuff = at('halfCuff', chest * 0.2)
  const lower = category === 'trousers' || category === 'chinos'
  const hip = at('halfHip', lower ? 520 : chest)
  const thigh = at('halfThigh', hip * 0.58)
  const inseam = at('inseam', 790)
  return {
    bodyLength: length,
    halfChest: chest,
    halfWaist: at('halfWaist', lower ? 420 : chest * 0.96),
    halfHem: at('halfHem', chest),
    shoulder,
    acrossFront: at('acrossFront', Math.min(shoulder - 30, chest * 0.76)),
    acrossBack: at('acrossBack', Math.min(shoulder - 18, chest * 0.8)),
    sleeveLength: at('sleeveLength', 620),
    halfBicep: bicep,
    halfElbow: at('halfElbow', bicep * 0.5 + cuff * 0.5 + 4),
    halfCuff: cuff,
    armhole: at('armhole', chest * 0.45),
    neckWidth: at('neckWidth', chest * 0.33),
    frontNeckDrop: at('frontNeckDrop', 85),
    backNeckDrop: at('backNeckDrop', 22),
    collarHeight: at('collarHeight', 70),
    hoodHeight: at('hoodHeight', 340),
    hoodDepth: at('hoodDepth', 250),
    ribHeight: at('ribHeight', 60),
    cuffHeight: at('cuffHeight', 60),
    waistLength: at('waistLength', length > 900 ? 430 : Math.min(length * 0.62, 430)),
    halfHip: hip,
    frontRise: at('frontRise', 270),
    backRise: at('backRise', 380),
    inseam,
    outseam: at('outseam', inseam + at('frontRise', 270) * 0.93),
    halfThigh: thigh,
    halfKnee: at('halfKnee', thigh * 0.75),
    halfLegOpening: at('halfLegOpening', thigh * 0.62),
    waistband: at('waistband', 40),
  }
}

/** Reads a construction slot leniently: the first listed word that the value contains, else the block's default. */
export function choose<const T extends string>(
  construction: Readonly<Record<string, string>>,
  slots: readonly string[],
  words: readonly (readonly [T, RegExp])[],
  otherwise: T,
): T {
  for (const slot of slots) {
    const v = construction[slot]
    if (v === undefined) continue
    for (const [word, pattern] of words) if (pattern.test(v)) return word
  }
  return otherwise
}
