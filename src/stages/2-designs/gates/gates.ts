/**
 * The gates a design passes before a merchandiser sees it. Each writes its verdict, a score, the reason in both
 * languages, the evidence it saw and its version. `review` wants a second look, `block` cannot be approved.
 * Here are those that judge data: source, schema, pattern, money, identity. What is said and whose it is: content.ts.
 */
import {
  styleHash,
  type Derived,
  type DerivedStyle,
  type GateResult,
  type HouseRules,
  type StyleSpec,
} from '../../../garments/index.ts'
import { styleSpecSchema } from '../model.ts'
import { roughPrice, shellSuits } from '../designer/suitability.ts'
import type { Removed } from './source.ts'

export const GATE_VERSION = 'gates/1'

type Verdict = GateResult['verdict']
/** A gate's result in the form all gates share; the score is held to 0–1. */
export const result = (
  gate: GateResult['gate'],
  verdict: Verdict,
  score: number,
  zh: string,
  en: string,
  evidence: Record<string, unknown> = {},
): GateResult => ({
  gate,
  verdict,
  score: Number(Math.max(0, Math.min(1, score)).toFixed(3)),
  reason: { zh, en },
  evidence,
  version: GATE_VERSION,
})

/** The first few texts as one, with how many more there are. */
export const joined = (texts: readonly string[], glue: string, most = 3): string =>
  texts.slice(0, most).join(glue) + (texts.length > most ? ` (+${texts.length - most})` : '')

/** G0: what was taken out of the feed's text before a designer saw it. */
export function sourceGate(removed: readonly Removed[]): GateResult {
  const of = (what: Removed['what']) => removed.filter((entry) => entry.what === what).map(({ words }) => words)
  const [brands, persons, instructions] = [of('brand'), of('person'), of('instruction')]
  const evidence = { brands, persons, instructions }
  if (instructions.length > 0)
    return result(
      'G0',
      'review',
      0.4,
      `来源文本中有疑似操纵模型的内容，已剔除 ${instructions.length} 条，请核对趋势来源。`,
      `The source held ${instructions.length} headline(s) that read like instructions to a model. They were left out; check the trend’s source.`,
      evidence,
    )
  if (removed.length > 0)
    return result(
      'G0',
      'pass',
      0.8,
      `来源中的品牌或人名已剔除（${brands.length + persons.length} 处）。`,
      `Brands and persons were taken out of the source (${brands.length + persons.length}).`,
      evidence,
    )
  return result(
    'G0',
    'pass',
    1,
    '来源文本中没有品牌、人名或可疑指令。',
    'The source holds no brands, persons or suspicious instructions.',
    evidence,
  )
}

/** G1: strict schema, closed vocabularies, ranges. */
export function schemaGate(spec: StyleSpec, clamped: DerivedStyle['clamped']): GateResult {
  const parsed = styleSpecSchema.safeParse(spec)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return result(
      'G1',
      'block',
      0,
      `款式数据不合规范：${joined(issues, '；')}`,
      `The style’s data break the schema: ${joined(issues, '; ')}`,
      { issues },
    )
  }
  if (clamped.length > 0) {
    const zh = clamped.map(({ parameter, asked, used, unit }) => `${parameter} ${asked}→${used} ${unit}`)
    return result(
      'G1',
      'pass',
      0.8,
      `${clamped.length} 个参数超出版型可取的范围或片数，已调整：${joined(zh, '，')}`,
      `${clamped.length} parameter(s) were outside what the block can make and adjusted: ${joined(zh, ', ')}`,
      { clamped },
    )
  }
  return result('G1', 'pass', 1, '数据完整，取值均在版型范围内。', 'The data are complete and every value is in range.')
}

/** G2: no draft errors, every piece fits the cloth, measures grow, seams meet; and the cloth is one for such a garment. */
export function producibleGate({ problems, draft, markers, spec }: DerivedStyle): GateResult {
  const faults = problems.filter(({ gate }) => gate === 'G2')
  const evidence = {
    pieces: draft.sizes[0]?.pieces.length ?? 0,
    sizes: draft.sizes.length,
    markers: markers.length,
    misfits: markers.reduce((sum, marker) => sum + marker.misfits.length, 0),
    problems: faults.map(({ code, text }) => ({ code, text })),
  }
  const blocking = faults.filter(({ verdict }) => verdict === 'block')
  if (blocking.length > 0)
    return result(
      'G2',
      'block',
      0,
      joined(
        blocking.map(({ text }) => text.zh),
        '',
      ),
      joined(
        blocking.map(({ text }) => text.en),
        ' ',
      ),
      evidence,
    )
  const shell = spec.materials.shell
  const suits = shell ? shellSuits(shell, spec.category, spec.season) : 0
  if (shell && suits < 0.04)
    return result(
      'G2',
      'review',
      0.4,
      `${shell.name.zh}不常用于这个品类和季节，请确认。`,
      `${shell.name.en} is unusual for this garment and season. Have a second look.`,
      { ...evidence, suits },
    )
  if (faults.length > 0)
    return result(
      'G2',
      'review',
      0.6,
      joined(
        faults.map(({ text }) => text.zh),
        '',
      ),
      joined(
        faults.map(({ text }) => text.en),
        ' ',
      ),
      evidence,
    )
  return result(
    'G2',
    'pass',
    1,
    `${evidence.sizes} 个尺码均可制版，${evidence.pieces} 种裁片都排得下。`,
    `All ${evidence.sizes} sizes draft, and all ${evidence.pieces} pieces fit the cloth.`,
    evidence,
  )
}

