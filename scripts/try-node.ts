/**
 * The two commands of the README under another version of Node, in a clone of what is committed:
 * `npm run try-node -- 22`, `npm run try-node -- 24.18.1`. Node itself comes from the npm registry, with the headers
 * that better-sqlite3 is compiled against where no binary of it can be fetched (a few minutes).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const version = process.argv[2]
const platform = `node-${process.platform}-${process.arch}`
if (!version || !/^\d+(\.\d+){0,2}$/.test(version)) {
  console.error('Name a version of Node: npm run try-node -- 22')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'firstcut-node-'))
const clone = join(folder, 'main')
const node = join(folder, 'node', 'node_modules', platform)
const env = { ...process.env, PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH']}`, npm_config_nodedir: node }
const run = (command: string, args: string[], cwd: string) => {
  console.log(`\n> ${command} ${args.join(' ')}`)
  execFileSync(command, args, { cwd, env, stdio: 'inherit' })
}

try {
  run('git', ['clone', '--quiet', resolve('.'), clone], folder)
  const data = resolve('..', 'shared')
  if (existsSync(data)) symlinkSync(data, join(folder, 'shared'))
  run('npm', ['install', '--silent', '--no-save', '--prefix', join(folder, 'node'), `${platform}@${version}`], folder)
  run('node', ['--version'], clone)
  run('npm', ['ci'], clone)
  run('npm', ['run', 'demo', '--', '--exit'], clone)
  run('npm', ['test'], clone)
  console.log(`\nNode ${version}: the demo and the tests pass.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
