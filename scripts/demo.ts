/**
 * The whole line in front of the reader, on the embedded database: no key, no network, no configuration.
 * `npm run demo` stays up at the end and prints the addresses; `npm run demo -- --exit` ends, and its last line is one
 * JSON object with the counts of each stage. Everything that people and machines do here goes over HTTP; the demo
 * itself only makes the first accounts and says when a schedule's time has come.
 */
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig } from '../src/config.ts'
import { system } from '../src/core/actor.ts'
import { Problem } from '../src/core/errors.ts'
import type { EventName } from '../src/core/events.ts'
import { formatMoney, type Currency } from '../src/core/values.ts'
import { startServer, type Running } from '../src/start.ts'
import { CATEGORIES } from '../src/garments/index.ts'
import { Client, inTurns } from './demo/client.ts'
import {
  addressOf,
  comeShort,
  openShops,
  pledge,
  pledgesMade,
  sendBack,
  sendParcels,
  takeDown,
  tellShops,
  type Deal,
} from './demo/deal.ts'
import { startFactory } from './demo/factory.ts'
import { openNewsStand } from './demo/news-stand.ts'
import { chapter, note, progress, progressDone, readerLang, say, until } from './demo/telling.ts'
import { FIXTURES, FIXTURES_WEEK } from './fixtures-trends.ts'

const DATA = resolve('data/demo')
const PASSWORD = 'nothing-is-cut'
const staysUp = !process.argv.includes('--exit')

/** Say that a schedule's time has come, as the clock would within the next minutes. */
async function tick(running: Running, name: Extract<EventName, `${string}.sweep-due`>): Promise<void> {
  const { db, outbox, clock } = running.app.line.context
  await db.write((tx) =>
    outbox.emit(tx, system('demo'), name, { window: `demo:${clock.now().toISOString()}` }, clock.now()),
  )
}

interface StyleView {
  style: { id: string; number: string; state: string; version: number; category: string }
  version: {
    spec: { names: { zh: string; en: string }; colourways: unknown[] }
    derived: {
      ladder: { fromUnits: number; unitPrice: number }[]
      currency: Currency
      sizes: unknown[]
      cost: { base: { total: number } }
    }
    gates: { gate: string; verdict: string }[]
    pictures: unknown[]
  }
  blocked: { gate: string }[]
  review: { gate: string }[]
}
interface CampaignView {
  id: string
  slug: string
  style: string
  sizes: string[]
  colourways: { id: string }[]
  lotUnits: number
  lotBuyers: number
  thresholdUnits: number
  state: string
  unitPrice: number
  currency: Currency
}
interface OrderView {
  id: string
  number: string
  state: string
  units: number
  campaignId: string
}

