/** What people see when a reaction of this stage has failed for good: on the style, or its campaign. */
import type { GivingUp } from '../context.ts'
import { inquiryById } from './store.ts'

export const givingUp: GivingUp = {
  'approvals.approved': {
    about: ({ styleId }) => `style:${styleId}`,
    says: {
      en: 'This style is approved, but its campaign was not opened: nobody can order it.',
      zh: '该款式已通过，但预售未能开启，买家无法下单。',
    },
  },
  'storefront.answered': {
    about: async ({ inquiryId }, tx) => {
      const inquiry = await inquiryById(tx, inquiryId)
      return inquiry && `campaign:${inquiry.campaignId}`
    },
    says: {
      en: 'A buyer’s question was answered, but the letter with the answer could not be written.',
      zh: '已回复一位买家的咨询，但回复信未能生成。',
    },
  },
}
