/**
 * What is asked of the database while a test runs, as the drivers are given it: every statement with how many rows it
 * gave or changed. Nothing in the product knows of it.
 */
import SQLite from 'better-sqlite3'
import pg from 'pg'

export interface Ran {
  text: string
  /** Rows that came back, or that it changed where none did. */
  rows: number
  /** Where it was asked: the database's file, or how one connects. */
  at: string | pg.ClientConfig
}

/** Record from now on; connections that were opened before go unseen where they had prepared their statements. */
export function recordStatements(seen: (ran: Ran) => void): () => void {
  const stop = [recordSqlite(seen), recordPostgres(seen)]
  return () => stop.forEach((each) => each())
}

function recordSqlite(seen: (ran: Ran) => void): () => void {
  const { prepare } = SQLite.prototype
  SQLite.prototype.prepare = function (this: SQLite.Database, text: string) {
    const statement = prepare.call(this, text)
    for (const how of ['all', 'run', 'get'] as const) {
      const run = statement[how].bind(statement) as (...values: unknown[]) => unknown
      statement[how] = ((...values: unknown[]) => {
        const result = run(...values)
        const rows = Array.isArray(result) && how === 'all' ? result.length : ((result as { changes?: number })?.changes ?? 0) // prettier-ignore
        seen({ text, rows, at: this.name })
        return result
      }) as never
    }
    return statement
  } as typeof prepare
  return () => void (SQLite.prototype.prepare = prepare)
}

function recordPostgres(seen: (ran: Ran) => void): () => void {
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, config: unknown, ...rest: unknown[]) {
    const text = typeof config === 'string' ? config : (config as { text?: string }).text
    const at = (this as unknown as { connectionParameters: pg.ClientConfig }).connectionParameters
    const told = (result: pg.QueryResult | undefined) => {
      if (text) seen({ text, rows: result?.rowCount ?? 0, at })
    }
    const last = rest.at(-1)
    if (typeof last === 'function')
      rest[rest.length - 1] = (error: unknown, result: pg.QueryResult) => {
        told(result)
        ;(last as (error: unknown, result: unknown) => void)(error, result)
      }
    const answer = (query as (...all: unknown[]) => unknown).call(this, config, ...rest)
    if (answer instanceof Promise) void answer.then(told, () => {})
    return answer
  } as typeof query
  return () => void (pg.Client.prototype.query = query)
}
