import { both, LINING, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a tailored jacket; the first option of each is the usual one. */
export const choices = [
  slot('closure', both('门襟', 'Closure'), [
    ['two-button', '两粒扣', 'Two buttons'],
    ['one-button', '一粒扣', 'One button'],
    ['three-button', '三粒扣', 'Three buttons'],
  ]),
  slot('pocket', both('大袋', 'Pockets'), [
    ['flap', '带盖双嵌线袋', 'Flap pockets'],
    ['jetted', '双嵌线袋', 'Jetted pockets'],
    ['patch', '贴袋', 'Patch pockets'],
  ]),
  slot('chestPocket', both('手巾袋', 'Chest pocket'), [
    ['welt', '单嵌线', 'Welt'],
    ['none', '无', 'None'],
  ]),
  slot('cuff', both('袖口', 'Cuff'), [
    ['vent', '袖衩', 'Vented'],
    ['plain', '平袖口', 'Plain'],
  ]),
  slot('back', both('后背', 'Back'), [
    ['centre-vent', '后中开衩', 'Centre vent'],
    ['no-vent', '无开衩', 'No vent'],
  ]),
  LINING,
] as const

export type JacketChoices = Chosen<typeof choices>
