import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '休闲裤', en: 'Chinos' },
  nouns: [{ zh: '休闲裤', en: 'chinos' }],
  called: { zh: ['休闲裤', '卡其裤'], en: ['chinos'] },
  also: { zh: ['长裤', '西裤', '直筒裤', '裤子'], en: ['trousers', 'pants', 'slacks'] },
}
