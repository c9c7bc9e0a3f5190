import fc from 'fast-check'
import { useBuiltThreads } from './built.ts'

useBuiltThreads()

/**
 * How often each property is tried, and with what. At a desk every run draws anew, and PROPERTY_RUNS=20000 searches
 * deeper than anybody would wait for each time; the continuous build always draws the same, so that a commit is
 * not refused for what it did not change. What a search finds becomes an example of its test.
 */
const runs = process.env['PROPERTY_RUNS']
fc.configureGlobal({
  ...(runs ? { numRuns: Number(runs) } : {}),
  ...(process.env['CI'] ? { seed: 20_261_123 } : {}),
})
