/** What people see when a reaction of this stage has failed for good: on the campaign. */
import type { GivingUp } from '../context.ts'

const SAYS = {
  en: 'Buyers whose pre-orders were let go could not be written to.',
  zh: '预订已释放的买家未能收到通知信。',
}

export const givingUp: GivingUp = {
  'demand.sweep-due': { unseen: 'the next window looks for the same campaigns' },
  'demand.released': { about: ({ campaignId }) => `campaign:${campaignId}`, says: SAYS },
  'demand.closed': { about: ({ campaignId }) => `campaign:${campaignId}`, says: SAYS },
}
