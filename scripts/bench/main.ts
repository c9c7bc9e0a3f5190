/**
 * Speed beside a bare baseline in the same run, as ratios: `npm run bench` (or `npm run bench -- http`, `-- style`,
 * `-- neighbour`).
 * Writes bench/results.json, from which the README's table is made.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { benchHttp } from './http.ts'
import { benchNeighbour } from './neighbour.ts'
import { benchStyle } from './style.ts'
import { print, type Row } from './table.ts'

const wanted = process.argv.slice(2)
const wants = (name: string) => !wanted.length || wanted.includes(name)
const rows: Row[] = []
if (wants('http') || wants('neighbour')) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
if (wants('http')) rows.push(...(await benchHttp(9, 25_000)))
if (wants('neighbour')) rows.push(...(await benchNeighbour(7, 60)))
if (wants('style')) rows.push(...(await benchStyle(5)))
print(rows)
if (!wanted.length) {
  mkdirSync('bench', { recursive: true })
  const machine = `${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
  writeFileSync('bench/results.json', `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  console.log('written: bench/results.json')
}
