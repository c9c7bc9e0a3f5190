import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a waistcoat; the first option of each is the usual one. */
export const choices = [
  slot('hem', both('前下摆', 'Front hem'), [
    ['pointed', '尖角', 'Pointed'],
    ['rounded', '圆角', 'Rounded'],
    ['square', '方角', 'Square'],
  ]),
  slot('pocket', both('口袋', 'Pockets'), [
    ['welt', '单嵌线袋', 'Welt pockets'],
    ['none', '无', 'None'],
  ]),
  slot('back', both('后背', 'Back'), [
    ['lining', '里布后背', 'Lining cloth'],
    ['self', '同面料', 'Shell'],
  ]),
  slot('belt', both('后腰襻', 'Back strap'), [
    ['strap', '调节腰襻', 'Adjuster strap'],
    ['none', '无', 'None'],
  ]),
] as const

export type WaistcoatChoices = Chosen<typeof choices>
