/** Changing what a campaign says: its dates, its words, what one buyer may hold. */
import { z } from 'zod'
import { named } from '../../../core/parse.ts'
import { oneLine, paragraphs } from '../../../core/typed.ts'
import { endOfDay } from '../../../core/zones.ts'
import type { Tx } from '../../../db/database.ts'
import { readHouse } from '../../0-house/door.ts'
import { changeTerms, type Campaign } from '../../4-storefront/door.ts'
import { refused } from '../messages.ts'
import type { HandAct } from '../store/hand.ts'
import type { Hand } from './kinds.ts'
import { announce } from './telling.ts'

export const dates = {
  /** The last day of it, where the house is: it closes when that day ends. */
  closesAt: named(z.iso.date().optional(), '截止日（当天结束时）', 'Closes at the end of'),
  opensAt: named(z.iso.datetime({ offset: true }).optional(), '开始时间', 'Opens'),
} as const

const moment = (value: unknown): Date | undefined => (typeof value === 'string' ? new Date(value) : undefined)

async function change(tx: Tx, campaign: Campaign, to: Parameters<typeof changeTerms>[2]): Promise<void> {
  if (!(await changeTerms(tx, campaign, to))) throw refused(campaign.endedAt ? 'hand.over' : 'hand.moved-on')
}

/** What an act changed is put back, where nobody changed it since. */
async function putBack(
  tx: Tx,
  campaign: Campaign,
  { before }: HandAct,
  now: Partial<Campaign>,
  to: Parameters<typeof changeTerms>[2],
): Promise<void> {
  const same = (name: keyof Campaign) => JSON.stringify(campaign[name]) === JSON.stringify(now[name])
  if (before['edition'] !== campaign.edition - 1 && !(Object.keys(now) as (keyof Campaign)[]).every(same))
    throw refused('hand.moved-on')
  await change(tx, campaign, to)
}

/** Its buyers are told of the new date when it can no longer be taken back. */
export const dating: Hand = {
  async begin(tx, { clock }, campaign, what) {
    const now = clock.now()
    const { timeZone } = await readHouse(tx)
    const day = what['closesAt']
    const closesAt = typeof day === 'string' ? endOfDay(day, timeZone) : campaign.closesAt
    const opensAt = moment(what['opensAt']) ?? campaign.opensAt
    const opens = opensAt.getTime() !== campaign.opensAt.getTime()
    if (!opens && closesAt.getTime() === campaign.closesAt.getTime())
      throw refused('hand.no-change', undefined, { field: 'closesAt' })
    if (opens && (campaign.state !== 'scheduled' || opensAt <= now))
      throw refused('hand.opened', undefined, { field: 'opensAt' })
    if (closesAt <= now || closesAt <= opensAt) throw refused('hand.dates', undefined, { field: 'closesAt' })
    // Where a person was asked about too few buyers, more may come now: at its new end that is looked at anew.
    await change(tx, campaign, { closesAt, undecidedAt: null, ...(opens && { opensAt }) })
    const { opensAt: opened, closesAt: closed, edition } = campaign
    return { opensAt: opened.toISOString(), closesAt: closed.toISOString(), edition, to: closesAt.toISOString() }
  },
  finish: announce,
  async undo(tx, _context, campaign, act) {
    const { before } = act
    const opensAt = moment(before['opensAt'])
    const opens = opensAt && opensAt.getTime() !== campaign.opensAt.getTime()
    const to = { closesAt: moment(before['closesAt']) ?? campaign.closesAt, ...(opens && { opensAt }) }
    await putBack(tx, campaign, act, { closesAt: moment(before['to']) ?? campaign.closesAt }, to)
  },
}

export const words = {
  nameZh: named(oneLine(1, 80).optional(), '中文名称', 'Name in Chinese'),
  nameEn: named(oneLine(1, 120).optional(), '英文名称', 'Name in English'),
  storyZh: named(paragraphs(1, 2000).optional(), '中文介绍', 'Words in Chinese'),
  storyEn: named(paragraphs(1, 2000).optional(), '英文介绍', 'Words in English'),
} as const

const both = (zh: unknown, en: unknown) => (typeof zh === 'string' && typeof en === 'string' ? { zh, en } : undefined)

/** What buyers read; what was approved, and what a factory makes, stays as it is. */
export const wording: Hand = {
  async begin(tx, _context, campaign, what) {
    const names = both(what['nameZh'], what['nameEn'])
    const story = both(what['storyZh'], what['storyEn'])
    if (!names && !story) throw refused('hand.both-languages', undefined, { field: 'nameZh' })
    await change(tx, campaign, { words: { ...campaign.words, ...(names && { names }), ...(story && { story }) } })
    return { words: campaign.words, edition: campaign.edition }
  },
  async undo(tx, _context, campaign, act) {
    if (act.before['edition'] !== campaign.edition - 1) throw refused('hand.moved-on')
    await change(tx, campaign, { words: act.before['words'] as Campaign['words'] })
  },
}

export const cap = { perBuyerCap: named(z.int().min(1).max(100_000), '每人上限', 'Cap per buyer') } as const

/** It may only rise: nobody is left with more than is allowed. */
export const capping: Hand = {
  async begin(tx, _context, campaign, what) {
    const perBuyerCap = Number(what['perBuyerCap'])
    if (perBuyerCap <= campaign.perBuyerCap)
      throw refused('hand.cap', { cap: campaign.perBuyerCap }, { field: 'perBuyerCap' })
    await change(tx, campaign, { perBuyerCap })
    return { perBuyerCap: campaign.perBuyerCap, edition: campaign.edition }
  },
  async undo(tx, _context, campaign, { before }) {
    if (before['edition'] !== campaign.edition - 1) throw refused('hand.moved-on')
    await change(tx, campaign, { perBuyerCap: Number(before['perBuyerCap']) })
  },
}
