import { z } from 'zod'
import { ERASED } from '../../../core/person.ts'
import { letterAddresses } from '../../../db/persons.ts'
import { action } from '../../action.ts'
import { askedAt } from '../people/asked.ts'
import { erase } from '../people/erasing.ts'
import type { PeopleContext } from '../people/planning.ts'

/** Those who asked to be erased in another database: the one that a backup replaced. @returns how many were here again */
export const eraseAgain = action({
  name: 'people.erase-again',
  scope: 'system',
  input: z.object({ asked: z.record(z.string(), z.object({ at: z.string() })) }),
  output: z.int(),
  async run(context: PeopleContext, actor, { asked }) {
    const { db, engines, holders } = context
    if (!Object.keys(asked).length) return 0
    const known = new Set<string>(await letterAddresses(db.read))
    for (const { addresses } of holders) for (const email of (await addresses?.(db.read)) ?? []) known.add(email)
    const again = [...known].filter((email) => email !== ERASED && askedAt(engines.vault, asked, email) !== undefined)
    for (const email of again) await erase(context, actor, email)
    return again.length
  },
})
