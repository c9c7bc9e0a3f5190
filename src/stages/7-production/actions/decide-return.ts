import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { decideReturn as decide } from '../returning.ts'

/**
 * Whether it may be sent back, with words that its buyer reads. Said twice it is the same.
 * @throws Problem 404, 409 `returns.moved-on`
 */
export const decideReturn = action({
  name: 'production.decide-return',
  scope: 'factories',
  input: byId.extend({ accept: z.boolean(), answer: paragraphs(1, 1000) }),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  run: (context: Context, actor, asked) => context.db.write((tx) => decide(tx, context, actor, asked)),
})
