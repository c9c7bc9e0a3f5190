/**
 * `to-pack`: at the warehouse; `short`: there are not enough pieces for it; `sent`: its first parcel has left;
 * `received`: its buyer has it; `released`: its buyer gets none.
 */
export const SHIPMENT_STATES = ['to-pack', 'short', 'sent', 'received', 'released'] as const

export type ShipmentState = (typeof SHIPMENT_STATES)[number]
