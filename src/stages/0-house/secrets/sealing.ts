/** What lies under which master key. */
import { countSealed, LETTERS, type SealedPlace } from '../../../db/sealed.ts'
import type { KeyRing } from '../../../engines/ports.ts'
import type { Context } from '../../context.ts'
import type { HoldsPeople, Upkeep } from '../upkeep.ts'
import { users } from '../tables.ts'

/** The house's own sealed texts. */
const SECOND_FACTORS: SealedPlace = {
  name: 'second factors',
  table: users,
  id: users.id,
  column: users.secondFactor,
  member: 'secondFactor',
}

export interface SecretsContext extends Context {
  ring: KeyRing
  places: readonly SealedPlace[]
  /** Buyers are told apart by keyed hashes, and so are those who asked to be erased. */
  retentionDays: number
  holders: readonly HoldsPeople[]
}

export const secretsContext = (
  context: Context & Pick<SecretsContext, 'retentionDays' | 'holders'>,
  ring: KeyRing,
  upkeep: readonly Upkeep[],
): SecretsContext => ({
  ...context,
  ring,
  places: [...upkeep.flatMap(({ sealed = [] }) => sealed), SECOND_FACTORS, LETTERS],
})

/** How many texts lie under which key: by place, then by key. */
export type SealedCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

export async function countAllSealed({ db, places }: SecretsContext): Promise<SealedCounts> {
  const counts = new Map<string, ReadonlyMap<string, number>>()
  for (const place of places) counts.set(place.name, await countSealed(db.read, place))
  return counts
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, each) => total + each, 0)

/** How many texts lie under a key, by place. */
export const countUnder = (counts: SealedCounts, id: string): Record<string, number> =>
  Object.fromEntries([...counts].map(([name, byKey]) => [name, byKey.get(id) ?? 0]))

export const sumUnder = (counts: SealedCounts, id: string): number => sum(Object.values(countUnder(counts, id)))

/** Texts that could lie under this key and lie under another one that is there. */
export function countElsewhere({ ring }: SecretsContext, counts: SealedCounts, id: string): number {
  const others = new Set(['v1', ...ring.keys().map((key) => key.id)].filter((key) => key !== id))
  return sum([...others].flatMap((key) => [...counts.values()].map((byKey) => byKey.get(key) ?? 0)))
}
