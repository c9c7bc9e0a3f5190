import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { assertMayReplay } from '../seeing.ts'
import { replay } from '../store/messages.ts'

/** Send one message again. @returns how many are due now */
export const replayMessage = action({
  name: 'dispatch.replay-message',
  // Whoever looks after factories may, and whoever looks after the machinery.
  scope: 'anyone',
  input: z.object({ messageId: z.string() }),
  output: z.object({ due: z.int() }),
  async run({ db, clock }: Context, actor, { messageId }) {
    assertMayReplay(actor)
    return { due: await db.write((tx) => replay(tx, { messageId }, clock.now())) }
  },
})
