/** Wishes about measures: longer, slimmer, sleeves 3 cm shorter, collar higher, length to 105 cm. */
import type { Parameter, StyleSpec } from '../../../garments/index.ts'
import { SIZE_SYSTEMS } from '../../../garments/index.ts'
import { both, fitParameters, lengthParameter, sayValue } from '../designer/facts.ts'
import type { Aspect, Meaning } from './meaning.ts'
import { valueAt } from '../designer/parametric.ts'
import type { Clause, Draft } from './draft.ts'

type Axis = Extract<Meaning, { kind: 'towards' }>['axis']

/** Parameters that an aspect means, best name first; `flip` where more of the parameter is less of what is said. */
const ASPECTS: Readonly<Record<Exclude<Aspect, 'length' | 'fit'>, readonly (readonly [key: RegExp, flip?: true])[]>> = {
  sleeve: [[/^sleeveLength$/]],
  chest: [[/^chestEase$/]],
  waist: [[/^waistEase$/]],
  hem: [[/^(hipsEase|hemEase|flare|hemWidth|sweep|fullness)$/], [/^seatEase$/]],
  shoulder: [[/^shoulderEase$/], [/^shoulderWidth$/]],
  cuff: [[/^(halfCuff|cuffEase|cuffWidth)$/]],
  bicep: [[/^bicepsEase$/]],
  collar: [[/^(collarHeight|collarWidth|standHeight)$/]],
  neck: [[/^frontNeckDrop$/], [/^neckWidth$/]],
  leg: [[/^(halfLegOpening|legOpening|hemWidth)$/], [/^kneeEase$/], [/^legWidth$/]],
  rise: [[/^(rise|frontRise|waistHeight|waistRaise)$/i]],
  rib: [[/^(ribHeight|cuffHeight)$/]],
  pocket: [[/^pocket(Width|Size)$/], [/^pocket/]],
  belt: [[/^beltWidth$/]],
  lapel: [[/^lapelReduction$/, true], [/^lapelWidth$/]],
  hood: [[/^hood/]],
  buttons: [[/^(buttonRows|buttons)$/]],
}

/** What a slot's name means as a measure ("领子高一点", "腰带宽一点"). */
const SLOT_ASPECTS: Readonly<Record<string, Aspect>> = {
  collar: 'collar',
  cuff: 'cuff',
  pocket: 'pocket',
  belt: 'belt',
  shoulder: 'shoulder',
  hood: 'hood',
  hem: 'hem',
  sleeve: 'sleeve',
  waistband: 'rise',
  lapel: 'lapel',
  rib: 'rib',
}

interface Target {
  parameters: Parameter[]
  flip: boolean
}

function targetOf(draft: Draft, aspect: Aspect, axis: Axis): Target {
  const { block } = draft
  if (aspect === 'length') return { parameters: [lengthParameter(block)].flatMap((p) => p ?? []), flip: false }
  if (aspect === 'fit') return { parameters: fitParameters(block), flip: false }
  // A sleeve that is wide is wide at the upper arm; a neckline that is high is shallow.
  const meant: Aspect = aspect === 'sleeve' && axis === 'wide' ? 'bicep' : aspect
  for (const [key, flip] of ASPECTS[meant as keyof typeof ASPECTS]) {
    const parameter = block.parameters.find((candidate) => key.test(candidate.key))
    if (parameter) return { parameters: [parameter], flip: (flip ?? false) !== (meant === 'neck' && axis === 'high') }
  }
  return { parameters: [], flip: false }
}

const DEFAULT_ASPECT: Readonly<Record<Axis, Aspect>> = { long: 'length', wide: 'fit', high: 'collar' }

/** How much "a bit", "" and "much" are: lengths in mm as a fitter would pin them, other measures by their range. */
function stepOf({ unit, min, max, step }: Parameter, size: 'small' | 'normal' | 'large'): number {
  const long = unit === 'mm' && max - min >= 200
  const raw = long
    ? { small: 30, normal: 50, large: 100 }[size]
    : (max - min) * { small: 0.1, normal: 0.18, large: 0.36 }[size]
  return Math.max(step, Math.round(raw / step) * step)
}

