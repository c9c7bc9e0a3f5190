import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { HALF_LIFE_DAYS, MOST_LEANING, SAYS, UNDECIDED } from '../designer/preference.ts'
import { preferencesAt } from '../run/preferences.ts'

/** How far what was decided and sold before moves the next designs, attribute by attribute, with the sums behind it. */
export const listPreferences = action({
  name: 'designs.list-preferences',
  scope: 'designs:read',
  input: z.strictObject({}),
  output: z.object({ rule: z.looseObject({}), items: z.array(z.looseObject({})) }),
  async run({ db, clock }: Context) {
    const all = [...(await preferencesAt(db.read, clock.now())).values()]
    const items = all.sort(
      (a, b) =>
        Math.abs(b.factor - 1) - Math.abs(a.factor - 1) || (`${a.key}${a.value}` < `${b.key}${b.value}` ? -1 : 1),
    )
    return {
      rule: { says: SAYS, halfLifeDays: HALF_LIFE_DAYS, undecided: UNDECIDED, most: MOST_LEANING },
      items,
    }
  },
})
