import { canonicalJson, sha256 } from '../../core/canonical.ts'
import { buildBrief, type BriefInput } from './brief.ts'
import type { Brief, BriefFile } from './brief-schema/index.ts'
import { assertComplete } from './completeness.ts'

/** A file that the brief names, as it was made. */
export interface MadeFile extends Pick<BriefFile, 'name' | 'kind' | 'mime' | 'sha256'> {
  bytes: Buffer
}
/** What is handed to a factory: those files and the brief itself. */
export type TechPackFile = MadeFile | (Omit<MadeFile, 'kind'> & { kind: 'brief' })

/**
 * The brief with the true hashes of its files, behind the completeness gate, and itself as the first of the files.
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export function sealBrief(input: BriefInput, made: readonly MadeFile[]): { brief: Brief; files: TechPackFile[] } {
  const brief = assertComplete(
    buildBrief({
      ...input,
      files: made.map(({ bytes, ...file }) => ({ ...file, bytes: bytes.length, url: null })),
    }),
  )
  const bytes = Buffer.from(`${canonicalJson(brief)}\n`, 'utf8')
  const file = { name: 'brief.json', kind: 'brief', mime: 'application/json', bytes, sha256: sha256(bytes) } as const
  return { brief, files: [file, ...made] }
}
