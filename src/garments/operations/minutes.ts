/**
 * Standard minutes of an operation. Our own estimate by the parts that time studies of sewing reckon with: picking up and
 * matching parts, sewing at a speed with a factor for guiding, stops, trimming and putting aside, and an allowance for
 * thread changes, rest and delay. The parts' sizes are settled so that whole garments come to what the trade counts for
 * small lots; docs/garments.md compares them.
 */
import { MACHINES, type MachineId } from './machines.ts'

/** Machine delay, rest and bundle handling, share of the time at work. */
const ALLOWANCE = 0.2
/** Taking up two parts, matching ends, putting them aside: small parts, sleeves and collars, whole panels; minutes. */
const HANDLING = { small: 0.16, middle: 0.24, large: 0.34 } as const
/** Guiding: straight edges, notch to notch on curves, easing one side in. */
const GUIDING = { straight: 1.2, curved: 1.5, eased: 2.2 } as const
/** A stop to turn, match the next notch or back-tack, minutes. */
const STOP = 0.03

export interface SewingWork {
  machine: MachineId
  /** Length of one seam, mm. */
  mm: number
  stitchesPerCm: number
  size: keyof typeof HANDLING
  guiding: keyof typeof GUIDING
  stops: number
  /** How many such seams a garment has: left and right. */
  times: number
}

const hundredth = (minutes: number): number => Math.round(minutes * 100) / 100

/** Minutes at a machine. @returns minutes per garment, allowance included */
export function sewingMinutes({ machine, mm, stitchesPerCm, size, guiding, stops, times }: SewingWork): number {
  const { perMinute } = MACHINES[machine]
  const sewing = perMinute ? ((mm / 10) * stitchesPerCm * GUIDING[guiding]) / perMinute : 0
  return hundredth((HANDLING[size] + sewing + stops * STOP) * times * (1 + ALLOWANCE))
}

/** Minutes by hand or at an iron: a fixed part and one per 100 mm of edge. @returns minutes per garment */
export const handMinutes = (each: number, times: number, mm = 0, per100mm = 0): number =>
  hundredth((each * times + (mm / 100) * per100mm) * (1 + ALLOWANCE))

const OWN = /^\s*([A-Za-z][\w-]*)\s*[=:：＝]\s*(\d+(?:\.\d+)?)\s*$/

/**
 * Minutes that a house has measured itself, as they are typed: a line per operation, `code = minutes`.
 * @returns by operation code; `bad` is the first line that is none, or says less than a hundredth or more than 600
 */
export function readOwnMinutes(text: string): { own: Record<string, number>; bad?: string } {
  const own: Record<string, number> = {}
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, code, minutes] = OWN.exec(line) ?? []
    const value = Number(minutes)
    if (!code || !(value >= 0.01 && value <= 600)) return { own, bad: line.trim() }
    own[code] = value
  }
  return { own }
}
