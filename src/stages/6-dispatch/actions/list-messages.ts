import { z } from 'zod'
import { authorize } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { attemptsOf, messagePage } from '../store/messages.ts'

/** Webhook messages, newest first, with every attempt. */
export const listMessages = action({
  name: 'dispatch.messages',
  // A factory looks at what was sent to itself.
  scope: 'anyone',
  input: z.object({
    factoryId: z.string().optional(),
    orderId: z.string().optional(),
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.looseObject({}),
  async run({ db }: Context, actor, filter) {
    if (actor.kind !== 'factory' || actor.id !== filter.factoryId) authorize(actor, 'factories:read')
    const messages = await messagePage(db.read, filter)
    const attempts = await attemptsOf(
      db.read,
      messages.map(({ id }) => id),
    )
    return messages.map((message) => ({
      message,
      attempts: attempts.filter(({ messageId }) => messageId === message.id),
    }))
  },
})
