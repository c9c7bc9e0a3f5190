/** What is held on persons is taken away without touching what was counted, made or owed. */
import type { Actor } from '../../../core/actor.ts'
import { DAY } from '../../../core/values.ts'
import { forgetLetters, forgetLettersAbout, forgetOldLetters, forgetWhatWasSaid } from '../../../db/persons.ts'
import { record } from '../../../db/security-log.ts'
import { keyOf, noteAsked, readAsked } from './asked.ts'
import { plan, type Erasure, type PeopleContext } from './planning.ts'
import { rekeyOnce } from './rekeying.ts'

const SLICE = 200

/** Make everything of a person nobody's, but for what is under way. */
export async function erase(context: PeopleContext, actor: Actor, email: string): Promise<Erasure> {
  const { db, clock, engines, holders } = context
  const person = keyOf(engines.vault, email)
  const now = clock.now()
  let gone: string[] = []
  const result = await db.write(async (tx) => {
    const { held, letters, kept, erased } = await plan(tx, holders, email, engines.vault)
    for (const { of } of held) await of.forget(tx, now)
    gone = await forgetLetters(tx, letters)
    await forgetWhatWasSaid(tx, email)
    await noteAsked(tx, { [person]: { at: now.toISOString() } }, actor, now)
    const rows = Object.values(erased).reduce((sum, n) => sum + n, 0)
    await record(tx, { act: 'people.erased', by: actor, on: `person:${person}`, details: { rows } }, now)
    return { person, erased, kept }
  })
  await engines.mailer.forget?.(gone)
  return result
}

/**
 * What was under way when somebody asked to be erased, and has ended since. What the same address ordered later is
 * somebody's again and stays. Returns how much.
 */
async function eraseAsked({ db, engines, holders }: PeopleContext, leaving?: AbortSignal): Promise<number> {
  const asked = Object.entries(await readAsked(db.read)).map(([person, { at }]) => [person, at] as const)
  let done = 0
  for (let from = 0; from < asked.length && !leaving?.aborted; from += SLICE) {
    const some = new Map(asked.slice(from, from + SLICE))
    let letters: string[] = []
    done += await db.write(async (tx) => {
      const over: string[] = []
      for (const { forgetEnded } of holders) over.push(...((await forgetEnded?.(tx, some)) ?? []))
      letters = []
      for (const id of over) letters.push(...(await forgetLettersAbout(tx, id)))
      return over.length
    })
    await engines.mailer.forget?.(letters)
  }
  return done
}

/** Whose time is over, slice by slice: ended pre-orders, answered inquiries and sent letters of that age. */
async function eraseOld(
  { db, clock, engines, holders, retentionDays }: PeopleContext,
  leaving?: AbortSignal,
): Promise<number> {
  if (!retentionDays) return 0
  const before = new Date(clock.now().getTime() - retentionDays * DAY)
  for (let done = 0; ;) {
    let letters: string[] = []
    const slice = await db.write(async (tx) => {
      let count = 0
      for (const { forgetOld } of holders) count += (await forgetOld?.(tx, before, SLICE)) ?? 0
      letters = await forgetOldLetters(tx, before, SLICE)
      return count + letters.length
    })
    await engines.mailer.forget?.(letters)
    done += slice
    if (!slice || leaving?.aborted) return done
  }
}

/** A chore: what its time or a person's wish has come for, until the process leaves. Returns how many. */
export const sweep = async (context: PeopleContext, leaving?: AbortSignal): Promise<number> =>
  (await rekeyOnce(context)) + (await eraseAsked(context, leaving)) + (await eraseOld(context, leaving))
