import { system } from '../../core/actor.ts'
import { DAY, grouped } from '../../core/values.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import {
  leadDaysOf,
  noticeLate,
  orderPage,
  ordersToWatch,
  readTerms,
  type ProductionOrder,
} from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { asReport, expectedDelivery, standingAfter, type MakingState } from './model.ts'
import { reportsOn, type ProgressRow } from './store.ts'
import { lettersOn } from './telling.ts'

/** When the present stage began: its first report, or the acceptance. */
const sinceOf = (order: ProductionOrder, rows: readonly ProgressRow[], reached: MakingState): Date =>
  rows.find(({ state, outcome }) => outcome === 'applied' && state === reached)?.at ??
  order.acceptedAt ??
  order.createdAt

/** How long a factory took from acceptance to shipping, in days, for its newest orders: asked once in a look. */
function openPast({ db }: Pick<Context, 'db'>) {
  const known = new Map<string, Promise<number[]>>()
  const read = async (factoryId: string): Promise<number[]> =>
    (await orderPage(db.read, { factoryId, limit: 100 })).flatMap(({ acceptedAt, shippedAt }) =>
      acceptedAt && shippedAt ? [(shippedAt.getTime() - acceptedAt.getTime()) / DAY] : [],
    )
  return (factoryId: string): Promise<number[]> => {
    const past = known.get(factoryId) ?? read(factoryId)
    known.set(factoryId, past)
    return past
  }
}

/** Orders that will not be with their buyers in time by what is known now: told once per placement. */
export async function watch(context: Context): Promise<void> {
  const { db, clock } = context
  const now = clock.now()
  const { shippingDays } = await readTerms(db.read)
  const pastOf = openPast(context)
  for await (const some of ordersToWatch(db.read)) {
    const ids = some.map(({ order }) => order.id)
    const reports = grouped(await reportsOn(db.read, ids), ({ orderId }) => orderId)
    for (const { order, leadDays } of some) {
      const rows = (reports.get(order.id) ?? []).filter(({ placement }) => placement === order.placement)
      const { reached } = standingAfter(rows.map(asReport))
      const expectedAt = expectedDelivery({
        reached,
        since: sinceOf(order, rows, reached),
        now,
        leadDays: leadDaysOf(leadDays, await pastOf(order.factoryId ?? '')),
        shippingDays,
      })
      if (expectedAt > order.promisedAt) await tellLate(context, order, expectedAt, now)
    }
  }
}

async function tellLate(context: Context, order: ProductionOrder, expectedAt: Date, now: Date): Promise<void> {
  const { db, outbox, engines } = context
  // Of a crowd the last ones are written to with the notice: whoever is killed before begins again, and tells nobody twice.
  let last: NewLetter[] = []
  for await (const letters of lettersOn(context, order, { kind: 'late', expectedAt })) {
    const before = last
    if (before.length) await db.write((tx) => queueLetters(tx, before, now, engines.vault), { atomic: true })
    last = letters
  }
  await db.write(async (tx) => {
    if (!(await noticeLate(tx, order, now))) return
    await queueLetters(tx, last, now, engines.vault)
    await outbox.emit(tx, system('production'), 'production.late', { orderId: order.id }, now)
  })
}
