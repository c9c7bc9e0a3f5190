/** What people see when a reaction of this stage has failed for good: on the campaign. */
import { lotById } from '../5-demand/door.ts'
import type { GivingUp } from '../context.ts'

export const givingUp: GivingUp = {
  'reorders.sweep-due': { unseen: 'the next window looks at the same campaigns' },
  'production.delivered': { unseen: 'the half-hourly look at all campaigns does the same' },
  'demand.lot-frozen': {
    about: async ({ lotId }, tx) => {
      const lot = await lotById(tx, lotId)
      return lot && `campaign:${lot.campaignId}`
    },
    says: {
      en: 'A lot went into production, but the proposal that asked for it still stands as open.',
      zh: '该批次已投产，但对应的返单建议仍显示为待处理。',
    },
  },
}
