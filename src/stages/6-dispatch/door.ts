/** What other stages may use of this one (production orders and factories): nothing else in this folder is theirs to import. */
export { leadDaysOf } from './allocation.ts'
export { answerCancellation, askCancellation, assertNotOut, endByShipping, withdrawCancellation } from './cancelling.ts'
export {
  acceptSchema,
  callbackSchema,
  cancellationAnswerSchema,
  cancellationSchema,
  counterSchema,
  declineSchema,
  withdrawalSchema,
} from './model.ts'
export type { CALLBACK_TYPES } from './model.ts'
export { acceptOffer, counterOffer, declineOffer } from './offers.ts'
export { parsed } from './parsing.ts'
export { callbackKeys } from './secrets.ts'
export { IN_HAND, cancellationById, factoryById, offerById, orderById, orderPage, readTerms } from './store.ts'
export type { Cancellation, Factory, OrderState, ProductionOrder } from './store.ts'
export { factories, productionOrders } from './tables.ts'
