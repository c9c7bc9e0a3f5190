/** Every page with something in every field, for the tests that look at all of them. */
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { problem } from '../../src/core/errors.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import { chanceOfGoal, ignorance } from '../../src/core/reach.ts'
import { stageCounts } from '../../src/edges/http/counts.ts'
import { openApi } from '../../src/edges/http/endpoints.ts'
import { FirstRunPage } from '../../src/edges/ui/account/first-run.tsx'
import { ConfirmPage, OwnAccountPage, SecondFactorPage } from '../../src/edges/ui/account/own.tsx'
import { ForgotPasswordPage, ResetPasswordPage } from '../../src/edges/ui/account/reset.tsx'
import { SignInCodePage, SignInPage } from '../../src/edges/ui/account/sign-in.tsx'
import { CampaignPage, type CampaignPageProps } from '../../src/edges/ui/console/campaign.tsx'
import { CampaignsPage, InquiriesPage } from '../../src/edges/ui/console/campaigns.tsx'
import type { Patterns } from '../../src/edges/ui/console/patterns.tsx'
import { FactoriesPage, FactoryPage } from '../../src/edges/ui/console/factories.tsx'
import { HousePage } from '../../src/edges/ui/console/house.tsx'
import { MaterialsPage } from '../../src/edges/ui/console/materials.tsx'
import { OrderPage } from '../../src/edges/ui/console/order.tsx'
import { OrdersPage } from '../../src/edges/ui/console/orders.tsx'
import { OverviewPage } from '../../src/edges/ui/console/overview.tsx'
import { LineChores, LineMap } from '../../src/edges/ui/map.tsx'
import { pageFor } from '../../src/edges/ui/context.tsx'
import { ReordersPage } from '../../src/edges/ui/console/reorders.tsx'
import { SourcePage, SourcesPage } from '../../src/edges/ui/console/sources.tsx'
import { StylePage } from '../../src/edges/ui/console/style.tsx'
import { RunPage, StylesPage } from '../../src/edges/ui/console/styles.tsx'
import { AccountsPage } from '../../src/edges/ui/console/accounts.tsx'
import { DeliveriesPage, EventsPage, MailPage } from '../../src/edges/ui/console/system.tsx'
import { TrendPage, TrendsPage } from '../../src/edges/ui/console/trends.tsx'
import { DocsPage, ProblemsPage } from '../../src/edges/ui/docs.tsx'
import { FactoryDoorPage, FactoryEnterPage } from '../../src/edges/ui/factory/enter.tsx'
import { FactoryHomePage } from '../../src/edges/ui/factory/home.tsx'
import { FactoryCalledOffPage } from '../../src/edges/ui/factory/cancelling.tsx'
import { FactoryJobPage } from '../../src/edges/ui/factory/jobs.tsx'
import { FailurePage } from '../../src/edges/ui/failure.tsx'
import type * as rows from '../../src/db/rows.ts'
import { PrivacyPage } from '../../src/edges/ui/shop/privacy.tsx'
import { InquiryForm, PreorderForm } from '../../src/edges/ui/shop/forms.tsx'
import { Card, ShopListPage } from '../../src/edges/ui/shop/list.tsx'
import { PoolPage } from '../../src/edges/ui/shop/pool.tsx'
import { PreorderLinkPage, PreorderPage, type PreorderPageProps } from '../../src/edges/ui/shop/preorder.tsx'
import { OrdersCodePage, OrdersLinkPage, OwnErasurePage, OwnOrdersPage } from '../../src/edges/ui/shop/orders.tsx'
import { ShopStylePage } from '../../src/edges/ui/shop/style.tsx'
import { About, Answers, factsOf, Gallery, Sizes } from '../../src/edges/ui/shop/style-pieces.tsx'
import { StartPage } from '../../src/edges/ui/start.tsx'
import type { Samples } from '../../src/edges/ui/sample.ts'
import type { View } from '../../src/edges/ui/view.ts'
import { inspectionPlan } from '../../src/garments/techpack/index.ts'
import { DEFAULT_RULES, deriveStyle, MATERIALS, sampleSpec, type Brief } from '../../src/garments/index.ts'
import { beside, pipeline } from '../../src/pipeline.ts'
import type { Trend } from '../../src/stages/1-trends/model.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'
import { dispatchTermsSchema } from '../../src/stages/6-dispatch/model.ts'
import { houseSchema } from '../../src/stages/0-house/house.ts'

