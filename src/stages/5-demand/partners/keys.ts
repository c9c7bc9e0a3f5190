/** What a partner is known by: the code in its links, which anybody may see, and its API key, which is its own. */
import { randomBytes, randomInt } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import type { Problem } from '../../../core/errors.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { partnerByCode, partnerByKeyHash, type Partner } from '../store/partners.ts'

/** How its keys begin. */
export const KEY_PREFIX = 'fcp_'
/** Requests a minute that a partner's key may make. */
export const PER_MINUTE = 600
/** How old what is known of a link may be. */
const KNOWN_MS = 1000

/** Without what is taken for something else when it is read out or typed: no 0 and O, no 1, I and L. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 8

export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('')

/** As it may have been typed. */
const readCode = (typed: string): string => typed.trim().toUpperCase()

export function newKey(): { key: string; keyHash: string; keyPrefix: string } {
  const key = `${KEY_PREFIX}${randomBytes(32).toString('base64url')}`
  return { key, keyHash: sha256(key), keyPrefix: key.slice(0, 10) }
}

export interface PartnerKey {
  actor: Extract<Actor, { kind: 'partner' }>
  perMinute: number
}

const actorOf = ({ id, name, trusted }: Partner): PartnerKey['actor'] => ({ kind: 'partner', id, name, trusted })

/**
 * Whose key this is.
 * @returns undefined for one that is no partner's; why not, for one of a partner who was stopped
 */
export async function partnerByKey(
  { db }: Pick<Context, 'db'>,
  key: string,
): Promise<PartnerKey | Problem | undefined> {
  if (!key.startsWith(KEY_PREFIX)) return undefined
  const partner = await partnerByKeyHash(db.read, sha256(key))
  if (!partner) return undefined
  return partner.stoppedAt ? refused('partners.stopped') : { actor: actorOf(partner), perMinute: PER_MINUTE }
}

export type Behind = Pick<Partner, 'id' | 'name'>

/** Who stands behind the code of a link, for everybody of a crowd who comes by it; undefined for one that leads nowhere. */
export function openCodes({ db, clock }: Pick<Context, 'db' | 'clock'>) {
  const known = new LRUCache<string, Promise<Behind | undefined>>({
    max: 10_000,
    ttl: KNOWN_MS,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  })
  return (typed: string): Promise<Behind | undefined> => {
    const code = readCode(typed)
    if (code.length !== CODE_LENGTH) return Promise.resolve(undefined)
    const found = known.get(code)
    if (found) return found
    const behind = partnerByCode(db.read, code)
    known.set(code, behind)
    behind.catch(() => known.delete(code))
    return behind
  }
}
