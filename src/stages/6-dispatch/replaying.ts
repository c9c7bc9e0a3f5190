import { authorize, may, type Actor } from '../../core/actor.ts'
import type { Context } from '../context.ts'
import { replay } from './store/messages.ts'

/** Send one message again, or all of a factory's from a stretch of time. Returns how many are due now. */
export async function replayMessages(
  { db, clock }: Context,
  actor: Actor,
  which: { messageId: string } | { factoryId: string; from: Date; to: Date },
): Promise<number> {
  if (!may(actor, 'factories') && !may(actor, 'system')) authorize(actor, 'factories')
  return db.write((tx) => replay(tx, which, clock.now()))
}
