import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: 'T恤', en: 'T-shirt' },
  nouns: [
    { zh: 'T恤', en: 'T-shirt' },
    { zh: 'T恤', en: 'tee' },
  ],
  called: { zh: ['t恤衫', 't恤'], en: ['t-shirt', 'tshirt', 'tee'] },
}
