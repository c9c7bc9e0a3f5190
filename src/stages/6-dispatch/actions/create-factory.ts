import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factorySchema, shownOnce } from '../model.ts'
import { registerFactory } from '../registering.ts'

/** A new factory, `invited` until it has answered a signed ping or said yes in its portal. */
export const createFactory = action({
  name: 'factories.create',
  refusal: 'factories.invalid',
  scope: 'factories',
  input: factorySchema,
  output: shownOnce,
  run: (context: Context, actor, factory) => context.db.write((tx) => registerFactory(tx, context, actor, factory)),
})
