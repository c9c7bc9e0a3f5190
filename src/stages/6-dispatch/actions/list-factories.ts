import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { showFactory } from '../registering.ts'
import { factoryPage } from '../store/factories.ts'

/** Newest first. */
export const listFactories = action({
  name: 'factories.list',
  scope: 'factories:read',
  input: z.object({ before: z.string().optional(), limit: z.int().min(1).default(50) }),
  output: factoryView,
  async run(context: Context, _actor, page) {
    return (await factoryPage(context.db.read, page)).map((factory) => showFactory(context, factory))
  },
})
