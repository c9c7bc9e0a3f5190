import { withNotice } from '../../core/notice.ts'
import { queueLetters } from '../../db/mailbox.ts'
import type { Context, Reactions } from '../context.ts'
import { letters } from './messages.ts'
import { openApproved } from './opening.ts'
import { inquiryById } from './store.ts'

export const reactionsOf = (context: Context) =>
  ({
    'approvals.approved': ({ payload }) => openApproved(context, payload),
    /** The person who asked gets the answer by letter. */
    'storefront.answered': async ({ payload: { inquiryId } }) => {
      const { db, clock, engines } = context
      const inquiry = await inquiryById(db.read, inquiryId)
      if (!inquiry?.answer) return
      const { answer, email, lang, question } = inquiry
      const letter = withNotice(context.baseUrl)({
        dedupeKey: `inquiry:${inquiryId}`,
        about: `campaign:${inquiry.campaignId}`,
        to: email,
        lang,
        subject: letters.say(lang, 'answer.subject'),
        body: `> ${question.replaceAll('\n', '\n> ')}\n\n${answer}\n`,
      })
      await db.write((tx) => queueLetters(tx, [letter], clock.now(), engines.vault), { atomic: true })
    },
  }) satisfies Reactions
