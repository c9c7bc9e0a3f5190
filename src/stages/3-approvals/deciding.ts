/** What every decision about a style has in common: what was looked at, who decided, and a version stored as the next. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { PictureOptions } from '../2-designs/door.ts'
import { advanceStyle, insertVersion, movedOn, styleById, versionOf, versionsOf } from '../2-designs/door.ts'
import type { Context } from '../context.ts'
import { insertDecision } from './store.ts'

/** What this stage is opened with: a refined version is drawn. */
export interface ApprovalContext extends Context {
  pictures: PictureOptions
}

/**
 * The style with the version that was looked at, still to be decided.
 * @throws Problem 404, 409 `approvals.moved-on`
 */
export async function lookedAt({ db }: Context, styleId: string, version: number) {
  const style = await styleById(db.read, styleId)
  if (!style) throw notFound({ en: 'style', zh: '款式' }, styleId)
  const row = await versionOf(db.read, styleId, version)
  if (!row || style.version !== version || style.state !== 'proposed') throw movedOn()
  return { style, version: row }
}

/** How a version came to be the next one. */
export interface Next {
  styleId: string
  from: number
  parent: number | null
  sentence: string | null
  kind: 'refine' | 'undo'
}

/**
 * Store a built version as the style's current one.
 * @returns its number
 * @throws Problem 409 `approvals.moved-on`
 */
export async function storeNext(
  { db, clock, outbox }: Context,
  actor: Actor,
  { styleId, from, parent, sentence, kind }: Next,
  built: Parameters<typeof insertVersion>[2],
): Promise<number> {
  const now = clock.now()
  return db.write(async (tx) => {
    const next = ((await versionsOf(tx, styleId))[0]?.version ?? from) + 1
    if (!(await advanceStyle(tx, styleId, from, next, built.spec.category))) throw movedOn()
    await insertVersion(tx, { styleId, version: next, parentVersion: parent, sentence, at: now }, built)
    await insertDecision(tx, {
      styleId,
      version: from,
      hash: built.hash,
      kind,
      reason: sentence,
      by: actorTag(actor),
      at: now,
    })
    await outbox.emit(tx, actor, 'approvals.refined', { styleId, version: next }, now)
    return next
  })
}
