import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '大衣', en: 'Coat' },
  nouns: [
    { zh: '大衣', en: 'coat' },
    { zh: '外套', en: 'overcoat' },
  ],
  called: { zh: ['长大衣', '大衣', '风衣'], en: ['overcoat', 'trench coat', 'topcoat', 'coat'] },
  also: { zh: ['外套'] },
}
