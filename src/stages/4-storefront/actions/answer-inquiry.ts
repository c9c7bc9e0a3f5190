import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { answerSchema } from '../model.ts'
import { answerInquiry as store, inquiryById } from '../store.ts'

/** For its sender, who gets it by letter, and with `publish` for everybody. @throws Problem 404, 409 `inquiries.answered` */
export const answerInquiry = action({
  name: 'storefront.answer',
  scope: 'campaigns',
  input: byId.extend(answerSchema.shape),
  output: z.object({ id: z.string(), answer: z.string().nullable() }),
  async run({ db, clock, outbox }: Context, actor, { id, answer, publish }) {
    const answeredAt = clock.now()
    return db.write(async (tx) => {
      const answered = await store(tx, id, { answer, answeredBy: actorTag(actor), answeredAt, published: publish })
      if (answered) {
        await outbox.emit(tx, actor, 'storefront.answered', { inquiryId: id }, answeredAt)
        return { id: answered.id, answer: answered.answer }
      }
      if (await inquiryById(tx, id)) throw refused('inquiries.answered')
      throw notFound({ en: 'question', zh: '咨询' }, id)
    })
  },
})
