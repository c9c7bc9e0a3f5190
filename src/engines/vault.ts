import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type Hmac,
} from 'node:crypto'
import { problem } from '../core/errors.ts'
import { masterKey, type MasterKey } from '../core/master-keys.ts'
import { givenKeys } from './keyring.ts'
import type { KeyRing, Vault } from './ports.ts'

/** `v2.<key id>.<nonce, tag, text>`. Before keys had ids it was `v1.<nonce, tag, text>`; such texts still open. */
const VERSION = 'v2'
const WITHOUT_ID = 'v1'
const NONCE = 12
const TAG = 16

const unreadable = () =>
  problem('vault.unreadable', 500, {
    en: 'A stored secret cannot be opened with the present master key. Start with the master key it was stored under (SECRET_PREVIOUS takes older ones), or issue a new secret.',
    zh: '当前主密钥无法解开已保存的密钥。请使用保存时的主密钥启动（旧密钥可写入 SECRET_PREVIOUS），或重新生成密钥。',
  })

interface Derived {
  sealing: Buffer
  signing: Buffer
}

/**
 * Seals secrets at rest with AES-256-GCM and issues proof tokens (HMAC-SHA256 over purpose and subject). Both keys
 * are derived from one 32-byte master key with HKDF, so that neither use can weaken the other. The first key of the
 * ring writes and signs; what older ones sealed is opened, and what they signed holds until they are taken out of the
 * ring or their own time is over.
 * @throws TypeError when the master secret is not 32 bytes
 */
export function openVault(master: Buffer | KeyRing, now: () => Date = () => new Date()): Vault {
  const ring = Buffer.isBuffer(master) ? givenKeys([masterKey(master)]) : master
  const derived = new WeakMap<MasterKey, Derived>()
  const deriveFrom = (key: MasterKey): Derived => {
    let found = derived.get(key)
    if (!found) {
      const derive = (use: string) => Buffer.from(hkdfSync('sha256', key.bytes, '', `firstcut/${use}`, 32))
      derived.set(key, (found = { sealing: derive('seal'), signing: derive('token') }))
    }
    return found
  }
  const writing = (): MasterKey => {
    const [first] = ring.keys()
    if (!first) throw new TypeError('a vault needs a master key')
    return first
  }

  const mac = (key: MasterKey, purpose: string, subject: string): Hmac =>
    // The length keeps ('ab', 'c') and ('a', 'bc') apart.
    createHmac('sha256', deriveFrom(key).signing).update(`${purpose.length}:${purpose}${subject}`)
  const token = (key: MasterKey, purpose: string, subject: string): Buffer => mac(key, purpose, subject).digest()
  const holds = (purpose: string, subject: string, bytes: Buffer): boolean =>
    ring
      .keys()
      .filter(({ until }) => !until || now() < until)
      .some((key) => {
        const expected = token(key, purpose, subject)
        return bytes.length === expected.length && timingSafeEqual(bytes, expected)
      })

  function opened(key: MasterKey, bytes: Buffer): string | undefined {
    const decipher = createDecipheriv('aes-256-gcm', deriveFrom(key).sealing, bytes.subarray(0, NONCE), {
      authTagLength: TAG,
    })
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }

  return {
    writes: () => writing().id,
    seal(secret) {
      const key = writing()
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', deriveFrom(key).sealing, nonce)
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `${VERSION}.${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    open(sealed) {
      const [version, ...rest] = sealed.split('.')
      const id = version === VERSION ? rest.shift() : undefined
      const bytes = Buffer.from(rest[0] ?? '', 'base64url')
      if ((version !== VERSION && version !== WITHOUT_ID) || rest.length !== 1 || bytes.length < NONCE + TAG)
        throw unreadable()
      const fitting = () => ring.keys().filter((key) => version === WITHOUT_ID || key.id === id)
      // A key that another process has just added is not known here yet.
      if (!fitting().length) ring.refresh()
      for (const key of fitting()) {
        const text = opened(key, bytes)
        if (text !== undefined) return text
      }
      throw unreadable()
    },
    sign: (purpose, subject) => mac(writing(), purpose, subject).digest('base64url'), // once for each pre-order
    signAll: (purpose, subject) =>
      ring.keys().map((key) => ({ key: key.id, token: token(key, purpose, subject).toString('base64url') })),
    verify(purpose, subject, given) {
      const bytes = Buffer.from(given, 'base64url')
      return holds(purpose, subject, bytes) || (ring.refresh() && holds(purpose, subject, bytes))
    },
  }
}
