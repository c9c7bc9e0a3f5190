/** One step of making a garment: at a machine along seams of the graph, or by hand; minutes for both. */
import type { Localized } from '../../core/values.ts'
import { SEAMS, type StitchKey } from '../blocks/common.ts'
import { definitionOf } from '../categories/index.ts'
import type { Edge, Seam, Stretch } from '../sewing/types.ts'
import { isByPiece, type SeamId } from '../sewing/words.ts'
import type { Piece, SizeDraft, StyleSpec } from '../types.ts'
import { MACHINES, MACHINE_OF, type MachineId } from './machines.ts'
import { handMinutes, sewingMinutes, type SewingWork } from './minutes.ts'
import type { Phase } from './words.ts'

export interface Operation {
  /** Place in the order, from 1. */
  n: number
  phase: Phase
  /** Stable over sizes and versions of a style: what a house's own minutes are kept under. */
  code: string
  name: Localized
  machine: MachineId
  /** ISO 4915 and 4916; null where nothing is stitched. */
  stitch: string | null
  seamClass: string | null
  /** Length sewn or pressed per garment of the base size, mm; 0 where it is counted by the piece. */
  mm: number
  /** Standard minutes per garment, allowance included. */
  minutes: number
  /** What to set or watch. */
  note: Localized | null
}
export type Step = Omit<Operation, 'n'>

export interface Making {
  spec: StyleSpec
  size: SizeDraft
  /** The stitches that the style's construction table has. */
  stitches: ReadonlySet<string>
}

/** Seams and edges of one name, left and right together. */
export interface Group {
  seam: SeamId
  entries: readonly (Seam | Edge)[]
}
export function groupsOf(sewn: NonNullable<SizeDraft['sewn']>): Group[] {
  const groups: { seam: SeamId; does: string; by: StitchKey | null; of: string; entries: (Seam | Edge)[] }[] = []
  for (const entry of sewn) {
    const of = entry.does !== 'sewn' && isByPiece(entry) ? (entry.onto ?? '') : ''
    const before = groups.find((each) => each.seam === entry.seam && each.does === entry.does && each.by === entry.by && each.of === of) // prettier-ignore
    if (before) before.entries.push(entry)
    else groups.push({ seam: entry.seam, does: entry.does, by: entry.by, of, entries: [entry] })
  }
  return groups
}

const EASED = /^(cap|collar|neck|hood|gathered|rib|waist|cuff|elastic|princess)/

const workedOn = (entry: Seam | Edge): readonly Stretch[] =>
  entry.does === 'sewn' ? entry.a.stretches : entry.stretches
export const mmOf = (entry: Seam | Edge): number => workedOn(entry).reduce((sum, { sewn }) => sum + Math.abs(sewn), 0)
export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

function sizeOf(mm: number): SewingWork['size'] {
  if (mm < 260) return 'small'
  return mm < 700 ? 'middle' : 'large'
}

/** A seam sewn by the machine of its kind, once for each of the group. */
export function stitched(
  name: Localized,
  code: string,
  by: StitchKey,
  entries: readonly (Seam | Edge)[],
  machine = MACHINE_OF[by],
): Step {
  const { stitch, seamClass, perCm } = SEAMS[by]
  const total = sum(entries.map(mmOf))
  const mm = total / entries.length
  const eased = entries.some((entry) => entry.does === 'sewn' && EASED.test(entry.kind))
  const curved = entries.some((entry) => workedOn(entry).length > 1 || entry.does !== 'sewn')
  const shape = curved ? 'curved' : 'straight'
  return {
    phase: 'sew',
    code,
    name,
    machine,
    stitch,
    seamClass: /^\d/.test(seamClass) ? seamClass : null,
    mm: Math.round(total),
    minutes: sewingMinutes({
      machine,
      mm,
      stitchesPerCm: perCm,
      size: sizeOf(mm),
      guiding: eased ? 'eased' : shape,
      stops: 1 + Math.max(...entries.map((entry) => workedOn(entry).length)),
      times: entries.length,
    }),
    note: null,
  }
}

export function byHand(
  phase: Phase,
  code: string,
  name: Localized,
  machine: MachineId,
  { each, times = 1, mm = 0, per100mm = 0 }: { each: number; times?: number; mm?: number; per100mm?: number },
  note: Localized | null = null,
): Step {
  const minutes = handMinutes(each, times, mm, per100mm)
  return { phase, code, name, machine, stitch: null, seamClass: null, mm: Math.round(mm), minutes, note }
}

export function counted(code: string, name: Localized, by: StitchKey, times: number, each: number): Step[] {
  if (!times) return []
  const machine = MACHINE_OF[by]
  return [
    {
      ...byHand('finish', code, name, machine, { each, times }),
      stitch: MACHINES[machine].stitch,
    },
  ]
}

export const namesOf = (pieces: readonly Piece[]): Localized => ({
  zh: pieces.map(({ name }) => name.zh).join('、'),
  en: pieces.map(({ name }) => name.en).join(', '),
})

export const isKnit = ({ spec }: Making): boolean =>
  definitionOf(spec.category).cloth.shell.textures.some((texture) => texture === 'jersey' || texture === 'fleece' || texture === 'terry') // prettier-ignore
export const isLined = ({ size }: Making): boolean => size.pieces.some(({ role }) => role === 'lining')
export const isTailored = (making: Making): boolean =>
  isLined(making) && definitionOf(making.spec.category).cloth.worn === 'outer'
