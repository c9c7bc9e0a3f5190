import { z } from 'zod'
import { action } from '../../action.ts'
import { onePersonOr } from '../model.ts'
import { erase } from '../people/erasing.ts'
import { asBuyers, notAPerson, readAddress, type PeopleContext } from '../people/planning.ts'

/**
 * Make everything of a person nobody's. What is under way stays, is named with its reason, and goes when it ends.
 * Asked again, it does what is left to do. The same address that orders later is somebody new.
 * @throws Problem 422 `people.email`
 */
export const erasePerson = action({
  name: 'people.erase',
  scope: 'system',
  input: onePersonOr,
  refusal: notAPerson,
  output: z.object({
    person: z.string(),
    erased: z.object({ preorders: z.int(), inquiries: z.int(), letters: z.int(), accounts: z.int() }),
    kept: z.array(z.object({ what: z.string(), id: z.string(), why: z.object({ zh: z.string(), en: z.string() }) })),
  }),
  run: async (context: PeopleContext, actor, { email, asBuyer }) =>
    erase(asBuyers(context, asBuyer), actor, readAddress(email)),
})
