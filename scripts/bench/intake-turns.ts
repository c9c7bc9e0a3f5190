/** Pre-orders sent to a side, for every bench of intake. */
import { newId } from '../../src/core/values.ts'
import type { Wish } from './load.ts'
import { loaded, type Side } from './side.ts'
import { compare, type Compared, type Say } from './turns.ts'

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

type Listening = Side<{ url: string }>

/** Pre-orders to the product in turns with the bare route, so many in each. */
export function openIntake(real: Listening, bare: Listening, count: number, say: Say) {
  let acknowledged = 0
  return {
    row: (row: Omit<Compared, 'unit' | 'ours' | 'bare'>, campaigns: readonly string[]) =>
      compare(
        {
          ...row,
          unit: '/s',
          async ours() {
            const wishes = preorders(count, campaigns, '/api/v1')
            const turn = await loaded(real, [bare], { url: real.said.url, wishes, connections: CONNECTIONS })
            acknowledged += count // a turn ends only when each has its 201
            return turn
          },
          bare: () =>
            loaded(bare, [real], {
              url: bare.said.url,
              wishes: preorders(count, campaigns),
              connections: CONNECTIONS,
            }),
        },
        say,
      ),
    /** @throws Error where an acknowledged pre-order is not in the database */
    assertStored(stored: number | undefined): void {
      if (stored !== acknowledged)
        throw new Error(`${acknowledged} pre-orders acknowledged, ${stored ?? 'nobody knows how many'} stored`)
    },
  }
}
