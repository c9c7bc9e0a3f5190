/**
 * Bytes to text, for everything that comes from outside. What the bytes are decides, then what somebody declared
 * about them, then a guess that says so. A byte that cannot be read costs one character and a note, never the file.
 */
import type { Localized } from '../../core/values.ts'

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
]

const bomOf = (bytes: Uint8Array): string | undefined =>
  BOMS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1]

/** The XML declaration is readable in every encoding that is a superset of ASCII. */
function declaredInXml(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 300)).toString('latin1')
  return (
    /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(Buffer.from(bytes.subarray(0, 2000)).toString('latin1'))?.[1]
  )
}

const charsetOf = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]

/** The name TextDecoder knows an encoding by; publishers write gb_2312-80, cp936 and utf8mb4. */
function known(label: string | undefined): string | undefined {
  if (!label) return undefined
  const spoken = label.toLowerCase().trim()
  const usual: Record<string, string> = {
    utf8mb4: 'utf-8',
    cp936: 'gb18030',
    ms936: 'gb18030',
    'gb2312-80': 'gb18030',
    cp950: 'big5',
    ms950: 'big5',
    cp1252: 'windows-1252',
    ansi: 'windows-1252',
  }
  try {
    const name = new TextDecoder(usual[spoken] ?? spoken).encoding
    return name === 'gbk' ? 'gb18030' : name
  } catch {
    return undefined
  }
}

const LOST = '\uFFFD'
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

interface Candidate {
  label: string
  text: string
  /** Characters that could not be read. */
  lost: number
  /** Characters beyond ASCII that could. */
  read: number
}

function as(label: string, bytes: Uint8Array): Candidate {
  const text = new TextDecoder(label).decode(bytes)
  const lost = count(text, /\uFFFD/g)
  return { label, text, lost, read: count(text, /[^\0-\x7f]/gu) - lost }
}

const plausible = ({ lost, read }: Candidate): boolean => lost * 4 <= read
const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

function utf32(bytes: Uint8Array, little: boolean): Candidate {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  let lost = 0
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, little)
    const real = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    if (!real) lost++
    text += real ? String.fromCodePoint(point) : LOST
  }
  return { label: little ? 'utf-32le' : 'utf-32be', text, lost, read: text.length }
}

/**
 * UTF-16 that lost its mark shows in where its zero bytes stand: separators, digits and line ends have one each, all on
 * one side of their pair.
 */
function bareUtf16(bytes: Uint8Array): Candidate | undefined {
  const head = bytes.subarray(0, 20_000)
  let [even, odd] = [0, 0]
  head.forEach((byte, i) => {
    if (byte !== 0) return
    if (i % 2) odd++
    else even++
  })
  const zeros = even + odd
  if (zeros < 2 || zeros < head.length / 200 || Math.min(even, odd) > zeros / 20) return undefined
  const found = as(odd > even ? 'utf-16le' : 'utf-16be', bytes)
  // Zeros strewn into other text make a medley of rare characters without line ends.
  // oxlint-disable-next-line no-control-regex
  const strange = count(found.text, /[\u0001-\u0008\u000e-\u001f\uE000-\uF8FF]/gu)
  return found.lost * 20 <= found.text.length && strange * 20 <= found.text.length ? found : undefined
}

/** How much of a text in two-byte characters lies among the common ones of an encoding. */
function commonShare(bytes: Uint8Array, isCommon: (lead: number, trail: number) => boolean): number {
  let [pairs, common] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0
    if (lead < 0x81) continue
    const trail = bytes[++i] ?? 0
    pairs++
    if (isCommon(lead, trail)) common++
  }
  return pairs ? common / pairs : 0
}
const commonGb = (lead: number, trail: number) =>
  trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))
const commonBig5 = (lead: number, trail: number) =>
  ((lead >= 0xa4 && lead <= 0xc6) || (lead >= 0xa1 && lead <= 0xa3)) &&
  ((trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe))

function guess(bytes: Uint8Array): Candidate {
  const gb = commonShare(bytes, commonGb)
  const big5 = commonShare(bytes, commonBig5)
  const chinese = [as('gb18030', bytes), as('big5', bytes)].filter(plausible)
  const [first, second] = gb >= big5 - 0.02 ? chinese : chinese.toReversed()
  const best = (first?.lost ?? 0) > (second?.lost ?? Infinity) * 4 ? second : first
  // Letters with an accent stand alone between ASCII ones; read as pairs they give rare characters.
  return best && Math.max(gb, big5) > 0.5 ? best : as('windows-1252', bytes)
}

const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  big5: 'Big5',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
}
const spoken = (label: string): string => NAMES[label] ?? label

