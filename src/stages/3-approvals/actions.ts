import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { notFound, problem } from '../../core/errors.ts'
import { styleHash } from '../../garments/index.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import {
  buildRefinement,
  blockedBy,
  movedOn,
  toReview,
  forgetAnswers,
  readDraft,
  makeDetails,
  type PictureOptions,
  addPictures,
  copyOf,
  insertVersion,
  styleById,
  versionOf,
  versionsOf,
} from '../2-designs/door.ts'
import { givingUp } from './giving-up.ts'
import { approveSchema, refineSchema, rejectSchema, settledTerms, undoSchema } from './model.ts'
import { advanceStyle, decideStyle, decisionsOf, insertDecision, type Decision } from './store.ts'

export type Approvals = ReturnType<typeof openApprovals>

/** What a merchandiser decides about a style. Every decision is a row with the hash of exactly what was looked at. */
export function openApprovals(context: Context, pictures: PictureOptions) {
  const { db, clock, outbox } = context

  /** The style with the version that was looked at, still to be decided. */
  async function lookedAt(styleId: string, version: number) {
    const style = await styleById(db.read, styleId)
    if (!style) throw notFound({ en: 'style', zh: '款式' }, styleId)
    const row = await versionOf(db.read, styleId, version)
    if (!row || style.version !== version || style.state !== 'proposed') throw movedOn()
    return { style, version: row }
  }

  return {
    /**
     * Approve a version; its campaign opens. The hash is computed anew from what is stored, so what was approved is
     * what was made.
     * @throws Problem 409 `approvals.blocked` naming the gates, `approvals.second-look` where one asks for it,
     * `approvals.moved-on`; 422 for terms that cannot stand
     */
    async approve(actor: Actor, styleId: string, input: unknown): Promise<{ hash: string }> {
      authorize(actor, 'approvals')
      const asked = approveSchema.parse(input)
      const { version } = await lookedAt(styleId, asked.version)
      const blocked = blockedBy(version.gates)
      if (blocked.length)
        throw problem(
          'approvals.blocked',
          409,
          {
            en: `This version cannot be approved: ${blocked.map(({ gate, reason }) => `${gate}: ${reason.en}`).join(' ')} Refine it first.`,
            zh: `该版本不能通过：${blocked.map(({ gate, reason }) => `${gate}：${reason.zh}`).join('')}请先修改。`,
          },
          { details: { gates: blocked.map(({ gate }) => gate) } },
        )
      const review = toReview(version.gates)
      if (review.length && !asked.secondLook)
        throw problem(
          'approvals.second-look',
          409,
          {
            en: `Please look again: ${review.map(({ gate, reason }) => `${gate}: ${reason.en}`).join(' ')} If it is all right, approve it with the second look ticked.`,
            zh: `请再次确认：${review.map(({ gate, reason }) => `${gate}：${reason.zh}`).join('')}确认无误后，请勾选“已复核”再通过。`,
          },
          { field: 'secondLook', details: { gates: review.map(({ gate }) => gate) } },
        )
      const hash = styleHash(version.spec, version.derived, version.rules)
      if (hash !== version.hash)
        throw problem('approvals.identity', 409, {
          en: 'What is stored is not what was made: the hashes differ. This version cannot be approved; refine it to make a new one.',
          zh: '存储内容与生成时不一致（哈希不同），该版本不能通过，请修改生成新版本。',
        })
      const now = clock.now()
      if (asked.campaign) settledTerms(asked.campaign, await readHouse(db.read), version.rules.thresholdUnits, now)
      await db.write(async (tx) => {
        if (!(await decideStyle(tx, styleId, asked.version, 'approved', now))) throw movedOn()
        await insertDecision(tx, {
          styleId,
          version: asked.version,
          hash,
          kind: 'approve',
          reason: asked.reason ?? null,
          by: actorTag(actor),
          at: now,
        })
        await outbox.emit(
          tx,
          actor,
          'approvals.approved',
          { styleId, version: asked.version, hash, ...(asked.campaign ? { campaign: asked.campaign } : {}) },
          now,
        )
      })
      return { hash }
    },

    /**
     * Change a style with a sentence. A change makes a new version whose parent is the one looked at.
     * With the `preview` of {@link Designs.previewRefinement} nobody is asked again, and exactly what it showed is done.
     * @throws Problem 409 `approvals.preview-gone` for a preview of something else
     * @returns what changed, what was not understood, and the new version's number, undefined when nothing changed
     */
    async refine(actor: Actor, styleId: string, input: unknown) {
      authorize(actor, 'approvals')
      const asked = refineSchema.parse(input)
      const { style, version } = await lookedAt(styleId, asked.version)
      const { sentence, preview } = asked
      const { refined, built } = await buildRefinement(context, { style, version, sentence, preview, pictures })
      const { changes, notUnderstood, clamped } = refined
      if (!built) return { version: undefined, changes, notUnderstood, clamped }
      const next = await this.add(
        actor,
        styleId,
        { from: asked.version, parent: asked.version, sentence: asked.sentence, kind: 'refine' },
        built,
      )
      await forgetAnswers(context, styleId)
      return { version: next, changes, notUnderstood, clamped }
    },

    /** Back to the version this one came from: a new version that equals it, so that nothing is lost. */
    async undo(actor: Actor, styleId: string, input: unknown): Promise<{ version: number }> {
      authorize(actor, 'approvals')
      const asked = undoSchema.parse(input)
      const { version } = await lookedAt(styleId, asked.version)
      const parent =
        version.parentVersion === null ? undefined : await versionOf(db.read, styleId, version.parentVersion)
      if (!parent)
        throw problem('approvals.first-version', 409, {
          en: 'This is the first version; there is nothing to undo.',
          zh: '这是第一个版本，没有可撤销的修改。',
        })
      return {
        version: await this.add(
          actor,
          styleId,
          { from: asked.version, parent: parent.parentVersion, sentence: null, kind: 'undo' },
          copyOf(parent),
        ),
      }
    },

    /** Store a built version as the style's current one. */
    async add(
      actor: Actor,
      styleId: string,
      how: { from: number; parent: number | null; sentence: string | null; kind: 'refine' | 'undo' },
      built: Parameters<typeof insertVersion>[2],
    ): Promise<number> {
      authorize(actor, 'approvals')
      const now = clock.now()
      return db.write(async (tx) => {
        const next = ((await versionsOf(tx, styleId))[0]?.version ?? how.from) + 1
        if (!(await advanceStyle(tx, styleId, how.from, next, built.spec.category))) throw movedOn()
        await insertVersion(
          tx,
          { styleId, version: next, parentVersion: how.parent, sentence: how.sentence, at: now },
          built,
        )
        await insertDecision(tx, {
          styleId,
          version: how.from,
          hash: built.hash,
          kind: how.kind,
          reason: how.sentence,
          by: actorTag(actor),
          at: now,
        })
        await outbox.emit(tx, actor, 'approvals.refined', { styleId, version: next }, now)
        return next
      })
    },

    async reject(actor: Actor, styleId: string, input: unknown): Promise<void> {
      authorize(actor, 'approvals')
      const asked = rejectSchema.parse(input)
      const { version } = await lookedAt(styleId, asked.version)
      const now = clock.now()
      await db.write(async (tx) => {
        if (!(await decideStyle(tx, styleId, asked.version, 'rejected', now))) throw movedOn()
        await insertDecision(tx, {
          styleId,
          version: asked.version,
          hash: version.hash,
          kind: 'reject',
          reason: asked.reason,
          by: actorTag(actor),
          at: now,
        })
        await outbox.emit(tx, actor, 'approvals.rejected', { styleId, version: asked.version }, now)
      })
    },

    /** Every decision about a style, newest first. */
    async history(actor: Actor, styleId: string): Promise<Decision[]> {
      authorize(actor, 'designs:read')
      return decisionsOf(db.read, styleId)
    },

    givingUp,
    reactions: {
      /** It will be sold: draw its details. Its campaign does not wait for them. */
      'approvals.approved': async ({ payload: { styleId, version } }) => {
        const row = await versionOf(db.read, styleId, version)
        if (!row || row.pictures.some(({ view }) => view.startsWith('detail-'))) return
        const draft = await readDraft(context, row.geometryFile)
        const details = await makeDetails(context, { spec: row.spec, draft }, pictures)
        await db.write((tx) => addPictures(tx, { styleId, version }, details))
      },
    } satisfies Reactions as Reactions,
  }
}
