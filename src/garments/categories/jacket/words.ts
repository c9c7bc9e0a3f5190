import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '西装外套', en: 'Jacket' },
  nouns: [
    { zh: '西装外套', en: 'jacket' },
    { zh: '西装', en: 'blazer' },
  ],
  called: {
    zh: ['西装外套', '西装上衣', '小西装', '西服', '夹克', '西装', '外套'],
    en: ['suit jacket', 'blazer', 'jacket'],
  },
}
