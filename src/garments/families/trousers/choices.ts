import { both, slot } from '../../blocks/common.ts'

export const FLY = slot('closure', both('门襟', 'Closure'), [
  ['zip', '拉链', 'Zip fly'],
  ['button', '纽扣', 'Button fly'],
])
export const BACK_POCKET = slot('backPocket', both('后袋', 'Back pockets'), [
  ['welt', '双嵌线后袋', 'Welt pockets'],
  ['none', '无', 'None'],
])
export const BELT = slot('belt', both('裤襻', 'Belt loops'), [
  ['loops', '有', 'With loops'],
  ['none', '无', 'None'],
])
export const LEG_HEM = slot('hem', both('脚口', 'Leg hem'), [
  ['plain', '平脚', 'Plain'],
  ['turn-up', '翻边', 'Turn-up'],
])
