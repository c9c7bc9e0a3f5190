import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { copyOf, versionOf } from '../../2-designs/door.ts'
import { action } from '../../action.ts'
import { lookedAt, storeNext, type ApprovalContext } from '../deciding.ts'
import { refused } from '../messages.ts'
import { undoSchema } from '../model.ts'

/** Back to the version this one came from: a new version that equals it, so that nothing is lost. */
export const undoRefinement = action({
  name: 'approvals.undo',
  scope: 'approvals',
  input: undoSchema.extend(byId.shape),
  output: z.object({ version: z.int() }),
  async run(context: ApprovalContext, actor, { id: styleId, version: from }) {
    const { version } = await lookedAt(context, styleId, from)
    const parent =
      version.parentVersion === null ? undefined : await versionOf(context.db.read, styleId, version.parentVersion)
    if (!parent) throw refused('approvals.first-version')
    const how = { styleId, from, parent: parent.parentVersion, sentence: null, kind: 'undo' } as const
    return { version: await storeNext(context, actor, how, copyOf(parent)) }
  },
})
