/** Factories as they are registered and shown. */
import type { Actor } from '../../core/actor.ts'
import { authorize } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { record as note } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import type { FactoryInput } from './model.ts'
import { issueKeys, issuePortalToken, promisedUntil, publicKey } from './secrets.ts'
import { factoryById, insertFactory, type Factory } from './store/factories.ts'

/** A factory as people and machines may see it: no secret leaves, sealed or not. */
export type FactoryView = Omit<Factory, 'secret' | 'previousSecret' | 'portalHash'> & {
  /** Verifies our `v1a` signatures. */
  publicKey: string
  rotating: boolean
}

/** Shown once, at creation and rotation, and never again. */
export interface ShownOnce {
  factory: FactoryView
  secret: string
  portalToken: string
}

export function showFactory({ engines, clock }: Pick<Context, 'engines' | 'clock'>, factory: Factory): FactoryView {
  const { secret, previousSecret, portalHash: _hash, ...shown } = factory
  return {
    ...shown,
    publicKey: publicKey(engines.vault, { secret }),
    rotating: promisedUntil(engines.vault, { secret, previousSecret }, clock.now()).length > 0,
  }
}

export const noFactory = (id: string) => notFound({ en: 'factory', zh: '工厂' }, id)

/** @throws Problem 404 */
export async function readFactory(db: Reader, id: string): Promise<Factory> {
  const factory = await factoryById(db, id)
  if (!factory) throw noFactory(id)
  return factory
}

/** A factory sees to its own secrets; everybody else needs to be one of us. @throws Problem 401, 403 */
export function assertOwns(actor: Actor, id: string): void {
  if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories')
}

/** Register a factory, `invited` until it has answered a signed ping or said yes in its portal. */
export async function registerFactory(tx: Tx, context: Context, actor: Actor, input: FactoryInput): Promise<ShownOnce> {
  const { clock, engines } = context
  const { secret, sealed } = issueKeys(engines.vault)
  const { portalToken, portalHash } = issuePortalToken()
  const [factory] = await insertFactory(tx, {
    ...input,
    id: newId(),
    address: input.address ?? null,
    contactEmail: input.contactEmail ?? null,
    endpoint: input.endpoint ?? null,
    state: 'invited',
    secret: sealed,
    portalHash,
    createdAt: clock.now(),
  })
  if (!factory) throw new Error('a factory was not stored')
  const details = { endpoint: factory.endpoint !== null }
  await note(tx, { act: 'factory.registered', by: actor, on: `factory:${factory.id}`, details }, clock.now())
  return { factory: showFactory(context, factory), secret, portalToken }
}
