/** Picture models, good and bad: what they make of the packshot that a real request brings them. */
import sharp from 'sharp'
import { outlineOf, type Outline } from '../../src/stages/2-designs/pictures/outline.ts'
import type { Script, Seen } from './model-server.ts'

/** The picture that came with an edit, out of its form. */
export async function packshotIn({ bytes, headers }: Seen): Promise<Buffer> {
  const type = String(headers['content-type'])
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const image = form.get('image')
  if (!(image instanceof Blob)) throw new Error('no picture in the form')
  return Buffer.from(await image.arrayBuffer())
}

const WALL = '#d9d7d4'
export type Redraw = (packshot: Buffer) => Promise<Buffer>

/** Another photographer: a little warmer, brighter and lower, at the size a picture model draws. */
export const photographed: Redraw = (packshot) =>
  sharp(packshot).resize(1000).modulate({ brightness: 1.03 }).blur(0.6).extend({ top: 16, left: 12, right: 12, bottom: 8, extendWith: 'copy' }).png().toBuffer() // prettier-ignore
/** The same garment, half as wide. */
export const squeezed: Redraw = async (packshot) => {
  const narrow = await sharp(packshot).resize(560, 1024, { fit: 'fill' }).toBuffer()
  return sharp({ create: { width: 1024, height: 1024, channels: 3, background: WALL } })
    .composite([{ input: narrow }])
    .png()
    .toBuffer()
}
/** A sack in the garment's very box and colour: no sleeves, no neck. */
export const sack: Redraw = async (packshot) => {
  const { data, info } = await sharp(packshot).resize(1024).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (512 * info.width + 512) * 3
  const cloth = { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 }
  const { ratio, coverage } = (await outlineOf(packshot)) as Outline
  const longer = Math.round(1024 * coverage)
  const [width, height] = ratio > 1 ? [longer, Math.round(longer / ratio)] : [Math.round(longer * ratio), longer]
  return sharp({ create: { width: 1024, height: 1024, channels: 3, background: WALL } })
    .composite([{ input: { create: { width, height, channels: 3, background: cloth } }, gravity: 'centre' }])
    .png()
    .toBuffer()
}
/** The right cut in another colour. */
export const dyed: Redraw = (packshot) =>
  sharp(packshot).resize(1024).modulate({ hue: 150, saturation: 2 }).png().toBuffer()

/** Not square, as a model answers that was made for portraits. */
export const tall: Redraw = (packshot) =>
  sharp(packshot).resize(1024).extend({ top: 256, bottom: 256, extendWith: 'copy' }).png().toBuffer()
/** The same garment, far away. */
export const distant: Redraw = async (packshot) => {
  const small = await sharp(packshot).resize(420).toBuffer()
  return sharp({ create: { width: 1024, height: 1024, channels: 3, background: WALL } })
    .composite([{ input: small, gravity: 'centre' }])
    .png()
    .toBuffer()
}
/** Out of focus: the outline is there, nothing else is. */
export const unsharp: Redraw = (packshot) => sharp(packshot).resize(1024).blur(20).png().toBuffer()

/** A server's script that answers every edit with what becomes of its packshot. */
export const draws =
  (redraw: Redraw, afterMs?: number): Script =>
  async (seen) => ({
    body: { created: 1, data: [{ b64_json: (await redraw(await packshotIn(seen))).toString('base64') }] },
    ...(afterMs === undefined ? {} : { afterMs }),
  })
