import type { Actor } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import type { Context } from '../context.ts'

/** A source is to be fetched, once in a window. */
export const announceDue = (
  tx: Tx,
  { outbox }: Context,
  actor: Actor,
  { sourceId, window, at }: { sourceId: string; window: string; at: Date },
) =>
  outbox.emit(tx, actor, 'trends.source-due', { sourceId, window }, at, {
    dedupeKey: `trends.source-due:${sourceId}:${window}`,
  })
