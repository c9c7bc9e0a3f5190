/** How a buyer is reached and thereby verified: by letter or by text message, as the campaign's policy has it. */
import { BY_TEXT } from '../../core/person.ts'
import { readPhone } from '../../core/phone.ts'
import type { Verification } from '../0-house/door.ts'
import { refused } from './messages.ts'
import type { PreorderRequest } from './model.ts'

export const isByText = (reach: string): boolean => reach.startsWith(BY_TEXT)

/** As it was typed: with an e-mail, where there is one. */
export const emailIn = (reach: string): string | undefined => (isByText(reach) ? undefined : reach)

/** @throws Problem 422 for a number that takes no text messages */
function byText(phone: string | undefined): string {
  if (phone === undefined) throw refused('buyers.needs-phone', undefined, { field: 'phone' })
  if (!readPhone(phone, 'CN')?.takesTexts) throw refused('buyers.no-texts', undefined, { field: 'phone' })
  return `${BY_TEXT}${phone}`
}

/**
 * Where the letter or the code of a pre-order goes. What nobody verifies is not kept: an e-mail beside a telephone that
 * is verified is left out.
 * @param request with its telephone as `readContact` writes it
 * @throws Problem 422 where that is missing which the policy verifies
 */
export function reached(request: PreorderRequest, policy: Verification): { request: PreorderRequest; reach: string } {
  const { email, ...rest } = request
  if (policy === 'sms') return { request: rest, reach: byText(rest.phone) }
  if (email !== undefined) return { request, reach: email }
  if (policy === 'email') throw refused('buyers.email', undefined, { field: 'email' })
  if (rest.phone === undefined) throw refused('buyers.reach', undefined, { field: 'email' })
  return { request: rest, reach: byText(rest.phone) }
}
