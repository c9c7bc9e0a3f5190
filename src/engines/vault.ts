import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { problem } from '../core/errors.ts'
import type { Vault } from './ports.ts'

const VERSION = 'v1'
const NONCE = 12
const TAG = 16

const unreadable = () =>
  problem('vault.unreadable', 500, {
    en: 'A stored secret cannot be opened with the present master key. Start with the master key it was stored under, or issue a new secret.',
    zh: '当前主密钥无法解开已保存的密钥。请使用保存时的主密钥启动，或重新生成密钥。',
  })

/**
 * Seals secrets at rest with AES-256-GCM and issues proof tokens (HMAC-SHA256 over purpose and subject). Both keys
 * are derived from one 32-byte master secret with HKDF, so that neither use can weaken the other.
 * @throws TypeError when the master secret is not 32 bytes
 */
export function openVault(master: Buffer): Vault {
  if (master.length !== 32) throw new TypeError('the master secret must be 32 bytes')
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', master, '', `firstcut/${use}`, 32))
  const [sealing, signing] = [derive('seal'), derive('token')]

  const token = (purpose: string, subject: string): Buffer =>
    // The length keeps ('ab', 'c') and ('a', 'bc') apart.
    createHmac('sha256', signing).update(`${purpose.length}:${purpose}${subject}`).digest()

  return {
    seal(secret) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    open(sealed) {
      const [version, text = ''] = sealed.split('.')
      const bytes = Buffer.from(text, 'base64url')
      if (version !== VERSION || bytes.length < NONCE + TAG) throw unreadable()
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
      } catch {
        throw unreadable()
      }
    },
    sign: (purpose, subject) => token(purpose, subject).toString('base64url'),
    verify(purpose, subject, given) {
      const expected = token(purpose, subject)
      const bytes = Buffer.from(given, 'base64url')
      return bytes.length === expected.length && timingSafeEqual(bytes, expected)
    },
  }
}
