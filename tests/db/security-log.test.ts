import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { hashOf } from '../../src/core/canonical.ts'
import { dialect } from '../../src/core/dialect.ts'
import type { Database } from '../../src/db/database.ts'
import { securityHead, securityLog } from '../../src/db/schema.ts'
import { logHead, logPage, record, verifyStored, type Fault } from '../../src/db/security-log.ts'
import { freshDatabase } from '../support/database.ts'

let folder: string
let db: Database
let drop: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstcut-log-'))
  ;({ db, drop } = await freshDatabase(folder))
})
afterEach(async () => {
  await db.close()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

const noon = new Date('2026-11-29T12:00:00Z')
const done = (n: number) =>
  db.write((tx) =>
    record(
      tx,
      { act: 'account.role', by: system('test'), on: `user:u${n}`, details: { was: 'viewer', is: 'manager' } },
      new Date(noon.getTime() + n),
    ),
  )
const five = async () => {
  for (let n = 1; n <= 5; n++) await done(n)
}
const verify = (noted?: { seq: number; hash: string }) => verifyStored(db.read, noted)
const faults = async (noted?: { seq: number; hash: string }): Promise<Fault[]> => (await verify(noted)).faults

/** Go around the product, as whoever holds the database can. */
async function behindItsBack(...statements: string[]): Promise<void> {
  if (dialect === 'sqlite')
    for (const each of ['update', 'delete', 'replace'])
      await db.execute(`drop trigger if exists security_log_no_${each}`)
  else {
    await db.execute('alter table security_log disable trigger all')
  }
  for (const statement of statements) await db.execute(statement)
}

describe('the security log', () => {
  test('of what happened is whole, and each row stands on the one before', async () => {
    await five()
    expect(await verify()).toMatchObject({ rows: 5, faults: [], head: { seq: 5 } })
    const rows = await logPage(db.read, { limit: 2 })
    expect(rows.map(({ seq }) => seq)).toEqual([5, 4])
    expect(rows[0]?.previous).toBe(rows[1]?.hash)
    expect(await logPage(db.read, { limit: 9, act: 'account', about: 'user:u2' })).toHaveLength(1)
    expect(await logPage(db.read, { limit: 9, act: 'key' })).toEqual([])
  })

  test('has no row of an act that was rolled back, and no gap where it would have been', async () => {
    await done(1)
    await expect(
      db.write(async (tx) => {
        await record(tx, { act: 'account.off', by: system('test'), on: 'user:u1', details: {} }, noon)
        throw new Error('the act failed')
      }),
    ).rejects.toThrow('the act failed')
    await done(2)
    expect(await verify()).toMatchObject({ rows: 2, faults: [] })
  })

  test('is one chain, whoever writes at the same time', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => done(n)))
    expect(await verify()).toMatchObject({ rows: 40, faults: [] })
  })

  test('takes neither an e-mail nor a name', async () => {
    const by = system('test')
    const write = (on: string, word: string) =>
      db.write((tx) => record(tx, { act: 'account.role', by, on, details: { was: word, is: 'viewer' } }, noon))
    await expect(write('user:ann@example.com', 'viewer')).rejects.toThrow()
    await expect(write('user:u1', 'Ann Smith')).rejects.toThrow()
    await expect(write('user:u1', '王小红')).rejects.toThrow()
    expect((await verify()).rows).toBe(0)
  })

  test('refuses to be changed, emptied, or written over, by the database itself', async () => {
    await five()
    const said = /only added to/
    const refused = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => new Error('it was let through'),
        (failure: unknown) => failure as Error,
      )
      expect(`${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`).toMatch(said)
    }
    await refused(db.write((tx) => tx.update(securityLog).set({ actor: 'system:other' }).where(eq(securityLog.seq, 2)).returning())) // prettier-ignore
    await refused(db.write((tx) => tx.delete(securityLog).where(eq(securityLog.seq, 5)).returning()))
    if (dialect === 'postgres') await refused(db.execute('truncate security_log'))
    else
      await refused(
        db.execute(
          "insert or replace into security_log select seq, at, act, 'system:other', subject, details, previous, hash from security_log where seq = 3",
        ),
      )
    expect(await faults()).toEqual([])
  })

  test('a row that was changed is named', async () => {
    await five()
    await behindItsBack("update security_log set actor = 'system:other' where seq = 3")
    expect(await faults()).toEqual([{ fault: 'changed', seq: 3 }])
  })

  test('a row that was changed together with its hash is named by the next one, and the last one by the head', async () => {
    await five()
    const rows = await logPage(db.read, { limit: 9 })
    const forged = async (seq: number) => {
      const { hash: _, ...row } = rows.find((each) => each.seq === seq) ?? rows[0]!
      return hashOf({ ...row, at: row.at.toISOString(), actor: 'system:other' })
    }
    await behindItsBack(
      `update security_log set actor = 'system:other', hash = '${await forged(3)}' where seq = 3`,
      `update security_log set actor = 'system:other', hash = '${await forged(5)}' where seq = 5`,
    )
    expect(await faults()).toEqual([
      { fault: 'changed', seq: 3 },
      { fault: 'changed', seq: 5 },
    ])
  })

  test('rows that were taken out are named, also at the end', async () => {
    await five()
    await behindItsBack('delete from security_log where seq in (2, 3, 5)')
    expect(await faults()).toEqual([
      { fault: 'missing', seq: 2, to: 3 },
      { fault: 'missing', seq: 5, to: 5 },
    ])
  })

  test('rows that changed places are named with where they stood', async () => {
    await five()
    await behindItsBack(
      'update security_log set seq = 99 where seq = 2',
      'update security_log set seq = 2 where seq = 4',
      'update security_log set seq = 4 where seq = 99',
    )
    expect(await faults()).toEqual([
      { fault: 'moved', seq: 2, was: 4 },
      { fault: 'moved', seq: 4, was: 2 },
    ])
  })

  test('a log that was cut short together with its head is found out by a head that was noted elsewhere', async () => {
    await five()
    const noted = await logHead(db.read)
    const four = (await logPage(db.read, { limit: 9 })).find(({ seq }) => seq === 4)
    await behindItsBack('delete from security_log where seq = 5')
    await db.write((tx) =>
      tx
        .update(securityHead)
        .set({ seq: 4, hash: four?.hash ?? '' })
        .where(sql`true`)
        .returning(),
    )
    expect(await faults()).toEqual([])
    expect(await faults(noted)).toEqual([{ fault: 'missing', seq: 5, to: 5 }])
  })
})
