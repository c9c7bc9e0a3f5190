import { action } from '../../action.ts'
import { anObject, onePersonOr } from '../model.ts'
import { asBuyers, notAPerson, plan, readAddress, type PeopleContext, type Preview } from '../people/planning.ts'

/** What erasing would do now, and what would stay and why; nothing is changed. @throws Problem 422 `people.email` */
export const previewErasure = action({
  name: 'people.preview',
  scope: 'system',
  input: onePersonOr,
  refusal: notAPerson,
  output: anObject,
  async run(context: PeopleContext, _actor, { email, asBuyer }): Promise<Preview> {
    const { db, engines, holders } = asBuyers(context, asBuyer)
    const { erased, kept } = await plan(db.read, holders, readAddress(email), engines.vault)
    return { erased, kept }
  },
})
