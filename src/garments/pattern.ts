/** From a style's parameters to its graded pattern: every size drafted for its own body, none scaled. */
import { problem } from '../core/errors.ts'
import type { Localized } from '../core/values.ts'
import { blockFor } from './categories/index.ts'
import { cutPieces } from './blocks/cut.ts'
import { draftBodies, DraftError, ENGINE_VERSION, type Drafted, type OptionValue } from './blocks/engine.ts'
import type { Block, ConstructionSlot, Context, Parameter } from './blocks/types.ts'
import { areaOf, round1, selfIntersects } from './geometry.ts'
import { gradePoints, monotoneFaults } from './measures.ts'
import { bodyOf, sizeSystem, type Body } from './sizes.ts'
import { clothFacts } from './sewing/cloth.ts'
import { openingsOf } from './sewing/openings.ts'
import { sewingFaults } from './sewing/check.ts'
import { sewnTogether } from './sewing/together.ts'
import type {
  ChoiceNote,
  ClampNote,
  Draft,
  MeasureCode,
  Measures,
  RecipeVersion,
  SizeDraft,
  StyleSpec,
} from './types.ts'
import { NEWEST_RECIPE } from './types.ts'

/**
 * Pattern engine, its version, and the version of our own blocks, by recipe: part of the hash of everything drafted.
 * What recipe 1 drafts never changes.
 */
const ENGINES: Readonly<Record<RecipeVersion, string>> = {
  1: `freesewing ${ENGINE_VERSION} + firstcut blocks 2`,
  2: `freesewing ${ENGINE_VERSION} + firstcut blocks 3`,
  3: `freesewing ${ENGINE_VERSION} + firstcut blocks 4`,
}
/** What new designs are drafted with. */
export const PATTERN_ENGINE = ENGINES[NEWEST_RECIPE]
/** The version of the recipes a style is drafted with. */
const recipeOf = (spec: StyleSpec): RecipeVersion => spec.recipe ?? 1

/** Seam allowances a factory can sew, mm. */
const SEAM_ALLOWANCE = { min: 6, max: 20 }
const FEWEST_SIZES = 5

const list = (values: readonly string[], mark: string): string => values.join(mark)

function refuseUnknown(kind: 'parameter' | 'slot', key: string, allowed: readonly string[], block: Block): never {
  const [zh, en] = kind === 'parameter' ? ['参数', 'parameter'] : ['工艺项', 'construction choice']
  throw problem(
    `garments.unknown-${kind}`,
    422,
    {
      en: `A ${block.name.en} has no ${en} "${key}". It has: ${list(allowed, ', ')}.`,
      zh: `${block.name.zh}没有“${key}”这个${zh}，可用的有：${list(allowed, '、')}。`,
    },
    { field: kind === 'parameter' ? `parameters.${key}` : `construction.${key}`, details: { allowed } },
  )
}

function clampParameter(
  parameter: Parameter,
  asked: number,
  construction: Readonly<Record<string, string>>,
  clamped: ClampNote[],
  recipe: RecipeVersion,
): number {
  if (!Number.isFinite(asked))
    throw problem(
      'garments.not-a-number',
      422,
      {
        en: `"${parameter.label.en}" must be a number between ${parameter.min} and ${parameter.max} ${parameter.unit}.`,
        zh: `“${parameter.label.zh}”必须是 ${parameter.min} 到 ${parameter.max} ${parameter.unit} 之间的数字。`,
      },
      { field: `parameters.${parameter.key}` },
    )
  const { max, unit, least = parameter.min } = parameter
  const min = recipe > 1 ? Math.max(least, parameter.min) : parameter.min
  const of = parameter.multipleOf?.(construction)
  const whole = of ? of * Math.min(Math.ceil(asked / of), Math.floor(max / of)) : asked
  const used = Math.min(max, Math.max(min, whole))
  if (used !== asked) clamped.push({ parameter: parameter.key, asked, used, min, max, unit })
  return used
}

function chooseOption(slot: ConstructionSlot, asked: string | undefined, block: Block): string {
  const allowed = slot.options.map((option) => option.value)
  const value = asked ?? slot.default
  if (allowed.includes(value)) return value
  throw problem(
    'garments.unknown-option',
    422,
    {
      en: `"${value}" is no ${slot.label.en.toLowerCase()} for a ${block.name.en}. Choose one of: ${list(allowed, ', ')}.`,
      zh: `${block.name.zh}的“${slot.label.zh}”不能是“${value}”，可选：${list(allowed, '、')}。`,
    },
    { field: `construction.${slot.slot}`, details: { allowed } },
  )
}

