import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { assertMayReplay } from '../seeing.ts'
import { replay } from '../store/messages.ts'

/** Send all messages of a factory from a stretch of time again. @returns how many are due now */
export const replayMessages = action({
  name: 'dispatch.replay-messages',
  // Whoever looks after factories may, and whoever looks after the machinery.
  scope: 'anyone',
  input: z.object({ factoryId: z.string(), from: z.coerce.date(), to: z.coerce.date() }),
  output: z.object({ due: z.int() }),
  async run({ db, clock }: Context, actor, { factoryId, from, to }) {
    assertMayReplay(actor)
    return { due: await db.write((tx) => replay(tx, { factoryId, from, to }, clock.now())) }
  },
})
