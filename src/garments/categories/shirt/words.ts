import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '衬衫', en: 'Shirt' },
  nouns: [{ zh: '衬衫', en: 'shirt' }],
  called: { zh: ['衬衫', '衬衣'], en: ['shirt', 'blouse'] },
}