function checkSizes(spec: StyleSpec): void {
  const system = sizeSystem(spec.sizes.system, spec.gender)
  const order = system.sizes.map((size) => size.label)
  for (const label of [...spec.sizes.list, spec.sizes.base]) bodyOf(system, label)
  const places = spec.sizes.list.map((label) => order.indexOf(label))
  const rising = places.every((place, i) => i === 0 || place > (places[i - 1] ?? -1))
  if (rising && places.length >= FEWEST_SIZES && spec.sizes.list.includes(spec.sizes.base)) return
  throw problem(
    'garments.sizes',
    422,
    {
      en: `A style needs at least ${FEWEST_SIZES} sizes, small to large, with the base size among them. ${system.name.en} has: ${list(order, ', ')}.`,
      zh: `款式至少需要 ${FEWEST_SIZES} 个尺码，从小到大排列，并包含基码。${system.name.zh}有：${list(order, '、')}。`,
    },
    { field: 'sizes.list', details: { allowed: order } },
  )
}

/** Let choices give way that cannot be made together; say which and why. */
function settle(asked: Readonly<Record<string, string>>, block: Block) {
  const construction = { ...asked }
  const settled: ChoiceNote[] = []
  for (const { slot, asked: unwanted, used, when, reason } of block.settles ?? [])
    if (construction[slot] === unwanted && when(construction)) {
      construction[slot] = used
      settled.push({ slot, asked: unwanted, used, reason })
    }
  return { construction, settled }
}

/**
 * Bring a style's parameters into their ranges and fill in what was left out; say what was changed.
 * @returns the complete style, keys in the block's order, a note for each value that was clamped and for each choice
 *   that gave way to another
 * @throws Problem 422 for an unknown parameter, slot, option, size system or size, naming the allowed ones
 */
export function normalise(spec: StyleSpec): { spec: StyleSpec; clamped: ClampNote[]; settled: ChoiceNote[] } {
  const block = blockFor(spec.category, spec.gender)
  const clamped: ClampNote[] = []
  const keys = block.parameters.map((parameter) => parameter.key)
  for (const key of Object.keys(spec.parameters)) if (!keys.includes(key)) refuseUnknown('parameter', key, keys, block)
  const slots = block.construction.map((slot) => slot.slot)
  for (const key of Object.keys(spec.construction)) if (!slots.includes(key)) refuseUnknown('slot', key, slots, block)
  const chosen = Object.fromEntries(
    block.construction.map((slot) => [slot.slot, chooseOption(slot, spec.construction[slot.slot], block)]),
  )
  const { construction, settled } = settle(chosen, block)
  const parameters = Object.fromEntries(
    block.parameters.map((p) => [
      p.key,
      clampParameter(p, spec.parameters[p.key] ?? p.default, construction, clamped, recipeOf(spec)),
    ]),
  )
  checkSizes(spec)
  const asked = spec.seamAllowanceMm
  const seamAllowanceMm = Math.min(SEAM_ALLOWANCE.max, Math.max(SEAM_ALLOWANCE.min, asked))
  if (seamAllowanceMm !== asked)
    clamped.push({ parameter: 'seamAllowanceMm', asked, used: seamAllowanceMm, ...SEAM_ALLOWANCE, unit: 'mm' })
  return { spec: { ...spec, parameters, construction, seamAllowanceMm }, clamped, settled }
}

/** What a recipe is told of a style. @throws DraftError when it asks for a parameter or a slot the block does not have */
const contextOf = (spec: StyleSpec): Context => ({
  gender: spec.gender,
  sa: spec.seamAllowanceMm,
  recipe: recipeOf(spec),
  cloth: clothFacts(spec.materials),
  parameter: (key) => {
    const value = spec.parameters[key]
    if (value === undefined) throw new DraftError(`the recipe reads a parameter "${key}" that the block does not have`)
    return value
  },
  choice: (slot) => {
    const value = spec.construction[slot]
    if (value === undefined) throw new DraftError(`the recipe reads a slot "${slot}" that the block does not have`)
    return value
  },
})

