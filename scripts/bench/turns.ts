/** Ours and what stands beside it in turns, and what becomes of the turns: one figure. */
import { said, isRate, type Figure } from './row.ts'

/** What one side did in one turn. */
export interface Turn {
  /** In the row's unit. */
  value: number
  p50Ms?: number
  p99Ms?: number
  maxMs?: number
  cpuUs?: number
  stallMs?: number
  peakMb?: number
}

export interface Compared extends Pick<Figure, 'id' | 'what' | 'unit' | 'rounds' | 'cached' | 'goal'> {
  ours: () => Promise<Turn>
  bare: () => Promise<Turn>
  /** Turns before the first that counts: until both are compiled. One by default. */
  warm?: number
}

/** Tells whoever waits how far it is. */
export type Say = (progress: string) => void

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds: what half of them keep, 99 of 100, all. */
export interface Spread {
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export function spread(took: readonly number[]): Spread {
  const sorted = [...took].sort((a, b) => a - b)
  const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { p50Ms: share(0.5), p99Ms: share(0.99), maxMs: share(1) }
}

export const rounded = (value: number): number => Number(value.toPrecision(4))
const known = (turns: readonly Turn[], key: keyof Turn): number[] =>
  turns.map((turn) => turn[key]).filter((value) => value !== undefined)
const medianOf = (turns: readonly Turn[], key: keyof Turn): number | null => {
  const values = known(turns, key)
  return values.length ? rounded(median(values)) : null
}
const mostOf = (turns: readonly Turn[], key: keyof Turn): number | null => {
  const values = known(turns, key)
  return values.length ? rounded(Math.max(...values)) : null
}

interface Told extends Pick<Figure, 'id' | 'what' | 'unit' | 'rounds' | 'cached' | 'goal'> {
  ours: Turn[]
  /** Undefined where nothing stands beside it. */
  bare: Turn[] | undefined
  ratios: number[]
}

function figureOf({ id, what, unit, rounds, cached, goal, ours, bare, ratios }: Told): Figure {
  const cpu = medianOf(ours, 'cpuUs')
  const stall = mostOf(ours, 'stallMs')
  const peak = mostOf(ours, 'peakMb')
  return {
    id,
    what,
    unit,
    ours: medianOf(ours, 'value') ?? Number.NaN,
    bare: bare ? medianOf(bare, 'value') : null,
    ratio: rounded(median(ratios)),
    ratioRange: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    p50Ms: medianOf(ours, 'p50Ms'),
    p99Ms: medianOf(ours, 'p99Ms'),
    maxMs: mostOf(ours, 'maxMs'),
    rounds,
    ...(cached === undefined ? {} : { cached }),
    ...(goal === undefined ? {} : { goal }),
    ...(cpu === null ? {} : { cpuUs: { ours: cpu, bare: bare ? medianOf(bare, 'cpuUs') : null } }),
    ...(stall === null ? {} : { stallMs: stall }),
    ...(peak === null ? {} : { peakMb: peak }),
  }
}

/** Ours, bare, ours, bare …: who comes first changes, for what the one leaves behind would always fall on the other. */
export async function compare({ ours, bare, warm = 1, ...row }: Compared, say: Say): Promise<Figure> {
  const turns: { ours: Turn[]; bare: Turn[] } = { ours: [], bare: [] }
  for (let round = -warm; round < row.rounds; round++) {
    const sides = round % 2 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)
    for (const side of sides) {
      const turn = await (side === 'ours' ? ours() : bare())
      if (round >= 0) turns[side].push(turn)
    }
    const [a, b] = [turns.ours.at(-1), turns.bare.at(-1)]
    if (a && b) say(`${row.id} ${round + 1}/${row.rounds}: ${shown(a, row.unit)} beside ${shown(b, row.unit)}`)
    else say(`${row.id}: warming up`)
  }
  const ratios = turns.ours.map(({ value }, n) => {
    const other = turns.bare[n]?.value ?? Number.NaN
    return isRate(row.unit) ? value / other : other / value
  })
  const figure = figureOf({ ...row, ...turns, ratios })
  say(`${row.id}: ${said(figure)}`)
  return figure
}

export interface Aimed extends Pick<Figure, 'id' | 'what' | 'unit' | 'rounds' | 'cached'> {
  run: () => Promise<Turn>
  /** What it may take at most (of rates: at least), in its unit. */
  aim: number
  warm?: number
}

/** A figure beside which nothing stands but its aim. */
export async function against({ run, aim, warm = 1, ...row }: Aimed, say: Say): Promise<Figure> {
  const ours: Turn[] = []
  for (let round = -warm; round < row.rounds; round++) {
    const turn = await run()
    if (round < 0) continue
    ours.push(turn)
    say(`${row.id} ${round + 1}/${row.rounds}: ${shown(turn, row.unit)}, aim ${aim} ${row.unit}`)
  }
  return aimed({ ...row, aim, ours })
}

/** The same of turns that were taken already. */
export function aimed({ aim, ours, ...row }: Omit<Aimed, 'run' | 'warm'> & { ours: Turn[] }): Figure {
  const ratios = ours.map(({ value }) => (isRate(row.unit) ? value / aim : aim / value))
  return figureOf({ ...row, goal: { ours: aim }, ours, bare: undefined, ratios })
}

const shown = ({ value, p99Ms, cpuUs, stallMs }: Turn, unit: string): string =>
  [
    isRate(unit) ? `${Math.round(value).toLocaleString('en')}${unit}` : `${+value.toPrecision(3)} ${unit}`,
    ...(p99Ms === undefined ? [] : [`p99 ${Math.round(p99Ms)} ms`]),
    ...(cpuUs === undefined ? [] : [`${Math.round(cpuUs)} µs of processor`]),
    ...(stallMs === undefined ? [] : [`longest stall ${Math.round(stallMs)} ms`]),
  ].join(', ')
