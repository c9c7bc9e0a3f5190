/** The house's own rows: its settings, by their keys. */
import { eq, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tx } from '../../db/database.ts'
import { settings } from './tables.ts'

/** What stands under a key; undefined where nothing was stored yet. */
export async function readSetting(db: Reader, key: string): Promise<unknown> {
  const [row] = await settingUnder(db, { key })
  return row?.value
}

const settingUnder = prepared<{ key: string }, { value: unknown }>((db) =>
  db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
)

/** @param updatedBy the actor's tag */
export async function writeSetting(
  tx: Tx,
  key: string,
  value: unknown,
  updatedAt: Date,
  updatedBy: string,
): Promise<void> {
  const row = { value, updatedAt, updatedBy }
  await tx
    .insert(settings)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: settings.key, set: row })
}
