/**
 * Before all tests: the product as `npm run build` makes it, for the threads and processes that tests start. From
 * sources each of them would first load a compiler, which takes longer than most of what is asked of them.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { databasesOf, dropDatabases } from './run.ts'

const PLACE = 'node_modules/.cache/firstcut-tests'

/** Runs once for each project of a run; the first builds. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['FIRSTCUT_BUILT']) return undefined
  mkdirSync(PLACE, { recursive: true })
  const server = process.env['TEST_POSTGRES_URL']
  const remove = async (name: string) => {
    if (server) await dropDatabases(server, databasesOf(name))
    rmSync(join(PLACE, name), { recursive: true, force: true })
  }
  for (const name of readdirSync(PLACE)) if (!isRunning(Number(name.split('-')[0]))) await remove(name)
  const folder = resolve(mkdtempSync(join(PLACE, `${process.pid}-`)))
  const dist = join(folder, 'dist')
  const compiler = 'node_modules/typescript/lib/tsc.js'
  // What does not compile is told by `npm run types`.
  execFileSync(process.execPath, [compiler, '--project', 'tsconfig.build.json', '--noCheck', '--outDir', dist])
  cpSync('src', dist, { recursive: true, filter: (from) => !['.ts', '.tsx'].includes(extname(from)) })
  for (const name of ['package.json', 'prompts']) symlinkSync(resolve(name), join(folder, name))
  process.env['FIRSTCUT_BUILT'] = dist
  return () => remove(basename(folder))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
