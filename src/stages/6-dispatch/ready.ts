/** What was made before a lot was frozen: kept, and used where it is of the very style that is sold. */
import { hashOf, sha256 } from '../../core/canonical.ts'
import type { MadeFile, ReadyStyle } from '../../garments/index.ts'
import type { StylePicture } from '../2-designs/door.ts'
import type { Context } from '../context.ts'
import { readyOf } from './store/ready.ts'

/** Counts up when what is made ready is made otherwise: what is there is then not used. */
const MADE = 1

/** What lies in the file: the pattern files by their hashes, everything else as it is. */
export interface ReadyFile {
  ready: ReadyStyle
  patterns: readonly Omit<MadeFile, 'bytes'>[]
  closeUps: readonly StylePicture[]
}

export interface Ready {
  ready: ReadyStyle
  patterns: readonly MadeFile[]
  closeUps: readonly StylePicture[]
}

/** The style that is sold, as far as what is ready depends on it. */
interface Sold {
  sold: {
    number: string
    version: { styleId: string; version: number; derived: { geometryHash: string }; pictures: readonly unknown[] }
  }
  hashes: { approved: string; sold: string; sent: string }
}

/** Everything that it depends on. A style that was approved, sold or stored otherwise has another one. */
export const madeFromOf = ({ sold, hashes }: Sold): string =>
  hashOf([MADE, hashes, sold.number, sold.version.derived.geometryHash, sold.version.pictures])

/**
 * What is ready for a style, or nothing: where it was made from something else, or is not there whole. Every file is
 * held against its hash.
 */
export async function readReady(
  { db, engines, log }: Pick<Context, 'db' | 'engines' | 'log'>,
  style: Sold,
): Promise<Ready | undefined> {
  const { styleId, version: styleVersion } = style.sold.version
  const row = await readyOf(db.read, styleId, styleVersion)
  if (!row || row.madeFrom !== madeFromOf(style)) return undefined
  const proven = async (hash: string): Promise<Buffer> => {
    const bytes = await engines.files.get(hash)
    if (sha256(bytes) !== hash) throw new Error(`${hash} is not what lies there`)
    return bytes
  }
  try {
    const { ready, patterns, closeUps } = JSON.parse((await proven(row.file)).toString('utf8')) as ReadyFile
    return {
      ready,
      closeUps,
      patterns: await Promise.all(patterns.map(async (file) => ({ ...file, bytes: await proven(file.sha256) }))),
    }
  } catch (error) {
    log.warn({ style: styleId, error: String(error) }, 'what was made ready cannot be used and is made anew')
    return undefined
  }
}
