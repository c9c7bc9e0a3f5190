/** One transaction for all endpoints: what was answered is recorded, what goes out next is claimed. */
import { LEASE_MS, newLease } from '../../db/leases.ts'
import type { Context } from '../context.ts'
import { recordTaken, type Taken } from './recording.ts'
import { factoriesById, type Factory } from './store/factories.ts'
import { isReady, messageQueue, openClaims, type Message } from './store/messages.ts'

/** Who wants how many more. */
export interface Wish {
  factoryId: string
  limit: number
}

export interface Claimed {
  factory: Factory
  /** In the order in which they were queued. */
  messages: Message[]
}

export function openClaiming({ db, clock }: Pick<Context, 'db' | 'clock'>) {
  const claimNext = openClaims(db)
  /** Everything claimed in one transaction is under one token, renewed while any of it is in hand. */
  const held = new Map<string, { count: number; release: () => void }>()

  /** A message is out of our hands. */
  function letGo({ leaseToken }: Message): void {
    const lease = held.get(leaseToken ?? '')
    if (!lease || --lease.count > 0) return
    lease.release()
    held.delete(leaseToken ?? '')
  }

  /** @param back claimed, and not sent after all: due as they were */
  async function recordAndClaim(
    taken: readonly Taken[],
    back: readonly Message[],
    wishes: readonly Wish[],
  ): Promise<Claimed[]> {
    const token = newLease()
    const now = clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const work = db.write(
      async (tx) => {
        if (taken.length) await recordTaken(tx, taken, now)
        for (const message of back) await messageQueue.giveBack(tx, message)
        const claimed: Claimed[] = []
        const wishing = wishes.map(({ factoryId }) => factoryId)
        const factories = await factoriesById(tx, wishing)
        for (const { factoryId, limit } of wishes) {
          const factory = factories.get(factoryId)
          if (!factory || !isReady(factory, now)) continue
          const messages = await claimNext(tx, { factoryId, now, limit, token, until })
          claimed.push({ factory, messages: messages.sort((a, b) => (a.id < b.id ? -1 : 1)) })
        }
        return claimed
      },
      { atomic: true },
    )
    const claimed = await work.finally(() => {
      for (const { message } of taken) letGo(message)
      for (const message of back) letGo(message)
    })
    const count = claimed.reduce((sum, { messages }) => sum + messages.length, 0)
    if (count) held.set(token, { count, release: messageQueue.keep(db, clock, token) })
    return claimed
  }

  return { recordAndClaim, letGo }
}
