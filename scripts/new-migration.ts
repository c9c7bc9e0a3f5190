/**
 * Write the next migration for both databases from the one schema: `npm run migrations -- name`.
 * SQLite's tables are made STRICT (a column holds its type or refuses), which drizzle-kit cannot say, and those with
 * a compound or a time-ordered key that intake writes are made WITHOUT ROWID: one b-tree instead of two.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const name = process.argv[2]
if (!name) throw new Error('name the migration: npm run migrations -- add-something')

const CLUSTERED = ['preorders', 'refusals', 'limits', 'campaign_buyers', 'term_weeks', 'exposures', 'deliveries']

for (const url of ['', 'postgres://generate/only'])
  execFileSync('npx', ['drizzle-kit', 'generate', '--name', name], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })

/** Rewrite the newest migration of a dialect. */
function rewriteNewest(dialect: string, change: (statements: string) => string): void {
  const folder = new URL(`../src/db/migrations/${dialect}/`, import.meta.url)
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: { tag: string }[]
  }
  const newest = new URL(`${journal.entries.at(-1)?.tag}.sql`, folder)
  writeFileSync(newest, change(readFileSync(newest, 'utf8')))
}

rewriteNewest('sqlite', (statements) =>
  statements.replaceAll(
    /(CREATE TABLE `(?:__new_)?(\w+)` \([\s\S]*?\n\))(?: STRICT[^;]*)?;/g,
    (_, statement: string, table: string) =>
      `${statement} STRICT${CLUSTERED.includes(table) ? ', WITHOUT ROWID' : ''};`,
  ),
)
// The operator's search_path decides in which schema the tables live, not the generator.
rewriteNewest('postgres', (statements) => statements.replaceAll('"public".', ''))
