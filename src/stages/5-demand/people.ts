import { grouped, timeOf } from '../../core/values.ts'
import type { HoldsPeople } from '../0-house/door.ts'
import { openContact } from './contact.ts'
import { isOf } from '../../db/persons.ts'
import { partnerNames, partnersWithContact } from './store/partners.ts'
import { anonymise, buyerAddresses, forgetEnded, forgetOld, isOver, preordersOf } from './store/people.ts'
import { changesOf } from './store/changing.ts'
import { tracesOf } from './store/traces.ts'
import { refusedBy, takeNews } from './store/news.ts'
import { rekeyBuyers } from './store/rekeying.ts'

const WAITING = {
  zh: '预订仍在等待成批，取消或结束后才能匿名化；届时自动处理。如不再需要，请先用邮件中的链接取消。',
  en: 'It still gathers for a lot. It is erased by itself when it ends; cancel it by the link in its letter first if it is not wanted.',
}
const BEING_MADE = {
  zh: '商品正在生产或待寄出，寄送需要姓名和地址；签收或取消后自动匿名化。',
  en: 'It is being made or packed, and name and address are needed to deliver it. It is erased by itself when it has been received or let go.',
}

/** Pre-orders: what is under way stays with its buyer and goes when it ends. */
export const demandPeople: HoldsPeople = {
  as: 'preorders',
  async find(db, email, vault) {
    const found = await preordersOf(db, email)
    const partnerIds = [...new Set(found.flatMap(({ row }) => row.partnerId ?? []))]
    const partners = new Map(
      (partnerIds.length ? await partnerNames(db, partnerIds) : []).map(({ id, name }) => [id, name]),
    )
    const traced = new Map((await tracesOf(db, found.map(({ row }) => row.id))).map((each) => [each.preorderId, each])) // prettier-ignore
    // What goes is a row that has followed its lot: until then its units stand under its buyer's key.
    const over = found.map(({ row }) => row).filter(isOver)
    const changes = grouped(
      found.length ? await changesOf(db, found.map(({ row }) => row.id)) : [], // prettier-ignore
      ({ preorderId }) => preorderId,
    )
    const keys = [...new Set(found.map(({ row }) => row.buyerKey))]
    const news = (await refusedBy(db, keys)).size === 0
    const before = (id: string) => changes.get(id)?.map(({ lines, at }) => ({ lines, until: timeOf(at) })) ?? []
    return {
      shown: found.map(({ stands: { id, campaignId, partnerId, email: typed, name, contact, lang, terms, lines, units, shownPrice, state, lot, placedAt, confirmedAt, endedAt } }) => ({ id, campaignId, orderedBy: partners.get(partnerId ?? '') ?? null, seenBy: traced.has(id) ? { network: traced.get(id)?.network, address: traced.get(id)?.address } : null, email: typed, name, ...openContact(vault, contact).now, lang, lines, before: before(id), terms, news, units, shownPrice, state, lot, placedAt: timeOf(placedAt), confirmedAt: timeOf(confirmedAt), endedAt: timeOf(endedAt) })), // prettier-ignore
      erasable: over.length,
      kept: found
        .filter(({ row }) => !isOver(row))
        .map(({ stands: { id, lot } }) => ({ what: 'preorder', id, why: lot === null ? WAITING : BEING_MADE })),
      async forget(tx) {
        await anonymise(tx, over)
        // Whoever orders nothing any more is nobody, and has refused nothing.
        if (over.length === found.length) await takeNews(tx, keys)
      },
    }
  },
  addresses: buyerAddresses,
  forgetEnded,
  forgetOld,
  rekey: rekeyBuyers,
}

const REACHED_BY_IT = {
  zh: '这是合作方的联系人；请在合作方页面改为其他联系人。',
  en: 'It is how a partner is reached. Name another contact on the partner’s page.',
}

/** Contacts of partners: named, never taken away by themselves. */
export const partnerPeople: HoldsPeople = {
  as: 'partnerContacts',
  async find(db, email) {
    const isTheirs = isOf(email)
    const rows = (await partnersWithContact(db)).filter(({ contactEmail }) => isTheirs(contactEmail))
    return {
      shown: rows,
      erasable: 0,
      kept: rows.map(({ id }) => ({ what: 'partner', id, why: REACHED_BY_IT })),
      forget: async () => {},
    }
  },
}
