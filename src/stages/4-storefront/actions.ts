import { authorize, actorTag, may, type Actor } from '../../core/actor.ts'
import { withNotice } from '../../core/notice.ts'
import { notFound, problem } from '../../core/errors.ts'
import { HOUR, newId } from '../../core/values.ts'
import { take, tooMany, type Allowance } from '../../db/limits.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { styleHash } from '../../garments/index.ts'
import type { Chores, Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { styleById, versionOf } from '../2-designs/door.ts'
import { campaignTerms, settledTerms } from '../3-approvals/door.ts'
import { givingUp } from './giving-up.ts'
import type { CampaignState } from './model.ts'
import {
  addViews,
  answerInquiry,
  campaignById,
  campaignBySlug,
  hasCampaign,
  inquiryById,
  insertCampaign,
  insertInquiry,
  listCampaigns,
  listInquiries,
  publishedAnswers,
  soldByCategory,
  soldVersion,
  type Campaign,
} from './store.ts'

const PUBLIC_STATES: readonly CampaignState[] = ['open', 'dispatching']

/** Questions in an hour by one address, and from one network; a machine asks for as many people as twenty of these. */
const INQUIRIES_AN_HOUR = { address: 5, network: 10, account: 200 } as const

function inquiryAllowances(email: string, origin: string | undefined): Allowance[] {
  const { address, network, account } = INQUIRIES_AN_HOUR
  const most = origin?.startsWith('net:') ? network : account
  return [
    { of: 'inquiries.address', by: email.toLowerCase(), most: address, windowMs: HOUR },
    ...(origin === undefined ? [] : [{ of: 'inquiries.origin', by: origin, most, windowMs: HOUR }]),
  ]
}

export type Storefront = ReturnType<typeof openStorefront>

/** `fc-26-0007-wool-overcoat`: readable, stable, safe in an address; the number makes it unique. */
export function slugOf(number: string, name: string, version: number): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
  return [number.toLowerCase(), version > 1 ? `v${version}` : '', words].filter(Boolean).join('-')
}

