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

/**
 * A return is `asked` for by its buyer; `declined`, or `accepted`: it may be sent back. Once it is back: `returned`; in exchange
 * a piece that is left is packed (`to-send`) and `sent`, or the next lot makes it (`next-lot`), or it cannot be (`no-exchange`).
 */
export const RETURN_STATES = [
  'asked',
  'declined',
  'accepted',
  'returned',
  'to-send',
  'sent',
  'next-lot',
  'no-exchange',
] as const
export type ReturnState = (typeof RETURN_STATES)[number]

export const RETURN_KINDS = ['return', 'exchange'] as const
/** `mind`: the buyer thought again. */
export const RETURN_REASONS = ['size', 'colour', 'quality', 'mind'] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]
/** How a garment is at a point of measure. */
export const FITS = ['small', 'large'] as const
export type Fit = (typeof FITS)[number]
