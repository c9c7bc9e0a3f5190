import { actorTag, authorize, system, type Actor } from '../../core/actor.ts'
import { ERASED, personKey, personKeys } from '../../core/person.ts'
import { DAY, timeOf } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import {
  forgetLetters,
  forgetLettersAbout,
  forgetOldLetters,
  forgetWhatWasSaid,
  letterAddresses,
  lettersOf,
  type MailRow,
} from '../../db/persons.ts'
import { openLetter } from '../../db/sealed.ts'
import { record } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { accountsHeld } from './accounts-held.ts'
import { readSetting, writeSetting } from './store.ts'
import type { Held, HeldAs, HoldsPeople, Kept, Upkeep } from './upkeep.ts'
import { refused } from './messages.ts'

export type { Kept } from './upkeep.ts'

/** The setting that names who asked, by keyed hash. */
export const ASKED = 'erasures'
const SLICE = 200

export interface Erasure {
  /** The keyed hash that stands for the person in logs. */
  person: string
  erased: { preorders: number; inquiries: number; letters: number; accounts: number }
  kept: Kept[]
}

/** What would be erased, and what would stay. */
export type Preview = Omit<Erasure, 'person'>

/**
 * Who asked to be erased, by keyed hash: what ends later is erased then, and what an older backup brings back, again.
 * Each stays under the master key it was noted with, which is kept for that (`notedUnder`).
 */
type Asked = Record<string, { at: string }>

const NEEDED = {
  zh: '该邮件与仍在进行的预订有关，尚未寄出。',
  en: 'It is about an order that is still under way and has not been sent yet.',
}
/** In this order they are told. */
const KEPT: readonly Kept['what'][] = ['preorder', 'letter', 'account', 'factory']

const NOTES = [
  {
    zh: '邮件寄出后，其内容即从数据库清除；此处 text 为空的邮件已寄出（或其主密钥已丢失），内容只在收件人处。等待寄出的邮件附有全文。',
    en: 'What a letter says is cleared from the database when it is sent: where text is empty it was sent (or its master key is lost), and only who received it has the words. Letters that wait are here in full.',
  },
  {
    zh: '浏览量只按款式计数，不记录是谁。被拒的预订请求只保存校验值，30 天后清除。备份在保留期内仍含有此前的数据，恢复后会再次匿名化。',
    en: 'Views are counted for a style, not for persons. Of refused requests only hashes are kept, for 30 days. Backups hold earlier data until they are removed; after a restore it is erased again.',
  },
]

/** @throws Problem 422 on `email` */
function readAddress(email: string): string {
  const typed = email.trim()
  if (/^[^@\s]+@[^@\s]+$/.test(typed)) return typed
  throw refused('people.email', undefined, { field: 'email' })
}

const readAsked = async (db: Reader): Promise<Asked> => ((await readSetting(db, ASKED)) ?? {}) as Asked

async function noteAsked(tx: Tx, more: Asked, actor: Actor, now: Date): Promise<void> {
  await writeSetting(tx, ASKED, { ...(await readAsked(tx)), ...more }, now, actorTag(actor))
}

/** What everybody who holds people holds on this one, under its name; and the letters to them. */
async function findAll(db: Reader, holders: readonly HoldsPeople[], email: string) {
  const held: { as: HeldAs; of: Held }[] = []
  for (const holder of holders) held.push({ as: holder.as, of: await holder.find(db, email) })
  return { held, letters: await lettersOf(db, email) }
}

/** What can go now and what cannot, with the reasons; looks only. */
async function plan(db: Reader, holders: readonly HoldsPeople[], email: string) {
  const { held, letters } = await findAll(db, holders, email)
  const kept = held.flatMap(({ of }) => of.kept)
  const underWay = kept.filter(({ what }) => what === 'preorder').map(({ id }) => id)
  const needed = letters.filter(
    ({ state, dedupeKey }) => state !== 'sent' && underWay.some((id) => dedupeKey.includes(id)),
  )
  const others = letters.filter((row) => !needed.includes(row))
  for (const { id } of needed) kept.push({ what: 'letter', id, why: NEEDED })
  const count = (as: HeldAs) => held.reduce((sum, each) => sum + (each.as === as ? each.of.erasable : 0), 0)
  return {
    held,
    letters: others,
    kept: kept.toSorted((a, b) => KEPT.indexOf(a.what) - KEPT.indexOf(b.what)),
    erased: {
      preorders: count('preorders'),
      inquiries: count('inquiries'),
      letters: others.length,
      accounts: count('accounts'),
    },
  }
}

export type People = ReturnType<typeof openPeople>

