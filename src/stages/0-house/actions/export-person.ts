import { timeOf } from '../../../core/values.ts'
import type { MailRow } from '../../../db/persons.ts'
import { openLetter } from '../../../db/sealed.ts'
import { record } from '../../../db/security-log.ts'
import type { Engines } from '../../../engines/ports.ts'
import { action } from '../../action.ts'
import { words } from '../messages.ts'
import { anObject, onePersonOr } from '../model.ts'
import { keyOf } from '../people/asked.ts'
import { asBuyers, findAll, notAPerson, readAddress, type PeopleContext } from '../people/planning.ts'
import type { HeldAs } from '../upkeep.ts'

/** The words of letters that are still here: those that wait are opened, those kept in the mail folder read. */
async function wordsOf({ mailer, vault }: Engines, letters: readonly MailRow[]) {
  const found = new Map<string, { subject: string; text: string }>()
  const sent = letters.filter(({ state }) => state === 'sent').map(({ id }) => id)
  for (const { id, subject, text } of (await mailer.kept?.(sent)) ?? []) found.set(id, { subject, text })
  for (const row of letters) {
    if (row.state === 'sent' || row.body === '') continue
    try {
      const { subject, body } = openLetter(vault, row)
      found.set(row.id, { subject, text: body })
    } catch {
      // Its master key is lost: nobody can read it any more, and the note says so.
    }
  }
  return found
}

/** Everything that is held on a person, for that person. @throws Problem 422 `people.email` */
export const exportPerson = action({
  name: 'people.export',
  scope: 'system',
  input: onePersonOr,
  refusal: notAPerson,
  output: anObject,
  async run(context: PeopleContext, actor, { email, asBuyer }) {
    const { db, clock, engines, holders } = asBuyers(context, asBuyer)
    const address = readAddress(email)
    const { held, letters } = await findAll(db.read, holders, address, engines.vault)
    const shown = (as: HeldAs) => held.flatMap((each) => (each.as === as ? each.of.shown : []))
    const rows = letters.length + held.reduce((sum, { of }) => sum + of.shown.length, 0)
    const on = `person:${keyOf(engines.vault, address)}`
    const said = await wordsOf(engines, letters)
    await db.write((tx) => record(tx, { act: 'people.exported', by: actor, on, details: { rows } }, clock.now()))
    return {
      email: address,
      at: clock.now().toISOString(),
      preorders: shown('preorders'),
      parcels: shown('parcels'),
      returns: shown('returns'),
      inquiries: shown('inquiries'),
      letters: letters.map(({ id, to, lang, state, createdAt }) => ({
        id,
        to,
        lang,
        state,
        queuedAt: timeOf(createdAt),
        subject: said.get(id)?.subject ?? null,
        text: said.get(id)?.text ?? null,
      })),
      accounts: shown('accounts'),
      factoryContacts: shown('factoryContacts'),
      partnerContacts: shown('partnerContacts'),
      notes: [words.all('held.letters'), words.all('held.elsewhere')],
    }
  },
})
