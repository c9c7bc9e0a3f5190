/** What lies in the database sealed under a master key, and how it is sealed anew under another one. */
import { and, asc, eq, gt, isNotNull, ne, notLike, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database, Reader } from './database.ts'
import { mails } from './tables.ts'

/** As much of the vault as a table needs. */
export interface Sealer {
  seal(text: string): string
  open(sealed: string): string
}

interface Words {
  subject: string
  body: string
  /** Where such letters are refused, for its header; lies with the words and goes with them. */
  unsubscribe?: string | undefined
}

/** A waiting letter's words, as its row holds them: both in the body, and no subject, which every open letter has. */
export const sealLetter = (vault: Sealer, { subject, body, unsubscribe }: Words) => ({
  subject: '',
  body: vault.seal(JSON.stringify(unsubscribe === undefined ? [subject, body] : [subject, body, unsubscribe])),
})

/** The letter with its words again. One that was queued before letters were sealed is as it was. */
export function openLetter<Letter extends Words>(vault: Sealer, letter: Letter): Letter & Words {
  if (letter.subject !== '') return letter
  const [subject, body, unsubscribe] = JSON.parse(vault.open(letter.body)) as [string, string, string?]
  return { ...letter, subject, body, ...(unsubscribe === undefined ? {} : { unsubscribe }) }
}

/** A column of sealed texts, named by whoever owns the table. */
export interface SealedPlace {
  /** As `firstcut secrets list` counts it. */
  name: string
  table: PgTable
  id: PgColumn
  column: PgColumn
  /** Which member of a row the column is. */
  member: string
}

/** The machinery's own. */
export const LETTERS: SealedPlace = { name: 'letters', table: mails, id: mails.id, column: mails.body, member: 'body' }

/** `v2.` and the eight digits of a key's id. */
const HEAD = 11
const headOf = (keyId: string) => `v2.${keyId}`

/** Not what was sent (empty), nor what was queued in the clear by an earlier version: its words, or a message's JSON. */
const isSealed = ({ column, table }: SealedPlace) =>
  and(isNotNull(column), ne(column, ''), notLike(column, '{%'), table === mails ? eq(mails.subject, '') : undefined)

/** How many texts of a place lie under which key; those from before keys had ids under `v1`. */
export async function countSealed(db: Reader, place: SealedPlace): Promise<Map<string, number>> {
  const head = sql<string>`substr(${place.column}, 1, ${sql.raw(String(HEAD))})`
  const rows = await db
    .select({ head, n: sql`count(*)`.mapWith(Number) })
    .from(place.table)
    .where(isSealed(place))
    .groupBy(head)
  const counts = new Map<string, number>()
  for (const row of rows) {
    const id = row.head.startsWith('v2.') ? row.head.slice(3) : 'v1'
    counts.set(id, (counts.get(id) ?? 0) + row.n)
  }
  return counts
}

export interface Resealed {
  /** Anew. */
  sealed: number
  /** Under a key that is not in the ring. */
  unreadable: number
}

/** Texts in one transaction: others write between two of them. */
const SLICE = 50

/**
 * Seal every text of a place that lies under another key than the one that writes. Each slice is a transaction of its
 * own and each text is replaced only where it is still what was read, so that it may be stopped anywhere, run again,
 * and run beside a server that works.
 */
export async function resealPlace(
  db: Database,
  place: SealedPlace,
  vault: Sealer & { writes(): string },
  done: (count: number) => void = () => {},
): Promise<Resealed> {
  let after = ''
  const total: Resealed = { sealed: 0, unreadable: 0 }
  for (;;) {
    const rows = await db.read
      .select({ id: place.id, text: place.column })
      .from(place.table)
      .where(and(isSealed(place), notLike(place.column, `${headOf(vault.writes())}.%`), gt(place.id, after)))
      .orderBy(asc(place.id))
      .limit(SLICE)
    if (!rows.length) return total
    const fresh = rows.flatMap((row) => {
      const [id, text] = [String(row.id), String(row.text)]
      try {
        return [{ id, text, sealed: vault.seal(vault.open(text)) }]
      } catch {
        total.unreadable++ // its key is lost: it stays what it is, and is told
        return []
      }
    })
    total.sealed += await db.write(
      async (tx) => {
        let changed = 0
        for (const { id, text, sealed } of fresh) {
          const replaced = await tx
            .update(place.table)
            .set({ [place.member]: sealed })
            .where(and(eq(place.id, id), eq(place.column, text)))
            .returning({ id: place.id })
          changed += replaced.length
        }
        return changed
      },
      { atomic: true },
    )
    done(total.sealed)
    after = String(rows.at(-1)?.id)
  }
}

/** Letters that were queued before letters were sealed and still wait: sealed where they lie. @returns how many */
export async function sealOpenLetters(db: Database, vault: Sealer): Promise<number> {
  let count = 0
  for (;;) {
    const rows = await db.read
      .select({ id: mails.id, subject: mails.subject, body: mails.body })
      .from(mails)
      .where(and(ne(mails.state, 'sent'), ne(mails.subject, '')))
      .limit(SLICE)
    if (!rows.length) return count
    await db.write(
      async (tx) => {
        for (const row of rows)
          await tx
            .update(mails)
            .set(sealLetter(vault, row))
            .where(and(eq(mails.id, row.id), ne(mails.state, 'sent'), eq(mails.body, row.body)))
            .returning({ id: mails.id })
      },
      { atomic: true },
    )
    count += rows.length
  }
}
