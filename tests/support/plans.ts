/** How the database goes about a statement: whether it walks through a whole table, or sorts what no index has in order. */
import SQLite from 'better-sqlite3'
import pg from 'pg'

/** What is wrong with a statement's plan: `scan preorders`, `sort`. */
export type Trouble = string

export interface Explainer {
  explain(statement: string): Promise<Trouble[]>
  /** Names of the indexes that it looks into. */
  indexes(statement: string): Promise<string[]>
  close(): Promise<void>
}

/** Rows that stand in the statement itself, or come of a value in it. */
const NO_TABLE = /CONSTANT ROW|-ROW VALUES CLAUSE|VIRTUAL TABLE|SUBQUERY|^SCAN (given|back|moved|one|wanted)\b/

export function explainSqlite(file: string): Explainer {
  const db = new SQLite(file, { readonly: true })
  /** They hold only what is looked for: walking through one is no more than that. */
  const partial = new Set(
    db.prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'`).pluck().all(),
  )
  const planOf = (statement: string) =>
    db.prepare(`EXPLAIN QUERY PLAN ${statement.replaceAll('?', 'NULL')}`).all() as { detail: string }[]
  return {
    indexes: async (statement) =>
      planOf(statement).flatMap(({ detail }) => /USING (?:COVERING )?INDEX (\S+)/.exec(detail)?.[1] ?? []),
    explain: async (statement) => {
      const plan = planOf(statement)
      const own = new Set([...statement.matchAll(/(?:^|[,\s])"?(\w+)"?(?:\([^)]*\))? as \((?:select|values)/gi)].map(([, name]) => name)) // prettier-ignore
      return plan.flatMap(({ detail }) => {
        if (detail.startsWith('USE TEMP B-TREE')) return [`sort ${detail.slice('USE TEMP B-TREE FOR '.length)}`]
        const [, table] = /^SCAN (\S+)/.exec(detail) ?? []
        if (!table || NO_TABLE.test(detail) || own.has(table)) return []
        const [, index] = /USING (?:COVERING )?INDEX (\S+)/.exec(detail) ?? []
        if (partial.has(index)) return []
        // In the order of an index as far as the limit goes: that is no more than what is asked for.
        if (index && / limit \?/i.test(statement)) return []
        return [`scan ${table}`]
      })
    },
    close: async () => void db.close(),
  }
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Node[]
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** With everything else made dear: what is left is what cannot be done without. */
const SETTINGS = ['enable_seqscan', 'enable_sort', 'enable_incremental_sort', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_hashagg'] // prettier-ignore

export async function explainPostgres(config: pg.ClientConfig): Promise<Explainer> {
  const client = new pg.Client(config)
  await client.connect()
  for (const setting of SETTINGS) await client.query(`SET ${setting} = off`)
  await client.query('SET plan_cache_mode = force_generic_plan')
  async function planOf(statement: string): Promise<Node[]> {
    await client.query(`PREPARE looked_at AS ${statement}`)
    try {
      const { rows } = await client.query(`SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = 'looked_at'`) // prettier-ignore
      const values = Array.from({ length: Number(rows[0].n) }, () => 'NULL').join(', ')
      const plan = await client.query(`EXPLAIN (FORMAT JSON) EXECUTE looked_at${values && `(${values})`}`)
      return nodesOf(plan.rows[0]['QUERY PLAN'][0].Plan)
    } finally {
      await client.query('DEALLOCATE looked_at')
    }
  }
  return {
    indexes: async (statement) => (await planOf(statement)).flatMap((node) => node['Index Name'] ?? []),
    explain: async (statement) =>
      (await planOf(statement)).flatMap((node) => {
        if (node['Node Type'] === 'Seq Scan') return [`scan ${node['Relation Name']}`]
        return node['Node Type'].endsWith('Sort') ? ['sort'] : []
      }),
    close: () => client.end(),
  }
}
