/** Pre-orders whose buyers say at once where to send it, beside the same without: in turns, to the same server. */
import type { Bench } from './bench.ts'
import { CONNECTIONS, preorders } from './intake-turns.ts'
import type { Wish } from './load.ts'
import type { Real } from './real.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 5_000

/** Each another telephone and another door; every fifth abroad. */
const addressed = ({ body = '{}', ...wish }: Wish, n: number): Wish => ({
  ...wish,
  body: JSON.stringify({
    ...(JSON.parse(body) as object),
    phone: `+86138${String(10_000_000 + n)}`,
    address:
      n % 5
        ? { country: 'CN', region: '上海市', city: '上海市', district: '浦东新区', street: `世纪大道 ${n} 号` }
        : { country: 'DE', city: 'Berlin', street: `Unter den Linden ${n}`, postcode: '10117' },
  }),
})

export const intakeAddressed: Bench = {
  name: 'addressed',
  rows: ['intake-addressed'],
  built: true,
  async *run(_wanted, say) {
    const real = await startSide<Real>('scripts/bench/real.ts')
    const [campaign = ''] = real.said.campaigns
    let acknowledged = 0
    let left: { stored: number } | undefined
    const turn = async (made: (wish: Wish, n: number) => Wish) => {
      const wishes = preorders(COUNT, [campaign], '/api/v1').map(made)
      const done = await loaded(real, [], { url: real.said.url, wishes, connections: CONNECTIONS })
      acknowledged += COUNT // a turn ends only when each has its 201
      return done
    }
    try {
      yield await compare(
        {
          id: 'intake-addressed',
          what: `pre-orders with telephone and address beside the same without, to be verified, ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          goal: { ratio: 0.9 },
          ours: () => turn(addressed),
          bare: () => turn((wish) => wish),
        },
        say,
      )
    } finally {
      left = await real.leave()
    }
    if (left?.stored !== acknowledged)
      throw new Error(`${acknowledged} pre-orders acknowledged, ${left?.stored ?? 'nobody knows how many'} stored`)
  },
}
