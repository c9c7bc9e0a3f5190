/**
 * Openings: what a body must pass to get into a garment, and how wide each becomes when it is opened and pulled. Girths in
 * mm; those that no size table has are ratios of adult bodies, ours to change.
 */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'
import { round1 } from '../geometry.ts'

export type Passes = 'head' | 'hips' | 'hand' | 'foot'

/** An opening as a recipe declares it. */
export interface OpeningPlan {
  id: 'neck' | 'waist' | 'sleeve' | 'leg'
  passes: Passes
  /** As wide as it goes: zip or buttons open, stretched as far as its cloth gives. */
  mm: number
}
export interface Opening extends OpeningPlan {
  /** Girth of what passes. */
  needs: number
}

/** Girths by measure of the body that has them. */
const GIRTH: Readonly<Record<Passes, (body: Readonly<Record<string, number>>) => number>> = {
  head: (body) => body['head'] ?? 0,
  // Soft: what is pulled over them presses them by three per cent.
  hips: (body) => 0.97 * (body['seat'] ?? 0),
  // Round the knuckles with the thumb laid in.
  hand: (body) => 1.28 * (body['wrist'] ?? 0),
  // Round heel and instep.
  foot: (body) => 0.185 * (body['height'] ?? 0),
}
const WORDS: Readonly<Record<OpeningPlan['id'] | Passes, Localized>> = {
  neck: both('领口', 'The neck'),
  waist: both('腰口', 'The waist'),
  sleeve: both('袖口', 'The sleeve’s end'),
  leg: both('脚口', 'The leg’s end'),
  head: both('头围', 'the head'),
  hips: both('臀围', 'the hips'),
  hand: both('手掌围', 'the hand'),
  foot: both('脚跟围', 'the heel'),
}
const ADVICE: Readonly<Record<OpeningPlan['id'], Localized>> = {
  neck: both(
    '请加大领围、领宽或领深，或改用弹性更大的面料',
    'Make the neck wider or deeper, or take a cloth that stretches more',
  ),
  waist: both('请加大腰围放松量或加长拉链', 'Raise the waist ease, or open it further'),
  sleeve: both('请加大袖口放松量', 'Raise the cuff ease'),
  leg: both('请加大脚口', 'Make the leg opening wider'),
}

/** The girth that passes through an opening, mm. @param body measurements of the size */
export const girthOf = (passes: Passes, body: Readonly<Record<string, number>>): number => round1(GIRTH[passes](body))

export const openingsOf = (plans: readonly OpeningPlan[], body: Readonly<Record<string, number>>): Opening[] =>
  plans.map((plan) => ({ ...plan, mm: round1(plan.mm), needs: girthOf(plan.passes, body) }))

/** What does not let the body through, in words with both girths. */
export function sayOpening({ id, passes, mm, needs }: Opening): Localized {
  return {
    en: `${WORDS[id].en} opens to ${mm} mm and ${WORDS[passes].en} measures ${needs} mm. ${ADVICE[id].en}.`,
    zh: `${WORDS[id].zh}最大拉开 ${mm} 毫米，${WORDS[passes].zh}为 ${needs} 毫米。${ADVICE[id].zh}。`,
  }
}
