/** What is done at the machines and the irons between them, read from the seam graph. */
import type { Localized } from '../../core/values.ts'
import { both, SEAMS, type StitchKey } from '../blocks/common.ts'
import { lengthOf } from '../geometry.ts'
import type { Piece } from '../types.ts'
import { isByPiece, type SeamId, seamName, workName } from '../sewing/words.ts'
import { sewingMinutes } from './minutes.ts'
import { byHand, type Group, isTailored, type Making, mmOf, namesOf, type Step, stitched, sum } from './step.ts'
import { SAY } from './words.ts'

/** Parts that are sewn face to face and turned out. */
const TURNED: ReadonlySet<SeamId> = new Set<SeamId>(['collarEdge', 'standEdge', 'cuffEdge', 'flap', 'waistbandEnd', 'belt', 'halfBelt', 'strap', 'epaulette', 'facing', 'beltLoop', 'hoodEdge']) // prettier-ignore
/** Woven seams that are pressed open before the next one crosses them. */
const OPENED: ReadonlySet<StitchKey> = new Set<StitchKey>(['tailored', 'lining', 'trouserInseam'])
const KNIT: ReadonlySet<StitchKey> = new Set<StitchKey>(['knitAssembly', 'knitHem', 'ribJoin', 'ribCover'])

function turnedSteps(name: Localized, { seam, entries }: Group, { stitches }: Making): Step[] {
  const mm = sum(entries.map(mmOf))
  const after = [
    byHand('sew', `${seam}-turn`, SAY.turn(name), 'table', { each: 0.12, times: entries.length, mm, per100mm: 0.03 }),
    byHand('sew', `${seam}-press`, SAY.press(name), 'iron', { each: 0.15, times: entries.length, mm, per100mm: 0.04 }),
  ]
  return stitches.has('topstitch') || stitches.has('shirtLock')
    ? [...after, stitched(SAY.topstitch(name), `${seam}-topstitch`, 'topstitch', entries)]
    : after
}

/** A hem by the machine that sews it. */
function hemWords(by: StitchKey | null): (of: Localized) => Localized {
  if (by === 'blindHem') return SAY.blind
  if (by === 'shirtHem') return SAY.roll
  return by === 'knitHem' ? SAY.cover : SAY.hem
}

/** Whether what is laid on is pressed over a template first: patch pockets of the cloth itself, and all but pockets. */
const isFormed = ({ entries }: Group, pieces: ReadonlyMap<string, Piece>): boolean =>
  entries.some((entry) => !isByPiece(entry) || (entry.does !== 'sewn' && entry.stretches.some(({ piece }) => /^(?!inner|.*(Welt|Bag|Lining)$)/.test(piece) && pieces.get(piece)?.role !== 'lining'))) // prettier-ignore

function laidSteps(group: Group, name: Localized, pieces: ReadonlyMap<string, Piece>): Step[] {
  const { seam, entries } = group
  const by = entries[0]?.by ?? 'topstitch'
  const sewn = stitched(by === 'blindHem' ? SAY.blind(name) : SAY.lay(name), seam, by, entries)
  // A tape runs on from its roll; a welt, a bag or a lining is laid as it was cut.
  if (by === 'knitTape' || !isFormed(group, pieces)) return [sewn]
  const mm = sum(entries.map(mmOf))
  return [
    byHand('sew', `${seam}-shape`, SAY.shape(name), 'iron', { each: 0.25, times: entries.length, mm, per100mm: 0.04 }),
    sewn,
  ]
}

function stepsOf(group: Group, making: Making): Step[] {
  const { seam, entries } = group
  const [first] = entries
  if (!first) return []
  const pieces = new Map(making.size.pieces.map((piece) => [piece.id, piece]))
  const name = workName(entries, pieces)
  const mm = sum(entries.map(mmOf))
  const { by } = first
  switch (first.does) {
    case 'sewn': {
      if (!by) return []
      const turned = TURNED.has(seam) && !KNIT.has(by)
      const joined = stitched(turned ? SAY.bag(name) : SAY.join(name), seam, by, entries)
      return turned ? [joined, ...turnedSteps(name, group, making)] : [joined]
    }
    case 'hemmed': {
      const sewn = stitched(hemWords(by)(name), seam, by ?? 'topstitch', entries)
      const turnUp = byHand('sew', `${seam}-press`, SAY.turnUp(name), 'iron', { each: 0.1, times: entries.length, mm, per100mm: 0.03 }) // prettier-ignore
      return by && KNIT.has(by) ? [sewn] : [turnUp, sewn]
    }
    case 'bound':
      return [stitched(SAY.bind(name), seam, by ?? 'topstitch', entries)]
    case 'laid':
      return laidSteps(group, name, pieces)
    case 'folded':
      return [byHand('sew', seam, SAY.fold(name), 'table', { each: 0.15, times: entries.length, mm, per100mm: 0.02 })]
    case 'open':
      return []
  }
}

