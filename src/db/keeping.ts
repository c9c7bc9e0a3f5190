/** What of a server's own settings takes the promise from "stored": an acknowledged write may be gone after it stops. */
import type { Localized } from '../core/values.ts'

/** As the server calls them. */
const WEAKENING = ['fsync', 'synchronous_commit'] as const
export type Keeping = Record<(typeof WEAKENING)[number], string>

/**
 * `fsync` must be on. `synchronous_commit` may be anything that waits for a disk: this server's (`on`, `local`) or others'
 * as well (`remote_write`, `remote_apply`).
 * @returns for people: what is set, what that means and what to do; undefined where nothing is wrong
 */
export function warningOf(settings: Keeping): Localized | undefined {
  const off = WEAKENING.filter((setting) => settings[setting] === 'off')
  if (!off.length) return undefined
  const named = off.map((setting) => `${setting} = off`).join(', ')
  return {
    en: `PostgreSQL is set so that what was acknowledged may be lost when its machine stops (${named}). Set it to "on", in postgresql.conf or where it was set for this database or its user, and reload the server.`,
    zh: `PostgreSQL 的当前设置（${named}）可能在服务器断电或崩溃时丢失已确认的数据。请在 postgresql.conf（或该数据库、该用户的设置）中改为 on，然后重新加载服务器配置。`,
  }
}
