import { system } from '../../src/core/actor.ts'
import { hashOf } from '../../src/core/canonical.ts'
import { assertComplete, buildBrief, makeBrief, type TechPackFile, type Brief } from '../../src/garments/index.ts'
import type { Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import type { MakeBrief } from '../../src/stages/6-dispatch/briefs.ts'
import type { Context } from '../../src/stages/context.ts'

/** Where goods go and who puts them on the market: without these no brief is complete. */
export const SHIP_TO = {
  shipTo: {
    name: '首裁中心仓',
    contact: '李华',
    phone: '+86 571 0000 0000',
    lines: ['滨江区江南大道 100 号'],
    city: '杭州',
    country: 'CN',
  },
  maker: '首裁服饰有限公司',
  makerAddress: '浙江省杭州市滨江区江南大道 100 号',
}

/** A T-shirt factory, active after its signed ping (or, without an endpoint, after it said yes in its portal). */
export async function register(dispatch: Dispatch, wish: { name?: string; endpoint?: string; [key: string]: unknown }) {
  const name = wish.name ?? 'Tailor'
  const made = await dispatch.createFactory(system('test'), {
    name,
    country: 'China',
    contactEmail: `${name.toLowerCase()}@factory.example`,
    categories: ['tee'],
    moq: 10,
    weeklyCapacity: 500,
    leadDays: 20,
    rates: { tee: 800 },
    complianceClass: 'A',
    ...wish,
  })
  register.secrets.set(made.factory.id, { secret: made.secret, portalToken: made.portalToken })
  const actor = { kind: 'factory', id: made.factory.id, name } as const
  const factory = wish.endpoint
    ? await dispatch.pingFactory(system('test'), { id: made.factory.id })
    : await dispatch.confirmPortal(actor)
  return { ...made, factory, actor }
}
register.secrets = new Map<string, { secret: string; portalToken: string }>()

const made = new Map<string, Promise<{ brief: Brief; files: TechPackFile[] }>>()

/**
 * The real brief, made in the studio once for each style and quantity; later offers of the same lot take over its
 * drawings and put their own order into the JSON. Seconds become milliseconds, and the gate still sees every brief.
 */
export const quickBriefs =
  ({ studio }: Context): MakeBrief =>
  async (input) => {
    const key = hashOf([input.quantities, input.style.hash])
    const first = made.get(key) ?? makeBrief(studio, { ...input, order: { ...input.order, shipTo: SHIP_TO.shipTo } })
    made.set(key, first)
    const { brief, files } = await first
    const { id, issuedAt, order } = buildBrief({ ...input, lays: [], callouts: [], files: brief.files })
    return { brief: assertComplete({ ...brief, id, issuedAt, order }), files }
  }