const guessed = (label: string): Localized => ({
  en: `No encoding was named and the text is not UTF-8; it was read as ${spoken(label)}. Check that the words look right.`,
  zh: `未声明编码且不是 UTF-8，已按 ${spoken(label)} 读取。请检查文字是否正常显示。`,
})
const contradicted = (declared: string, label: string): Localized => ({
  en: `It says that its encoding is "${declared}", but the bytes are ${spoken(label)}, and were read so. Check that the words look right.`,
  zh: `内容声明的编码为“${declared}”，但字节实际为 ${spoken(label)}，已按后者读取。请检查文字是否正常显示。`,
})
const lostNote = (n: number, label: string): Localized => ({
  en: `${n} ${n === 1 ? 'character' : 'characters'} could not be read as ${spoken(label)} and ${n === 1 ? 'is' : 'are'} shown as ${LOST}.`,
  zh: `有 ${n} 个字符无法按 ${spoken(label)} 读取，显示为 ${LOST}。`,
})
const controlNote = (n: number): Localized => ({
  en: `${n} control characters that no text has (zero bytes and the like) were dropped.`,
  zh: `已去除 ${n} 个文本中不应出现的控制字符（如空字节）。`,
})

interface Choice {
  found: Candidate
  note: Localized | undefined
}

/** The encoding, and whether it was guessed or contradicts what was declared. */
function choose(bytes: Uint8Array, stated: string | undefined): Choice {
  const bom = bomOf(bytes)
  if (bom) return marked(bytes, bom)
  const declared = known(stated)
  const wide = bareUtf16(bytes)
  if (wide) {
    const otherwise = stated && !declared?.startsWith('utf-16')
    return { found: wide, note: otherwise ? contradicted(stated, wide.label) : undefined }
  }
  const utf8 = as('utf-8', bytes)
  return utf8.lost === 0 ? wholeUtf8(bytes, utf8, stated, declared) : brokenUtf8(bytes, utf8, stated, declared)
}

/** Text that begins with a mark of its encoding, which is believed but for one of UTF-8 before what is none. */
function marked(bytes: Uint8Array, bom: NonNullable<ReturnType<typeof bomOf>>): Choice {
  if (bom === 'utf-32le' || bom === 'utf-32be') return { found: utf32(bytes, bom === 'utf-32le'), note: undefined }
  const found = as(bom, bytes)
  if (plausible(found) || bom !== 'utf-8') return { found, note: undefined }
  const other = guess(bytes.subarray(3))
  return { found: other, note: contradicted('UTF-8', other.label) }
}

/** Bytes that are UTF-8 to the last one. */
function wholeUtf8(
  bytes: Uint8Array,
  utf8: Candidate,
  stated: string | undefined,
  declared: string | undefined,
): Choice {
  // Escape sequences are ASCII; and two bytes of GBK are now and then two of UTF-8, so a declaration that gives
  // Chinese where UTF-8 gives only accents is believed.
  if (declared?.startsWith('iso-2022') && bytes.includes(0x1b)) return { found: as(declared, bytes), note: undefined }
  if ((declared === 'gb18030' || declared === 'big5') && utf8.read > 0 && !/[\u0800-\u{10ffff}]/u.test(utf8.text)) {
    const other = as(declared, bytes)
    if (other.lost === 0 && hasHan(other.text)) return { found: other, note: undefined }
  }
  const unknown = stated !== undefined && !declared
  const wrong = utf8.read > 0 && stated !== undefined && declared !== 'utf-8'
  return { found: utf8, note: wrong || unknown ? contradicted(stated ?? '', 'utf-8') : undefined }
}

/** Bytes of which some are no UTF-8. */
function brokenUtf8(
  bytes: Uint8Array,
  utf8: Candidate,
  stated: string | undefined,
  declared: string | undefined,
): Choice {
  if (utf8.read > 0 && plausible(utf8))
    return { found: utf8, note: declared && declared !== 'utf-8' ? contradicted(stated ?? '', 'utf-8') : undefined }
  if (declared && declared !== 'utf-8' && !declared.startsWith('utf-16')) {
    const found = as(declared, bytes)
    if (plausible(found)) return { found, note: undefined }
  }
  const other = guess(bytes)
  // Declared UTF-8, and nothing better to be seen in a few broken bytes.
  if (declared === 'utf-8' && other.label === 'windows-1252') return { found: utf8, note: undefined }
  return { found: other, note: stated ? contradicted(stated, other.label) : guessed(other.label) }
}

/**
 * Text of whatever encoding, with what was lost or guessed said in notes. Control characters that no text has are
 * dropped: a database refuses the zero byte.
 */
export function decode(bytes: Uint8Array, contentType: string | undefined): { text: string; notes: Localized[] } {
  const { found, note } = choose(bytes, charsetOf(contentType) ?? declaredInXml(bytes))
  // A character that the writer had lost already (EF BF BD) is one that cannot be read, too.
  const body = found.text.replace(/^\uFEFF+/, '')
  // oxlint-disable-next-line no-control-regex
  const text = body.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g, '').replace(/\f/g, '\n')
  const dropped = body.length - text.length
  return {
    text,
    notes: [
      ...(note ? [note] : []),
      ...(found.lost ? [lostNote(found.lost, found.label)] : []),
      ...(dropped ? [controlNote(dropped)] : []),
    ],
  }
}
