/**
 * The lower half of the line, from the shop to the reorder, with buyers, factories and a house that act on it as the
 * real ones do: through the stages' own actions and signed callbacks. What was answered to them is remembered here, so
 * that it can be held against what is stored.
 */
import { asc } from 'drizzle-orm'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { signMessage } from '../../src/core/signature.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaigns, type PreorderLine } from '../../src/db/schema.ts'
import type { PledgedLine } from '../../src/stages/5-demand/pledges.ts'
import type { OutboundAnswer } from '../../src/engines/ports.ts'
import { buildBrief, type Brief } from '../../src/garments/index.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { openDemand } from '../../src/stages/5-demand/actions.ts'
import { auditOrders } from '../../src/stages/6-dispatch/ledger.ts'
import { openDispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import type { MakeBrief } from '../../src/stages/6-dispatch/briefs.ts'
import { auditPieces } from '../../src/stages/7-production/ledger.ts'
import { openProduction } from '../../src/stages/7-production/actions.ts'
import { openReorders } from '../../src/stages/8-reorders/actions.ts'
import { changeHouse } from './house.ts'
import { register, SHIP_TO } from './factories.ts'
import { approvedStyle } from './lots.ts'
import { world } from './world.ts'

export const house = system('test')
const shop: Actor = { kind: 'key', id: 'shop', name: 'shop', scopes: ['demand'] }

/** One of two partners, by its link or by its key; the second is trusted. */
export interface By {
  partner: 0 | 1
  way: 'link' | 'key'
}

/** What a buyer was told when the pre-order was taken. */
export interface Acknowledged {
  id: string
  campaignId: string
  email: string
  key: string
  vouched: boolean
  /** By which partner's link or key it was sent. */
  by?: By | undefined
  /** Whose it then was: a link that leads nowhere any more makes it the house's own. */
  partnerId: string | null
  lines: PledgedLine[]
  units: number
  unitPrice: number
  /** The whole answer: a repetition gets the same bytes. */
  text: string
}

/**
 * The brief without its drawings, which take seconds: what it says about the order is what counts here. The gate that
 * refuses such a brief has tests of its own.
 */
const undrawn: MakeBrief = async (input) => ({
  brief: buildBrief({ ...input, lays: [], callouts: [], files: [] }) as Brief,
  files: [],
})

export type Line = Awaited<ReturnType<typeof openLine>>

/** What was refused with a reason is an answer; anything else that is thrown is a fault of ours. */
export async function answered<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return undefined
    throw error
  }
}

