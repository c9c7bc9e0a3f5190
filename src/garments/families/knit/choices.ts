import { both, slot } from '../../blocks/common.ts'

export const RIB = slot('rib', both('下摆与袖口', 'Hem and cuffs'), [
  ['rib', '罗纹', 'Rib bands'],
  ['hem', '折边', 'Hemmed'],
])
export const HOOD = slot('hood', both('帽子', 'Hood'), [
  ['self', '双层同布', 'Lined with itself'],
  ['contrast', '拼色里', 'Lined in contrast'],
  ['single', '单层', 'Single'],
])