/** What the price is judged by. */
function costEvidence(
  { derived, spec }: Pick<DerivedStyle, 'derived' | 'spec'>,
  rules: HouseRules,
  priceBand: { min: number; max: number } | undefined,
  faults: DerivedStyle['problems'],
) {
  const shell = spec.materials.shell
  return {
    priceFloor: derived.priceFloor,
    ladder: derived.ladder,
    currency: derived.currency,
    costLargest: derived.cost.largest.total,
    priceBand: priceBand ?? null,
    roughPrice: shell
      ? Math.round(
          roughPrice(spec.category, shell, rules.cmt[spec.category], rules.marginPercent, rules.overheadPercent),
        )
      : null,
    problems: faults.map(({ code, text }) => ({ code, text })),
  }
}

/** G3: consumption inside the category's band, price at or above the floor, a bigger order never dearer. */
export function costGate(
  { problems, derived, spec }: DerivedStyle,
  rules: HouseRules,
  priceBand?: { min: number; max: number },
): GateResult {
  const faults = problems.filter(({ gate }) => gate === 'G3')
  const prices = derived.ladder.map(({ unitPrice }) => unitPrice)
  const falling = prices.every((price, i) => i === 0 || price <= (prices[i - 1] ?? price))
  const first = prices[0] ?? 0
  const evidence = costEvidence({ derived, spec }, rules, priceBand, faults)
  const blocking = faults.filter(({ verdict }) => verdict === 'block')
  if (blocking.length > 0)
    return result(
      'G3',
      'block',
      0,
      joined(
        blocking.map(({ text }) => text.zh),
        '',
      ),
      joined(
        blocking.map(({ text }) => text.en),
        ' ',
      ),
      evidence,
    )
  if (prices.length === 0 || !falling)
    return result(
      'G3',
      'block',
      0,
      '阶梯价为空，或量越大价越高。',
      'The ladder is empty, or a bigger order is dearer.',
      evidence,
    )
  const atThreshold =
    [...derived.ladder].reverse().find(({ fromUnits }) => fromUnits <= rules.thresholdUnits)?.unitPrice ?? first
  if (atThreshold < derived.priceFloor)
    return result(
      'G3',
      'block',
      0,
      '起做量对应的价格低于底价。',
      'The price at the threshold is below the floor.',
      evidence,
    )
  if (priceBand && (atThreshold < priceBand.min || atThreshold > priceBand.max))
    return result(
      'G3',
      'review',
      0.5,
      '价格不在要求的价格带内。',
      'The price is outside the price band that was asked for.',
      evidence,
    )
  if (faults.length > 0)
    return result(
      'G3',
      'review',
      0.7,
      joined(
        faults.map(({ text }) => text.zh),
        '',
      ),
      joined(
        faults.map(({ text }) => text.en),
        ' ',
      ),
      evidence,
    )
  return result(
    'G3',
    'pass',
    1,
    '用料在品类正常范围内，价格不低于底价，量大不贵。',
    'Consumption is normal for the category, the price is at or above the floor, and a bigger order is never dearer.',
    evidence,
  )
}

/**
 * G9: the hash of what is there now against the hash that was approved, sold or sent.
 * @param claimed hash by the step that claimed it, e.g. `{ approved: '…', sold: '…' }`
 */
export function identityGate(
  spec: StyleSpec,
  derived: Derived,
  rules: HouseRules,
  claimed: Readonly<Record<string, string>> = {},
): GateResult {
  const hash = styleHash(spec, derived, rules)
  const wrong = Object.entries(claimed).filter(([, value]) => value !== hash)
  if (wrong.length > 0) {
    const steps = wrong.map(([step]) => step)
    return result(
      'G9',
      'block',
      0,
      `哈希不一致：${joined(steps, '、')}。批准的不是现在这一版。`,
      `The hash differs at: ${joined(steps, ', ')}. What was approved is not what is here.`,
      { hash, claimed },
    )
  }
  return result('G9', 'pass', 1, '版本哈希一致。', 'The version’s hash agrees.', { hash, claimed })
}
