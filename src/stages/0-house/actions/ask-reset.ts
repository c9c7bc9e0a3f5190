import { z } from 'zod'
import { anonymous } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { sameEmail } from '../../../core/email.ts'
import { addressOf, networkOf } from '../../../core/network.ts'
import { HOUR, LANGS } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { fromOf, issueTicket } from '../identity/parts.ts'
import { words } from '../messages.ts'
import { fromSomewhere } from '../model.ts'
import { userByEmail } from '../store/accounts.ts'

const RESET_MS = HOUR

/**
 * A letter with a link to set a new password, if there is such an account; whoever asks is told the same either way.
 * @throws Problem 429
 */
export const askReset = action({
  name: 'identity.ask-reset',
  scope: 'anyone',
  input: fromSomewhere.extend({ email: z.string(), lang: z.enum(LANGS) }),
  output: z.object({ asked: z.literal(true) }),
  async run({ db, clock, engines, baseUrl }: Context, _actor, { email: typed, lang, origin }) {
    const email = sameEmail(typed)
    const { address = 'here' } = origin
    await db.write(async (tx) => {
      const now = clock.now()
      const wait = await take(
        tx,
        [
          { of: 'reset.address', by: addressOf(address), most: 5, windowMs: HOUR },
          { of: 'reset.network', by: networkOf(address), most: 30, windowMs: HOUR },
        ],
        now,
      )
      if (wait !== undefined) throw tooMany(wait)
      const user = await userByEmail(tx, email)
      if (!user || user.disabledAt) return
      // As many letters as a person needs; more would be somebody else's, and silence tells them nothing.
      const letters = { of: 'reset.letters', by: user.id, most: 3, windowMs: HOUR }
      if ((await take(tx, [letters], now)) !== undefined) return
      const token = await issueTicket(tx, user.id, 'reset', RESET_MS, now)
      const link = `${baseUrl}/reset-password?token=${encodeURIComponent(token)}`
      const letter = {
        subject: words.say(lang, 'letter.reset.subject'),
        body: words.say(lang, 'letter.reset.body', { name: user.name, link }),
      }
      const row = { dedupeKey: `reset:${sha256(token)}`, to: user.email, lang, ...letter }
      await queueLetters(tx, [row], now, engines.vault)
      const details = { from: fromOf(origin) }
      await record(tx, { act: 'account.reset-asked', by: anonymous, on: `user:${user.id}`, details }, now)
    })
    return { asked: true as const }
  },
})
