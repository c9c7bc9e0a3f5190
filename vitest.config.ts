import { defineConfig } from 'vitest/config'
import { builtProduct } from './tests/support/built-product.ts'
import { inMemory } from './tests/support/folders.ts'

/**
 * `pure` needs no database; `sqlite` and `postgres` run the same files, each on its own engine. The PostgreSQL
 * project exists only where TEST_POSTGRES_URL names a server.
 */
const postgres = process.env['TEST_POSTGRES_URL']
/** Where the continuous build wants the figures as JSON. */
const results = process.env['TEST_RESULTS']
const memory = inMemory()
const slow = { testTimeout: 60_000, hookTimeout: 120_000 }
const pure = ['tests/core/**', 'tests/garments/**', 'tests/engines/**', 'tests/*.test.ts'].map((p) =>
  p.endsWith('.ts') ? p : `${p}/*.test.{ts,tsx}`,
)
/** They lie beside the others and touch no store: once is enough. `tests/housekeeping.test.ts` sees that they do not. */
export const storeless = [
  'tests/cases/cases.test.ts',
  'tests/http/form-fields.test.tsx',
  'tests/http/pages.test.ts',
  'tests/stages/cancelling-model.test.ts',
  'tests/stages/dispatch-allocation.test.ts',
  'tests/stages/production-model.test.ts',
  'tests/stages/reorders-model.test.ts',
  'tests/stages/trends-series.test.ts',
  'tests/stages/trends-vocabulary.test.ts',
]
const stored = ['tests/db', 'tests/stages', 'tests/http', 'tests/faults', 'tests/journey', 'tests/cases'].map(
  (p) => `${p}/**/*.test.{ts,tsx}`,
)

/**
 * `npm test -- --project fast`: what answers in well under a minute, to be run while writing. A part of the other
 * projects' files and no other ones, so it exists only where it is asked for by name.
 */
const fastIsAsked = process.argv.some((word) => word === 'fast' || word === '--project=fast')
const fast = [
  'tests/*.test.ts',
  'tests/core/{designer-refine,forecast,messages,random,scoring,signature,typed,values}.test.ts',
  'tests/engines/{files,names,outbound,vault}.test.ts',
  'tests/garments/{cost,labelled,materials,measures,sizes}.test.ts',
  'tests/stages/*-model.test.ts',
  'tests/stages/{reorders,giving-up}.test.ts',
  'tests/db/{limits,outbox}.test.ts',
  'tests/http/{access,form-fields}.test.{ts,tsx}',
]

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [builtProduct()],
  test: {
    pool: 'forks',
    // One process after another file: modules, threads and what the compiler has learnt are there already.
    isolate: false,
    server: { deps: { external: [/\/firstcut-tests\//] } },
    env: memory ? { TMPDIR: memory } : {},
    maxWorkers: 2,
    globalSetup: ['tests/support/build.ts'],
    setupFiles: ['tests/support/properties.ts'],
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      { extends: true, test: { name: 'pure', include: [...pure, ...storeless], ...slow } },
      { extends: true, test: { name: 'sqlite', include: stored, exclude: storeless, ...slow } },
      ...(fastIsAsked ? [{ extends: true as const, test: { name: 'fast', include: fast, ...slow } }] : []),
      ...(postgres
        ? [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: stored,
                exclude: storeless,
                env: { DATABASE_URL: postgres, ...(memory ? { TMPDIR: memory } : {}) },
                ...slow,
              },
            },
          ]
        : []),
    ],
  },
})
