export interface Row {
  /** Names the row for whoever looks a figure up. */
  id?: string
  what: string
  ours: string
  baseline: string
  ratio: string
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function print(rows: readonly Row[]): void {
  const head: Row = { what: 'what', ours: 'ours', baseline: 'baseline', ratio: 'ratio' }
  const width = (key: Exclude<keyof Row, 'id'>) => Math.max(...[head, ...rows].map((row) => row[key].length))
  for (const row of [head, ...rows])
    console.log((['what', 'ours', 'baseline', 'ratio'] as const).map((key) => row[key].padEnd(width(key))).join('  '))
}
