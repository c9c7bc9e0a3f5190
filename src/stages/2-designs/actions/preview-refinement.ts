import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { refused } from '../messages.ts'
import { previewSchema } from '../model.ts'
import { sayMeasures } from '../refine/measures.ts'
import { measureVersion, refineVersion } from '../run/build.ts'
import { openToChange, tellPreview, type PreviewContext } from '../run/previews.ts'
import { changesView, comparedView } from '../views.ts'

/**
 * What a sentence, or other measures, would change, without changing anything: the same path that applies it. `preview`
 * goes with `sentence` to `refine`, which then asks nobody again and changes exactly this; undefined where nothing would
 * change.
 * @throws Problem 409 `approvals.moved-on` for a style that is decided or at another version; 422 `designs.say-or-move`,
 * `designs.no-such-measure`, `designs.measure-range` at the measure's field
 */
export const previewRefinement = action({
  name: 'designs.preview-refinement',
  scope: 'approvals',
  input: previewSchema.extend(byId.shape),
  output: changesView.extend({
    by: z.enum(['rules', 'model']).describe('Who understood the sentence.'),
    insteadOfModel: z.string().optional().describe('Why the rules took over from a configured model.'),
    sentence: z.string().describe('To apply it by, with `preview`.'),
    preview: z.string().optional(),
    compared: comparedView.optional(),
  }),
  async run(context: PreviewContext, _actor, { id, sentence, parameters, version }) {
    const open = await openToChange(context, id, version)
    if (sentence !== undefined && parameters === undefined) {
      const about = { ...open, sentence }
      return { ...(await tellPreview(context, about, await refineVersion(context, about))), sentence }
    }
    if (sentence !== undefined || parameters === undefined)
      throw refused('designs.say-or-move', undefined, { field: 'sentence' })
    const refined = await measureVersion(context, open, parameters)
    const about = { ...open, sentence: sayMeasures(refined) }
    return { ...(await tellPreview(context, about, refined)), sentence: about.sentence }
  },
})
