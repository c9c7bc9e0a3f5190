import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'reorders.moved-on': {
    status: 409,
    en: 'This proposal is out of date: its lot has been made, its campaign has ended or somebody has decided already. Look at the list again.',
    zh: '该建议已失效：批次已下达、预售已结束或已有人处理。请刷新列表。',
  },
  'reorders.not-a-lot': {
    status: 409,
    en: 'This proposal is to stop the campaign early, not to make a lot. Carry it out with "stop early", or decline it.',
    zh: '该建议为提前终止预售，而非返单。请选择“提前终止”，或不采纳。',
  },
})
