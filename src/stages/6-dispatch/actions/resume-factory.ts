import { byId } from '../../../core/parse.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { factoryView } from '../model.ts'
import { readFactory, showFactory } from '../registering.ts'
import { changeFactory } from '../store/factories.ts'

/** Offers again. @throws Problem 404, 409 `factories.unverified` */
export const resumeFactory = action({
  name: 'factories.resume',
  scope: 'factories',
  input: byId,
  output: factoryView,
  async run(context: Context, actor, { id }) {
    const { db, clock } = context
    const before = await readFactory(db.read, id)
    if (!before.verifiedAt) throw refused('factories.unverified')
    const row = await db.write(async (tx) => {
      const resumed = await changeFactory(tx, id, { state: 'active' }, ['paused'])
      if (resumed) await note(tx, { act: 'factory.resumed', by: actor, on: `factory:${id}`, details: {} }, clock.now())
      return resumed
    })
    return showFactory(context, row ?? before)
  },
})
