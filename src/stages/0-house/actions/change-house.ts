import { actorTag } from '../../../core/actor.ts'
import { changedFields } from '../../../core/canonical.ts'
import { fieldOf, sayIssue } from '../../../core/issues.ts'
import { spokenField } from '../../../core/parse.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { houseChange, houseSchema, readHouse, writeHouse } from '../house.ts'
import { refused } from '../messages.ts'

/** Change some of the house's rules; what is already approved or on sale keeps the rules it was made with. */
export const changeHouse = action({
  name: 'house.change',
  scope: 'house',
  input: houseChange,
  output: houseSchema,
  refusal({ issues: [issue] }) {
    const field = fieldOf(issue)
    const why = { en: issue ? sayIssue(issue, 'en') : '', zh: issue ? sayIssue(issue, 'zh') : '' }
    return refused('house.invalid', { field: spokenField(houseChange, issue?.path ?? []), why }, { field })
  },
  run: ({ db, clock }: Context, actor, change) =>
    db.write(async (tx) => {
      // What could not be used is written over by what was used in its place.
      const before = await readHouse(tx)
      const house = houseSchema.parse({ ...before, ...change })
      const now = clock.now()
      await writeHouse(tx, house, now, actorTag(actor))
      const fields = changedFields(before, house)
      if (fields.length) await record(tx, { act: 'house.changed', by: actor, details: { fields } }, now)
      return house
    }),
})
