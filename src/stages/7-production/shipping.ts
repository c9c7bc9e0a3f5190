/**
 * `to-pack`: at the warehouse; `short`: there are not enough pieces for it; `sent`: its first parcel has left;
 * `received`: its buyer has it; `released`: its buyer gets none.
 */
export const SHIPMENT_STATES = ['to-pack', 'short', 'sent', 'received', 'released'] as const

export type ShipmentState = (typeof SHIPMENT_STATES)[number]

/**
 * What a buyer does for whom there are too few pieces: takes `fewer`, takes `other` ones that are left, waits for the next lot,
 * or is released; `silence`: did not answer in time.
 */
export const CHOICES = ['fewer', 'other', 'wait', 'release', 'silence'] as const

export type Choice = (typeof CHOICES)[number]

/** `told`: counted; `serving`: whole orders, first come; `keeping`: what is left of theirs is kept for the others; `done`. */
export const COUNT_STEPS = ['told', 'serving', 'keeping', 'done'] as const
