/** What is done at each step, as it is said on the floor. `of` is the seam or the part. */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'

export const PHASES = {
  cut: both('裁剪', 'Cutting'),
  fuse: both('粘衬', 'Fusing'),
  sew: both('车缝', 'Sewing'),
  finish: both('后道', 'Finishing'),
  pack: both('检验包装', 'Inspection and packing'),
} as const
export type Phase = keyof typeof PHASES

const VERB = /^(绱|合|粘)/
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** The part without the verb that its seam is called by: 绱领 → 领. */
const part = ({ zh }: Localized): string => zh.replace(VERB, '')

export const SAY = {
  join: (of: Localized): Localized => ({
    zh: VERB.test(of.zh) ? of.zh : `合${of.zh}`,
    en: /^(Setting|Collar to)/.test(of.en) ? of.en : `Sew ${lower(of.en)}`,
  }),
  open: (of: Localized) => both(`分烫${of.zh}`, `Press open: ${lower(of.en)}`),
  turn: (of: Localized) => both(`修剪、翻${part(of)}，翻角到位`, `Trim and turn ${lower(of.en)}, corners out`),
  press: (of: Localized) => both(`烫${part(of)}`, `Press ${lower(of.en)}`),
  topstitch: (of: Localized) => both(`${part(of)}压明线`, `Topstitch ${lower(of.en)}`),
  hem: (of: Localized) => both(`车${part(of)}折边`, `Turn in and sew: ${lower(of.en)}`),
  turnUp: (of: Localized) => both(`扣烫${part(of)}折边`, `Turn up and press ${lower(of.en)}`),
  bind: (of: Localized) => both(`${part(of)}包边`, `Bind ${lower(of.en)}`),
  shape: (of: Localized) => both(`扣烫${part(of)}净样，点位`, `Press ${lower(of.en)} to shape, mark its place`),
  lay: (of: Localized) => both(`钉${of.zh}`, `Sew on ${lower(of.en)}`),
  fold: (of: Localized) => both(`折${part(of)}并固定`, `Fold and tack ${lower(of.en)}`),
  fuse: (of: Localized) => both(`粘衬：${of.zh}`, `Fuse: ${of.en}`),
  dart: (of: Localized) => both(`收省：${of.zh}`, `Sew darts: ${lower(of.en)}`),
  pressDarts: both('烫省', 'Press darts'),
} as const
