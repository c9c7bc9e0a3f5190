import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { problem } from '../core/errors.ts'

/** 128 MiB and about half a second: what each guess at the passphrase costs as well. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

/** Seal the master keys, as their file holds them, under words that a person keeps: scrypt and AES-256-GCM, as one line of JSON. */
export function sealUnderPassphrase(master: string, passphrase: string): Buffer {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase.normalize('NFC'), salt, 32, COST), nonce)
  const sealed = Buffer.concat([cipher.update(master, 'utf8'), cipher.final()])
  const text = (bytes: Buffer) => bytes.toString('base64url')
  return Buffer.from(
    `${JSON.stringify({ version: 1, kdf: 'scrypt', N: COST.N, r: COST.r, p: COST.p, salt: text(salt), nonce: text(nonce), tag: text(cipher.getAuthTag()), sealed: text(sealed) })}\n`,
  )
}

/** @throws Problem 422 when the words are others, or the bytes are not what was sealed */
export function openUnderPassphrase(bytes: Buffer, passphrase: string): string {
  try {
    const { version, salt, nonce, tag, sealed } = JSON.parse(bytes.toString()) as Record<string, string>
    if (Number(version) !== 1) throw new Error('another version')
    const of = (part: string | undefined) => Buffer.from(part ?? '', 'base64url')
    const key = scryptSync(passphrase.normalize('NFC'), of(salt), 32, COST)
    const decipher = createDecipheriv('aes-256-gcm', key, of(nonce), { authTagLength: 16 })
    decipher.setAuthTag(of(tag))
    return Buffer.concat([decipher.update(of(sealed)), decipher.final()]).toString('utf8')
  } catch {
    throw problem('restore.passphrase', 422, {
      en: 'BACKUP_PASSPHRASE is not the one under which the secret in this backup was sealed. Set the one that was configured when it was made.',
      zh: 'BACKUP_PASSPHRASE 与封存此备份中密钥时所用的口令不一致。请设置制作备份时配置的口令。',
    })
  }
}
