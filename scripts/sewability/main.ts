/**
 * npm run sewability: can every garment be put together? Every pair of choices and parameters' ends of every block in all
 * sizes, and 200 styles at random.
 *
 *   npm run sewability -- [--json] [--faults] [--category coat,shirt] [--sample 3] [--jobs 2]
 *
 * `--faults` prints each fault once per block and seam; `--json` prints one line at the end, for a machine. `--category` and
 * `--sample` (so many styles of each block) try some. `--jobs` is how many processes draft, as many as there are cores at most.
 */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BLOCKS, type StyleSpec } from '../../src/garments/index.ts'
import { add, type Count, NONE } from './count.ts'
import { pairedStyles, randomStyles, spread } from './styles.ts'
import type { Done, Job } from './worker.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    faults: { type: 'boolean' },
    category: { type: 'string' },
    sample: { type: 'string' },
    jobs: { type: 'string', default: '4' },
  },
})
const number = (option: 'sample' | 'jobs', text: string): number => {
  const read = Number(text)
  if (!Number.isInteger(read) || read < 1)
    throw new RangeError(`--${option} must be a whole number from 1, not "${text}"`)
  return read
}
const categories = values.category?.split(',')
for (const category of categories ?? [])
  if (!BLOCKS.some((block) => block.category === category))
    throw new RangeError(
      `there is no garment "${category}"; there are: ${[...new Set(BLOCKS.map((b) => b.category))].join(', ')}`,
    )
const blocks = BLOCKS.filter(({ category }) => categories?.includes(category) ?? true)
const sample = values.sample === undefined ? undefined : number('sample', values.sample)
const COLUMNS = [
  'styles',
  'refused',
  'seams',
  'outOfEase',
  'openings',
  'marksOutside',
  'unsewnEdges',
  'retraced',
  'featuresWithoutPiece',
  'piecesWithoutFeature',
] as const
/** What the line for a machine has. */
const REPORTED = COLUMNS.filter((column) => column !== 'refused' && column !== 'retraced')
const heads: Readonly<Partial<Record<keyof Count, string>>> = {
  featuresWithoutPiece: 'drawn only',
  piecesWithoutFeature: 'made only',
}
const line = (name: string, cells: readonly (string | number)[]): void =>
  console.log(name.padEnd(22) + cells.map((cell) => String(cell).padStart(13)).join(''))

const told = new Set<string>()
const say = (text: string): void => {
  const key =
    text
      .replace(/ \S+ (ease|opening|mark|unsewn|twice|retraced|drawn-not-made|made-not-drawn) /, ' $1 ')
      .split(':')[0] ?? ''
  if (!values.faults || told.has(key)) return
  told.add(key)
  console.log(`  ${text}`)
}

/** Count all of them, in several processes: a draft is this machine's arithmetic and nothing else. */
async function counted(specs: readonly StyleSpec[], each: (done: Done) => void): Promise<void> {
  let next = 0
  const workers = Math.min(number('jobs', values.jobs), availableParallelism(), specs.length)
  await Promise.all(
    Array.from({ length: workers }, () => {
      const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)))
      const hand = (): void => {
        const spec = specs[next]
        if (spec) child.send({ at: next++, spec } satisfies Job)
        else child.disconnect()
      }
      return new Promise<void>((resolve, reject) => {
        child.on('message', (done: Done) => {
          each(done)
          hand()
        })
        child.on('error', reject)
        child.on('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`a process that drafts ended with ${code}`)),
        )
        hand()
      })
    }),
  )
}

// The same styles whichever garments are asked for.
const random = randomStyles(BLOCKS, 200)
const tried = blocks.map((block) => {
  const mine = random.filter((spec) => spec.category === block.category && spec.gender === block.gender)
  const all = [...pairedStyles(block), ...mine]
  return { name: `${block.category} ${block.gender}`, specs: sample === undefined ? all : spread(all, sample) }
})
line(
  '',
  COLUMNS.map((column) => heads[column] ?? column),
)
const ofStyle = tried.flatMap(({ specs }, b) => specs.map(() => b))
const rows = tried.map(({ specs }) => ({ left: specs.length, count: NONE, told: [] as string[] }))
/** Blocks are said in their order, each when all before it are done. */
let said = 0
await counted(
  tried.flatMap(({ specs }) => specs),
  ({ at, count, told: faults }) => {
    const row = rows[ofStyle[at] ?? 0]
    if (!row) return
    row.left--
    row.count = add(row.count, count)
    row.told.push(...faults)
    for (let ready = rows[said]; ready?.left === 0; ready = rows[said]) {
      const { count: sum, told: lines } = ready
      lines.toSorted().forEach(say)
      line(
        tried[said]?.name ?? '',
        COLUMNS.map((column) => sum[column]),
      )
      said++
    }
  },
)
const total = rows.reduce((sum, { count }) => add(sum, count), NONE)
line(
  'all',
  COLUMNS.map((column) => total[column]),
)
if (values.json) console.log(JSON.stringify(Object.fromEntries(REPORTED.map((column) => [column, total[column]]))))
