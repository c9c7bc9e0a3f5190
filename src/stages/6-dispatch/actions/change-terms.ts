import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { changedFields } from '../../../core/canonical.ts'
import { record as note } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { dispatchTermsChange, type DispatchTerms } from '../model.ts'
import { readTerms, writeTerms } from '../store.ts'

/** Change the house's terms towards factories: where goods go, penalties, shares. */
export const changeTerms = action({
  name: 'dispatch.change-terms',
  refusal: 'dispatch.terms',
  scope: 'house',
  input: dispatchTermsChange,
  output: z.looseObject({}),
  run: ({ db, clock }: Context, actor, change) =>
    db.write(async (tx) => {
      const before = await readTerms(tx)
      const terms = { ...before, ...change } as DispatchTerms
      await writeTerms(tx, terms, clock.now(), actorTag(actor))
      const fields = changedFields(before, terms)
      if (fields.length) await note(tx, { act: 'terms.changed', by: actor, details: { fields } }, clock.now())
      return terms
    }),
})
