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
  'rules.empty': {
    status: 422,
    en: 'The table has no rows. Its first line names the columns ({columns}), each line below is one case.',
    zh: '表格中没有数据。首行为列名（{columns}），其下每行为一种情形。',
  },
  'rules.too-many': {
    status: 422,
    en: 'The table has more than {most, number} rows. Split it.',
    zh: '表格超过 {most, number} 行，请拆分。',
  },
  'rules.row': {
    status: 422,
    en: 'Line {line} of the table does not have as many cells as there are columns. Columns: {columns}.',
    zh: '第 {line} 行的单元格数与列数不符。各列为：{columns}。',
  },
  'rules.column': {
    status: 422,
    en: 'The table has no column “{column}”. Its first line has to name the columns: {columns}.',
    zh: '表格缺少“{column}”列。首行须写明列名：{columns}。',
  },
  'rules.cell': {
    status: 422,
    en: 'Line {line}, column “{column}”: “{cell}” cannot be used; {what}.',
    zh: '第 {line} 行“{column}”列的“{cell}”无法使用：{what}。',
  },
})
