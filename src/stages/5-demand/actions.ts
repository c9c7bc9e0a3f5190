/** Everything that may be asked of this stage, by name. */
import { forgetOldRefusals } from '../../db/idempotency.ts'
import { DAY } from '../../core/values.ts'
import { opened } from '../action.ts'
import type { Chores, Context } from '../context.ts'
import { auditCounters } from './actions/audit-counters.ts'
import { chooseNews } from './actions/choose-news.ts'
import { cancelPreorder } from './actions/cancel-preorder.ts'
import { changeContact } from './actions/change-contact.ts'
import { changeLines } from './actions/change-lines.ts'
import { confirmByCode } from './actions/confirm-by-code.ts'
import { confirmPreorder } from './actions/confirm-preorder.ts'
import { countByVariant } from './actions/count-by-variant.ts'
import { listLots } from './actions/list-lots.ts'
import { makeForFew } from './actions/make-for-few.ts'
import { listOwnOrders } from './actions/list-own-orders.ts'
import { listPreorders } from './actions/list-preorders.ts'
import { openByCode } from './actions/open-by-code.ts'
import { sendCodeAgain } from './actions/send-code-again.ts'
import { sendLinkAgain } from './actions/send-link-again.ts'
import { sendOwnLink } from './actions/send-own-link.ts'
import { showLot } from './actions/show-lot.ts'
import { showPool } from './actions/show-pool.ts'
import { showPledges } from './actions/show-pledges.ts'
import { showPace } from './actions/show-pace.ts'
import { showOwnPreorder } from './actions/show-own-preorder.ts'
import { changeDates } from './actions/change-dates.ts'
import { changeWords } from './actions/change-words.ts'
import { raiseCap } from './actions/raise-cap.ts'
import { dispatchNow } from './actions/dispatch-now.ts'
import { quoteOrder } from './actions/quote-order.ts'
import { tellBuyers } from './actions/tell-buyers.ts'
import { decideAct } from './actions/decide-act.ts'
import { listActs } from './actions/list-acts.ts'
import { pauseCampaign } from './actions/pause-campaign.ts'
import { resumeCampaign } from './actions/resume-campaign.ts'
import { stopCampaign } from './actions/stop-campaign.ts'
import { takeDownCampaign } from './actions/take-down-campaign.ts'
import { undoAct } from './actions/undo-act.ts'
import { agreeTerms } from './actions/agree-terms.ts'
import { changePartner } from './actions/change-partner.ts'
import { createPartner } from './actions/create-partner.ts'
import { exportStatement } from './actions/export-statement.ts'
import { listPartnerOrders } from './actions/list-partner-orders.ts'
import { listPartners } from './actions/list-partners.ts'
import { rollPartnerKey } from './actions/roll-partner-key.ts'
import { showPartner } from './actions/show-partner.ts'
import { showStatement } from './actions/show-statement.ts'
import { FROM_ONE_AN_HOUR, waitFor } from './allowances.ts'
import { queueConfirmations } from './asking.ts'
import { followLots } from './following.ts'
import { givingUp } from './giving-up.ts'
import { ANEW_MS, linkFor, personBehind } from './links.ts'
import { personKey } from './model.ts'
import type { DemandContext, DemandOptions } from './options.ts'
import { isByText } from './reach.ts'
import { openCodes, partnerByKey } from './partners/keys.ts'
import { preorderById } from './store.ts'
import { dropOldCodes } from './store/codes.ts'
import { lotById } from './store/lots.ts'
import { dropOldTraces } from './store/traces.ts'
import { TRACE_MS } from './patterns/tracing.ts'
import { openPlacing } from './placing.ts'
import { reactionsOf } from './reactions.ts'

/** Taken away in one transaction. */
const TRACES_AT_ONCE = 5000

export type Demand = ReturnType<typeof openDemand>

export function openDemand(context: Context, { rules = [], lettersAnHour = FROM_ONE_AN_HOUR }: DemandOptions = {}) {
  const { db, clock, engines } = context
  const own: DemandContext = { ...context, rules, lettersAnHour }
  const chores: Chores = {
    'confirmation letters': () => queueConfirmations(own),
    'orders of a lot': (turn) => followLots(own, turn),
    'old refusals': async () => {
      await forgetOldRefusals(db, clock.now())
      await db.write((tx) => dropOldCodes(tx, new Date(clock.now().getTime() - DAY)))
      await db.write((tx) => dropOldTraces(tx, new Date(clock.now().getTime() - TRACE_MS), TRACES_AT_ONCE))
      return 0 // not work that makes more work
    },
  }
  return {
    ...opened(own, {
      confirm: confirmPreorder,
      cancel: cancelPreorder,
      changeContact,
      changeLines,
      ofBuyer: showOwnPreorder,
      sendLinkAgain,
      confirmByCode,
      sendCodeAgain,
      sendOwnLink,
      openByCode,
      chooseNews,
      ordersOf: listOwnOrders,
      listPreorders,
      lot: showLot,
      lotsOf: listLots,
      makeForFew,
      byVariant: countByVariant,
      pace: showPace,
      pool: showPool,
      pledges: showPledges,
      audit: auditCounters,
      stop: stopCampaign,
      takeDown: takeDownCampaign,
      pause: pauseCampaign,
      resume: resumeCampaign,
      acts: listActs,
      changeDates,
      changeWords,
      raiseCap,
      dispatchNow,
      quoteOrder,
      tellBuyers,
      undoAct,
      decideAct,
      createPartner,
      changePartner,
      listPartners,
      partner: showPartner,
      rollPartnerKey,
      agreeTerms,
      statement: showStatement,
      exportStatement,
      partnerOrders: listPartnerOrders,
    }),
    /** Whose API key this is, where it is a partner's. */
    partnerByKey: (key: string) => partnerByKey(context, key),
    /** Who sells by the link with this code; undefined where nobody does any more. */
    partnerBehind: openCodes(context),
    /** What a crowd asks at once is no action: it reads no schema of its own and answers in bytes. */
    place: openPlacing(context),
    /** A link only its buyer has: to confirm, look at and cancel a pre-order. */
    linkFor: (id: string, until = new Date(clock.now().getTime() + ANEW_MS)): string => linkFor(context, id, until),
    /** Whose orders a link opens: an e-mail, or `tel:` and a number. @throws Problem 404, 410 */
    personBehind: (token: string): string => personBehind(context, token),
    /** Whether the buyer of a pre-order is verified by text message. */
    isByText: async (id: string): Promise<boolean> => isByText((await preorderById(db.read, id))?.email ?? ''),
    /** How long the letter to this buyer has to wait, ms; 0 when it goes out at once. For the page that says so. */
    letterWait: (email: string, origin: string): Promise<number> =>
      waitFor(db.read, { buyerKey: personKey(engines.vault, email), origin }, lettersAnHour, clock.now()),
    queueConfirmations: () => queueConfirmations(own),
    /** The version that a lot is made of. */
    styleOfLot: async (id: string) => {
      const lot = await lotById(db.read, id)
      return lot && { styleId: lot.styleId, version: lot.styleVersion }
    },
    chores,
    givingUp,
    reactions: reactionsOf(own),
  }
}
