/** Master secrets as a file or a variable holds them; everything else that is secret at rest is derived from them. */
import { hkdfSync } from 'node:crypto'

export interface MasterKey {
  /** Eight hex digits, told by the key itself. */
  id: string
  /** 32. */
  bytes: Buffer
  /** Links that were signed with it are good until then; what it sealed opens also afterwards. */
  until?: Date
}

/** 64 hex digits and perhaps, after a space or an @, a time. */
const LINE = /^([0-9a-f]{64})(?:[ @]+(\S+))?$/i

/** The id comes from the key alone, so that every node calls it the same; it gives nothing of it away. */
export const masterKey = (bytes: Buffer, until?: Date): MasterKey => {
  if (bytes.length !== 32) throw new TypeError('the master secret must be 32 bytes')
  const id = Buffer.from(hkdfSync('sha256', bytes, '', 'firstcut/key-id', 4)).toString('hex')
  return { id, bytes, ...(until && { until }) }
}

/**
 * Keys one a line or between commas, the writing one first.
 * @returns undefined for what is no such list
 */
export function parseKeys(text: string): MasterKey[] | undefined {
  const lines = text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)
  const keys = lines.flatMap((line) => {
    const [, hex, time] = LINE.exec(line) ?? []
    const until = time === undefined ? undefined : new Date(time)
    return hex === undefined || Number.isNaN(until?.getTime()) ? [] : [masterKey(Buffer.from(hex, 'hex'), until)]
  })
  return keys.length === lines.length && keys.length ? keys : undefined
}

export const printKeys = (keys: readonly MasterKey[]): string =>
  keys.map(({ bytes, until }) => `${bytes.toString('hex')}${until ? ` ${until.toISOString()}` : ''}\n`).join('')
