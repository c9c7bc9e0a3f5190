/**
 * The order of operations of a style: what is done to which pieces, on which machine, how long it takes. Read from the
 * seam graph of the base size, its pieces and its bill of materials; a seam more in the pattern is a step more here.
 */
import type { Localized } from '../../core/values.ts'
import { both, SEAMS, type StitchKey } from '../blocks/common.ts'
import { countButtons } from '../bom/fastenings.ts'
import { definitionOf } from '../categories/index.ts'
import { lengthOf } from '../geometry.ts'
import type { Edge, Seam, Stretch } from '../sewing/types.ts'
import { seamName, type SeamId } from '../sewing/words.ts'
import { seamsOf } from '../techpack/construction.ts'
import type { BomRow, Material, Piece, SizeDraft, StyleSpec } from '../types.ts'
import { MACHINES, MACHINE_OF, type MachineId } from './machines.ts'
import { handMinutes, sewingMinutes, type SewingWork } from './minutes.ts'
import { SAY, type Phase } from './words.ts'

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
type Step = Omit<Operation, 'n'>

/** Parts that are sewn face to face and turned out. */
const TURNED: ReadonlySet<SeamId> = new Set<SeamId>(['collarEdge', 'standEdge', 'cuffEdge', 'flap', 'waistbandEnd', 'belt', 'halfBelt', 'strap', 'epaulette', 'facing', 'beltLoop', 'hoodEdge']) // prettier-ignore
/** Woven seams that are pressed open before the next one crosses them. */
const OPENED: ReadonlySet<StitchKey> = new Set<StitchKey>(['tailored', 'lining', 'trouserInseam'])
const KNIT: ReadonlySet<StitchKey> = new Set<StitchKey>(['knitAssembly', 'knitHem', 'ribJoin', 'ribCover'])
const EASED = /^(cap|collar|neck|hood|gathered|rib|waist|cuff|elastic|princess)/

/** Seams and edges of one name, left and right together. */
interface Group {
  seam: SeamId
  entries: readonly (Seam | Edge)[]
}
function groupsOf(sewn: NonNullable<SizeDraft['sewn']>): Group[] {
  const groups: { seam: SeamId; does: string; by: StitchKey | null; entries: (Seam | Edge)[] }[] = []
  for (const entry of sewn) {
    const before = groups.find(({ seam, does, by }) => seam === entry.seam && does === entry.does && by === entry.by)
    if (before) before.entries.push(entry)
    else groups.push({ seam: entry.seam, does: entry.does, by: entry.by, entries: [entry] })
  }
  return groups
}

const stretchesOf = (entry: Seam | Edge): readonly Stretch[] =>
  entry.does === 'sewn' ? entry.a.stretches : entry.stretches
const mmOf = (entry: Seam | Edge): number => stretchesOf(entry).reduce((sum, { sewn }) => sum + Math.abs(sewn), 0)
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

const sizeOf = (mm: number): SewingWork['size'] => (mm < 260 ? 'small' : mm < 700 ? 'middle' : 'large') // prettier-ignore

/** A seam sewn by the machine of its kind, once for each of the group. */
function stitched(
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
  const curved = entries.some((entry) => stretchesOf(entry).length > 1 || entry.does !== 'sewn')
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
      guiding: eased ? 'eased' : curved ? 'curved' : 'straight', // prettier-ignore
      stops: 1 + Math.max(...entries.map((entry) => stretchesOf(entry).length)),
      times: entries.length,
    }),
    note: null,
  }
}

