import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'inquiries.answered': {
    status: 409,
    en: 'This question was already answered, perhaps by a colleague just now. Reload the page.',
    zh: '该咨询已被回复（可能是同事刚刚回复），请刷新页面。',
  },
  'campaigns.identity': {
    status: 409,
    en: 'What would be sold is not what was approved: the hashes differ. The campaign was not opened.',
    zh: '待售款式与已审批的款式不一致（哈希不同），预售未开启。',
  },
})

/** What stands in its letters, beside what people wrote themselves. */
export const letters = catalogue({
  'answer.subject': { en: 'An answer to your question', zh: '您的咨询已有回复' },
})
