import { notFound } from '../../core/errors.ts'
import type { Context } from '../context.ts'
import { checkFileLink, readBrief } from './briefs.ts'
import { refused } from './messages.ts'
import { readOrder } from './seeing.ts'
import { orderById, readTerms } from './store.ts'

/** A file of a brief by its signed link; the link itself is the permission. */
export async function briefFile(
  context: Context,
  orderId: string,
  name: string,
  expires: string,
  signature: string,
): Promise<{ name: string; mime: string; bytes: Buffer; sha256: string }> {
  const { db, engines } = context
  const { placement = 1 } = (await orderById(db.read, orderId)) ?? {}
  checkFileLink(context, { orderId, placement, name, expires, signature })
  const order = await readOrder(db.read, orderId)
  if (order.state === 'cancelled') throw refused('brief.called-off', { number: order.number })
  const { linkDays } = await readTerms(db.read)
  const file = (await readBrief(context, order, linkDays)).files.find((each) => each.name === name)
  if (!file) throw notFound({ en: 'file', zh: '文件' }, name)
  return { name, mime: file.mime, sha256: file.sha256, bytes: await engines.files.get(file.sha256) }
}
