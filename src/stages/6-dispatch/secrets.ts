import { randomBytes } from 'node:crypto'
import { sha256 } from '../../core/canonical.ts'
import { newSecret, newSigningKey, publicKeyOf } from '../../core/signature.ts'
import type { Vault } from '../../engines/ports.ts'
import type { Factory } from './store/factories.ts'

/** A factory's keys as they lie sealed: its shared secret, our signing key for it, and when they stop to count. */
interface Keys {
  secret: string
  signing: string
  until?: string
}

/** What a factory is shown once, and what is kept: sealed keys, and only the hash of the portal's token. */
export const issueKeys = (vault: Vault) => {
  const keys: Keys = { secret: newSecret(), signing: newSigningKey().secret }
  return { secret: keys.secret, publicKey: publicKeyOf(keys.signing), sealed: vault.seal(JSON.stringify(keys)) }
}

export const issuePortalToken = () => {
  const portalToken = `fcp_${randomBytes(32).toString('base64url')}`
  return { portalToken, portalHash: portalHashOf(portalToken) }
}
export const portalHashOf = (token: string): string => sha256(token)

const open = (vault: Vault, sealed: string): Keys => JSON.parse(vault.open(sealed)) as Keys

type Sealed = Pick<Factory, 'secret' | 'previousSecret'>

/** Earlier keys that still count, oldest first. An older version kept one, not a list. */
function promisedKeys(vault: Vault, { previousSecret }: Sealed, now: Date): Keys[] {
  if (previousSecret === null) return []
  const kept = JSON.parse(vault.open(previousSecret)) as Keys | Keys[]
  return [kept].flat().filter(({ until }) => until !== undefined && now < new Date(until))
}

/** Each signs every message: more live ones at a time would only fill the header. */
export const MOST_PROMISED = 4

/** Until when earlier secrets go on counting, oldest first. */
export const promisedUntil = (vault: Vault, factory: Sealed, now: Date): Date[] =>
  promisedKeys(vault, factory, now).map(({ until = '' }) => new Date(until))

/**
 * The present keys, sealed so that they stop to count at `until`, beside those that were promised before: each counts
 * until its own time, however often is rotated.
 */
export const retireKeys = (vault: Vault, factory: Sealed, until: Date, now: Date): string =>
  vault.seal(
    JSON.stringify([
      ...promisedKeys(vault, factory, now),
      { ...open(vault, factory.secret), until: until.toISOString() },
    ]),
  )

const liveKeys = (vault: Vault, factory: Sealed, now: Date): Keys[] => [
  open(vault, factory.secret),
  ...promisedKeys(vault, factory, now).reverse(),
]

/** A factory's keys, opened once for all messages that go out with the same row of it. */
const opened = new WeakMap<object, Keys[]>()

/** Keys to sign with: the shared secret (v1) and the ed25519 key (v1a); during a rotation the old ones too. */
export function signingKeys(vault: Vault, factory: Sealed, now: Date): string[] {
  let keys = opened.get(factory)
  if (!keys) opened.set(factory, (keys = liveKeys(vault, factory, now)))
  return keys
    .filter(({ until }) => until === undefined || now < new Date(until))
    .flatMap(({ secret, signing }) => [secret, signing])
}

/** Secrets a callback may be signed with: never our own ed25519 keys, which the factory does not hold. */
export const callbackKeys = (vault: Vault, factory: Pick<Factory, 'secret' | 'previousSecret'>, now: Date): string[] =>
  liveKeys(vault, factory, now).map(({ secret }) => secret)

export const publicKey = (vault: Vault, factory: Pick<Factory, 'secret'>): string =>
  publicKeyOf(open(vault, factory.secret).signing)
