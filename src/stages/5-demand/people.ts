import { timeOf } from '../../core/values.ts'
import type { HoldsPeople } from '../0-house/door.ts'
import { anonymise, buyerAddresses, forgetEnded, forgetOld, isOver, preordersOf, rekeyBuyers } from './store/people.ts'

const WAITING = {
  zh: '预订仍在等待成批，取消或结束后才能匿名化；届时自动处理。如不再需要，请先用邮件中的链接取消。',
  en: 'It still gathers for a lot. It is erased by itself when it ends; cancel it by the link in its letter first if it is not wanted.',
}
const BEING_MADE = {
  zh: '商品正在生产，发货需要姓名和邮箱；交付或释放后自动匿名化。',
  en: 'It is being made, and name and address are needed to deliver it. It is erased by itself when it has arrived or was let go.',
}

/** Pre-orders: what is under way stays with its buyer and goes when it ends. */
export const demandPeople: HoldsPeople = {
  as: 'preorders',
  async find(db, email) {
    const rows = await preordersOf(db, email)
    const over = rows.filter(isOver)
    return {
      shown: rows.map(({ id, campaignId, email: typed, name, lang, lines, units, shownPrice, state, lot, placedAt, confirmedAt, endedAt }) => ({ id, campaignId, email: typed, name, lang, lines, units, shownPrice, state, lot, placedAt: timeOf(placedAt), confirmedAt: timeOf(confirmedAt), endedAt: timeOf(endedAt) })), // prettier-ignore
      erasable: over.length,
      kept: rows
        .filter((row) => !isOver(row))
        .map(({ id, state }) => ({ what: 'preorder', id, why: state === 'in-lot' ? BEING_MADE : WAITING })),
      forget: (tx) => anonymise(tx, over),
    }
  },
  addresses: buyerAddresses,
  forgetEnded,
  forgetOld,
  rekey: rekeyBuyers,
}
