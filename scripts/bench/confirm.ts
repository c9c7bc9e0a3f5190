/** Buyers follow the links of their letters: each is counted, durably, beside a bare route that answers the same. */
import type { Bench } from './bench.ts'
import type { Confirmed, Confirming } from './confirming.ts'
import { CONNECTIONS } from './intake-turns.ts'
import type { Wish } from './load.ts'
import { alone, loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 5000

const wishesOf = (paths: readonly string[]): Wish[] => paths.map((path) => ({ method: 'POST', path }))

export const confirm: Bench = {
  name: 'confirm',
  rows: ['confirm-viral', 'confirm-many'],
  built: true,
  async *run(wanted, say) {
    const real = await startSide<Confirming>('scripts/bench/confirming.ts')
    const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
    let acknowledged = 0
    let left: Confirmed | undefined
    const row = (id: string, whose: string, campaigns: readonly string[]) =>
      compare(
        {
          id,
          what: `confirmations for ${whose}, durable, with every counter, ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          ours: async () => {
            // What a turn confirms is placed, and asked for by letter, before its clock starts.
            const paths = await alone(real, [bare], () => real.ask<string[]>({ place: COUNT, campaigns }))
            const turn = await loaded(real, [bare], {
              url: real.said.url,
              wishes: wishesOf(paths),
              connections: CONNECTIONS,
            })
            acknowledged += paths.length // a turn ends only when each has its 200
            return turn
          },
          bare: () => {
            const paths = Array.from({ length: COUNT }, (_, n) => `/preorders/${n}/confirm?token=${'t'.repeat(60)}`)
            return loaded(bare, [real], { url: bare.said.url, wishes: wishesOf(paths), connections: CONNECTIONS })
          },
        },
        say,
      )
    try {
      const { campaigns } = real.said
      if (wanted('confirm-viral')) yield await row('confirm-viral', 'one campaign', campaigns.slice(0, 1))
      if (wanted('confirm-many')) yield await row('confirm-many', `${campaigns.length} campaigns`, campaigns)
    } finally {
      await bare.leave()
      left = await real.leave<Confirmed>()
    }
    // Where a turn broke off, its own error says why.
    if (left?.confirmed !== acknowledged || left.wrong)
      throw new Error(`${acknowledged} confirmations acknowledged, ${left?.confirmed} stored, ${left?.wrong} counters wrong`) // prettier-ignore
  },
}
