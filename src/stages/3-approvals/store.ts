import { desc, eq } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { decisions } from './tables.ts'

export type Decision = typeof decisions.$inferSelect

export const insertDecision = (tx: Tx, decision: Omit<Decision, 'id'>) =>
  tx
    .insert(decisions)
    .values({ id: newId(), ...decision })
    .returning({ id: decisions.id })

export const decisionsOf = (db: Reader, styleId: string): Promise<Decision[]> =>
  db.select().from(decisions).where(eq(decisions.styleId, styleId)).orderBy(desc(decisions.id))
