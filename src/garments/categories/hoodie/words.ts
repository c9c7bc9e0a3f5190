import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '连帽卫衣', en: 'Hoodie' },
  nouns: [{ zh: '连帽卫衣', en: 'hoodie' }],
  called: { zh: ['连帽卫衣', '套头帽衫', '帽衫'], en: ['hoodie', 'hooded sweatshirt'] },
  also: { zh: ['卫衣'], en: ['sweatshirt', 'crewneck sweatshirt'] },
}
