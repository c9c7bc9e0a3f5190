import type { Actor } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { MINUTE } from '../../../core/values.ts'
import type { Context } from '../../context.ts'
import { portalHashOf } from '../secrets.ts'
import { factoryByPortal, type Factory } from '../store/factories.ts'
import { endAccess, noteSeen } from '../store/portal.ts'
import { factoryByAccess } from './access.ts'

/** Longer than this between two looks, and the session is noted to be alive. */
const NOTED_MS = 5 * MINUTE

type FactoryActor = Extract<Actor, { kind: 'factory' }>
const actorOf = ({ id, name }: Pick<Factory, 'id' | 'name'>): FactoryActor => ({ kind: 'factory', id, name })

/** Who holds this portal token, or nobody. */
export async function portalActor({ db }: Pick<Context, 'db'>, token: string): Promise<FactoryActor | undefined> {
  const factory = await factoryByPortal(db.read, portalHashOf(token))
  return factory && actorOf(factory)
}

/** Who is signed in with this session, or nobody: unknown, unused for a week, a month old, link renewed. */
export async function portalSession(context: Context, session: string): Promise<FactoryActor | undefined> {
  const { db, clock } = context
  const row = await factoryByAccess(context, session, 'session')
  if (!row) return undefined
  const now = clock.now()
  if (now.getTime() - row.lastSeenAt.getTime() > NOTED_MS)
    await db.write((tx) => noteSeen(tx, sha256(session), now), { atomic: true })
  return actorOf(row.factory)
}

export async function leavePortal({ db }: Pick<Context, 'db'>, session: string): Promise<void> {
  await db.write((tx) => endAccess(tx, sha256(session), 'session'), { atomic: true })
}
