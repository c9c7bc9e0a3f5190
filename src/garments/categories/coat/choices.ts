import { both, LINING, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a coat; the first option of each is the usual one. */
export const choices = [
  slot('closure', both('门襟', 'Closure'), [
    ['double-breasted', '双排扣', 'Double-breasted'],
    ['single-breasted', '单排扣', 'Single-breasted'],
    ['concealed', '暗门襟', 'Concealed placket'],
  ]),
  slot('collar', both('领子', 'Collar'), [
    ['notched', '翻驳领', 'Notched collar'],
    ['fur', '毛领', 'Fur collar'],
    ['stand', '立领', 'Stand collar'],
  ]),
  slot('pocket', both('口袋', 'Pockets'), [
    ['patch-flap', '带盖贴袋', 'Patch pockets with flaps'],
    ['patch', '贴袋', 'Patch pockets'],
    ['flap', '带盖挖袋', 'Flap pockets'],
    ['welt', '单嵌线挖袋', 'Welt pockets'],
    ['none', '无', 'None'],
  ]),
  slot('chestPocket', both('胸侧插袋', 'Chest pockets'), [
    ['none', '无', 'None'],
    ['welt', '竖挖袋', 'Upright welts'],
  ]),
  slot('cuff', both('袖口', 'Sleeve end'), [
    ['turn-up', '翻边袖口', 'Turned-up cuff'],
    ['plain', '平袖口', 'Plain'],
  ]),
  slot('belt', both('腰带', 'Belt'), [
    ['half', '后腰带', 'Half belt at the back'],
    ['full', '整腰带', 'Full belt with buckle'],
    ['none', '无', 'None'],
  ]),
  slot('shoulder', both('肩部', 'Shoulder'), [
    ['plain', '无肩襻', 'Plain'],
    ['epaulette', '肩襻', 'Epaulettes'],
  ]),
  LINING,
] as const

export type CoatChoices = Chosen<typeof choices>
