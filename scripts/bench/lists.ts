/** The list of campaigns that everybody opens, beside a bare route that sends the same bytes. */
import type { Bench } from './bench.ts'
import { CONNECTIONS } from './intake-turns.ts'
import type { Wish } from './load.ts'
import type { Real } from './real.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 25_000

export const lists: Bench = {
  name: 'lists',
  rows: ['list-hit'],
  built: true,
  async *run(_wanted, say) {
    const real = await startSide<Real>('scripts/bench/real.ts')
    const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
    try {
      const list: unknown = await (await fetch(`${real.said.url}/api/v1/campaigns?limit=20`)).json()
      const headers = { 'content-type': 'application/json' }
      await fetch(`${bare.said.url}/list`, { method: 'PUT', headers, body: JSON.stringify(list) })
      const many = (path: string): Wish[] => Array.from({ length: COUNT }, () => ({ method: 'GET', path }))
      yield await compare(
        {
          id: 'list-hit',
          what: `list of 20 campaigns with ladders, ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          cached: 'each campaign’s text while nothing of it changes; read once for all who ask in the same moment',
          ours: () => loaded(real, [bare], { url: real.said.url, wishes: many('/api/v1/campaigns?limit=20') }),
          bare: () => loaded(bare, [real], { url: bare.said.url, wishes: many('/list') }),
        },
        say,
      )
    } finally {
      await Promise.all([bare.leave(), real.leave()])
    }
  },
}
