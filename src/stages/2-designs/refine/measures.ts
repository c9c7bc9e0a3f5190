/** Measures set by their value, as a slider does it: within their range or not at all. */
import type { Localized } from '../../../core/values.ts'
import { blockFor, type Material, type StyleSpec } from '../../../garments/index.ts'
import type { BriefTrend } from '../designer/designer.ts'
import { both, sayValue } from '../designer/facts.ts'
import { refused } from '../messages.ts'
import { SENTENCE_LIMIT } from '../model.ts'
import type { Draft } from './draft.ts'
import { setParameter } from './parameters.ts'
import { finish, UNCHANGED, type Refinement } from './refine.ts'

/** What is asked of a style that has no such measure. */
const named = (parameters: readonly { label: Localized }[], lang: 'zh' | 'en'): string =>
  parameters.map(({ label }) => label[lang]).join(lang === 'zh' ? '、' : ', ')

/**
 * @param asked new values by the parameter's key; one that is where it stands already, to half of its step, is left alone
 * @throws Problem 422 `designs.no-such-measure`, `designs.measure-range` at the field of the measure
 */
export function refineByMeasures(
  spec: StyleSpec,
  asked: Readonly<Record<string, number>>,
  stock: readonly Material[],
  trends: readonly BriefTrend[],
): Refinement {
  const block = blockFor(spec.category, spec.gender)
  const draft: Draft = { spec, block, stock, changes: [], refused: [] }
  for (const [key, value] of Object.entries(asked)) {
    const field = `parameters.${key}`
    const parameter = block.parameters.find((each) => each.key === key)
    if (!parameter)
      throw refused(
        'designs.no-such-measure',
        { key, has: both(named(block.parameters, 'zh'), named(block.parameters, 'en')) },
        { field },
      )
    const { min, max, step, unit, label, default: preset } = parameter
    if (value < min || value > max)
      throw refused('designs.measure-range', { label, min: sayValue(min, unit), max: sayValue(max, unit) }, { field })
    // A browser brings what stands between two steps to the nearest one: nobody has moved it.
    if (Math.abs(value - (spec.parameters[key] ?? preset)) <= step / 2) continue
    setParameter(draft, key, value)
  }
  if (draft.changes.length === 0) draft.refused.push({ words: '–', reason: UNCHANGED })
  return finish(spec, draft, trends)
}

/** What was moved, as it stands in the history of the style. */
export const sayMeasures = ({ changes }: Pick<Refinement, 'changes'>): string =>
  changes
    .map(({ label, to }) => `${label.zh}/${label.en} ${to.en}`)
    .join('; ')
    .slice(0, SENTENCE_LIMIT) || '–'
