import { refused } from './messages.ts'

/** The draft allows quoted (structured field) and bare keys. @throws Problem 400 when missing or too long */
export function readKey(header: string | string[] | undefined): string {
  const sent = (Array.isArray(header) ? header[0] : header) ?? ''
  const key = sent.startsWith('"') && sent.endsWith('"') ? sent.slice(1, -1) : sent
  if (key.length > 0 && key.length <= 255) return key
  throw refused('idempotency.key', undefined, { field: 'Idempotency-Key' })
}
