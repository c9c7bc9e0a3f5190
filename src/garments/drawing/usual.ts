import type { Measures } from '../types.ts'

/** Usual proportions of a garment that hangs from the shoulders, mm: what a category says only where it differs. */
export const UPPER: Measures = {
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
