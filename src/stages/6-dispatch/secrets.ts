import { randomBytes } from 'node:crypto'
import { sha256 } from '../../core/canonical.ts'
import { newSecret, newSigningKey, publicKeyOf } from '../../core/signature.ts'
import type { Vault } from '../../engines/ports.ts'
import type { Factory } from './store.ts'

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

/** The present keys, sealed anew so that they stop to count at `until`. */
export const retireKeys = (vault: Vault, sealed: string, until: Date): string =>
  vault.seal(JSON.stringify({ ...open(vault, sealed), until: until.toISOString() }))

function liveKeys(vault: Vault, factory: Pick<Factory, 'secret' | 'previousSecret'>, now: Date): Keys[] {
  const previous = factory.previousSecret === null ? undefined : open(vault, factory.previousSecret)
  const counts = previous?.until !== undefined && now < new Date(previous.until)
  return [open(vault, factory.secret), ...(counts ? [previous] : [])]
}

/** Keys to sign with: the shared secret (v1) and the ed25519 key (v1a); during a rotation the old ones too. */
export const signingKeys = (vault: Vault, factory: Pick<Factory, 'secret' | 'previousSecret'>, now: Date): string[] =>
  liveKeys(vault, factory, now).flatMap(({ secret, signing }) => [secret, signing])

/** Secrets a callback may be signed with: never our own ed25519 keys, which the factory does not hold. */
export const callbackKeys = (vault: Vault, factory: Pick<Factory, 'secret' | 'previousSecret'>, now: Date): string[] =>
  liveKeys(vault, factory, now).map(({ secret }) => secret)

export const publicKey = (vault: Vault, factory: Pick<Factory, 'secret'>): string =>
  publicKeyOf(open(vault, factory.secret).signing)
