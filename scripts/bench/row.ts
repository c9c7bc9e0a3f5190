/** What a figure of the bench is, where it lies and how the README quotes it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { table } from '../table.ts'

/** Of these more is better; of all others less. */
const RATES = new Set(['/s', '%'])
export const isRate = (unit: string): boolean => RATES.has(unit)

const both = z.strictObject({ ours: z.number(), bare: z.number().nullable() })

export const rowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  what: z.string(),
  unit: z.enum(['/s', '%', 's', 'ms', 'MB', 'm']),
  /** Median of the rounds. */
  ours: z.number(),
  /** The same of what stands beside it in the same run; null where the aim stands there instead. */
  bare: z.number().nullable(),
  /** Median over the rounds of ours beside bare (or beside the aim), so that more is better, whatever the unit. */
  ratio: z.number(),
  ratioRange: z.tuple([z.number(), z.number()]),
  /** Milliseconds from a request to the last byte of its answer: medians of the rounds, and the longest of all. */
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
  rounds: z.int().positive(),
  /** What is not worked out anew for each request. */
  cached: z.string().optional(),
  /** The least ratio, the longest p99, the most (or for rates the least) of ours. */
  goal: z
    .strictObject({ ratio: z.number().optional(), p99Ms: z.number().optional(), ours: z.number().optional() })
    .optional(),
  /** Processor time of the measured process for one request, all its threads, µs: neighbours change it little. */
  cpuUs: both.optional(),
  /** The longest that the event loop of the measured process stood still, ms. */
  stallMs: z.number().optional(),
  /** The most memory that the measured process held, MB. */
  peakMb: z.number().optional(),
  date: z.iso.date(),
  node: z.string(),
  cores: z.int(),
})
export type Row = z.infer<typeof rowSchema>
/** A row before it is told when and where it was measured. */
export type Figure = Omit<Row, 'date' | 'node' | 'cores'>

export const fileSchema = z.strictObject({ rows: z.array(rowSchema) })
export const FILES = { results: 'bench/results.json', growth: 'bench/growth.json' } as const
export type File = keyof typeof FILES

export function readRows(file: File): Row[] {
  if (!existsSync(FILES[file])) return []
  return fileSchema.parse(JSON.parse(readFileSync(FILES[file], 'utf8'))).rows
}

/** Put a figure in the place of the one with its id; all others stay. */
export function keepRow(file: File, row: Row): void {
  const rows = readRows(file)
  const at = rows.findIndex(({ id }) => id === row.id)
  rows.splice(at < 0 ? rows.length : at, 1, row)
  mkdirSync(dirname(FILES[file]), { recursive: true })
  writeFileSync(FILES[file], `${JSON.stringify(fileSchema.parse({ rows }), null, 2)}\n`)
}

const short = (value: number): string => value.toFixed(2).replace(/^0\./, '.')

function goalOf({ goal, unit, p99Ms }: Figure): string {
  if (!goal) return ''
  const parts = [
    goal.ratio === undefined ? '' : `≥ ${short(goal.ratio)}`,
    goal.p99Ms === undefined ? '' : `p99 ≤ ${goal.p99Ms} ms (${p99Ms === null ? '–' : Math.round(p99Ms)})`,
    goal.ours === undefined ? '' : `${isRate(unit) ? '≥' : '≤'} ${goal.ours} ${unit}`,
  ]
  return parts.filter(Boolean).join(', ')
}

const plain = (value: number, unit: string): string =>
  unit === '%' ? `${value.toFixed(1)} %` : plainCount(value, unit)
const plainCount = (value: number, unit: string): string =>
  isRate(unit) ? `${Math.round(value).toLocaleString('en')}${unit}` : `${+value.toPrecision(3)} ${unit}`

/** What the median says, in words: a ratio, or where nothing stands beside it the figure. */
export const said = ({ bare, ours, unit, ratio, ratioRange: [low, high] }: Figure): string =>
  bare === null
    ? `${plain(ours, unit)} (${plain((ours * ratio) / (isRate(unit) ? ratio ** 2 / low : high), unit)}–${plain((ours * ratio) / (isRate(unit) ? ratio ** 2 / high : low), unit)})`
    : `${short(ratio)} (${short(low)}–${short(high)})`

const HEAD = ['what', 'median (range)', 'goal', 'rounds', 'command', 'measured']

/** The README's tables: medians with their range, what they should be, and the command that measures them again. */
export const figuresTables = (): { bench: string; growth: string } => {
  const shown = (file: File) => {
    const rows = readRows(file)
    if (!rows.length) return 'Not measured yet.'
    return table(
      HEAD,
      rows.map((row) => [
        row.cached ? `${row.what}; cached: ${row.cached}` : row.what,
        said(row),
        goalOf(row),
        String(row.rounds),
        `\`npm run bench -- ${row.id}\``,
        row.date,
      ]),
    )
  }
  return { bench: shown('results'), growth: shown('growth') }
}
