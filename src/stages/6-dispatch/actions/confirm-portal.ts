import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { factoryView } from '../model.ts'
import { readFactory, showFactory } from '../registering.ts'
import { changeFactory } from '../store/factories.ts'

/**
 * Consent of a factory that works in the portal: it says itself that it wants orders.
 * @throws Problem 403 `factories.portal-only`, 409 `factories.ping-first`
 */
export const confirmPortal = action({
  name: 'factories.confirm',
  // Only the factory itself.
  scope: 'anyone',
  input: z.object({}),
  output: factoryView,
  async run(context: Context, actor) {
    if (actor.kind !== 'factory') throw refused('factories.portal-only#confirm')
    const { db, clock } = context
    const factory = await readFactory(db.read, actor.id)
    if (factory.endpoint) throw refused('factories.ping-first')
    const row = await db.write((tx) =>
      changeFactory(tx, actor.id, { state: 'active', verifiedAt: clock.now() }, ['invited']),
    )
    return showFactory(context, row ?? factory)
  },
})