/** Seams pressed open stand together in one step before whatever comes next that is not one of them. */
function withPressing(groups: readonly Group[], making: Making): Step[] {
  const steps: Step[] = []
  let waiting: Group[] = []
  const press = (): void => {
    if (!waiting.length) return
    const mm = sum(waiting.flatMap(({ entries }) => entries.map(mmOf)))
    const code = `${waiting[0]?.seam}-open`
    const names = waiting.map(({ seam }) => seamName(seam))
    steps.push(byHand('sew', code, SAY.open(names), 'iron', { each: 0.15, times: waiting.length, mm, per100mm: 0.04 }))
    waiting = []
  }
  for (const group of groups) {
    const [first] = group.entries
    const opens = first?.does === 'sewn' && first.by !== null && OPENED.has(first.by) && !TURNED.has(group.seam)
    if (!opens || waiting.length === 3) press()
    steps.push(...stepsOf(group, making))
    if (opens) waiting.push(group)
  }
  press()
  return steps
}

function dartSteps({ size }: Making): Step[] {
  const darted = size.pieces
    .map((piece) => ({ piece, darts: piece.lines.filter(({ kind }) => kind === 'dart') }))
    .filter(({ darts }) => darts.length)
  if (!darted.length) return []
  const legs = darted.flatMap(({ piece, darts }) => darts.map(({ points }) => ({ mm: lengthOf(points) / 2, times: piece.count }))) // prettier-ignore
  const times = sum(legs.map((leg) => leg.times))
  const mm = sum(legs.map((leg) => leg.mm * leg.times))
  const { stitch, seamClass, perCm } = SEAMS.tailored
  const work = { machine: 'lockstitch' as const, mm: mm / times, stitchesPerCm: perCm, size: 'small' as const, guiding: 'curved' as const, stops: 2, times } // prettier-ignore
  return [
    {
      phase: 'sew',
      code: 'darts',
      name: SAY.dart(namesOf(darted.map(({ piece }) => piece))),
      machine: 'lockstitch',
      stitch,
      seamClass,
      mm: Math.round(mm),
      minutes: sewingMinutes(work),
      note: null,
    },
    byHand('sew', 'darts-press', SAY.pressDarts, 'iron', { each: 0.1, times }),
  ]
}

/** Panels that an iron gives their form before they are sewn: hollowed and stretched where the body is not flat. */
const MOULDED: ReadonlySet<string> = new Set(['front', 'back', 'topSleeve', 'sleeve', 'underCollar'])
function mouldSteps(making: Making): Step[] {
  const panels = making.size.pieces.filter(({ id, role }) => role === 'shell' && MOULDED.has(id))
  if (!isTailored(making) || !panels.length) return []
  const sheets = sum(panels.map(({ count }) => count))
  return [byHand('sew', 'mould', SAY.mould(namesOf(panels)), 'iron', { each: 0.35, times: sheets })]
}

/** Raw edges of an unlined woven garment are neatened before it is put together. */
function overlockSteps({ size, stitches }: Making, groups: readonly Group[]): Step[] {
  if (!stitches.has('overlock')) return []
  const raw = groups.flatMap(({ entries }) => entries.filter((entry) => entry.does === 'sewn' && entry.layer === 'shell' && entry.by !== null && OPENED.has(entry.by))) // prettier-ignore
  if (!raw.length) return []
  const mm = 2 * sum(raw.map(mmOf))
  const times = size.pieces.filter(({ role }) => role === 'shell').length
  const { stitch, seamClass, perCm } = SEAMS.overlock
  return [
    {
      phase: 'sew',
      code: 'overlock',
      name: both('毛边拷边（缝合前）', 'Overlock raw edges, before assembly'),
      machine: 'overlock3',
      stitch,
      seamClass,
      mm: Math.round(mm),
      minutes: sewingMinutes({ machine: 'overlock3', mm: mm / times, stitchesPerCm: perCm, size: 'small', guiding: 'straight', stops: 1, times }), // prettier-ignore
      note: null,
    },
  ]
}

/** Every step of sewing, in order. */
export const sewSteps = (making: Making, groups: readonly Group[]): Step[] => [
  ...dartSteps(making),
  ...mouldSteps(making),
  ...overlockSteps(making, groups),
  ...withPressing(groups, making),
]