/** Girth of the body in the base size that an ease is a percentage of, mm. */
function girthFor(spec: StyleSpec, key: string): number | undefined {
  const body = SIZE_SYSTEMS[spec.sizes.system]?.sizes.find(({ label }) => label === spec.sizes.base)?.body
  const measure = {
    chestEase: 'chest',
    waistEase: 'waist',
    hipsEase: 'hips',
    seatEase: 'seat',
    bicepsEase: 'biceps',
    cuffEase: 'wrist',
  }[key]
  return measure ? body?.[measure] : undefined
}

function set(draft: Draft, parameter: Parameter, value: number): void {
  const from = draft.spec.parameters[parameter.key] ?? parameter.default
  const to = Number(value.toFixed(2))
  if (from === to) return
  draft.spec = { ...draft.spec, parameters: { ...draft.spec.parameters, [parameter.key]: to } }
  draft.changes.push({
    field: `parameters.${parameter.key}`,
    label: parameter.label,
    from: sayValue(from, parameter.unit),
    to: sayValue(to, parameter.unit),
  })
}

/** Set a parameter by its key; false when the block has no such parameter or the value is no number. */
export function setParameter(draft: Draft, key: string, value: number): boolean {
  const parameter = draft.block.parameters.find((candidate) => candidate.key === key)
  if (!parameter || !Number.isFinite(value)) return false
  set(draft, parameter, value)
  return true
}

const refuse = (draft: Draft, clause: Clause): true => {
  draft.refused.push({
    words: clause.text,
    reason: both(
      `${draft.block.name.zh}没有这个可调尺寸，可调的有：${draft.block.parameters.map(({ label }) => label.zh).join('、')}。`,
      `A ${draft.block.name.en} has no such measure to change. It has: ${draft.block.parameters.map(({ label }) => label.en.toLowerCase()).join(', ')}.`,
    ),
  })
  return true
}

function applyClass(draft: Draft, { aspect, value }: Extract<Meaning, { kind: 'class' }>, clause: Clause): boolean {
  if (aspect === 'sleeve') {
    if (draft.block.construction.some(({ slot }) => slot === 'sleeve')) return false
    const sleeve = draft.block.parameters.find(({ key }) => key === 'sleeveLength')
    if (!sleeve) return refuse(draft, clause)
    // Long reaches the wrist, which lies a little below the longest the range allows.
    set(draft, sleeve, value === 'long' ? valueAt(sleeve, 0.85) : sleeve.default)
    return true
  }
  const axis: Axis = aspect === 'fit' ? 'wide' : 'high'
  if (value === 'neck-deep') return move(draft, targetOf(draft, 'neck', 'wide'), 1, 'normal', clause)
  if (value === 'waist-in') return move(draft, targetOf(draft, 'waist', 'wide'), -1, 'normal', clause)
  if (aspect === 'rise') return move(draft, targetOf(draft, 'rise', axis), value === 'high' ? 1 : -1, 'large', clause)
  const at = aspect === 'fit' ? 0.8 : ({ short: -0.6, regular: 0, long: 0.5, 'extra-long': 0.85 }[value] ?? 0)
  const { parameters } = targetOf(draft, aspect, axis)
  if (parameters.length === 0) return refuse(draft, clause)
  for (const parameter of parameters) set(draft, parameter, valueAt(parameter, at))
  return true
}

function move(
  draft: Draft,
  { parameters, flip }: Target,
  sign: number,
  size: 'small' | 'normal' | 'large',
  clause: Clause,
): boolean {
  if (parameters.length === 0) return refuse(draft, clause)
  for (const parameter of parameters) {
    const now = draft.spec.parameters[parameter.key] ?? parameter.default
    set(draft, parameter, now + (flip ? -sign : sign) * stepOf(parameter, size))
  }
  return true
}

