/** What is asked and told of partners. */
import { z } from 'zod'
import { named } from '../../../core/parse.ts'
import { emailAddress, oneLine } from '../../../core/typed.ts'
import { PARTNER_KINDS } from '../tables.ts'
import type { Partner } from '../store/partners.ts'
import { termsAfter, type Terms } from './terms.ts'

export { PARTNER_KINDS }

/** Percent of the price, to a hundredth: what is more is no commission. */
const commission = named(
  z.number().min(0).max(60).multipleOf(0.01).describe('Percent of the price that everybody in the pool pays.'),
  '佣金（%）',
  'Commission, percent',
)

export const partnerShape = {
  name: named(oneLine(1, 80), '名称', 'Name'),
  kind: named(z.enum(PARTNER_KINDS), '类型', 'Kind'),
  contactName: named(oneLine(0, 120).nullable(), '联系人', 'Contact'),
  contactEmail: named(emailAddress, '联系邮箱', 'E-mail of the contact'),
  /** It vouches for its buyers where a campaign, or the house, verifies by whom it trusts. */
  trusted: named(z.boolean(), '由其核实买家', 'Vouches for its buyers'),
  commission,
} as const

export const newPartner = z.object({
  ...partnerShape,
  contactName: partnerShape.contactName.default(null),
  trusted: partnerShape.trusted.default(false),
  commission: commission.default(0),
})

/** What holds in one campaign: a commission of its own, or a price of its own, or with neither what holds everywhere. */
export const agreement = {
  campaignId: named(z.string().max(200), '预售', 'Campaign'),
  commission: commission.nullable().default(null),
  price: named(z.int().min(1).max(100_000_000_00).nullable().default(null), '专属单价', 'A price of its own'),
} as const

export const partnerView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PARTNER_KINDS),
  contactName: z.string().nullable().describe('Only for whoever has the permission `people`; null otherwise.'),
  contactEmail: z.string().nullable().describe('Only for whoever has the permission `people`; null otherwise.'),
  code: z.string().describe('Stands in its links: `/shop/…?p=CODE`.'),
  trusted: z.boolean(),
  keyPrefix: z.string(),
  keyMadeAt: z.date(),
  createdAt: z.date(),
  stoppedAt: z.date().nullable(),
  commission: z.number().describe('Percent of the price.'),
  agreements: z.array(
    z.object({ campaignId: z.string(), commission: z.number().nullable(), price: z.int().nullable() }),
  ),
})
export type PartnerView = z.infer<typeof partnerView>

const percent = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100)

/** @param terms everything ever agreed, of whomever, oldest first */
export function viewOf(partner: Partner, terms: readonly Terms[], withPerson: boolean): PartnerView {
  const { keyHash: _hash, contactName, contactEmail, ...shown } = partner
  const own = terms.filter(({ partnerId }) => partnerId === partner.id)
  const special = [...new Set(own.flatMap(({ campaignId }) => campaignId ?? []))]
  return {
    ...shown,
    contactName: withPerson ? contactName : null,
    contactEmail: withPerson ? contactEmail : null,
    commission: percent(own.findLast(({ campaignId }) => campaignId === null)?.commission ?? 0) ?? 0,
    agreements: special.flatMap((campaignId) => {
      const now = termsAfter(own, own.length, campaignId)
      return now?.campaignId ? [{ campaignId, commission: percent(now.commission), price: now.price }] : []
    }),
  }
}
