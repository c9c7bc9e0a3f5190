/** What people change of a campaign by hand: each by compare-and-swap on its row. */
import { and, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import { prepared, type Reader, type Tx } from '../../../db/database.ts'
import type { CampaignState } from '../model.ts'
import type { Campaign } from '../store.ts'
import { campaigns, takenPictures } from '../tables.ts'

/** States in which there is something to be stopped. */
const STOPPABLE = ['scheduled', 'open', 'dispatching'] as const satisfies readonly CampaignState[]
const goesOn = inArray(campaigns.state, [...STOPPABLE])

async function change(tx: Tx, id: string, set: Partial<typeof campaigns.$inferInsert>, where?: SQL): Promise<boolean> {
  const rows = await tx
    .update(campaigns)
    .set({ ...set, edition: sql`${campaigns.edition} + 1` })
    .where(and(eq(campaigns.id, id), where))
    .returning({ id: campaigns.id })
  return rows.length === 1
}

/** @returns false where it is paused already, or over */
export const pauseCampaign = (tx: Tx, id: string, pausedAt: Date): Promise<boolean> =>
  change(tx, id, { pausedAt }, and(isNull(campaigns.pausedAt), goesOn, isNull(campaigns.stoppedAt)))

/** @returns false where it is not paused, or over */
export const resumeCampaign = (tx: Tx, id: string): Promise<boolean> =>
  change(tx, id, { pausedAt: null }, and(isNotNull(campaigns.pausedAt), goesOn, isNull(campaigns.stoppedAt)))

/** @returns false where it is over, or was stopped before */
export const beginStop = (tx: Tx, id: string, stoppedAt: Date): Promise<boolean> =>
  change(tx, id, { stoppedAt }, and(goesOn, isNull(campaigns.stoppedAt)))

/** It has been ended before its date; nothing of that can be taken back. */
export const noteStopped = (tx: Tx, id: string, stoppedAt: Date): Promise<boolean> => change(tx, id, { stoppedAt })

/** @returns false where it is over */
export const takeBackStop = (tx: Tx, id: string): Promise<boolean> =>
  change(tx, id, { stoppedAt: null }, and(goesOn, isNotNull(campaigns.stoppedAt)))

/**
 * What was stopped can no longer be taken back: it is over, with a lot or without one.
 * @returns what it is now; undefined where it is over already
 */
export async function endStop(
  tx: Tx,
  { id, lot, stoppedAt }: Pick<Campaign, 'id' | 'lot' | 'stoppedAt'>,
): Promise<'closed' | 'released' | undefined> {
  const state = lot > 1 ? 'closed' : 'released'
  const ended = await change(
    tx,
    id,
    { state, endedAt: stoppedAt, collecting: false },
    and(goesOn, isNotNull(campaigns.stoppedAt)),
  )
  return ended ? state : undefined
}

/** It closed with enough units from too few buyers. @returns false where that is known already */
export const beginUndecided = (tx: Tx, id: string, undecidedAt: Date): Promise<boolean> =>
  change(tx, id, { undecidedAt }, and(eq(campaigns.state, 'open'), isNull(campaigns.undecidedAt)))

/** There is nothing to be decided any more. */
export const endUndecided = (tx: Tx, id: string): Promise<boolean> => change(tx, id, { undecidedAt: null })

/** @returns false where it was taken down before */
export const takeDown = (tx: Tx, id: string, takenDownAt: Date): Promise<boolean> =>
  change(tx, id, { takenDownAt }, isNull(campaigns.takenDownAt))

/** Shown again, with its pictures. @returns false where it was not taken down */
export async function putUpAgain(tx: Tx, id: string): Promise<boolean> {
  await tx.delete(takenPictures).where(eq(takenPictures.campaignId, id)).returning({ file: takenPictures.file })
  return change(tx, id, { takenDownAt: null }, isNotNull(campaigns.takenDownAt))
}

/** These files are shown to nobody outside. */
export async function takePictures(tx: Tx, campaignId: string, files: readonly string[]): Promise<void> {
  if (!files.length) return
  await tx
    .insert(takenPictures)
    .values([...new Set(files)].map((file) => ({ file, campaignId })))
    .onConflictDoNothing()
    .returning({ file: takenPictures.file })
}

const taken = prepared<{ file: string }, { file: string }>((db) =>
  db
    .select({ file: takenPictures.file })
    .from(takenPictures)
    .where(eq(takenPictures.file, sql.placeholder('file')))
    .limit(1),
)

export const isTaken = async (db: Reader, file: string): Promise<boolean> => (await taken(db, { file })).length > 0

/** Terms that a person changes of one that is not over: each is what it was when it was read. @returns false otherwise */
export const changeTerms = (
  tx: Tx,
  { id, opensAt, closesAt, perBuyerCap, edition }: Pick<Campaign, 'id' | 'opensAt' | 'closesAt' | 'perBuyerCap' | 'edition'>, // prettier-ignore
  to: Partial<Pick<Campaign, 'opensAt' | 'closesAt' | 'perBuyerCap' | 'words' | 'undecidedAt'>>,
): Promise<boolean> =>
  change(
    tx,
    id,
    to,
    and(
      goesOn,
      isNull(campaigns.stoppedAt),
      eq(campaigns.opensAt, opensAt),
      eq(campaigns.closesAt, closesAt),
      eq(campaigns.perBuyerCap, perBuyerCap),
      eq(campaigns.edition, edition),
      // Once it is open, it has opened.
      to.opensAt === undefined ? undefined : eq(campaigns.state, 'scheduled'),
    ),
  )
