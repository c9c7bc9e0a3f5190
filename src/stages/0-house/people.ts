import { and, asc, eq, inArray, isNotNull, like, lt, ne, not, or, sql } from 'drizzle-orm'
import { actorTag, authorize, system, type Actor } from '../../core/actor.ts'
import { problem } from '../../core/errors.ts'
import { DAY, newId, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { deliveries, mails } from '../../db/tables.ts'
import { campaigns, inquiries } from '../4-storefront/tables.ts'
import { campaignBuyers, preorders } from '../5-demand/tables.ts'
import { factories } from '../6-dispatch/tables.ts'
import { sessions, settings, users } from './tables.ts'
import { openLetter } from '../../db/sealed.ts'
import { record } from '../../db/security-log.ts'
import { normaliseEmail, personKey, personKeys } from '../5-demand/model.ts'
import type { Context } from '../context.ts'

/** Stands where an address was. Nothing is ever sent to it. */
export const ERASED = 'erased@erased.invalid'
const NOBODY = '—'
/** Keys of buyers who are nobody any more. */
const GONE = 'erased.'
/** The setting that names who asked, by keyed hash. */
export const ASKED = 'erasures'
const SLICE = 200
const ENDED = ['fulfilled', 'cancelled', 'released'] as const

/** Something that stays for now, and why. */
export interface Kept {
  what: 'preorder' | 'letter' | 'account' | 'factory'
  id: string
  why: Localized
}

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

const WHY: Record<'waiting' | 'made' | 'letter' | 'last' | 'factory', Localized> = {
  waiting: {
    zh: '预订仍在等待成批，取消或结束后才能匿名化；届时自动处理。如不再需要，请先用邮件中的链接取消。',
    en: 'It still gathers for a lot. It is erased by itself when it ends; cancel it by the link in its letter first if it is not wanted.',
  },
  made: {
    zh: '商品正在生产，发货需要姓名和邮箱；交付或释放后自动匿名化。',
    en: 'It is being made, and name and address are needed to deliver it. It is erased by itself when it has arrived or was let go.',
  },
  letter: {
    zh: '该邮件与仍在进行的预订有关，尚未寄出。',
    en: 'It is about an order that is still under way and has not been sent yet.',
  },
  last: {
    zh: '这是最后一个启用的管理员账号；请先建立另一个。',
    en: 'It is the last admin that works. Make another one first.',
  },
  factory: {
    zh: '这是工厂的联系邮箱，合作期间需要；请在工厂页面改为其他联系人。',
    en: 'It is how a factory is reached. Name another contact on the factory’s page.',
  },
}

export type People = ReturnType<typeof openPeople>

/** What is held on a person: handed out, and taken away without touching what was counted, made or owed. */
export function openPeople(context: Context, { retentionDays }: { retentionDays: number }) {
  const { db, clock, engines } = context
  const keyOf = (email: string): string => personKey(engines.vault, email)
  /** When somebody asked to be erased last, under whichever master key it was noted. */
  const askedAt = (asked: Asked, email: string): string | undefined =>
    personKeys(engines.vault, email)
      .flatMap((key) => (Object.hasOwn(asked, key) ? [asked[key]?.at ?? ''] : []))
      .toSorted()
      .at(-1)

  function checked(email: string): string {
    const typed = email.trim()
    if (/^[^@\s]+@[^@\s]+$/.test(typed)) return typed
    throw problem(
      'people.email',
      422,
      {
        en: 'Give one e-mail address, e.g. somebody@example.com.',
        zh: '请填写一个邮箱地址，例如 somebody@example.com。',
      },
      { field: 'email' },
    )
  }

  /** Addresses in a column that are this person's, however they were typed. */
  const sameDomain = (email: string): string[] => {
    const domain = normaliseEmail(email).split('@')[1] ?? ''
    return domain === 'gmail.com' ? ['%@gmail.com', '%@googlemail.com'] : [`%@${domain}`]
  }
  async function foundIn(tx: Tx | typeof db.read, email: string) {
    const person = normaliseEmail(email)
    const mine = (typed: string) => normaliseEmail(typed) === person
    const domain = (column: typeof mails.to | typeof inquiries.email | typeof users.email | typeof preorders.email) =>
      or(...sameDomain(email).map((pattern) => like(sql`lower(${column})`, pattern)))
    const orders = (await tx.select().from(preorders).where(domain(preorders.email))).filter((row) => mine(row.email))
    const questions = (await tx.select().from(inquiries).where(domain(inquiries.email))).filter((row) => mine(row.email)) // prettier-ignore
    const letters = (await tx.select().from(mails).where(domain(mails.to))).filter((row) => mine(row.to))
    const accounts = (await tx.select().from(users).where(domain(users.email))).filter((row) => mine(row.email))
    const contacts = (await tx.select().from(factories).where(isNotNull(factories.contactEmail))).filter(
      ({ contactEmail }) => contactEmail !== null && mine(contactEmail),
    )
    return { orders, questions, letters, accounts, contacts }
  }

  const askedIn = async (tx: Tx | typeof db.read): Promise<Asked> => {
    const [row] = await tx.select().from(settings).where(eq(settings.key, ASKED))
    return (row?.value ?? {}) as Asked
  }
  async function noteAsked(tx: Tx, more: Asked, actor: Actor): Promise<void> {
    const now = clock.now()
    const value: Asked = { ...(await askedIn(tx)), ...more }
    const set = { value, updatedAt: now, updatedBy: actorTag(actor) }
    await tx.insert(settings).values({ key: ASKED, ...set }).onConflictDoUpdate({ target: settings.key, set }) // prettier-ignore
  }

  /**
   * These pre-orders become nobody's. What they count goes with them to a key that says nothing, so that every counter
   * stays what it was, and a lot keeps its buyers.
   */
  async function anonymise(tx: Tx, rows: readonly (typeof preorders.$inferSelect)[]): Promise<void> {
    const groups = new Map<string, (typeof preorders.$inferSelect)[]>()
    for (const row of rows) {
      const key = `${row.campaignId} ${row.buyerKey}`
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
    for (const group of groups.values()) {
      const [{ campaignId, buyerKey }] = group as [typeof preorders.$inferSelect]
      const nobody = buyerKey.startsWith(GONE) ? buyerKey : `${GONE}${newId()}`
      await tx
        .update(preorders)
        .set({ email: ERASED, name: NOBODY, buyerKey: nobody, requestKey: null })
        .where(
          inArray(
            preorders.id,
            group.map(({ id }) => id),
          ),
        ) // prettier-ignore
        .returning({ id: preorders.id })
      const held = group.reduce((sum, { state, units }) => sum + (state === 'fulfilled' ? units : 0), 0)
      const own = and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey))
      const [before] = nobody === buyerKey ? [] : await tx.select().from(campaignBuyers).where(own)
      if (!before) continue
      await tx.insert(campaignBuyers).values({ campaignId, buyerKey: nobody, units: held }).returning({ key: campaignBuyers.buyerKey }) // prettier-ignore
      const left = await tx.$count(preorders, and(eq(preorders.campaignId, campaignId), eq(preorders.buyerKey, buyerKey))) // prettier-ignore
      if (left)
        await tx
          .update(campaignBuyers)
          .set({ units: before.units - held })
          .where(own)
          .returning({ key: campaignBuyers.buyerKey })
      else await tx.delete(campaignBuyers).where(own).returning({ key: campaignBuyers.buyerKey })
    }
  }

  const forgetQuestions = (tx: Tx, ids: string[], now: Date) =>
    tx
      .update(inquiries)
      .set({
        email: ERASED,
        question: '',
        published: false,
        answeredAt: sql`coalesce(${inquiries.answeredAt}, ${sql.param(now, inquiries.answeredAt)})`,
      })
      .where(inArray(inquiries.id, ids))
      .returning({ id: inquiries.id })

  const forgetLetters = (tx: Tx, ids: string[]) =>
    tx
      .update(mails)
      .set({ to: ERASED, subject: '', body: '', lastError: null })
      .where(inArray(mails.id, ids))
      .returning({ id: mails.id })

  /** The last account that may do everything stays until there is another. */
  async function isNeeded(
    tx: Tx | typeof db.read,
    { id, role, disabledAt }: Pick<typeof users.$inferSelect, 'id' | 'role' | 'disabledAt'>,
  ): Promise<boolean> {
    if (role !== 'admin' || disabledAt) return false
    return !(await tx.$count(users, and(eq(users.role, role), ne(users.id, id), sql`${users.disabledAt} is null`)))
  }

  /** What can go now and what cannot, with the reasons; looks only. */
  async function planned(tx: Tx | typeof db.read, email: string) {
    const kept: Kept[] = []
    const { orders, questions, letters, accounts, contacts } = await foundIn(tx, email)
    const over = orders.filter(({ state }) => (ENDED as readonly string[]).includes(state))
    const open = orders.filter((row) => !over.includes(row))
    for (const { id, state } of open)
      kept.push({ what: 'preorder', id, why: state === 'in-lot' ? WHY.made : WHY.waiting })
    const needed = letters.filter(
      ({ state, dedupeKey }) => state !== 'sent' && open.some(({ id }) => dedupeKey.includes(id)),
    )
    for (const { id } of needed) kept.push({ what: 'letter', id, why: WHY.letter })
    const others = letters.filter((row) => !needed.includes(row))
    const closing: typeof accounts = []
    for (const row of accounts)
      if (await isNeeded(tx, row)) kept.push({ what: 'account', id: row.id, why: WHY.last })
      else closing.push(row)
    for (const { id } of contacts) kept.push({ what: 'factory', id, why: WHY.factory })
    const erased = {
      preorders: over.length,
      inquiries: questions.length,
      letters: others.length,
      accounts: closing.length,
    }
    return { over, questions, others, closing, kept, erased }
  }

  async function erase(actor: Actor, email: string): Promise<Erasure> {
    const person = keyOf(email)
    const now = clock.now()
    const gone: string[] = []
    const result = await db.write(async (tx) => {
      gone.length = 0
      const { over, questions, others, closing, kept, erased } = await planned(tx, email)
      await anonymise(tx, over)
      if (questions.length) await forgetQuestions(tx, questions.map(({ id }) => id), now) // prettier-ignore
      const [sent, unsent] = [others.filter(({ state }) => state === 'sent'), others.filter(({ state }) => state !== 'sent')] // prettier-ignore
      if (sent.length) await forgetLetters(tx, sent.map(({ id }) => id)) // prettier-ignore
      if (unsent.length) await tx.delete(mails).where(inArray(mails.id, unsent.map(({ id }) => id))).returning({ id: mails.id }) // prettier-ignore
      gone.push(...others.map(({ id }) => id))
      for (const { id, disabledAt } of closing) {
        await tx.delete(sessions).where(eq(sessions.userId, id)).returning({ id: sessions.userId })
        await tx
          .update(users)
          .set({
            email: `${id}@erased.invalid`,
            name: NOBODY,
            passwordHash: '',
            secondFactor: null,
            disabledAt: disabledAt ?? now,
          })
          .where(eq(users.id, id))
          .returning({ id: users.id })
      }
      // What a mail server or a failed reaction said may name the address.
      const said = like(sql`lower(${deliveries.lastError})`, `%${email.toLowerCase()}%`)
      await tx.update(deliveries).set({ lastError: NOBODY }).where(said).returning({ id: deliveries.id })
      await noteAsked(tx, { [person]: { at: now.toISOString() } }, actor)
      const rows = Object.values(erased).reduce((sum, n) => sum + n, 0)
      await record(tx, { act: 'people.erased', by: actor, on: `person:${person}`, details: { rows } }, now)
      return { person, erased, kept }
    })
    await engines.mailer.forget?.(gone)
    return result
  }

  /**
   * What was under way when somebody asked to be erased, and has ended since. What the same address ordered later is
   * somebody's again and stays. Returns how many pre-orders.
   */
  async function eraseAsked(): Promise<number> {
    const asked = await askedIn(db.read)
    const persons = Object.keys(asked)
    let done = 0
    for (let at = 0; at < persons.length; at += SLICE) {
      const some = persons.slice(at, at + SLICE)
      const letters: string[] = []
      done += await db.write(async (tx) => {
        letters.length = 0
        const ended = await tx
          .select()
          .from(preorders)
          .where(and(inArray(preorders.buyerKey, some), inArray(preorders.state, [...ENDED])))
        const due = ended.filter(({ buyerKey, placedAt }) => placedAt.toISOString() <= (asked[buyerKey]?.at ?? ''))
        await anonymise(tx, due)
        for (const { id } of due) {
          const about = and(like(mails.dedupeKey, `%${id}%`), ne(mails.state, 'due'), ne(mails.to, ERASED))
          const found = await tx.select({ id: mails.id }).from(mails).where(about)
          if (found.length) await forgetLetters(tx, found.map((letter) => letter.id)) // prettier-ignore
          letters.push(...found.map((letter) => letter.id))
        }
        return due.length
      })
      await engines.mailer.forget?.(letters)
    }
    return done
  }

  /** Whose time is over, slice by slice: ended pre-orders, answered inquiries and sent letters of that age. */
  async function eraseOld(): Promise<number> {
    if (!retentionDays) return 0
    const before = new Date(clock.now().getTime() - retentionDays * DAY)
    let done = 0
    for (;;) {
      const letters: string[] = []
      const slice = await db.write(async (tx) => {
        letters.length = 0
        const old = and(
          inArray(preorders.state, [...ENDED]),
          lt(preorders.endedAt, before),
          ne(preorders.email, ERASED),
          inArray(campaigns.state, ['closed', 'released']),
        )
        const found = await tx
          .select({ campaignId: preorders.campaignId, buyerKey: preorders.buyerKey })
          .from(preorders)
          .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
          .where(old)
          .orderBy(asc(preorders.id))
          .limit(SLICE)
        // Everything of one buyer in one campaign goes together, so that a lot keeps as many buyers as it had.
        for (const { campaignId, buyerKey } of new Map(
          found.map((row) => [`${row.campaignId} ${row.buyerKey}`, row]),
        ).values()) {
          const own = and(eq(preorders.campaignId, campaignId), eq(preorders.buyerKey, buyerKey), inArray(preorders.state, [...ENDED])) // prettier-ignore
          await anonymise(tx, await tx.select().from(preorders).where(own))
        }
        const asked = await tx
          .select({ id: inquiries.id })
          .from(inquiries)
          .where(and(lt(inquiries.answeredAt, before), ne(inquiries.email, ERASED)))
          .limit(SLICE)
        if (asked.length)
          await tx
            .update(inquiries)
            .set({ email: ERASED })
            .where(
              inArray(
                inquiries.id,
                asked.map(({ id }) => id),
              ),
            ) // prettier-ignore
            .returning({ id: inquiries.id })
        const sent = await tx
          .select({ id: mails.id })
          .from(mails)
          .where(and(eq(mails.state, 'sent'), lt(mails.createdAt, before), ne(mails.to, ERASED)))
          .limit(SLICE)
        if (sent.length) await forgetLetters(tx, sent.map(({ id }) => id)) // prettier-ignore
        letters.push(...sent.map(({ id }) => id))
        return found.length + asked.length + sent.length
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
        const rows = await tx
          .selectDistinct({ key: preorders.buyerKey, email: preorders.email })
          .from(preorders)
          .where(
            and(
              not(like(preorders.buyerKey, `${current}%`)),
              not(like(preorders.buyerKey, `${GONE}%`)),
              ne(preorders.email, ERASED),
            ),
          )
          .limit(SLICE)
        const asked = await askedIn(tx)
        const again: Asked = {}
        for (const { key, email } of rows) {
          const fresh = keyOf(email)
          // Whoever asked to be erased has asked under the new key too: what is under way still goes when it ends.
          const at = askedAt(asked, email)
          if (at !== undefined && (asked[fresh]?.at ?? '') < at) again[fresh] = { at }
          await tx.update(preorders).set({ buyerKey: fresh }).where(and(eq(preorders.buyerKey, key), eq(preorders.email, email))).returning({ id: preorders.id }) // prettier-ignore
          const held = await tx.select().from(campaignBuyers).where(eq(campaignBuyers.buyerKey, key))
          for (const { campaignId, units, lotUnits } of held) {
            await tx
              .insert(campaignBuyers)
              .values({ campaignId, buyerKey: fresh, units, lotUnits })
              .onConflictDoUpdate({
                target: [campaignBuyers.campaignId, campaignBuyers.buyerKey],
                set: {
                  units: sql`${campaignBuyers.units} + excluded.units`,
                  lotUnits: sql`${campaignBuyers.lotUnits} + excluded.lot_units`,
                },
              })
            await tx.delete(campaignBuyers).where(and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, key))).returning({ key: campaignBuyers.buyerKey }) // prettier-ignore
          }
        }
        if (Object.keys(again).length) await noteAsked(tx, again, system('people'))
        return rows.length
      })
      if (!moved) return done
      done += moved
    }
  }

  /** The words of letters that are still here: those that wait are opened, those kept in the mail folder read. */
  async function wordsOf(letters: readonly (typeof mails.$inferSelect)[]) {
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
      for (const person of Object.keys(await askedIn(db.read))) {
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
      const address = checked(email)
      const { orders, questions, letters, accounts, contacts } = await foundIn(db.read, address)
      const rows = orders.length + questions.length + letters.length + accounts.length + contacts.length
      const person = keyOf(address)
      const words = await wordsOf(letters)
      await db.write((tx) =>
        record(tx, { act: 'people.exported', by: actor, on: `person:${person}`, details: { rows } }, clock.now()),
      )
      const time = (at: Date | null) => at?.toISOString() ?? null
      return {
        email: address,
        at: clock.now().toISOString(),
        preorders: orders.map(({ id, campaignId, email: typed, name, lang, lines, units, shownPrice, state, lot, placedAt, confirmedAt, endedAt }) => ({ id, campaignId, email: typed, name, lang, lines, units, shownPrice, state, lot, placedAt: time(placedAt), confirmedAt: time(confirmedAt), endedAt: time(endedAt) })), // prettier-ignore
        inquiries: questions.map(({ id, campaignId, email: typed, lang, question, askedAt, answer, answeredAt, published }) => ({ id, campaignId, email: typed, lang, question, askedAt: time(askedAt), answer, answeredAt: time(answeredAt), published })), // prettier-ignore
        letters: letters.map(({ id, to, lang, state, createdAt }) => ({ id, to, lang, state, queuedAt: time(createdAt), subject: words.get(id)?.subject ?? null, text: words.get(id)?.text ?? null })), // prettier-ignore
        accounts: accounts.map(({ id, email: typed, name, role, lang, createdAt, disabledAt }) => ({ id, email: typed, name, role, lang, createdAt: time(createdAt), disabledAt: time(disabledAt) })), // prettier-ignore
        factoryContacts: contacts.map(({ id, name, country, address: lines, contactEmail }) => ({ id, name, country, address: lines, contactEmail })), // prettier-ignore
        notes: [
          {
            zh: '邮件寄出后，其内容即从数据库清除；此处 text 为空的邮件已寄出（或其主密钥已丢失），内容只在收件人处。等待寄出的邮件附有全文。',
            en: 'What a letter says is cleared from the database when it is sent: where text is empty it was sent (or its master key is lost), and only who received it has the words. Letters that wait are here in full.',
          },
          {
            zh: '浏览量只按款式计数，不记录是谁。被拒的预订请求只保存校验值，30 天后清除。备份在保留期内仍含有此前的数据，恢复后会再次匿名化。',
            en: 'Views are counted for a style, not for persons. Of refused requests only hashes are kept, for 30 days. Backups hold earlier data until they are removed; after a restore it is erased again.',
          },
        ],
      }
    },

    /** What `erase` would do now, and what would stay and why; nothing is changed. */
    async preview(actor: Actor, email: string): Promise<Preview> {
      authorize(actor, 'system')
      const { erased, kept } = await planned(db.read, checked(email))
      return { erased, kept }
    },

    /**
     * Make everything of a person nobody's. What is under way stays, is named with its reason, and goes when it ends.
     * Asked again, it does what is left to do. The same address that orders later is somebody new.
     */
    async erase(actor: Actor, email: string): Promise<Erasure> {
      authorize(actor, 'system')
      return erase(actor, checked(email))
    },

    /** Those who asked to be erased in another database: the one that a backup replaced. */
    async alsoAsked(actor: Actor, asked: Asked): Promise<number> {
      authorize(actor, 'system')
      if (!Object.keys(asked).length) return 0
      const known = new Set<string>()
      for (const { email } of await db.read.selectDistinct({ email: preorders.email }).from(preorders)) known.add(email)
      for (const { email } of await db.read.selectDistinct({ email: inquiries.email }).from(inquiries)) known.add(email)
      for (const { to } of await db.read.selectDistinct({ to: mails.to }).from(mails)) known.add(to)
      const again = [...known].filter((email) => email !== ERASED && askedAt(asked, email) !== undefined)
      for (const email of again) await erase(actor, email)
      return again.length
    },
    asked: () => askedIn(db.read),

    /** A chore: what its time or a person's wish has come for. Returns how many. */
    sweep: async (): Promise<number> => (await rekey()) + (await eraseAsked()) + (await eraseOld()),
  }
}
