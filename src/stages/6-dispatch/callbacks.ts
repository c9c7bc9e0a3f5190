/** Factories call back: the signature first, over the very bytes that came, then the act in one transaction. */
import type { Actor } from '../../core/actor.ts'
import { parseAs } from '../../core/parse.ts'
import { verifyMessage } from '../../core/signature.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import type { Context } from '../context.ts'
import { answerCancellation, askCancellation, withdrawCancellation } from './cancelling.ts'
import type { Making } from './making.ts'
import { refused } from './messages.ts'
import {
  acceptSchema,
  callbackSchema,
  cancellationAnswerSchema,
  cancellationSchema,
  counterSchema,
  declineSchema,
  withdrawalSchema,
  type CALLBACK_TYPES,
} from './model.ts'
import { acceptOffer, counterOffer, declineOffer } from './offers.ts'
import { callbackKeys } from './secrets.ts'
import { factoryById } from './store/factories.ts'
import type { Cancellation } from './store/cancellations.ts'

export interface Callback {
  factoryId: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawBody: string | Uint8Array
}

/** What is called back: by whom, under which message id, and what it says. */
interface Said {
  actor: Actor
  factoryId: string
  /** Stays the same on every retry of the message. */
  id: string
  data: Record<string, unknown> & { orderId: string }
}

type Handler = (tx: Tx, context: Context, said: Said) => Promise<Record<string, unknown>>

const told = ({ id, orderId, state }: Cancellation) => ({ orderId, cancellationId: id, cancellation: state })

/** Its answer to our request; what follows was said when it was asked. */
const answers =
  (agree: boolean): Handler =>
  async (tx, context, { actor, factoryId, data }) => {
    const answer = parseAs('cancellations.invalid', cancellationAnswerSchema, { ...data, agree })
    const { cancellationId, reason } = answer
    const { orderId } = data
    return told(
      await answerCancellation(tx, context, actor, {
        side: 'factory',
        factoryId,
        orderId,
        cancellationId,
        agree,
        reason,
      }),
    )
  }

/** What each kind of callback does. */
const HANDLERS: Record<Exclude<(typeof CALLBACK_TYPES)[number], 'order.progressed'>, Handler> = {
  'order.accepted': async (tx, context, { actor, factoryId, data }) => {
    const asked = parseAs('dispatch.answer', acceptSchema, data)
    const order = await acceptOffer(tx, context, actor, { ...asked, factoryId })
    return { orderId: order.id, state: order.state, sequence: order.sequence }
  },
  'order.declined': async (tx, context, { actor, factoryId, data }) => {
    const asked = parseAs('dispatch.answer', declineSchema, data)
    const offer = await declineOffer(tx, context, actor, { ...asked, factoryId })
    return { orderId: offer.orderId, offerId: offer.id, offer: offer.state }
  },
  'order.countered': async (tx, context, { factoryId, data }) => {
    const asked = parseAs('dispatch.answer', counterSchema, data)
    const { answerHours } = await readHouse(tx)
    const offer = await counterOffer(tx, context, { ...asked, factoryId, answerHours })
    return { orderId: offer.orderId, offerId: offer.id, offer: offer.state, answerBy: offer.answerBy.toISOString() }
  },
  // The message's id stays the same on every retry: a request that was refused meanwhile is not opened anew by one.
  'order.cancellation-asked': async (tx, context, { actor, factoryId, data, id }) => {
    const asked = parseAs('cancellations.invalid', cancellationSchema, { requestId: id, ...data })
    const { orderId } = data
    return told(await askCancellation(tx, context, actor, { ...asked, side: 'factory', factoryId, orderId }))
  },
  'order.cancellation-agreed': answers(true),
  'order.cancellation-refused': answers(false),
  'order.cancellation-withdrawn': async (tx, context, { actor, factoryId, data }) => {
    const asked = parseAs('cancellations.invalid', withdrawalSchema, data)
    const { orderId } = data
    return told(await withdrawCancellation(tx, context, actor, { ...asked, side: 'factory', factoryId, orderId }))
  },
}

function readJson(rawBody: string | Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString('utf8'))
  } catch {
    throw refused('callbacks.json', { shape: '{"type": …, "timestamp": …, "data": {…}}' })
  }
}

/**
 * The answer's body is for the factory's log; its status is 200.
 * @throws Problem 401 `signature.*`, 404, 409, 422
 */
export async function receiveCallback(
  context: Context,
  making: Making,
  { factoryId, headers, rawBody }: Callback,
): Promise<Record<string, unknown>> {
  const { db, clock, engines } = context
  const factory = await factoryById(db.read, factoryId)
  if (!factory) throw refused('signature.wrong')
  const { id } = verifyMessage(callbackKeys(engines.vault, factory, clock.now()), headers, rawBody, clock.now())
  const { type, data } = parseAs('callbacks.invalid', callbackSchema, readJson(rawBody))
  const actor: Actor = { kind: 'factory', id: factory.id, name: factory.name }
  return db.write((tx) => {
    if (type !== 'order.progressed') return HANDLERS[type](tx, context, { actor, factoryId: factory.id, id, data })
    // A sender that gives no id of its own is recognised by the message's, which stays the same on every retry.
    const { orderId, ...report } = data
    return making.progressed(tx, actor, orderId, { reportId: id, ...report })
  })
}