function byHand(
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

interface Making {
  spec: StyleSpec
  size: SizeDraft
  /** The stitches that the style's construction table has. */
  stitches: ReadonlySet<string>
}

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

function stepsOf(group: Group, making: Making): Step[] {
  const { seam, entries } = group
  const [first] = entries
  if (!first) return []
  const name = seamName(seam)
  const mm = sum(entries.map(mmOf))
  const { by } = first
  switch (first.does) {
    case 'sewn': {
      if (!by) return []
      const joined = stitched(SAY.join(name), seam, by, entries)
      return TURNED.has(seam) && !KNIT.has(by) ? [joined, ...turnedSteps(name, group, making)] : [joined]
    }
    case 'hemmed': {
      const sewn = stitched(SAY.hem(name), seam, by ?? 'topstitch', entries)
      const turnUp = byHand('sew', `${seam}-press`, SAY.turnUp(name), 'iron', { each: 0.1, times: entries.length, mm, per100mm: 0.03 }) // prettier-ignore
      return by && KNIT.has(by) ? [sewn] : [turnUp, sewn]
    }
    case 'bound':
      return [stitched(SAY.bind(name), seam, by ?? 'topstitch', entries)]
    case 'laid':
      // A tape runs on from its roll.
      if (by === 'knitTape') return [stitched(SAY.lay(name), seam, by, entries)]
      return [
        byHand('sew', `${seam}-shape`, SAY.shape(name), 'iron', { each: 0.25, times: entries.length, mm, per100mm: 0.04 }), // prettier-ignore
        stitched(SAY.lay(name), seam, by ?? 'topstitch', entries),
      ]
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
    const names = waiting.map(({ seam }) => seamName(seam))
    const of = { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
    const code = `${waiting[0]?.seam}-open`
    steps.push(byHand('sew', code, SAY.open(of), 'iron', { each: 0.15, times: waiting.length, mm, per100mm: 0.04 }))
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

const namesOf = (pieces: readonly Piece[]): Localized => ({
  zh: pieces.map(({ name }) => name.zh).join('、'),
  en: pieces.map(({ name }) => name.en).join(', '),
})

/** Temperature at the glue line, time and pressure, by weight: as makers of fusibles print them for these kinds. */
function fusing({ gsm, composition }: Material): Localized {
  const [celsius, seconds, bar] = gsm >= 100 ? ([155, 18, 3] as const) : ([130, 14, 2.5] as const) // prettier-ignore
  const cotton = composition.some(({ fibre }) => fibre === 'cotton')
  return both(
    `粘合温度 ${celsius} ℃，时间 ${seconds} 秒，压力 ${bar} bar；先试粘，剥离强度合格后再批量${cotton ? '；平放冷却' : ''}`,
    `${celsius} °C at the glue line, ${seconds} s, ${bar} bar; try first, bond tested before the lot${cotton ? '; cool flat' : ''}`,
  )
}

/** Canvas with hair in it is sewn in; everything else of interlining is fused. */
const isSewnIn = ({ composition }: Material): boolean => composition.some(({ fibre }) => fibre === 'horsehair')

function fuseSteps({ spec, size }: Making): Step[] {
  const cloth = spec.materials.interlining
  const pieces = size.pieces.filter(({ role }) => role === 'interlining')
  if (!cloth || !pieces.length) return []
  const sheets = sum(pieces.map(({ count }) => count))
  return isSewnIn(cloth)
    ? [
        byHand('fuse', 'canvas', both(`敷衬：${namesOf(pieces).zh}`, `Baste canvas: ${namesOf(pieces).en}`), 'table', {
          each: 0.9,
          times: sheets,
        }),
      ]
    : [byHand('fuse', 'fuse', SAY.fuse(namesOf(pieces)), 'fusing', { each: 0.14, times: sheets }, fusing(cloth))]
}

const isKnit = ({ spec }: Making): boolean =>
  definitionOf(spec.category).cloth.shell.textures.some((texture) => texture === 'jersey' || texture === 'fleece' || texture === 'terry') // prettier-ignore

function cutSteps(making: Making): Step[] {
  const sheets = sum(making.size.pieces.map(({ count }) => count))
  return [
    ...(isKnit(making) ? [byHand('cut', 'relax', both('松布', 'Relax the cloth'), 'table', { each: 0.1 }, both('松布 24 小时后再裁', 'cut after 24 hours'))] : []), // prettier-ignore
    byHand('cut', 'spread-cut', both('铺布、裁剪', 'Spread and cut'), 'cutter', { each: 0.05, times: sheets, mm: 1000, per100mm: 0.04 }), // prettier-ignore
    byHand('cut', 'number-bundle', both('验片、编号、分包', 'Check, number and bundle'), 'table', { each: 0.03, times: sheets }), // prettier-ignore
  ]
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

function counted(code: string, name: Localized, by: StitchKey, times: number, each: number): Step[] {
  if (!times) return []
  const machine = MACHINE_OF[by]
  return [
    {
      ...byHand('finish', code, name, machine, { each, times }),
      stitch: MACHINES[machine].stitch,
    },
  ]
}

function closureSteps({ size, stitches }: Making): Step[] {
  const buttons = sum(Object.values(countButtons(size)))
  const holes = Math.min(buttons, sum(size.pieces.map(({ lines, count, role }) => (role === 'shell' || role === 'contrast' ? lines.filter(({ kind }) => kind === 'buttonhole').length * Math.min(2, count) : 0)))) // prettier-ignore
  const eyelet = stitches.has('eyelet')
  return [
    ...(buttons ? [byHand('finish', 'mark-buttons', both('点扣位、扣眼位', 'Mark buttons and holes'), 'table', { each: 0.05, times: buttons + holes })] : []), // prettier-ignore
    ...counted('buttonholes', both(`锁眼 ${holes} 个`, `Buttonholes: ${holes}`), eyelet ? 'eyelet' : 'buttonhole', holes, 0.16), // prettier-ignore
    ...counted('buttons', both(`钉扣 ${buttons} 粒`, `Sew on buttons: ${buttons}`), 'buttonSew', buttons, 0.14),
  ]
}

/** What a row of the bill of materials asks a pair of hands to do; the first that fits its code. */
const FITTED: readonly { code: RegExp; name: Localized; machine: MachineId; each: number; note?: Localized }[] = [
  { code: /^PAD-/, name: both('钉垫肩', 'Set shoulder pads'), machine: 'table', each: 1.4 },
  { code: /^SLV-ROLL/, name: both('绱袖窿条', 'Set sleeve heads'), machine: 'lockstitch', each: 0.8 },
  { code: /^EYE-/, name: both('打气眼', 'Set eyelets'), machine: 'table', each: 0.15 },
  { code: /^CORD-/, name: both('穿绳、打结', 'Thread the cord, knot its ends'), machine: 'table', each: 0.5 },
  { code: /^ELA-/, name: both('装松紧带', 'Insert elastic, join its ends'), machine: 'lockstitch', each: 0.7 },
  { code: /^HOOK-/, name: both('钉裤钩', 'Set hook and bar'), machine: 'table', each: 0.35 },
  { code: /^BKL-/, name: both('装扣环', 'Fit the buckle'), machine: 'lockstitch', each: 0.5 },
  { code: /^LBL-BRAND/, name: both('钉主唛、尺码唛', 'Sew brand and size label'), machine: 'lockstitch', each: 0.35 },
  { code: /^LBL-CARE/, name: both('钉洗水唛', 'Sew in the care label'), machine: 'lockstitch', each: 0.2 },
]

function fittedSteps(bom: readonly BomRow[], size: string): Step[] {
  return bom.flatMap((row) => {
    const rule = FITTED.find(({ code }) => code.test(row.code))
    const count = row.quantity[size] ?? 0
    if (!rule || !count) return []
    const times = row.unit === 'm' ? 1 : Math.max(1, Math.round(count))
    return [byHand('finish', row.code.toLowerCase(), rule.name, rule.machine, { each: rule.each, times }, { zh: row.placement.zh, en: row.placement.en })] // prettier-ignore
  })
}

function barTackSteps({ stitches }: Making, groups: readonly Group[]): Step[] {
  if (!stitches.has('bartack')) return []
  const mouths = groups.filter(({ seam }) => /pocketMouth|welt|beltLoop|fly$|zip/.test(seam))
  const times = Math.max(2, 2 * sum(mouths.map(({ entries }) => entries.length)))
  return counted('bartacks', both(`打枣 ${times} 处`, `Bartacks: ${times}`), 'bartack', times, 0.09)
}

const isLined = ({ size }: Making): boolean => size.pieces.some(({ role }) => role === 'lining')
const isTailored = (making: Making): boolean =>
  isLined(making) && definitionOf(making.spec.category).cloth.worn === 'outer'

/**
 * What a seam of lined work takes more than one of a shirt: shell and lining are held against each other, and tailoring is
 * basted, shrunk and pressed as it is sewn (ours, so that whole garments come to what small workshops ask).
 */
const careOf = (making: Making): number => {
  if (isTailored(making)) return 1.4
  return isLined(making) ? 1.2 : 1
}

/** Final press by how a garment is worn and sold: knits steamed, tailoring formed; minutes. */
function endSteps(making: Making, sewnMm: number): Step[] {
  const { trade } = definitionOf(making.spec.category)
  const [lined, tailored] = [isLined(making), isTailored(making)]
  const press = tailored ? 9 : isKnit(making) ? 0.8 : lined ? 3 : 1.8 // prettier-ignore
  return [
    byHand('finish', 'trim-threads', both('剪线头、清洁', 'Trim threads, clean'), 'table', { each: 0.3, mm: sewnMm, per100mm: 0.007 }), // prettier-ignore
    byHand('finish', 'final-press', both(tailored ? '整烫定型' : '整烫', tailored ? 'Final press and forming' : 'Final press'), tailored ? 'press' : 'iron', { each: press }), // prettier-ignore
    byHand('pack', 'mid-check', both('中检', 'In-line inspection'), 'table', { each: 0.25 }),
    byHand('pack', 'inspect', both('终检、量尺寸', 'Final inspection and measuring'), 'table', { each: tailored ? 2.5 : 0.8 }), // prettier-ignore
    byHand('finish', 'needle', both('过检针机', 'Needle detector'), 'table', { each: 0.08 }),
    byHand('pack', 'pack', both(trade.packed === 'hung' ? '挂吊牌、套衣架、入袋' : '挂吊牌、折叠、入袋', trade.packed === 'hung' ? 'Hang tag, hanger, bag' : 'Hang tag, fold, bag'), 'table', { each: 0.5 }), // prettier-ignore
  ]
}

/**
 * Every step of making one garment, in order, with the minutes of the base size.
 * @param bom the style's bill of materials: what is sewn on
 * @param own minutes that a house has measured itself, by operation code; they stand in for ours
 * @returns an empty list for a draft of the first recipes, which have no seam graph
 */
export function operationsOf(
  spec: StyleSpec,
  size: SizeDraft,
  bom: readonly BomRow[],
  own: Readonly<Record<string, number>> = {},
): Operation[] {
  if (!size.sewn) return []
  const stitches = new Set(seamsOf(spec).map(({ key }) => key))
  const making: Making = { spec, size, stitches }
  const groups = groupsOf(size.sewn)
  const sewn = [...dartSteps(making), ...overlockSteps(making, groups), ...withPressing(groups, making)]
  const sewnMm = sum(sewn.filter(({ stitch }) => stitch !== null).map(({ mm }) => mm))
  const steps = [
    ...cutSteps(making),
    ...fuseSteps(making),
    ...sewn,
    ...barTackSteps(making, groups),
    ...closureSteps(making),
    ...fittedSteps(bom, size.size),
    ...endSteps(making, sewnMm),
  ]
  const taken = new Map<string, number>()
  const care = careOf(making)
  return steps.map((step, i) => {
    const seen = (taken.get(step.code) ?? 0) + 1
    taken.set(step.code, seen)
    const code = seen > 1 ? `${step.code}-${seen}` : step.code
    const minutes = step.phase === 'sew' ? Math.round(step.minutes * care * 100) / 100 : step.minutes
    return { ...step, n: i + 1, code, minutes: own[code] ?? minutes }
  })
}

/** Minutes of all steps together. */
export const minutesOf = (operations: readonly Operation[]): number =>
  Math.round(sum(operations.map(({ minutes }) => minutes)) * 100) / 100
