import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import { sha256 } from '../../../core/canonical.ts'
import { HOUR, MINUTE } from '../../../core/values.ts'
import type { Tx } from '../../../db/database.ts'
import { record } from '../../../db/security-log.ts'
import type { Vault } from '../../../engines/ports.ts'
import { changeUser, takeStep, userById, type User } from '../store/accounts.ts'
import { userActor, wrongCode } from './parts.ts'
import { refused } from '../messages.ts'

/** RFC 6238 as every app has it: SHA-1, six digits, thirty seconds; a clock may be one step off either way. */
const PERIOD_S = 30
const WINDOW = 1
const CODES = 10
/** A secret that was shown and not confirmed within this is shown anew. */
const OFFERED_MS = HOUR

const totp = (secret: string, email: string): TOTP =>
  new TOTP({ issuer: 'Firstcut', label: email, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_S })

/** The step a code belongs to, if it is one of those that count now. */
function stepOf(secret: string, code: string, now: Date): number | undefined {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totp(secret, '').validate({ token, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
}

export interface OfferedFactor {
  /** Sealed, for the form to send back. */
  offer: string
  /** To type in where the picture cannot be taken. */
  secret: string
  /** The address as a QR code, its quiet border included: row by row, true is dark. */
  modules: boolean[][]
}

/** A new secret for an account, shown before it counts. */
export function offerFactor(vault: Vault, user: Pick<User, 'id' | 'email'>, now: Date): OfferedFactor {
  const secret = new Secret({ size: 20 }).base32
  const offer = vault.seal(JSON.stringify({ secret, userId: user.id, at: now.getTime() }))
  return { offer, ...drawn(secret, user.email) }
}

const drawn = (secret: string, email: string) => ({
  secret: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
  modules: encode(totp(secret, email).toString(), { ecc: 'M', border: 4 }).data,
})

/** The same offer again, for the page that refused a code. */
export function offeredAgain(vault: Vault, user: Pick<User, 'id' | 'email'>, offer: string, now: Date): OfferedFactor {
  const secret = secretOf(vault, user, offer, now)
  return secret === undefined ? offerFactor(vault, user, now) : { offer, ...drawn(secret, user.email) }
}

function secretOf(vault: Vault, user: Pick<User, 'id'>, offer: string, now: Date): string | undefined {
  try {
    const { secret, userId, at } = JSON.parse(vault.open(offer)) as { secret: string; userId: string; at: number }
    return userId === user.id && now.getTime() - at < OFFERED_MS ? secret : undefined
  } catch {
    return undefined
  }
}

/** Sixty bits each: nobody guesses one, so a plain hash keeps them. */
function newCodes(): { codes: string[]; hashes: string[] } {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const codes = Array.from(
    { length: CODES },
    () =>
    [...randomBytes(12)].map((byte) => letters[byte % 32]).join('').replaceAll(/(.{4})(?=.)/g, '$1-'), // prettier-ignore
  )
  return { codes, hashes: codes.map(hashOfCode) }
}
const hashOfCode = (code: string): string => sha256(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))

/**
 * From now on a code is asked for: the first one proves that the app has the secret.
 * @returns recovery codes, shown this once
 * @throws Problem 422 on `code`
 */
export async function turnOn(
  tx: Tx,
  vault: Vault,
  user: User,
  offer: string,
  code: string,
  now: Date,
): Promise<string[]> {
  const secret = secretOf(vault, user, offer, now)
  const step = secret === undefined ? undefined : stepOf(secret, code, now)
  if (secret === undefined || step === undefined) throw wrongCode()
  const { codes, hashes } = newCodes()
  await changeUser(tx, user.id, { secondFactor: vault.seal(secret), secondFactorStep: step, recoveryHashes: hashes })
  await record(tx, { act: 'account.second-factor', by: userActor(user), on: `user:${user.id}`, details: { is: 'on' } }, now) // prettier-ignore
  return codes
}

export async function replaceCodes(tx: Tx, user: User, now: Date): Promise<string[]> {
  if (!user.secondFactor) throw refused('identity.no-second-factor')
  const { codes, hashes } = newCodes()
  await changeUser(tx, user.id, { recoveryHashes: hashes })
  await record(tx, { act: 'account.second-factor', by: userActor(user), on: `user:${user.id}`, details: { is: 'new-codes' } }, now) // prettier-ignore
  return codes
}

/**
 * Take a code of the app, or a recovery code; each counts once, whoever comes second and on whichever node.
 * @returns what it was, undefined where it is neither
 */
export async function takeCode(
  tx: Tx,
  vault: Vault,
  user: User,
  code: string,
  now: Date,
): Promise<'code' | 'recovery' | undefined> {
  if (!user.secondFactor) return undefined
  const step = stepOf(vault.open(user.secondFactor), code, now)
  if (step !== undefined) return (await takeStep(tx, user.id, step)) ? 'code' : undefined
  const hashes = (await userById(tx, user.id))?.recoveryHashes ?? []
  const left = hashes.filter((hash) => hash !== hashOfCode(code))
  if (left.length === hashes.length) return undefined
  await changeUser(tx, user.id, { recoveryHashes: left })
  await record(tx, { act: 'account.recovery-used', by: userActor(user), on: `user:${user.id}`, details: { left: left.length } }, now) // prettier-ignore
  return 'recovery'
}

/** Whoever tries codes has the password already; nobody else can make the owner wait. */
export const CODE_PACE = { free: 5, firstMs: 10_000, mostMs: 15 * MINUTE, forgetMs: 24 * HOUR }
