/** Cards of versions, so that a list reads what it shows and not what it is made from. */
import { and, eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { cardOf, type StyleCard } from '../card.ts'
import { styleCards, styleVersions } from '../tables.ts'

interface VersionName {
  styleId: string
  version: number
}

/** Written with the version, and again when it gets another picture. */
export async function putCard(
  tx: Tx,
  { styleId, version }: VersionName,
  of: Parameters<typeof cardOf>[0],
): Promise<void> {
  const card = cardOf(of)
  await tx
    .insert(styleCards)
    .values({ styleId, version, card, pictures: card.pictures })
    .onConflictDoUpdate({ target: [styleCards.styleId, styleCards.version], set: { card, pictures: card.pictures } })
}

/**
 * The card of a version that was read beside other things: the one that was found, or one made from the version itself.
 * @param found null where there is none
 */
export async function cardFor(
  db: Reader,
  { styleId, version }: VersionName,
  found: StyleCard | null,
): Promise<StyleCard> {
  if (found) return found
  const [row] = await db
    .select({ spec: styleVersions.spec, pictures: styleVersions.pictures })
    .from(styleVersions)
    .where(and(eq(styleVersions.styleId, styleId), eq(styleVersions.version, version)))
  if (!row) throw new Error(`style ${styleId} has no version ${version}`)
  return cardOf(row)
}