async function main(): Promise<void> {
  rmSync(DATA, { recursive: true, force: true })
  const config = readConfig({
    DATA_DIR: DATA,
    MARKER_SECONDS: '0', // nobody waits for the last centimetre of a demo
    PORT: process.env['PORT'] ?? '0',
    OUTBOUND_ALLOW: '127.0.0.1',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    // All its buyers sit at one computer.
    LETTERS_PER_HOUR: '100000',
  })
  /** The one thing in the story that nobody waits for: a campaign closes when its day ends. */
  let night = 0
  const running = await startServer(config, { clock: { now: () => new Date(Date.now() + night) } })
  const url = running.url ?? ''
  const { identity, mail } = running.app.line
  await identity.createFirst(system('demo'), {
    email: 'mei@example.com',
    name: '梅 Mei',
    password: PASSWORD,
    lang: readerLang,
  })
  const { key } = await identity.createKey(system('demo'), {
    name: 'demo merchandiser',
    scopes: ['read', 'trends', 'designs', 'approvals', 'campaigns', 'factories', 'operate'],
  })
  const merchandiser = new Client(url, key)
  const visitor = new Client(url)
  const stand = await openNewsStand()
  const factory = await startFactory({ manners: { pauseMs: 150 } })

  // ── 1 ────────────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(1, 'Trends: reading feeds and exports in Chinese and English', '趋势：读取中英文订阅源与导出文件')
  for (const fixture of FIXTURES)
    if (stand.serves(fixture))
      await merchandiser.call('POST', '/sources', {
        name: fixture.name,
        url: stand.urlOf(fixture),
        lang: fixture.lang,
        region: fixture.region,
      })
    else await merchandiser.call('POST', '/uploads', await stand.uploadOf(fixture))
  await until('sources to be read', async () => {
    const sources = await merchandiser.call<{ lastFetchedAt: string | null; lastError: unknown }[]>('GET', '/sources')
    return sources.length === FIXTURES.length && sources.every((source) => source.lastFetchedAt)
  })
  const sources = await merchandiser.call<{ name: string; format: string; lastError: unknown }[]>('GET', '/sources')
  for (const source of sources) note(`${source.lastError ? '✗' : '✓'} ${source.name} (${source.format})`)
  await merchandiser.call('POST', '/trends/score', { week: FIXTURES_WEEK })
  interface Trend {
    id: string
    term: string
    label: { zh: string; en: string }
    kind: string
    rank: number
    lift: number | null
    rise: number | null
    burst: number | null
    evidence: { items?: { title: string }[] }
  }
  const { items: trends } = await merchandiser.call<{ items: Trend[] }>('GET', `/trends?week=${FIXTURES_WEEK}&limit=40`)
  const score = (value: number | null) => (value === null ? '  –  ' : value.toFixed(2).padStart(5))
  note(say('rank  season  rise   burst  trend', '排名  季节   上升   爆发   趋势'))
  for (const trend of trends.slice(0, 10))
    note(
      `${String(trend.rank).padStart(4)}  ${score(trend.lift)}  ${score(trend.rise)}  ${score(trend.burst)}  ${trend.label[readerLang]} – ${trend.evidence.items?.[0]?.title ?? ''}`,
    )
  const coat = trends.find((trend) => trend.term === 'military-overcoat' || trend.label.zh.includes('军大衣'))
  if (!coat) throw new Error('the military overcoat is not among the trends')

  // ── 2 ────────────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(2, 'Designs: the embedded designer drafts, costs and draws', '设计：内置设计师打版、核价、渲染')
  const others = trends.filter((trend) => trend.id !== coat.id && trend.kind === 'garment').slice(0, 8)
  const runs = await Promise.all([
    merchandiser.call<{ id: string }>('POST', '/design-runs', {
      trendIds: [coat.id],
      count: 2,
      categories: ['coat'],
      genders: ['men'],
      seed: 7,
    }),
    merchandiser.call<{ id: string }>('POST', '/design-runs', {
      trendIds: others.map((trend) => trend.id),
      count: 4,
      seed: 8,
    }),
  ])
  await until(
    'designs',
    async () => {
      const states = await Promise.all(
        runs.map(({ id }) =>
          merchandiser.call<{ state: string; done: number; total: number; error: unknown }>(
            'GET',
            `/design-runs/${id}`,
          ),
        ),
      )
      progress(
        say(
          `${states.reduce((n, run) => n + run.done, 0)} of ${states.reduce((n, run) => n + run.total, 0)} styles`,
          `已完成 ${states.reduce((n, run) => n + run.done, 0)}/${states.reduce((n, run) => n + run.total, 0)} 款`,
        ),
      )
      const failed = states.find((run) => run.state === 'failed')
      if (failed) throw new Error(`a design run failed: ${JSON.stringify(failed.error)}`)
      return states.every((run) => run.state === 'done')
    },
    120,
  )
  progressDone()
  for (const { id } of runs) {
    const { unfollowed } = await merchandiser.call<{ unfollowed: { text: Record<'zh' | 'en', string> }[] }>(
      'GET',
      `/design-runs/${id}`,
    )
    for (const { text } of unfollowed) note(text[readerLang])
  }
  const { items: styles } = await merchandiser.call<{ items: StyleView[] }>('GET', '/styles?limit=20')
  for (const { style, version, blocked, review } of styles.toReversed()) {
    const { derived, spec } = version
    const gates = (which: readonly { gate: string }[]) => which.map(({ gate }) => gate).join(' ')
    const passed = review.length ? `  ? ${gates(review)}` : '  ✓'
    note(
      `${style.number}  ${spec.names[readerLang]}: ${derived.sizes.length} ${say('sizes', '码')} × ${spec.colourways.length} ${say('colours', '色')}, ${version.pictures.length} ${say('pictures', '图')}, ` +
        `${say('cost', '成本')} ${formatMoney(derived.cost.base.total, derived.currency, readerLang)}, ${derived.ladder.map((rung) => `${rung.fromUnits}+ ${formatMoney(rung.unitPrice, derived.currency, readerLang)}`).join(' · ')}` +
        (blocked.length ? `  ✗ ${gates(blocked)}` : passed),
    )
  }

  // ── 3 ────────────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(3, 'Approvals: four approved, one refined, one rejected', '审批：通过四款，修改一款，否决一款')
  const open = styles.filter((style) => !style.blocked.length).toReversed()
  const overcoat = open.find(({ style }) => style.category === 'coat')
  if (!overcoat || open.length < 6) throw new Error(`only ${open.length} styles passed their gates`)
  const [second, third, missing, refined, rejected] = open.filter((style) => style !== overcoat) as [
    StyleView,
    StyleView,
    StyleView,
    StyleView,
    StyleView,
  ]
  const approve = ({ style }: StyleView, version = style.version, campaign?: object) =>
    merchandiser.call('POST', `/styles/${style.id}/approve`, {
      version,
      secondLook: true,
      ...(campaign ? { campaign } : {}),
    })
  // The overcoat shows the fast line; the third collects until it closes, and all its buyers pay what is reached by then.
  await approve(overcoat, overcoat.style.version, { closing: 'atGoal' })
  await approve(second)
  await approve(third, third.style.version, { closing: 'collect', closesAt: new Date().toISOString() })
  await approve(missing, missing.style.version, { closesAt: new Date().toISOString() })
  const sentence = say('longer, navy', '长一点，改成藏青色')
  const change = await merchandiser.call<{
    version?: number
    changes: { label: { zh: string; en: string }; from: { zh: string; en: string }; to: { zh: string; en: string } }[]
  }>('POST', `/styles/${refined.style.id}/refine`, { version: refined.style.version, sentence })
  const changed = change.changes.map(
    (each) => `${each.label[readerLang]}: ${each.from[readerLang]} → ${each.to[readerLang]}`,
  )
  note(`${say('refined', '已修改')} ${refined.style.number} “${sentence}”: ${changed.join('; ')}`)
  await merchandiser.call('POST', `/styles/${rejected.style.id}/reject`, {
    version: rejected.style.version,
    reason: say('too close to what we sold last year', '与去年的款太接近'),
  })
  note(`${say('rejected', '已否决')} ${rejected.style.number}`)
  const campaigns = await until('campaigns', async () => {
    const { items } = await visitor.call<{ items: CampaignView[] }>('GET', '/campaigns?limit=20')
    return items.length === 4 && items
  })
  const campaignOf = (style: StyleView) => {
    const found = campaigns.find((each) => each.style === style.style.number)
    if (!found) throw new Error(`${style.style.number} has no campaign`)
    return found
  }

  // ── 4 and 5 ──────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(4, 'Storefront: buyers look and ask', '预售：买家浏览与咨询')
  const coatCampaign = campaignOf(overcoat)
  const inquiry = await visitor.call<{ id: string }>('POST', `/campaigns/${coatCampaign.id}/inquiries`, {
    email: 'shop@example.com',
    question: say('Does it run large? My customers are 1.80 m.', '版型偏大吗？我的顾客身高 180。'),
    lang: readerLang,
  })
  await merchandiser.call('POST', `/inquiries/${inquiry.id}/answer`, {
    answer: say(
      'It is cut to wear over a jumper: take your usual size.',
      '按可内搭毛衣的宽松度打版，选平时的尺码即可。',
    ),
    publish: true,
  })
  note(say('one question asked and answered for everybody', '一条咨询已公开回复'))

  chapter(5, 'Demand: pre-orders over HTTP, confirmed by the link in each letter', '需求：买家下单，并通过邮件链接确认')
  await merchandiser.call('PATCH', '/dispatch-terms', {
    shipTo: { name: 'Firstcut Warehouse', lines: ['88 Fuxing Road'], city: 'Hangzhou', country: 'CN' },
    maker: 'Firstcut (Hangzhou) Ltd',
    makerAddress: '杭州市复兴路 88 号',
  })
  const registered = await merchandiser.call<{
    factory: { id: string; name: string }
    secret: string
    portalToken: string
  }>('POST', '/factories', {
    name: say('Keqiao Flexible Garment Works', '柯桥柔性制衣厂'),
    country: 'China',
    lang: readerLang,
    categories: [...CATEGORIES],
    moq: 30,
    weeklyCapacity: 800,
    leadDays: 14,
    endpoint: factory.endpoint,
  })
  factory.setUp({
    factoryId: registered.factory.id,
    secret: registered.secret,
    callbackUrl: `${url}/factory/callbacks/${registered.factory.id}`,
  })
  await merchandiser.call('POST', `/factories/${registered.factory.id}/ping`)
  note(
    say(
      `"${registered.factory.name}", a server of its own at ${factory.url}, answered the signed ping`,
      `“${registered.factory.name}”（独立服务器 ${factory.url}）已应答签名测试`,
    ),
  )

  let placed = 0
  const preorder = async (
    campaign: CampaignView,
    buyer: string,
    quantity: number,
    idempotencyKey = `demo-${campaign.id}-${buyer}`,
    { asker, query } = { asker: visitor, query: '' },
  ) => {
    placed++
    const lines = [
      {
        size: campaign.sizes[placed % campaign.sizes.length],
        colourway: campaign.colourways[placed % campaign.colourways.length]?.id,
        quantity,
      },
    ]
    const answer = await asker.send<{ id: string; detail?: string }>(
      'POST',
      `/campaigns/${campaign.id}/preorders${query}`,
      {
        email: `${buyer}@example.com`,
        name: buyer,
        lang: placed % 3 ? 'zh' : 'en',
        address: addressOf(placed),
        lines,
      },
      { 'idempotency-key': idempotencyKey },
    )
    if (answer.status !== 201) throw new Error(`a pre-order was refused: ${JSON.stringify(answer.body)}`)
    return answer
  }
  /** Links by pre-order, from the newest letters; one look at the folder serves everybody who waits. */
  const links = new Map<string, string>()
  let looking: Promise<void> | undefined
  const look = async () => {
    for (const { text } of (await mail?.list(80)) ?? []) {
      const found = /https?:\S+\/preorders\/([0-9a-f-]{36})\S*/.exec(text)
      if (found?.[1]) links.set(found[1], found[0])
    }
    looking = undefined
  }
  /** Follow the link in the letter, as its reader would. */
  const linkOf = (id: string) =>
    until('a confirmation letter', async () => {
      if (!links.has(id)) await (looking ??= look())
      return links.get(id)
    })
  const follow = async (id: string, act: 'confirm' | 'cancel') => {
    const link = new URL(await linkOf(id))
    return visitor.call('POST', `/preorders/${id}/${act}?token=${link.searchParams.get('token') ?? ''}`)
  }

  const buyers = Array.from({ length: 44 }, (_, n) => ({
    name: `buyer${n + 1}`,
    quantity: n % 7 === 0 ? 6 : 1 + (n % 4),
  }))
  const waiting = await inTurns([0, 1, 2], 3, (n) => preorder(campaignOf(missing), `early${n}`, 2))
  await inTurns(waiting, 4, ({ body }) => follow(body.id, 'confirm'))
  const answers = await inTurns(buyers, 8, ({ name, quantity }) => preorder(coatCampaign, name, quantity))
  const again = await preorder(coatCampaign, 'twice', 2, 'demo-the-same-key')
  placed--
  const repeated = await preorder(coatCampaign, 'twice', 2, 'demo-the-same-key')
  note(
    say(
      `one request sent twice under one Idempotency-Key: the same pre-order ${repeated.body.id === again.body.id ? '✓' : '✗'}`,
      `同一 Idempotency-Key 重复提交：同一笔预订 ${repeated.body.id === again.body.id ? '✓' : '✗'}`,
    ),
  )
  await follow(again.body.id, 'confirm')
  await follow(again.body.id, 'cancel')
  note(say('one buyer confirmed and cancelled again', '一位买家确认后又取消'))
  await inTurns(answers, 8, async ({ body }) => {
    await follow(body.id, 'confirm')
    progress(say(`${placed} pre-orders`, `${placed} 笔预订`))
  })
  progressDone()
  const pool = campaignOf(third)
  const beside = await openShops(merchandiser, visitor, url)
  const shares = await inTurns(
    Array.from({ length: 13 }, (_, n) => n),
    8,
    (n) => preorder(pool, `together${n}`, 9, `demo-together-${n}`, beside.wayOf(n)),
  )
  await inTurns(shares, 8, ({ body }) => follow(body.id, 'confirm'))
  await follow(shares[0]?.body.id ?? '', 'cancel')
  await follow(await pledge(visitor, pool), 'confirm')
  const collecting = await visitor.call<CampaignView>('GET', `/campaigns/${pool.id}`)
  if (collecting.state !== 'collecting') throw new Error(`${pool.style} is ${collecting.state}`)
  note(
    say(
      `${pool.style} reached its goal of ${pool.thresholdUnits} and collects on with ${collecting.lotUnits}; one buyer left`,
      `${pool.style} 已达起做量 ${pool.thresholdUnits} 件，继续收单（现 ${collecting.lotUnits} 件）；其间一位买家退出`,
    ),
  )

  const shops = await tellShops(merchandiser, beside, pool.id)

  // ── 6 and 7 ──────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(6, 'Dispatch: the threshold made one production order', '派单：达到起做量，生成唯一生产订单')
  const order = await until('a production order', async () => {
    const { items } = await merchandiser.call<{ items: OrderView[] }>(
      'GET',
      `/production-orders?campaign=${coatCampaign.id}`,
    )
    return items[0]
  })
  note(say(`${order.number}: ${order.units} units`, `${order.number}：${order.units} 件`))
  await until(
    'the factory to accept',
    async () =>
      (await merchandiser.call<{ order: OrderView }>('GET', `/production-orders/${order.id}`)).order.state !==
      'placing',
  )

  const checked = factory.log.find((entry) => entry.what === 'checked')
  note(
    say(
      `the factory verified the signature, fetched ${String(checked?.['files'])} files (${Math.round(Number(checked?.['bytes']) / 1024)} kB), checked their hashes and accepted`,
      `工厂已验证签名，下载 ${String(checked?.['files'])} 个文件（${Math.round(Number(checked?.['bytes']) / 1024)} kB）并核对哈希，接单`,
    ),
  )

  chapter(7, 'Production: the factory reports, signed and numbered', '生产：工厂按序上报（带签名）')
  await until(
    'delivery',
    async () =>
      (await merchandiser.call<{ order: OrderView }>('GET', `/production-orders/${order.id}`)).order.state ===
      'delivered',
  )
  const orders = await merchandiser.call<{ items: OrderView[] }>(
    'GET',
    `/production-orders?campaign=${coatCampaign.id}`,
  )
  note(
    say(
      `delivered; production orders for this lot: ${orders.items.length}`,
      `已送达；该批次生产订单数：${orders.items.length}`,
    ),
  )
  const tokenOf = async (id: string) => new URL(await linkOf(id)).searchParams.get('token') ?? ''
  await comeShort(merchandiser, visitor, order.id, tokenOf)
  const deal: Omit<Deal, 'pledges'> = {
    shops,
    parcels: await sendParcels(merchandiser, order.id),
    returns: await sendBack(merchandiser, visitor, order.id, tokenOf),
    takenDown: await takeDown(merchandiser, visitor, campaignOf(second)),
  }

  // ── 8 ────────────────────────────────────────────────────────────────────────────────────────────────────────
  chapter(
    8,
    'Reorders: the next lot is proposed; a style that missed its date releases its buyers',
    '返单：提出下一批次；未达标款式释放买家',
  )
  const more = await inTurns(
    Array.from({ length: 12 }, (_, n) => n),
    6,
    (n) => preorder(coatCampaign, `later${n}`, 3),
  )
  await inTurns(more, 6, ({ body }) => follow(body.id, 'confirm'))
  await tick(running, 'reorders.sweep-due')
  const reorder = await until('a proposal', async () => {
    const { items } = await merchandiser.call<{
      items: { units: number; lot: number; verdict: string; state: string; campaignId: string }[]
    }>('GET', '/reorders')
    return items.find((each) => each.campaignId === coatCampaign.id)
  })
  note(
    say(
      `lot ${reorder.lot}: ${reorder.units} units gathered since the last, "${reorder.verdict}", ${reorder.state}`,
      `第 ${reorder.lot} 批：自上批以来 ${reorder.units} 件，“${reorder.verdict}”，${reorder.state}`,
    ),
  )
  // The night passes: the day that was its last is over.
  night = 24 * 3_600_000
  await tick(running, 'demand.sweep-due')
  const ended = await until('the release', async () => {
    const campaign = await visitor.call<CampaignView>('GET', `/campaigns/${campaignOf(missing).id}`)
    return campaign.state === 'released' && campaign
  })
  await until(
    'letters to those released',
    async () =>
      (await mail?.list(400))?.filter((each) => /未达到起做量|Not enough orders/.test(each.subject)).length === 3,
  )
  night = 0
  const pooled = await visitor.call<CampaignView>('GET', `/campaigns/${pool.id}`)
  if (pooled.state !== 'closed') throw new Error(`${pooled.style} is ${pooled.state}`)
  note(
    say(
      `${pooled.style} collected to its end: one lot, one price for everybody`,
      `${pooled.style} 收单结束：一批投产，所有人同价`,
    ),
  )
  const pledges = await pledgesMade(merchandiser, pool.id)
  note(
    say(
      `${ended.style} missed its threshold: 3 buyers released and told, nobody pays`,
      `${ended.style} 未达起做量：3 位买家已释放并通知，无需付款`,
    ),
  )
  const audit = await merchandiser.call<unknown[]>('GET', '/demand-audit')
  if (audit.length) throw new Error(`the counters differ from the pre-orders: ${JSON.stringify(audit)}`)
  note(say('the counters equal the ledger of pre-orders', '计数与预订明细一致'))

  const counts = await merchandiser.call('GET', '/counts')
  await stand.close()
  if (staysUp) {
    process.stdout.write(`\n${say('The line stays up (Ctrl+C ends it):', '演示保持运行（Ctrl+C 结束）：')}\n`)
    note(`${say('Shop', '商店')}      ${url}/shop`)
    note(`${say('Console', '控制台')}   ${url}/console   mei@example.com / ${PASSWORD}`)
    note(`${say('Factory', '工厂端')}   ${url}/factory?token=${registered.portalToken}`)
    note(`${say('API', '接口')}       ${url}/docs`)
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    })
  }
  await factory.close()
  await running.close()
  if (!staysUp) process.stdout.write(`\n${JSON.stringify({ ...counts, deal: { pledges, ...deal } satisfies Deal })}\n`)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`\n${error instanceof Problem ? error.say(readerLang) : fault}\n`)
  process.exit(1)
}
