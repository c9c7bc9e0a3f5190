import { z } from 'zod'
import { DAY } from '../../../core/values.ts'
import { sealOpenLetters } from '../../../db/sealed.ts'
import { action } from '../../action.ts'
import { refused } from '../messages.ts'
import { anObject, told } from '../model.ts'
import { rekey } from '../people/rekeying.ts'
import { addKey, forgetOldKeys, isUnfinished, resealAll, type Told } from '../secrets/rotating.ts'
import { countAllSealed, countElsewhere, type SecretsContext } from '../secrets/sealing.ts'

/** How long links that were signed with the key before hold at most, unless another day is named. */
const LINK_DAYS = 180

export interface Rotation {
  /** The key that everything lies under now. */
  key: string
  /** Made by this call; false where one that was made before was carried on with. */
  fresh: boolean
  /** Texts that were sealed anew, by kind. */
  resealed: Record<string, number>
  /** Texts under a key that is not there any more; nobody can open them. */
  unreadable: number
  /** What a server that has not noticed the new key wrote under the old one meanwhile: run it again. */
  left: number
  /** Old keys that nothing lies under, that name nobody who asked to be erased, and whose links are over. */
  forgotten: string[]
}

/**
 * Put everything under another master key: make it (where keys are a file of ours), then seal every text anew in
 * slices. Stopped at any moment, it is carried on with by calling it again; the server works meanwhile. Links that
 * were signed with the key before hold until their own end, at most until `linksUntil`.
 * @throws Problem 409 `secrets.given` where the keys come from the environment and there is nothing to seal anew
 */
export const rotateMasterKey = action({
  name: 'secrets.rotate',
  scope: 'system',
  input: z.strictObject({
    /** Links signed with the key before hold until this day; by default 180 days. */
    linksUntil: z.coerce.date().optional(),
    told: told<Told>(),
  }),
  output: anObject,
  async run(context: SecretsContext, actor, { linksUntil, told: tell = () => {} }): Promise<Rotation> {
    const { db, clock, ring, log, engines } = context
    const { vault } = engines
    ring.refresh()
    const until = linksUntil ?? new Date(clock.now().getTime() + LINK_DAYS * DAY)
    const goesOn = await isUnfinished(context)
    if (!goesOn && !ring.change && countElsewhere(context, await countAllSealed(context), vault.writes()) === 0)
      throw refused('secrets.given')
    const fresh = !goesOn && ring.change !== undefined
    const key = fresh ? await addKey(context, actor, until) : vault.writes()
    // At once: a buyer whose key is of old would be somebody else, with a whole cap.
    let buyers = await rekey(context)
    const resealed: Record<string, number> = { 'letters in the clear': await sealOpenLetters(db, vault) }
    const { unreadable, left } = await resealAll(context, key, resealed, tell)
    buyers += await rekey(context) // of processes that had not noticed the new key yet
    if (buyers) resealed['buyers'] = buyers
    const forgotten = await forgetOldKeys(context, key)
    log.info({ key, fresh, resealed, left, forgotten }, 'what is sealed lies under this key')
    return { key, fresh, resealed, unreadable, left, forgotten: ring.change ? forgotten : [] }
  },
})
