import { z } from 'zod'
import { withNotice } from '../../../core/notice.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { readHouse } from '../../0-house/door.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { byLink, letGoOfLot, lotNumbered, preorderBehind } from '../../5-demand/door.ts'
import { orderOfLot } from '../../6-dispatch/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { assertSettled, freePieces } from '../counting.ts'
import { mayCancelLate } from '../late.ts'
import { letters, refused } from '../messages.ts'
import { moveShipments, shipmentsOfPreorders } from '../store/packing.ts'

/**
 * A buyer who was promised a date that is missed does not wait any longer, and pays nothing. Said twice it is the same.
 * @throws Problem 404, 410, 409 `parcels.may-not-cancel`
 */
export const cancelLate = action({
  name: 'production.cancel-late',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink,
  output: z.object({ released: z.boolean() }),
  async run(context: Context, _actor, { id, token }) {
    const { db, clock, engines, baseUrl } = context
    const preorder = await preorderBehind(context, id, token)
    const [{ timeZone }, sold] = await Promise.all([readHouse(db.read), campaignCard(db.read, preorder.campaignId)])
    if (preorder.state === 'released') return { released: true }
    await db.write(async (tx) => {
      const now = clock.now()
      const lot = preorder.lot === null ? undefined : await lotNumbered(tx, preorder.campaignId, preorder.lot)
      const order = lot && (await orderOfLot(tx, lot.id))
      const [shipment] = await shipmentsOfPreorders(tx, [id])
      if (!lot || !order || !mayCancelLate({ lot, order, now, timeZone }, shipment?.state))
        throw refused('parcels.may-not-cancel')
      if (shipment) {
        await assertSettled(tx, order)
        const moved = await moveShipments(tx, [shipment.id], ['to-pack', 'short'], {
          state: 'released',
          endedAt: now,
          answerBy: null,
        })
        // Its parcel left in this moment.
        if (!moved.length) throw refused('parcels.may-not-cancel')
      }
      if (!(await letGoOfLot(tx, id, now))) throw refused('parcels.may-not-cancel')
      if (shipment) await freePieces(tx, context, order, shipment.lines)
      const { lang, name, email } = preorder
      const style = sold?.card.names ?? { zh: '', en: '' }
      await queueLetters(
        tx,
        [
          withNotice(baseUrl)({
            dedupeKey: `preorder:${id}:cancelled-late`,
            about: `order:${order.id}` as const,
            to: email,
            lang,
            subject: letters.say(lang, 'cancelled-late.subject', { style }),
            body: letters.say(lang, 'cancelled-late.body', { name, style }),
          }),
        ],
        now,
        engines.vault,
      )
    })
    return { released: true }
  },
})
