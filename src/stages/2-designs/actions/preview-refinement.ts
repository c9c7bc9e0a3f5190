import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { previewSchema } from '../model.ts'
import { refineVersion } from '../run/build.ts'
import { openToChange, tellPreview } from '../run/previews.ts'
import { changesView } from '../views.ts'

/**
 * What a sentence would change, without changing anything: the same path that applies it. `preview` goes with the
 * sentence to `refine`, which then asks nobody again and changes exactly this; undefined where nothing would change.
 * @throws Problem 409 `approvals.moved-on` for a style that is decided or at another version
 */
export const previewRefinement = action({
  name: 'designs.preview-refinement',
  scope: 'approvals',
  input: previewSchema.extend(byId.shape),
  output: changesView.extend({
    by: z.enum(['rules', 'model']).describe('Who understood the sentence.'),
    insteadOfModel: z.string().optional().describe('Why the rules took over from a configured model.'),
    preview: z.string().optional(),
  }),
  async run(context: Context, _actor, { id, sentence, version }) {
    const about = { ...(await openToChange(context, id, version)), sentence }
    return tellPreview(context, about, await refineVersion(context, about))
  },
})
