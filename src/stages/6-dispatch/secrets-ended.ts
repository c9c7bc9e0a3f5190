import type { Actor } from '../../core/actor.ts'
import { record as note } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { noFactory } from './registering.ts'
import { changeFactory, type Factory } from './store/factories.ts'

/** Earlier secrets of a factory stop at once, and the log says who said so. @throws Problem 404 */
export async function endSecrets(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  change: { secret?: string; previousSecret: null },
): Promise<Factory> {
  const row = await db.write(async (tx) => {
    const changed = await changeFactory(tx, id, change)
    if (changed)
      await note(tx, { act: 'factory.secret-revoked', by: actor, on: `factory:${id}`, details: {} }, clock.now())
    return changed
  })
  if (!row) throw noFactory(id)
  return row
}
