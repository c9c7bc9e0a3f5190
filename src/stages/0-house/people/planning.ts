/** What is held on a person, what of it can go now, and what cannot: looks only. */
import { BY_TEXT } from '../../../core/person.ts'
import { readPhone } from '../../../core/phone.ts'
import type { Reader } from '../../../db/database.ts'
import { lettersOf } from '../../../db/persons.ts'
import type { Sealer } from '../../../db/sealed.ts'
import type { Context } from '../../context.ts'
import { refused, words } from '../messages.ts'
import type { Held, HeldAs, HoldsPeople, Kept, Upkeep } from '../upkeep.ts'
import { accountsHeld } from './accounts-held.ts'

export interface PeopleContext extends Context {
  /** For how many days what ended keeps its names; 0 = until somebody asks. */
  retentionDays: number
  holders: readonly HoldsPeople[]
}

export const peopleContext = (
  context: Context,
  { retentionDays, upkeep }: { retentionDays: number; upkeep: readonly Upkeep[] },
): PeopleContext => ({
  ...context,
  retentionDays,
  holders: [...upkeep.flatMap(({ people }) => people ?? []), accountsHeld],
})

export interface Erasure {
  /** The keyed hash that stands for the person in logs. */
  person: string
  erased: { preorders: number; inquiries: number; letters: number; accounts: number }
  kept: Kept[]
}

/** What would be erased, and what would stay. */
export type Preview = Omit<Erasure, 'person'>

/** In this order they are told. */
const KEPT: readonly Kept['what'][] = ['preorder', 'letter', 'account', 'factory', 'partner']

export const notAPerson = () => refused('people.email', undefined, { field: 'email' })

/** @throws Problem 422 on `email` */
export function readAddress(email: string): string {
  const typed = email.trim()
  if (/^[^@\s]+@[^@\s]+$/.test(typed)) return typed
  // Whoever ordered by telephone is known by it.
  const read = readPhone(typed.startsWith(BY_TEXT) ? typed.slice(BY_TEXT.length) : typed, 'CN')
  if (read) return `${BY_TEXT}${read.phone}`
  throw notAPerson()
}

/** What a buyer sees and may let go of by a link: no account, and no factory. */
export const asBuyers = <C extends Pick<PeopleContext, 'holders'>>(context: C, asBuyer: boolean): C =>
  asBuyer
    ? { ...context, holders: context.holders.filter(({ as }) => as === 'preorders' || as === 'inquiries') }
    : context

/** What everybody who holds people holds on this one, under its name; and the letters to them. */
export async function findAll(db: Reader, holders: readonly HoldsPeople[], email: string, vault: Sealer) {
  const held: { as: HeldAs; of: Held }[] = []
  for (const holder of holders) held.push({ as: holder.as, of: await holder.find(db, email, vault) })
  return { held, letters: await lettersOf(db, email) }
}

/** What can go now and what cannot, with the reasons. */
export async function plan(db: Reader, holders: readonly HoldsPeople[], email: string, vault: Sealer) {
  const { held, letters } = await findAll(db, holders, email, vault)
  const kept = held.flatMap(({ of }) => of.kept)
  const underWay = kept.filter(({ what }) => what === 'preorder').map(({ id }) => id)
  const needed = letters.filter(
    ({ state, dedupeKey }) => state !== 'sent' && underWay.some((id) => dedupeKey.includes(id)),
  )
  const others = letters.filter((row) => !needed.includes(row))
  for (const { id } of needed) kept.push({ what: 'letter', id, why: words.all('kept.needed') })
  const count = (as: HeldAs) => held.reduce((sum, each) => sum + (each.as === as ? each.of.erasable : 0), 0)
  return {
    held,
    letters: others,
    kept: kept.toSorted((a, b) => KEPT.indexOf(a.what) - KEPT.indexOf(b.what)),
    erased: {
      preorders: count('preorders'),
      inquiries: count('inquiries'),
      letters: others.length,
      accounts: count('accounts'),
    },
  }
}
