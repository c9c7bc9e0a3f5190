import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import { startServer, type Running } from '../../src/start.ts'
import { ownDatabase, placeDatabase } from './database.ts'

export interface TestServer extends Running {
  url: string
  folder: string
  environment: Record<string, string>
  /** A key with every permission. */
  key: string
}

/** The environment of a whole server of its own: a folder, and on PostgreSQL a database; the server makes its schema unless it is there. */
export async function freshEnvironment(schema: 'empty' | 'newest' = 'empty'): Promise<{
  folder: string
  environment: Record<string, string>
  drop: () => Promise<void>
}> {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-server-'))
  const environment: Record<string, string> = {
    DATA_DIR: folder,
    MARKER_SECONDS: '0', // who tests the search asks for it
    PORT: '0',
    LOG_LEVEL: 'error',
    OUTBOUND_ALLOW: '127.0.0.1',
    SECRET: '5'.repeat(64),
    PATH: process.env['PATH'] ?? '',
  }
  if (dialect === 'sqlite') {
    if (schema === 'newest') await placeDatabase(join(folder, 'firstcut.db'))
    return { folder, environment, drop: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const { url, drop } = await ownDatabase(schema)
  return {
    folder,
    environment: { ...environment, DATABASE_URL: url },
    async drop() {
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The real server, as main.ts starts it, listening on a port of its own. */
export async function testServer(
  options: { clock?: Clock; role?: 'all' | 'web' | 'worker'; more?: Record<string, string> } = {},
): Promise<TestServer> {
  const { folder, environment, drop } = await freshEnvironment('newest')
  const running = await startServer(
    readConfig({ ...environment, ...options.more, ROLE: options.role ?? 'all' }),
    options.clock ? { clock: options.clock } : {},
  )
  const { key } = await running.app.line.identity.createKey(
    { kind: 'system', name: 'test' },
    {
      name: 'test',
      scopes: ['read', 'trends', 'designs', 'approvals', 'campaigns', 'demand', 'factories', 'people', 'operate'],
    },
  )
  return {
    ...running,
    url: running.url ?? '',
    folder,
    environment,
    key,
    async close() {
      await running.close()
      await drop()
    },
  }
}

/** The first account of a server, signed in, reading English. @returns the cookie that its browser sends */
export async function firstCookie({ url }: Pick<TestServer, 'url'>): Promise<string> {
  const made = await fetch(`${url}/first-run`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({
      email: 'kim@example.com',
      name: 'Kim',
      password: 'a long enough sentence',
      lang: 'en',
    }),
  })
  return `${made.headers.getSetCookie()[0]?.split(';')[0]}; lang=en`
}
