import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '长裤', en: 'Trousers' },
  nouns: [{ zh: '长裤', en: 'trousers' }],
  called: { zh: ['长裤', '西裤', '直筒裤', '裤子'], en: ['trousers', 'pants', 'slacks'] },
}
