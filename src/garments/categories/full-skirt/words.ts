import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '大摆裙', en: 'Full skirt' },
  nouns: [{ zh: '大摆裙', en: 'full skirt' }],
  called: {
    zh: ['大摆裙', '伞裙', 'a字裙', '百褶裙'],
    en: ['full skirt', 'circle skirt', 'flared skirt', 'a-line skirt', 'pleated skirt'],
  },
  also: { zh: ['半身裙', '半裙', '短裙', '长裙', '裙子'], en: ['skirt'] },
}
