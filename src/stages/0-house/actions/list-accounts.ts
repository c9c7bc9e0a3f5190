import { z } from 'zod'
import type { Role } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { anObject, noInput } from '../model.ts'
import { allUsers } from '../store/accounts.ts'

/** Everybody who may sign in, or might once; whether with a second factor, never with which. */
export const listAccounts = action({
  name: 'identity.list-accounts',
  scope: 'accounts',
  input: noInput,
  output: z.array(anObject),
  async run({ db }: Context) {
    const rows = await allUsers(db.read)
    return rows.map(({ id, email, name, role, lang, createdAt, disabledAt, secondFactor }) => ({
      id,
      email,
      name,
      role: role as Role,
      lang,
      createdAt,
      disabledAt,
      secondFactor: secondFactor !== null,
    }))
  },
})
