import { z } from 'zod'
import { saidAs } from '../../core/issues.ts'
import type { Problem } from '../../core/errors.ts'
import { named } from '../../core/parse.ts'
import type { Transitions } from '../../core/states.ts'
import { emailAddress, oneLine, paragraphs, telephone } from '../../core/typed.ts'
import { CURRENCIES, DAY, HOUR, LANGS, MINUTE, SECOND } from '../../core/values.ts'
import { daysLater } from '../../core/zones.ts'
import { CANCELLATION_FOLLOWS, type CANCELLATION_STATES, type OFFER_STATES } from './tables.ts'
import { CATEGORIES } from '../../garments/index.ts'
import { refused, words } from './messages.ts'

export type OfferState = (typeof OFFER_STATES)[number]
export type CancellationState = (typeof CANCELLATION_STATES)[number]
export type Follow = (typeof CANCELLATION_FOLLOWS)[number]

export const OFFER_MOVES: Transitions<OfferState> = {
  offered: ['accepted', 'declined', 'countered', 'expired', 'withdrawn'],
  countered: ['accepted', 'declined', 'expired', 'withdrawn'],
  // Only together with a cancellation that both sides agreed to.
  accepted: ['withdrawn'],
  declined: [],
  expired: [],
  withdrawn: [],
}

export const CANCELLATION_MOVES: Transitions<CancellationState> = {
  asked: ['agreed', 'refused', 'withdrawn'],
  agreed: [],
  refused: [],
  withdrawn: [],
}

/** GB 18401: A may be made for infants, B touches the skin, C does not. Who may make A may make B and C. */
export const COMPLIANCE_CLASSES = ['A', 'B', 'C'] as const
export type ComplianceClass = (typeof COMPLIANCE_CLASSES)[number]

const minor = z.int().min(1).max(100_000_000)

const fields = {
  name: oneLine(1, 200),
  country: oneLine(2, 60),
  address: paragraphs(0, 400),
  contactEmail: emailAddress,
  lang: z.enum(LANGS),
  categories: z.array(z.enum(CATEGORIES)).max(CATEGORIES.length),
  /** Fewest and most units it takes in one order. */
  moq: z.int().min(1).max(1_000_000),
  maxUnits: z.int().min(1).max(10_000_000),
  /** Units it can make in a week; 0 = not known yet, gets no orders. */
  weeklyCapacity: z.int().min(0).max(10_000_000),
  leadDays: z.int().min(1).max(365),
  /** CMT per unit in minor units, by category; where there is none the house's rate is offered. */
  rates: z.partialRecord(z.enum(CATEGORIES), minor),
  currency: z.enum(CURRENCIES),
  complianceClass: z.enum(COMPLIANCE_CLASSES),
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
}

export const factorySchema = z.strictObject({
  ...fields,
  address: fields.address.optional(),
  contactEmail: fields.contactEmail.optional(),
  lang: fields.lang.default('zh'),
  categories: fields.categories.default([]),
  moq: fields.moq.default(1),
  maxUnits: fields.maxUnits.default(100_000),
  weeklyCapacity: fields.weeklyCapacity.default(0),
  leadDays: fields.leadDays.default(21),
  rates: fields.rates.default({}),
  currency: fields.currency.default('CNY'),
  complianceClass: fields.complianceClass.default('B'),
  endpoint: fields.endpoint.optional(),
})
export type FactoryInput = z.infer<typeof factorySchema>

/** Only what is named changes: no defaults here, or an update would reset what it does not mention. */
export const factoryChange = z.strictObject(fields).partial()

/** What a factory may answer to an offer. */
export const acceptSchema = z.object({ orderId: z.string().min(1), offerId: z.string().min(1) })
export const declineSchema = acceptSchema.extend({ reason: paragraphs(1, 1000) })
export const counterSchema = acceptSchema
  .extend({
    /** CMT per unit in the order's currency, minor units. */
    price: minor.optional(),
    shipBy: z.iso.datetime({ offset: true }).optional(),
    note: paragraphs(0, 1000).optional(),
  })
  .refine(({ price, shipBy }) => price !== undefined || shipBy !== undefined, {
    params: {
      said: {
        en: 'a counter-offer names another price or another day',
        zh: '还价须给出另一个价格或另一个发货日期',
      },
    },
    path: ['price'],
  })
/** What is paid for an order and when it is due: CMT in minor units of the order's currency. */
export interface Agreed {
  unit: number
  total: number
  shipBy: Date
}

export type Counter = Omit<z.infer<typeof counterSchema>, 'orderId' | 'offerId'>

const reason = paragraphs(1, 1000)

