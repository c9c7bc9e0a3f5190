/**
 * Standard Webhooks 1.0.0, the one signer: `v1` (HMAC-SHA256, secrets `whsec_…`) and `v1a` (ed25519, secret keys
 * `whsk_…`, public keys `whpk_…`). Signed is `{id}.{timestamp}.{raw body}`; a header may carry several signatures,
 * so that an old and a new secret sign side by side while a receiver changes over.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign as signEd25519,
  timingSafeEqual,
  verify as verifyEd25519,
  type KeyObject,
} from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { problem, type Problem } from './errors.ts'
import type { Localized } from './values.ts'

/** Seconds a timestamp may lie away from the receiver's clock, either way. */
export const TOLERANCE_SECONDS = 300

export interface SignatureHeaders {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/** A fresh secret of 32 random bytes, `whsec_…`: show it once, keep it sealed. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** A fresh ed25519 pair: `whsk_` (seed and public key, 64 bytes) and `whpk_` (32 bytes). */
export function newSigningKey(): { secret: string; public: string } {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' })
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]
  return {
    secret: `whsk_${Buffer.concat([seed, point]).toString('base64')}`,
    public: `whpk_${point.toString('base64')}`,
  }
}

/** The public half of a `whsk_` key, for the receiver. */
export const publicKeyOf = (secret: string): string =>
  `whpk_${decode(secret, 'whsk_', 64, 64).subarray(32).toString('base64')}`

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** @throws TypeError for a key that is not what its prefix promises: a truncated key must never sign or verify. */
function decode(key: string, prefix: string, least: number, most: number): Buffer {
  const text = key.slice(prefix.length)
  const bytes = Buffer.from(text, 'base64')
  const whole = BASE64.test(text) && text.length % 4 === 0
  if (!key.startsWith(prefix) || !whole || bytes.length < least || bytes.length > most)
    throw new TypeError(`a ${prefix} key must hold ${least === most ? least : `${least} to ${most}`} bytes in base64`)
  return bytes
}

/** A key that signs message after message is read once. */
const readKeys = new LRUCache<string, KeyObject>({ max: 1000 })
function privateKey(key: string): KeyObject {
  let read = readKeys.get(key)
  if (!read) readKeys.set(key, (read = readPrivateKey(key)))
  return read
}
const readPrivateKey = (key: string): KeyObject => {
  const bytes = decode(key, 'whsk_', 64, 64)
  const [d, x] = [bytes.subarray(0, 32), bytes.subarray(32)].map((half) => half.toString('base64url'))
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d: d ?? '', x: x ?? '' }, format: 'jwk' })
}

const publicKey = (key: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: decode(key, 'whpk_', 32, 32).toString('base64url') },
    format: 'jwk',
  })

const contentOf = (id: string, timestamp: string | number, body: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)])

const hmac = (key: string, content: Buffer): Buffer =>
  createHmac('sha256', decode(key, 'whsec_', 24, 64))
    .update(content)
    .digest()

/**
 * Sign a message with every key given: `whsec_` makes a `v1` entry, `whsk_` a `v1a` entry.
 * @param at time of this attempt (not of the event): receivers refuse old ones
 * @throws TypeError for a malformed key, an id with a full stop in it, or no key at all
 */
export function signMessage(
  keys: readonly string[],
  id: string,
  at: Date,
  body: string | Uint8Array,
): SignatureHeaders {
  if (!id || id.includes('.')) throw new TypeError('a message id must not be empty or hold a full stop')
  if (!keys.length) throw new TypeError('signing needs a key')
  const timestamp = Math.floor(at.getTime() / 1000)
  const content = contentOf(id, timestamp, body)
  const entries = keys.map((key) =>
    key.startsWith('whsk_')
      ? `v1a,${signEd25519(null, content, privateKey(key)).toString('base64')}`
      : `v1,${hmac(key, content).toString('base64')}`,
  )
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': entries.join(' ') }
}

const refused = (code: string, text: Localized): Problem => problem(`signature.${code}`, 401, text)

/**
 * Check a received message against the keys that may have signed it (`whsec_`, `whpk_`): one good signature is
 * enough, whatever else stands in the header.
 * @param headers by lower-case name
 * @param body the raw bytes as they came, before any parsing
 * @throws Problem 401 `signature.missing`, `signature.timestamp`, `signature.stale` or `signature.wrong`
 * @throws TypeError for a malformed key of ours
 */
export function verifyMessage(
  keys: readonly string[],
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string | Uint8Array,
  now: Date,
): { id: string; at: Date } {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((part) => headers[`webhook-${part}`])
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !id)
    throw refused('missing', {
      en: 'The request needs the headers webhook-id, webhook-timestamp and webhook-signature, each once.',
      zh: '请求必须各带一个 webhook-id、webhook-timestamp 和 webhook-signature 请求头。',
    })
  if (!/^\d{1,12}$/.test(timestamp))
    throw refused('timestamp', {
      en: 'webhook-timestamp must be whole seconds since 1970, for example 1614265330.',
      zh: 'webhook-timestamp 必须是自 1970 年起的整秒数，例如 1614265330。',
    })
  const skew = Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp))
  if (skew > TOLERANCE_SECONDS)
    throw refused('stale', {
      en: `webhook-timestamp is ${skew} seconds away from our clock; ${TOLERANCE_SECONDS} are allowed. Sign each attempt anew and set the sender's clock by NTP.`,
      zh: `webhook-timestamp 与本系统时间相差 ${skew} 秒，最多允许 ${TOLERANCE_SECONDS} 秒。请在每次发送时重新签名，并用 NTP 校准发送方时钟。`,
    })
  const content = contentOf(id, timestamp, body)
  const checks = keys.map((key) => checkerOf(key, content))
  const good = signatures.split(' ').some((entry) => {
    const comma = entry.indexOf(',')
    const text = entry.slice(comma + 1)
    if (comma < 1 || !BASE64.test(text)) return false
    return checks.some(({ version, check }) => version === entry.slice(0, comma) && check(Buffer.from(text, 'base64')))
  })
  if (!good)
    throw refused('wrong', {
      en: 'No signature in webhook-signature fits. Sign "{webhook-id}.{webhook-timestamp}.{raw body}" with the current secret and send the very bytes that were signed.',
      zh: 'webhook-signature 中没有一个签名有效。请用当前密钥对“{webhook-id}.{webhook-timestamp}.{原始请求体}”签名，并原样发送签名时的字节。',
    })
  return { id, at: new Date(Number(timestamp) * 1000) }
}

interface Checker {
  version: 'v1' | 'v1a'
  check: (signature: Buffer) => boolean
}

function checkerOf(key: string, content: Buffer): Checker {
  if (key.startsWith('whpk_')) {
    const point = publicKey(key)
    return { version: 'v1a', check: (signature) => verifyEd25519(null, content, point, signature) }
  }
  const expected = hmac(key, content)
  return {
    version: 'v1',
    check: (signature) => signature.length === expected.length && timingSafeEqual(signature, expected),
  }
}
