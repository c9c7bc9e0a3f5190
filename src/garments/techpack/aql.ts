import { problem } from '../../core/errors.ts'

/** The acceptance quality limits a brief uses. 0 is the trade's word for "not one": see {@link inspectionPlan}. */
export const AQLS = [2.5, 4] as const
export type Aql = (typeof AQLS)[number]
export const DEFECT_CLASSES = ['critical', 'major', 'minor'] as const
export type DefectClass = (typeof DEFECT_CLASSES)[number]

/** One line of an inspection: how many garments are looked at and how many faults are still accepted. */
export interface SamplingPlan {
  class: DefectClass
  aql: 0 | Aql
  /** Code letter of the lot's size at general inspection level II. */
  letter: string
  /** Code letter whose plan is used: another one where the table's arrow points up or down. */
  planLetter: string
  sample: number
  accept: number
  reject: number
  /** The plan asks for as many garments as the lot has, or more: every garment is inspected. */
  every: boolean
}
export interface InspectionPlan {
  standard: 'ISO 2859-1'
  level: 'II'
  procedure: 'single sampling, normal inspection'
  lot: number
  /** Garments to draw: the largest sample of the three, in which the smaller ones are contained. */
  draw: number
  plans: readonly SamplingPlan[]
}

/** ISO 2859-1 table 1, general level II: the largest lot of each code letter. */
const LETTERS: readonly (readonly [largestLot: number, letter: string])[] = [
  [8, 'A'],
  [15, 'B'],
  [25, 'C'],
  [50, 'D'],
  [90, 'E'],
  [150, 'F'],
  [280, 'G'],
  [500, 'H'],
  [1200, 'J'],
  [3200, 'K'],
  [10_000, 'L'],
  [35_000, 'M'],
  [150_000, 'N'],
  [500_000, 'P'],
  [Number.POSITIVE_INFINITY, 'Q'],
]
/** ISO 2859-1 table 2-A: the sample of each code letter. */
const SAMPLES: Readonly<Record<string, number>> = {
  A: 2,
  B: 3,
  C: 5,
  D: 8,
  E: 13,
  F: 20,
  G: 32,
  H: 50,
  J: 80,
  K: 125,
  L: 200,
  M: 315,
  N: 500,
  P: 800,
  Q: 1250,
}
/**
 * ISO 2859-1 table 2-A, normal inspection: acceptance numbers by code letter; 'down' and 'up' are the table's arrows
 * (use the first plan below or above, its sample included). The rejection number is one more.
 */
const ACCEPT: Readonly<Record<Aql, Readonly<Record<string, number | 'up' | 'down'>>>> = {
  2.5: {
    A: 'down',
    B: 'down',
    C: 0,
    D: 'up',
    E: 'down',
    F: 1,
    G: 2,
    H: 3,
    J: 5,
    K: 7,
    L: 10,
    M: 14,
    N: 21,
    P: 'up',
    Q: 'up',
  },
  4: {
    A: 'down',
    B: 0,
    C: 'up',
    D: 'down',
    E: 1,
    F: 2,
    G: 3,
    H: 5,
    J: 7,
    K: 10,
    L: 14,
    M: 21,
    N: 'up',
    P: 'up',
    Q: 'up',
  },
}

/** Code letter at general inspection level II (ISO 2859-1 table 1). @param lot garments, 2 or more */
export function codeLetter(lot: number): string {
  if (!Number.isInteger(lot) || lot < 1)
    throw problem(
      'aql.lot',
      422,
      {
        en: `A lot of ${lot} garments cannot be inspected. Give a whole number, 1 or more.`,
        zh: `批量 ${lot} 无法制定检验方案，请填写大于等于 1 的整数。`,
      },
      { field: 'lot' },
    )
  return (LETTERS.find(([largest]) => lot <= largest) ?? LETTERS[LETTERS.length - 1]!)[1]
}

/**
 * The single sampling plan for normal inspection at level II (ISO 2859-1 tables 1 and 2-A). Where the plan's sample
 * is as large as the lot or larger, the whole lot is inspected and the plan's acceptance number stays.
 */
export function samplingPlan(lot: number, aql: Aql, defects: DefectClass): SamplingPlan {
  const letter = codeLetter(lot)
  const column = ACCEPT[aql]
  const letters = LETTERS.map(([, name]) => name)
  let at = letters.indexOf(letter)
  let entry = column[letter]
  while (entry === 'up' || entry === 'down') {
    at += entry === 'down' ? 1 : -1
    entry = column[letters[at] ?? '']
  }
  const planLetter = letters[at]
  if (entry === undefined || planLetter === undefined) throw new Error(`no sampling plan for ${letter} at ${aql}`)
  const size = SAMPLES[planLetter] ?? 0
  return {
    class: defects,
    aql,
    letter,
    planLetter,
    sample: Math.min(size, lot),
    accept: entry,
    reject: entry + 1,
    every: size >= lot,
  }
}

/**
 * Major 2.5, minor 4.0, critical 0, as apparel is inspected. ISO 2859-1 has no AQL of zero: for critical faults the
 * largest of the samples is looked at and one fault rejects the lot.
 * @param lot garments in the lot, 1 or more
 */
export function inspectionPlan(lot: number): InspectionPlan {
  const major = samplingPlan(lot, 2.5, 'major')
  const minor = samplingPlan(lot, 4, 'minor')
  const larger = major.sample >= minor.sample ? major : minor
  const critical: SamplingPlan = { ...larger, class: 'critical', aql: 0, accept: 0, reject: 1 }
  return {
    standard: 'ISO 2859-1',
    level: 'II',
    procedure: 'single sampling, normal inspection',
    lot,
    draw: larger.sample,
    plans: [critical, major, minor],
  }
}