/** What a lot's buyers are promised at its freezing: so many days from now. Never earlier than they know already. */
export function promiseAnew(
  { promisedAt }: { promisedAt: Date },
  { promisedDays }: { promisedDays: number },
  { now, timeZone }: { now: Date; timeZone: string },
): Date {
  const fresh = daysLater(now, promisedDays, timeZone)
  return fresh > promisedAt ? fresh : promisedAt
}

/** A request to call an accepted order off; only the house says what follows. */
export const cancellationSchema = z.object({ reason, requestId: z.string().min(1).max(200).optional() })
export const houseCancellationSchema = cancellationSchema.extend({
  /** replace: another factory makes the lot; release: its buyers are let go and nobody pays. */
  follow: z.enum(CANCELLATION_FOLLOWS),
})
/** The other side's answer. A refusal says why. */
export const cancellationAnswerSchema = z
  .object({
    cancellationId: z.string().min(1),
    agree: z.boolean(),
    follow: z.enum(CANCELLATION_FOLLOWS).optional(),
    reason: reason.optional(),
  })
  .refine(({ agree, reason }) => agree || reason !== undefined, {
    params: { said: { en: 'it is missing; say why you refuse', zh: '缺少此项，请说明拒绝的原因' } },
    path: ['reason'],
  })
/** An unplaced order is tried again with its promised date, or with a later one that its buyers are told. */
export const retrySchema = z.strictObject({ newDate: z.boolean().default(false) })
/** An unplaced order is given up. */
export const givingUpSchema = z.strictObject({ reason })
export const withdrawalSchema = z.object({ cancellationId: z.string().min(1), reason: reason.optional() })

const shipToSchema = z.strictObject({
  name: named(oneLine(1, 200), '收货单位', 'Consignee'),
  contact: named(oneLine(1, 200).optional(), '联系人', 'Contact'),
  phone: named(telephone.optional(), '电话', 'Telephone'),
  lines: named(z.array(oneLine(1, 200)).min(1).max(10), '街道地址', 'Street address'),
  city: named(oneLine(1, 100), '城市', 'City'),
  region: named(oneLine(1, 100).optional(), '省 / 地区', 'Province or region'),
  postalCode: named(oneLine(1, 20).optional(), '邮编', 'Postal code'),
  country: named(
    z
      .string()
      .regex(
        saidAs(/^[A-Z]{2}$/, { en: 'it must be two capital letters, such as CN', zh: '须为两个大写字母，例如 CN' }),
      ),
    '国家代码',
    'Country code',
  ),
})

const terms = {
  shipTo: shipToSchema,
  maker: named(oneLine(1, 200), '制造者名称', 'Maker on the label'),
  makerAddress: named(oneLine(1, 400), '制造者地址', 'Maker’s address'),
  originZh: named(oneLine(1, 60), '产地（中文）', 'Origin, in Chinese'),
  originEn: named(oneLine(1, 60), '产地（英文）', 'Origin, in English'),
  /** Days between the factory's door and the buyers': shipBy = promised date − these. */
  shippingDays: named(z.int().min(0).max(60), '运输天数', 'Days of shipping'),
  /** What a unit costs us when it is late (of its selling price) and when a lot fails inspection (of its CMT). */
  latePenaltyPercent: named(z.number().min(0).max(100), '延误损失（售价）', 'Cost of being late'),
  reworkPercent: named(z.number().min(0).max(200), '返工成本（加工费）', 'Cost of rework'),
  /** No factory gets more than this share of the units of the last 90 days while another can make them. */
  maxSharePercent: named(z.number().min(1).max(100), '单厂最高份额', 'Largest share of a factory'),
  /** This share goes to factories we do not know yet, in lots no larger than `explorationUnits`. */
  explorationPercent: named(z.number().min(0).max(50), '新工厂份额', 'Share for new factories'),
  explorationUnits: named(z.int().min(0), '新工厂单次上限', 'Largest lot for a new one'),
  /** How long the links in a brief work; the portal issues fresh ones. */
  linkDays: named(z.int().min(1).max(90), '文件链接有效（天）', 'File links work, days'),
  /** How long the old secret goes on signing beside the new one. */
  rotationHours: named(z.number().min(1).max(720), '密钥过渡（小时）', 'Old secret signs on, hours'),
}

/**
 * The house's terms towards factories. Where goods go and who puts them on the market have no default: no brief
 * leaves before they are known, and the completeness gate says which is missing.
 */
