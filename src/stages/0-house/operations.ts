import { authorize, type Actor } from '../../core/actor.ts'
import { lettersStuck, retryLetters } from '../../db/mailbox.ts'
import { retryParked, troublesAbout, type StandingTrouble } from '../../db/outbox.ts'
import type { Context, Subject } from '../context.ts'
import { words } from './messages.ts'
import { changeHouse, readHouse, unusableSettings } from './house.ts'
import {
  countParked,
  countWaitingLetters,
  eventPage,
  keyNames,
  parkedDeliveries,
  userNames,
} from './store/operations.ts'
import { countAll, type NamesOf, type Upkeep } from './upkeep.ts'

/** What an operator looks at and does beside the line: the log of events, parked work, the house's rules. */
export function openOperations<const U extends readonly Upkeep[]>(context: Context, upkeep: U) {
  const { db, clock } = context
  const namesOf: Readonly<Record<string, NamesOf>> = Object.assign(
    { user: userNames, key: keyNames },
    ...upkeep.map(({ names }) => names),
  )

  return {
    house: () => readHouse(db.read),
    /** Stored settings that cannot be used, with what stands in for each. */
    unusableSettings: () => unusableSettings(db.read),
    changeHouse: (actor: Actor, change: unknown) => changeHouse(context, actor, change),

    /** The audit log, newest first. */
    async events(actor: Actor, page: { name?: string | undefined; before?: string | undefined; limit: number }) {
      authorize(actor, 'line:read')
      return eventPage(db.read, page)
    },

    /** Names of accounts, keys and factories by their tag in the log; others (the system, buyers) have none. */
    async names(actor: Actor, tags: Iterable<string>): Promise<Map<string, string>> {
      authorize(actor, 'line:read')
      const all = [...new Set(tags)]
      const named = await Promise.all(
        Object.entries(namesOf).map(async ([kind, read]) => {
          const ids = all.filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => tag.slice(kind.length + 1))
          if (!ids.length) return []
          return (await read(db.read, ids)).map(({ id, name }) => [`${kind}:${id}`, name] as const)
        }),
      )
      return new Map(named.flat())
    },

    /** Deliveries that failed too often and wait for a person. */
    async parked(actor: Actor, limit = 100) {
      authorize(actor, 'line:read')
      return parkedDeliveries(db.read, limit)
    },

    /** What failed for good about something people look at, in words; gone once it is tried again. */
    async troubles(actor: Actor, about: Subject): Promise<StandingTrouble[]> {
      authorize(actor, 'read')
      const [reactions, stuck] = await Promise.all([troublesAbout(db.read, about), lettersStuck(db.read, about)])
      if (!stuck) return reactions
      return [...reactions, { deliveryId: '', trouble: words.all('letters-stuck', { n: stuck }), letters: about }]
    },

    /** Letters about something that could not be sent are due again. @returns how many there were */
    async retryLetters(actor: Actor, about: string): Promise<number> {
      authorize(actor, 'campaigns')
      return retryLetters(db, about, clock.now())
    },

    async retry(actor: Actor, ids: readonly string[]): Promise<number> {
      authorize(actor, 'system')
      return retryParked(db, ids, clock.now())
    },

    /** Counts of each stage: the overview page, the demo's last line, the metrics. */
    async counts() {
      const [stages, parked, letters] = await Promise.all([
        countAll(db.read, upkeep),
        countParked(db.read),
        countWaitingLetters(db.read),
      ])
      return Object.assign(stages, { parkedDeliveries: parked, waitingLetters: letters })
    },
  }
}
