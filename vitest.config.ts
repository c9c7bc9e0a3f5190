import { defineConfig } from 'vitest/config'

/**
 * `pure` needs no database; `sqlite` and `postgres` run the same files, each on its own engine. The PostgreSQL
 * project exists only where TEST_POSTGRES_URL names a server.
 */
const postgres = process.env['TEST_POSTGRES_URL']
/** Where the continuous build wants the figures as JSON. */
const results = process.env['TEST_RESULTS']
const slow = { testTimeout: 60_000, hookTimeout: 120_000 }
const pure = ['tests/core/**', 'tests/garments/**', 'tests/engines/**', 'tests/*.test.ts'].map((p) =>
  p.endsWith('.ts') ? p : `${p}/*.test.{ts,tsx}`,
)
const stored = ['tests/db', 'tests/stages', 'tests/http', 'tests/faults', 'tests/journey', 'tests/cases'].map(
  (p) => `${p}/**/*.test.{ts,tsx}`,
)

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['tests/support/properties.ts'],
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      { extends: true, test: { name: 'pure', include: pure, ...slow } },
      { extends: true, test: { name: 'sqlite', include: stored, ...slow } },
      ...(postgres
        ? [
            {
              extends: true as const,
              test: { name: 'postgres', include: stored, env: { DATABASE_URL: postgres }, ...slow },
            },
          ]
        : []),
    ],
  },
})