export const dispatchTermsSchema = z.strictObject({
  ...terms,
  shipTo: terms.shipTo.optional(),
  maker: terms.maker.optional(),
  makerAddress: terms.makerAddress.optional(),
  originZh: terms.originZh.default('中国'),
  originEn: terms.originEn.default('China'),
  shippingDays: terms.shippingDays.default(4),
  latePenaltyPercent: terms.latePenaltyPercent.default(10),
  reworkPercent: terms.reworkPercent.default(50),
  maxSharePercent: terms.maxSharePercent.default(60),
  explorationPercent: terms.explorationPercent.default(15),
  explorationUnits: terms.explorationUnits.default(300),
  linkDays: terms.linkDays.default(14),
  rotationHours: terms.rotationHours.default(48),
})
/** Only what is named changes; what is named without a value is taken away. */
export const dispatchTermsChange = z.strictObject(terms).partial()
export type DispatchTerms = z.infer<typeof dispatchTermsSchema>

/** What we send. Disjoint from what we take, so that a message of ours played back to us is no answer. */
export const MESSAGE_TYPES = [
  'factory.ping',
  'production.offered',
  'production.agreed',
  'production.over',
  'production.cancellation-asked',
  'production.cancellation-over',
  'production.cancelled',
] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]

/**
 * The types a factory may call back with: the first three answer an offer, `progressed` reports on an order, the rest
 * ask for the cancellation of an accepted order, take that back, or answer ours.
 */
export const CALLBACK_TYPES = [
  'order.accepted',
  'order.declined',
  'order.countered',
  'order.progressed',
  'order.cancellation-asked',
  'order.cancellation-agreed',
  'order.cancellation-refused',
  'order.cancellation-withdrawn',
] as const
export const callbackSchema = z.object({
  type: z.enum(CALLBACK_TYPES),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  data: z.looseObject({ orderId: z.string().min(1) }),
})

/** Delays after the 1st, 2nd … failed attempt: 15 attempts over a little more than five days. */
export const RETRY_DELAYS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  14 * HOUR,
  20 * HOUR,
  DAY,
  DAY,
  DAY,
]
/** The longest that an endpoint may ask us to wait (Retry-After). */
export const LONGEST_ASKED = DAY
/** How long an overloaded endpoint that does not say it is left alone, at most. */
export const QUIET_MS = 10 * MINUTE

/**
 * Milliseconds until the next attempt, ±20 % so that many do not come back together, or undefined when all are used
 * up. What the endpoint itself asked for (Retry-After, up to a day) is respected in full.
 * @param failed attempts made so far, ≥ 1
 */
export function retryDelay(failed: number, askedMs = 0, random: () => number = Math.random): number | undefined {
  const delay = RETRY_DELAYS[failed - 1]
  return delay === undefined
    ? undefined
    : Math.round(Math.max(delay * (0.8 + 0.4 * random()), Math.min(askedMs, LONGEST_ASKED)))
}

/** Retry-After, in seconds or as an HTTP date (RFC 9110 10.2.3), as milliseconds from now; 0 where there is none. */
export function retryAfter(header: string | undefined, now: Date): number {
  if (!header) return 0
  if (/^\d+$/.test(header.trim())) return Number(header) * SECOND
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime())
}

/** `PO-26-0007`; grows to more digits when it must. */
export const orderNumber = (year: string, count: number): string => `PO-${year}-${String(count).padStart(4, '0')}`

/** A late or repeated answer to an offer that has moved on (409). */
export const offerOver = (state: OfferState, answerBy: Date): Problem =>
  refused(
    'dispatch.offer-over',
    { state: words.all(`offer.${state}`), by: answerBy.toISOString() },
    { details: { state, answerBy: answerBy.toISOString() } },
  )

// ── what the API answers ────────────────────────────────────────────────────────────────────────────────────────

export const timeView = z.iso.datetime()
export const factoryView = z.looseObject({
  id: z.string(),
  name: z.string(),
  country: z.string(),
  state: z.string(),
  categories: z.array(z.string()),
  publicKey: z.string(),
})
export const shownOnce = z.object({
  factory: factoryView,
  secret: z.string().describe('Shown once.'),
  portalToken: z.string().describe('Shown once.'),
})
export const orderView = z.looseObject({
  id: z.string(),
  number: z.string(),
  campaignId: z.string(),
  lot: z.int(),
  state: z.string(),
  factoryId: z.string().nullable(),
  units: z.int(),
  currency: z.string(),
  agreedPrice: z.int().describe('Minor units of `currency`.').nullable(),
  promisedAt: z.iso.datetime(),
  styleHash: z.string(),
  sequence: z.int(),
})
export const cancellationView = z.looseObject({
  id: z.string(),
  orderId: z.string(),
  factoryId: z.string(),
  side: z.enum(['house', 'factory']).describe('Who asked.'),
  state: z.enum(['asked', 'agreed', 'refused', 'withdrawn']),
  reason: z.string(),
  follow: z.enum(['replace', 'release']).nullable(),
})
