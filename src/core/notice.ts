import type { Lang } from './values.ts'

/** Where buyers read what is kept of them and how to have it taken away. */
export const PRIVACY_PATH = '/privacy'

/** Every letter to a buyer ends with where that stands: it may be all they still have of us. */
export const withNotice =
  (baseUrl: string) =>
  <Letter extends { lang: Lang; body: string }>(letter: Letter): Letter => ({
    ...letter,
    body: `${letter.body}\n--\n${
      letter.lang === 'zh'
        ? '我们保存哪些信息、保存多久，以及如何索取或删除：'
        : 'What we keep of you, for how long, and how to get or erase it: '
    }${baseUrl}${PRIVACY_PATH}\n`,
  })
