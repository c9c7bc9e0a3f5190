import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { checkFileLink, readBrief } from '../briefs.ts'
import { refused } from '../messages.ts'
import { readOrder } from '../seeing.ts'
import { orderById, readTerms } from '../store.ts'

/**
 * A file of a brief by its signed link.
 * @throws Problem 403 `brief.link`, 410 `brief.link-expired`, `brief.called-off`; 404
 */
export const readBriefFile = action({
  name: 'dispatch.brief-file',
  // The link itself is the permission.
  scope: 'anyone',
  input: z.object({ orderId: z.string(), name: z.string(), expires: z.string(), signature: z.string() }),
  output: z.looseObject({}),
  async run(context: Context, _actor, { orderId, name, expires, signature }) {
    const { db, engines } = context
    const { placement = 1 } = (await orderById(db.read, orderId)) ?? {}
    checkFileLink(context, { orderId, placement, name, expires, signature })
    const order = await readOrder(db.read, orderId)
    if (order.state === 'cancelled') throw refused('brief.called-off', { number: order.number })
    const { linkDays } = await readTerms(db.read)
    const file = (await readBrief(context, order, linkDays)).files.find((each) => each.name === name)
    if (!file) throw notFound({ en: 'file', zh: '文件' }, name)
    return { name, mime: file.mime, sha256: file.sha256, bytes: await engines.files.get(file.sha256) }
  },
})
