/** Everything that may be asked of this stage, by name. */
import { opened } from '../action.ts'
import type { Chores, Context } from '../context.ts'
import { askReturn } from './actions/ask-return.ts'
import { cancelLate } from './actions/cancel-late.ts'
import { chooseShort } from './actions/choose-short.ts'
import { clearInspection } from './actions/clear-inspection.ts'
import { confirmReceived } from './actions/confirm-received.ts'
import { countPieces } from './actions/count-pieces.ts'
import { decideReturn } from './actions/decide-return.ts'
import { exportShipments } from './actions/export-shipments.ts'
import { importParcels } from './actions/import-parcels.ts'
import { listReturns } from './actions/list-returns.ts'
import { listShipments } from './actions/list-shipments.ts'
import { noteTracking } from './actions/note-tracking.ts'
import { receiveShipments } from './actions/receive-shipments.ts'
import { printSlips } from './actions/print-slips.ts'
import { recordParcels } from './actions/record-parcels.ts'
import { reportProgress } from './actions/report-progress.ts'
import { sendExchange } from './actions/send-exchange.ts'
import { shipDirect } from './actions/ship-direct.ts'
import { showOwnParcels } from './actions/show-own-parcels.ts'
import { showOwnReturns } from './actions/show-own-returns.ts'
import { showPacking } from './actions/show-packing.ts'
import { showProgress } from './actions/show-progress.ts'
import { takeBack } from './actions/take-back.ts'
import { tellReturns } from './actions/tell-returns.ts'
import { settleCounts } from './counting.ts'
import { givingUp } from './giving-up.ts'
import { fillPackings } from './packing.ts'
import { reactionsOf } from './reactions.ts'

export type Production = ReturnType<typeof openProduction>

export const openProduction = (context: Context) => ({
  givingUp,
  reactions: reactionsOf(context),
  chores: {
    'shipments of a lot': (turn) => fillPackings(context, turn),
    'pieces of a lot': (turn) => settleCounts(context, turn),
  } satisfies Chores,
  ...opened(context, {
    report: reportProgress,
    progress: showProgress,
    clearInspection,
    cancelLate,
    packing: showPacking,
    shipments: listShipments,
    recordParcels,
    importParcels,
    exportShipments,
    noteTracking,
    slips: printSlips,
    shipDirect,
    receive: receiveShipments,
    ofBuyer: showOwnParcels,
    confirmReceived,
    countPieces,
    askReturn,
    decideReturn,
    takeBack,
    sendExchange,
    returns: listReturns,
    ownReturns: showOwnReturns,
    tellReturns,
    chooseShort,
  }),
})
