import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import type { Localized } from '../../../core/values.ts'
import { styleHash, type GateResult } from '../../../garments/index.ts'
import { readHouse } from '../../0-house/door.ts'
import { blockedBy, decideStyle, movedOn, toReview, type VersionRow } from '../../2-designs/door.ts'
import { action } from '../../action.ts'
import { lookedAt, type ApprovalContext } from '../deciding.ts'
import { refused } from '../messages.ts'
import { approveSchema, costedFor, settledTerms } from '../model.ts'
import { insertDecision } from '../store.ts'

const reasonsOf = (gates: readonly GateResult[]): Localized => ({
  en: gates.map(({ gate, reason }) => `${gate}: ${reason.en}`).join(' '),
  zh: gates.map(({ gate, reason }) => `${gate}：${reason.zh}`).join(''),
})
const named = (gates: readonly GateResult[]) => ({ gates: gates.map(({ gate }) => gate) })

/** What the gates and the hash say against approving this version. @throws Problem 409 */
function checkVersion({ gates, spec, derived, rules, hash }: VersionRow, secondLook: boolean): void {
  const blocked = blockedBy(gates)
  if (blocked.length) throw refused('approvals.blocked', { reasons: reasonsOf(blocked) }, { details: named(blocked) })
  const review = toReview(gates)
  if (review.length && !secondLook)
    throw refused(
      'approvals.second-look',
      { reasons: reasonsOf(review) },
      { field: 'secondLook', details: named(review) },
    )
  if (styleHash(spec, derived, rules) !== hash) throw refused('approvals.identity')
}

/**
 * Approve a version; its campaign opens. The hash is computed anew from what is stored, so what was approved is
 * what was made.
 * @throws Problem 409 `approvals.blocked` naming the gates, `approvals.second-look` where one asks for it,
 * `approvals.moved-on`; 422 for terms that cannot stand
 */
export const approveStyle = action({
  name: 'approvals.approve',
  scope: 'approvals',
  input: approveSchema.extend(byId.shape),
  output: z.object({ hash: z.string() }),
  async run(context: ApprovalContext, actor, { id: styleId, version: number, secondLook, reason, campaign }) {
    const { db, clock, outbox } = context
    const { version } = await lookedAt(context, styleId, number)
    checkVersion(version, secondLook)
    const { hash } = version
    const now = clock.now()
    if (campaign) settledTerms(campaign, await readHouse(db.read), costedFor(version), now)
    await db.write(async (tx) => {
      if (!(await decideStyle(tx, styleId, number, 'approved', now))) throw movedOn()
      const decision = { styleId, version: number, hash }
      await insertDecision(tx, { ...decision, kind: 'approve', reason: reason ?? null, by: actorTag(actor), at: now })
      await outbox.emit(tx, actor, 'approvals.approved', { ...decision, ...(campaign ? { campaign } : {}) }, now)
    })
    return { hash }
  },
})
