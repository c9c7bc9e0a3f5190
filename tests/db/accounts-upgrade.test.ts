import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { may, type Role } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { migrate, migrationsFor } from '../../src/db/migrate.ts'
import { apiKeys, sessions, users } from '../../src/db/schema.ts'
import { freshDatabase } from '../support/database.ts'

test('accounts and keys of an earlier version go on doing what they could, and nothing more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-upgrade-'))
  const all = migrationsFor(dialect)
  const { db, drop } = await freshDatabase(
    folder,
    all.slice(
      0,
      all.findIndex(({ tag }) => tag.endsWith('_accounts')),
    ),
  )
  try {
    const at = dialect === 'sqlite' ? '0' : "'2026-11-01T00:00:00Z'"
    const user = (id: string, role: string) =>
      `insert into users (id, email, name, role, password_hash, lang, created_at) values ('${id}', '${id}@example.com', '${id}', '${role}', 'x', 'en', ${at})`
    for (const statement of [
      user('kim', 'operator'),
      user('ann', 'merchandiser'),
      `insert into sessions (token_hash, user_id, created_at, last_seen_at, expires_at) values ('t', 'kim', ${at}, ${at}, ${at})`,
      `insert into api_keys (id, prefix, key_hash, name, scopes, created_at) values ('erp', 'fck_', 'h', 'erp', '["read"]', ${at})`,
      `insert into api_keys (id, prefix, key_hash, name, scopes, created_at) values ('shop', 'fck_', 'i', 'shop', '["demand"]', ${at})`,
    ])
      await db.execute(statement)
    await migrate(db, all)
    const rows = await db.read.select({ id: users.id, role: users.role }).from(users).orderBy(users.id)
    expect(rows).toEqual([
      { id: 'ann', role: 'merchandiser' },
      { id: 'kim', role: 'admin' },
    ])
    const ann = { kind: 'user', id: 'ann', name: '', role: 'merchandiser' as Role } as const
    for (const scope of [
      'read',
      'people',
      'trends',
      'designs',
      'approvals',
      'campaigns',
      'demand',
      'factories',
    ] as const)
      expect([scope, may(ann, scope)]).toEqual([scope, true])
    for (const scope of ['house', 'accounts', 'security', 'system', 'operate'] as const)
      expect([scope, may(ann, scope)]).toEqual([scope, false])
    const keys = await db.read.select({ id: apiKeys.id, scopes: apiKeys.scopes }).from(apiKeys).orderBy(apiKeys.id)
    expect(keys).toEqual([
      { id: 'erp', scopes: ['read', 'people'] },
      { id: 'shop', scopes: ['demand'] },
    ])
    expect(await db.read.$count(sessions)).toBe(0)
  } finally {
    await db.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
