import { unknownEncoding, wrongEncoding } from './complaints.ts'

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

const bomOf = (bytes: Uint8Array): string | undefined =>
  BOMS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1]

/** The XML declaration is readable in every encoding that is a superset of ASCII; UTF-16 carries a BOM. */
function declaredInXml(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]
}

const charsetOf = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1]

function decodeAs(label: string, bytes: Uint8Array): string {
  let decoder
  try {
    // Publishers say gb2312 and mean its successors; the WHATWG labels map both to a superset already.
    decoder = new TextDecoder(label, { fatal: true })
  } catch {
    throw unknownEncoding(label)
  }
  return decoder.decode(bytes)
}

/**
 * Bytes to text: a byte order mark counts most, then the HTTP charset, then the XML declaration, then UTF-8.
 * Strict: a byte that cannot be, makes the whole refused rather than storing replacement characters. Undeclared
 * bytes that are not UTF-8 are tried as GB18030, the one other encoding Chinese exports are commonly saved in.
 * @throws Problem `feeds.wrong-encoding`, `feeds.unknown-encoding`
 */
export function decode(bytes: Uint8Array, contentType: string | undefined): { text: string; guessed: boolean } {
  const stated = bomOf(bytes) ?? charsetOf(contentType) ?? declaredInXml(bytes)
  const label = stated ?? 'utf-8'
  try {
    return { text: decodeAs(label, bytes), guessed: false }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    if (stated !== undefined) throw wrongEncoding(label)
  }
  try {
    return { text: new TextDecoder('gb18030', { fatal: true }).decode(bytes), guessed: true }
  } catch {
    throw wrongEncoding(label)
  }
}
