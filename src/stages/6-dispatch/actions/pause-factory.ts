import { byId } from '../../../core/parse.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { overOffersOf } from '../offers.ts'
import { readFactory, showFactory } from '../registering.ts'
import { changeFactory } from '../store/factories.ts'

/** No new offers; what it has in hand goes on, what it has not answered goes to the next in rank. */
export const pauseFactory = action({
  name: 'factories.pause',
  scope: 'factories',
  input: byId,
  output: factoryView,
  async run(context: Context, actor, { id }) {
    const { db, clock } = context
    const before = await readFactory(db.read, id)
    const row = await db.write(async (tx) => {
      const paused = await changeFactory(tx, id, { state: 'paused' }, ['active'])
      if (paused) {
        await overOffersOf(tx, context, id, 'the factory was paused')
        await note(tx, { act: 'factory.paused', by: actor, on: `factory:${id}`, details: {} }, clock.now())
      }
      return paused
    })
    return showFactory(context, row ?? before)
  },
})
