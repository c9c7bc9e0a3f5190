import { system } from '../../../core/actor.ts'
import { askedAt, keyOf, noteAsked, readAsked, type Asked } from './asked.ts'
import type { PeopleContext } from './planning.ts'

const SLICE = 200

/** Keys of buyers as an earlier version or an earlier master secret made them become those of now, slice by slice. */
export async function rekey({ db, clock, engines: { vault }, holders }: PeopleContext): Promise<number> {
  const current = `${vault.writes()}.`
  for (let done = 0; ;) {
    const moved = await db.write(async (tx) => {
      const emails: string[] = []
      const now = (email: string) => keyOf(vault, email)
      for (const holder of holders) emails.push(...((await holder.rekey?.(tx, current, now, SLICE)) ?? []))
      // Whoever asked to be erased has asked under the new key too: what is under way still goes when it ends.
      const asked = await readAsked(tx)
      const again: Asked = {}
      for (const email of emails) {
        const at = askedAt(vault, asked, email)
        if (at !== undefined && (asked[now(email)]?.at ?? '') < at) again[now(email)] = { at }
      }
      if (Object.keys(again).length) await noteAsked(tx, again, system('people'), clock.now())
      return emails.length
    })
    if (!moved) return done
    done += moved
  }
}
