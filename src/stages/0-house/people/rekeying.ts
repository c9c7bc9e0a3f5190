import { actorTag, system } from '../../../core/actor.ts'
import type { Tx } from '../../../db/database.ts'
import { readSetting, writeSetting } from '../store.ts'
import { askedAt, keyOf, noteAsked, readAsked, type Asked } from './asked.ts'
import type { PeopleContext } from './planning.ts'

/** The setting that names the master key under which every buyer's key was found to be. */
const KEYED = 'people-keyed'

/** Keys of buyers as an earlier version or an earlier master secret made them become those of now. */
export async function rekey({ db, clock, engines: { vault }, holders }: PeopleContext): Promise<number> {
  const keys = { current: `${vault.writes()}.`, keyOf: (email: string) => keyOf(vault, email) }
  // Whoever asked to be erased has asked under the new key too: what is under way still goes when it ends.
  async function noteAgain(tx: Tx, emails: readonly string[]): Promise<void> {
    const asked = await readAsked(tx)
    const again: Asked = {}
    for (const email of emails) {
      const at = askedAt(vault, asked, email)
      const key = keys.keyOf(email)
      if (at !== undefined && (asked[key]?.at ?? '') < at) again[key] = { at }
    }
    if (Object.keys(again).length) await noteAsked(tx, again, system('people'), clock.now())
  }
  let done = 0
  for (const holder of holders) done += (await holder.rekey?.(db, keys, noteAgain)) ?? 0
  return done
}

/**
 * The same for a start and for looking now and then: where nothing was left to change under today's key, five million
 * pre-orders are not asked again. A new key asks them all (`secrets rotate`).
 */
export async function rekeyOnce(context: PeopleContext): Promise<number> {
  const { db, clock } = context
  const current = context.engines.vault.writes()
  if ((await readSetting(db.read, KEYED)) === current) return 0
  const done = await rekey(context)
  await db.write((tx) => writeSetting(tx, KEYED, current, clock.now(), actorTag(system('people'))), { atomic: true })
  return done
}
