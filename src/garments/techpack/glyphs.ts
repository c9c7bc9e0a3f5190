/** The bundled font: its bytes, and which characters it can print. See fonts/README.md for its making and licence. */
import { readFileSync } from 'node:fs'

export type Weight = 'regular' | 'bold'

/** The font file of a weight (OpenType with CFF outlines, SIL OFL 1.1). */
export const fontBytes = (weight: Weight): Buffer =>
  readFileSync(new URL(`./fonts/firstcut-sans-${weight}.otf`, import.meta.url))

/**
 * Characters a font maps, from its `cmap` table (OpenType 1.9, formats 4 and 12).
 * @throws Error for a file without a Unicode map in one of the two formats
 */
export function codePointsOf(font: Buffer): Set<number> {
  const tables = font.readUInt16BE(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue
    const cmap = font.readUInt32BE(record + 8)
    const found = new Set<number>()
    for (let n = 0; n < font.readUInt16BE(cmap + 2); n++) {
      const table = cmap + font.readUInt32BE(cmap + 4 + n * 8 + 4)
      const format = font.readUInt16BE(table)
      if (format === 4) readSegments(font, table, found)
      if (format === 12) readGroups(font, table, found)
    }
    if (found.size) return found
  }
  throw new Error('the font has no Unicode character map')
}

function readSegments(font: Buffer, table: number, into: Set<number>): void {
  const twice = font.readUInt16BE(table + 6)
  for (let s = 0; s < twice; s += 2) {
    const end = font.readUInt16BE(table + 14 + s)
    const start = font.readUInt16BE(table + 16 + twice + s)
    const delta = font.readUInt16BE(table + 16 + 2 * twice + s)
    const at = table + 16 + 3 * twice + s
    const offset = font.readUInt16BE(at)
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = offset ? font.readUInt16BE(at + offset + 2 * (code - start)) : (code + delta) & 0xffff
      if (glyph) into.add(code)
    }
  }
}

function readGroups(font: Buffer, table: number, into: Set<number>): void {
  const groups = font.readUInt32BE(table + 12)
  for (let g = 0; g < groups; g++) {
    const at = table + 16 + g * 12
    const [start, end] = [font.readUInt32BE(at), font.readUInt32BE(at + 4)]
    for (let code = start; code <= end; code++) into.add(code)
  }
}

/** What a document set in the bundled font can and cannot print. */
export interface Typesetter {
  fonts: Readonly<Record<Weight, Buffer>>
  /** Characters of a text that the font has not, each once, in order. */
  missing: (text: string, weight?: Weight) => string[]
  /** The text as it can be printed: an accent the font has not is taken off, any other character is written [U+20BB7]. */
  printable: (text: string) => string
}

let shared: Typesetter | undefined
/** The bundled font, read once: parsing its map takes longer than setting a page. */
export const typesetter = (): Typesetter => (shared ??= readFonts())

function readFonts(): Typesetter {
  const fonts = { regular: fontBytes('regular'), bold: fontBytes('bold') }
  const known = { regular: codePointsOf(fonts.regular), bold: codePointsOf(fonts.bold) }
  const has = (char: string, weight: Weight): boolean =>
    /^[\n\r\t]$/.test(char) || known[weight].has(char.codePointAt(0) ?? 0)
  const missing: Typesetter['missing'] = (text, weight = 'regular') => [
    ...new Set([...text.normalize('NFC')].filter((char) => !has(char, weight))),
  ]
  return {
    fonts,
    missing,
    printable: (text) =>
      // The font's curly apostrophe is as wide as a Chinese character and tears English words apart.
      [...text.normalize('NFC').replace(/(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu, "'")]
        .map((char) => {
          if (has(char, 'regular')) return char
          const plain = char.normalize('NFD').replace(/\p{M}/gu, '')
          if (plain && plain !== char && [...plain].every((c) => has(c, 'regular'))) return plain
          return `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
        })
        .join(''),
  }
}

/** Characters of a text that the factory documents cannot print as they are; empty = all can be. */
export const missingGlyphs = (text: string): string[] => typesetter().missing(text)