/** A choice that brings a piece, and what of its options does without it. */
export interface Needing {
  slot: Localized
  chosen: Localized
  without: readonly Localized[]
}
/** The choices of a style that one of its pieces is cut for: with another option it would not be there. */
export function neededBy(spec: StyleSpec, piece: string): Needing[] {
  const block = blockFor(spec.category, spec.gender)
  const rows = block.recipe.cutList.filter(
    ({ id, recipes }) => id === piece && (recipes?.includes(recipeOf(spec)) ?? true),
  )
  const cutWith = (slot: string, option: string): boolean => {
    const ctx = contextOf({ ...spec, construction: { ...spec.construction, [slot]: option } })
    return rows.some(({ when }) => when?.(ctx) ?? true)
  }
  return block.construction.flatMap(({ slot, label, options }) => {
    const chosen = options.find(({ value }) => value === spec.construction[slot])
    const without = options.filter(({ value }) => !cutWith(slot, value)).map((option) => option.label)
    return chosen && without.length ? [{ slot: label, chosen: chosen.label, without }] : []
  })
}

type FittedParameter = Parameter & { drive: Extract<Parameter['drive'], { kind: 'fit' }> }
const isFitted = (parameter: Parameter): parameter is FittedParameter => parameter.drive.kind === 'fit'

const startOf = ({ drive: { start } }: FittedParameter, asked: number, body: Body): number =>
  typeof start === 'function' ? start(asked, body) : start

/** The body as the recipe wants it drawn for; the style's own body is what is reported. */
const drawnFor = (block: Block, body: Body, ctx: Context): Body => block.recipe.body?.(body, ctx) ?? body

const ROUNDS = 10
const CLOSE_MM = 0.25
const BOUND_MM = 5

/**
 * Solve the engine's options so that the base size measures what the style asks for: secant steps on all fitted
 * parameters at once, from slopes that are exact wherever the design is linear in the option.
 * @throws DraftError when a measure stays more than 5 mm away
 */
function fitOptions(
  block: Block,
  body: Body,
  ctx: Context,
  fixed: Record<string, OptionValue>,
): Record<string, OptionValue> {
  const fitted = block.parameters.filter(isFitted).filter((p) => p.when?.(ctx) ?? true)
  if (fitted.length === 0) return fixed
  const states = fitted.map((p) => ({
    p,
    asked: ctx.parameter(p.key),
    value: startOf(p, ctx.parameter(p.key), body),
    slope: p.drive.slope(body),
    last: 0,
    moved: 0,
    error: 0,
  }))
  const only = block.recipe.measureFrom
  for (let round = 0; round < ROUNDS; round++) {
    const options = { ...fixed, ...Object.fromEntries(states.map((s) => [s.p.drive.option, s.value])) }
    const [drafted] = draftBodies(block.recipe.design, [{ body: drawnFor(block, body, ctx), options }], only)
    if (!drafted) throw new DraftError('nothing drafted')
    stopOnErrors(drafted)
    const measures = block.recipe.measure(drafted, ctx)
    for (const state of states) {
      const got = measures[state.p.drive.measure]
      if (got === undefined) throw new DraftError(`the block does not measure ${state.p.drive.measure}`)
      state.error = state.asked - got
      if (round > 0 && Math.abs(state.moved) > 1e-9) {
        const slope = (got - state.last) / state.moved
        // A flat or reversed answer says that another parameter moved it: keep the declared slope.
        if (Math.abs(slope) > 1 && Math.sign(slope) === Math.sign(state.slope)) state.slope = slope
      }
      state.last = got
    }
    if (states.every((s) => Math.abs(s.error) <= CLOSE_MM)) return options
    if (round === ROUNDS - 1) break
    for (const state of states) {
      state.moved = Math.abs(state.error) <= CLOSE_MM / 2 ? 0 : state.error / state.slope
      state.value += state.moved
    }
  }
  const far = states.filter((s) => Math.abs(s.error) > BOUND_MM)
  if (far.length)
    throw new DraftError(far.map((s) => `${s.p.key}: asked ${s.asked} mm, drafted ${round1(s.last)} mm`).join('; '))
  return { ...fixed, ...Object.fromEntries(states.map((s) => [s.p.drive.option, s.value])) }
}

/**
 * The options of one size: an ease that is a share of the body is as many millimetres as in the base size. A percentage would
 * let a garment grow by more than its size system says: half chest by 23 mm a size where 5·4 means 20.
 */
