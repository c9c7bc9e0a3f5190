import { byId } from '../../../core/parse.ts'
import { HOUR, newId } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { factoryView } from '../model.ts'
import { assertOwns, readFactory, showFactory } from '../registering.ts'
import { post } from '../posting.ts'
import { record } from '../recording.ts'
import { changeFactory } from '../store/factories.ts'
import { queueMessage } from '../store/messages.ts'

/**
 * Consent: the endpoint must answer a signed ping with 2xx before it gets orders; then the factory is active.
 * @throws Problem 422 `factories.ping` with what the endpoint did instead
 */
export const pingFactory = action({
  name: 'factories.ping',
  // A factory may prove itself.
  scope: 'anyone',
  input: byId,
  output: factoryView,
  async run(context: Context, actor, { id }) {
    assertOwns(actor, id)
    const { db, clock, engines } = context
    const factory = await readFactory(db.read, id)
    if (!factory.endpoint) throw refused('factories.no-endpoint', undefined, { field: 'endpoint' })
    const now = clock.now()
    const message = await db.write((tx) =>
      queueMessage(
        tx,
        engines.vault,
        {
          factoryId: id,
          orderId: null,
          type: 'factory.ping',
          dedupeKey: `ping:${newId()}`,
          data: { factoryId: id, name: factory.name },
        },
        now,
        // Sent here and now, because somebody is waiting for it; the lease keeps the worker's hands off.
        { until: new Date(now.getTime() + HOUR) },
      ),
    )
    if (!message) throw new Error('the ping was not stored')
    const outcome = await post(context, factory, message)
    await record(context, factory, message, outcome, { once: true })
    if (outcome.error !== undefined) throw refused('factories.ping', { error: outcome.error })
    const proven = { state: 'active', verifiedAt: clock.now(), failingSince: null, quietUntil: null } as const
    const row = await db.write((tx) => changeFactory(tx, id, proven, ['invited', 'active', 'disabled']))
    return showFactory(context, row ?? factory)
  },
})
