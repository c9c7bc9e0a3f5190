/** Plain JavaScript into dist/, with the files that are read at run time beside the modules that read them. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { extname } from 'node:path'

rmSync('dist', { recursive: true, force: true })
execFileSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' })
cpSync('src', 'dist', {
  recursive: true,
  filter: (from) => !['.ts', '.tsx'].includes(extname(from)),
})
chmodSync('dist/main.js', 0o755)
chmodSync('dist/cli.js', 0o755)
console.log('dist/ is ready: node dist/main.js')
