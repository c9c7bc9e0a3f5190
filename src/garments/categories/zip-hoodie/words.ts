import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '拉链连帽卫衣', en: 'Zip hoodie' },
  nouns: [{ zh: '拉链连帽卫衣', en: 'zip hoodie' }],
  called: {
    zh: ['拉链连帽卫衣', '拉链卫衣', '拉链帽衫', '开襟卫衣'],
    en: ['zip-up hoodie', 'zip hoodie', 'zipped hoodie', 'full-zip hoodie'],
  },
  also: {
    zh: ['连帽卫衣', '套头帽衫', '帽衫', '卫衣'],
    en: ['hoodie', 'hooded sweatshirt', 'sweatshirt', 'crewneck sweatshirt'],
  },
}
