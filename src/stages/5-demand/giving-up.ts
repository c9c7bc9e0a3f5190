/** What people see when a reaction of this stage has failed for good: on the campaign. */
import type { GivingUp } from '../context.ts'
import { actById } from './store/hand.ts'

const SAYS = {
  en: 'Buyers whose pre-orders were let go could not be written to.',
  zh: '预订已释放的买家未能收到通知信。',
}

export const givingUp: GivingUp = {
  'demand.sweep-due': { unseen: 'the next window looks for the same campaigns' },
  'demand.said': {
    about: async ({ actId }, tx) => {
      const act = await actById(tx, actId)
      return act && `campaign:${act.campaignId}`
    },
    says: { en: 'Buyers of this campaign could not be written to.', zh: '未能向本预售的买家发出通知信。' },
  },
  'demand.goal-reached': {
    about: ({ campaignId }) => `campaign:${campaignId}`,
    says: { en: 'Buyers could not be told that the goal is reached.', zh: '未能通知买家已达起做量。' },
  },
  'demand.released': { about: ({ campaignId }) => `campaign:${campaignId}`, says: SAYS },
  'demand.closed': { about: ({ campaignId }) => `campaign:${campaignId}`, says: SAYS },
}
