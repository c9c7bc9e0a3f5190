import { both, by, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import type { Gender } from '../../types.ts'

/** What can be chosen of a shirt; the first option of each is the usual one. */
export const choices = (gender: Gender) =>
  [
    slot('closure', both('门襟', 'Front'), [
      ['plain', '连裁法式门襟', 'Grown-on French front'],
      ['placket', '另上门襟', 'Separate placket'],
    ]),
    slot('collar', both('领子', 'Collar'), [
      ['classic', '标准领', 'Classic collar'],
      ['spread', '宽角领', 'Spread collar'],
      ['button-down', '扣尖领', 'Button-down collar'],
      ['band', '立领', 'Band collar'],
    ]),
    slot('sleeve', both('袖长', 'Sleeve'), [
      ['long', '长袖', 'Long'],
      ['short', '短袖', 'Short'],
    ]),
    slot('cuff', both('袖克夫', 'Cuff'), [
      ['angled', '切角', 'Angled barrel'],
      ['rounded', '圆角', 'Rounded barrel'],
      ['straight', '方角', 'Straight barrel'],
      ['french', '法式双折', 'French'],
    ]),
    by(
      gender,
      slot('pocket', both('口袋', 'Pocket'), [
        ['chest', '左胸贴袋', 'Chest pocket'],
        ['two-flap', '双胸袋带盖', 'Two pockets with flaps'],
        ['none', '无', 'None'],
      ]),
      slot('pocket', both('口袋', 'Pocket'), [
        ['none', '无', 'None'],
        ['chest', '胸袋', 'Chest pocket'],
        ['two-flap', '双胸袋带盖', 'Two pockets with flaps'],
      ]),
    ),
    by(
      gender,
      slot('back', both('后背', 'Back'), [
        ['plain', '平背', 'Plain'],
        ['box-pleat', '工字褶', 'Box pleat'],
        ['darts', '后腰省', 'Darts'],
      ]),
      slot('back', both('后背', 'Back'), [
        ['darts', '后腰省', 'Darts'],
        ['plain', '平背', 'Plain'],
        ['box-pleat', '工字褶', 'Box pleat'],
      ]),
    ),
    slot('hem', both('下摆', 'Hem'), [
      ['straight', '平摆', 'Straight'],
      ['curved', '圆摆', 'Curved'],
    ]),
  ] as const

export type ShirtChoices = Chosen<ReturnType<typeof choices>>
