import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { noFactory, showFactory } from '../registering.ts'
import { issuePortalToken } from '../secrets.ts'
import { changeFactory } from '../store/factories.ts'
import { endAccessOf } from '../store/portal.ts'

/** A new portal token, shown once; the old one, and whoever is signed in, stops working at once. */
export const rotatePortal = action({
  name: 'factories.rotate-portal',
  scope: 'factories',
  input: byId,
  output: z.object({ factory: factoryView, portalToken: z.string() }),
  async run(context: Context, actor, { id }) {
    const { db, clock } = context
    const { portalToken, portalHash } = issuePortalToken()
    const row = await db.write(async (tx) => {
      const changed = await changeFactory(tx, id, { portalHash })
      await endAccessOf(tx, id)
      if (changed)
        await note(tx, { act: 'factory.link-issued', by: actor, on: `factory:${id}`, details: {} }, clock.now())
      return changed
    })
    if (!row) throw noFactory(id)
    return { factory: showFactory(context, row), portalToken }
  },
})
