const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const day = (year: number, month: number, date: number): string | undefined => {
  const at = new Date(Date.UTC(year, month - 1, date))
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date
  return real && year >= 1990 && year <= 2100 ? at.toISOString().slice(0, 10) : undefined
}

/**
 * The first day (`2026-11-16`) of the period a cell names, or undefined when it is no date. Read: 2026-11-16,
 * 2026/11/16, 2026-11, 2026年11月16日, "2026-11-16 - 2026-11-22", Nov 2026, "Nov 16 2026", "Nov 16, 2026 9:48",
 * with or without a time of day. Not read: 3/4/2026, which is another day in another country.
 */
export function dayOfCell(cell: string): string | undefined {
  const text = cell.normalize('NFKC').trim()
  if (text.length > 40) return undefined
  const numeric = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?(?:日|月)?(?=$|[\sT~-])/.exec(text)
  if (numeric) return day(Number(numeric[1]), Number(numeric[2]), Number(numeric[3] ?? 1))
  const named = /^([A-Za-z]{3})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})(?=$|\s)/.exec(text)
  const month = MONTHS.indexOf((named?.[1] ?? '').toLowerCase()) + 1
  return named && month > 0 ? day(Number(named[3]), month, Number(named[2] ?? 1)) : undefined
}

export type Granularity = 'day' | 'week' | 'month'

/** From the column's own name, else from the usual distance between rows. */
export function granularityOf(header: string, days: readonly string[]): Granularity {
  const name = header.normalize('NFKC').trim().toLowerCase()
  if (/^(week|周|星期)/.test(name)) return 'week'
  if (/^(month|月)/.test(name)) return 'month'
  if (/^(day|日|天)/.test(name)) return 'day'
  const gaps = days
    .slice(1)
    .map((d, i) => (Date.parse(d) - Date.parse(days[i] ?? d)) / 86_400_000)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length / 2)] ?? 1
  return usual >= 20 ? 'month' : usual >= 5 ? 'week' : 'day'
}
