/**
 * What the house asks of every stage to look after the whole. It lies below them all and knows none of their tables: a
 * stage says what is its own in its `upkeep.ts`, and the composition root hands the house the list of them.
 */
import type { Localized } from '../../core/values.ts'
import type { Database, Reader, Tx } from '../../db/database.ts'
import type { SealedPlace, Sealer } from '../../db/sealed.ts'
import { auditTallies, keepTallies, readTallies, type TalliedAs, type TalliesOf } from '../../db/tallies.ts'

export interface Upkeep {
  /** How many rows there are of what may be millions, kept as they come and go; by name. */
  tallied?: TalliedAs
  /** How much there is of what an index counts at once. */
  counts?(db: Reader): Promise<Readonly<Record<string, number>>>
  /** Names of those who act, by the kind that stands before the colon of their tag in the log. */
  names?: Readonly<Record<string, NamesOf>>
  /** Every stored file that the stage's rows name. */
  files?(db: Reader): Promise<Iterable<string>>
  /** Columns of sealed texts. One that is named nowhere is lost when a master key is taken away. */
  sealed?: readonly SealedPlace[]
  /** Rows that name persons. */
  people?: HoldsPeople | readonly HoldsPeople[]
  /** Rows that are put away when they are old and over. */
  prunes?: readonly Prunable[]
  /** Of these subjects (`order:…`, `campaign:…`, `lot:…`) those that are still under way: nothing about them is put away. */
  underWay?(db: Reader, subjects: ReadonlySet<string>): Promise<readonly string[]>
}

export interface PrunePage {
  /** Only what is older. */
  before: Date
  /** The id of the last one seen. */
  after?: string | undefined
  limit: number
}

/** What one row leaves behind. */
export interface OldRow {
  id: string
  /** As it stands in the archive: nobody's name or address, no secret. Without it nothing of it is kept. */
  row?: Readonly<Record<string, unknown>>
  /** What it tells of, as tags. */
  about: readonly string[]
}

/** A kind of rows that only grow. What an order under way, the security log or a dispute needs is none. */
export interface Prunable {
  name: string
  /** Which of the house's times it is kept for. */
  keptAs: 'events' | 'messages' | 'letters' | 'sessions' | 'runs'
  /** Old ones that are over, in the order of their ids. */
  slice(db: Reader, page: PrunePage): Promise<readonly OldRow[]>
  /** Take these out, where they are still over. @returns how many */
  remove(tx: Tx, ids: readonly string[]): Promise<number>
}

/** Something that stays for now, and why. */
export interface Kept {
  what: 'preorder' | 'letter' | 'account' | 'factory' | 'partner'
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
export type HeldAs =
  | 'preorders'
  | 'parcels'
  | 'returns'
  | 'inquiries'
  | 'accounts'
  | 'factoryContacts'
  | 'partnerContacts'

/** How a stage hands out and lets go what it holds on persons, without touching what was counted, made or owed. */
export interface HoldsPeople {
  as: HeldAs
  /** Looks only. @param vault opens what lies sealed */
  find(db: Reader, email: string, vault: Sealer): Promise<Held>
  /** Every address it holds of people outside the house, for finding those who asked to be erased. */
  addresses?(db: Reader): Promise<readonly string[]>
  /** What has ended since its owner asked, by their key. @returns the ids of what went */
  forgetEnded?(tx: Tx, asked: ReadonlyMap<string, string>): Promise<readonly string[]>
  /** A slice of that whose time is over. @returns how much it found */
  forgetOld?(tx: Tx, before: Date, limit: number): Promise<number>
  /**
   * Persons' keys that do not begin with `current` become those of now, however many, a slice in a transaction.
   * @param moved told the addresses of a slice, in its transaction
   * @returns how many persons it changed
   */
  rekey?(
    db: Database,
    keys: { current: string; keyOf: (email: string) => string },
    moved: (tx: Tx, emails: readonly string[]) => Promise<void>,
  ): Promise<number>
}

export type NamesOf = (db: Reader, ids: string[]) => Promise<readonly { id: string; name: string }[]>

type Together<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never

/** The counts of all of them in one object. */
export type CountsOf<U extends readonly Upkeep[]> = Together<CountsIn<U[number]>> & object
type CountsIn<S> = S extends Upkeep
  ? (S extends { tallied: infer T extends TalliedAs } ? TalliesOf<T> : object) &
      (S extends { counts: (db: Reader) => Promise<infer C> } ? C : object)
  : never

/** What is tallied of all stages. */
export const talliedOf = (upkeep: readonly Upkeep[]): TalliedAs =>
  Object.assign({}, ...upkeep.map(({ tallied }) => tallied)) as TalliedAs

const FIELD = 'tallies.'

/** The rule of the audit for them: each held against its rows, as they are in what is handed in, or counted anew. */
export const auditCounts = (tallied: TalliedAs) => ({
  differences: async (db: Reader) =>
    (await auditTallies(db, tallied)).map(({ what, state, kept, counted }) => ({
      campaignId: '',
      field: `${FIELD}${what}`,
      about: state,
      counted: kept,
      ledger: counted,
    })),
  repair: (db: Database, found: readonly { field: string }[]) =>
    keepTallies(db, tallied, new Set(found.map(({ field }) => field.slice(FIELD.length)))),
})

export async function countAll<const U extends readonly Upkeep[]>(db: Reader, upkeep: U): Promise<CountsOf<U>> {
  const [tallies, ...counts] = await Promise.all([
    readTallies(db, talliedOf(upkeep)),
    ...upkeep.map((stage) => stage.counts?.(db)),
  ])
  return Object.assign({}, tallies, ...counts) as CountsOf<U>
}
