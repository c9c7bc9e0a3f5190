import { and, desc, eq } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { styles, type StyleState } from '../2-designs/door.ts'
import { decisions } from './tables.ts'

export type Decision = typeof decisions.$inferSelect

export const insertDecision = (tx: Tx, decision: Omit<Decision, 'id'>) =>
  tx
    .insert(decisions)
    .values({ id: newId(), ...decision })
    .returning({ id: decisions.id })

export const decisionsOf = (db: Reader, styleId: string): Promise<Decision[]> =>
  db.select().from(decisions).where(eq(decisions.styleId, styleId)).orderBy(desc(decisions.id))

/** Decide a style that is still proposed and still at the version that was looked at. False: it moved on. */
export async function decideStyle(tx: Tx, id: string, version: number, state: StyleState, at: Date): Promise<boolean> {
  const rows = await tx
    .update(styles)
    .set({ state, decidedAt: at })
    .where(and(eq(styles.id, id), eq(styles.state, 'proposed'), eq(styles.version, version)))
    .returning({ id: styles.id })
  return rows.length === 1
}

/** Move a proposed style from one version to another. False: it moved on. */
export async function advanceStyle(tx: Tx, id: string, from: number, to: number, category: string): Promise<boolean> {
  const rows = await tx
    .update(styles)
    .set({ version: to, category })
    .where(and(eq(styles.id, id), eq(styles.state, 'proposed'), eq(styles.version, from)))
    .returning({ id: styles.id })
  return rows.length === 1
}
