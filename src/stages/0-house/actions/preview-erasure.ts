import { action } from '../../action.ts'
import { anObject, onePerson } from '../model.ts'
import { notAPerson, plan, readAddress, type PeopleContext, type Preview } from '../people/planning.ts'

/** What erasing would do now, and what would stay and why; nothing is changed. @throws Problem 422 `people.email` */
export const previewErasure = action({
  name: 'people.preview',
  scope: 'system',
  input: onePerson,
  refusal: notAPerson,
  output: anObject,
  async run({ db, engines, holders }: PeopleContext, _actor, { email }): Promise<Preview> {
    const { erased, kept } = await plan(db.read, holders, readAddress(email), engines.vault)
    return { erased, kept }
  },
})
