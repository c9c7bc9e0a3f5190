/**
 * A reference picture that a merchandiser uploads: its leading colours, as colours of our palette. The picture itself is
 * not kept and goes to nobody; what comes from outside is looked at within limits, and refused by their names.
 */
import { loadSharp } from '../../../core/sharp.ts'
import { deltaE, labOfRgb, labOf, type Lab } from '../designer/colour.ts'
import { refused } from '../messages.ts'
import { REFERENCE_LIMITS, REFERENCE_LIMITS_TEXT } from '../model.ts'
import { PALETTE, type NamedColour } from '../designer/palette.ts'

const at = { field: 'file' }
const limits = REFERENCE_LIMITS_TEXT

/** By their first bytes: what a file is called, and what a sender says it is, is no evidence. */
const isKnown = (bytes: Buffer): boolean =>
  bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) ||
  bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) ||
  (bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP')

/** Edge of the picture colours are counted in, px. */
const LOOK = 96
/** As far from the wall's colour as this, it is the wall; and a border this even is a wall. */
const WALL = 14
const SECONDS = 10
/** Less than this is the blur between a garment and its wall, or a button. */
const LEAST_SHARE = 0.08

export interface ReferenceColour {
  colour: NamedColour
  /** Of what is not wall, 0–1. */
  share: number
}

const PALETTE_LAB: readonly (readonly [NamedColour, Lab])[] = PALETTE.map((colour) => [colour, labOf(colour.hex)])

function nearest(lab: Lab): NamedColour | undefined {
  let [best, least]: [NamedColour | undefined, number] = [undefined, Infinity]
  for (const [colour, its] of PALETTE_LAB) {
    const apart = deltaE(lab, its)
    if (apart < least) [best, least] = [colour, apart]
  }
  return best
}

/** The middle colour of the picture's border, if the border is mostly of it. */
function wallOf(pixels: readonly Lab[], width: number, height: number): Lab | undefined {
  const border = pixels.filter((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return x < 2 || y < 2 || x >= width - 2 || y >= height - 2
  })
  const middle = (of: (lab: Lab) => number): number => border.map(of).sort((a, b) => a - b)[border.length >> 1] ?? 0
  const wall: Lab = { l: middle(({ l }) => l), a: middle(({ a }) => a), b: middle(({ b }) => b) }
  const even = border.filter((lab) => deltaE(lab, wall) < WALL).length / border.length
  return even > 0.7 ? wall : undefined
}

/**
 * @returns up to three colours of the palette, the one that covers most first; the wall around a garment is left out
 * @throws Problem 413 `designs.reference-too-large`, 415 `designs.reference-format`, 422 `designs.reference-broken` or
 * `designs.reference-too-small`, each naming the limits
 */
export async function readReference(bytes: Buffer): Promise<ReferenceColour[]> {
  const tooLarge = (en: string, zh: string) => refused('designs.reference-too-large', { what: { en, zh }, limits }, at)
  const broken = () => refused('designs.reference-broken', { limits }, at)
  if (bytes.length > REFERENCE_LIMITS.bytes) throw tooLarge('The picture’s file is too large.', '图片文件过大。')
  if (!isKnown(bytes)) throw refused('designs.reference-format', { limits }, at)
  const sharp = await loadSharp()
  // The header alone first: what it would unpack to is known before anything is unpacked.
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw broken()
    })
  if (width * height > REFERENCE_LIMITS.pixels)
    throw tooLarge(
      `The picture has ${width} × ${height} pixels, which is too many.`,
      `图片有 ${width}×${height} 像素，过大。`,
    )
  if (Math.min(width, height) < REFERENCE_LIMITS.leastEdge)
    throw refused('designs.reference-too-small', { width, height, limits }, at)
  const { data, info } = await sharp(bytes, { limitInputPixels: REFERENCE_LIMITS.pixels, failOn: 'error' })
    .timeout({ seconds: SECONDS })
    .rotate()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(LOOK, LOOK, { fit: 'inside' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw broken()
    })
  const pixels = Array.from({ length: info.width * info.height }, (_, i) => {
    const from = i * info.channels
    const [r = 0, g = r, b = r] = info.channels < 3 ? [data[from]] : [data[from], data[from + 1], data[from + 2]]
    return labOfRgb(r, g, b)
  })
  const wall = wallOf(pixels, info.width, info.height)
  const garment = wall ? pixels.filter((lab) => deltaE(lab, wall) >= WALL) : pixels
  const looked = garment.length > pixels.length * 0.02 ? garment : pixels
  const counts = new Map<NamedColour, number>()
  for (const lab of looked) {
    const colour = nearest(lab)
    if (colour) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts]
    .map(([colour, count]) => ({ colour, share: count / looked.length }))
    .sort((p, q) => q.share - p.share)
    .filter(({ share }, i) => i === 0 || share >= LEAST_SHARE)
    .slice(0, 3)
}
