import { eachAlone } from '../../core/each-alone.ts'
import { cancellationById, offerById, orderById } from '../6-dispatch/door.ts'
import type { Context, Reactions } from '../context.ts'
import { isDirect } from './direct.ts'
import { tellBuyers, tellMoved } from './telling.ts'
import { releaseSilent } from './choosing.ts'
import { watch } from './watching.ts'

export const reactionsOf = (context: Context): Reactions => ({
  'dispatch.accepted': async ({ payload }) => {
    // Called off before this letter was written: the next factory's acceptance is told, not this one.
    const offer = await offerById(context.db.read, payload.offerId)
    if (offer?.state === 'accepted') await tellBuyers(context, payload.orderId, { kind: 'accepted' })
  },
  'dispatch.called-off': async ({ payload }) => {
    const row = await cancellationById(context.db.read, payload.cancellationId)
    if (!row) throw new Error(`cancellation ${payload.cancellationId} is not there`)
    const { promisedBefore, promisedAfter } = row
    if (payload.follow === 'release') return tellBuyers(context, payload.orderId, { kind: 'released', why: row.side })
    if (promisedBefore && promisedAfter)
      await tellMoved(context, payload.orderId, {
        from: promisedBefore,
        to: promisedAfter,
        by: `cancellation:${row.id}`,
        after: 'factory-out',
      })
  },
  'dispatch.promise-moved': ({ payload: { orderId, allocationId, from, to } }) =>
    tellMoved(context, orderId, {
      from: new Date(from),
      to: new Date(to),
      by: `allocation:${allocationId}`,
      after: 'none-found',
    }),
  'dispatch.given-up': ({ payload }) => tellBuyers(context, payload.orderId, { kind: 'released', why: 'none-found' }),
  'production.progressed': async ({ payload }) => {
    if (payload.state !== 'delivered' && payload.state !== 'shipped') return
    const order = await orderById(context.db.read, payload.orderId)
    // Each buyer hears of their own parcel, when it leaves the factory.
    if (order && (await isDirect(context.db.read, order))) return
    await tellBuyers(context, payload.orderId, { kind: payload.state === 'shipped' ? 'shipped' : 'arrived' })
  },
  'production.sweep-due': () => eachAlone([watch, releaseSilent], (step) => step(context)),
})
