/** What a web server or a person wrapped the bytes in, taken off within the size limit. */
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib'
import type { Localized } from '../../core/values.ts'
import { tooLarge } from './complaints.ts'
import { refused } from './messages.ts'

const MOST_LAYERS = 4

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
/** RFC 1950: a deflate method, and a header that divides by 31. */
const isZlib = (bytes: Uint8Array) =>
  bytes.length > 6 &&
  ((bytes[0] ?? 0) & 0x0f) === 8 &&
  (bytes[0] ?? 0) >> 4 <= 7 &&
  ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0
const isZstd = (bytes: Uint8Array) => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd

/** Undefined where the bytes are not packed so. @throws Problem `feeds.too-large`, `feeds.cut-off` */
function attempt(
  unpack: (bytes: Uint8Array, options: ZlibOptions) => Buffer,
  bytes: Uint8Array,
  maxBytes: number,
): Uint8Array | undefined {
  try {
    return unpack(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    if (code === 'Z_BUF_ERROR' && isGzip(bytes)) throw refused('feeds.cut-off')
    return undefined
  }
}

/**
 * The bytes decide; what the server declared is only asked where they carry no mark of their own (Brotli, raw deflate).
 * @throws Problem `feeds.too-large`, `feeds.cut-off`, `feeds.compression`
 */
function unpackOnce(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  if (isGzip(bytes)) return attempt(gunzipSync, bytes, maxBytes)
  return isZlib(bytes) ? attempt(inflateSync, bytes, maxBytes) : undefined
}

export function unpack(
  packed: Uint8Array,
  declared: string | undefined,
  maxBytes: number,
): { bytes: Uint8Array; notes: Localized[] } {
  let bytes = packed
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inside = unpackOnce(bytes, maxBytes)
    if (!inside) break
    bytes = inside
  }
  if (isZstd(bytes)) throw refused('feeds.compression', { kind: 'zstd' })
  const named = (declared ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
  if (bytes === packed) {
    // Text is readable as it stands: a header that says otherwise is wrong. Only what is no text is tried.
    const plain = !looksPacked(bytes)
    if (!plain && named.includes('br')) bytes = attempt(brotliDecompressSync, bytes, maxBytes) ?? bytes
    if (!plain && named.includes('deflate')) bytes = attempt(inflateRawSync, bytes, maxBytes) ?? bytes
    const left = named.find((one) => !['', 'identity', 'gzip', 'x-gzip', 'br', 'deflate'].includes(one))
    if (!plain && bytes === packed && left) throw refused('feeds.compression', { kind: left })
  }
  return { bytes, notes: [] }
}

/** No feed or table begins with such bytes, in whatever encoding it is written. */
function looksPacked(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64)
  const first = head[0] ?? 0
  // A byte order mark, markup, JSON or a word in ASCII.
  if ([0xef, 0xff, 0xfe].includes(first) && head.length > 2) return first === 0xef && head[1] !== 0xbb
  const text = head.filter((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 0x20 && byte < 0x7f)).length
  return text < head.length * 0.9
}
