import { z } from 'zod'
import { action } from '../../action.ts'
import { contactSchema, readContact, sealContact, type Contact } from '../contact.ts'
import { preorderBehind } from '../links.ts'
import { refused } from '../messages.ts'
import { byLink } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { preorderById } from '../store.ts'
import { firstAnswer } from '../first-answer.ts'
import { addressKey } from '../patterns/tracing.ts'
import { keepContact } from '../store/people.ts'
import { moveTrace } from '../store/traces.ts'

/**
 * Where it is sent and who is asked at the door: said by the buyer after ordering, or said otherwise. Everything that is
 * not given is no more.
 * @throws Problem 404, 410 for the link; 409 `preorders.sent`; 422 beside the field that is wrong
 */
export const changeContact = action({
  name: 'demand.change-contact',
  scope: 'anyone',
  input: byLink.extend(contactSchema.shape),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  async run(context: DemandContext, _actor, { id, token, ...given }) {
    const { db, engines } = context
    const contact: Contact = readContact(given)
    await preorderBehind(context, id, token)
    return db.write(async (tx) => {
      const preorder = await preorderById(tx, id)
      if (!preorder || !['pending', 'confirmed', 'in-lot'].includes(preorder.state)) throw refused('preorders.sent')
      await keepContact(
        tx,
        id,
        sealContact(engines.vault, { now: contact, first: await firstAnswer(tx, engines.vault, id) }),
      )
      await moveTrace(tx, id, addressKey(engines.vault, contact.address))
      return { id, state: preorder.state }
    })
  },
})
