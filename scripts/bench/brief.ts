/** The brief of a lot with all its files: tech pack, patterns, markers, sealed. Without a search for shorter markers. */
import { makeBrief, openStudio } from '../../src/garments/index.ts'
import { techPackInput } from '../../tests/garments/support-draft.ts'
import type { Bench } from './bench.ts'
import { against } from './turns.ts'

const ROUNDS = 3

export const brief: Bench = {
  name: 'brief',
  rows: ['brief'],
  async *run(_wanted, say) {
    await using studio = openStudio()
    const { lays: _lays, flats: _flats, ...order } = techPackInput('coat')
    const quantities: Record<string, number> = {}
    for (const { size, units } of order.order.quantities ?? [])
      if (size) quantities[size] = (quantities[size] ?? 0) + (units ?? 0)
    yield await against(
      {
        id: 'brief',
        what: 'the brief of a lot (coat, five sizes) with its files: tech pack, patterns, markers',
        unit: 's',
        rounds: ROUNDS,
        aim: 10,
        run: async () => {
          const began = performance.now()
          await makeBrief(studio, { ...order, quantities })
          return { value: (performance.now() - began) / 1000 }
        },
      },
      say,
    )
  },
}
