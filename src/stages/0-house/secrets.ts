import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { DAY, SECOND } from '../../core/values.ts'
import { record } from '../../db/security-log.ts'
import { countSealed, LETTERS, resealPlace, sealOpenLetters, type SealedPlace } from '../../db/sealed.ts'
import type { KeyRing } from '../../engines/ports.ts'
import type { People } from './people.ts'
import type { Context } from '../context.ts'
import { writeSetting } from './store.ts'
import { users } from './tables.ts'
import type { Upkeep } from './upkeep.ts'
import { refused } from './messages.ts'

/** How long links that were signed with the key before hold at most, unless another day is named. */
const LINK_DAYS = 180
/** Until every process has noticed a new key it may go on writing under the one before; see `openKeyFile`. */
const NOTICED_MS = 1.5 * SECOND
/** How often what others wrote meanwhile is looked for. */
const MOST_PASSES = 5
const SETTING = 'secrets'

export interface KeyView {
  id: string
  /** Seals and signs from now on; the others are only read. */
  writes: boolean
  /** Links signed with it hold until then; null: as long as the key is there. */
  linksUntil: Date | null
  /** How many texts lie under it, by kind. */
  sealed: Record<string, number>
}

export interface Rotation {
  /** The key that everything lies under now. */
  key: string
  /** Made by this call; false where one that was made before was carried on with. */
  fresh: boolean
  /** Texts that were sealed anew, by kind. */
  resealed: Record<string, number>
  /** Texts under a key that is not there any more; nobody can open them. */
  unreadable: number
  /** What a server that has not noticed the new key wrote under the old one meanwhile: run it again. */
  left: number
  /** Old keys that nothing lies under, that name nobody who asked to be erased, and whose links are over. */
  forgotten: string[]
}

export const rotationSchema = z.strictObject({
  /** Links signed with the key before hold until this day; by default 180 days. */
  linksUntil: z.coerce.date().optional(),
})

export type Secrets = ReturnType<typeof openSecrets>

/** The house's own sealed texts. */
const SECOND_FACTORS: SealedPlace = {
  name: 'second factors',
  table: users,
  id: users.id,
  column: users.secondFactor,
  member: 'secondFactor',
}

/** The master keys: what lies under which, and everything sealed anew under another one while the server works. */
export function openSecrets(
  context: Context,
  ring: KeyRing,
  /** Buyers are told apart by keyed hashes, and so are those who asked to be erased. */
  people: Pick<People, 'rekey' | 'notedUnder'>,
  upkeep: readonly Upkeep[],
) {
  const { db, clock, engines } = context
  const { vault } = engines
  const places = [...upkeep.flatMap(({ sealed = [] }) => sealed), SECOND_FACTORS, LETTERS]

  /** By place, then by key. */
  async function counted(): Promise<Map<string, Map<string, number>>> {
    const counts = new Map<string, Map<string, number>>()
    for (const place of places) counts.set(place.name, await countSealed(db.read, place))
    return counts
  }
  const under = (counts: Awaited<ReturnType<typeof counted>>, id: string) =>
    Object.fromEntries([...counts].map(([name, byKey]) => [name, byKey.get(id) ?? 0]))
  const sum = (values: Iterable<number>) => [...values].reduce((total, each) => total + each, 0)
  /** Texts that could lie under this key and lie under another one that is there. */
  const elsewhere = (counts: Awaited<ReturnType<typeof counted>>, id: string): number => {
    const others = new Set(['v1', ...ring.keys().map((key) => key.id)].filter((key) => key !== id))
    return sum([...others].flatMap((key) => [...counts.values()].map((byKey) => byKey.get(key) ?? 0)))
  }

  /** Is there a key that was made, and work left from the one before? Texts without an id may lie under the only key. */
  async function isUnfinished(): Promise<boolean> {
    return ring.keys().length > 1 && elsewhere(await counted(), vault.writes()) > 0
  }

  /** Add a key, one process at a time: the row's lock is held while the file is changed. */
  async function addKey(actor: Actor, until: Date): Promise<string> {
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
    return made ?? vault.writes()
  }

  return {
    /** Letters of before they were sealed, which still wait: once, when the line is opened. */
    sealOpenLetters: () => sealOpenLetters(db, vault),

    /** Every master key with what lies under it; ids of keys that are missing stand there too. */
    async list(actor: Actor): Promise<KeyView[]> {
      authorize(actor, 'system')
      ring.refresh()
      const counts = await counted()
      const keys = ring.keys()
      const missing = [...new Set([...counts.values()].flatMap((byKey) => [...byKey.keys()]))].filter(
        (id) => !keys.some((key) => key.id === id),
      )
      return [
        ...keys.map(({ id, until }) => ({
          id,
          writes: id === vault.writes(),
          linksUntil: until ?? null,
          sealed: under(counts, id),
        })),
        ...missing.map((id) => ({ id, writes: false, linksUntil: null, sealed: under(counts, id) })),
      ]
    },

    /**
     * Put everything under another master key: make it (where keys are a file of ours), then seal every text anew in
     * slices. Stopped at any moment, it is carried on with by calling it again; the server works meanwhile. Links that
     * were signed with the key before hold until their own end, at most until `linksUntil`.
     * @throws Problem 409 `secrets.given` where the keys come from the environment and there is nothing to seal anew
     */
    async rotate(
      actor: Actor,
      input: z.infer<typeof rotationSchema> = {},
      told: (count: number, name: string) => void = () => {},
    ): Promise<Rotation> {
      authorize(actor, 'system')
      ring.refresh()
      const until = input.linksUntil ?? new Date(clock.now().getTime() + LINK_DAYS * DAY)
      const goesOn = await isUnfinished()
      if (!goesOn && !ring.change && elsewhere(await counted(), vault.writes()) === 0) throw isGiven()
      const fresh = !goesOn && ring.change !== undefined
      const began = performance.now()
      const key = fresh ? await addKey(actor, until) : vault.writes()
      // At once: a buyer whose key is of old would be somebody else, with a whole cap.
      let buyers = await people.rekey()
      const resealed: Record<string, number> = { 'letters in the clear': await sealOpenLetters(db, vault) }
      let unreadable = 0
      let left = 0
      for (let pass = 0; pass < MOST_PASSES; pass++) {
        unreadable = 0
        for (const place of places) {
          const done = await resealPlace(db, place, vault, (count) => told(count, place.name))
          resealed[place.name] = (resealed[place.name] ?? 0) + done.sealed
          unreadable += done.unreadable
        }
        const noticed = performance.now() - began >= NOTICED_MS
        if (!noticed && ring.change) await sleep(NOTICED_MS - (performance.now() - began))
        left = elsewhere(await counted(), key)
        if (left === 0 && (noticed || !ring.change)) break
      }
      buyers += await people.rekey() // of processes that had not noticed the new key yet
      if (buyers) resealed['buyers'] = buyers
      const counts = await counted()
      const noted = await people.notedUnder()
      const now = clock.now()
      const forgotten = ring
        .keys()
        .filter(({ id, until: end }) => id !== key && end && end <= now && sum(Object.values(under(counts, id))) === 0)
        .filter(({ id }) => !noted.has(id))
        .map(({ id }) => id)
      if (forgotten.length) ring.change?.forget(forgotten)
      context.log.info({ key, fresh, resealed, left, forgotten }, 'what is sealed lies under this key')
      return { key, fresh, resealed, unreadable, left, forgotten: ring.change ? forgotten : [] }
    },
  }
}

const isGiven = () => refused('secrets.given')
