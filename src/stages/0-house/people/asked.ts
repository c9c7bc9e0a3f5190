/** Who asked to be erased: the setting that names them, by keyed hash. */
import { actorTag, type Actor } from '../../../core/actor.ts'
import { personKey, personKeys } from '../../../core/person.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import type { Vault } from '../../../engines/ports.ts'
import { readSetting, writeSetting } from '../store.ts'

export const ASKED = 'erasures'

/**
 * What ends later is erased then, and what an older backup brings back, again. Each stays under the master key it was
 * noted with, which is kept for that (`notedUnder`).
 */
export type Asked = Record<string, { at: string }>

export const keyOf = (vault: Vault, email: string): string => personKey(vault, email)

export const readAsked = async (db: Reader): Promise<Asked> => ((await readSetting(db, ASKED)) ?? {}) as Asked

export async function noteAsked(tx: Tx, more: Asked, actor: Actor, now: Date): Promise<void> {
  await writeSetting(tx, ASKED, { ...(await readAsked(tx)), ...more }, now, actorTag(actor))
}

/** When somebody asked to be erased last, under whichever master key it was noted. */
export const askedAt = (vault: Vault, asked: Asked, email: string): string | undefined =>
  personKeys(vault, email)
    .flatMap((key) => (Object.hasOwn(asked, key) ? [asked[key]?.at ?? ''] : []))
    .toSorted()
    .at(-1)

/** How many erasures were noted under each master key: one that names somebody is not thrown away. */
export async function notedUnder(db: Reader): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const person of Object.keys(await readAsked(db))) {
    const id = person.split('.')[0] ?? ''
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
