/** What other stages may use of this one (styles, how they are built and drawn): nothing else in this folder is theirs to import. */
export type { StyleCard } from './card.ts'
export { readDraft } from './geometry.ts'
export { movedOn } from './messages.ts'
export { blockedBy, sentenceSchema, toReview } from './model.ts'
export { forgetAnswers } from './pictures/illustrator.ts'
export { closeUpsForBrief, makeDetails } from './pictures/pictures.ts'
export type { PictureOptions } from './pictures/pictures.ts'
export { buildRefinement } from './run/build.ts'
export {
  addPictures,
  advanceStyle,
  copyOf,
  decideStyle,
  insertVersion,
  styleById,
  versionOf,
  versionsOf,
  type VersionRow,
} from './store.ts'
export type { StylePicture } from './tables.ts'
export { cardFor } from './store/cards.ts'
export { styleCards, styleVersions, styles } from './tables.ts'
export { changesView } from './views.ts'
