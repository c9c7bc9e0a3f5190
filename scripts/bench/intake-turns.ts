/** Pre-orders sent to a side, for every bench of intake. */
import { newId } from '../../src/core/values.ts'
import type { Wish } from './load.ts'

export const CONNECTIONS = 50

let made = 0
/** Each of another buyer, with a key as the shop makes them. */
const preorder = (path: string): Wish => {
  const n = ++made
  return {
    method: 'POST',
    path,
    body: JSON.stringify({
      email: `buyer${n}@example.com`,
      name: `Buyer ${n}`,
      lang: 'zh',
      lines: [{ size: 'L', colourway: 'olive', quantity: 1 + (n % 3) }],
    }),
    headers: { 'content-type': 'application/json', 'idempotency-key': newId() },
  }
}

/** So many pre-orders, spread over these campaigns. @param under what stands before the path: `/api/v1`, or nothing */
export const preorders = (count: number, campaigns: readonly string[], under = ''): Wish[] =>
  Array.from({ length: count }, (_, n) => preorder(`${under}/campaigns/${campaigns[n % campaigns.length]}/preorders`))

/** @throws Error where an acknowledged pre-order is not in the database */
export function assertStored(acknowledged: number, left: { stored: number } | undefined): void {
  if (left?.stored !== acknowledged)
    throw new Error(`${acknowledged} pre-orders acknowledged, ${left?.stored ?? 'nobody knows how many'} stored`)
}