/** What is held on a person: handed out, and taken away without touching what was counted, made or owed. */
export function openPeople(
  context: Context,
  { retentionDays, upkeep }: { retentionDays: number; upkeep: readonly Upkeep[] },
) {
  const { db, clock, engines } = context
  const holders = [...upkeep.flatMap(({ people }) => people ?? []), accountsHeld]
  const keyOf = (email: string): string => personKey(engines.vault, email)
  /** When somebody asked to be erased last, under whichever master key it was noted. */
  const askedAt = (asked: Asked, email: string): string | undefined =>
    personKeys(engines.vault, email)
      .flatMap((key) => (Object.hasOwn(asked, key) ? [asked[key]?.at ?? ''] : []))
      .toSorted()
      .at(-1)

  async function erase(actor: Actor, email: string): Promise<Erasure> {
    const person = keyOf(email)
    const now = clock.now()
    let gone: string[] = []
    const result = await db.write(async (tx) => {
      const { held, letters, kept, erased } = await plan(tx, holders, email)
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
  async function eraseAsked(): Promise<number> {
    const asked = Object.entries(await readAsked(db.read)).map(([person, { at }]) => [person, at] as const)
    let done = 0
    for (let from = 0; from < asked.length; from += SLICE) {
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
  async function eraseOld(): Promise<number> {
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
      if (!slice) return done
      done += slice
    }
  }

  /** Keys of buyers as an earlier version or an earlier master secret made them become those of now, slice by slice. */
  async function rekey(): Promise<number> {
    const current = `${engines.vault.writes()}.`
    for (let done = 0; ;) {
      const moved = await db.write(async (tx) => {
        const emails: string[] = []
        for (const holder of holders) emails.push(...((await holder.rekey?.(tx, current, keyOf, SLICE)) ?? []))
        // Whoever asked to be erased has asked under the new key too: what is under way still goes when it ends.
        const asked = await readAsked(tx)
        const again: Asked = {}
        for (const email of emails) {
          const at = askedAt(asked, email)
          if (at !== undefined && (asked[keyOf(email)]?.at ?? '') < at) again[keyOf(email)] = { at }
        }
        if (Object.keys(again).length) await noteAsked(tx, again, system('people'), clock.now())
        return emails.length
      })
      if (!moved) return done
      done += moved
    }
  }

  /** The words of letters that are still here: those that wait are opened, those kept in the mail folder read. */
  async function wordsOf(letters: readonly MailRow[]) {
    const words = new Map<string, { subject: string; text: string }>()
    const sent = letters.filter(({ state }) => state === 'sent').map(({ id }) => id)
    for (const { id, subject, text } of (await engines.mailer.kept?.(sent)) ?? []) words.set(id, { subject, text })
    for (const row of letters) {
      if (row.state === 'sent' || row.body === '') continue
      try {
        const { subject, body } = openLetter(engines.vault, row)
        words.set(row.id, { subject, text: body })
      } catch {
        // Its master key is lost: nobody can read it any more, and the note says so.
      }
    }
    return words
  }

  return {
    rekey,

    /** How many erasures were noted under each master key: one that names somebody is not thrown away. */
    async notedUnder(): Promise<ReadonlyMap<string, number>> {
      const counts = new Map<string, number>()
      for (const person of Object.keys(await readAsked(db.read))) {
        const id = person.split('.')[0] ?? ''
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
      return counts
    },

    /** For how many days what ended keeps its names; 0 = until somebody asks. */
    retentionDays,

    /** Everything that is held on a person, for that person. */
    async export(actor: Actor, email: string) {
      authorize(actor, 'system')
      const address = readAddress(email)
      const { held, letters } = await findAll(db.read, holders, address)
      const shown = (as: HeldAs) => held.flatMap((each) => (each.as === as ? each.of.shown : []))
      const rows = letters.length + held.reduce((sum, { of }) => sum + of.shown.length, 0)
      const person = keyOf(address)
      const words = await wordsOf(letters)
      await db.write((tx) =>
        record(tx, { act: 'people.exported', by: actor, on: `person:${person}`, details: { rows } }, clock.now()),
      )
      return {
        email: address,
        at: clock.now().toISOString(),
        preorders: shown('preorders'),
        inquiries: shown('inquiries'),
        letters: letters.map(({ id, to, lang, state, createdAt }) => ({ id, to, lang, state, queuedAt: timeOf(createdAt), subject: words.get(id)?.subject ?? null, text: words.get(id)?.text ?? null })), // prettier-ignore
        accounts: shown('accounts'),
        factoryContacts: shown('factoryContacts'),
        notes: NOTES,
      }
    },

    /** What `erase` would do now, and what would stay and why; nothing is changed. */
    async preview(actor: Actor, email: string): Promise<Preview> {
      authorize(actor, 'system')
      const { erased, kept } = await plan(db.read, holders, readAddress(email))
      return { erased, kept }
    },

    /**
     * Make everything of a person nobody's. What is under way stays, is named with its reason, and goes when it ends.
     * Asked again, it does what is left to do. The same address that orders later is somebody new.
     */
    async erase(actor: Actor, email: string): Promise<Erasure> {
      authorize(actor, 'system')
      return erase(actor, readAddress(email))
    },

    /** Those who asked to be erased in another database: the one that a backup replaced. */
    async alsoAsked(actor: Actor, asked: Asked): Promise<number> {
      authorize(actor, 'system')
      if (!Object.keys(asked).length) return 0
      const known = new Set<string>(await letterAddresses(db.read))
      for (const { addresses } of holders) for (const email of (await addresses?.(db.read)) ?? []) known.add(email)
      const again = [...known].filter((email) => email !== ERASED && askedAt(asked, email) !== undefined)
      for (const email of again) await erase(actor, email)
      return again.length
    },
    asked: () => readAsked(db.read),

    /** A chore: what its time or a person's wish has come for. Returns how many. */
    sweep: async (): Promise<number> => (await rekey()) + (await eraseAsked()) + (await eraseOld()),
  }
}
