/**
 * Write the next migration for both databases from the one schema: `npm run migrations -- name`.
 * SQLite's tables are made STRICT (a column holds its type or refuses), which drizzle-kit cannot say, and those with
 * a compound or a time-ordered key that intake writes are made WITHOUT ROWID: one b-tree instead of two. Of the
 * snapshots that drizzle-kit compares the schema with only the newest is kept, as one line: it reads no other.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const name = process.argv[2]
if (!name) throw new Error('name the migration: npm run migrations -- add-something')

const CLUSTERED = [
  'tallies',
  'preorders',
  'refusals',
  'limits',
  'campaign_buyers',
  'demand_cells',
  'demand_hours',
  'term_weeks',
  'exposures',
  'deliveries',
]

/**
 * Tables that are only added to: a migration that makes one gets the triggers that refuse anything else. (One that makes
 * such a table anew, as SQLite does to change a column, has to make its triggers anew too, and gets them here as well.)
 */
const APPEND_ONLY = ['security_log']

const BREAK = '\n--> statement-breakpoint\n'
const REFUSALS = {
  sqlite: (table: string) =>
    ['UPDATE', 'DELETE'].map(
      (act) =>
        `CREATE TRIGGER \`${table}_no_${act.toLowerCase()}\` BEFORE ${act} ON \`${table}\` BEGIN SELECT RAISE(ABORT, '${table} is only added to'); END;`,
    ),
  postgres: (table: string) => [
    `CREATE FUNCTION "${table}_only_added_to"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${table} is only added to'; END $$;`,
    `CREATE TRIGGER "${table}_no_change" BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION "${table}_only_added_to"();`,
    `CREATE TRIGGER "${table}_no_truncate" BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION "${table}_only_added_to"();`,
  ],
}
/** SQLite replaces a row without asking the trigger for deletions, so no number is taken twice. */
const noReplacing = (table: string) =>
  `CREATE TRIGGER \`${table}_no_replace\` BEFORE INSERT ON \`${table}\` WHEN EXISTS (SELECT 1 FROM \`${table}\` WHERE seq >= NEW.seq) BEGIN SELECT RAISE(ABORT, '${table} is only added to'); END;`

function withRefusals(statements: string, dialect: 'sqlite' | 'postgres'): string {
  const made = APPEND_ONLY.filter((table) => new RegExp(`CREATE TABLE [\`"](?:__new_)?${table}[\`"]`).test(statements))
  const refusals = made.flatMap((table) => [
    ...REFUSALS[dialect](table),
    ...(dialect === 'sqlite' ? [noReplacing(table)] : []),
  ])
  const head = `INSERT INTO "security_head" ("id", "seq", "hash") VALUES ('head', 0, '${'0'.repeat(64)}');`
  const first = /CREATE TABLE [`"]security_head[`"]/.test(statements) ? [head] : []
  return [statements.trimEnd(), ...refusals, ...first].join(BREAK)
}

/** The last migration that a dialect's journal names. */
const newestOf = (dialect: string): string | undefined =>
  (
    JSON.parse(
      readFileSync(new URL(`../src/db/migrations/${dialect}/meta/_journal.json`, import.meta.url), 'utf8'),
    ) as { entries: { tag: string }[] }
  ).entries.at(-1)?.tag

const before = Object.fromEntries(['sqlite', 'postgres'].map((dialect) => [dialect, newestOf(dialect)]))

for (const url of ['', 'postgres://generate/only'])
  execFileSync('npx', ['drizzle-kit', 'generate', '--name', name], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })

/** Rewrite the migration that was just made; one that was there before may have run somewhere and stays as it is. */
function rewriteNew(dialect: string, change: (statements: string) => string): void {
  const newest = newestOf(dialect)
  if (newest === before[dialect]) return
  const file = new URL(`../src/db/migrations/${dialect}/${newest}.sql`, import.meta.url)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

/** Readers and statistics are spared what nothing reads any more: a whole schema for every migration there was. */
function keepNewestSnapshot(dialect: string): void {
  const folder = new URL(`../src/db/migrations/${dialect}/meta/`, import.meta.url)
  const snapshots = readdirSync(folder).filter((file) => file.endsWith('_snapshot.json'))
  const newest = snapshots.sort().pop()
  for (const older of snapshots) rmSync(new URL(older, folder))
  if (!newest) return
  const file = new URL(newest, folder)
  writeFileSync(file, `${JSON.stringify(JSON.parse(readFileSync(file, 'utf8')))}\n`)
}

for (const dialect of ['sqlite', 'postgres']) keepNewestSnapshot(dialect)

rewriteNew('sqlite', (statements) =>
  withRefusals(statements, 'sqlite').replaceAll(
    /(CREATE TABLE `(?:__new_)?(\w+)` \([\s\S]*?\n\))(?: STRICT[^;]*)?;/g,
    (_, statement: string, table: string) =>
      `${statement} STRICT${CLUSTERED.includes(table) ? ', WITHOUT ROWID' : ''};`,
  ),
)
// The operator's search_path decides in which schema the tables live, not the generator.
rewriteNew('postgres', (statements) => withRefusals(statements, 'postgres').replaceAll('"public".', ''))
