/** What other stages may use of this one (production orders and factories): nothing else in this folder is theirs to import. */
export { leadDaysOf } from './allocation.ts'
export { assertNotOut, endByShipping } from './cancelling.ts'
export { COURSE, isInHand, ORDER_MOVES, REPORTED_STATES, SOUGHT, type OrderState, type ReportedState } from './life.ts'
export type { Making } from './making.ts'
export { cancellationById } from './store/cancellations.ts'
export {
  noticeLate,
  ordersToWatch,
  standAt,
  orderById,
  orderOfLot,
  orderPage,
  readTerms,
  type ProductionOrder,
} from './store.ts'
export { offerById } from './store/offers.ts'
