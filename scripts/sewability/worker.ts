/** One of the processes of `npm run sewability`: counts what it is sent, one style after another. */
import type { StyleSpec } from '../../src/garments/index.ts'
import { type Count, countStyle } from './count.ts'

export interface Job {
  at: number
  spec: StyleSpec
}
export interface Done {
  at: number
  count: Count
  /** Every fault, in words. */
  told: string[]
}

process.on('message', ({ at, spec }: Job) => {
  const told: string[] = []
  const count = countStyle(spec, (text) => told.push(text))
  process.send?.({ at, count, told } satisfies Done)
})