export async function openLine() {
  /** Letters as they arrived, by id; and what the one factory with an endpoint was sent. */
  const post: { id: string; to: string; subject: string }[] = []
  const webhooks: { id: string; type: string; data: Record<string, unknown> }[] = []
  let endpoint = 204
  const line = await world({
    engines: {
      mailer: { send: async ({ id, to, subject }) => void post.push({ id, to, subject }), close: async () => {} },
      outbound: {
        async request({ url, headers, body }): Promise<OutboundAnswer> {
          const { type, data } = JSON.parse(body ?? '') as { type: string; data: Record<string, unknown> }
          if (endpoint === 204) webhooks.push({ id: headers?.['webhook-id'] ?? '', type, data })
          return { status: endpoint, headers: {}, bytes: Buffer.alloc(0), truncated: false, url }
        },
      },
    },
    stages: (context) => ({
      storefront: openStorefront(context),
      demand: openDemand(context, { rules: [auditOrders, auditPieces] }),
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: undrawn }),
      production: openProduction(context),
      reorders: openReorders(context),
    }),
  })
  const { context, clock, db, stages } = line
  const { demand, dispatch } = stages
  await changeHouse(context, house, { verification: 'trusted', reorderMinUnits: 10, answerHours: 24 })
  await dispatch.changeTerms(house, SHIP_TO)

  const factories: Awaited<ReturnType<typeof register>>[] = []
  for (const [index, wish] of [{ endpoint: 'http://127.0.0.1/hooks' }, {}, {}].entries())
    factories.push(
      await register(dispatch, {
        name: `Factory${index}`,
        rates: { tee: 700 + 100 * index },
        weeklyCapacity: 60,
        moq: 5,
        ...wish,
      }),
    )

  const partners: { id: string; key: string; code: string }[] = []
  for (const trusted of [false, true]) {
    const wish = { name: trusted ? 'Sure' : 'Shop', kind: 'channel', contactEmail: 'p@example.com', commission: 10, trusted } as const // prettier-ignore
    const { partner, key } = await demand.createPartner(house, wish)
    partners.push({ id: partner.id, code: partner.code, key })
  }

  const acknowledged = new Map<string, Acknowledged>()
  const confirmed = new Set<string>()
  const cancelled = new Set<string>()
  /** What a pre-order was said to be after each change. Which of two at once was the later one, nobody is told. */
  const changed = new Map<string, { lines: PreorderLine[]; units: number }[]>()
  const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''

  return {
    ...line,
    factories,
    partners,
    post,
    webhooks,
    acknowledged,
    confirmed,
    cancelled,
    /** What a buyer's link carries. */
    linkOf: (id: string) => ({ id, token: tokenOf(id) }),
    changed,
    behave: (status: number) => void (endpoint = status),

    /** Approve another style: its campaign opens as the map says. */
    async openCampaign(days: number, closing: 'collect' | 'atGoal' = 'atGoal'): Promise<void> {
      const { styleId, hash } = await approvedStyle(context)
      const now = clock.now()
      const campaign = {
        opensAt: now.toISOString(),
        closesAt: new Date(+now + days * DAY).toISOString(),
        closing,
        minBuyers: 2,
        perBuyerCap: 30,
      }
      await db.write((tx) =>
        context.outbox.emit(tx, house, 'approvals.approved', { styleId, version: 1, hash, campaign }, now),
      )
      await line.settle()
    },

    campaigns: () => db.read.select().from(campaigns).orderBy(asc(campaigns.id)),

    /** Ask for it, perhaps twice at once under one key; the answer is remembered. */
    async place(
      campaignId: string,
      wish: { email: string; lines: PledgedLine[]; key: string; vouched: boolean; by?: By | undefined },
    ): Promise<string | undefined> {
      const { email, lines, key, by } = wish
      const partner = by && partners[by.partner]
      const own = by?.way === 'key' && partner ? await demand.partnerByKey(partner.key) : undefined
      // Refused at the door: it was stopped.
      if (own instanceof Problem) return undefined
      const behind = by?.way === 'link' && partner ? await demand.partnerBehind(partner.code) : undefined
      const vouched = own ? own.actor.trusted : wish.vouched
      const answer = await answered(
        demand.place(
          own?.actor ?? (vouched ? shop : anonymous),
          campaignId,
          { email, name: email, lang: email.length % 2 ? 'en' : 'zh', lines },
          { key, describe: ({ code }) => code, partner: behind },
        ),
      )
      if (answer?.status !== 201) return undefined
      const told = JSON.parse(answer.text) as Pick<Acknowledged, 'id' | 'units' | 'unitPrice'>
      const known = acknowledged.get(told.id)
      if (known && known.text !== answer.text) throw new Error(`told ${known.text} and then ${answer.text}`)
      const partnerId = known ? known.partnerId : (own?.actor.id ?? behind?.id ?? null)
      acknowledged.set(told.id, { ...told, campaignId, email, key, vouched, by, partnerId, lines, text: answer.text })
      if (vouched) confirmed.add(told.id)
      return told.id
    },
    async confirm(id: string): Promise<void> {
      const told = await answered(demand.confirm(anonymous, { id, token: tokenOf(id) }))
      if (told && ['confirmed', 'in-lot'].includes(told.preorder.state)) confirmed.add(id)
    },
    /** Take other pieces; what was answered is what is ordered from now on. */
    async change(id: string, lines: PreorderLine[]): Promise<void> {
      const told = await answered(demand.changeLines(anonymous, { id, token: tokenOf(id), lines }))
      if (told) changed.set(id, [...(changed.get(id) ?? []), { lines: told.lines, units: told.units }])
    },
    async cancel(id: string): Promise<void> {
      const told = await answered(demand.cancel(anonymous, { id, token: tokenOf(id) }))
      if (told && told.state !== 'cancelled') throw new Error(`${id} was not cancelled and nobody said why`)
      if (told) cancelled.add(id)
    },

    /** A factory's signed callback, sent so many times under one id. */
    async callback(factoryId: string, type: string, data: Record<string, unknown>, times = 1): Promise<void> {
      const { secret } = factories.find(({ factory }) => factory.id === factoryId) ?? {}
      const rawBody = JSON.stringify({ type, timestamp: clock.now().toISOString(), data })
      const headers = { ...signMessage([secret ?? ''], newId(), clock.now(), rawBody) }
      await Promise.all(
        Array.from({ length: times }, () => answered(dispatch.receiveCallback({ factoryId, rawBody, headers }))),
      )
    },

    /** The schedules tick. */
    async tick(): Promise<void> {
      const now = clock.now()
      const payload = { window: now.toISOString() }
      await db.write(async (tx) => {
        for (const stage of ['demand', 'dispatch', 'production', 'reorders'] as const)
          await context.outbox.emit(tx, system('schedule'), `${stage}.sweep-due`, payload, now)
      })
    },
  }
}