/** What stands beside its page: `name.sample.tsx` in src/edges/ui. The others follow as their pages are redrawn. */
const gathered = (await Promise.all(
  readdirSync('src/edges/ui', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sample.tsx'))
    .map((file) => import(/* @vite-ignore */ resolve('src/edges/ui', file))),
)) as { samples: Samples }[]

export const NOW = new Date('2026-11-22T02:00:00Z')
const drawn = (view: View, piece: VNode) => render(pageFor(view, () => piece))
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const ahead = (ms: number) => new Date(NOW.getTime() + ms)
const HASH = 'a'.repeat(64)

export interface SampleStyle {
  spec: rows.Spec
  derived: rows.Derived
  pictures: rows.StylePicture[]
}

/** A T-shirt as the garments' own code makes it, with pictures that are only named. */
export function sampleStyle(): SampleStyle {
  const spec = sampleSpec('tee', 'women', MATERIALS, {
    attributes: [
      { key: 'style', value: 'military', label: { zh: '军旅', en: 'military' }, evidence: ['t1'] },
      { key: 'detail', value: 'pocket', label: { zh: '口袋', en: 'pocket' }, evidence: [] },
    ],
  })
  const { spec: whole, derived } = deriveStyle(spec, DEFAULT_RULES)
  const pictures = ['front', 'back', 'detail-collar'].flatMap((view) =>
    [512, 1024].map((width) => ({
      colourway: 'olive',
      view,
      width,
      height: width,
      files: { webp: HASH, avif: HASH },
      digitalSourceType: 'x',
    })),
  )
  return { spec: whole, derived, pictures }
}

/**
 * The pages, each by a name. `text` stands in every field a person, a feed or a factory fills in.
 */
export function samplePages(view: View, style: SampleStyle, text: (words: string) => string): Record<string, VNode> {
  const both = (zh: string, en: string) => ({ zh: text(zh), en: text(en) })
  const spec: rows.Spec = {
    ...style.spec,
    names: both(style.spec.names.zh, style.spec.names.en),
    story: both(style.spec.story.zh, style.spec.story.en),
    attributes: style.spec.attributes.map((each) => ({ ...each, label: both(each.label.zh, each.label.en) })),
    colourways: style.spec.colourways.map((each) => ({ ...each, name: both(each.name.zh, each.name.en) })),
    materials: Object.fromEntries(
      Object.entries(style.spec.materials).map(([role, material]) => [
        role,
        { ...material, name: both(material.name.zh, material.name.en) },
      ]),
    ),
  }
  const { derived } = style
  const colour = spec.colourways[0]?.id ?? ''
  const [small = 'S', middle = 'M'] = spec.sizes.list
  const gates: rows.Gate[] = [
    { gate: 'G2', verdict: 'pass', score: 1, reason: both('可生产', 'producible'), evidence: {}, version: '1' },
    {
      gate: 'G6',
      verdict: 'review',
      score: 0.62,
      reason: both('与旧款相近', 'close to an older style'),
      evidence: { nearest: text('FC-26-0002'), distance: 0.11 },
      version: '1',
    },
  ]
  const version: rows.StyleVersion = {
    id: 'v2',
    styleId: 's1',
    version: 2,
    parentVersion: 1,
    sentence: text('短一点，领子换成布的'),
    spec: { ...spec, parameters: { ...spec.parameters, [Object.keys(spec.parameters)[0] ?? 'x']: 1 } },
    derived,
    rules: DEFAULT_RULES,
    gates,
    hash: HASH,
    geometryFile: HASH,
    pictures: style.pictures,
    generation: {
      designer: 'refined',
      seed: 7,
      insteadOfModel: 'designs.rubbish',
      prompt: { name: text('design/refine'), version: 1, hash: HASH },
      repaired: true,
      illustration: {
        model: text('image-model'),
        made: false,
        costMicros: 40_000,
        failure: 'image.bent',
        reason: both('轮廓变了', 'the outline is bent'),
        figures: { alike: 0.8, sharpness: 1.2 },
      },
      notes: [both('衣长取短', 'shorter')],
      clamped: [{ parameter: text('bodyLength'), asked: 900, used: 820, min: 480, max: 820, unit: 'mm' }],
      notUnderstood: [
        { words: text('闪亮'), reason: both('没有这种面料', 'no such cloth') },
        {
          words: text('做成裙子'),
          reason: both('那是另一套版型', 'that is another pattern'),
          instead: { category: 'pencil-skirt', gender: 'women' },
        },
      ],
    },
    createdAt: ago(DAY),
  }
  const before: rows.StyleVersion = { ...version, id: 'v1', version: 1, parentVersion: null, sentence: null, spec }
  const styleRow: rows.Style = {
    id: 's1',
    number: 'FC-26-0001',
    runId: 'r1',
    slot: 0,
    category: spec.category,
    state: 'proposed',
    version: 2,
    trendIds: ['t1'],
    createdAt: ago(DAY),
    decidedAt: null,
  }
  const styled = {
    style: styleRow,
    version,
    blocked: [],
    review: [{ gate: 'G6', reason: both('与旧款相近', 'close to an older style') }],
  }
  const campaign: rows.Campaign = {
    id: 'c1',
    slug: 'fc-26-0001',
    styleId: 's1',
    styleVersion: 2,
    styleHash: HASH,
    state: 'open',
    opensAt: ago(6 * DAY),
    closesAt: ahead(9 * DAY),
    thresholdUnits: 100,
    pricing: 'lot',
    laterLadder: null,
    closing: 'collect',
    closingUnits: null,
    undecidedAt: null,
    collecting: false,
    verification: null,
    minBuyers: 10,
    perBuyerCap: 50,
    promisedDays: 35,
    currency: 'CNY',
    ladder: [...derived.ladder],
    sizes: [...spec.sizes.list],
    colourways: spec.colourways.map(({ id }) => id),
    lot: 1,
    lotUnits: 72,
    lotBuyers: 31,
    totalUnits: 72,
    pendingUnits: 5,
    pledgedUnits: 22,
    pledgesCounted: 10,
    pledgersCounted: 1,
    soldOrders: 35,
    soldUnits: 72,
    views: 940,
    inquiries: 3,
    createdAt: ago(6 * DAY),
    endedAt: null,
    stoppedAt: null,
    pausedAt: null,
    takenDownAt: null,
    edition: 1,
    words: null,
  }
  const act = (id: string, state: rows.HandAct['state'], more: Partial<rows.HandAct> = {}): rows.HandAct => ({
    id,
    campaignId: 'c1',
    kind: 'stop',
    state,
    why: 'rights',
    reason: text('版权方来函。'),
    what: {},
    before: {},
    sum: 4_168_800,
    by: 'user:u1',
    at: ago(HOUR),
    dueAt: null,
    decidedBy: null,
    decidedAt: null,
    undoneBy: null,
    undoneAt: null,
    ...more,
  })
  const hand = {
    acts: [
      act('a4', 'asked'),
      act('a3', 'waiting', { kind: 'take-down', dueAt: ahead(HOUR) }),
      act('a2', 'done', { kind: 'pause', decidedBy: 'user:u2', decidedAt: ago(HOUR) }),
      act('a1', 'undone', { undoneBy: 'user:u2', undoneAt: ago(HOUR) }),
    ],
    names: new Map([
      ['user:u1', text('小李')],
      ['user:u2', text('小张')],
    ]),
    undoMinutes: 5,
    mayAct: true,
    inquiries: [{ id: 'i1', question: text('60?') }],
  }
  const noHand = { ...hand, acts: [], mayAct: false }
  const ownMile = () => ({
    order: {
      state: 'delivered' as const,
      promisedAt: order.promisedAt,
      acceptedAt: order.createdAt,
      shippedAt: order.createdAt,
      arrivedAt: order.createdAt,
      direct: false,
    },
    shipment: {
      number: text('PO-26-0003-1'),
      state: 'sent' as const,
      lines: [],
      sentAt: order.createdAt,
      endedAt: null,
      chosen: 'other' as const,
    },
    short: {
      answerBy: order.createdAt,
      wanted: preorder.lines,
      kept: preorder.lines,
      missing: preorder.lines,
      spare: preorder.lines,
      mayWait: true,
    },
    mayCancel: true,
    making: [{ state: 'sewing' as const, at: order.createdAt }],
    parcels: [{ carrier: text('SF'), trackingNumber: text('SF1'), at: order.createdAt, receivedAt: null }],
  })
  const buyersPage = (given: Partial<PreorderPageProps>) => (
    <PreorderPage
      view={at('/preorders/p1')}
      now={NOW}
      preorder={preorder}
      campaign={campaign}
      lot={lot}
      mile={ownMile()}
      returning={{
        returns: [
          {
            id: 'r1',
            state: 'sent',
            kind: 'exchange',
            reason: 'size',
            lines: preorder.lines,
            want: preorder.lines,
            answer: text('请寄回'),
            askedAt: order.createdAt,
            carrier: text('SF'),
            trackingNumber: text('SF2'),
          },
        ],
        may: {
          until: order.createdAt,
          lines: preorder.lines,
          sizes: campaign.sizes,
          colourways: campaign.colourways,
          measures: [{ code: 'halfChest', name: both(text('半胸围'), text('Half chest')) }],
        },
      }}
      card={card}
      contact={{
        phone: '+8613800138000',
        kind: 'cross-border',
        company: text('衣衣贸易'),
        taxNumber: text('91310000MA1FL0000X'),
        address: {
          country: 'CN',
          code: '310115',
          region: text('上海市'),
          city: text('上海市'),
          district: text('浦东新区'),
          street: text('世纪大道 100 号'),
          more: text('2 栋 301'),
          postcode: text('200120'),
        },
      }}
      changes={[{ at: ago(HOUR) }]}
      mine="/orders/mine?token=x"
      token={text('token')}
      sent={sent}
      done="confirmed"
      {...given}
    />
  )
  /** A campaign's page with nothing in it but what is given. */
  const bareCampaign = (given: Pick<CampaignPageProps, 'campaign'> & Partial<CampaignPageProps>) =>
    pageFor(at('/console/campaigns/c1'), () => (
      <CampaignPage
        view={at('/console/campaigns/c1')}
        now={NOW}
        card={card}
        number={styleRow.number}
        cells={[]}
        points={[]}
        chance={null}
        preorders={[]}
        more={undefined}
        inquiries={[]}
        hand={noHand}
        sent={sent}
        {...given}
      />
    ))
  const left = { units: 60, buyers: 20, goalReached: false, chance: 0.4 }
  const odd = { id: 'p1', placedAt: NOW, units: 2, state: 'confirmed' as const, partnerId: null }
  const patterns: Patterns = {
    lookedAt: 24,
    now: { units: 120, buyers: 40, goalReached: true, chance: null },
    patterns: (['jump', 'throw-away', 'network', 'address', 'burst'] as const).map((kind, n) => ({
      kind,
      orders: [n % 2 ? odd : { ...odd, name: text('王小明'), email: text('wang@example.com') }],
      count: n + 1,
      buyers: n + 1,
      units: 2,
      without: n % 2 ? left : { ...left, chance: null },
    })),
    without: left,
  }
  const card = cardOf(version)
  const shopRow = { campaign, number: styleRow.number, category: spec.category, card }
  const inquiry: rows.Inquiry = {
    id: 'i1',
    campaignId: 'c1',
    email: text('wang@example.com'),
    lang: 'zh',
    question: text('里布是什么材质？'),
    askedAt: ago(HOUR),
    answer: null,
    answeredBy: null,
    answeredAt: null,
    published: false,
  }
  const answered = { ...inquiry, id: 'i2', answer: text('醋酯纤维。'), published: true }
  const preorder: rows.Preorder = {
    id: 'p1',
    campaignId: 'c1',
    partnerId: null,
    buyerKey: 'b',
    email: text('wang@example.com'),
    name: text('王小姐'),
    contact: null,
    terms: '3:' + 'a'.repeat(64),
    lang: 'zh',
    lines: [
      { size: small, colourway: colour, quantity: 2 },
      { size: middle, colourway: colour, quantity: 3 },
    ],
    units: 5,
    pledged: JSON.stringify([
      { size: small, colourway: colour, quantity: 2 },
      { size: middle, colourway: colour, quantity: 3, atMost: 45900 },
    ]),
    shownPrice: 57900,
    state: 'pending',
    lot: null,
    placedAt: ago(2 * HOUR),
    confirmedAt: null,
    endedAt: null,
    letterDue: false,
    letterAfter: null,
    origin: null,
    requestKey: null,
  }
  const trend: Trend = {
    id: 't1',
    term: 'military-coat',
    week: '2026-11-16',
    label: both('军大衣', 'military overcoat'),
    kind: 'garment',
    lift: 0.42,
    rise: 0.18,
    burst: 1.1,
    confidence: 0.97,
    rank: 1,
    word: null,
    evidence: {
      series: Array.from({ length: 52 }, (_, week) => ({
        week: '2026-01-05',
        value: week === 20 ? null : 20 + 15 * Math.sin(week / 7) + (week > 44 ? (week - 44) * 9 : 0),
      })),
      measure: 'counts',
      items: [
        { title: text('军大衣为什么又火了'), url: 'https://news.example/1', day: '2026-11-20', source: text('热榜') },
        { title: text('bad link'), url: 'javascript:alert(1)', day: '2026-11-19', source: text('feed') },
      ],
      sources: [{ id: 'x', name: text('热榜'), lang: 'zh', measure: 'counts', recent: 40 }],
      flags: ['single-source'],
      counts: { recent: 41.2, expected: 12.4, days: 12 },
      forecast: {
        from: '2026-11-23',
        low: Array.from({ length: 52 }, (_, week) => 12 + 9 * Math.cos(week / 8)),
        mid: Array.from({ length: 52 }, (_, week) => 24 + 18 * Math.cos(week / 8)),
        high: Array.from({ length: 52 }, (_, week) => 40 + 28 * Math.cos(week / 8)),
        repeats: 0.8,
        measure: 'counts',
        source: null,
      },
    },
    opening: {
      season: { begins: '2027-10-11', peak: '2027-11-22', ends: '2028-01-17', nowUntil: '2027-01-18' },
      leadDays: 56,
      opensBy: '2027-08-16',
      latest: '2027-09-27',
      state: 'ahead',
    },
    implies: {},
    scoredAt: ago(HOUR),
  }
  const run = {
    id: 'r1',
    trendIds: ['t1'],
    brief: {},
    state: 'working' as const,
    done: 3,
    total: 8,
    error: null,
    designer: text('parametric'),
    requestedBy: 'user:1',
    createdAt: ago(HOUR),
    finishedAt: null,
    skipped: { 4: both('无法打版', 'could not be drafted') },
    unmet: [{ slot: 0, text: both('没有盘扣', 'there is no frog button') }],
    unfollowed: [{ text: both('“羽绒服”做不了', '“puffer” cannot be followed') }],
  }
  const factory: rows.Factory = {
    id: 'f1',
    name: text('宁波小单快反制衣厂'),
    country: text('CN'),
    address: text('宁波市海曙区'),
    contactEmail: text('li@factory.example'),
    lang: 'zh',
    state: 'invited',
    categories: ['coat', 'tee'],
    moq: 30,
    maxUnits: 5000,
    weeklyCapacity: 800,
    leadDays: 14,
    rates: {},
    currency: 'CNY',
    complianceClass: 'B',
    endpoint: null,
    verifiedAt: null,
    failingSince: null,
    quietUntil: null,
    createdAt: ago(30 * DAY),
  }
  const order: rows.ProductionOrder = {
    id: 'o1',
    number: 'PO-26-0003',
    campaignId: 'c1',
    lot: 1,
    lotId: 'l1',
    state: 'sewing',
    factoryId: 'f1',
    units: 104,
    briefFile: HASH,
    briefHash: HASH,
    styleHash: HASH,
    agreedPrice: 9500,
    currency: 'CNY',
    promisedAt: ahead(25 * DAY),
    sequence: 3,
    placement: 2,
    lateNoticedAt: ago(HOUR),
    createdAt: ago(8 * DAY),
    acceptedAt: ago(7 * DAY),
    shippedAt: null,
    deliveredAt: null,
    givenUpFor: text('没有工厂'),
  }
  const lot: rows.Lot = {
    id: 'l1',
    campaignId: 'c1',
    number: 1,
    actId: null,
    reason: 'threshold',
    styleId: 's1',
    styleVersion: 2,
    styleHash: HASH,
    quantities: [
      { size: small, colourway: colour, quantity: 40 },
      { size: middle, colourway: colour, quantity: 64 },
    ],
    units: 104,
    buyers: 43,
    unitPrice: 56900,
    currency: 'CNY',
    promisedAt: order.promisedAt,
    frozenAt: order.createdAt,
    state: 'arrived',
    endedAt: null,
    arrivedAt: order.createdAt,
    following: false,
  }
  const offer: rows.Offer = {
    id: 'q1',
    orderId: 'o1',
    factoryId: 'f1',
    rank: 1,
    state: 'countered',
    price: 9500,
    shipBy: ahead(20 * DAY),
    offeredAt: ago(8 * DAY),
    answerBy: ahead(10 * HOUR),
    answeredAt: null,
    reason: text('价格偏低'),
    counter: { price: 9900, shipBy: ahead(22 * DAY).toISOString(), note: text('面料下周到') },
  }
  const report: rows.Progress = {
    id: 'g1',
    orderId: 'o1',
    placement: 2,
    reportId: 'x',
    sequence: 3,
    state: 'sewing',
    outcome: 'applied',
    note: text('已开缝'),
    details: { parcels: [{ carrier: text('顺丰'), trackingNumber: text('SF123'), units: 104 }] },
    by: 'factory:f1',
    at: ago(DAY),
    receivedAt: ago(DAY),
  }
  const cancellation: rows.Cancellation = {
    id: 'n1',
    orderId: 'o1',
    offerId: 'q1',
    factoryId: 'f1',
    side: 'factory',
    state: 'asked',
    reason: text('缝制线停产'),
    follow: null,
    requestId: null,
    askedBy: 'factory:f1',
    askedAt: ago(HOUR),
    answer: null,
    answeredBy: null,
    answeredAt: null,
    promisedBefore: null,
    promisedAfter: null,
  }
  const calledOff: rows.Cancellation = {
    ...cancellation,
    id: 'n0',
    side: 'house',
    state: 'agreed',
    follow: 'replace',
    answer: text('可以'),
    answeredAt: ago(2 * DAY),
    promisedBefore: ahead(20 * DAY),
    promisedAfter: order.promisedAt,
  }
  const former: rows.Progress = { ...report, id: 'g0', placement: 1 }
  const stale: rows.Progress = { ...report, id: 'g2', state: 'cutting', outcome: 'stale', sequence: 1 }
  const message: rows.Message = {
    id: 'm1',
    factoryId: 'f1',
    orderId: 'o1',
    type: 'production.offered',
    dedupeKey: 'x',
    body: '{}',
    state: 'failed',
    sequence: 1,
    dueAt: NOW,
    attempts: 2,
    leaseToken: null,
    leasedUntil: null,
    lastError: 'answered 500',
    createdAt: ago(8 * DAY),
    settledAt: null,
  }
  const tried: rows.Attempt = {
    id: 'a1',
    messageId: 'm1',
    at: ago(8 * DAY),
    status: 500,
    durationMs: 812,
    answer: text('<h1>oops</h1>'),
    error: text('answered 500'),
  }
  const round: rows.Allocation = {
    id: 'n1',
    orderId: 'o1',
    round: 1,
    inputs: {
      version: 1,
      units: 104,
      category: 'coat',
      safetyClass: 'B',
      currency: 'CNY',
      now: ago(8 * DAY).toISOString(),
      shipBy: ago(-27 * DAY).toISOString(),
      ceiling: 12_000,
      terms: { latePenalty: 5600, rework: 4000, maxSharePercent: 60, explorationPercent: 15, explorationUnits: 300 },
      recentOrders: 4,
      askedBefore: 0,
      factories: [
        {
          id: 'f1',
          name: text('宁波小单快反制衣厂'),
          state: 'active',
          verified: true,
          categories: ['coat'],
          moq: 30,
          maxUnits: 2000,
          weeklyCapacity: 600,
          leadDays: 14,
          price: 9500,
          currency: 'CNY',
          complianceClass: 'B',
          committedUnits: 0,
          history: { done: 1, late: 0, inspected: 1, failed: 0, leadDays: [13] },
          recentUnits: 104,
        },
      ],
    },
    ranking: [
      {
        factoryId: 'f1',
        name: text('宁波小单快反制衣厂'),
        rank: 1,
        price: 9500,
        lateRisk: 0.12,
        failRisk: 0.06,
        expectedCost: 10460,
        score: 0.81,
        isNew: true,
        reasons: [both('新工厂份额', 'share for new factories')],
      },
    ],
    at: ago(8 * DAY),
  }
  const reorder: rows.Reorder = {
    id: 'e1',
    campaignId: 'c1',
    lot: 2,
    state: 'proposed',
    units: 38,
    inputs: { perDay: [2, 4, 3, 8, 6, 9], pace: 6.2, note: text('x') },
    verdict: 'winner',
    proposedAt: ago(HOUR),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  }
  const source: rows.Source = {
    id: 'x',
    name: text('时尚头条'),
    kind: 'feed',
    format: 'rss',
    url: 'javascript:alert(1)',
    lang: 'zh',
    region: null,
    enabled: true,
    everyMinutes: 60,
    etag: null,
    lastModified: null,
    nextFetchAt: ahead(HOUR),
    lastFetchedAt: ago(HOUR),
    lastError: both('读取失败', 'could not be read'),
    failures: 2,
    createdAt: ago(40 * DAY),
  }
  const ingest: rows.Ingest = {
    id: 'y',
    sourceId: 'x',
    format: 'rss',
    at: ago(HOUR),
    bytes: 20480,
    itemsSeen: 40,
    itemsNew: 12,
    notes: [both('跳过 2 条无日期', 'two without a date were left out')],
    error: both('格式不对', 'malformed'),
  }
  const event: rows.EventRow = {
    id: 'ev1',
    name: 'demand.lot-frozen',
    payload: { lotId: text('l1') },
    actor: text('system:demand'),
    dedupeKey: null,
    at: ago(HOUR),
  }
  const delivery: rows.Delivery = {
    id: 'd1',
    eventId: 'ev1',
    listener: 'dispatch:demand.lot-frozen',
    state: 'parked',
    about: 'order:o1',
    trouble: both('订单未能派出', 'The order could not be offered'),
    dueAt: NOW,
    attempts: 9,
    leaseToken: null,
    leasedUntil: null,
    lastError: text('Error: no factory\n    at somewhere'),
    settledAt: null,
  }
  const sent = {
    values: {
      name: text('x'),
      answer: text('x'),
      inquiryId: 'i1',
      reorderId: 'e1',
      reason: text('x'),
      question: text('x'),
      sentence: text('x'),
      note: text('x'),
      email: text('x'),
      url: text('x'),
    },
    failure: problem('x', 422, both('请检查', 'please check'), { field: 'nowhere' }),
  }
  const brief = {
    schema: 'firstcut.brief/2',
    id: 'b1',
    issuedAt: NOW.toISOString(),
    order: {
      number: order.number,
      lot: 1,
      currency: 'CNY',
      price: { basis: 'cmt', unit: 9500, total: 988000 },
      quantities: lot.quantities.map(({ size, colourway, quantity }) => ({ size, colourway, units: quantity })),
      totalUnits: 104,
      shipBy: '2026-12-12',
      shipTo: { name: text('首裁仓'), lines: [text('一号路 1 号')], city: text('杭州'), country: 'CN' },
    },
    style: {
      id: 's1',
      number: styleRow.number,
      version: 2,
      names: spec.names,
      category: spec.category,
      gender: spec.gender,
      season: spec.season,
      sizes: spec.sizes,
      hash: { approved: HASH, sold: HASH, sent: HASH, geometry: HASH },
    },
    techPack: {
      colourways: spec.colourways.map(({ id, name }) => ({ id, name, parts: [] })),
      measures: derived.points.map((point, index) => ({
        letter: String.fromCodePoint(65 + index),
        code: point.code,
        name: both(point.name.zh, point.name.en),
        how: point.how,
        toleranceMm: point.tolerance,
        baseMm: 500,
      })),
      grading: derived.points.map(({ code }) => ({
        code,
        values: Object.fromEntries(derived.sizes.map((each) => [each.size, each.measures[code] ?? 0])),
        rule: 'even',
        steps: [],
      })),
      bom: derived.bom.map((row) => ({ ...row, name: both(row.name.zh, row.name.en), orderQuantity: 210 })),
      construction: [
        {
          n: 1,
          operation: both('合肩缝', 'join the shoulders'),
          stitch: '401',
          stitchName: both('链缝', 'chainstitch'),
          allowanceMm: 10,
        },
      ],
      quality: {
        inspection: inspectionPlan(104),
        measureSample: 5,
        defects: [{ class: 'major', words: both('跳针', 'skipped stitches') }],
      },
    },
    files: [
      {
        name: text('tech-pack.pdf'),
        kind: 'tech-pack',
        mime: 'application/pdf',
        bytes: 90_000,
        url: 'javascript:alert(1)',
      },
      {
        name: 'pattern.dxf',
        kind: 'pattern-dxf',
        mime: 'image/vnd.dxf',
        bytes: 20_000,
        url: 'https://files.example/x',
      },
      {
        name: 'flat-front.svg',
        kind: 'flat',
        mime: 'image/svg+xml',
        bytes: 20_000,
        url: 'https://files.example/factory/files/o1/flat-front.svg?expires=1&signature=s',
      },
      { name: 'techpack.pdf', kind: 'tech-pack', mime: 'application/pdf', bytes: 90_000, url: 'javascript:alert(1)' },
    ],
  } as unknown as Brief
  const counts = stageCounts({
    items: 1240,
    trends: 46,
    styles: { proposed: 5, approved: 4, rejected: 1 },
    campaigns: { open: 3, dispatching: 1 },
    preorders: { confirmed: 88, 'in-lot': 60 },
    orders: { sewing: 1, placing: 1 },
    offers: { countered: 1 },
    reorders: { proposed: 1 },
    openCancellations: 1,
    openInquiries: 3,
    parkedDeliveries: 1,
    waitingLetters: 0,
  })
  const at = (path: string): View => ({ ...view, path, url: path })
  const nameOf = () => text('厂')
  const orders = {
    order,
    lot,
    brief,
    rounds: [round],
    offers: [offer],
    cancellations: [calledOff, cancellation],
    messages: [message],
    attempts: [tried],
    reports: [former, report, stale],
    factoryName: nameOf,
    styleName: text('款'),
    colourName: nameOf,
    sizes: styled.version.spec.sizes.list,
    campaignHref: '/console/campaigns/c1',
    mayAct: true,
    sent,
  }
  const stylePage = {
    row: styled,
    versions: [version, before],
    decisions: [
      {
        id: 'k1',
        styleId: 's1',
        version: 1,
        hash: HASH,
        kind: 'refine' as const,
        reason: text('短一点'),
        by: text('user:1'),
        at: ago(DAY),
      },
    ],
    names: new Map([['user:1', '梅 Mei']]),
    trends: [{ id: 't1', label: trend.label }],
    campaigns: [],
    defaults: {
      closing: 'collect',
      thresholdUnits: 100,
      minBuyers: 10,
      perBuyerCap: 50,
      campaignDays: 21,
      promisedDays: 35,
    },
    mayDecide: true,
    calls: (['answered', 'repaired', 'unusable', 'failed', 'cached', 'asked', 'unknown'] as const).map(
      (outcome, index) => ({
        id: `g${index}`,
        at: ago(DAY),
        purpose: ['designs.propose', 'designs.refine', 'designs.illustrate'][index % 3] ?? '',
        prompt: { name: text('design/refine'), version: 1 },
        asked: text('gpt'),
        answered: index % 2 ? text('gpt-2026') : undefined,
        outcome,
        failure:
          outcome === 'failed'
            ? 'language.timeout'
            : outcome === 'unusable'
              ? 'image.bent'
              : outcome === 'unknown'
                ? 'language.unknown'
                : undefined,
        said: outcome === 'failed' ? 'the upstream is away' : undefined,
        usage: { input: 1000, output: 200 },
        costMicros: 1800,
        latencyMs: 2400,
      }),
    ),
    preview: {
      sentence: text('短一点，做成裙子'),
      changes: [{ label: both('衣长', 'Length'), from: both('64 厘米', '64 cm'), to: both('61 厘米', '61 cm') }],
      notUnderstood: [
        {
          words: text('做成裙子'),
          reason: both('那是另一套版型', 'that is another pattern'),
          instead: { category: 'pencil-skirt' as const, gender: 'women' as const },
        },
      ],
      insteadOfModel: 'language.limited',
      preview: text('p1'),
      compared: {
        before: { cost: 30100, price: 69900, priceFloor: 52000, picture: 'a'.repeat(64) },
        after: { cost: 31200, price: 71900, priceFloor: 54000, picture: 'b'.repeat(64) },
        currency: 'CNY' as const,
      },
    },
    reference: sent,
    measures: sent,
    approve: sent,
    refine: sent,
    reject: sent,
    done: 'refined',
  }
  const own = gathered.flatMap(({ samples }) => Object.entries(samples({ view, at, text, both, sent, now: NOW })))
  /** Over before its date. */
  const ended = { ...campaign, state: 'released' as const, endedAt: ago(DAY) }
  return {
    ...Object.fromEntries(own),
    start: <StartPage view={at('/')} pipeline={pipeline} newest={[shopRow]} />,
    shop: (
      <ShopListPage
        view={at('/shop')}
        cards={drawn(at('/shop'), <Card view={at('/shop')} now={NOW} row={shopRow} index={0} />)}
        more="/shop?before=x"
        category={undefined}
        categories={['coat', text('tee')]}
      />
    ),
    pool: (
      <PoolPage
        view={at('/shop/fc-26-0001/pool')}
        now={NOW}
        baseUrl={text('https://firstcut.test')}
        {...shopRow}
        joined={[text('王**'), 'W. C.']}
        shops={2}
        via={{ code: 'K7Q2M9XW', name: text('梅家连锁') }}
      />
    ),
    'pool, over, by a dead link': (
      <PoolPage
        view={at('/shop/fc-26-0001/pool')}
        now={NOW}
        baseUrl={text('https://firstcut.test')}
        {...shopRow}
        campaign={ended}
        joined={[]}
        shops={0}
        via={{ code: text('K7Q2'), name: undefined }}
      />
    ),
    style: (
      <ShopStylePage
        view={at('/shop/fc-26-0001')}
        now={NOW}
        baseUrl={text('https://firstcut.test')}
        {...shopRow}
        facts={factsOf(version)}
        pledges={[
          { fromUnits: 100, unitPrice: 57900, units: 84, pledged: 0, missing: 16 },
          { fromUnits: 200, unitPrice: 45900, units: 106, pledged: 22, missing: 94 },
        ]}
        returnDays={7}
        colour={colour}
        pieces={{
          gallery: <Gallery view={at('/')} version={version} colour={colour} />,
          about: (
            <About view={at('/')} version={version} evidence={[text('军大衣')]} fingerprint={campaign.styleHash} />
          ),
          sizes: <Sizes view={at('/')} version={version} />,
          answers: <Answers view={at('/')} answers={[answered]} />,
          order: (
            <PreorderForm
              view={at('/')}
              campaign={campaign}
              colourways={card.colourways}
              unitPrice={41_000}
              action="/shop/fc-26-0001/preorders"
              idempotencyKey="k"
              verification="any"
              sent={sent}
            />
          ),
          ask: <InquiryForm view={at('/')} action="/shop/fc-26-0001/inquiries" sent={sent} />,
        }}
        done="ordered"
      />
    ),
    preorder: buyersPage({}),
    'preorder-received': buyersPage({ preorder: { ...preorder, state: 'fulfilled', endedAt: NOW } }),
    'preorder-released': buyersPage({ preorder: { ...preorder, state: 'released', endedAt: NOW } }),
    'first-run': <FirstRunPage view={at('/first-run')} sent={sent} />,
    'sign-in': <SignInPage view={at('/sign-in')} sent={sent} next={text('/console')} />,
    failure: <FailurePage view={at('/shop/x')} failure={sent.failure} />,
    docs: <DocsPage view={at('/docs')} api={openApi([], '1')} baseUrl={text('http://x')} />,
    problems: <ProblemsPage view={at('/docs/problems')} />,
    overview: (
      <OverviewPage
        view={at('/console')}
        pieces={{
          map: <LineMap view={at('/console')} pipeline={pipeline} counts={counts} />,
          chores: <LineChores view={at('/console')} pipeline={pipeline} beside={beside} />,
        }}
        todo={[
          {
            value: 5,
            label: { zh: '款待审', one: 'style to decide', many: 'styles to decide' },
            href: '/console/styles',
            urgent: true,
          },
        ]}
        events={[event]}
        names={new Map()}
      />
    ),
    trends: (
      <TrendsPage
        view={at('/console/trends')}
        week="2026-11-16"
        newest="2026-11-23"
        weeks={['2026-11-16']}
        trends={[trend]}
        more="/console/trends?cursor=1"
        kind={undefined}
        kinds={['garment']}
        sort="rise"
        sent={sent}
        chosen={new Set(['t1'])}
        missing={{
          month: '2026-11',
          items: [
            {
              missing: 'garment puffer',
              label: both('羽绒服', 'puffer'),
              why: both('没有版型', 'there is no pattern'),
              trends: [{ term: 'puffer', label: both('羽绒服', 'puffer') }],
              refused: 2,
            },
          ],
        }}
      />
    ),
    trend: (
      <TrendPage
        view={at('/console/trends/t1')}
        trend={trend}
        series={[
          {
            source: { name: text('热榜'), measure: 'counts' },
            points: trend.evidence.series.map(({ week, value }) => ({ week, value: value ?? 0 })),
          },
        ]}
      />
    ),
    run: <RunPage view={at('/console/runs/r1')} run={run} rows={[styled]} trends={[trend]} />,
    styles: <StylesPage view={at('/console/styles')} rows={[styled]} state="proposed" more={undefined} runs={[run]} />,
    'console-style': <StylePage view={at('/console/styles/s1')} {...stylePage} />,
    campaigns: <CampaignsPage view={at('/console/campaigns')} now={NOW} rows={[shopRow]} more={undefined} />,
    campaign: pageFor(at('/console/campaigns/c1'), () => (
      <CampaignPage
        view={at('/console/campaigns/c1')}
        now={NOW}
        campaign={campaign}
        card={card}
        number={styleRow.number}
        cells={[{ size: small, colourway: colour, pending: 2, confirmed: 30, pledged: 7, inLots: 4, released: 0 }]}
        points={Array.from({ length: 20 }, (_, index) => ({ at: ago((6 - index * 0.3) * DAY), units: index * 3.6 }))}
        patterns={patterns}
        lots={[{ number: 1, units: 120, buyers: 40, unitPrice: 57900, ownPrice: 61900, givenAway: 480000 }]}
        chance={chanceOfGoal(ignorance({ units: 100, buyers: 5 }), { buyers: 24, units: 72 }, 0.4, {
          units: 100,
          buyers: 5,
        })}
        preorders={[preorder]}
        more={undefined}
        inquiries={[{ inquiry: answered, slug: campaign.slug, styleName: text('款') }]}
        hand={hand}
        sent={sent}
      />
    )),
    'campaign-ended': bareCampaign({ campaign: ended }),
    'campaign, nothing odd': bareCampaign({ campaign, patterns: { ...patterns, patterns: [] } }),
    'campaign-stopping': bareCampaign({
      campaign: { ...campaign, stoppedAt: NOW },
      chance: chanceOfGoal(ignorance({ units: 100, buyers: 5 }), { buyers: 24, units: 72 }, 0.4, {
        units: 100,
        buyers: 5,
      }),
    }),
    'campaign-undecided': bareCampaign({
      campaign: { ...campaign, lotUnits: 140, lotBuyers: 3, undecidedAt: ago(HOUR), closesAt: ago(2 * HOUR) },
      hand: { ...noHand, mayAct: true },
    }),
    'campaigns-ended': (
      <CampaignsPage
        view={at('/console/campaigns')}
        now={NOW}
        rows={[{ ...shopRow, campaign: ended }]}
        more={undefined}
      />
    ),
    'campaign-early': bareCampaign({
      campaign,
      chance: chanceOfGoal(ignorance({ units: 20, buyers: 3 }), { buyers: 1, units: 20 }, 0.001, {
        units: 20,
        buyers: 3,
      }),
    }),
    inquiries: (
      <InquiriesPage
        view={at('/console/inquiries')}
        rows={[inquiry, answered].map((each) => ({ inquiry: each, slug: campaign.slug, styleName: text('款') }))}
        open
        more={undefined}
        sent={sent}
      />
    ),
    orders: (
      <OrdersPage view={at('/console/orders')} rows={[{ order, factory: factory.name }]} more={undefined} filter="" />
    ),
    order: (
      <OrderPage
        view={at('/console/orders/o1')}
        {...orders}
        direct={false}
        inspection={{ failed: orders.reports[0]!, clearance: undefined }}
        mayClear
        troubles={[
          { deliveryId: 'd1', trouble: delivery.trouble ?? both('', '') },
          {
            deliveryId: '',
            trouble: both('有 2 封相关邮件未能发出。', '2 letters could not be sent.'),
            letters: 'order:o1',
          },
        ]}
      />
    ),
    factories: (
      <FactoriesPage
        view={at('/console/factories')}
        factories={[factory]}
        more={undefined}
        mayAct
        sent={sent}
        ticked={new Set(['coat'])}
      />
    ),
    factory: (
      <FactoryPage
        view={at('/console/factories/f1')}
        factory={factory}
        orders={[order]}
        messages={[{ message, attempts: [tried] }]}
        issued={{ secret: text('whsec_x'), portalLink: text('http://x/factory?token=y'), until: ahead(DAY) }}
        mayAct
        rotating
        sent={sent}
        done="ping"
      />
    ),
    reorders: pageFor(at('/console/reorders'), () => (
      <ReordersPage
        rows={[
          { reorder, campaign, styleName: text('款') },
          {
            reorder: { ...reorder, id: 'e2', state: 'declined', reason: text('等等') },
            campaign,
            styleName: text('款'),
          },
        ]}
        mayAct
        more={undefined}
        sent={sent}
      />
    )),
    sources: (
      <SourcesPage
        view={at('/console/sources')}
        sources={[source]}
        mayAct
        feed={sent}
        upload={sent}
        uploaded={{
          sourceId: 'x',
          name: '热搜榜',
          itemsSeen: 4,
          itemsNew: 3,
          kept: 4,
          changed: 1,
          leftOut: 2,
          columns: [],
          notes: [both('跳过', 'left out')],
        }}
        asked={{
          kept: 'a'.repeat(64),
          fields: { lang: 'zh', fileName: '销售.csv' },
          preview: {
            kept: 12,
            leftOut: 1,
            notes: [both('已按销售表读取', 'Read as a table of sales')],
            columns: [
              { role: 'date', column: '统计日期' },
              { role: 'product', column: '商品名称' },
              { role: 'units', column: '支付件数' },
            ],
            found: ['统计日期', '商品名称', '类目', '支付件数', '支付金额'],
          },
        }}
      />
    ),
    source: <SourcePage view={at('/console/sources/x')} source={source} ingests={[ingest]} mayAct sent={sent} />,
    materials: (
      <MaterialsPage
        view={at('/console/materials')}
        rows={Object.values(spec.materials).map((material) => ({
          id: material.id,
          material: { ...material, supplierRef: text(material.supplierRef) },
          updatedAt: NOW,
          updatedBy: 'x',
        }))}
        mayAct
        sent={sent}
        errors={[{ line: 3, column: text('gsm'), text: both('缺少克重', 'weight is missing') }]}
        taken={undefined}
      />
    ),
    privacy: (
      <PrivacyPage view={at('/privacy')} own="" contact={text('privacy@example.com')} retentionDays={90} keepsLetters />
    ),
    'privacy in own words': (
      <PrivacyPage
        view={at('/privacy')}
        own={text('一段。\n\n又一段。')}
        contact=""
        retentionDays={0}
        keepsLetters={false}
      />
    ),
    house: pageFor(at('/console/house'), () => (
      <HousePage
        unusable={[{ name: 'timeZone', stored: text('GMT+8'), used: text('Asia/Shanghai') }]}
        house={{ ...houseSchema.parse({}), nameZh: text('首裁'), nameEn: text('Firstcut') }}
        terms={dispatchTermsSchema.parse({ maker: text('首裁服饰') })}
        sent={sent}
        termsSent={sent}
        done="house"
      />
    )),
    accounts: (
      <AccountsPage
        view={at('/console/accounts')}
        users={[
          {
            id: 'u1',
            email: text('a@example.com'),
            name: text('林晓'),
            role: 'admin',
            createdAt: ago(DAY),
            disabledAt: null,
            secondFactor: true,
          },
        ]}
        keys={[
          {
            id: 'k1',
            prefix: 'fck_abc',
            name: text('ERP'),
            scopes: ['read', 'demand'],
            createdAt: ago(DAY),
            expiresAt: NOW,
            lastUsedAt: NOW,
            perMinute: 600,
            revokedAt: null,
          },
        ]}
        account={sent}
        keySent={sent}
        passwordSent={sent}
        changed={sent}
        self="u2"
        issued={text('fck_x')}
        done="account"
      />
    ),
    'sign-in-code': <SignInCodePage view={view} sent={{ values: {} }} ticket={text('ticket')} next="/console" />,
    'forgot-password': <ForgotPasswordPage view={view} sent={{ values: { email: text('a@b.example') } }} asked />,
    'reset-password': <ResetPasswordPage view={view} sent={{ values: {} }} token={text('token')} />,
    'own-account': (
      <OwnAccountPage
        view={view}
        account={{ email: text('ann@example.com'), name: text('Ann'), role: 'admin', secondFactor: true, codesLeft: 9 }}
        sessions={[
          { id: 's1', createdAt: NOW, lastSeenAt: NOW, agent: text('Firefox'), network: '203.0.113.0/24', here: true },
          { id: 's2', createdAt: NOW, lastSeenAt: NOW, agent: null, network: null, here: false },
        ]}
        sent={{ values: {} }}
        codes={[text('abcd-efgh-ijkl')]}
        done="factor-on"
      />
    ),
    'second-factor': (
      <SecondFactorPage
        view={view}
        offer={{ offer: text('sealed'), secret: text('ABCD EFGH'), modules: [[true, false]] }}
        sent={{ values: {} }}
      />
    ),
    confirm: <ConfirmPage view={view} sent={{ values: {} }} next="/console/accounts" />,
    events: (
      <EventsPage
        view={at('/console/events')}
        events={[event]}
        name={undefined}
        kinds={['demand.lot-frozen']}
        names={new Map()}
        more={undefined}
      />
    ),
    deliveries: (
      <DeliveriesPage
        view={at('/console/deliveries')}
        rows={[{ delivery, name: 'demand.lot-frozen', payload: { x: text('y') } }]}
        retried={1}
        damage={[text('row 3 missing from index')]}
        warning={{ zh: text('可能丢失'), en: text('may be lost') }}
      />
    ),
    mail: (
      <MailPage
        view={at('/console/mail')}
        letters={[
          {
            id: '1',
            to: text('a@b.c'),
            subject: text('请确认您的预订'),
            date: text('now'),
            text: text('http://x/preorders/1 您好'),
          },
        ]}
        baseUrl="http://x"
      />
    ),
    'orders-link': <OrdersLinkPage view={at('/orders')} sent={sent} done={true} />,
    'orders-code': <OrdersCodePage view={at('/orders')} reach={text('138 0013 8000')} sent={sent} />,
    'orders-mine': (
      <OwnOrdersPage
        view={at('/orders/mine')}
        reach={text('wang@example.com')}
        orders={[
          { preorder, campaign, card, lot, mile: ownMile(), changes: [], token: text('t') },
          {
            preorder: { ...preorder, state: 'confirmed' },
            campaign,
            card,
            lot: undefined,
            mile: ownMile(),
            changes: [],
            token: 't',
          },
        ]}
        token={text('t')}
        next="p0"
      />
    ),
    'orders-erase': (
      <OwnErasurePage
        view={at('/orders/erase')}
        reach={text('wang@example.com')}
        token={text('t')}
        preview={{
          erased: { preorders: 2, inquiries: 1, letters: 3, accounts: 0 },
          kept: [{ what: 'preorder', id: text('01a2'), why: both('正在生产', 'It is being made.') }],
        }}
        done={undefined}
      />
    ),
    'preorder-link': <PreorderLinkPage view={at('/preorders/p1')} id={text('p1')} sent={sent} done={true} />,
    'factory-enter': <FactoryEnterPage view={at('/factory')} sent={sent} />,
    'factory-link-sent': <FactoryEnterPage view={at('/factory')} sent={sent} done="link" />,
    'factory-door': <FactoryDoorPage view={at('/factory')} name={text('杭州快裁')} token={text('fcp_x')} />,
    'factory-home': (
      <FactoryHomePage
        view={at('/factory')}
        now={NOW}
        factory={factory}
        offers={[{ offer: { ...offer, state: 'offered' }, order }]}
        orders={[order]}
        cancellations={[
          { order, cancellation },
          { order, cancellation: calledOff },
        ]}
        sent={sent}
        done="confirmed"
      />
    ),
    'factory-called-off': <FactoryCalledOffPage view={at('/factory/jobs/o1')} order={order} cancellation={calledOff} />,
    'factory-offer': (
      <FactoryJobPage
        agreed={{ unit: 9500, total: 9500 * 120, shipBy: ahead(20 * DAY) }}
        view={at('/factory/jobs/o1')}
        now={NOW}
        order={{ ...order, state: 'placing', factoryId: null }}
        brief={brief}
        offer={{ ...offer, state: 'offered', counter: null }}
        mine={false}
        reports={[]}
        answer={sent}
        report={sent}
        cancellation={undefined}
        ended={{ ...cancellation, state: 'withdrawn', side: 'house', answeredAt: cancellation.askedAt }}
        cancel={sent}
        done={undefined}
        reportId="x"
      />
    ),
    'factory-work': (
      <FactoryJobPage
        agreed={{ unit: 9500, total: 9500 * 120, shipBy: ahead(20 * DAY) }}
        view={at('/factory/jobs/o1')}
        now={NOW}
        order={order}
        brief={brief}
        offer={undefined}
        parcels={sent}
        mine
        reports={[report, stale]}
        answer={sent}
        report={sent}
        cancellation={{ ...cancellation, side: 'house' }}
        ended={undefined}
        cancel={sent}
        done="reported"
        reportId="x"
      />
    ),
  }
}
