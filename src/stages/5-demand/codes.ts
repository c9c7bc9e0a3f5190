/** Codes that confirm a pre-order by text message: six digits, a few minutes, a few tries. */
import { randomInt } from 'node:crypto'
import { BY_TEXT } from '../../core/person.ts'
import { MINUTE, type Lang, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import type { Tx } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import { letters } from './messages.ts'
import type { Preorder } from './store.ts'
import { keepCode } from './store/codes.ts'

const PURPOSE = 'preorder-code'
const DIGITS = 6
export const CODE_MS = 10 * MINUTE
/** Wrong ones that may be tried: one in two hundred thousand is guessed. */
export const MOST_TRIES = 5

const subject = (id: string, code: string): string => `${id}/${code}`

export const isCode = (vault: Pick<Vault, 'verify'>, id: string, code: string, proof: string): boolean =>
  vault.verify(PURPOSE, subject(id, code), proof)

/** As a letter to a number: its words in the subject, the code alone in the body. */
export interface CodeMessage {
  letter: NewLetter
  proof: string
}

/** @param n tells this message from earlier ones of the same pre-order */
export function newCode(
  vault: Pick<Vault, 'sign'>,
  { id, campaignId, email, lang }: Pick<Preorder, 'id' | 'campaignId' | 'email' | 'lang'>,
  style: Localized,
  n: string,
): CodeMessage {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
  return {
    proof: vault.sign(PURPOSE, subject(id, code)),
    letter: {
      dedupeKey: `preorder:${id}:code:${n}`,
      about: `campaign:${campaignId}`,
      to: email,
      lang,
      subject: codeText(lang, code, style),
      body: code,
    },
  }
}

const codeText = (lang: Lang, code: string, style: Localized): string =>
  letters.say(lang, 'code.text', { code, style, minutes: CODE_MS / MINUTE })

/** The one that holds from now on; earlier ones of the same pre-order do no more. */
export const holdCode = (tx: Tx, preorderId: string, { proof }: CodeMessage, now: Date): Promise<unknown> =>
  keepCode(tx, { preorderId, proof, expiresAt: new Date(now.getTime() + CODE_MS) })

/** `+86 138 **** 8000`: enough for its owner. */
export function maskedPhone(reach: string): string {
  const digits = reach.slice(BY_TEXT.length)
  return `${digits.slice(0, -8)} **** ${digits.slice(-4)}`
}
