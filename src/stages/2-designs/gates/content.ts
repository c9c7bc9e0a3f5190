/** The gates on what a design says and whom it resembles: words, novelty, other people's rights. */
import type { Block, Derived, GateResult, StyleSpec } from '../../../garments/index.ts'
import type { Moderation } from '../designer/designer.ts'
import { joined, result } from './gates.ts'
import { marksIn } from './likeness.ts'
import { nearestOf, type Earlier, type Fingerprint } from './novelty.ts'
import { EMBLEMS } from './rights-list.ts'
import { wordFaults } from './wording.ts'

/** G5: the words. */
export function wordsGate(spec: StyleSpec, block: Block, derived: Derived): GateResult {
  const faults = wordFaults(spec, block, derived)
  if (faults.length === 0)
    return result(
      'G5',
      'pass',
      1,
      '文案无绝对化用语，长度合适，与数据一致。',
      'No absolute claims, good lengths, and the facts equal the data.',
    )
  const verdict = faults.some(({ severity }) => severity === 'block') ? 'block' : 'review'
  return result(
    'G5',
    verdict,
    verdict === 'block' ? 0 : 0.6,
    joined(
      faults.map(({ zh }) => zh),
      '',
    ),
    joined(
      faults.map(({ en }) => en),
      ' ',
    ),
    { faults },
  )
}

/** Below this it is the same design again; below the next a merchandiser should compare the two. */
const SAME = 0.035
const SIMILAR = 0.1

/** G6: novelty against everything made before. The fingerprint is kept in the evidence, for those who come after. */
export function noveltyGate(
  spec: StyleSpec,
  block: Block,
  fingerprint: Fingerprint | undefined,
  earlier: readonly Earlier[],
): GateResult {
  const nearest = nearestOf(spec, block, fingerprint, earlier)
  const evidence = { compared: earlier.length, nearest: nearest ?? null, fingerprint: fingerprint ?? null }
  if (!nearest)
    return result('G6', 'pass', 1, '此前没有同品类的款式。', 'There is no earlier style of this category.', evidence)
  const say = nearest.distance.toFixed(2)
  if (nearest.distance < SAME)
    return result(
      'G6',
      'block',
      0,
      `与 ${nearest.number} 几乎相同（差异 ${say}）。`,
      `Almost the same as ${nearest.number} (distance ${say}).`,
      evidence,
    )
  if (nearest.distance < SIMILAR)
    return result(
      'G6',
      'review',
      0.5,
      `与 ${nearest.number} 相近（差异 ${say}），请对比后决定。`,
      `Close to ${nearest.number} (distance ${say}). Compare the two.`,
      evidence,
    )
  return result(
    'G6',
    'pass',
    Math.min(1, nearest.distance / 0.4),
    `与此前款式有明显差异，最接近的是 ${nearest.number}（${say}）。`,
    `Clearly different from earlier styles; the nearest is ${nearest.number} (${say}).`,
    evidence,
  )
}

/** Marks and emblems in a style's words, and whether it is of the military kind. */
function rightsIn(spec: StyleSpec) {
  const text = [
    spec.names.zh,
    spec.names.en,
    spec.story.zh,
    spec.story.en,
    ...spec.colourways.flatMap(({ name }) => [name.zh, name.en]),
    ...spec.attributes.filter(({ key }) => key !== 'style').flatMap(({ label }) => [label.zh, label.en]),
  ].join('\n')
  const marks = marksIn(text)
  const low = text.toLowerCase()
  const emblems = EMBLEMS.filter(([word]) =>
    /\p{Script=Han}/u.test(word) ? low.includes(word) : new RegExp(`\\b${word}\\b`, 'u').test(low),
  )
  const military = spec.attributes.some(({ key, value }) => key === 'style' && value === 'military')
  return { marks, emblems, military }
}

/** G7: other people's marks, emblems and insignia, and the model provider's moderation where a model wrote the words. */
export function rightsGate(spec: StyleSpec, moderation?: Moderation): GateResult {
  const { marks, emblems, military } = rightsIn(spec)
  const evidence = {
    marks,
    emblems: emblems.map(([word, what]) => ({ word, what })),
    military,
    moderation: moderation ?? null,
  }
  if (emblems.length > 0) {
    const words = emblems.map(([word]) => word)
    return result(
      'G7',
      'block',
      0,
      `不得使用国家、军队或公共机构的标志、名义：${joined(words, '、')}。`,
      `Emblems, insignia and names of states, armies or public bodies may not be used: ${joined(words, ', ')}.`,
      evidence,
    )
  }
  const exact = marks.filter(({ likeness }) => likeness === 1)
  if (exact.length > 0)
    return result(
      'G7',
      'block',
      0,
      `含他人商标：${joined(
        exact.map(({ found }) => found),
        '、',
      )}。`,
      `Holds somebody’s trade mark: ${joined(
        exact.map(({ found }) => found),
        ', ',
      )}.`,
      evidence,
    )
  if (moderation?.flagged)
    return result(
      'G7',
      'block',
      0,
      `内容审核未通过：${joined(moderation.categories, '、')}。`,
      `Moderation flagged it: ${joined(moderation.categories, ', ')}.`,
      evidence,
    )
  if (moderation?.unavailable)
    return result(
      'G7',
      'review',
      0.5,
      '内容审核服务未响应，请人工确认。',
      'Moderation did not answer. Have a second look.',
      evidence,
    )
  if (marks.length > 0)
    return result(
      'G7',
      'review',
      0.5,
      `与他人商标近似：${joined(
        marks.map(({ found, owner }) => `${found}≈${owner}`),
        '、',
      )}，请人工确认。`,
      `Close to a trade mark: ${joined(
        marks.map(({ found, owner }) => `${found} ≈ ${owner}`),
        ', ',
      )}. Have a second look.`,
      evidence,
    )
  return result(
    'G7',
    'pass',
    1,
    military
      ? '未发现商标冲突；军装风款式不含徽章、军衔或红星。'
      : '未发现商标、标志冲突（仅为初筛，不替代商标检索）。',
    military
      ? 'No trade marks found; the military style carries no insignia, ranks or red stars.'
      : 'No trade marks or emblems found (a first filter, not a trade-mark search).',
    evidence,
  )
}
