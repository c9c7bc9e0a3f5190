/**
 * The bodies that garments are drafted for: control measurements from tables, everything else by written rules.
 *
 * Sources. GB/T 1335.1-2008 (men) and 1335.2-2008 (women), body type A, series 5·4: the intermediate body, and the
 * step of each measure per 5 cm of height or 4 cm of chest. The alpha systems use the chest, waist and hip bands of
 * EN 13402-3 by their middles, with the same rules for the rest. Rules marked "measured ratio" are proportions of
 * adult bodies as pattern-cutting tables have them; they are ours to change, and every one grows with the body.
 */
import type { Localized } from '../core/values.ts'
import { problem } from '../core/errors.ts'
import type { Gender } from './types.ts'

/** One body, in mm; `shoulderSlope` is in degrees. Keys are the pattern engine's names, and `height`. */
export type Body = Readonly<Record<string, number>>
export interface BodySize {
  label: string
  body: Body
}
export interface SizeSystem {
  id: string
  gender: Gender
  name: Localized
  /** The size a style is fitted on unless it says otherwise. */
  base: string
  sizes: readonly BodySize[]
}

interface Controls {
  height: number
  chest: number
  waist: number
  hip: number
}

/** Intermediate bodies of GB/T 1335 type A and their steps, mm. */
const STANDARD = {
  men: {
    height: 1700,
    chest: 880,
    // at the intermediate body; steps per mm of height (h) or chest (c)
    cervicale: { at: 1450, h: 4 / 5 },
    waistHeight: { at: 1025, h: 3 / 5 },
    arm: { at: 555, h: 1.5 / 5 },
    neck: { at: 368, c: 1 / 4 },
    shoulder: { at: 436, c: 1.2 / 4 },
  },
  women: {
    height: 1600,
    chest: 840,
    cervicale: { at: 1360, h: 4 / 5 },
    waistHeight: { at: 980, h: 3 / 5 },
    arm: { at: 505, h: 1.5 / 5 },
    neck: { at: 336, c: 0.8 / 4 },
    shoulder: { at: 394, c: 1 / 4 },
  },
} as const

/** What else of a body follows from its controls: shares of them, and what they begin with, mm or degrees. */
const SHARES = {
  men: {
    hpsToArmpit: 0.262,
    rise: 0.164,
    crossSeam: 0.165,
    hipBone: 0.5,
    shoulderSlope: 14,
    hpsToBust: 0.152,
    waistToHips: 0.068,
    waistToSeat: 0.128,
    crossSeamFront: 0.465,
    waistBack: 0.505,
    seatBack: 0.535,
    knee: 0.405,
    biceps: 0.325,
    wrist: 80,
    head: 570,
    highBust: 1.005,
    highBustFront: 0.52,
    bustFront: 0.52,
    underbust: 0.96,
  },
  women: {
    hpsToArmpit: 0.243,
    rise: 0.168,
    crossSeam: 0.16,
    hipBone: 0.6,
    shoulderSlope: 14.5,
    hpsToBust: 0.15,
    waistToHips: 0.07,
    waistToSeat: 0.124,
    crossSeamFront: 0.48,
    waistBack: 0.5,
    seatBack: 0.52,
    knee: 0.39,
    biceps: 0.31,
    wrist: 72,
    head: 555,
    highBust: 0.945,
    highBustFront: 0.48,
    bustFront: 0.53,
    underbust: 0.87,
  },
} as const

const mm = (value: number): number => Math.round(value * 10) / 10

/**
 * Every measurement the designs ask for, from four controls.
 * @param gender whose proportions
 * @param c height, chest, waist and hip girth in mm
 */
export function bodyFrom(gender: Gender, c: Controls): Body {
  const std = STANDARD[gender]
  const share = SHARES[gender]
  const taller = c.height - std.height
  const wider = c.chest - std.chest
  const cervicale = std.cervicale.at + std.cervicale.h * taller
  const waistToFloor = std.waistHeight.at + std.waistHeight.h * taller
  const arm = std.arm.at + std.arm.h * taller
  // The high point shoulder lies above the cervicale by about a sixteenth of the neck girth.
  const hpsToWaistBack = cervicale - waistToFloor + (std.neck.at + std.neck.c * wider) / 16
  // From the shoulder's height to the armpit grows with girth, so on big bodies the side is not longer (measured ratio).
  const hpsToArmpit = share.hpsToArmpit * std.chest + 0.1 * wider + 0.06 * taller
  // A body with more waist than the type A drop rises further round the crotch.
  const rise = share.rise * c.height
  const crossSeam = 2 * rise + share.crossSeam * c.hip
  return {
    height: c.height,
    chest: c.chest,
    waist: c.waist,
    // The hip bone lies a third of the way from waist to seat in girth (men carry less there).
    hips: mm(c.waist + share.hipBone * (c.hip - c.waist)),
    seat: c.hip,
    neck: mm(std.neck.at + std.neck.c * wider),
    // Total shoulder width is taken over the curve of the back; the draft wants the straight distance.
    shoulderToShoulder: mm(0.985 * (std.shoulder.at + std.shoulder.c * wider)),
    shoulderSlope: share.shoulderSlope,
    hpsToWaistBack: mm(hpsToWaistBack),
    hpsToWaistFront: mm(hpsToWaistBack + (gender === 'men' ? -8 : 0.012 * c.chest)),
    hpsToBust: mm(share.hpsToBust * c.height + 0.06 * wider),
    waistToArmpit: mm(hpsToWaistBack - hpsToArmpit),
    waistToHips: mm(share.waistToHips * c.height),
    waistToSeat: mm(share.waistToSeat * c.height),
    waistToUpperLeg: mm(rise),
    waistToKnee: mm(waistToFloor - 0.283 * c.height),
    waistToFloor: mm(waistToFloor),
    crossSeam: mm(crossSeam),
    crossSeamFront: mm(crossSeam * share.crossSeamFront),
    waistBack: mm(c.waist * share.waistBack),
    seatBack: mm(c.hip * share.seatBack),
    knee: mm(share.knee * c.hip),
    // A bent elbow takes up about three per cent of the straight arm.
    shoulderToWrist: mm(arm * 1.03),
    shoulderToElbow: mm(arm * 1.03 * 0.58),
    biceps: mm(share.biceps * c.chest),
    wrist: mm(share.wrist + 0.1 * c.chest),
    head: mm(share.head + 0.05 * taller + 0.03 * wider),
    // Women only in use: above, below and between the bust points.
    highBust: mm(c.chest * share.highBust),
    highBustFront: mm(c.chest * share.highBustFront),
    bustFront: mm(c.chest * share.bustFront),
    underbust: mm(c.chest * share.underbust),
    bustSpan: mm(c.chest * 0.205),
  }
}

