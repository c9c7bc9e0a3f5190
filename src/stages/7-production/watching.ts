import { system } from '../../core/actor.ts'
import { DAY } from '../../core/values.ts'
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
import { progressOf, type ProgressRow } from './store.ts'
import { lettersOn } from './telling.ts'

/** When the present stage began: its first report, or the acceptance. */
const sinceOf = (order: ProductionOrder, rows: readonly ProgressRow[], reached: MakingState): Date =>
  rows.find(({ state, outcome }) => outcome === 'applied' && state === reached)?.at ??
  order.acceptedAt ??
  order.createdAt

/** Orders that will not be with their buyers in time by what is known now: told once per placement. */
export async function watch(context: Context): Promise<void> {
  const { db, clock, outbox, engines } = context
  const now = clock.now()
  const { shippingDays } = await readTerms(db.read)
  for (const { order, leadDays } of await ordersToWatch(db.read)) {
    const rows = await progressOf(db.read, order.id, order.placement)
    const { reached } = standingAfter(rows.map(asReport))
    const past = (await orderPage(db.read, { factoryId: order.factoryId ?? '', limit: 100 })).flatMap(
      ({ acceptedAt, shippedAt }) =>
        acceptedAt && shippedAt ? [(shippedAt.getTime() - acceptedAt.getTime()) / DAY] : [],
    )
    const expectedAt = expectedDelivery({
      reached,
      since: sinceOf(order, rows, reached),
      now,
      leadDays: leadDaysOf(leadDays, past),
      shippingDays,
    })
    if (expectedAt <= order.promisedAt) continue
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
}
