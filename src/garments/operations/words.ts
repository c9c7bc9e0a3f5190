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
const SETTING = /^Setting the /
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** The part without the verb that its seam is called by: 绱领 → 领, Setting the collar → collar. */
const part = ({ zh }: Localized): string => zh.replace(VERB, '')
const plain = ({ en }: Localized): string => lower(en.replace(SETTING, ''))
/** A seam as a thing: 绱领 → 领缝. */
const seamOf = ({ zh }: Localized): string => (VERB.test(zh) ? `${zh.replace(VERB, '')}缝` : zh)

export const SAY = {
  join: (of: Localized): Localized => ({
    zh: VERB.test(of.zh) ? of.zh : `${of.zh.endsWith('罗纹') ? '绱' : '合'}${of.zh}`,
    en: /^(Setting|Collar to)/.test(of.en) ? of.en : `Sew ${lower(of.en)}`,
  }),
  bag: (of: Localized) => both(`勾${part(of)}`, `Sew ${plain(of)}, faces together`),
  open: (of: readonly Localized[]) =>
    both(`分烫${of.map(seamOf).join('、')}`, `Press open: ${of.map(plain).join(', ')}`),
  turn: (of: Localized) => both(`修剪、翻${part(of)}，翻角到位`, `Trim and turn ${plain(of)}, corners out`),
  press: (of: Localized) => both(`烫${part(of)}`, `Press ${plain(of)}`),
  topstitch: (of: Localized) => both(`缉${part(of)}明线`, `Topstitch ${plain(of)}`),
  hem: (of: Localized) => both(`车${part(of)}折边`, `Turn in and sew: ${plain(of)}`),
  blind: (of: Localized) => both(`撬${part(of)}`, `Blind-stitch ${plain(of)}`),
  roll: (of: Localized) => both(`卷${part(of)}`, `Roll and sew ${plain(of)}`),
  cover: (of: Localized) => both(`坎${part(of)}`, `Coverstitch ${plain(of)}`),
  turnUp: (of: Localized) => both(`扣烫${part(of)}折边`, `Turn up and press ${plain(of)}`),
  bind: (of: Localized) => both(`${part(of)}包边`, `Bind ${plain(of)}`),
  shape: (of: Localized) => both(`扣烫${part(of)}净样，点位`, `Press ${plain(of)} to shape, mark its place`),
  lay: (of: Localized) =>
    both(
      of.zh.startsWith('绱') ? of.zh : `钉${of.zh}`,
      SETTING.test(of.en) ? `Set the ${plain(of)}` : `Sew on ${plain(of)}`,
    ),
  fold: (of: Localized) => both(`折${part(of)}并固定`, `Fold and tack ${plain(of)}`),
  fuse: (of: Localized) => both(`粘衬：${of.zh}`, `Fuse: ${of.en}`),
  mould: (of: Localized) => both(`归拔：${of.zh}`, `Shrink and stretch to form: ${lower(of.en)}`),
  dart: (of: Localized) => both(`收省：${of.zh}`, `Sew darts: ${lower(of.en)}`),
  pressDarts: both('烫省', 'Press darts'),
} as const
