/** The product as build.ts has built it; its sources where a file is run without that. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { threadsFrom } from '../../src/core/threads.ts'

const built = process.env['FIRSTCUT_BUILT']
/** For a program in TypeScript. */
export const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Where a program of a test imports a module of the product from. */
export const moduleAt = (name: string): string =>
  pathToFileURL(built ? join(built, `${name}.js`) : `src/${name}.ts`).href

/** The words of a command that runs a program of a test, which imports what `moduleAt` names. */
export const program = (file: string): [string, ...string[]] =>
  built ? [process.execPath, file] : [process.execPath, '--import', loader, file]

/** The words of a command that runs one of the product's programs. */
export const command = (program: 'main' | 'cli'): [string, ...string[]] =>
  built ? [process.execPath, join(built, `${program}.js`)] : [process.execPath, '--import', loader, `src/${program}.ts`]

/** Threads of the product under test start from there too. */
export function useBuiltThreads(): void {
  if (built) threadsFrom(pathToFileURL(`${built}/`))
}