function optionsFor(
  { parameters }: Block,
  options: Readonly<Record<string, OptionValue>>,
  base: Body,
  body: Body,
  { recipe }: Context,
): Record<string, OptionValue> {
  const own = { ...options }
  if (recipe < 2) return own
  for (const { drive } of parameters) {
    if (drive.kind === 'own' || drive.of === undefined) continue
    const [share, usual, mine] = [own[drive.option], base[drive.of], body[drive.of]]
    if (typeof share === 'number' && usual && mine) own[drive.option] = (share * usual) / mine
  }
  return own
}

function stopOnErrors(drafted: Drafted): void {
  if (drafted.errors.length) throw new DraftError(drafted.errors.join('; '))
}

/** The measures a block's size chart lists under this construction, and no others. */
function chartOf(block: Block, all: Measures, ctx: Context): Measures {
  const chart: Partial<Record<MeasureCode, number>> = {}
  for (const point of block.points) {
    if (point.when && !point.when(ctx)) continue
    const value = all[point.code]
    if (value === undefined || !Number.isFinite(value))
      throw new DraftError(`the recipe does not measure ${point.code}`)
    chart[point.code] = round1(value)
  }
  return chart
}

function draftSizes(block: Block, spec: StyleSpec): SizeDraft[] {
  const ctx = contextOf(spec)
  const system = sizeSystem(spec.sizes.system, spec.gender)
  const fixed: Record<string, OptionValue> = { ...block.recipe.options(ctx) }
  for (const { key, drive, when } of block.parameters)
    if (drive.kind === 'option' && (when?.(ctx) ?? true)) fixed[drive.option] = ctx.parameter(key) * drive.scale
  const { base, list: labels } = spec.sizes
  const options = fitOptions(block, bodyOf(system, base), ctx, fixed)
  const draftOf = (sizes: readonly string[], only?: readonly string[]): [string, Drafted][] => {
    const asked = sizes.map((label) => {
      const body = bodyOf(system, label)
      return { body: drawnFor(block, body, ctx), options: optionsFor(block, options, bodyOf(system, base), body, ctx) }
    })
    return draftBodies(block.recipe.design, asked, only).map((drafted, i) => [sizes[i] ?? '', drafted])
  }
  const cutOut = ([size, drafted]: readonly [string, Drafted]): SizeDraft => {
    stopOnErrors(drafted)
    const pieces = cutPieces(block.recipe.cutList, drafted, ctx)
    const measures = chartOf(block, block.recipe.measure(drafted, ctx), ctx)
    const body = bodyOf(system, size)
    if (ctx.recipe > 1 && block.recipe.sewing) {
      const made = sewnTogether(block.recipe, pieces, drafted, ctx)
      const openings = openingsOf(made.openings, body)
      return { size, body, pieces: made.pieces, measures, seamPairs: made.seamPairs, sewn: made.sewn, openings }
    }
    const seamPairs = block.recipe
      .seams(drafted, ctx)
      .map((p) => ({ ...p, lengthA: round1(p.lengthA), lengthB: round1(p.lengthB) }))
    return { size, body, pieces, measures, seamPairs }
  }
  // A design draws parts that this construction never asks for. The base size is drawn whole and tells which they are.
  const drawn = draftOf([base])
  const done = new Map(drawn.map((entry) => [entry[0], cutOut(entry)]))
  const asked = drawn.flatMap(([, drafted]) => drafted.read)
  for (const entry of draftOf(
    labels.filter((label) => label !== base),
    asked,
  ))
    done.set(entry[0], cutOut(entry))
  return labels.flatMap((label) => done.get(label) ?? [])
}

/**
 * Draft a style in every one of its sizes.
 * @throws Problem garments.undraftable 422 with the engine's own words; and what {@link normalise} throws
 */
export function draftStyle(style: StyleSpec): Draft {
  const { spec } = normalise(style)
  const block = blockFor(spec.category, spec.gender)
  const ctx = contextOf(spec)
  const sizes = drafting(block, () => draftSizes(block, spec))
  const points = block.points.filter((point) => point.when?.(ctx) ?? true)
  return {
    category: spec.category,
    design: block.design,
    engine: ENGINES[recipeOf(spec)],
    sizes,
    points: gradePoints(
      points,
      sizes.map((size) => size.measures),
    ),
  }
}

