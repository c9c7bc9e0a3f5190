import { NOBODY } from '../../../core/person.ts'
import { timeOf } from '../../../core/values.ts'
import { changeUser, hasOtherAdmin, usersOf } from '../store/accounts.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { words } from '../messages.ts'
import type { HoldsPeople } from '../upkeep.ts'

/** Accounts: closed and nobody's, but for the last that may do everything. */
export const accountsHeld: HoldsPeople = {
  as: 'accounts',
  async find(db, email) {
    const rows = await usersOf(db, email)
    const needed = new Set<string>()
    for (const { id, role, disabledAt } of rows)
      if (role === 'admin' && !disabledAt && !(await hasOtherAdmin(db, id))) needed.add(id)
    const closing = rows.filter(({ id }) => !needed.has(id))
    return {
      shown: rows.map(({ id, email: typed, name, role, lang, createdAt, disabledAt }) => ({ id, email: typed, name, role, lang, createdAt: timeOf(createdAt), disabledAt: timeOf(disabledAt) })), // prettier-ignore
      erasable: closing.length,
      kept: [...needed].map((id) => ({ what: 'account', id, why: words.all('kept.last-admin') })),
      async forget(tx, now) {
        for (const { id, disabledAt } of closing) {
          await deleteSessionsOf(tx, id)
          await changeUser(tx, id, {
            email: `${id}@erased.invalid`,
            name: NOBODY,
            passwordHash: '',
            secondFactor: null,
            disabledAt: disabledAt ?? now,
          })
        }
      },
    }
  },
}
