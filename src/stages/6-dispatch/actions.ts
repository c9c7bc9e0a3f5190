/** Everything that may be asked of this stage, by name. */
import { SECOND } from '../../core/values.ts'
import type { Actor } from '../../core/actor.ts'
import { makeBrief as makeInStudio } from '../../garments/index.ts'
import type { PictureOptions } from '../2-designs/door.ts'
import { opened } from '../action.ts'
import type { Chores, Context } from '../context.ts'
import { acceptOffer } from './actions/accept-offer.ts'
import { counterOffer } from './actions/counter-offer.ts'
import { declineOffer } from './actions/decline-offer.ts'
import { giveUpUnplaced } from './actions/give-up-unplaced.ts'
import { listMessages } from './actions/list-messages.ts'
import { listOpenOffers } from './actions/list-open-offers.ts'
import { listOrders } from './actions/list-orders.ts'
import { readBrief } from './actions/read-brief.ts'
import { replayAllocation } from './actions/replay-allocation.ts'
import { retryUnplaced } from './actions/retry-unplaced.ts'
import { settleCounter } from './actions/settle-counter.ts'
import { showAgreed } from './actions/show-agreed.ts'
import { showOrder } from './actions/show-order.ts'
import { briefFile } from './brief-files.ts'
import type { MakeBrief } from './briefs.ts'
import { receiveCallback, type Callback } from './callbacks.ts'
import { openCancelling } from './cancelling.ts'
import type { Dispatching } from './dispatching.ts'
import { openFactories } from './factories.ts'
import { givingUp } from './giving-up.ts'
import type { Making } from './making.ts'
import { openPortal } from './portal.ts'
import { reactionsOf } from './reactions.ts'
import { replayMessages } from './replaying.ts'
import { openSending } from './sending.ts'

export type Dispatch = ReturnType<typeof openDispatch>

export interface DispatchOptions {
  /** What is reported of the making, and takes what a factory reports. */
  making: Making
  /** Time to search for shorter markers for a brief, ms; none by default. */
  markerMs?: number
  makeBrief?: MakeBrief
  /** For the close-ups of a style that sold before they were drawn. */
  pictures?: PictureOptions
}

export function openDispatch(context: Context, options: DispatchOptions) {
  const { making, markerMs = 0, pictures } = options
  const makeBrief = options.makeBrief ?? ((input) => makeInStudio(context.studio, { ...input, markerMs }))
  const dispatching: Dispatching = { ...context, making, makeBrief, pictures }
  const sending = openSending(context)
  const chores: Chores = {
    webhooks: (turn) => sending.sendDueMessages(turn.waits ? SECOND : 0, turn),
  }
  return {
    givingUp,
    reactions: reactionsOf(dispatching),
    chores,
    ...openFactories(context),
    ...openPortal(context),
    ...openCancelling(context),
    ...sending,
    ...opened(dispatching, {
      listOrders,
      order: showOrder,
      openOffers: listOpenOffers,
      brief: readBrief,
      agreed: showAgreed,
      accept: acceptOffer,
      decline: declineOffer,
      counter: counterOffer,
      settleCounter,
      retryUnplaced,
      giveUpUnplaced,
      replayAllocation,
      listMessages,
    }),

    /** A factory calls back. @throws what {@link receiveCallback} throws */
    receiveCallback: (callback: Callback) => receiveCallback(context, making, callback),

    /** @throws what {@link briefFile} throws */
    briefFile: (orderId: string, name: string, expires: string, signature: string) =>
      briefFile(context, orderId, name, expires, signature),

    /** Send one message again, or all of a factory's from a stretch of time. Returns how many are due now. */
    replayMessages: (actor: Actor, which: Parameters<typeof replayMessages>[2]) =>
      replayMessages(context, actor, which),
  }
}
