/** One person, however they type their address, and what stands for them where no address may. */

/** Stands where an address was. Nothing is ever sent to it. */
export const ERASED = 'erased@erased.invalid'
/** Stands where a name was. */
export const NOBODY = '—'

/** What stands before a telephone number where somebody has no address: they are written to by text message. */
export const BY_TEXT = 'tel:'

/** Nothing to compose: most addresses. */
const ASCII = /^[\x21-\x7e]*$/

/**
 * One person, however they type their address: lower case, Unicode composed, the `+tag` taken off, and for the one
 * provider known to ignore dots, the dots too.
 */
export function normaliseEmail(address: string): string {
  if (address.startsWith(BY_TEXT)) return address
  const typed = address.trim().toLowerCase()
  const whole = ASCII.test(typed) ? typed : typed.normalize('NFKC').toLowerCase()
  const at = whole.indexOf('@')
  const domain = whole.slice(at + 1)
  const host = domain === 'googlemail.com' ? 'gmail.com' : domain
  const tag = whole.indexOf('+')
  const bare = whole.slice(0, tag >= 0 && tag < at ? tag : at)
  return `${host === 'gmail.com' ? bare.replaceAll('.', '') : bare}@${host}`
}

/** As much of the vault as it takes to name a person. */
interface Signer {
  writes(): string
  sign(purpose: string, subject: string): string
  signAll(purpose: string, subject: string): { key: string; token: string }[]
}

/**
 * What stands for a person in counts, caps and logs: keyed, so that nobody who has the database alone can try addresses
 * against it. It begins with the id of the master key, for a new one makes new keys (see people.ts, `rekey`).
 */
export const personKey = (vault: Pick<Signer, 'sign' | 'writes'>, email: string): string =>
  keyUnder({ key: vault.writes(), token: vault.sign('person', normaliseEmail(email)) })

/** What every master key that is known calls the same person, the present one first. */
export const personKeys = (vault: Pick<Signer, 'signAll'>, email: string): string[] =>
  vault.signAll('person', normaliseEmail(email)).map(keyUnder)

const keyUnder = ({ key, token }: { key: string; token: string }): string => `${key}.${token.slice(0, 32)}`
