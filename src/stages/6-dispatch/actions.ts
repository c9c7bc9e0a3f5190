/** Everything that may be asked of this stage, by name. */
import { SECOND } from '../../core/values.ts'
import { makeBrief as makeInStudio } from '../../garments/index.ts'
import type { PictureOptions } from '../2-designs/door.ts'
import { opened } from '../action.ts'
import type { Chores, Context } from '../context.ts'
import { acceptOffer } from './actions/accept-offer.ts'
import { answerCancellation } from './actions/answer-cancellation.ts'
import { askCancellation } from './actions/ask-cancellation.ts'
import { changeTerms } from './actions/change-terms.ts'
import { confirmPortal } from './actions/confirm-portal.ts'
import { counterOffer } from './actions/counter-offer.ts'
import { createFactory } from './actions/create-factory.ts'
import { declineOffer } from './actions/decline-offer.ts'
import { giveUpUnplaced } from './actions/give-up-unplaced.ts'
import { importFactories } from './actions/import-factories.ts'
import { listCancellations } from './actions/list-cancellations.ts'
import { listFactories } from './actions/list-factories.ts'
import { listMessages } from './actions/list-messages.ts'
import { listOpenOffers } from './actions/list-open-offers.ts'
import { listOrders } from './actions/list-orders.ts'
import { listOwnCancellations } from './actions/list-own-cancellations.ts'
import { pauseFactory } from './actions/pause-factory.ts'
import { pingFactory } from './actions/ping-factory.ts'
import { readBriefFile } from './actions/read-brief-file.ts'
import { readBrief } from './actions/read-brief.ts'
import { replayMessage } from './actions/replay-message.ts'
import { replayMessages } from './actions/replay-messages.ts'
import { replaceSecret } from './actions/replace-secret.ts'
import { replayAllocation } from './actions/replay-allocation.ts'
import { resumeFactory } from './actions/resume-factory.ts'
import { retryUnplaced } from './actions/retry-unplaced.ts'
import { revokeOldSecrets } from './actions/revoke-old-secrets.ts'
import { rotatePortal } from './actions/rotate-portal.ts'
import { rotateSecret } from './actions/rotate-secret.ts'
import { settleCounter } from './actions/settle-counter.ts'
import { showAgreed } from './actions/show-agreed.ts'
import { showFactory } from './actions/show-factory.ts'
import { showOrder } from './actions/show-order.ts'
import { showTerms } from './actions/show-terms.ts'
import { updateFactory } from './actions/update-factory.ts'
import { withdrawCancellation } from './actions/withdraw-cancellation.ts'
import type { MakeBrief } from './briefs.ts'
import { receiveCallback, type Callback } from './callbacks.ts'
import type { Dispatching } from './dispatching.ts'
import { givingUp } from './giving-up.ts'
import type { Making } from './making.ts'
import { askPortalLink } from './portal/ask-link.ts'
import { enterPortal } from './portal/enter.ts'
import { leavePortal, portalActor, portalSession } from './portal/session.ts'
import { portalDoor } from './portal/show-door.ts'
import { reactionsOf } from './reactions.ts'
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
  const dispatching: Dispatching = { ...context, making, makeBrief, markerMs, pictures }
  const sending = openSending(context)
  const chores: Chores = {
    webhooks: (turn) => sending.sendDueMessages(turn.waits ? SECOND : 0, turn),
  }
  return {
    givingUp,
    reactions: reactionsOf(dispatching),
    chores,
    ...sending,
    ...opened(dispatching, {
      listOrders,
      order: showOrder,
      openOffers: listOpenOffers,
      brief: readBrief,
      briefFile: readBriefFile,
      agreed: showAgreed,
      accept: acceptOffer,
      decline: declineOffer,
      counter: counterOffer,
      settleCounter,
      retryUnplaced,
      giveUpUnplaced,
      replayAllocation,
      listMessages,
      replayMessage,
      replayMessages,
      createFactory,
      updateFactory,
      pauseFactory,
      resumeFactory,
      listFactories,
      factory: showFactory,
      rotateSecret,
      replaceSecret,
      revokeOldSecrets,
      rotatePortal,
      pingFactory,
      confirmPortal,
      importFactories,
      terms: showTerms,
      changeTerms,
      askCancellation,
      answerCancellation,
      withdrawCancellation,
      cancellations: listCancellations,
      factoryCancellations: listOwnCancellations,
    }),

    // Ways into the portal: whoever has the token may; there is nobody yet to ask for a permission.
    portalDoor: (token: string) => portalDoor(context, token),
    enterPortal: (token: string) => enterPortal(context, token),
    portalActor: (token: string) => portalActor(context, token),
    portalSession: (session: string) => portalSession(context, session),
    leavePortal: (session: string) => leavePortal(context, session),
    askPortalLink: (input: unknown, origin: string) => askPortalLink(context, input, origin),

    /** A factory calls back. @throws what {@link receiveCallback} throws */
    receiveCallback: (callback: Callback) => receiveCallback(context, making, callback),
  }
}
