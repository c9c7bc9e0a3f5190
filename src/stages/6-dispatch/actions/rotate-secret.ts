import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { HOUR } from '../../../core/values.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { factoryView, timeView } from '../model.ts'
import { assertOwns, noFactory, readFactory, showFactory } from '../registering.ts'
import { issueKeys, MOST_PROMISED, promisedUntil, retireKeys } from '../secrets.ts'
import { changeFactory, factoryById } from '../store/factories.ts'
import { readTerms } from '../store.ts'

/**
 * A new webhook secret, shown once. The old one goes on signing beside it for the rotation time, and so does each that
 * was promised before.
 * @throws Problem 409 `factories.rotating` when as many are live as a header should carry
 */
export const rotateSecret = action({
  name: 'factories.rotate-secret',
  // A factory may renew its own.
  scope: 'anyone',
  input: byId,
  output: z.object({ factory: factoryView, secret: z.string(), until: timeView }),
  async run(context: Context, actor, { id }) {
    assertOwns(actor, id)
    const { db, clock, engines } = context
    const { vault } = engines
    await readFactory(db.read, id)
    const { rotationHours } = await readTerms(db.read)
    const until = new Date(clock.now().getTime() + rotationHours * HOUR)
    const { secret, sealed } = issueKeys(vault)
    const row = await db.write(async (tx) => {
      const now = await factoryById(tx, id)
      if (!now) return undefined
      if (promisedUntil(vault, now, clock.now()).length >= MOST_PROMISED)
        throw refused('factories.rotating', { count: String(MOST_PROMISED) })
      await note(tx, { act: 'factory.secret-rotated', by: actor, on: `factory:${id}`, details: {} }, clock.now())
      return changeFactory(tx, id, { secret: sealed, previousSecret: retireKeys(vault, now, until, clock.now()) })
    })
    if (!row) throw noFactory(id)
    return { factory: showFactory(context, row), secret, until }
  },
})
