/**
 * Speed beside a bare baseline in the same run: `npm run bench` for all, `npm run bench -- NAME …` for benches or rows
 * by name, `npm run bench -- growth` for what a grown house costs. Each figure takes the place of the one with its id in
 * bench/results.json (or bench/growth.json) as soon as it is there; `npm run generate` writes the README's table.
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import type { Bench } from './bench.ts'
import { BENCHES } from './benches.ts'
import { FILES, keepRow } from './row.ts'

const asked = process.argv.slice(2)
const isFor = ({ name, rows, file = 'results' }: Bench, word: string): boolean =>
  word === name || word === file || rows.includes(word)
for (const word of asked)
  if (!BENCHES.some((bench) => isFor(bench, word))) {
    console.error(
      `no bench or row is called ${word}; there are:\n${BENCHES.map(({ name, rows }) => `  ${name}: ${rows.join(' ')}`).join('\n')}`,
    )
    process.exit(1)
  }

const chosen = BENCHES.filter((bench) =>
  asked.length ? asked.some((word) => isFor(bench, word)) : bench.file !== 'growth',
)
const say = (progress: string): void => console.log(progress)
const measured = { date: new Date().toISOString().slice(0, 10), node: process.version, cores: cpus().length }
if (chosen.some(({ built }) => built)) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })

/** Why the server of BENCH_DATABASE_URL may not be measured: it would be quick where it loses what it acknowledged. */
async function serverWarning(): Promise<string | undefined> {
  const { openPostgres } = await import('../../src/db/postgres.ts')
  await using db = openPostgres(process.env['BENCH_DATABASE_URL'] ?? '')
  return (await db.warning())?.en
}

const began = performance.now()
let failures = 0
for (const bench of chosen) {
  const { name, rows, file = 'results' } = bench
  if (bench.postgres && !process.env['BENCH_DATABASE_URL']) {
    say(`${name}: left out, because BENCH_DATABASE_URL names no empty PostgreSQL database`)
    continue
  }
  const warning = bench.postgres ? await serverWarning() : undefined
  if (warning) {
    failures++ // a figure of a server that keeps nothing would be quoted all the same
    console.error(`${name}: not measured. ${warning}`)
    continue
  }
  const whole = !asked.length || asked.includes(name) || asked.includes(file)
  try {
    for await (const figure of bench.run((id) => whole || asked.includes(id), say)) {
      if (!rows.includes(figure.id)) throw new Error(`the bench ${name} does not name its row ${figure.id}`)
      keepRow(file, { ...figure, ...measured })
    }
  } catch (error) {
    failures++ // the others are still worth knowing
    console.error(error)
  }
}
say(`${Math.round((performance.now() - began) / 1000)} s; written: ${[...new Set(chosen.map(({ file = 'results' }) => FILES[file]))].join(', ')}`) // prettier-ignore
process.exit(failures ? 1 : 0)