export function openStorefront(context: Context) {
  const { db, clock, outbox, engines } = context
  /** Page views, gathered in memory and written once a second: a lost one costs nothing. */
  const views = new Map<string, number>()

  const found = (campaign: Campaign | undefined, asked: string): Campaign => {
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, asked)
    return campaign
  }

  return {
    /** What buyers see, newest first. Anybody may look. */
    async list({ before, limit, all = false }: { before?: string | undefined; limit: number; all?: boolean }) {
      return listCampaigns(db.read, {
        states: all ? ['scheduled', 'open', 'dispatching', 'closed', 'released'] : PUBLIC_STATES,
        before,
        limit,
      })
    },

    /** A campaign with the style it sells and the answers everybody may read. */
    async page(slugOrId: string) {
      const campaign = found(
        (await campaignBySlug(db.read, slugOrId)) ?? (await campaignById(db.read, slugOrId)),
        slugOrId,
      )
      const sold = await soldVersion(db.read, campaign)
      if (!sold) throw notFound({ en: 'style', zh: '款式' }, campaign.styleId)
      return { campaign, ...sold, answers: await publishedAnswers(db.read, campaign.id) }
    },

    viewed(campaignId: string): void {
      views.set(campaignId, (views.get(campaignId) ?? 0) + 1)
    },

    /** Write the views gathered since the last time. */
    async flushViews(): Promise<number> {
      if (!views.size) return 0
      const gathered = [...views]
      views.clear()
      await db.write(
        async (tx) => {
          for (const [id, count] of gathered) await addViews(tx, id, count)
        },
        { atomic: true },
      )
      return 0 // not work that makes more work: the worker need not look again
    },

    /** @param origin whom it counts against: a network or an account @throws Problem 404, 429 `limits.too-many` */
    async ask(
      campaignId: string,
      inquiry: { email: string; question: string; lang: 'zh' | 'en' },
      origin?: string,
    ): Promise<{ id: string }> {
      const campaign = found(await campaignById(db.read, campaignId), campaignId)
      const id = newId()
      const now = clock.now()
      await db.write(
        async (tx) => {
          const over = await take(tx, inquiryAllowances(inquiry.email, origin), now)
          if (over !== undefined) throw tooMany(over)
          await insertInquiry(tx, { id, campaignId: campaign.id, ...inquiry, askedAt: now })
          await outbox.emit(tx, { kind: 'anonymous' }, 'storefront.asked', { inquiryId: id }, now)
        },
        { atomic: true },
      )
      return { id }
    },

    async answer(actor: Actor, inquiryId: string, { answer, publish }: { answer: string; publish: boolean }) {
      authorize(actor, 'campaigns')
      const now = clock.now()
      return db.write(async (tx) => {
        const answered = await answerInquiry(tx, inquiryId, {
          answer,
          answeredBy: actorTag(actor),
          answeredAt: now,
          published: publish,
        })
        if (answered) {
          await outbox.emit(tx, actor, 'storefront.answered', { inquiryId }, now)
          return answered
        }
        if (await inquiryById(tx, inquiryId))
          throw problem('inquiries.answered', 409, {
            en: 'This question was already answered, perhaps by a colleague just now. Reload the page.',
            zh: '该咨询已被回复（可能是同事刚刚回复），请刷新页面。',
          })
        throw notFound({ en: 'question', zh: '咨询' }, inquiryId)
      })
    },

    async inquiries(actor: Actor, filter: { open: boolean; before?: string | undefined; limit: number }) {
      authorize(actor, 'campaigns:read')
      const rows = await listInquiries(db.read, filter)
      if (may(actor, 'people')) return rows
      return rows.map((row) => ({ ...row, inquiry: { ...row.inquiry, email: '' } }))
    },

    /** Verified units by category: what designers are told. */
    soldByCategory: () => soldByCategory(db.read),

    get chores(): Chores {
      return { views: () => this.flushViews() }
    },

    givingUp,
    reactions: {
      /** An approved style opens as a campaign, once per version, after its hash was computed anew. */
      'approvals.approved': async ({ payload }) => {
        // Run again later, its dates may have passed; it has nothing to do any more.
        if (await hasCampaign(db.read, payload.styleId, payload.version)) return
        const version = await versionOf(db.read, payload.styleId, payload.version)
        const style = await styleById(db.read, payload.styleId)
        if (!version || !style) throw notFound({ en: 'style', zh: '款式' }, payload.styleId)
        if (styleHash(version.spec, version.derived, version.rules) !== payload.hash)
          throw problem('campaigns.identity', 409, {
            en: 'What would be sold is not what was approved: the hashes differ. The campaign was not opened.',
            zh: '待售款式与已审批的款式不一致（哈希不同），预售未开启。',
          })
        const house = await readHouse(db.read)
        const now = clock.now()
        const terms = settledTerms(
          campaignTerms.parse(payload.campaign ?? {}),
          house,
          version.rules.thresholdUnits,
          now,
        )
        await db.write(async (tx) => {
          const id = newId()
          const open = terms.opensAt <= now
          const made = await insertCampaign(tx, {
            id,
            slug: slugOf(style.number, version.spec.names.en, version.version),
            styleId: payload.styleId,
            styleVersion: payload.version,
            styleHash: payload.hash,
            state: open ? 'open' : 'scheduled',
            ...terms,
            currency: version.derived.currency,
            ladder: [...version.derived.ladder],
            sizes: [...version.spec.sizes.list],
            colourways: version.spec.colourways.map((colourway) => colourway.id),
            createdAt: now,
          })
          if (made && open)
            await outbox.emit(tx, { kind: 'system', name: 'storefront' }, 'storefront.opened', { campaignId: id }, now)
        })
      },
      /** The person who asked gets the answer by letter. */
      'storefront.answered': async ({ payload: { inquiryId } }) => {
        const inquiry = await inquiryById(db.read, inquiryId)
        if (!inquiry?.answer) return
        const { answer, email, lang, question } = inquiry
        const subject = lang === 'zh' ? '您的咨询已有回复' : 'An answer to your question'
        await db.write(
          (tx) =>
            queueLetters(
              tx,
              [
                {
                  dedupeKey: `inquiry:${inquiryId}`,
                  to: email,
                  lang,
                  subject,
                  body: `> ${question.replaceAll('\n', '\n> ')}\n\n${answer}\n`,
                },
              ].map(withNotice(context.baseUrl)),
              clock.now(),
              engines.vault,
            ),
          { atomic: true },
        )
      },
    } satisfies Reactions,
  }
}
