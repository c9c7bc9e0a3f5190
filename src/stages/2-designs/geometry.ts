/** The stored geometry of a version: what its derived data names by hash only. */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { canonicalJson } from '../../core/canonical.ts'
import type { DerivedStyle, Draft } from '../../garments/index.ts'
import type { Context } from '../context.ts'

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** Drafts and markers as canonical JSON, gzipped: the same geometry gives the same file. Returns its name. */
export async function storeGeometry(
  { engines }: Context,
  { draft, markers }: Pick<DerivedStyle, 'draft' | 'markers'>,
): Promise<string> {
  // The operating system's byte in the gzip header is set by zlib alike everywhere; no time is written.
  return engines.files.put(await compress(Buffer.from(canonicalJson({ draft, markers })), { level: 6 }))
}

/** The pattern of a version in every size. @throws what the file store throws where the file is not there */
export async function readDraft({ engines }: Context, geometryFile: string): Promise<Draft> {
  const packed = await engines.files.get(geometryFile)
  const { draft } = JSON.parse((await expand(packed)).toString('utf8')) as { draft: Draft }
  return draft
}
