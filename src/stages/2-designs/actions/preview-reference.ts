import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { readReference } from '../pictures/reference.ts'
import { refineVersion } from '../run/build.ts'
import { openToChange, tellPreview, type PreviewContext } from '../run/previews.ts'
import { changesView, comparedView } from '../views.ts'

/**
 * What would change if the style took its leading colour from a picture: a preview like any other, whose sentence
 * names the colour. The picture is not kept, and no model sees it.
 * @throws Problem 413, 415, 422 `designs.reference-*` naming the limits
 */
export const previewReference = action({
  name: 'designs.preview-reference',
  scope: 'approvals',
  input: byId.extend({
    // Not a whole number: no version has it, so somebody else's is not meant.
    version: z.number().or(z.nan()).optional(),
    bytes: z.instanceof(Buffer),
  }),
  output: changesView.extend({
    sentence: z.string(),
    colours: z.array(z.looseObject({})),
    preview: z.string().optional(),
    compared: comparedView.optional(),
  }),
  async run(context: PreviewContext, _actor, { id, version, bytes }) {
    const { engines } = context
    const style = await openToChange(context, id, version)
    const colours = await readReference(bytes)
    const about = { ...style, sentence: `改成${colours[0]?.colour.name.zh ?? ''}` }
    const refined = await refineVersion({ ...context, engines: { ...engines, language: undefined } }, about)
    return {
      ...(await tellPreview(context, about, refined)),
      sentence: about.sentence,
      colours: colours.map(({ colour: { id: colour, name }, share }) => ({ id: colour, name, share })),
    }
  },
})
