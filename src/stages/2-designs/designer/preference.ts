/**
 * What approvals, rejections and sales said of attributes before, and how far it moves the next designs: a factor for each
 * attribute between a half and one and a half, so that nothing is ever made certain or impossible, and old words fade.
 */
import type { Localized } from '../../../core/values.ts'
import { DAY } from '../../../core/values.ts'

export const EVIDENCE_KINDS = ['approved', 'rejected', 'sold', 'unsold'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** What a decision or a sale counts for: buyers' money twice what the house's own eye does. */
export const SAYS: Readonly<Record<EvidenceKind, number>> = { approved: 1, rejected: -1, sold: 2, unsold: -2 }
/** After so many days a word counts half. */
export const HALF_LIFE_DAYS = 180
/** Words for neither side that every attribute begins with: one rejection says little. */
export const UNDECIDED = 6
/** The factor stays within 1 ± this. */
export const MOST_LEANING = 0.5

export interface Attribute {
  key: string
  value: string
  label: Localized
}

/** One style that was decided about or sold, with what it is made like. */
export interface Evidence {
  kind: EvidenceKind
  at: Date
  attributes: readonly Attribute[]
}

/** What is thought of one attribute, with the sums it comes from. */
export interface Leaning extends Attribute {
  /** Styles behind it, by what was said of them. */
  styles: Readonly<Record<EvidenceKind, number>>
  /** Faded sums of what was said for it and against it. */
  pro: number
  contra: number
  /** 1 + ½ · (pro − contra) / (pro + contra + 6) */
  factor: number
}

export type Preferences = ReadonlyMap<string, Leaning>
export const NO_PREFERENCES: Preferences = new Map()

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** What all evidence together says of each attribute at a moment. */
export function leanings(evidence: readonly Evidence[], now: Date): Preferences {
  const sums = new Map<string, Leaning>()
  for (const { kind, at, attributes } of evidence) {
    const days = Math.max(0, (now.getTime() - at.getTime()) / DAY)
    const word = SAYS[kind] * 0.5 ** (days / HALF_LIFE_DAYS)
    for (const { key, value, label } of attributes) {
      const known = sums.get(`${key}=${value}`) ?? {
        key,
        value,
        label,
        styles: { approved: 0, rejected: 0, sold: 0, unsold: 0 },
        pro: 0,
        contra: 0,
        factor: 1,
      }
      sums.set(`${key}=${value}`, {
        ...known,
        styles: { ...known.styles, [kind]: known.styles[kind] + 1 },
        pro: known.pro + Math.max(0, word),
        contra: known.contra + Math.max(0, -word),
      })
    }
  }
  return new Map(
    [...sums].map(([name, { pro, contra, ...rest }]) => {
      const factor = 1 + (MOST_LEANING * (pro - contra)) / (pro + contra + UNDECIDED)
      return [name, { ...rest, pro: round(pro), contra: round(contra), factor: round(factor) }]
    }),
  )
}

/** How much likelier an attribute is made than without anything known of it: 0.5 to 1.5. */
export const leaningTo = (preferences: Preferences, key: string, value: string): number =>
  preferences.get(`${key}=${value}`)?.factor ?? 1

/** Those that move a design noticeably, strongest first. */
const NOTICEABLE = 0.03
const MOST_SAID = 4
export function sayLeanings(
  preferences: Preferences,
  attributes: readonly Pick<Attribute, 'key' | 'value'>[],
): Localized | undefined {
  const moved = attributes
    .flatMap(({ key, value }) => preferences.get(`${key}=${value}`) ?? [])
    .filter(({ factor }) => Math.abs(factor - 1) >= NOTICEABLE)
    .sort((a, b) => Math.abs(b.factor - 1) - Math.abs(a.factor - 1))
    .slice(0, MOST_SAID)
  if (moved.length === 0) return undefined
  const list = (lang: 'zh' | 'en') => moved.map(({ label, factor }) => `${label[lang]} ×${factor.toFixed(2)}`)
  return {
    zh: `参考以往的审批与销售：${list('zh').join('，')}。`,
    en: `Weighed by what was decided and sold before: ${list('en').join(', ')}.`,
  }
}
