import { setTimeout as sleep } from 'node:timers/promises'
import { actorTag, type Actor } from '../../../core/actor.ts'
import { SECOND } from '../../../core/values.ts'
import { resealPlace } from '../../../db/sealed.ts'
import { record } from '../../../db/security-log.ts'
import { notedUnder } from '../people/asked.ts'
import { writeSetting } from '../store.ts'
import { countAllSealed, countElsewhere, sumUnder, type SecretsContext } from './sealing.ts'

/** Until every process has noticed a new key it may go on writing under the one before; see `openKeyFile`. */
const NOTICED_MS = 1.5 * SECOND
/** How often what others wrote meanwhile is looked for. */
const MOST_PASSES = 5
const SETTING = 'secrets'

/** How many of a kind were sealed anew so far. */
export type Told = (count: number, name: string) => void

/** Is there a key that was made, and work left from the one before? Texts without an id may lie under the only key. */
export async function isUnfinished(context: SecretsContext): Promise<boolean> {
  const { ring, engines } = context
  return ring.keys().length > 1 && countElsewhere(context, await countAllSealed(context), engines.vault.writes()) > 0
}

/** Add a key, one process at a time: the row's lock is held while the file is changed. */
export async function addKey({ db, clock, ring, engines }: SecretsContext, actor: Actor, until: Date): Promise<string> {
  let made: string | undefined
  const now = clock.now()
  await db.write(
    async (tx) => {
      await writeSetting(tx, SETTING, {}, now, actorTag(actor))
      // Run once more after a conflict, it has its key already.
      made ??= ring.change?.add(until)
      await writeSetting(tx, SETTING, { key: made }, now, actorTag(actor))
      if (made) await record(tx, { act: 'secrets.rotated', by: actor, details: { key: made } }, now)
    },
    { atomic: true },
  )
  return made ?? engines.vault.writes()
}

/**
 * Every text under this key, slice by slice, until nothing is left of what others wrote meanwhile.
 * @param resealed is added to, by kind
 */
export async function resealAll(
  context: SecretsContext,
  key: string,
  resealed: Record<string, number>,
  told: Told,
): Promise<{ unreadable: number; left: number }> {
  const { db, ring, places, engines } = context
  const began = performance.now()
  let unreadable = 0
  let left = 0
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    unreadable = 0
    for (const place of places) {
      const done = await resealPlace(db, place, engines.vault, (count) => told(count, place.name))
      resealed[place.name] = (resealed[place.name] ?? 0) + done.sealed
      unreadable += done.unreadable
    }
    const noticed = performance.now() - began >= NOTICED_MS
    if (!noticed && ring.change) await sleep(NOTICED_MS - (performance.now() - began))
    left = countElsewhere(context, await countAllSealed(context), key)
    if (left === 0 && (noticed || !ring.change)) break
  }
  return { unreadable, left }
}

/** Old keys that nothing lies under, that name nobody who asked to be erased, and whose links are over, are forgotten. */
export async function forgetOldKeys(context: SecretsContext, key: string): Promise<string[]> {
  const { db, clock, ring } = context
  const counts = await countAllSealed(context)
  const noted = await notedUnder(db.read)
  const now = clock.now()
  const over = ring
    .keys()
    .filter(({ id, until }) => id !== key && until && until <= now && sumUnder(counts, id) === 0 && !noted.has(id))
    .map(({ id }) => id)
  if (over.length) ring.change?.forget(over)
  return over
}
