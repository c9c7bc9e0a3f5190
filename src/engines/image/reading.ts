import { loadSharp } from '../../core/sharp.ts'
import { imageFailure, MOST_PICTURE_BYTES, type Paid } from './config.ts'

/**
 * Whatever a model sent, as PNG bytes without metadata: what we say about a picture is written by us, last.
 * @param paid what it cost, for the record of a picture that cannot be used
 * @throws Problem 503 `image.not-a-picture` for broken, huge or tiny pictures
 */
export async function readPicture(bytes: Buffer, paid: Paid): Promise<Buffer> {
  if (bytes.length === 0 || bytes.length > MOST_PICTURE_BYTES)
    throw imageFailure('image.not-a-picture', `${bytes.length} bytes`, paid)
  const sharp = await loadSharp()
  try {
    const picture = sharp(bytes, { limitInputPixels: 4096 * 4096, failOn: 'error' })
    const { format, width, height } = await picture.metadata()
    if (!['png', 'jpeg', 'webp'].includes(format)) throw new Error(`format ${format}`)
    if (Math.min(width, height) < 512) throw new Error(`${width} × ${height}`)
    return await picture.rotate().png().toBuffer()
  } catch (error) {
    throw imageFailure('image.not-a-picture', String(error), paid)
  }
}
