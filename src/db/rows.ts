/** Rows as the line's actions hand them out, for pages and the API. Types only: nobody reads a table through this. */
import type * as tables from './schema.ts'

export type Campaign = typeof tables.campaigns.$inferSelect
export type Inquiry = typeof tables.inquiries.$inferSelect
export type Preorder = typeof tables.preorders.$inferSelect
export type PreorderLine = tables.PreorderLine
export type HandAct = typeof tables.handActs.$inferSelect
export type Lot = typeof tables.lots.$inferSelect
export type Style = typeof tables.styles.$inferSelect
export type StyleVersion = typeof tables.styleVersions.$inferSelect
export type StylePicture = tables.StylePicture
export type StyleCard = (typeof tables.styleCards.$inferSelect)['card']
export type Decision = typeof tables.decisions.$inferSelect
export type DesignRun = Omit<typeof tables.designRuns.$inferSelect, 'brief'>
export type Trend = typeof tables.trends.$inferSelect
export type Source = typeof tables.sources.$inferSelect
export type Ingest = typeof tables.ingests.$inferSelect
export type Factory = Omit<typeof tables.factories.$inferSelect, 'secret' | 'previousSecret' | 'portalHash'>
export type ProductionOrder = typeof tables.productionOrders.$inferSelect
export type Allocation = typeof tables.allocations.$inferSelect
export type Offer = typeof tables.offers.$inferSelect
export type Cancellation = typeof tables.cancellations.$inferSelect
export type Message = typeof tables.messages.$inferSelect
export type Attempt = typeof tables.attempts.$inferSelect
export type Progress = typeof tables.progress.$inferSelect
export type Reorder = typeof tables.reorders.$inferSelect
export type EventRow = typeof tables.events.$inferSelect
export type Delivery = typeof tables.deliveries.$inferSelect
export type MaterialRow = typeof tables.materials.$inferSelect
export type Spec = StyleVersion['spec']
export type Derived = StyleVersion['derived']
export type Gate = StyleVersion['gates'][number]
export type Rung = Campaign['ladder'][number]
export type Colourway = Spec['colourways'][number]
