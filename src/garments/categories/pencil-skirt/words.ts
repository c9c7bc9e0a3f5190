import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '铅笔裙', en: 'Pencil skirt' },
  nouns: [{ zh: '铅笔裙', en: 'pencil skirt' }],
  called: {
    zh: ['铅笔裙', '包臀裙', '一步裙', '直筒裙', '半身裙', '半裙', '短裙', '长裙', '裙子'],
    en: ['pencil skirt', 'skirt'],
  },
}
