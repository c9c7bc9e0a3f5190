import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '马甲', en: 'Waistcoat' },
  nouns: [{ zh: '马甲', en: 'waistcoat' }],
  called: { zh: ['马甲', '马夹', '背心'], en: ['waistcoat', 'vest', 'gilet'] },
}
