/**
 * What tests import from `src` is the product as build.ts has built it, loaded by Node itself. Compiled and wrapped by the
 * test runner instead, file after file, it took longer to load than most tests to run, and every name that one module takes
 * from another was looked up anew at each use. `npx vitest FILE`, without `run`, still takes the sources: there a change is
 * seen at once, and a fault shows its line in them.
 */
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Plugin } from 'vitest/config'

const SOURCES = resolve('src')
/** They start threads from files of their own, which only sources can. */
const OF_SOURCES = new Set([resolve('tests/core/pool.test.ts')])

export const builtProduct = (): Plugin => ({
  name: 'built-product',
  enforce: 'pre',
  resolveId(source, importer) {
    const built = process.env['FIRSTCUT_BUILT']
    if (!built || !importer || !source.startsWith('.') || !process.argv.includes('run')) return undefined
    if (OF_SOURCES.has(importer) || within(importer) !== undefined) return undefined
    const at = within(resolve(dirname(importer), source))
    if (at === undefined || !/\.tsx?$/.test(at)) return undefined
    const file = join(built, at.replace(/\.tsx?$/, '.js'))
    return existsSync(file) ? { id: file, external: true } : undefined
  },
})

/** Where in the sources a file lies. */
function within(file: string): string | undefined {
  const at = relative(SOURCES, file)
  return at.startsWith('..') ? undefined : at
}