const table = (
  id: string,
  gender: Gender,
  name: Localized,
  base: string,
  rows: readonly (readonly [label: string, height: number, chest: number, waist: number, hip: number])[],
): SizeSystem => ({
  id,
  gender,
  name,
  base,
  sizes: rows.map(([label, height, chest, waist, hip]) => ({
    label,
    body: bodyFrom(gender, { height, chest, waist, hip }),
  })),
})

const SYSTEMS: readonly SizeSystem[] = [
  // Type A: waist 74 (men), 68 (women) at the intermediate body, 4 cm a step; hip 90, 3.2 and 3.6 cm a step.
  table('gbt1335-men', 'men', { zh: '国标号型（男）GB/T 1335.1', en: 'GB/T 1335.1 men' }, '175/92A', [
    ['160/80A', 1600, 800, 660, 836],
    ['165/84A', 1650, 840, 700, 868],
    ['170/88A', 1700, 880, 740, 900],
    ['175/92A', 1750, 920, 780, 932],
    ['180/96A', 1800, 960, 820, 964],
    ['185/100A', 1850, 1000, 860, 996],
    ['190/104A', 1900, 1040, 900, 1028],
  ]),
  table('gbt1335-women', 'women', { zh: '国标号型（女）GB/T 1335.2', en: 'GB/T 1335.2 women' }, '165/88A', [
    ['150/76A', 1500, 760, 600, 828],
    ['155/80A', 1550, 800, 640, 864],
    ['160/84A', 1600, 840, 680, 900],
    ['165/88A', 1650, 880, 720, 936],
    ['170/92A', 1700, 920, 760, 972],
    ['175/96A', 1750, 960, 800, 1008],
    ['180/100A', 1800, 1000, 840, 1044],
  ]),
  // EN 13402-3 letter codes, middles of the bands (chest/bust, waist; hip at the standard's drop).
  table('alpha-men', 'men', { zh: '国际字母码（男）', en: 'International letters, men' }, 'M', [
    ['XS', 1700, 820, 700, 860],
    ['S', 1735, 900, 780, 930],
    ['M', 1770, 980, 860, 1000],
    ['L', 1805, 1060, 940, 1070],
    ['XL', 1840, 1140, 1030, 1145],
    ['XXL', 1875, 1235, 1135, 1230],
  ]),
  table('alpha-women', 'women', { zh: '国际字母码（女）', en: 'International letters, women' }, 'M', [
    ['XS', 1600, 780, 620, 860],
    ['S', 1630, 860, 700, 940],
    ['M', 1660, 940, 780, 1020],
    ['L', 1690, 1025, 865, 1100],
    ['XL', 1720, 1130, 970, 1190],
    ['XXL', 1750, 1250, 1090, 1290],
  ]),
]

/** Every size system by id. */
export const SIZE_SYSTEMS: Readonly<Record<string, SizeSystem>> = Object.fromEntries(
  SYSTEMS.map((system) => [system.id, system]),
)

/** The system a style gets unless it names one. */
export const defaultSystem = (gender: Gender): 'gbt1335-men' | 'gbt1335-women' =>
  gender === 'men' ? 'gbt1335-men' : 'gbt1335-women'

/**
 * A system by id, checked against the wearer.
 * @throws Problem sizes.system 422 naming the systems there are
 */
export function sizeSystem(id: string, gender: Gender): SizeSystem {
  const system = SIZE_SYSTEMS[id]
  if (system?.gender === gender) return system
  const allowed = SYSTEMS.filter((s) => s.gender === gender).map((s) => s.id)
  throw problem(
    'sizes.system',
    422,
    {
      en: `There is no size system "${id}" for ${gender}. Choose one of: ${allowed.join(', ')}.`,
      zh: `${gender === 'men' ? '男装' : '女装'}没有“${id}”这个尺码体系，可选：${allowed.join('、')}。`,
    },
    { field: 'sizes.system', details: { allowed } },
  )
}

/**
 * The body of one size.
 * @throws Problem sizes.unknown 422 naming the labels of the system
 */
export function bodyOf(system: SizeSystem, label: string): Body {
  const size = system.sizes.find((s) => s.label === label)
  if (size) return size.body
  const allowed = system.sizes.map((s) => s.label)
  throw problem(
    'sizes.unknown',
    422,
    {
      en: `"${label}" is not a size of ${system.name.en}. Its sizes are: ${allowed.join(', ')}.`,
      zh: `${system.name.zh}没有“${label}”这个尺码，可选：${allowed.join('、')}。`,
    },
    { field: 'sizes.list', details: { allowed } },
  )
}
