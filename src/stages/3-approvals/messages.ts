import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'approvals.blocked': {
    status: 409,
    en: 'This version cannot be approved: {reasons} Refine it first.',
    zh: '该版本不能通过：{reasons}请先修改。',
  },
  'approvals.second-look': {
    status: 409,
    en: 'Please look again: {reasons} If it is all right, approve it with the second look ticked.',
    zh: '请再次确认：{reasons}确认无误后，请勾选“已复核”再通过。',
  },
  'approvals.identity': {
    status: 409,
    en: 'What is stored is not what was made: the hashes differ. This version cannot be approved; refine it to make a new one.',
    zh: '存储内容与生成时不一致（哈希不同），该版本不能通过，请修改生成新版本。',
  },
  'approvals.first-version': {
    status: 409,
    en: 'This is the first version; there is nothing to undo.',
    zh: '这是第一个版本，没有可撤销的修改。',
  },
  'campaigns.dates': {
    status: 422,
    en: 'The campaign would close before it opens, or has closed already. Choose a later closing date.',
    zh: '预售的截止时间早于开始时间或已过，请选择更晚的截止时间。',
  },
  'campaigns.rung': {
    status: 422,
    en: 'Name the rung at which the lot goes by its units. Rungs of this style from its goal on: {rungs}.',
    zh: '请填写成批投产的阶梯件数。本款不低于起做量的阶梯：{rungs}。',
  },
  'campaigns.rung-without': {
    status: 422,
    en: 'Units of a rung are only for a lot that goes at a rung. Leave them out, or choose "at a rung".',
    zh: '只有选择“达到指定阶梯投产”时才填写阶梯件数，请删去或改选。',
  },
  'campaigns.threshold': {
    status: 422,
    en: 'The price was calculated for at least {units} units. Set a threshold of {units} or more, or refine the style under other rules.',
    zh: '价格按至少 {units} 件核算。请将起做量设为 {units} 或以上，或按其他规则重新核价。',
  },
})
