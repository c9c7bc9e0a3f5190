import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { authorize, type Actor } from '../../core/actor.ts'
import type { EventName } from '../../core/events.ts'
import { retryParked, troublesAbout, type StandingTrouble } from '../../db/outbox.ts'
import { apiKeys, users } from './tables.ts'
import { items, trends } from '../1-trends/tables.ts'
import { styles } from '../2-designs/tables.ts'
import { campaigns, inquiries } from '../4-storefront/tables.ts'
import { preorders } from '../5-demand/tables.ts'
import { cancellations, factories, offers, productionOrders } from '../6-dispatch/tables.ts'
import { reorders } from '../8-reorders/tables.ts'
import { deliveries, events, mails } from '../../db/tables.ts'
import type { Context, Subject } from '../context.ts'
import { changeHouse, readHouse, unusableSettings } from './house.ts'

export type Operations = ReturnType<typeof openOperations>

/** What an operator looks at and does beside the line: the log of events, parked work, the house's rules. */
export function openOperations(context: Context) {
  const { db, clock } = context
  const count = (rows: { state: string; n: number }[]): Record<string, number> =>
    Object.fromEntries(rows.map(({ state, n }) => [state, n]))
  const counted = sql`count(*)`.mapWith(Number)

  return {
    house: () => readHouse(db.read),
    /** Stored settings that cannot be used, with what stands in for each. */
    unusableSettings: () => unusableSettings(db.read),
    changeHouse: (actor: Actor, change: unknown) => changeHouse(context, actor, change),

    /** The audit log, newest first. */
    async events(
      actor: Actor,
      { name, before, limit }: { name?: string | undefined; before?: string | undefined; limit: number },
    ) {
      authorize(actor, 'line:read')
      return db.read
        .select()
        .from(events)
        .where(and(name ? eq(events.name, name as EventName) : undefined, before ? lt(events.id, before) : undefined))
        .orderBy(desc(events.id))
        .limit(limit)
    },

    /** Names of accounts, keys and factories by their tag in the log; others (the system, buyers) have none. */
    async names(actor: Actor, tags: Iterable<string>): Promise<Map<string, string>> {
      authorize(actor, 'line:read')
      const kinds = { user: users, key: apiKeys, factory: factories }
      const all = [...new Set(tags)]
      const found = await Promise.all(
        Object.entries(kinds).map(async ([kind, table]) => {
          const ids = all.filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => tag.slice(kind.length + 1))
          if (!ids.length) return []
          const rows = await db.read
            .select({ id: table.id, name: table.name })
            .from(table)
            .where(inArray(table.id, ids))
          return rows.map(({ id, name }) => [`${kind}:${id}`, name] as const)
        }),
      )
      return new Map(found.flat())
    },

    /** Deliveries that failed too often and wait for a person. */
    async parked(actor: Actor, limit = 100) {
      authorize(actor, 'line:read')
      return db.read
        .select({ delivery: deliveries, name: events.name, payload: events.payload })
        .from(deliveries)
        .innerJoin(events, eq(events.id, deliveries.eventId))
        .where(eq(deliveries.state, 'parked'))
        .orderBy(desc(deliveries.id))
        .limit(limit)
    },

    /** What failed for good about something people look at, in words; gone once it is tried again. */
    async troubles(actor: Actor, about: Subject): Promise<StandingTrouble[]> {
      authorize(actor, 'read')
      return troublesAbout(db.read, about)
    },

    async retry(actor: Actor, ids: readonly string[]): Promise<number> {
      authorize(actor, 'system')
      return retryParked(db, ids, clock.now())
    },

    /** Counts of each stage: the overview page, the demo's last line, the metrics. */
    async counts() {
      const states = async (
        column:
          | typeof styles.state
          | typeof campaigns.state
          | typeof preorders.state
          | typeof productionOrders.state
          | typeof offers.state
          | typeof reorders.state,
        from:
          | typeof styles
          | typeof campaigns
          | typeof preorders
          | typeof productionOrders
          | typeof offers
          | typeof reorders,
      ) =>
        count(
          (await db.read.select({ state: column, n: counted }).from(from).groupBy(column)) as {
            state: string
            n: number
          }[],
        )
      const [style, campaign, preorder, order, offer, reorder] = await Promise.all([
        states(styles.state, styles),
        states(campaigns.state, campaigns),
        states(preorders.state, preorders),
        states(productionOrders.state, productionOrders),
        states(offers.state, offers),
        states(reorders.state, reorders),
      ])
      const [itemCount, trendCount, open, parked, letters, cancelling] = await Promise.all([
        db.read.$count(items),
        db.read.$count(trends),
        db.read.$count(inquiries, sql`${inquiries.answeredAt} is null`),
        db.read.$count(deliveries, eq(deliveries.state, 'parked')),
        db.read.$count(mails, inArray(mails.state, ['due', 'parked'])),
        db.read.$count(cancellations, and(eq(cancellations.state, 'asked'), eq(cancellations.side, 'factory'))),
      ])
      return {
        items: itemCount,
        trends: trendCount,
        styles: style,
        campaigns: campaign,
        preorders: preorder,
        orders: order,
        offers: offer,
        reorders: reorder,
        openInquiries: open,
        /** Asked for by factories; the house has to answer. */
        openCancellations: cancelling,
        parkedDeliveries: parked,
        waitingLetters: letters,
      }
    },
  }
}
