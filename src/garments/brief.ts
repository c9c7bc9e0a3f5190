import { MINUTE } from '../core/values.ts'
import type { Studio } from './studio.ts'
import type { OrderedStyle } from './studio-jobs.ts'
import type { Brief } from './techpack/brief-schema/index.ts'
import type { Pictures } from './techpack/techpackpdf.ts'
import { sealBrief, type MadeFile, type TechPackFile } from './techpack/seal.ts'

/** For drawing alone; the search has its own time. */
const DEADLINE = 3 * MINUTE

/** What a brief is made from. Its pictures may still be on their way: the patterns need none. */
export type BriefOrder = Omit<OrderedStyle, 'pictures'> & {
  pictures?: Pictures | Promise<Pictures>
  /** The pattern files, where they are drawn already. */
  patterns?: readonly MadeFile[]
}

/**
 * The brief of an order with all its files. Documents and patterns are drawn side by side on the studio's threads;
 * only when all are there is the brief sealed with their hashes. Equal input gives equal bytes, unless markers are
 * searched by the clock (`markerMs`).
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export async function makeBrief(
  studio: Pick<Studio, 'documents' | 'patterns'>,
  { pictures: coming, patterns: drawn, ...order }: BriefOrder,
): Promise<{ brief: Brief; files: TechPackFile[] }> {
  const { style, issuedAt } = order
  const documents = async () => {
    const pictures = await coming
    const input = { ...order, ...(pictures ? { pictures } : {}) }
    return studio.documents(input, { deadlineMs: (order.markerMs ?? 0) + DEADLINE })
  }
  const [{ lays, callouts, files }, patterns] = await Promise.all([
    documents(),
    drawn ?? studio.patterns({ style: { number: style.number, spec: style.spec, draft: style.draft }, issuedAt }),
  ])
  const { ready: _ready, ...input } = order
  return sealBrief({ ...input, lays, callouts }, [...files, ...patterns])
}
