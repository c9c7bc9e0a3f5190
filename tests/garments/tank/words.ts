import type { Words } from '../../../src/garments/categories/definition.ts'

export const words: Words = {
  name: { zh: '吊带背心', en: 'Tank top' },
  nouns: [{ zh: '吊带背心', en: 'tank top' }],
  called: { zh: ['吊带背心', '吊带衫'], en: ['tank top', 'tank'] },
}
