import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { isTaken } from '../store/hand.ts'

/**
 * Whether a picture may be shown to whoever asks, by its file: those of a style that was taken down are shown to the
 * house alone. @throws Problem 410 `campaigns.taken-down`
 */
export const showPicture = action({
  name: 'storefront.show-picture',
  scope: 'anyone',
  input: z.object({ file: z.string() }),
  output: z.object({ everybody: z.boolean() }),
  async run({ db }: Context, actor, { file }) {
    const everybody = !(await isTaken(db.read, file))
    if (!everybody && !may(actor, 'designs:read')) throw refused('campaigns.taken-down')
    return { everybody }
  },
})
