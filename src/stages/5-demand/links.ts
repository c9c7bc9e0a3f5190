/** The signed links in buyers' letters: what they cover, how long they hold, and what is said of one that does not. */
import { problem, type Problem } from '../../core/errors.ts'
import { DAY, SECOND } from '../../core/values.ts'
import type { Vault } from '../../engines/ports.ts'
import type { Campaign } from '../4-storefront/door.ts'

const PURPOSE = 'preorder'
/** After the promised day: for a lot that is late, and for whoever looks at what was ordered. */
const DAYS_AFTER = 60
/** A link that was asked for anew holds at least so long. */
export const ANEW_MS = 30 * DAY

/** The last moment of a link: some time after the garments are promised, were the lot made at the campaign's end. */
export const linkUntil = ({ closesAt, promisedDays }: Pick<Campaign, 'closesAt' | 'promisedDays'>): Date =>
  new Date(closesAt.getTime() + (promisedDays + DAYS_AFTER) * DAY)

/** `<end in seconds, base 36>.<signature>`: the end is signed with the pre-order, so nobody moves it. */
export function linkToken(vault: Vault, id: string, until: Date): string {
  const end = Math.floor(until.getTime() / SECOND).toString(36)
  return `${end}.${vault.sign(PURPOSE, `${id}/${end}`)}`
}

/**
 * @returns nothing for a token that is not ours; its end otherwise: 'campaign' for one of before links had an end of
 *   their own, which holds as long as one would that was made today
 */
export function readLink(vault: Vault, id: string, token: string): Date | 'campaign' | undefined {
  const [end, signature] = token.split('.')
  if (signature === undefined) return vault.verify(PURPOSE, id, token) ? 'campaign' : undefined
  if (!/^[0-9a-z]{1,9}$/.test(end ?? '') || !vault.verify(PURPOSE, `${id}/${end}`, signature)) return undefined
  return new Date(Number.parseInt(end ?? '', 36) * SECOND)
}

export const wrongLink = (): Problem =>
  problem('preorders.link', 404, {
    en: 'This link is not valid. Use the newest link from your letter, complete and unchanged, or have it sent again.',
    zh: '链接无效。请使用邮件中完整且未经修改的最新链接，或重新获取链接。',
  })

export const oldLink = (): Problem =>
  problem('preorders.link-expired', 410, {
    en: 'This link has expired. Have a new one sent to the e-mail address of the pre-order.',
    zh: '链接已过期。请重新获取链接，我们会发送到该预订的邮箱。',
  })

export const isLinkProblem = ({ code }: Problem): boolean =>
  code === 'preorders.link' || code === 'preorders.link-expired'
