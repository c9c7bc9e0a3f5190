/** What people see when a reaction of this stage has failed for good: on the style. */
import type { GivingUp } from '../context.ts'

export const givingUp: GivingUp = {
  'approvals.approved': {
    about: ({ styleId }) => `style:${styleId}`,
    says: {
      en: 'The close-ups of this style could not be drawn; it is shown and sold with its other pictures.',
      zh: '该款式的细节图未能绘制，将以其他图片展示和销售。',
    },
  },
}
