import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { offeredAgain, offerFactor } from '../identity/second-factor.ts'
import { anObject } from '../model.ts'

/** What to put into an app, before a first code turns it on; with an `offer` that was shown, that one again. */
export const offerSecondFactor = action({
  name: 'identity.offer-factor',
  scope: 'anyone',
  input: z.object({ offer: z.string().optional() }),
  output: anObject,
  async run(context: Context, actor, { offer }) {
    const user = await ownAccount(context, actor)
    const { clock, engines } = context
    return offer ? offeredAgain(engines.vault, user, offer, clock.now()) : offerFactor(engines.vault, user, clock.now())
  },
})
