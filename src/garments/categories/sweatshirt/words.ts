import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '卫衣', en: 'Sweatshirt' },
  nouns: [{ zh: '卫衣', en: 'sweatshirt' }],
  called: { zh: ['卫衣'], en: ['sweatshirt', 'crewneck sweatshirt'] },
}