/** "到105厘米", "to 105 cm", "make it 110 cm long": a value, not a difference. */
const isAbsolute = (clause: Clause, mm: number, now: number): boolean =>
  /(到|为|成|做|=|\bto\b|\bat\b)\s*[\d一二三四五六七八九十]/.test(clause.text) || (mm > 200 && mm > now * 0.5)

function applyAmount(
  draft: Draft,
  target: Target,
  amount: Extract<Meaning, { kind: 'amount' }>,
  sign: number | undefined,
  clause: Clause,
): boolean {
  if (target.parameters.length === 0) return refuse(draft, clause)
  for (const parameter of target.parameters) {
    const now = draft.spec.parameters[parameter.key] ?? parameter.default
    const girth = girthFor(draft.spec, parameter.key)
    const ofGirth = (mm: number) => (girth === undefined ? undefined : (mm / girth) * 100)
    const ofLength = (mm: number) => (parameter.unit === 'mm' ? mm : ofGirth(mm))
    const inUnit = amount.mm === undefined ? (amount.percent ?? amount.count) : ofLength(amount.mm)
    if (inUnit === undefined) return refuse(draft, clause)
    const absolute =
      amount.count !== undefined ||
      (parameter.unit === 'mm' && isAbsolute(clause, amount.mm ?? 0, now)) ||
      sign === undefined
    set(draft, parameter, absolute ? inUnit : now + (target.flip ? -1 : 1) * (sign ?? 1) * inUnit)
  }
  return true
}

function hearPart(clause: Clause): void {
  const part = clause.all('slot').find(({ slot }) => SLOT_ASPECTS[slot] !== undefined)
  if (part) clause.heard.add(part)
}

export function applyParameters(draft: Draft, clause: Clause): boolean {
  const classes = clause.all('class')
  const [amount] = clause.all('amount')
  const towards = clause.all('towards')
  const aspects = [
    ...clause.all('aspect').map(({ aspect }) => aspect),
    ...clause.all('slot').flatMap(({ slot }) => SLOT_ASPECTS[slot] ?? []),
  ]
  if (classes.length > 0) clause.hear('class')
  if (classes.length > 0) return classes.map((meaning) => applyClass(draft, meaning, clause)).some(Boolean)
  if (amount?.count !== undefined) clause.hear('amount', 'aspect', 'trim')
  if (amount?.count !== undefined)
    return applyAmount(draft, targetOf(draft, 'buttons', 'wide'), amount, undefined, clause)
  if (towards.length === 0 && amount === undefined) return false
  // A colour or a cloth in the same clause owns words such as 深 or 厚; 大 and 高 alone say nothing about them.
  if (towards.length === 0 && aspects.length === 0) return false
  clause.hear('towards')
  clause.first('amount')
  // The measure that is meant is the first one named: by its own word, or by the part it belongs to.
  if (clause.first('aspect') === undefined) hearPart(clause)
  // "别太长", "not so wide", "less loose": the other way.
  const turned = (clause.negated && (clause.has('too') || towards.length > 0)) !== clause.has('less')
  // "太长了" complains: the other way; "不要太长" does as well, and is turned once only.
  const complains = clause.has('too') && !clause.negated && !clause.has('less')
  const size = clause.all('degree')[0]?.size ?? 'normal'
  const moves = towards.length > 0 ? towards : [undefined]
  return moves
    .map((direction) => {
      const axis =
        direction?.axis ?? (aspects[0] === 'fit' || aspects[0] === 'chest' || aspects[0] === 'waist' ? 'wide' : 'long')
      const aspect = aspects[0] ?? DEFAULT_ASPECT[axis]
      const target = targetOf(draft, aspect, axis)
      const sign = direction ? direction.sign * (turned || complains ? -1 : 1) : undefined
      if (amount) return applyAmount(draft, target, amount, sign, clause)
      return sign === undefined ? false : move(draft, target, sign, size, clause)
    })
    .some(Boolean)
}
