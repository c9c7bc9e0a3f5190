import type { Words } from '../definition.ts'

export const words: Words = {
  name: { zh: '连衣裙', en: 'Dress' },
  nouns: [{ zh: '连衣裙', en: 'dress' }],
  called: { zh: ['连衣裙', '连身裙'], en: ['dress'] },
  also: { zh: ['半身裙', '半裙', '短裙', '长裙', '裙子'] },
}