/**
 * Draft the base size of a style alone: a picture is of no other.
 * @throws what {@link draftStyle} throws
 */
export function draftBase(style: StyleSpec): SizeDraft {
  const { spec } = normalise(style)
  const block = blockFor(spec.category, spec.gender)
  const alone = { ...spec, sizes: { ...spec.sizes, list: [spec.sizes.base] } }
  const [size] = drafting(block, () => draftSizes(block, alone))
  if (!size) throw new RangeError('a style has its base size')
  return size
}

/** What cannot be drafted is told in words. */
function drafting<T>(block: Block, draft: () => T): T {
  try {
    return draft()
  } catch (error) {
    if (!(error instanceof DraftError)) throw error
    throw problem(
      'garments.undraftable',
      422,
      {
        en: `This ${block.name.en} cannot be drafted with these parameters: ${error.message}. Move the parameters nearer to their defaults.`,
        zh: `${block.name.zh}无法按这些参数制版：${error.message}。请将参数调近默认值。`,
      },
      { details: { design: block.design, errors: error.message.split('; ') } },
    )
  }
}

/** What gate G2 asks of a pattern apart from the cloth's width. */
export interface Producible {
  problems: Localized[]
  /** Largest difference of two seams sewn together, beyond their ease, in mm (0 = all match). */
  worstSeamMm: number
  pieces: number
  sizes: number
}

/**
 * Can this pattern be made? Measures grow, seams that meet have one length within their ease, every outline is
 * simple and has an area, the cut line lies outside the seam line, and the style has cloth for every role.
 */
export function checkProducible(draft: Draft, spec: StyleSpec): Producible {
  const problems: Localized[] = []
  let worstSeamMm = 0
  for (const fault of monotoneFaults(draft.sizes))
    problems.push({
      en: `${fault.code} does not grow from ${fault.from} to ${fault.to} (${fault.step} mm).`,
      zh: `${fault.code} 从 ${fault.from} 到 ${fault.to} 没有递增（${fault.step} 毫米）。`,
    })
  for (const size of draft.sizes) {
    if (size.pieces.length === 0)
      problems.push({ en: `Size ${size.size} has no pieces.`, zh: `${size.size} 码没有裁片。` })
    for (const { kind, mm, text } of sewingFaults(size)) {
      if (kind === 'ease') worstSeamMm = Math.max(worstSeamMm, mm)
      problems.push({ en: `Size ${size.size}: ${text.en}`, zh: `${size.size} 码：${text.zh}` })
    }
    for (const { a, b, lengthA, lengthB, easeMax } of size.sewn ? [] : size.seamPairs) {
      const over = round1(Math.abs(lengthA - lengthB) - easeMax)
      worstSeamMm = Math.max(worstSeamMm, over)
      if (over > 0)
        problems.push({
          en: `Size ${size.size}: ${a} (${lengthA} mm) does not fit ${b} (${lengthB} mm); ${easeMax} mm ease is allowed.`,
          zh: `${size.size} 码：${a}（${lengthA} 毫米）与 ${b}（${lengthB} 毫米）不吻合，允许吃势 ${easeMax} 毫米。`,
        })
    }
    for (const piece of size.pieces) {
      const faults: Localized[] = []
      if (areaOf(piece.seam) < 100) faults.push({ en: 'has no area', zh: '面积为零' })
      if (selfIntersects(piece.seam) || selfIntersects(piece.cut))
        faults.push({ en: 'has an outline that crosses itself', zh: '轮廓自相交' })
      if (areaOf(piece.cut) <= areaOf(piece.seam)) faults.push({ en: 'has no seam allowance', zh: '没有缝份' })
      for (const fault of faults)
        problems.push({
          en: `Size ${size.size}: the piece "${piece.name.en}" ${fault.en}.`,
          zh: `${size.size} 码：裁片“${piece.name.zh}”${fault.zh}。`,
        })
    }
  }
  const roles = new Set(draft.sizes.flatMap((size) => size.pieces.map((piece) => piece.role)))
  for (const role of roles)
    if (!spec.materials[role])
      problems.push({ en: `There is no material for "${role}". Choose one.`, zh: `缺少“${role}”用料，请选择。` })
  return { problems, worstSeamMm, pieces: draft.sizes[0]?.pieces.length ?? 0, sizes: draft.sizes.length }
}
