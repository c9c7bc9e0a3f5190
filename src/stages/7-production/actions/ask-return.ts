import { z } from 'zod'
import { paragraphs } from '../../../core/typed.ts'
import { byLink, preorderBehind, preorderLines } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { askReturn as ask } from '../returning.ts'
import { FITS, RETURN_KINDS, RETURN_REASONS } from '../shipping.ts'

/**
 * A buyer who has received theirs asks to send something of it back, or to have it exchanged, within the house's days.
 * @throws Problem 404, 410 for the link; 409 `returns.may-not`; 422 beside the field
 */
export const askReturn = action({
  name: 'production.ask-return',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink.extend({
    kind: z.enum(RETURN_KINDS),
    reason: z.enum(RETURN_REASONS),
    lines: preorderLines.describe('What is sent back.'),
    fits: z
      .record(z.string().max(40), z.enum(FITS))
      .optional()
      .describe('Where the size is wrong: too small or too large, by point of measure.'),
    want: preorderLines.optional().describe('In exchange, as many pieces.'),
    words: paragraphs(0, 1000).optional(),
  }),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  async run(context: Context, _actor, { id, token, ...asked }) {
    const preorder = await preorderBehind(context, id, token)
    const { id: returnId, state } = await context.db.write((tx) => ask(tx, context, preorder, asked))
    return { id: returnId, state }
  },
})
