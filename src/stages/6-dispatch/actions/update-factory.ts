import { changedFields } from '../../../core/canonical.ts'
import { byId } from '../../../core/parse.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryChange, factoryView } from '../model.ts'
import { readFactory, showFactory } from '../registering.ts'
import { changeFactory } from '../store/factories.ts'

/** Change some of it. Another endpoint has to prove itself anew before it gets orders. */
export const updateFactory = action({
  name: 'factories.update',
  refusal: 'factories.invalid',
  scope: 'factories',
  input: factoryChange.extend(byId.shape),
  output: factoryView,
  async run(context: Context, actor, { id, ...change }) {
    const { db, clock } = context
    const before = await readFactory(db.read, id)
    const moved = change.endpoint !== undefined && change.endpoint !== before.endpoint
    const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    if (!Object.keys(set).length) return showFactory(context, before)
    const row = await db.write(async (tx) => {
      const on = `factory:${id}`
      const fields = changedFields(before, { ...before, ...set })
      if (fields.length) await note(tx, { act: 'factory.changed', by: actor, on, details: { fields } }, clock.now())
      if (moved) {
        const set = before.endpoint ? 'moved' : 'set'
        const is = change.endpoint ? set : 'taken-away'
        await note(tx, { act: 'factory.endpoint', by: actor, on, details: { is } }, clock.now())
      }
      const anew = { state: 'invited', verifiedAt: null, failingSince: null, quietUntil: null } as const
      return changeFactory(tx, id, moved ? { ...set, ...anew } : set)
    })
    return showFactory(context, row ?? before)
  },
})
