import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { named } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { hashOfTerms } from '../sale-terms.ts'
import { currentTerms, insertTerms } from '../store/sale-terms.ts'

export const saleTermsShape = {
  zh: named(paragraphs(1, 20_000), '预售条款（中文）', 'Pre-sale terms, Chinese'),
  en: named(paragraphs(1, 20_000), '预售条款（英文）', 'Pre-sale terms, English'),
} as const

/**
 * The terms of sale are these from now on: a version of their own, with who and when. What was ordered before stays with
 * what its buyer accepted.
 * @throws Problem 409 `sale-terms.moved-on` where somebody else changed them since version `after`
 */
export const changeSaleTerms = action({
  name: 'house.change-sale-terms',
  scope: 'house',
  input: z.object({
    ...saleTermsShape,
    /** The version that was changed; 0: there was none. Left out, whatever there is. */
    after: z.int().min(0).optional(),
  }),
  output: z.looseObject({ version: z.int(), hash: z.string() }),
  run: ({ db, clock }: Context, actor, { zh, en, after }) =>
    db.write(async (tx) => {
      const before = await currentTerms(tx)
      const last = before?.version ?? 0
      const hash = hashOfTerms({ zh, en })
      if (before && before.hash === hash) return before
      const now = clock.now()
      const terms = { version: last + 1, zh, en, hash, at: now, by: actorTag(actor) }
      if ((after !== undefined && after !== last) || !(await insertTerms(tx, terms)))
        throw refused('sale-terms.moved-on')
      await record(tx, { act: 'sale-terms.changed', by: actor, details: { version: terms.version } }, now)
      return terms
    }),
})
