/** What was decided about styles and sold of them, for the designs to come. */
import { desc, gte } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import type { Attribute, Evidence, EvidenceKind } from '../designer/preference.ts'
import { preferenceEvidence } from '../tables.ts'

/** Enough for years of a busy house; what is older counts next to nothing. */
const MOST_READ = 5000

/** Say it once: a reaction that runs twice changes nothing. */
export async function keepEvidence(
  tx: Tx,
  row: { styleId: string; kind: EvidenceKind; attributes: Attribute[]; at: Date },
): Promise<void> {
  await tx.insert(preferenceEvidence).values(row).onConflictDoNothing()
}

/** Evidence since a day, newest first. */
export const evidenceSince = (db: Reader, since: Date): Promise<Evidence[]> =>
  db
    .select({ kind: preferenceEvidence.kind, at: preferenceEvidence.at, attributes: preferenceEvidence.attributes })
    .from(preferenceEvidence)
    .where(gte(preferenceEvidence.at, since))
    .orderBy(desc(preferenceEvidence.at))
    .limit(MOST_READ)
