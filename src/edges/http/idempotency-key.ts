import { problem } from '../../core/errors.ts'

/** The draft allows quoted (structured field) and bare keys. @throws Problem 400 when missing or too long */
export function readKey(header: string | string[] | undefined): string {
  const sent = (Array.isArray(header) ? header[0] : header) ?? ''
  const key = sent.startsWith('"') && sent.endsWith('"') ? sent.slice(1, -1) : sent
  if (key.length > 0 && key.length <= 255) return key
  throw problem(
    'idempotency.key',
    400,
    {
      en: 'Send an Idempotency-Key header of 1 to 255 characters, new for each request and the same when you repeat it.',
      zh: '请在请求头中提供 Idempotency-Key（1–255 个字符）：每个新请求使用新值，重试时保持不变。',
    },
    { field: 'Idempotency-Key' },
  )
}
