/** Codes that confirm a pre-order by text message: six digits, a few minutes, a few tries. */
import { randomInt } from 'node:crypto'
import { BY_TEXT } from '../../core/person.ts'
import { MINUTE, type Lang, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import type { Tx } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import { letters } from './messages.ts'
import type { Preorder } from './store.ts'
import { codeOf, countTry, dropCode, keepCode } from './store/codes.ts'

const PURPOSE = 'preorder-code'
const DIGITS = 6
export const CODE_MS = 10 * MINUTE
/** Codes that one network may try, right or wrong. */
export const TRIES_AN_HOUR = 60
/** Wrong ones that may be tried: one in two hundred thousand is guessed. */
const MOST_TRIES = 5

const subject = (id: string, code: string): string => `${id}/${code}`

const isCode = (vault: Pick<Vault, 'verify'>, id: string, code: string, proof: string): boolean =>
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

/**
 * A code that opens everything of one person, to the number of one of their pre-orders.
 * @param n tells this message from earlier ones
 */
export function ordersCode(
  vault: Pick<Vault, 'sign'>,
  { id, email, lang }: Pick<Preorder, 'id' | 'email' | 'lang'>,
  n: string,
): CodeMessage {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
  return {
    proof: vault.sign(PURPOSE, subject(id, code)),
    letter: {
      dedupeKey: `preorder:${id}:orders-code:${n}`,
      to: email,
      lang,
      subject: letters.say(lang, 'mine.code', { code, minutes: CODE_MS / MINUTE }),
      body: code,
    },
  }
}

/** What came of a code that was tried: wrong ones that are left, or that none is. */
export type Tried = 'right' | 'over' | number

/** Counts the try; one that is right holds no more. To be stored whatever is said of it. */
export async function tryCode(
  tx: Tx,
  vault: Pick<Vault, 'verify'>,
  id: string,
  code: string,
  now: Date,
): Promise<Tried> {
  const held = await codeOf(tx, id)
  const tries = held && held.expiresAt > now ? await countTry(tx, held, MOST_TRIES) : undefined
  if (!held || tries === undefined) return 'over'
  if (!isCode(vault, id, code, held.proof)) return MOST_TRIES - tries
  await dropCode(tx, id)
  return 'right'
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
