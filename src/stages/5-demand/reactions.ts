import { system } from '../../core/actor.ts'
import { eachAlone } from '../../core/each-alone.ts'
import { readHouse } from '../0-house/door.ts'
import { closingDue, moveCampaign, openingDue } from '../4-storefront/door.ts'
import type { Reactions } from '../context.ts'
import { closeCampaign } from './closing.ts'
import { tellGoal } from './goal.ts'
import { tellBuyers } from './hand/telling.ts'
import { finishDue } from './hand/performing.ts'
import type { DemandContext } from './options.ts'
import { tellReleased } from './releasing.ts'

/**
 * Open what is due to open, close what is due to close, finish what people did. Each campaign in a transaction of its own: one
 * whose counters are wrong is not closed, and holds up neither another nor a stop.
 */
async function sweep(context: DemandContext): Promise<void> {
  const { db, clock, outbox } = context
  const now = clock.now()
  const opening = async () =>
    eachAlone(await openingDue(db.read, now), ({ id }) =>
      db.write(async (tx) => {
        if (await moveCampaign(tx, id, 'scheduled', 'open'))
          await outbox.emit(tx, system('demand'), 'storefront.opened', { campaignId: id }, now)
      }),
    )
  const { reorderMinUnits } = await readHouse(db.read)
  const closing = async () =>
    eachAlone(await closingDue(db.read, now), ({ id }) =>
      db.write((tx) => closeCampaign(tx, context, id, reorderMinUnits)),
    )
  await eachAlone([opening, closing, () => finishDue(context)], (step) => step())
}

export const reactionsOf = (context: DemandContext) =>
  ({
    'demand.sweep-due': () => sweep(context),
    /** Everybody who waits is told that it collects on, and until when one may leave. */
    'demand.goal-reached': ({ payload }) => tellGoal(context, payload),
    /** Everybody whose pre-order was let go is told, once. */
    'demand.released': ({ payload }) => tellReleased(context, payload.campaignId, 'below-threshold'),
    'demand.said': ({ payload }) => tellBuyers(context, payload.actId),
    'demand.closed': ({ payload }) => tellReleased(context, payload.campaignId, 'small-rest'),
  }) satisfies Reactions
