import { z } from 'zod'
import { lettersStuck } from '../../../db/mailbox.ts'
import { troublesAbout, type StandingTrouble } from '../../../db/outbox.ts'
import { action } from '../../action.ts'
import type { Context, Subject } from '../../context.ts'
import { words } from '../messages.ts'
import { anObject } from '../model.ts'

/** What failed for good about something people look at, in words; gone once it is tried again. */
export const listTroubles = action({
  name: 'operations.troubles',
  scope: 'read',
  input: z.object({ about: z.custom<Subject>((value) => typeof value === 'string') }),
  output: z.array(anObject),
  async run({ db }: Context, _actor, { about }): Promise<StandingTrouble[]> {
    const [reactions, stuck] = await Promise.all([troublesAbout(db.read, about), lettersStuck(db.read, about)])
    if (!stuck) return reactions
    return [...reactions, { deliveryId: '', trouble: words.all('letters-stuck', { n: stuck }), letters: about }]
  },
})
