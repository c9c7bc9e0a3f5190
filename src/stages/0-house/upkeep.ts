/**
 * What the house asks of every stage to look after the whole. It lies below them all and knows none of their tables: a
 * stage says what is its own in its `upkeep.ts`, and the composition root hands the house the list of them.
 */
import type { Localized } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import type { SealedPlace } from '../../db/sealed.ts'

export interface Upkeep {
  /** How much there is: a number, or numbers by state. */
  counts(db: Reader): Promise<Readonly<Record<string, number | Readonly<Record<string, number>>>>>
  /** Names of those who act, by the kind that stands before the colon of their tag in the log. */
  names?: Readonly<Record<string, NamesOf>>
  /** Every stored file that the stage's rows name. */
  files?(db: Reader): Promise<Iterable<string>>
  /** Columns of sealed texts. One that is named nowhere is lost when a master key is taken away. */
  sealed?: readonly SealedPlace[]
  /** Rows that name persons. */
  people?: HoldsPeople
}

/** Something that stays for now, and why. */
export interface Kept {
  what: 'preorder' | 'letter' | 'account' | 'factory'
  id: string
  why: Localized
}

/** What a stage holds on one person. */
export interface Held {
  /** As it is handed out. */
  shown: readonly Readonly<Record<string, unknown>>[]
  /** How much of it can go now. */
  erasable: number
  /** What cannot yet; letters about it stay too. */
  kept: readonly Kept[]
  /** Let go what can. */
  forget(tx: Tx, now: Date): Promise<unknown>
}

/** Under which name it is handed out and counted. */
export type HeldAs = 'preorders' | 'inquiries' | 'accounts' | 'factoryContacts'

/** How a stage hands out and lets go what it holds on persons, without touching what was counted, made or owed. */
export interface HoldsPeople {
  as: HeldAs
  /** Looks only. */
  find(db: Reader, email: string): Promise<Held>
  /** Every address it holds of people outside the house, for finding those who asked to be erased. */
  addresses?(db: Reader): Promise<readonly string[]>
  /** What has ended since its owner asked, by their key. @returns the ids of what went */
  forgetEnded?(tx: Tx, asked: ReadonlyMap<string, string>): Promise<readonly string[]>
  /** A slice of that whose time is over. @returns how much it found */
  forgetOld?(tx: Tx, before: Date, limit: number): Promise<number>
  /** A slice of persons' keys that do not begin with `current`. @returns the addresses of those it changed */
  rekey?(tx: Tx, current: string, keyOf: (email: string) => string, limit: number): Promise<readonly string[]>
}

export type NamesOf = (db: Reader, ids: string[]) => Promise<readonly { id: string; name: string }[]>

type Together<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never

/** The counts of all of them in one object. */
export type CountsOf<U extends readonly Upkeep[]> = Together<Awaited<ReturnType<U[number]['counts']>>> & object

export async function countAll<const U extends readonly Upkeep[]>(db: Reader, upkeep: U): Promise<CountsOf<U>> {
  const counts = await Promise.all(upkeep.map((stage) => stage.counts(db)))
  return Object.assign({}, ...counts) as CountsOf<U>
}
