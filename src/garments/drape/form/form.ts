/**
 * The form of a size: a body of our own, turned until a tape laid round it reads what the size table says. All that cloth
 * touches beside the arms is sampled to a grid of distances; arms are kept apart, so that they can be lowered while it hangs.
 */
import type { Gender } from '../../types.ts'
import { type Grid, gridOf } from './grid.ts'
import {
  type Levels,
  type Limb,
  measure,
  shapeOf,
  type Stance,
  type Shape,
  THIGH,
  type Tuning,
  UNTUNED,
  UPPER_ARM,
} from './shape.ts'
import { backLength, girthAt, legGirthAt, limbGirth } from './tape.ts'

/** What the tape reads beside what the table says, mm. */
export interface Reading {
  want: number
  is: number
}
export interface Form {
  gender: Gender
  y: Levels
  shoulderHalf: number
  neckHalf: number
  section: Shape['section']
  arm: Limb
  leg: Limb
  grid: Grid
  readings: Readonly<Record<string, Reading>>
}

type Body = Readonly<Record<string, number>>

/** The neck is measured this far above the high point of the shoulder, the thigh this far below the crotch, mm. */
const NECK_UP = 22
const THIGH_DOWN = 35
/** The tape is believed to this, mm. */
const NEAR = 0.8

function readingsOf(
  shape: Shape,
  body: Body,
  gender: Gender,
): Partial<Record<keyof Tuning, Reading>> & Record<string, Reading> {
  const { y, arm, leg } = shape
  const g = (key: string): number => measure(body, key)
  const wristAt = g('shoulderToWrist') / arm.length
  const kneeAt = (y.knee - leg.joint[1]) / leg.along[1] / leg.length
  return {
    ...(gender === 'women' ? { underbust: { want: g('underbust'), is: girthAt(shape, y.underbust) } } : {}),
    neck: { want: g('neck'), is: girthAt(shape, y.hps + NECK_UP) },
    chest: { want: g('chest'), is: girthAt(shape, y.bust) },
    waist: { want: g('waist'), is: girthAt(shape, y.waist) },
    hips: { want: g('hips'), is: girthAt(shape, y.hips) },
    seat: { want: g('seat'), is: girthAt(shape, y.seat) },
    thigh: { want: g('seat') * THIGH[gender], is: legGirthAt(shape, y.crotch - THIGH_DOWN) },
    backLength: { want: g('hpsToWaistBack'), is: backLength(shape) },
    biceps: { want: g('biceps'), is: limbGirth(arm, UPPER_ARM * wristAt) },
    wrist: { want: g('wrist'), is: limbGirth(arm, wristAt) },
    knee: { want: g('knee'), is: limbGirth(leg, kneeAt) },
  }
}

const TURNS = 14

/**
 * @param body measures of the size, mm ({@link ../../sizes.ts})
 * @param legs apart under trousers, so that two layers of cloth go between them
 * @throws RangeError for a body that lacks a measure
 */
export function formOf(body: Body, gender: Gender, legs: Stance = 'together'): Form {
  let tuning: Tuning = { ...UNTUNED }
  let shape = shapeOf(body, gender, tuning, legs)
  let readings = readingsOf(shape, body, gender)
  for (let turn = 0; turn < TURNS; turn++) {
    const off = Object.values(readings).some(({ want, is }) => Math.abs(want - is) > NEAR)
    if (!off) break
    const next = { ...tuning }
    for (const key of Object.keys(tuning) as (keyof Tuning)[]) {
      const reading = readings[key]
      if (reading) next[key] = tuning[key] * (reading.want / reading.is) ** 1.1
    }
    tuning = next
    shape = shapeOf(body, gender, tuning, legs)
    readings = readingsOf(shape, body, gender)
  }
  const { y, shoulderHalf, neckHalf, section, arm, leg, solid } = shape
  const wide = 20 + Math.max(section(y.seat).a, section(y.bust).a, shoulderHalf, leg.joint[0] + 46 + leg.radius(1))
  const grid = gridOf(solid, { half: wide + 30, low: -20, high: y.top + 40, back: -230, front: 230 })
  return { gender, y, shoulderHalf, neckHalf, section, arm, leg, grid, readings }
}
