import { MINUTE } from '../core/values.ts'
import type { Studio } from './studio.ts'
import type { OrderedStyle } from './studio-jobs.ts'
import type { Brief } from './techpack/brief-schema.ts'
import { sealBrief, type TechPackFile } from './techpack/seal.ts'

/** For drawing alone; the search has its own time. */
const DEADLINE = 3 * MINUTE

/**
 * The brief of an order with all its files. Documents and patterns are drawn side by side on the studio's threads;
 * only when all are there is the brief sealed with their hashes. Equal input gives equal bytes, unless markers are
 * searched by the clock (`markerMs`).
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export async function makeBrief(
  studio: Pick<Studio, 'documents' | 'patterns'>,
  input: OrderedStyle,
): Promise<{ brief: Brief; files: TechPackFile[] }> {
  const { style, issuedAt } = input
  const [{ lays, callouts, files }, patterns] = await Promise.all([
    studio.documents(input, { deadlineMs: (input.markerMs ?? 0) + DEADLINE }),
    studio.patterns({ style: { number: style.number, spec: style.spec, draft: style.draft }, issuedAt }),
  ])
  return sealBrief({ ...input, lays, callouts }, [...files, ...patterns])
}
