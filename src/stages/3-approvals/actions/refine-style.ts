import { byId } from '../../../core/parse.ts'
import { buildRefinement, changesView, forgetAnswers } from '../../2-designs/door.ts'
import { action } from '../../action.ts'
import { lookedAt, storeNext, type ApprovalContext } from '../deciding.ts'
import { refineSchema } from '../model.ts'

/**
 * Change a style with a sentence. A change makes a new version whose parent is the one looked at. With the `preview`
 * of a refinement nobody is asked again, and exactly what it showed is done.
 * @throws Problem 409 `approvals.preview-gone` for a preview of something else
 * @returns what changed, what was not understood, and the new version's number, undefined when nothing changed
 */
export const refineStyle = action({
  name: 'approvals.refine',
  scope: 'approvals',
  input: refineSchema.extend(byId.shape),
  output: changesView,
  async run(context: ApprovalContext, actor, { id: styleId, version: from, sentence, preview }) {
    const { style, version } = await lookedAt(context, styleId, from)
    const { pictures } = context
    const { refined, built } = await buildRefinement(context, { style, version, sentence, preview, pictures })
    const { changes, notUnderstood, clamped } = refined
    if (!built) return { version: undefined, changes, notUnderstood, clamped }
    const next = await storeNext(context, actor, { styleId, from, parent: from, sentence, kind: 'refine' }, built)
    await forgetAnswers(context, styleId)
    return { version: next, changes, notUnderstood, clamped }
  },
})
